"""Pull quotes: blocks that repeat what the text itself says elsewhere. The copy goes, the original stays."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from .headings import BOX
from .lines import MARKED, Block, Input, Line, unmark
from .sense import continues, ended, words

LONGEST = 75  # words; a longer copy is a paragraph that the author repeats
NEAR = 0.84  # share of the copy's words found in order


@dataclass(frozen=True)
class Stream:
    """The words of a text in order, each with the number of the piece it stands in."""

    words: tuple[str, ...]
    pieces: tuple[int, ...]
    grams: dict[tuple[str, str, str], list[int]]


def stream(texts: Sequence[str]) -> Stream:
    """Index texts by their runs of three words."""
    flat: list[str] = []
    pieces: list[int] = []
    for number, text in enumerate(texts):
        for word in _tokens(text):
            flat.append(word)
            pieces.append(number)
    grams: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for i in range(len(flat) - 2):
        grams[flat[i], flat[i + 1], flat[i + 2]].append(i)
    return Stream(tuple(flat), tuple(pieces), grams)


def _tokens(text: str) -> list[str]:
    # compounds are compared closed up, since copies lose their hyphens at line ends; a glued marker is cut off
    text = re.sub(r"(?<=\w)[-‐‑](?=\w)", "", unmark(text))
    text = re.sub(r"(?<=[.,;:!?”’\"])\d{1,3}(?=\s|$)", "", text)
    return words(text)


def likeness(text: str, own: set[int], index: Stream) -> tuple[float, set[int]]:
    """Return how much of a text stands elsewhere, 0 to 1, and the pieces in which it does."""
    mine = _tokens(text)
    votes: Counter[int] = Counter()
    for i in range(len(mine) - 2):
        for place in index.grams.get((mine[i], mine[i + 1], mine[i + 2]), ())[:50]:
            if index.pieces[place] not in own:
                votes[(place - i) // 8] += 1
    best, where = 0.0, set[int]()
    for bin_, _ in votes.most_common(3):
        low = max(0, bin_ * 8 - 10)
        window = [
            i
            for i in range(low, min(len(index.words), low + len(mine) + len(mine) // 3 + 30))
            if index.pieces[i] not in own
        ]
        matcher = SequenceMatcher(None, mine, [index.words[i] for i in window], autojunk=False)
        # single words are found in any text; runs of two and more are not
        blocks = [m for m in matcher.get_matching_blocks() if m.size > 1]
        share = sum(m.size for m in blocks) / len(mine)
        if share > best:
            best = share
            where = {index.pieces[window[m.b + k]] for m in blocks for k in range(m.size)}
    return best, where


def lines(source: Input, taken: dict[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """Find pull quotes that stand, line by line, within a wrapped paragraph without a blank line around them."""
    if not (source.dress == "plain" and source.wrapped):
        return {}
    rows = [line for line in source.lines if line.number not in taken]
    index = stream([line.text for line in rows])
    found: dict[int, tuple[str, str]] = {}
    i = 0
    while i < len(rows):
        size = _run(rows, i, index)
        for line in rows[i : i + size]:
            found[line.number] = ("furniture" if line is rows[i] else "more", "pull-quote" if line is rows[i] else "")
        i += max(1, size)
    return found


def _run(rows: list[Line], i: int, index: Stream) -> int:
    """Return how many lines from the i-th on are a copy that interrupts a sentence."""
    before = rows[i - 1] if i else None
    if before is None or ended(before.text) or continues(rows[i].text):
        return 0
    edge = (*_tokens(before.text)[-2:], *_tokens(rows[i].text)[:1])
    if len(edge) == 3 and any(
        index.pieces[place] not in (i - 1, i) for place in index.grams.get((edge[0], edge[1], edge[2]), ())
    ):
        return 0  # the words around the seam come back too: a passage that the author repeats
    for size in range(1, min(8, len(rows) - i)):
        text = " ".join(line.text for line in rows[i : i + size])
        if size > 1 and rows[i + size - 1].gap:
            return 0
        if ended(text) and continues(rows[i + size].text) and len(_tokens(text)) >= 5:
            share, _ = likeness(text, set(range(i, i + size)), index)
            return size if share >= 0.9 else 0
    return 0


def find(blocks: list[Block], source: Input) -> list[Block]:
    """Mark the blocks, or up to three short ones in a row, that copy the text."""
    index = stream([block.text if block.kind in ("", "paragraph", "item", "quotation") else "" for block in blocks])
    out = [_shown(block, source) for block in blocks]
    marked: set[int] = set()
    i = 0
    while i < len(out):
        size = _copies(out, i, index, marked)
        marked |= set(range(i, i + size))
        for k in range(i, i + size):
            out[k] = replace(out[k], kind="furniture", detail="pull-quote")
        i += max(1, size)
    return _merged(out)


def _shown(block: Block, source: Input) -> Block:
    """Mark what tags or size show as a pull quote, copied or not."""
    count = len(words(block.bare))
    aside = block.first.role == "aside" and count <= 45
    large = (
        source.dress == "page"
        and all(line.size >= 1.2 * source.size for line in block.lines)
        and 8 <= count <= 70
        and ended(block.bare)
    )
    if block.kind in ("", "heading") and not block.fixed and (aside or large):
        return replace(block, kind="furniture", detail="pull-quote")
    return block


def _merged(blocks: list[Block]) -> list[Block]:
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        pulled = block.kind == "furniture" and block.detail == "pull-quote"
        if (
            pulled
            and last
            and last.kind == "furniture"
            and last.detail == "pull-quote"
            and not ended(last.text)
            and not block.first.gap
        ):
            out[-1] = replace(last, lines=last.lines + block.lines)
        else:
            out.append(block)
    return out


def _copies(blocks: list[Block], i: int, index: Stream, marked: set[int]) -> int:
    for size in (1, 2, 3):
        run = blocks[i : i + size]
        if len(run) < size or not all(_candidate(block) for block in run):
            return 0
        text = " ".join(block.bare for block in run)
        count = len(_tokens(text))
        if count > LONGEST:
            return 0
        if size > 1 and (ended(run[0].text) or any(block.first.gap for block in run[1:])):
            return 0
        if (count < 5 and not _quoted(text)) or count < 3:
            continue
        share, where = likeness(text, marked | set(range(i, i + size)), index)
        if share < (NEAR if count >= 8 else 1.0):
            continue
        room = sum(len(_tokens(blocks[k].text)) for k in where)
        if room >= 1.25 * count and not _summary(blocks, i, where) and not _only(blocks, i, size):
            return size
    return 0


def _quoted(text: str) -> bool:
    return text[:1] in '“"‘' and text[-1:] in '”"’'


def _candidate(block: Block) -> bool:
    if block.fixed or block.first.bullet or MARKED.search(block.text):
        return False
    if re.search(r"[.,;:!?”’\"][1-9]\d{0,2}(?=\s|$)", block.bare) or re.search(r"\[\d{1,3}\]", block.bare):
        return False  # a copy leaves the markers out
    if block.kind == "heading":
        return len(words(block.bare)) >= 8 and not block.bare.endswith("?")
    return block.kind in ("", "paragraph", "quotation")


def _only(blocks: list[Block], i: int, size: int) -> bool:
    """Tell whether a section would be left without any text."""
    before = next((b for b in reversed(blocks[:i]) if b.kind != "furniture"), None)
    after = next((b for b in blocks[i + size :] if b.kind != "furniture"), None)
    return before is not None and before.kind == "heading" and (after is None or after.kind in ("heading", "note"))


def _summary(blocks: list[Block], i: int, where: set[int]) -> bool:
    """Tell whether the block stands in a summary, which may well repeat the text."""
    head = next((b for b in reversed(blocks[:i]) if b.kind == "heading"), None)
    if head is None or not (BOX.match(head.bare) or re.search(r"\bsummary\b|\babstract\b", head.bare, re.I)):
        return False
    until = next((k for k in range(i, len(blocks)) if blocks[k].kind == "heading"), len(blocks))
    return all(k >= until for k in where)
