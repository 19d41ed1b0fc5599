"""Elsewhere: from a passage to the same matter in the other reports, and along a source's places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from .compare import MOST_REPORTS, Row, Standing
from .edition import Edition, once
from .records import Mention
from .report import natural
from .words import Kind

MOST_OTHERS = 8
"""Other reports that a passage lists where the edition holds more than a dozen."""
_MARKER = re.compile(r"\s*<sup\b.*?</sup>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Stop:
    """Hold a place that cites or mentions a source: a note (`n12`) or a paragraph of a report."""

    report: str
    place: str


@dataclass(frozen=True, slots=True)
class Walk:
    """Hold a place among all that cite a source: its number, how many there are, and the place before and after."""

    number: int
    total: int
    before: Stop
    after: Stop


def others(row: Row, report: str) -> list[Standing]:
    """Return where the other reports stand on a proposition, in order of date; of many, those that speak."""
    found = (standing for standing in row.standings if standing.report != report)
    if len(row.standings) <= MOST_REPORTS:
        return list(found)
    return list(islice((standing for standing in found if standing.speaks), MOST_OTHERS))


@once
def stops(edition: Edition) -> dict[str, list[Stop]]:
    """Return for each source the passages that mention it and the notes that cite it, as a reader comes upon them."""
    found: dict[str, dict[Stop, None]] = {}
    for source, places in edition.citing.items():
        for place in places:
            found.setdefault(source, {})[Stop(place.report, f"n{place.note}")] = None
    for report, _, record in edition.of_kind(Kind.MENTION):
        if isinstance(record.fields, Mention) and record.fields.source:
            found.setdefault(record.fields.source, {})[Stop(report, record.fields.at)] = None
    order = {key: number for number, key in enumerate(edition.reports)}
    return {
        source: sorted(
            (stop for stop in held if stop.report in order),
            key=lambda stop: (order[stop.report], stop.place.startswith("n"), natural(stop.place)),
        )
        for source, held in found.items()
    }


def walk(found: list[Stop], here: Stop) -> Walk | None:
    """Return the walk through a source's places, round from the last to the first; none where it has one place."""
    if here not in found or len(found) < 2:
        return None
    index = found.index(here)
    return Walk(index + 1, len(found), found[index - 1], found[(index + 1) % len(found)])


def unmarked(html: str) -> str:
    """Take the markers of notes out of a rendered digest that is shown away from its report's page."""
    return _MARKER.sub("", html)
