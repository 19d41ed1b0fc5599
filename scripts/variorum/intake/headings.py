"""Which blocks are headings, of which rank, and what the report is called."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .lines import Block, Source, join, unmark
from .sense import (
    capitals,
    continues,
    ended,
    is_address,
    is_date,
    is_name,
    leads,
    middle,
    open_ended,
    title_cased,
    words,
)

KNOWN = re.compile(
    r"^(?:(?:\d{1,2}|[ivx]{1,4})[.)]?\s+)?(?:executive summary|summary|key (?:takeaways?|findings|points|messages|"
    r"judge?ments|recommendations)|highlights|at a glance|in brief|abstract|"
    r"introduction|background|overview|foreword|preface|conclusions?|concluding (?:remarks|thoughts)|"
    r"recommendations|policy recommendations|implications|"
    r"methodology|methods|discussion|results|findings|outlook|looking ahead|the way forward|appendix(?: [a-z0-9])?|"
    r"annex(?: [a-z0-9])?|epilogue|afterword)$",
    re.I,
)
BOX = re.compile(
    r"^(?:key (?:takeaways?|points|messages|findings)|takeaways|highlights|at a glance|in brief|main points|"
    r"what you need to know)$",
    re.I,
)
NOTES = re.compile(
    r"^(?:end|foot)?\s?notes?(?: and references)?:?$|^(?:references|sources|citations)(?: and notes)?:?$|"
    r"^notes and (?:references|sources)$",
    re.I,
)
_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.)\s+(?=[A-ZÀ-Þ“‘\"])")
_TERMINAL = (".", ",", ";", "!", "…")


def heading_like(text: str, limit: int = 16) -> bool:
    """Tell whether a text is short and unfinished enough to be a heading."""
    bare = strip_number(unmark(text).strip(" *_"))
    count = len(words(bare))
    if not 1 <= count <= limit or len(bare) > 140 or not re.search(r"[^\W\d_]{2}", bare):
        return False
    if bare.endswith(_TERMINAL) and not re.search(r"\b(?:[A-Z]\.)+$", bare):
        return False
    if re.search(r"[.?!] [A-Z“]", re.sub(r"\b(?:[A-Z]|[A-Z]\.[A-Z]|vs|St|Dr|Mr)\. ", " ", bare)) or bare.endswith(
        ("-", "–", "—", "/")
    ):
        return False
    return not (continues(bare) or is_address(bare) or is_date(bare) or leads(bare))


def strip_number(text: str) -> str:
    """Take the number off a numbered heading."""
    return _NUMBER.sub("", text)


def leading_number(text: str) -> int:
    """Return the number before a heading, 0 where it has none."""
    match = re.match(r"(\d{1,2})\b", text)
    return int(match[1]) if match and _NUMBER.match(text) else 0


def numbered(titles: Sequence[str]) -> bool:
    """Tell whether the headings of a report are numbered, so that a leading number is no part of the wording."""
    count = sum(1 for text in titles if _NUMBER.match(text))
    return count >= 2 or (count == 1 and len(titles) <= 2)


def find(blocks: list[Block], source: Source) -> list[Block]:
    """Mark the headings by what the source says, by their look, or by sense, as the form allows."""
    if source.dress == "marked":
        return _explicit(blocks)
    if source.dress == "page":
        return _merged(_printed(blocks, source), source)
    return _merged(_sensed(blocks, source), source)


def _explicit(blocks: list[Block]) -> list[Block]:
    levels = [b.first.level for b in blocks if b.first.level]
    deepest = max(levels, default=0)
    out = []
    for place, block in enumerate(blocks):
        line = block.first
        level = 0
        if not block.kind and line.level and block.bare:
            level = line.level
        elif (
            not block.kind and line.bold and not line.role and heading_like(block.text, 14) and place + 1 < len(blocks)
        ):
            level = min(deepest + 1, 7) if levels else 1
        elif not block.kind and not levels and not line.role and not line.bullet and KNOWN.match(block.bare):
            level = 1
        out.append(replace(block, kind="heading", level=level) if level else block)
    return _merge_explicit(out)


def _merge_explicit(blocks: list[Block]) -> list[Block]:
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if (
            last
            and last.kind == block.kind == "heading"
            and last.level == block.level
            and _fragment(last.bare, block.bare)
        ):
            out[-1] = join([last, block])
        else:
            out.append(block)
    return out


def _fragment(above: str, below: str) -> bool:
    """Tell whether a second heading line only ends the first: the one cannot end, or the other not begin."""
    return open_ended(above) or continues(below) or above.endswith(":")


def _printed(blocks: list[Block], source: Source) -> list[Block]:
    out = []
    for block in blocks:
        out.append(replace(block, kind="heading") if not block.kind and _stands_out(block, source) else block)
    return out


def _stands_out(block: Block, source: Source) -> bool:
    line = block.first
    if len(block.lines) > 4 or line.bullet or not heading_like(block.bare, 24):
        return False
    if line.size < 0.93 * source.size:
        return False
    larger = all(each.size >= 1.1 * source.size for each in block.lines)
    bold = all(each.bold for each in block.lines)
    upper = capitals(block.bare) and len(words(block.bare)) <= 14
    return larger or bold or upper


def _sensed(blocks: list[Block], source: Source) -> list[Block]:
    """Find headings in a text that marks nothing: by capitals, numbers, title case, or by standing alone."""
    out: list[Block] = []
    for place, block in enumerate(blocks):
        before = next((b for b in reversed(out) if b.kind != "furniture"), None)
        after = next((b for b in blocks[place + 1 :] if b.kind != "furniture"), None)
        found = not block.kind and _sense(block, before, after, source)
        out.append(replace(block, kind="heading") if found else block)
    return out


def _sense(block: Block, before: Block | None, after: Block | None, source: Source) -> bool:
    text = block.bare
    if block.first.bullet or block.first.role or len(block.lines) > 3 or not heading_like(text):
        return False
    if capitals(text) and (len(text) > 4 or KNOWN.match(text)):
        return True
    if KNOWN.match(text):
        return True
    if len(block.lines) > 1 or after is None or after.kind == "note":
        return False
    if before is not None and before.prose and not ended(before.text):
        return False
    if continues(after.text) or open_ended(text):
        return False
    if _NUMBER.match(text):
        return True
    if after.first.bullet and not title_cased(text):
        return False
    if text.endswith("?"):
        return title_cased(text) or len(words(text)) <= 9
    alone = block.first.gap > 0 and after.first.gap > 0
    return title_cased(text) or (len(words(text)) <= 12 and alone) or len(words(text)) <= 8


def _merged(blocks: list[Block], source: Source) -> list[Block]:
    """Make one heading of two lines where the second is only the end of the first."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if last and last.kind == block.kind == "heading" and not block.first.gap and _one_heading(last, block, source):
            out[-1] = join([last, block])
        else:
            out.append(block)
    return out


