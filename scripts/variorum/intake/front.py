"""What stands around the title: authors, date, subtitle, logo."""

import re
from dataclasses import replace

from .furniture import HEADS
from .headings import KNOWN, NOTES, heading_like
from .lines import Block, Input
from .sense import MONTHS, capitals, ended, is_date, is_name, words


def mark(blocks: list[Block], source: Input) -> list[Block]:
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


def _byline(block: Block, blocks: list[Block], place: int, source: Input) -> str:
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
