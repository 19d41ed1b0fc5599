"""Shared sources: which works more than one report leans on, where, and for which side of which proposition.

A report uses a source where a note cites it or where its text names, quotes or alludes to it. The use bears on a
proposition where that note, or the paragraph with its marker, is evidence in a position of the same report: for the
author's own stance, or for a view that the author reports of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from .compare import Matrix, Standing, compare
from .edition import Edition, once
from .records import Mention, Position
from .report import natural
from .words import How, Kind, Stance, side


@dataclass(frozen=True, slots=True)
class Use:
    """Hold one place where a report uses a source; `how` is empty for a note that cites it."""

    source: str
    report: str
    at: str
    units: tuple[str, ...] = ()
    locator: str = ""
    how: How | None = None
    record: str = ""

    @property
    def ground(self) -> set[str]:
        """Return the note or paragraph, and the paragraphs with the note's marker."""
        return {self.at, *self.units}


@dataclass(frozen=True, slots=True)
class Bearing:
    """Say that a use of a source stands where a position on a proposition has its evidence."""

    proposition: str
    use: Use
    standing: Standing
    own: bool
    """Whether it is evidence for the author's own stance, not merely for a view reported of others."""
    reported: tuple[Stance, ...] = ()
    """Stances of views for which the use documents that others hold them."""


@dataclass(frozen=True)
class Conclusion:
    """Hold what the reports that share a source hold on a proposition for which at least one of them uses it."""

    proposition: str
    standings: tuple[Standing, ...]
    bearings: tuple[Bearing, ...]

    @cached_property
    def using(self) -> list[str]:
        """Return the reports that argue from the source: it stands at evidence for their own stance."""
        return list(dict.fromkeys(bearing.use.report for bearing in self.bearings if bearing.own))

    @cached_property
    def reporting(self) -> list[str]:
        """Return the reports that use the source for others' views on the proposition only."""
        return [key for key in dict.fromkeys(bearing.use.report for bearing in self.bearings) if key not in self.using]

    def ground(self, report: str) -> set[str]:
        """Return the places of one report where the source bears on the proposition."""
        return {at for bearing in self.bearings if bearing.use.report == report for at in bearing.use.ground}

    @property
    def is_opposed(self) -> bool:
        """Tell whether reports that share the source stand on opposite sides."""
        return {side(one.stance) for one in self.standings if one.stance} >= {-1, 1}

    @property
    def is_opposed_in_use(self) -> bool:
        """Tell whether they do so in the very passages that use the source."""
        using = self.using
        return {side(one.stance) for one in self.standings if one.stance and one.report in using} >= {-1, 1}


@dataclass(frozen=True)
class Shared:
    """Hold a source that more than one report uses: every use, and what the reports conclude."""

    source: str
    uses: tuple[Use, ...]
    conclusions: tuple[Conclusion, ...]

    @cached_property
    def reports(self) -> list[str]:
        """Return the reports that use it, in order of date."""
        return list(dict.fromkeys(use.report for use in self.uses))

    def of(self, report: str) -> list[Use]:
        """Return one report's uses."""
        return [use for use in self.uses if use.report == report]

    @property
    def opposed(self) -> list[Conclusion]:
        """Return the propositions on which its users stand on opposite sides, those argued from it first."""
        found = [conclusion for conclusion in self.conclusions if conclusion.is_opposed]
        return sorted(found, key=lambda conclusion: not conclusion.is_opposed_in_use)


@once
def uses(edition: Edition) -> dict[str, list[Use]]:
    """Return every use of every source by a report, in order of report and place."""
    order = {key: number for number, key in enumerate(edition.reports)}
    found: dict[str, list[Use]] = {}
    for use in [*_notes(edition), *_mentions(edition)]:
        found.setdefault(use.source, []).append(use)
    for held in found.values():
        held.sort(key=lambda use: (order[use.report], use.how is not None, natural(use.at)))
    return found


def _notes(edition: Edition) -> Iterator[Use]:
    for key, places in edition.citing.items():
        for place in places:
            units = tuple(edition.reports[place.report].marks.get(place.note, ()))
            yield Use(key, place.report, f"n{place.note}", units, place.citation.locator)


def _mentions(edition: Edition) -> Iterator[Use]:
    for report, slug, record in edition.of_kind(Kind.MENTION):
        fields = record.fields
        if not isinstance(fields, Mention) or not fields.source or report not in edition.reports:
            continue
        noted = any(
            (place.report, f"n{place.note}") == (report, fields.at) for place in edition.citing.get(fields.source, [])
        )
        if fields.source in edition.entries and not noted:
            units = tuple(edition.reports[report].marks.get(fields.at[1:], ())) if fields.at.startswith("n") else ()
            yield Use(fields.source, report, fields.at, units, how=fields.how, record=slug)


