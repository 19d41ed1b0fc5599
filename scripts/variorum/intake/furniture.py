"""What stands in a report without being its text: running headers, captions, contents, notices, share lines.

`lines` finds what single lines show, before any grouping; the other functions work on blocks, when headings are known.
"""

import re
from collections import Counter
from dataclasses import replace

from . import notices
from .headings import KNOWN, NOTES, heading_like, strip_number
from .layout import label_of
from .lines import Block, Line, Source, unmark
from .sense import MONTHS, capitals, continues, ended, is_address, is_date, is_name, is_reference, words

Found = dict[int, tuple[str, str]]

HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "about-the-author",
        re.compile(
            r"^(?:about (?:the )?(?:authors?|contributors?|editors?|speakers?|experts?)|(?:the )?(?:authors?|"
            r"contributors?)(?:’ biograph(?:y|ies))?|author (?:bio|biography|information)|biograph(?:y|ies)|"
            r"notes on contributors)$",
            re.I,
        ),
    ),
    ("acknowledgements", re.compile(r"^(?:authors?[’']s? )?acknowledge?ments?$", re.I)),
    (
        "contents",
        re.compile(r"^(?:table of )?contents$|^in this (?:report|paper|issue|brief|article)$|^on this page$", re.I),
    ),
    (
        "references",
        re.compile(
            r"^(?:further reading|references|bibliography|works cited|(?:select(?:ed)? )?sources|"
            r"recommended reading)$",
            re.I,
        ),
    ),
    (
        "rights",
        re.compile(
            r"^(?:disclaimer|copyright|rights and permissions|imprint|legal notice|how to cite.*|suggested citation|"
            r"conflicts? of interest|declaration.*)$",
            re.I,
        ),
    ),
    ("funding", re.compile(r"^funding(?: statement)?$|^financial support$", re.I)),
    (
        "related",
        re.compile(
            r"^(?:related (?:content|articles|posts|publications|reading|work)|read (?:more|next)|more from .*|"
            r"you may also like|recent (?:posts|publications)|latest.*|recommended.*|comments?|leave a reply|"
            r"share(?: this.*)?|follow us.*|subscribe.*|contact(?: us)?|topics|tags)$",
            re.I,
        ),
    ),
    (
        "about-the-institute",
        re.compile(
            r"^about (?:us|(?:the|our) [\w’' -]{3,60}|(?-i:[A-Z][\w&.’-]*(?: (?:for|of|on|and|the|"
            r"[A-Z][\w&.’-]*)){0,7}))$",
            re.I,
        ),
    ),
)


#: roles that are looked at when blocks are known
_LATER = ("quotation", "note", "notes", "aside", "author", "date", "subtitle")


def lines(source: Source) -> Found:
    """Find the single lines that are furniture by their place or their repetition."""
    found: Found = {}
    for line in source.lines:
        if line.role == "rule":
            found[line.number] = ("furniture", "rule")
        elif line.role and line.role not in _LATER and not (line.level and line.role == "caption"):
            found[line.number] = ("furniture", line.role)
    found.update(_repeated_on_pages(source) if source.dress == "page" else _repeated(source, found))
    for before, line, after in _windows(source):
        if line.number in found:
            continue
        if (
            is_address(unmark(line.text))
            and not line.bullet
            and line.role != "note"
            and _alone(before, line, after, source)
        ):
            found[line.number] = ("furniture", "address")
        elif (source.dress == "marked" and _turns(line, source) and _alone(before, line, after, source)) or (
            source.dress == "plain"
            and notices.PAGE.match(line.text)
            and (_alone(before, line, after, source) or line.text.lower().startswith("page"))
        ):
            found[line.number] = ("furniture", "page-number")
    return found


def _windows(source: Source) -> list[tuple[Line | None, Line, Line | None]]:
    row: list[Line | None] = [None, *source.lines, None]
    return [(row[i - 1], line, row[i + 1]) for i, line in enumerate(row) if line is not None]


