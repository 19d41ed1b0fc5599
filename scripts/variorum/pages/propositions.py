"""The codebook, and each proposition with every author's place on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, groupby

from markupsafe import Markup

from .. import addresses, coverage, elsewhere
from ..compare import Row, Standing
from ..elsewhere import Stop
from ..evidence import Excerpt, Role, by_place
from ..markup import Frame
from ..records import Figure
from .parts import parts
from .press import MOST_AUTHORS, Page, Press

Bearing = tuple[str, Excerpt, Figure]
Shared = tuple[str, list[Stop]]


MOST_BEARING = 100
"""Figures, and shared sources, that a proposition's page names."""


def render(press: Press) -> Iterator[Page]:
    """Print the list by topic, then every proposition."""
    yield press.print("propositions", addresses.PROPOSITIONS, "Propositions")
    stops = elsewhere.stops(press.edition)
    for key, record in press.edition.propositions.items():
        page = addresses.proposition(key).page
        row = press.matrix.by_proposition[key]
        extents, couples = _extents(press, row), _couples(press, row)
        figures, sources = list(_figures(press, row)), list(_sources(press, row, stops))
        for part in parts(page, row.standings, MOST_AUTHORS, name=lambda one: press.year(one.report)):
            yield press.part(
                "proposition",
                part,
                record.fields.statement,
                record=record,
                essay=press.body(record, page, f"propositions/{key}.md") if part.is_first else None,
                row=row,
                grounds=lambda standing, index, page=part.page: grounds(press, page, standing, index),
                figures=figures[:MOST_BEARING] if part.is_first else [],
                figures_total=len(figures),
                sources=sources[:MOST_BEARING] if part.is_first else [],
                sources_total=len(sources),
                extents=extents,
                couples=couples,
            )


@dataclass(frozen=True, slots=True)
class Ground:
    """Hold what one judgement takes from one passage, for it or against, and the digest where it is not told yet."""

    excerpts: list[Excerpt]
    digest: Markup | None

    @property
    def is_against(self) -> bool:
        """Tell whether it weighs against the judgement."""
        return self.excerpts[0].role is Role.AGAINST


def grounds(press: Press, page: str, standing: Standing, index: int) -> Iterator[Ground]:
    """Yield the passages that one judgement of a cell rests on, then those against it, each digest once."""
    told = set()
    for role in (Role.OWN, Role.AGAINST):
        for place, found in by_place(press.excerpt_for(standing, role, index)).items():
            yield Ground(found, None if place in told else _digest(press, page, standing.report, place))
            told.add(place)


def _digest(press: Press, page: str, report: str, place: str) -> Markup | None:
    """Return the digest of a passage's paragraph as it reads away from its page: without markers of notes."""
    unit = press.edition.reports[report].units.get(place)
    if unit is None:
        return None
    frame = Frame(page, f"reports/{report}.md", report)
    return Markup(elsewhere.unmarked(press.renderer.inline(unit.digest, frame)))


def _extents(press: Press, row: Row) -> dict[str, coverage.Extent]:
    """Return how much of each report that was read for the proposition bears on it."""
    edition = press.edition
    return {
        standing.report: coverage.extent(
            edition, edition.reports[standing.report], press.by_record.get((standing.report, row.proposition), [])
        )
        for standing in row.standings
        if standing.record
    }


def _couples(press: Press, row: Row) -> list[tuple[str, str]]:
    """Return every two reports that speak, while each two have a page."""
    speaking = [standing.report for standing in row.standings if standing.speaks]
    return list(combinations(speaking, 2)) if not press.is_many else []


def _passages(press: Press, row: Row) -> Iterator[tuple[str, str]]:
    """Yield the places in which each report's own position rests."""
    for standing in row.standings:
        for excerpt in press.by_record.get((standing.report, row.proposition), []):
            if excerpt.role in ("own", "against"):
                yield standing.report, excerpt.at


def _figures(press: Press, row: Row) -> Iterator[Bearing]:
    """Yield the figures that stand in the passages."""
    for report, place in dict.fromkeys(_passages(press, row)):
        for excerpt in press.by_place[report].get(place, []):
            fields = press.edition.annotations[report, excerpt.slug].fields
            if isinstance(fields, Figure):
                yield report, excerpt, fields


def _sources(press: Press, row: Row, stops: dict[str, list[Stop]]) -> Iterator[Shared]:
    """Yield the sources cited in the passages' notes that another report cites or mentions too."""
    here = set()
    for report, place in _passages(press, row):
        unit = press.edition.reports[report].units.get(place)
        here |= {Stop(report, f"n{label}") for label in unit.marks} if unit else {Stop(report, place)}
    for key, places in sorted(stops.items()):
        reports = [report for report, _ in groupby(stop.report for stop in places)]
        if len(reports) > 1 and here.intersection(places):
            yield key, places
