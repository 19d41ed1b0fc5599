"""Who speaks, in an interview: names before a colon at the head of a paragraph, and the questions between them."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace

from ..words import UNSIGNED
from .headings import BOX
from .lines import MARKED, Block, Input
from .sense import words

_SPEAKER = re.compile(
    r"^(?:\ue000[^\ue001]*\ue001)?((?:(?:Dr|Mr|Ms|Mrs|Prof|Amb|Gen|"
    r"Sen)\. )?[A-ZÀ-ÞČŠŽŁ][\w’'.-]*(?: [A-ZÀ-ÞČŠŽŁ][\w’'.-]*){0,3})\s*:\s+(?=\S)"
)
_ASKED = re.compile(r"^(?:Q|Question|Interviewer|Moderator)(?:\s?\d+)?\s*[:.]\s*", re.I)
_NO_NAMES = frozenset(
    [
        "note",
        "notes",
        "source",
        "sources",
        "photo",
        "image",
        "figure",
        "table",
        "update",
        "summary",
        "correction",
        "editor’s",
        "caption",
        "box",
        "example",
        "answer",
        "recommendation",
        "recommendations",
        "option",
        "scenario",
        "first",
        "second",
        "third",
        "finally",
        "conclusion",
        "background",
        "question",
    ]
)


def find(blocks: list[Block]) -> list[Block]:
    """Give each unit of an interview its speaker, take the name off its text, and make headings of the questions."""
    names = _names(blocks)
    if not names and not any(block.speaker for block in blocks):
        return blocks
    out: list[Block] = []
    speaker = UNSIGNED
    for i, block in enumerate(blocks):
        if block.prose:
            match = _SPEAKER.match(block.text)
            name = _key(match[1]) if match else ""
            if match and name in names:
                speaker = names[name]
                block = _without(block, match.end())
            elif not block.first.bullet and _question(block, blocks[i + 1 :], names):
                out.append(replace(_unasked(block), kind="heading", level=block.level or _level(out)))
                speaker = UNSIGNED
                continue
            speaker = block.speaker or speaker  # a correction's word holds from its line on
            block = replace(block, speaker=speaker)
        elif block.kind == "heading":
            speaker = UNSIGNED
            block = _unasked(block)
        out.append(block)
    return out


def _level(out: list[Block]) -> int:
    return min((b.level for b in out if b.kind == "heading"), default=1)


def _names(blocks: list[Block]) -> dict[str, str]:
    """Return the speakers: at least two names before colons, or one that comes back between questions."""
    counts: Counter[str] = Counter()
    asked = 0
    for block in blocks:
        if block.prose:
            match = _SPEAKER.match(block.text)
            if match and _key(match[1]) and not _ASKED.match(block.bare):
                counts[_key(match[1])] += 1
            asked += bool(_ASKED.match(block.bare)) or (block.bare.endswith("?") and len(words(block.bare)) <= 60)
        elif block.kind == "heading":
            asked += block.bare.endswith("?")
    often = {name for name, count in counts.items() if count >= 2}
    units = sum(block.prose for block in blocks)
    if not often or sum(counts[name] for name in often) < max(2, 0.08 * units):
        return {}
    if len(counts) < 2 and not asked:
        return {}
    speaking = often | {name for name in counts if len(often) >= 1 and asked}
    return {name: slug(name) for name in speaking}


def _key(name: str) -> str:
    last = re.sub(r"[’']s$", "", name.split()[-1])
    return "" if last.lower() in _NO_NAMES or (len(name.split()) == 1 and name.lower() in _NO_NAMES) else last


def slug(name: str) -> str:
    """Return the key of a person: the last name, plain letters in lower case."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or UNSIGNED


def _without(block: Block, length: int) -> Block:
    first = block.first
    keep = "".join(m[0] for m in MARKED.finditer(first.text[:length]))
    return replace(block, lines=(replace(first, text=keep + first.text[length:]), *block.lines[1:]))


def _question(block: Block, after: list[Block], names: dict[str, str]) -> bool:
    """Tell whether a unit is the interviewer's: it asks, and a named speaker answers."""
    if _ASKED.match(block.bare):
        return True
    if not block.bare.endswith("?") or len(words(block.bare)) > 70:
        return False
    answer = next((b for b in after if b.prose or b.kind == "heading"), None)
    if answer is None or not answer.prose:
        return False
    match = _SPEAKER.match(answer.text)
    return bool(match and _key(match[1]) in names)


def _unasked(block: Block) -> Block:
    match = _ASKED.match(block.first.text)
    return _without(block, match.end()) if match else block


def boxes(blocks: list[Block]) -> list[Block]:
    """End a box of key points where its list ends: what follows is a section that has no heading."""
    out: list[Block] = []
    box = False
    listed = False
    for block in blocks:
        if block.kind == "heading":
            box, listed = bool(BOX.match(block.bare)), False
        elif box and block.prose:
            if block.kind == "item":
                listed = True
            elif listed and len(words(block.bare)) >= 12:
                block = replace(block, fresh=True)
                box = False
            else:
                box = False
        out.append(block)
    return out


def gaps(blocks: list[Block], source: Input) -> list[Block]:
    """Begin a section where a wide blank, rare in this text, stands in place of a heading."""
    if source.dress != "plain" or source.wrapped:
        return blocks
    wide = [
        i
        for i, b in enumerate(blocks)
        if i and b.kind == "paragraph" and blocks[i - 1].kind in ("paragraph", "item", "quotation") and b.first.gap >= 2
    ]
    usual = [b for b in blocks if b.kind == "paragraph" and b.first.gap == 1]
    heads = sum(b.kind == "heading" for b in blocks)
    if not wide or len(wide) > max(1, 0.06 * len(usual)) or heads < 2 or any(blocks[i].first.gap > 6 for i in wide):
        return blocks
    return [replace(b, fresh=True) if i in wide else b for i, b in enumerate(blocks)]
