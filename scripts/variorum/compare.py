"""The comparison: what each cell of the matrix says, and where the authors agree and differ.

Computed from positions alone, own voice alone; a reported view is carried along and never counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from . import codings
from .edition import Edition, once
from .frontmatter import Record
from .records import Judgement, Position, ReportedView
from .report import Report
from .words import PLACES, Cell, Nothing, Stance, counted, joint, side

MOST_REPORTS = 12
"""Reports up to which each stands in the navigation, and each two have a page of their own."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold one cell: what it says, what is behind it, its record if any, and whether coders differ unsettled."""

    report: str
    proposition: str
    cell: Cell
    own: tuple[Judgement, ...] = ()
    reported: tuple[ReportedView, ...] = ()
    record: Record[Position] | None = None
    disputed: bool = False

    @property
    def stance(self) -> Stance | None:
        """Return the stance, where the cell holds one that counts."""
        return self.cell if isinstance(self.cell, Stance) else None

    @property
    def is_divided(self) -> bool:
        """Tell whether its authors speak and differ: then it holds no stance that counts."""
        return self.cell is Nothing.DIVIDED

    @property
    def speaks(self) -> bool:
        """Tell whether an author speaks to the proposition: with one stance, or divided."""
        return self.stance is not None or self.is_divided

    @property
    def voices(self) -> list[Stance]:
        """Return each place on the axis where one of its authors stands, in order."""
        if self.stance is not None:
            return [self.stance]
        held = counted((one.speaker, one.stance) for one in self.own) if self.is_divided else ()
        return sorted(held, key=lambda stance: PLACES[stance])


@dataclass(frozen=True)
class Row:
    """Hold a proposition's cells in the order of the reports."""

    proposition: str
    standings: tuple[Standing, ...]

    @cached_property
    def stances(self) -> list[Stance]:
        """Return the stances that count."""
        return [standing.stance for standing in self.standings if standing.stance is not None]

    @cached_property
    def counts(self) -> Counter[Stance]:
        """Return how many reports take each stance."""
        return Counter(self.stances)

    @cached_property
    def divided(self) -> Counter[Stance]:
        """Return how many divided reports have an author who takes each stance."""
        return Counter(stance for standing in self.standings if standing.is_divided for stance in standing.voices)

    @cached_property
    def by_report(self) -> dict[str, Standing]:
        """Return the cells by report."""
        return {standing.report: standing for standing in self.standings}

    @cached_property
    def spread(self) -> int:
        """Return the distance between the outermost stances, 0 to 4 places."""
        places = [PLACES[stance] for stance in self.stances]
        return max(places) - min(places) if places else 0

    @property
    def speaking(self) -> int:
        """Return how many reports speak; a divided one does."""
        return sum(standing.speaks for standing in self.standings)


@dataclass(frozen=True)
class Matrix:
    """Hold the rows in the order of the propositions, and the reports in order of date."""

    reports: tuple[str, ...]
    rows: tuple[Row, ...]

    @cached_property
    def by_proposition(self) -> dict[str, Row]:
        """Return the rows by proposition."""
        return {row.proposition: row for row in self.rows}

    def disagreements(self) -> list[Row]:
        """Return the rows with authors on both sides, by spread, then by number of reports that speak."""
        split = [row for row in self.rows if {side(stance) for stance in row.stances} >= {-1, 1}]
        return sorted(split, key=lambda row: (-row.spread, -row.speaking, row.proposition))

    def agreements(self) -> list[Row]:
        """Return the rows on which at least two speak and all, none divided, on one side: by number, then by spread."""
        joined = [
            row
            for row in self.rows
            if row.speaking == len(row.stances) > 1
            and len({side(stance) for stance in row.stances}) == 1
            and side(row.stances[0])
        ]
        return sorted(joined, key=lambda row: (-row.speaking, row.spread, row.proposition))


@once
def compare(edition: Edition) -> Matrix:
    """Compute the matrix of an edition."""
    reports = tuple(edition.reports)
    rulings = {pair: record.fields.ruling for pair, record in edition.positions.items()}
    open_cells = codings.disputed(edition.codings, rulings)
    rows = []
    for key in edition.propositions_in_order:
        cells = (standing(edition, edition.reports[report], key) for report in reports)
        marked = (replace(cell, disputed=True) if (cell.report, key) in open_cells else cell for cell in cells)
        rows.append(Row(key, tuple(marked)))
    return Matrix(reports, tuple(rows))


def standing(edition: Edition, report: Report, proposition: str) -> Standing:
    """Compute one cell; an explicit record beats a computed `predates`."""
    record = edition.positions.get((report.key, proposition))
    if record is None:
        early = report.predates(edition.propositions[proposition].fields.since)
        return Standing(report.key, proposition, Nothing.PREDATES if early else Nothing.UNCODED)
    fields = record.fields
    if fields.own == "silent":
        return Standing(report.key, proposition, Nothing.SILENT, record=record)
    cell: Cell = joint((judgement.speaker, judgement.stance) for judgement in fields.own) or (
        Nothing.REPORTED_ONLY if fields.reported else Nothing.UNCODED
    )
    return Standing(report.key, proposition, cell, fields.own, fields.reported, record)
