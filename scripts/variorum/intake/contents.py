"""The table of contents: where it stands, and what it lists."""

import re
from dataclasses import replace

from .furniture import HEADS
from .headings import strip_number
from .lines import Block, unmark
from .sense import ended, words


def mark(blocks: list[Block]) -> tuple[list[Block], list[str]]:
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
