"""The seal: what a clone without a report's text can still know of it.

A checksum and a word count of each unit and note, and a winnowed fingerprint. Of every run of `GRAM` words a hash is
made; of every `WINDOW` neighbouring hashes the least is kept. Any run of `GRAM + WINDOW - 1` words that two texts share
then has a hash that both keep (Schleimer, Wilkerson and Aiken, Winnowing, SIGMOD 2003), so that twelve words of a
report are found without the report, which cannot be had back from its hashes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .intake import normal
from .layout import SEALS
from .quoting import WORD, count_words
from .source import Source
from .texts import Text

GRAM = 8
"""Words in a hashed run."""
WINDOW = 5
"""Neighbouring runs of which one is kept."""
GUARANTEE = GRAM + WINDOW - 1
"""Words of a shared run that is certain to be found by fingerprint alone."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Hold a unit's or note's checksum and its number of words."""

    sum: str
    words: int


@dataclass(frozen=True)
class Seal:
    """Hold what is known of a report's text without the text."""

    report: str
    places: dict[str, Sealed]
    fingerprint: frozenset[str]

    @property
    def words(self) -> int:
        """Return the words of the report's units; notes are not counted."""
        return sum(sealed.words for place, sealed in self.places.items() if not place.startswith("n"))


def make(text: Text) -> Seal:
    """Seal a text."""
    places = {
        place: Sealed(checksum(words), count_words(words)) for place, words in {**text.units, **text.notes}.items()
    }
    marks = {mark for words in {**text.units, **text.notes}.values() for mark in winnowed(tokens(words))}
    return Seal(text.report, places, frozenset(marks))


def budget(seal: Seal) -> int:
    """Return how many words of a report may be quoted: a tenth of its words, or 300."""
    return max(300, seal.words // 10)


def checksum(text: str) -> str:
    """Return the checksum of a text in normal form."""
    return hashlib.sha256(normal(text).text.encode()).hexdigest()[:16]


def proof(quotation: str, place: str, sum_of_place: str) -> str:
    """Return the proof that a quotation stood in a unit: it holds for these words, this place, this text."""
    bound = f"{normal(quotation).text}\0{place}\0{sum_of_place}"
    return hashlib.sha256(bound.encode()).hexdigest()[:12]


def tokens(text: str) -> list[str]:
    """Return the words of a text as they are compared: small letters, one kind of apostrophe and hyphen."""
    return [match[0].lower().replace("’", "'").replace("‑", "-") for match in WORD.finditer(text)]


def grams(words: Sequence[str], size: int = GRAM) -> Iterator[str]:
    """Yield the hash of every run of `size` words, in order."""
    for start in range(len(words) - size + 1):
        run = " ".join(words[start : start + size])
        yield hashlib.blake2b(run.encode(), digest_size=6).hexdigest()


def winnowed(words: Sequence[str]) -> set[str]:
    """Return the least hash of every window of runs; of fewer runs than a window has, their least."""
    hashes = list(grams(words))
    if not hashes:
        return set()
    return {min(hashes[start : start + WINDOW]) for start in range(max(1, len(hashes) - WINDOW + 1))}


def path_of(report: str) -> str:
    """Return where a report's seal stands, relative to the edition's root."""
    return f"{SEALS}/{report}.json"


def written(seal: Seal) -> str:
    """Return a seal as its file's text."""
    data = {
        "report": seal.report,
        "words": seal.words,
        "places": {place: [sealed.sum, sealed.words] for place, sealed in seal.places.items()},
        "fingerprint": {"words": GRAM, "window": WINDOW, "hashes": "".join(sorted(seal.fingerprint))},
    }
    return json.dumps(data, indent=1) + "\n"


def read(source: Source) -> Seal | None:
    """Read a seal; give nothing where the file is not one."""
    try:
        data = json.loads(source.text)
        places = {str(place): Sealed(str(pair[0]), int(pair[1])) for place, pair in data["places"].items()}
        hashes = str(data["fingerprint"]["hashes"])
        marks = frozenset(hashes[start : start + 12] for start in range(0, len(hashes), 12))
        return Seal(str(data["report"]), places, marks)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None
