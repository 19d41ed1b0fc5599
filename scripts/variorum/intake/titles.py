"""What the report is called: the heading that names it, and later copies of it."""

import re
from dataclasses import replace

from .headings import KNOWN, NOTES, NUMBER
from .lines import Block, Input
from .margins import plainly
from .sense import is_name, words


def mark(blocks: list[Block], source: Input) -> list[Block]:
    """Mark the block that names the report, where the text holds it."""
    place = _title_place(blocks, source)
    if place is None:
        return blocks
    return [replace(b, kind="title", detail="title") if i == place else b for i, b in enumerate(blocks)]


def _title_place(blocks: list[Block], source: Input) -> int | None:
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
        if not _may_title(block.bare) or NUMBER.match(block.bare):
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


def copies(blocks: list[Block]) -> list[Block]:
    """Mark every later copy of the title."""
    name = next((plainly(b.bare) for b in blocks if b.kind == "title"), None)
    out = []
    for block in blocks:
        if name and block.kind in ("heading", "") and not block.fixed and plainly(block.bare) == name:
            block = replace(block, kind="furniture", detail="running-header")
        out.append(block)
    return out
