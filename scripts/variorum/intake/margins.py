"""What single lines show before any grouping: running heads and feet, page numbers, addresses that stand alone."""

import re
from collections import Counter

from . import notices
from .headings import KNOWN, heading_like
from .layout import label_of
from .lines import Input, Line, unmark
from .sense import continues, ended, is_address, is_reference, words

Found = dict[int, tuple[str, str]]

#: roles that are looked at when blocks are known
_LATER = ("quotation", "note", "notes", "aside", "author", "date", "subtitle")


def lines(source: Input) -> Found:
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


def _windows(source: Input) -> list[tuple[Line | None, Line, Line | None]]:
    row: list[Line | None] = [None, *source.lines, None]
    return [(row[i - 1], line, row[i + 1]) for i, line in enumerate(row) if line is not None]


def _alone(before: Line | None, line: Line, after: Line | None, source: Input) -> bool:
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


def plainly(text: str) -> str:
    """Return a line as it comes back on other pages: small letters, no figures."""
    return " ".join(re.sub(r"\d+", " ", unmark(text).lower()).split()).strip(" |·•–—-")


def _repeated(source: Input, found: Found) -> Found:
    """Find running headers and footers in a text without pages: short lines that come back."""
    counts: Counter[str] = Counter()
    for line in source.lines:
        key = plainly(line.text)
        if line.number not in found and 3 <= len(key) <= 120 and not line.bullet and line.role != "note":
            counts[key] += 1
    seen: set[str] = set()
    out: Found = {}
    turns = {i for i, line in enumerate(source.lines) if _turns(line, source)}
    beside = {source.lines[k].number for i in turns for k in (i - 1, i + 1) if 0 <= k < len(source.lines)}
    for before, line, after in _windows(source):
        key = plainly(line.text)
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


def _turns(line: Line, source: Input) -> bool:
    """Tell whether a line is nothing but a page number between blank lines."""
    return (
        bool(re.fullmatch(r"(?:page )?\d{1,3}", line.text, re.I))
        and not line.bullet
        and line.role == ""
        and source.dress != "page"
        and (line.gap > 0 or source.dress == "plain")
    )


def _cuts(before: Line | None, after: Line | None, source: Input) -> bool:
    """Tell whether a line stands in the middle of a sentence."""
    return (
        before is not None
        and after is not None
        and not ended(before.text)
        and continues(after.text)
        and source.dress == "plain"
    )


def _repeated_on_pages(source: Input) -> Found:
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
        key = plainly(line.text) or "#"
        counts[key] += 1
        places.setdefault(key, set()).add(round(line.top / 6))
    out: Found = {}
    needed = 2 if len(pages) < 6 else 3
    first: set[str] = set()
    for line in edge:
        key = plainly(line.text) or "#"
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
