"""Values: the numbers that reports give for one quantity, in order of period, with what differs between them, named.

Values are compared for one quantity and one period, and never averaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .edition import Edition, once
from .frontmatter import Record
from .records import Figure
from .words import FigureStatus, Kind

FEWEST = 3
"""Comparable values that a plot needs."""
MOST_NAMED = 12
"""Bases, or wordings of a period, that a sentence names."""
YEAR = "year"
"""The unit of values that are themselves years."""
RANK = "rank"
"""The unit of values that are places in an order."""

_YEAR = re.compile(r"\b(1[0-9]{3}|20[0-9]{2})\b")


@dataclass(frozen=True)
class Value:
    """Hold one figure with its report and its record's name."""

    report: str
    slug: str
    record: Record[Figure]

    @property
    def fields(self) -> Figure:
        """Return the record's fields."""
        return self.record.fields

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years that the period names."""
        return tuple(int(year) for year in _YEAR.findall(self.fields.period or ""))

    @property
    def ends(self) -> tuple[float, float]:
        """Return the least and the greatest number given; the same where there is one."""
        return ends(self.fields)

    @property
    def number(self) -> str:
        """Return the number as text, with its bound: `over 240`, `15–25`."""
        return number(self.fields)


def ends(figure: Figure) -> tuple[float, float]:
    """Return the least and the greatest number given; the same where there is one."""
    held = [one for one in (figure.value, figure.low, figure.high) if one is not None]
    return min(held), max(held)


def number(figure: Figure) -> str:
    """Return the number as text, with its bound: `over 240`, `15–25`; `15–…` is open at one end."""
    given = ends(figure) if figure.value is not None else (figure.low, figure.high)
    text = "–".join(_in_words(end, figure.unit) for end in dict.fromkeys(given))
    return f"{figure.bound} {text}" if figure.bound else text


def amount(figure: Figure) -> str:
    """Return the number with its unit, and its status where it is no result: `rank 1`, `about 12,000 tons (target)`."""
    text = {YEAR: number(figure), RANK: f"rank {number(figure)}"}.get(figure.unit, f"{number(figure)} {figure.unit}")
    return text if figure.status is FigureStatus.ACTUAL else f"{text} ({figure.status})"


def dated(figure: Figure) -> str:
    """Return the amount with the period that it is for; of a year, where that does not only name it again."""
    period = figure.period or ""
    told_twice = figure.unit == YEAR and all(plain(end) in period for end in ends(figure))
    return amount(figure) if told_twice or not period else f"{amount(figure)}, {period}"


def _in_words(end: float | None, unit: str) -> str:
    """Return a number as a page shows it: thousands set apart, but not in a year."""
    if end is None:
        return "…"
    large = unit != YEAR and abs(end) >= 10_000 and end == int(end)
    return f"{int(end):,}" if large else plain(end)


def plain(number: float) -> str:
    """Return a number without a needless decimal point; no separator, so that a year stays a year."""
    return f"{number:g}" if abs(number) < 1e6 and number != int(number) else str(int(number))


@once
def by_quantity(edition: Edition) -> dict[str, list[Value]]:
    """Return each quantity's values, in order of period, then of the reports."""
    values: dict[str, list[Value]] = {key: [] for key in edition.quantities}
    for report, slug, record in edition.of_kind(Kind.FIGURE):
        if isinstance(record.fields, Figure) and report in edition.reports:
            held = Value(report, slug, record)  # type: ignore[arg-type]
            values.setdefault(record.fields.quantity, []).append(held)
    order = {key: number for number, key in enumerate(edition.reports)}
    for found in values.values():
        found.sort(key=lambda value: (_when(value), value.fields.period or "", order[value.report], value.slug))
    return values


def _when(value: Value) -> float:
    """Return the year by which a value is sorted; those without one stand last."""
    if value.fields.unit == YEAR and not value.years:
        return value.ends[0]
    return min(value.years, default=9999)


def comparable(values: Iterable[Value]) -> list[Value]:
    """Return the values that one plot can hold: of one unit, at least three, not all the same."""
    groups: dict[str, list[Value]] = {}
    for value in values:
        groups.setdefault(value.fields.unit, []).append(value)
    widest = max(groups.values(), key=len, default=[])
    return widest if len(widest) >= FEWEST and len({value.ends for value in widest}) > 1 else []


@dataclass(frozen=True)
class Period:
    """Hold the values that two or more records give for one period, and what differs between them."""

    name: str
    values: tuple[Value, ...]

    @property
    def differences(self) -> list[str]:
        """Return what differs, each in a sentence: number, status, bound, basis, unit."""
        return list(_differences(self.values))

    @property
    def reports(self) -> list[str]:
        """Return the reports that give these values."""
        return list(dict.fromkeys(value.report for value in self.values))


def periods(values: Iterable[Value]) -> list[Period]:
    """Group values that are for the same year or years; a period without a year is known by its words."""
    groups: dict[object, list[Value]] = {}
    for value in values:
        single = value.fields.unit == YEAR
        groups.setdefault("" if single else value.years or value.fields.period or "", []).append(value)
    return [Period(_name(group), tuple(group)) for group in groups.values() if len(group) > 1]


def _name(group: list[Value]) -> str:
    if group[0].fields.unit == YEAR:
        return "the same event"
    years = group[0].years
    return "–".join(map(str, dict.fromkeys(years))) if years else group[0].fields.period or "no period named"


def _differences(values: tuple[Value, ...]) -> Iterator[str]:
    statuses = [status for status in FigureStatus if any(value.fields.status is status for value in values)]
    yield from _numbers(values, len(statuses) == 1)
    if len(statuses) > 1:
        yield f"The status differs, {' against '.join(statuses)}, so they are not set against each other as results."
    bounds = dict.fromkeys(str(value.fields.bound or "exact") for value in values)
    if len(bounds) > 1:
        yield f"The bound differs: {', '.join(bounds)}."
    yield from _bases(values)
    worded = dict.fromkeys(value.fields.period or "none" for value in values)
    if len(worded) > 1 and values[0].fields.unit != YEAR:
        yield f"The periods are worded differently: {_few(worded, '; ')}."


def _few(words: Iterable[str], between: str) -> str:
    """Join words; of very many, the first and how many there are besides."""
    held = list(words)
    more = [f"and {len(held) - MOST_NAMED} more"] if len(held) > MOST_NAMED else []
    return between.join([*held[:MOST_NAMED], *more])


def _numbers(values: tuple[Value, ...], measured: bool) -> Iterator[str]:
    """Say whether the numbers differ and, where they are of one sort, by how much."""
    ends = {value.ends for value in values}
    low, high = min(one for one, _ in ends), max(other for _, other in ends)
    unit = values[0].fields.unit
    if len({value.fields.unit for value in values}) > 1:
        yield "The units differ; the numbers cannot be set against each other."
    elif len(ends) == 1:
        yield "The number is the same."
    elif unit == YEAR:
        yield f"The years named lie between {plain(low)} and {plain(high)}."
    elif measured:
        gap = f", {(high - low) / low:.0%} of the lower" if low > 0 else ""
        yield f"The numbers lie {plain(round(high - low, 6))} {unit} apart{gap}."


def _bases(values: tuple[Value, ...]) -> Iterator[str]:
    named = list(dict.fromkeys(value.fields.basis for value in values if value.fields.basis))
    unnamed = sum(not value.fields.basis for value in values)
    if named and (len(named) > 1 or unnamed):
        missing = f"; {unnamed} without a basis" if unnamed else ""
        yield f"The basis differs: {_few(named, ', ')}{missing}."
    elif not named:
        yield "No basis is named for any of them."