def _alone(before: Line | None, line: Line, after: Line | None, source: Source) -> bool:
    """Tell whether a line can stand for itself: no wrapped line of text runs through it."""
    if source.dress == "marked":
        return (before is None or before.block != line.block) and (after is None or after.block != line.block)
    if source.dress == "page":
        return line.start and not (before and before.role == "note" and not ended(before.text))
    if not source.wrapped:
        return not (before and before.text.endswith(("-", "/", "_")) and not line.gap)
    return (
        bool(line.gap)
        or before is None
        or ended(before.text)
        or (after is not None and after.gap > 0 and len(before.text) < 0.7 * source.width)
    )


def _plainly(text: str) -> str:
    return " ".join(re.sub(r"\d+", " ", unmark(text).lower()).split()).strip(" |·•–—-")


def _repeated(source: Source, found: Found) -> Found:
    """Find running headers and footers in a text without pages: short lines that come back."""
    counts: Counter[str] = Counter()
    for line in source.lines:
        key = _plainly(line.text)
        if line.number not in found and 3 <= len(key) <= 120 and not line.bullet and line.role != "note":
            counts[key] += 1
    seen: set[str] = set()
    out: Found = {}
    turns = {i for i, line in enumerate(source.lines) if _turns(line, source)}
    beside = {source.lines[k].number for i in turns for k in (i - 1, i + 1) if 0 <= k < len(source.lines)}
    for before, line, after in _windows(source):
        key = _plainly(line.text)
        if (
            line.number in beside
            and counts[key] >= 2
            and len(words(line.text)) <= 16
            and not ended(line.text)
            and not line.bullet
        ):
            out[line.number] = ("furniture", "running-header")
            continue
        if counts[key] < 2 or line.bullet or line.number in found or line.role == "note":
            continue
        often = counts[key] >= 3 or bool(
            re.search(r"^\d{1,3}\b.{4,}|.{4,}\b\d{1,3}$", line.text) and len(words(line.text)) <= 14
        )
        twice = counts[key] == 2 and heading_like(line.text, 20) and key in seen and _cuts(before, after, source)
        if (
            not (often or twice)
            or ended(line.text)
            or not heading_like(re.sub(r"\d+", "", line.text), 20)
            or not _alone(before, line, after, source)
        ):
            continue
        if key not in seen and not re.search(r"^\d{1,3}\b|\b\d{1,3}$", line.text):
            seen.add(key)  # the first one may be the title or a heading; `settled` decides
            continue
        seen.add(key)
        out[line.number] = ("furniture", "running-header")
    return out


def _turns(line: Line, source: Source) -> bool:
    """Tell whether a line is nothing but a page number between blank lines."""
    return (
        bool(re.fullmatch(r"(?:page )?\d{1,3}", line.text, re.I))
        and not line.bullet
        and line.role == ""
        and source.dress != "page"
        and (line.gap > 0 or source.dress == "plain")
    )


def _cuts(before: Line | None, after: Line | None, source: Source) -> bool:
    """Tell whether a line stands in the middle of a sentence."""
    return (
        before is not None
        and after is not None
        and not ended(before.text)
        and continues(after.text)
        and source.dress == "plain"
    )


