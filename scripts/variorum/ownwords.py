"""Own words: no run of a report's words stands in our text outside quotation marks.

Eight words in a row are found where the text is held, twelve by its fingerprint alone. Names and official titles are
excepted by a list with reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import yaml

from . import seals
from .findings import Finding
from .layout import OFFICIAL_NAMES
from .quoting import QUOTATION, WORD
from .seals import GRAM, GUARANTEE, WINDOW, Seal
from .source import Source
from .texts import Text

_OUTSIDE = re.compile(r"^(?:\s*(?:-\s*)?\{?at:.*|\s*quote:.*|\s*proof:.*|#{1,6} .*|\s*printed:.*)$", re.MULTILINE)
_QUOTED_VALUE = re.compile(r"quote:\s*(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^,}\n]*)")


@dataclass(frozen=True)
class Held:
    """Hold what is known of one report: the hashes of all its runs where the text is held, else the kept ones."""

    report: str
    hashes: frozenset[str]
    whole: bool

    @property
    def longest(self) -> int:
        """Return the words in a row from which a copied run is certain to be found."""
        return GRAM if self.whole else GUARANTEE


def of_text(text: Text) -> Held:
    """Take every run of eight words from a text."""
    runs = {mark for words in (*text.units.values(), *text.notes.values()) for mark in seals.grams(seals.tokens(words))}
    return Held(text.report, frozenset(runs), True)


def of_seal(seal: Seal) -> Held:
    """Take the kept runs from a seal."""
    return Held(seal.report, seal.fingerprint, False)


def exceptions(root: Path) -> frozenset[str]:
    """Read the names and official titles that may stand as they are: a list of `words` with a `reason` each."""
    path = root / OFFICIAL_NAMES
    if not path.is_file():
        return frozenset()
    listed = yaml.safe_load(path.read_text("utf-8")) or []
    return frozenset(" ".join(seals.tokens(str(one["words"]))) for one in listed if one.get("reason"))


def copied(source: Source, held: Iterable[Held], excepted: frozenset[str]) -> Iterator[Finding]:
    """Yield each run of a report's words that a file has outside quotation marks, headings and `quote:` fields."""
    bare = _without_quotations(source.text)
    matches = list(WORD.finditer(bare))
    words = [match[0].lower().replace("’", "'").replace("‑", "-") for match in matches]
    hashes = list(seals.grams(words))
    held = [one for one in held if not one.hashes.isdisjoint(hashes)]
    broken = _breaks(bare, matches) if held else []
    for one in held:
        hit = [h in one.hashes and not broken[i] for i, h in enumerate(hashes)]
        yield from _runs(source, one, hit, matches, words, excepted)


def _runs(
    source: Source,
    held: Held,
    hit: list[bool],
    matches: list[re.Match[str]],
    words: list[str],
    excepted: frozenset[str],
) -> Iterator[Finding]:
    start = 0
    while start < len(hit):
        if not hit[start]:
            start += 1
            continue
        end = start
        while end + 1 < len(hit) and any(hit[end + 1 : end + 1 + (1 if held.whole else WINDOW)]):
            end += 1
        run = " ".join(words[start : end + GRAM])
        if not _is_excepted(run, excepted):
            first, last = matches[start], matches[end + GRAM - 1]
            message = f"{end + GRAM - start} words in a row as {held.report} has them: “{_cut(run)}”"
            yield Finding("own-words", source.at(first.start(), last.end() - first.start()), message)
        start = end + GRAM


def _is_excepted(run: str, excepted: frozenset[str]) -> bool:
    """Tell whether fewer than eight words are left of a run when a name is taken out of it."""
    return any(name in run and len(run.replace(name, " ").split()) < GRAM for name in excepted)


def _without_quotations(text: str) -> str:
    """Blank out what may be the report's: quotations and headings; offsets stay."""
    for pattern in (_OUTSIDE, _QUOTED_VALUE, QUOTATION):
        text = pattern.sub(lambda match: _blank(match[0]), text)
    return text


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", "\x00", text)


def _breaks(text: str, matches: list[re.Match[str]]) -> list[bool]:
    """Tell for each run of eight words whether something was blanked out, or a paragraph ends, within it."""
    gaps = [bool(re.search(r"\x00|\n\s*\n|\n\{:", text[a.end() : b.start()])) for a, b in pairwise(matches)]
    return [any(gaps[i : i + GRAM - 1]) for i in range(max(0, len(matches) - GRAM + 1))]


def _cut(run: str) -> str:
    words = run.split()
    return run if len(words) <= GRAM else " ".join(words[:GRAM]) + " …"
