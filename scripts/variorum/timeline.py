"""The time line: where the reports stand between the first year and the last, as shares of its width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .addresses import Address
from .report import Report, end_of

_NEAR = 7.0
"""Per cent of the width within which two badges would touch on a small screen; the later one stands higher."""
_NAMED = 8
"""Years that can be named along the line of a small screen."""
_EDGE = 4.0
"""Per cent kept free at either end."""


@dataclass(frozen=True, slots=True)
class Point:
    """Hold one report on the line: its place and, where only the year or month is known, the span, both in per cent."""

    report: Report
    place: float
    start: float
    level: int


@dataclass(frozen=True)
class Line:
    """Hold the reports in order of date and the years with the place where each begins."""

    points: tuple[Point, ...]
    years: tuple[tuple[int, float], ...]


def line(reports: Iterable[Report]) -> Line | None:
    """Place the reports on a line of whole years; none where no report has a date."""
    dated = [report for report in reports if report.entry.date]
    if not dated:
        return None
    first = min(_day(_start_of(report.entry.date)) for report in dated).year
    last = max(_day(end_of(report.entry.date)) for report in dated).year + 1
    span = (date(last, 1, 1) - date(first, 1, 1)).days

    def share(day: str) -> float:
        return round(_EDGE + (100 - 2 * _EDGE) * (_day(day) - date(first, 1, 1)).days / span, 2)

    points: list[Point] = []
    for report in dated:
        place = share(end_of(report.entry.date))
        near = {point.level for point in points if abs(point.place - place) < _NEAR}
        level = next(level for level in range(len(points) + 1) if level not in near)
        points.append(Point(report, place, share(_start_of(report.entry.date)), level))
    return Line(tuple(points), tuple((year, share(f"{year}-01-01")) for year in range(first, last + 1)))


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold a year on the line of many reports: place, width and height in per cent, where its reports stand."""

    year: int
    count: int
    address: Address
    place: float
    width: float
    height: float
    is_named: bool


def bars(years: Iterable[tuple[str, int, Address]]) -> tuple[Bar, ...]:
    """Return a bar for each year, in order; as many years are named as have room on a small screen."""
    dated = [(int(year), count, address) for year, count, address in years if year.isdigit()]
    if not dated:
        return ()
    first, span = dated[0][0], dated[-1][0] - dated[0][0] + 1
    most, width = max(count for _, count, _ in dated), 100 / span
    apart = next((one for one in (1, 2, 5, 10, 20, 25, 50) if span / one <= _NAMED), 100)
    return tuple(
        Bar(
            year,
            count,
            address,
            _cut((year - first) * width),
            _cut(width),
            _cut(100 * count / most),
            _is_named(year, apart, (year - first) * width),
        )
        for year, count, address in dated
    )


def _is_named(year: int, apart: int, place: float) -> bool:
    """Tell whether a year's number is printed; one at the very end would be cut off."""
    return year % apart == 0 and place <= 100 - 100 / _NAMED / 2


def _cut(number: float) -> float:
    return round(number, 2)


def _start_of(day: str) -> str:
    """Fill up a date known to the year or month to its beginning: `2025` → `2025-01-01`."""
    given = day.split("/")[0]
    return given + "-01-01"[3 * given.count("-") :]


def _day(day: str) -> date:
    """Read a day; one beyond its month's end is its month's last (`2025-02-31`)."""
    year, month, number = (int(part) for part in day.split("-"))
    for least in range(number, 27, -1):
        try:
            return date(year, month, least)
        except ValueError:
            continue
    return date(year, month, number)
