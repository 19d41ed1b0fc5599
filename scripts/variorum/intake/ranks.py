"""Which headings stand above which: by tag, number, size, capitals, contents, or sense."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .headings import KNOWN, NUMBER, strip_number
from .lines import Block, Input
from .sense import capitals, middle, words


def settle(blocks: list[Block], source: Input, contents: Sequence[str]) -> list[Block]:
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


def _settles(found: Sequence[Block], heads: Sequence[Block], source: Input) -> bool:
    """Tell whether the contents know ranks better than the headings: they list one rank but for a stray."""
    if source.dress == "page":
        return False
    levels = [block.level for block in found]
    stray = sum(level != max(set(levels), key=levels.count) for level in levels)
    return stray == 0 or (stray <= 0.2 * len(levels) and len(found) < len(heads))


def _opened(blocks: list[Block], source: Input) -> list[Block]:
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


def _key(block: Block, source: Input, heads: Sequence[Block]) -> tuple[float, ...]:
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
    match = NUMBER.match(text)
    return len([part for part in re.split(r"\.", match[0].strip()) if part.strip()]) if match else 0


def _dense(blocks: list[Block]) -> list[Block]:
    used = sorted({b.level for b in blocks if b.kind == "heading"})
    return [replace(b, level=used.index(b.level) + 1) if b.kind == "heading" else b for b in blocks]
