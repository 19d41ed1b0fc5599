"""The list of reports, and each report: sections, units with their strips, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from markupsafe import Markup

from .. import addresses, coverage, elsewhere, notes, strips
from ..addresses import Address
from ..compare import Standing
from ..evidence import Excerpt
from ..markup import Frame
from ..quotable import original
from ..report import Report
from .parts import parts
from .press import Page, Press

MOST_REPORTS_LISTED = 300
"""Reports that one part of their list holds."""
SHOWN = 2
"""Annotations that stand open under a note; where there are two more or above, they unfold."""
LONG = 400
"""Letters from which on a paragraph is given more room while it is not laid out yet."""
KINDS = {
    "position": "positions",
    "reported": "reported views",
    "figure": "figures",
    "relation": "relations",
    "mention": "mentions",
    "erratum": "errata and queries",
    "comment": "comments",
    "reply": "replies",
}
"""What a reader can show or hide, with the word for it."""


def render(press: Press) -> Iterator[Page]:
    """Print the list, then every report."""
    reports = list(press.edition.reports.values())
    for part in parts(addresses.REPORTS, reports, MOST_REPORTS_LISTED, name=lambda one: press.year(one.key)):
        groups = [(year, list(held)) for year, held in groupby(part.items, key=lambda one: press.year(one.key))]
        yield press.part("reports", part, "Reports", years=years(press), groups=groups if press.is_many else [])
    contested, stops = coverage.contested(press.matrix), elsewhere.stops(press.edition)
    told = _told_elsewhere(press)
    for report in press.edition.reports.values():
        yield _report(press, report, contested, stops, told)


def years(press: Press) -> list[tuple[str, int, Address]]:
    """Return each year of the list with how many reports are of it and where they begin."""
    found: dict[str, tuple[int, Address]] = {}
    for number, key in enumerate(press.edition.reports):
        year = press.year(key)
        page = addresses.part(addresses.REPORTS, number // MOST_REPORTS_LISTED + 1).page
        count, first = found.get(year, (0, Address(page, f"year-{year}")))
        found[year] = count + 1, first
    return [(year, *told) for year, told in found.items()]


def _told_elsewhere(press: Press) -> Callable[[Standing], Markup]:
    """Return what prints a report's place on a proposition for the pages of the others: the same on each."""
    held: dict[tuple[str, str], Markup] = {}
    beside = addresses.report("any").page  # the way between two reports is the same from each

    def told(standing: Standing) -> Markup:
        key = standing.report, standing.proposition
        if key not in held:
            held[key] = press.fill("other", beside, standing=standing).strip()
        return held[key]

    return told


def _report(
    press: Press,
    report: Report,
    contested: frozenset[str],
    stops: dict[str, list[elsewhere.Stop]],
    told: Callable[[Standing], Markup],
) -> Page:
    page = addresses.report(report.key).page
    frame = Frame(page, f"reports/{report.key}.md", report.key)
    by_place = press.by_place[report.key]
    held = {coverage.kind(excerpt) for excerpt in press.excerpts[report.key]}
    groups = _groups(press, report)
    statements = {key: record.fields.statement for key, record in press.edition.propositions.items()}
    return press.print(
        "report",
        page,
        report.title,
        with_contents=True,
        report=report,
        units={unit.id: Markup(press.renderer.inline(unit.digest, frame)) for unit in report.units.values()},
        notes=[notes.read(press.edition, press.renderer, report, label, frame) for label in report.labels],
        rail=coverage.marks(report, by_place, contested),
        bare=coverage.bare(report, by_place),
        kinds=[(key, word) for key, word in KINDS.items() if key in held],
        groups=groups,
        kind_of=coverage.kind,
        others=elsewhere.others,
        told=told,
        walk=lambda source, place: elsewhere.walk(stops.get(source, []), elsewhere.Stop(report.key, place)),
        original=original,
        partners=_partners(press, report),
        shown=strips.shown(report.sections, groups, statements),
        SHOWN=SHOWN,
        LONG=LONG,
    )


def _groups(press: Press, report: Report) -> dict[str, list[list[Excerpt]]]:
    """Return the annotations of each place of a report, those first that a cell of the matrix rests on."""
    standings = (row.by_report[report.key] for row in press.matrix.rows)
    decisive = {best.id for best in map(press.decisive, standings) if best}
    return {place: coverage.gather(found, decisive) for place, found in press.by_place[report.key].items()}


def _partners(press: Press, report: Report) -> list[str]:
    """Return the reports that this one has a page with, in order of date."""
    return [key for key in press.matrix.reports if key != report.key] if not press.is_many else []
