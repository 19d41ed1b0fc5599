"""A list of notes without a heading: rising numbers before what reads like references, at the end of the report."""

import re
from itertools import pairwise

from . import entries
from .entries import Entry, Found
from .lines import Input, Line
from .sense import ended, is_reference


def find(rows: list[Line], source: Input) -> Found:
    """Take a list of notes without a heading: rising numbers before what reads like references, at the end."""
    candidates = [
        e
        for i, line in enumerate(rows)
        if (e := entries.read(i, line)) and not _middle(rows, i, source) and not _large(line, source)
    ]
    chain = entries.chain(_from_the_end(candidates))
    while chain and not (is_reference(_whole(rows, chain, 0)) and _compact(rows, chain, 0)):
        chain = chain[1:]
    if not chain:
        return {}
    if len(chain) < 0.5 * (chain[-1].number - chain[0].number + 1):
        return {}
    if sum(_compact(rows, chain, k) for k in range(len(chain))) < 0.8 * len(chain):
        return {}
    share = sum(is_reference(_whole(rows, chain, k)) for k in range(len(chain))) / len(chain)
    if share < 0.6 or (len(chain) < 2 and chain[0].place < 0.5 * len(rows)):
        return {}
    if len(chain) == 1 and not re.search(r"https?:|\bIbid\b|\b(?:19|20)\d\d\b", _whole(rows, chain, 0)):
        return {}
    if _spread(rows, chain):
        return _scattered(rows, chain)
    return entries.filled(rows, chain, len(rows), source, [])


def _large(line: Line, source: Input) -> bool:
    """Tell whether a printed line is set as headings are, never as notes."""
    return source.dress == "page" and (line.bold or line.size > 1.04 * source.size)


def _middle(rows: list[Line], i: int, source: Input) -> bool:
    """Tell whether a wrapped line only happens to begin with a number."""
    return (
        source.wrapped
        and i > 0
        and not rows[i].gap
        and not ended(rows[i - 1].text)
        and not entries.END_OF_ADDRESS.search(rows[i - 1].text)
        and not is_reference(rows[i].text)
    )


def _from_the_end(candidates: list[Entry]) -> list[Entry]:
    return [entry for entry in candidates if entry.number]


def _whole(rows: list[Line], chain: list[Entry], k: int) -> str:
    end = chain[k + 1].place if k + 1 < len(chain) else min(len(rows), chain[k].place + 6)
    return " ".join([chain[k].text, *(line.text for line in rows[chain[k].place + 1 : min(end, chain[k].place + 6)])])[
        :700
    ]


def _compact(rows: list[Line], chain: list[Entry], k: int) -> bool:
    """Tell whether the entry is not followed by text of the body before the next one."""
    end = chain[k + 1].place if k + 1 < len(chain) else chain[k].place + 1
    between = rows[chain[k].place + 1 : end]
    return sum(len(line.text) for line in between) < 1200 and not any(line.bullet in ("•", "▪") for line in between)


def _spread(rows: list[Line], chain: list[Entry]) -> bool:
    """Tell whether the entries stand at the feet of pages, with the body's text in between."""
    gaps = [b.place - a.place for a, b in pairwise(chain)]
    inside = 0
    for a, b in pairwise(chain):
        parted = [i for i in range(a.place + 1, b.place) if rows[i].gap]
        inside += sum(len(line.text) for line in rows[parted[0] : b.place]) if parted else 0
    return bool(gaps) and inside > 0.5 * sum(len(line.text) for line in rows[chain[0].place : chain[-1].place + 1])


def _scattered(rows: list[Line], chain: list[Entry]) -> Found:
    found: Found = {}
    starts = {entry.place for entry in chain}
    for entry in chain:
        found[rows[entry.place].number] = ("note", entry.label)
        for i in range(entry.place + 1, len(rows)):
            if i in starts or rows[i].gap:
                break
            found[rows[i].number] = ("more", "")
    return found
