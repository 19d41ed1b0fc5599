"""Which blocks are headings."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .lines import Block, Input, join, unmark
from .sense import capitals, continues, ended, is_address, is_date, is_name, leads, open_ended, title_cased, words

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


NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.)\s+(?=[A-ZÀ-Þ“‘\"])")


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
    return NUMBER.sub("", text)


def leading_number(text: str) -> int:
    """Return the number before a heading, 0 where it has none."""
    match = re.match(r"(\d{1,2})\b", text)
    return int(match[1]) if match and NUMBER.match(text) else 0


def numbered(titles: Sequence[str]) -> bool:
    """Tell whether the headings of a report are numbered, so that a leading number is no part of the wording."""
    count = sum(1 for text in titles if NUMBER.match(text))
    return count >= 2 or (count == 1 and len(titles) <= 2)


def find(blocks: list[Block], source: Input) -> list[Block]:
    """Mark the headings by what the source says, by their look, or by sense, as the form allows."""
    if source.dress == "marked":
        return _explicit(blocks)
    if source.dress == "page":
        return _merged(_printed(blocks, source), source)
    return _merged(_sensed(blocks), source)


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


def _printed(blocks: list[Block], source: Input) -> list[Block]:
    out = []
    for block in blocks:
        out.append(replace(block, kind="heading") if not block.kind and _stands_out(block, source) else block)
    return out


def _stands_out(block: Block, source: Input) -> bool:
    line = block.first
    if len(block.lines) > 4 or line.bullet or not heading_like(block.bare, 24):
        return False
    if line.size < 0.93 * source.size:
        return False
    larger = all(each.size >= 1.1 * source.size for each in block.lines)
    bold = all(each.bold for each in block.lines)
    upper = capitals(block.bare) and len(words(block.bare)) <= 14
    return larger or bold or upper


def _sensed(blocks: list[Block]) -> list[Block]:
    """Find headings in a text that marks nothing: by capitals, numbers, title case, or by standing alone."""
    out: list[Block] = []
    for place, block in enumerate(blocks):
        before = next((b for b in reversed(out) if b.kind != "furniture"), None)
        after = next((b for b in blocks[place + 1 :] if b.kind != "furniture"), None)
        found = not block.kind and _sense(block, before, after)
        out.append(replace(block, kind="heading") if found else block)
    return out


def _sense(block: Block, before: Block | None, after: Block | None) -> bool:
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
    if NUMBER.match(text):
        return True
    if after.first.bullet and not title_cased(text):
        return False
    if text.endswith("?"):
        return title_cased(text) or len(words(text)) <= 9
    alone = block.first.gap > 0 and after.first.gap > 0
    return title_cased(text) or (len(words(text)) <= 12 and alone) or len(words(text)) <= 8


def _merged(blocks: list[Block], source: Input) -> list[Block]:
    """Make one heading of two lines where the second is only the end of the first."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if last and last.kind == block.kind == "heading" and not block.first.gap and _one_heading(last, block, source):
            out[-1] = join([last, block])
        else:
            out.append(block)
    return out


def _one_heading(above: Block, below: Block, source: Input) -> bool:
    if NUMBER.match(below.bare) or KNOWN.match(above.bare) or KNOWN.match(below.bare):
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
