"""The one normal form in which texts are compared, with the way back to the original.

White space becomes one blank; quotation marks and dashes become one kind each; a dash swallows the blanks beside it;
ligatures are spelt out; soft hyphens, zero-width characters and markers of ours vanish. Case is kept. Every character
of the normal form remembers the slice of the original that it stands for.
"""

from dataclasses import dataclass

from .glyphs import LIGATURES
from .lines import END, MARK

_SINGLE = dict.fromkeys("'’‘‚‛`´ʼʹ′‹›", "'")
_DOUBLE = dict.fromkeys('"“”„‟«»″', '"')
_DASHES = dict.fromkeys("-‐‑‒–—―−", "-")
_NOTHING = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f", "")
_SAME: dict[str, str] = {**_SINGLE, **_DOUBLE, **_DASHES, **_NOTHING, **LIGATURES, "…": "..."}


@dataclass(frozen=True)
class Normal:
    """A text in normal form; `starts[i]` and `ends[i]` bound what character i stands for in the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the slice of the original, in code points, behind a non-empty slice of the normal form."""
        return self.starts[start], self.ends[end - 1]


def normal(text: str) -> Normal:
    """Bring a text into normal form."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    inside = False
    for place, char in enumerate(text):
        if char in (MARK, END):
            inside = char == MARK
            continue
        if inside:
            continue
        plain = " " if char.isspace() else _SAME.get(char, char)
        if plain == " ":
            # after a dash or another blank, and at the very beginning, a blank says nothing
            if not out or out[-1] in " -":
                continue
        elif plain == "-" and out and out[-1] == " ":
            out.pop()
            starts.pop()
            ends.pop()
        for piece in plain:
            out.append(piece)
            starts.append(place)
            ends.append(place + 1)
    if out and out[-1] == " ":
        out.pop()
        starts.pop()
        ends.pop()
    return Normal("".join(out), tuple(starts), tuple(ends))


def same(one: str, other: str) -> bool:
    """Tell whether two texts are equal in normal form."""
    return normal(one).text == normal(other).text


def find(quotation: str, text: str | Normal) -> list[tuple[int, int]]:
    """Return every place of a quotation in a text, as slices of the original; the first letter's case is free.

    >>> find("the dry summer", "It was hot. The  dry summer was long.")
    [(12, 27)]
    """
    hay = text if isinstance(text, Normal) else normal(text)
    needle = normal(quotation).text
    if not needle:
        return []
    found = []
    for variant in {needle, needle[0].upper() + needle[1:], needle[0].lower() + needle[1:]}:
        at = hay.text.find(variant)
        while at >= 0:
            found.append(hay.span(at, at + len(variant)))
            at = hay.text.find(variant, at + 1)
    return sorted(set(found))
