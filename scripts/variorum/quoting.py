"""Words and quotation marks: what counts as a word, and what stands between double curly quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

WORD = re.compile(r"[^\W_]+(?:['’‑-][^\W_]+)*")
"""A word: a run of letters or digits with its apostrophes and hyphens."""
QUOTATION = re.compile(r"“([^“”]*)”")

_BETWEEN_CURLY = re.compile(r"“[^“”]*”|‘(?:[^‘’]|(?<=\w)’(?=\w))*’")


def is_between_curly_marks(text: str) -> bool:
    """Tell whether one pair of curly quotation marks encloses the whole text."""
    return bool(_BETWEEN_CURLY.fullmatch(text.strip()))


def count_words(text: str) -> int:
    """Count the words of a text."""
    return sum(1 for _ in WORD.finditer(text))


def quotations(text: str) -> Iterator[tuple[int, str]]:
    """Yield what stands in double curly quotation marks, with its offset in code points."""
    for match in QUOTATION.finditer(text):
        yield match.start(1), match[1]
