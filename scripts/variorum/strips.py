"""How many annotations stand open beside each paragraph: as many as there is text for them to stand beside.

Heights are reckoned in lines of a paragraph, by length of words alone: no browser is asked. They need not be exact,
since a strip runs on beside the next paragraph; they keep strips from growing longer than the text, which would wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from .evidence import Excerpt, Role
from .grammar import Section, Unit
from .words import Kind

Group = Sequence[Excerpt]
_LETTERS = 72
"""Letters in a paragraph's line on a wide screen."""
_NARROW = 52
"""Letters in a strip's line, which is lower."""
_LINE = 0.75
"""Height of a strip's line, in lines of a paragraph; so too the words that lead to the folded ones."""
_GAP = 0.4
"""What stands free below a paragraph, an annotation or a strip."""
_HEADING = 2.4
"""A heading with what stands free about it."""
_OVERHANG = 3.0
"""What a strip may reach below the place where the next one is due."""
_WAYS = 24
"""Letters of the links that end an annotation."""
_CAPTION = {Kind.FIGURE: 2, Kind.ERRATUM: 2, Kind.QUERY: 2}
"""Lines of what stands above the quotation, where it is no proposition; of other kinds one."""
_MOST = 3
"""Annotations that stand open at most, however long the paragraph."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Hold a unit with the height of its text, of what precedes it, and its annotations in groups."""

    unit: str
    text: float
    above: float
    groups: Sequence[Group]


def shown(
    sections: Iterable[Section], groups: Mapping[str, Sequence[Group]], statements: Mapping[str, str]
) -> dict[str, int]:
    """Return for each unit with annotations how many of its groups stand open; the rest unfold.

    `groups` are each unit's, in order of weight; `statements` those of the propositions. At least one stands open.
    """
    places = list(_places(sections, groups))
    found: dict[str, int] = {}
    text = strip = start = 0.0  # the lower ends of both columns, and where the last strip begins: no text begins above
    for index, place in enumerate(places):
        top = max(text + place.above, start)
        if place.groups:
            start = max(top, strip)
            heights = [height(group, statements) for group in place.groups]
            found[place.unit] = count = _count(heights, top + _room(places, index) + _OVERHANG - start)
            strip = start + sum(heights[:count]) + (_LINE if count < len(heights) else 0) + _GAP
        text = top + place.text
    return found


def _places(sections: Iterable[Section], groups: Mapping[str, Sequence[Group]]) -> list[_Place]:
    return [
        _Place(unit.id, _lines(unit), _HEADING if not place else 0, groups.get(unit.id, ()))
        for section in sections
        for place, unit in enumerate(section.units)
    ]


def _lines(unit: Unit) -> float:
    return ceil(len(unit.digest) / _LETTERS) + _GAP


def _room(places: Sequence[_Place], index: int) -> float:
    """Return the height of the text from a unit down to the next that has annotations."""
    room = places[index].text
    for place in places[index + 1 :]:
        if place.groups:
            break
        room += place.above + place.text
    return room


def _count(heights: Sequence[float], room: float) -> int:
    """Return how many fit, one at least; none is folded that takes no more room than the words that unfold it."""
    count, used = 1, heights[0]
    while (
        count < min(len(heights), _MOST) and used + heights[count] + (_LINE if count + 1 < len(heights) else 0) <= room
    ):
        used += heights[count]
        count += 1
    return len(heights) if sum(heights[count:]) <= _LINE + _GAP else count


def height(group: Group, statements: Mapping[str, str]) -> float:
    """Return the height of one annotation with its words, in lines of a paragraph."""
    first = group[0]
    is_position = first.kind is Kind.POSITION
    lines = ceil(len(statements.get(first.slug, "")) / _NARROW) + 1 if is_position else _CAPTION.get(first.kind, 1)
    led = 30 if first.role in (Role.REPORTED, Role.AGAINST) else 0
    if first.quote or led:
        lines += ceil((led + len(first.quote) + _WAYS) / _NARROW)
    lines += sum(ceil(len(more.quote) / _NARROW) for more in group[1:])
    return lines * _LINE + _GAP
