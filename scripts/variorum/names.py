"""How things are called on the pages: a report's short name and badge, a place's ¶, a date in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .edition import Edition
from .records import Person
from .report import Report

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def short_name(report: Report) -> str:
    """Return the authors' family names: `Lo`, `Korolev & Shattuck`."""
    return report.byline


def family_name(person: Person) -> str:
    """Return what stands before the comma of `sort`; without `sort`, the last word of the name."""
    return person.sort.split(",")[0].strip() if person.sort else person.name.split()[-1]


def by_family(person: Person) -> tuple[str, str]:
    """Return a sort key: the family name, then the whole name."""
    return family_name(person).casefold(), (person.sort or person.name).casefold()


def possessive(name: str) -> str:
    """Return a name with the mark of possession: `Lo’s`, but `the editors’`."""
    return f"{name}’" if name.startswith("the ") and name.endswith("s") else f"{name}’s"


def badges(edition: Edition) -> Mapping[str, str]:
    """Return a badge of few letters for each report: initials, lengthened until no two are the same."""
    result: dict[str, str] = {}
    for key, report in edition.reports.items():
        names = [name.short for name in report.entry.authors] or [key]
        options = ["".join(name[:length] for name in names) for length in (1, 2, 3)]
        options.append("".join(name[:1] for name in names) + report.entry.date[2:4])
        result[key] = next((option for option in options if option not in result.values()), key)
    return result


def pilcrow(place: str) -> str:
    """Return how a place is shown: `¶ 3.2` for a unit, `n. 12` for a note, `§ 3` for a section."""
    unit = re.match(r"s(\d+)p(\d+)$", place)
    if unit:
        return f"¶ {unit[1]}.{unit[2]}"
    if place.startswith("n"):
        return f"n. {place[1:]}"
    section = re.match(r"s(\d+)$", place)
    return f"§ {section[1]}" if section else "title"


def date_in_words(date: str) -> str:
    """Return an ISO date as `7 Mar 2024`, `Jul 2025` or `2025`; a span with a dash."""
    if "/" in date:
        return "–".join(date_in_words(part) for part in date.split("/") if part)
    year, *rest = date.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1] if rest[0].isdigit() and 1 <= int(rest[0]) <= 12 else rest[0]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"