@once
def shared(edition: Edition) -> list[Shared]:
    """Return the sources that at least two reports use: most reports first, then most conclusions."""
    matrix, grounds = compare(edition), _grounds(edition)
    found = []
    for key, held in uses(edition).items():
        if any(use.report != held[0].report for use in held):
            found.append(Shared(key, tuple(held), tuple(_conclusions(matrix, held, grounds))))
    return sorted(found, key=lambda one: (-len(one.reports), -len(one.opposed), -len(one.conclusions), one.source))


def _grounds(edition: Edition) -> dict[tuple[str, str], set[str]]:
    """Return the propositions for which a place is evidence, by report and place."""
    found: dict[tuple[str, str], set[str]] = {}
    for (report, proposition), record in edition.positions.items():
        fields = record.fields
        pieces = [piece for one in (() if fields.own == "silent" else fields.own) for piece in one.evidence]
        pieces += [piece for view in fields.reported for piece in view.evidence]
        for place in (*(piece.at for piece in pieces), *(view.note for view in fields.reported if view.note)):
            found.setdefault((report, place), set()).add(proposition)
    return found


def _conclusions(matrix: Matrix, held: list[Use], grounds: Mapping[tuple[str, str], set[str]]) -> Iterator[Conclusion]:
    reports = dict.fromkeys(use.report for use in held)
    bearing: dict[str, list[Bearing]] = {}
    for use in held:
        for proposition in set().union(*(grounds.get((use.report, place), set()) for place in use.ground)):
            row = matrix.by_proposition.get(proposition)
            if row is not None:
                bearing.setdefault(proposition, []).extend(_bearings(use, row.by_report[use.report]))
    for row in matrix.rows:
        if bearing.get(row.proposition):
            standings = tuple(row.by_report[report] for report in reports)
            yield Conclusion(row.proposition, standings, tuple(bearing[row.proposition]))


def _bearings(use: Use, standing: Standing) -> Iterator[Bearing]:
    if standing.record is not None:
        own, reported = _evidence(standing.record.fields, use)
        if own or reported:
            yield Bearing(standing.proposition, use, standing, own, reported)


def _evidence(position: Position, use: Use) -> tuple[bool, tuple[Stance, ...]]:
    """Tell whether a use stands at evidence of the author's own, and which reported views it documents."""
    judgements = () if position.own == "silent" else position.own
    own = any(piece.at in use.ground for one in judgements for piece in one.evidence)
    views = tuple(
        view.stance
        for view in position.reported
        if view.note == use.at or (not view.note and any(piece.at in use.ground for piece in view.evidence))
    )
    return own, views


@dataclass(frozen=True)
class Engagement:
    """Hold the places where a report takes up another report of the edition, or a further work of its authors."""

    report: str
    other: str
    work: str
    uses: tuple[Use, ...]

    @property
    def is_the_report(self) -> bool:
        """Tell whether the work taken up is the other report itself."""
        return self.work == self.other


@once
def engagements(edition: Edition) -> list[Engagement]:
    """Return which report takes up which other, and which further works of the other's authors; the reports first."""
    found = []
    order = {key: number for number, key in enumerate(edition.reports)}
    written: dict[str, list[str]] = {}
    for report in edition.reports.values():
        for name in dict.fromkeys(name.full.casefold() for name in report.entry.names.get("author", ())):
            written.setdefault(name, []).append(report.key)
    for key, held in uses(edition).items():
        behind = _reports_behind(edition, key, written)
        by_report: dict[str, list[Use]] = {}
        for use in held if behind else ():
            by_report.setdefault(use.report, []).append(use)
        for user, places in by_report.items():
            found += [Engagement(user, other, key, tuple(places)) for other in behind if other != user]
    return sorted(found, key=lambda one: (not one.is_the_report, order[one.report], order[one.other], one.work))


def _reports_behind(edition: Edition, key: str, written: Mapping[str, list[str]]) -> list[str]:
    """Return the report that a source is, or the reports of which one of its authors is an author.

    `written` has the reports by their authors' names.
    """
    if key in edition.reports:
        return [key]
    names = {name.full.casefold() for name in edition.entries[key].names.get("author", ()) if name.family}
    return list(dict.fromkeys(report for name in sorted(names) for report in written.get(name, ())))