def _repeated_on_pages(source: Source) -> Found:
    """Find running heads, feet and page numbers by their place near the edge of the page."""
    pages: dict[int, list[Line]] = {}
    for line in source.lines:
        pages.setdefault(line.page, []).append(line)
    edge: list[Line] = []
    for group in pages.values():
        tops = sorted({round(line.top) for line in group})
        near = set(tops[:3]) | set(tops[-3:])
        edge += [line for line in group if round(line.top) in near]
    counts: Counter[str] = Counter()
    places: dict[str, set[int]] = {}
    for line in edge:
        key = _plainly(line.text) or "#"
        counts[key] += 1
        places.setdefault(key, set()).add(round(line.top / 6))
    out: Found = {}
    needed = 2 if len(pages) < 6 else 3
    first: set[str] = set()
    for line in edge:
        key = _plainly(line.text) or "#"
        if line.role == "note" and not line.text.strip().isdigit():
            continue
        if re.fullmatch(r"\d{1,3}\s*[|·•]\s.{2,80}|.{2,80}\s[|·•]\s*\d{1,3}", line.text):
            out[line.number] = ("furniture", "running-header")
            continue
        plain = line.size < 1.1 * source.size and not line.bold
        if KNOWN.match(line.text) or (counts[key] < 3 and not plain and line.page > 2):
            continue  # a heading that also stands in the contents
        label, rest = label_of(line.text)
        if label and is_reference(rest) and len(rest.split()) <= 12:
            continue  # `45. Ibid., p. 3` comes back on many pages
        if notices.PAGE.match(line.text):
            heights = [each.top for each in pages[line.page]]
            if (
                line.top in (min(heights), max(heights))
                or line.top >= max(heights) - 3 * line.size
                or line.top <= min(heights) + 3 * line.size
            ):
                out[line.number] = ("furniture", "page-number")
        elif counts[key] >= needed and len(places[key]) <= max(2, counts[key] // 2) and len(words(line.text)) <= 20:
            if line.size >= 1.3 * source.size and key not in first and line.page <= 2:
                first.add(key)  # the title itself, which the running head repeats
                continue
            out[line.number] = ("furniture", "running-header")
    return out


def contents(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """Mark the table of contents, and return its entries without page numbers."""
    out = list(blocks)
    entries: list[str] = []
    pattern = dict(HEADS)["contents"]
    for i, block in enumerate(blocks):
        if block.kind in ("heading", "") and pattern.match(block.bare.strip(" :")):
            out[i] = replace(block, kind="furniture", detail="contents")
            entries += _entries(out, i + 1)
        elif block.kind == "furniture" and block.detail == "contents":
            entries += [_entry(line.text) for line in block.lines]
        elif not block.kind and re.search(r"(?:\.\s?){4,}\s*\d{1,3}$", block.bare):
            out[i] = replace(block, kind="furniture", detail="contents")
            entries += [_entry(line.text) for line in block.lines]
    return out, [entry for entry in entries if entry]


def _entry(text: str) -> str:
    text = re.sub(r"(?:\s*\.){3,}\s*", " ", unmark(text)).strip()
    text = re.sub(r"^\d{1,3}\s+(?=[^\W\d])|[\s.|]+\d{1,3}$", "", text)
    return strip_number(text.strip(" .|"))


def _entries(blocks: list[Block], start: int) -> list[str]:
    seen: list[str] = []
    for i in range(start, len(blocks)):
        block = blocks[i]
        if block.kind in ("furniture", "note"):
            continue
        rows = [_entry(line.text) for line in block.lines]
        numbered = bool(re.search(r"^\d{1,3}\s|\s\d{1,3}$", block.bare))
        if any(row.lower() in [s.lower() for s in seen] for row in rows if row) and not numbered:
            break
        short = all(len(words(row)) <= 18 for row in rows) and not (
            ended(block.bare) and not numbered and not block.bare.endswith("?")
        )
        if not short or (block.kind == "heading" and not numbered and block.first.level and not seen):
            break
        if block.kind == "heading" and not numbered and block.first.level:
            break
        blocks[i] = replace(block, kind="furniture", detail="contents")
        seen += rows
    return seen


def sections(blocks: list[Block]) -> list[Block]:
    """Mark everything under a heading that announces no text of the report's: authors, thanks, institute, sharing."""
    out: list[Block] = []
    kind, level = "", 0
    cites = notices.citation(blocks)
    for i, block in enumerate(blocks):
        if block.kind in ("heading", "title") and not block.fixed:
            found = (
                next((name for name, pattern in HEADS if pattern.match(block.bare.strip(" :"))), "")
                if block.kind == "heading"
                else ""
            )
            if found == "references" and _listed(blocks, i):
                found = ""
            if found:
                kind, level = found, block.first.level
                out.append(replace(block, kind="furniture", detail=found))
                continue
            if block.kind == "title" or not (kind and level and block.first.level > level):
                kind = ""
        if kind and block.kind in ("", "heading") and not block.fixed:
            detail = notices.within(block) or ("rights" if cites and notices.cited(block, cites) else kind)
            out.append(replace(block, kind="furniture", detail=detail))
            continue
        out.append(block)
    return out


def _listed(blocks: list[Block], place: int) -> bool:
    after = next((b for b in blocks[place + 1 :] if b.kind != "furniture"), None)
    return after is not None and after.kind == "note"


def front(blocks: list[Block], source: Source) -> list[Block]:
    """Mark authors, date and subtitle around the title."""
    out = list(blocks)
    place = next((i for i, b in enumerate(out) if b.kind == "title"), None)
    for i, block in enumerate(out):
        role = block.first.role
        if block.kind in ("", "heading") and role in ("author", "date", "subtitle"):
            out[i] = replace(block, kind="furniture", detail=role)
    if place is None:
        return out
    for i in range(place):
        block = out[i]
        if block.kind in ("", "heading") and not block.fixed and not KNOWN.match(block.bare):
            named = is_name(block.bare) and source.dress != "page" and not capitals(block.bare)
            detail = "date" if is_date(block.bare) else "author" if named else "logo"
            if len(words(block.bare)) <= 14 and not ended(block.bare):
                out[i] = replace(block, kind="furniture", detail=detail)
    for i in range(place + 1, min(len(out), place + 9)):
        block = out[i]
        if block.kind == "furniture" or not block.bare:
            continue
        if block.kind not in ("", "heading") or block.fixed:
            break
        detail = _byline(block, out, i, source)
        if not detail:
            break
        out[i] = replace(block, kind="furniture", detail=detail)
    return out


def _byline(block: Block, blocks: list[Block], place: int, source: Source) -> str:
    text = block.bare
    if KNOWN.match(text) or NOTES.match(text) or block.first.bullet or any(p.match(text) for _, p in HEADS):
        return ""
    if is_date(text):
        return "date"
    undated = re.sub(rf"(?:\d{{1,2}} )?\b(?:{MONTHS})\.? (?:\d{{1,2}}, )?(?:19|20)\d\d\b", "", text).strip(" |•·,–—-")
    if undated != text and (not undated or is_name(undated)):
        return "author"
    if re.search(r"\b(?:19|20)\d\d\b", text) and any(is_date(part) for part in re.split(r"\s*[|•·]\s*", text)):
        return "date"
    if is_name(text) and not (block.first.level and source.dress == "marked" and _followed_by_text(blocks, place)):
        known_names = any(b.kind == "furniture" and b.detail == "author" for b in blocks[:place])
        if source.dress != "plain" or known_names or block.first.gap or not _followed_by_text(blocks, place):
            return "author"
        return "author" if len(text.split()) <= 4 else ""
    if re.match(r"by\s+[A-Z]", text, re.I) and len(words(text)) <= 30 and not ended(text):
        return "author"
    follows = next((b for b in blocks[place + 1 : place + 4] if b.kind != "furniture"), None)
    if (
        heading_like(text, 22)
        and follows is not None
        and (is_name(follows.bare) or is_date(follows.bare))
        and not any(b.kind == "furniture" and b.detail == "author" for b in blocks[:place])
    ):
        return "subtitle"
    return ""


def _followed_by_text(blocks: list[Block], place: int) -> bool:
    after = next((b for b in blocks[place + 1 :] if b.kind != "furniture"), None)
    return after is not None and len(words(after.bare)) >= 25


def settled(blocks: list[Block]) -> list[Block]:
    """Mark every later copy of the title or of a heading's running head."""
    name = next((_plainly(b.bare) for b in blocks if b.kind == "title"), None)
    out = []
    for block in blocks:
        if name and block.kind in ("heading", "") and not block.fixed and _plainly(block.bare) == name:
            block = replace(block, kind="furniture", detail="running-header")
        out.append(block)
    return out