def _one_heading(above: Block, below: Block, source: Source) -> bool:
    if _NUMBER.match(below.bare) or KNOWN.match(above.bare) or KNOWN.match(below.bare):
        return False
    if source.dress == "page":
        one, two = above.lines[-1], below.first
        return (
            one.page == two.page
            and one.size == two.size
            and one.bold == two.bold
            and capitals(above.bare) == capitals(below.bare)
        )
    if capitals(above.bare) and capitals(below.bare):
        return True
    if _fragment(above.bare, below.bare):
        return True
    # a single leftover word under a line that is long for a heading
    return len(words(below.bare)) == 1 and len(above.bare) >= 32 and not is_name(f"{above.bare} {below.bare}")


def title(blocks: list[Block], source: Source) -> list[Block]:
    """Mark the block that names the report, where the text holds it."""
    place = _title_place(blocks, source)
    if place is None:
        return blocks
    return [replace(b, kind="title", detail="title") if i == place else b for i, b in enumerate(blocks)]


def _title_place(blocks: list[Block], source: Source) -> int | None:
    heads = [i for i, b in enumerate(blocks) if b.kind == "heading"]
    if source.title:
        wanted = words(source.title)
        for i in heads:
            if len(words(blocks[i].bare)) > 2 and _same_title(words(blocks[i].bare), wanted):
                return i
    if source.dress == "marked":
        return next((i for i in heads if blocks[i].level == 1 and _may_title(blocks[i].bare)), None)
    if source.dress == "page":
        early = [i for i in heads if blocks[i].first.page <= 2 and _may_title(blocks[i].bare)]
        largest = max((blocks[i].first.size for i in early), default=0.0)
        top = next((i for i in early if blocks[i].first.size == largest), None)
        if top is None or largest < 1.1 * source.size:
            return None
        later = [
            i
            for i in heads
            if blocks[i].first.size >= largest and i != top and blocks[i].first.page == blocks[top].first.page
        ]
        return top if not later or blocks[top].first.page == 1 else None
    return _plain_title(blocks)


def _same_title(one: list[str], other: list[str]) -> bool:
    return one == other[: len(one)] or other == one[: len(other)]


def _may_title(text: str) -> bool:
    if re.match(r"(?:chapter|part|section) (?:\d|[ivx]+\b|one|two|three|four|five|six)", text, re.I):
        return False
    return not KNOWN.match(text) and not NOTES.match(text) and not re.match(r"(?:table of )?contents$", text, re.I)


def _plain_title(blocks: list[Block]) -> int | None:
    """Take the first heading for the title if no paragraph stands before it and it is no section's usual name."""
    for i, block in enumerate(blocks):
        if block.kind == "furniture":
            continue
        if block.kind != "heading":
            return None
        if not _may_title(block.bare) or _NUMBER.match(block.bare):
            return None
        if (
            is_name(block.bare)
            and i + 1 < len(blocks)
            and blocks[i + 1].kind == "heading"
            and not is_name(blocks[i + 1].bare)
        ):
            return i + 1 if _may_title(blocks[i + 1].bare) else i
        return i
    return None


def ranks(blocks: list[Block], source: Source, contents: Sequence[str]) -> list[Block]:
    """Give every heading its level: 1 for the report's uppermost, 2 below it, and so on."""
    heads = [b for b in blocks if b.kind == "heading"]
    keys = {id(b): _key(b, source, heads) for b in heads}
    order = sorted(set(keys.values()))
    listed = {" ".join(words(strip_number(entry))) for entry in contents}
    found = [b for b in heads if " ".join(words(strip_number(b.bare))) in listed]
    trusted = len(found) >= 3 and _settles(found, heads, source)
    out = []
    for block in blocks:
        if block.kind == "heading":
            level = order.index(keys[id(block)]) + 1
            name = " ".join(words(strip_number(block.bare)))
            if trusted and name in listed:
                level = 1
            elif trusted and not block.fixed:
                level = max(2, min(level, 3))
            if KNOWN.match(block.bare) and source.dress != "page":
                level = min(level, 1 if not _numbered_depth(block.bare) > 1 else level)
            block = replace(block, level=level)
        out.append(block)
    return _dense(
        _opened(out, source) if len({b.level for b in out if b.kind == "heading"}) == 1 and not trusted else out
    )


def _settles(found: Sequence[Block], heads: Sequence[Block], source: Source) -> bool:
    """Tell whether the contents know ranks better than the headings: they list one rank but for a stray."""
    if source.dress == "page":
        return False
    levels = [block.level for block in found]
    stray = sum(level != max(set(levels), key=levels.count) for level in levels)
    return stray == 0 or (stray <= 0.2 * len(levels) and len(found) < len(heads))


def _opened(blocks: list[Block], source: Source) -> list[Block]:
    """Rank headings by sense where nothing in a long plain text shows their rank.

    A section far shorter than the others that announces what follows, by saying so or by asking, opens a part: the
    headings behind it are below it, up to the next such opening or a section with a closing name.
    """
    heads = [i for i, b in enumerate(blocks) if b.kind == "heading"]
    if source.dress != "plain" or len(heads) < 8:
        return blocks
    texts = [[b.bare for b in blocks[i:j] if b.prose] for i, j in zip(heads, [*heads[1:], len(blocks)], strict=True)]
    lengths = [sum(len(words(text)) for text in section) for section in texts]
    usual = middle(lengths)
    out = list(blocks)
    below = False
    for n, place in enumerate(heads):
        text = " ".join(texts[n])
        announces = re.search(r"\b[Tt]his (?:section|part|chapter)\b|\?(?:\s|$)", text)
        if KNOWN.match(blocks[place].bare):
            below = False
        elif 0 < n < len(heads) - 2 and 0 < lengths[n] < 0.45 * usual and announces:
            below = True
        elif below and not blocks[place].fixed:
            out[place] = replace(blocks[place], level=blocks[place].level + 1)
    return out


def _key(block: Block, source: Source, heads: Sequence[Block]) -> tuple[float, ...]:
    """Return what orders headings by rank; equal keys are of one rank."""
    depth = _numbered_depth(block.bare)
    numbered = sum(1 for b in heads if _numbered_depth(b.bare)) >= 2
    if source.dress == "marked":
        return (float(block.level),)
    if numbered and depth:
        return (0.0, float(depth))
    if source.dress == "page":
        line = block.first
        return (
            1.0 if not numbered else 0.5,
            -round(line.size * 2) / 2,
            0.0 if capitals(block.bare) else 1.0,
            0.0 if line.bold else 1.0,
        )
    if KNOWN.match(block.bare):
        return (0.0, 1.0)
    return (
        0.0,
        1.0
        if capitals(block.bare)
        or not any(capitals(b.bare) and len(b.bare) > 8 and not KNOWN.match(b.bare) for b in heads)
        else 2.0,
    )


def _numbered_depth(text: str) -> int:
    match = _NUMBER.match(text)
    return len([part for part in re.split(r"\.", match[0].strip()) if part.strip()]) if match else 0


def _dense(blocks: list[Block]) -> list[Block]:
    used = sorted({b.level for b in blocks if b.kind == "heading"})
    return [replace(b, level=used.index(b.level) + 1) if b.kind == "heading" else b for b in blocks]
