"""How far the blind coders agree: what they are, alpha, and every difference with how it was settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .. import addresses
from ..codings import Difference, agreement
from .parts import parts
from .press import Page, Press

MOST_DIFFERENCES = 600
"""Differences and rulings that one part of the page holds."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Hold the ruling on a cell on which the coders agreed."""

    report: str
    proposition: str
    words: str


def render(press: Press) -> Iterator[Page]:
    """Print the page on agreement between coders, where there are two sheets at least."""
    edition = press.edition
    if len(edition.codings) < 2:
        return
    rows = [row.proposition for row in press.matrix.rows]
    by_report = [(key, agreement(edition.codings, [(key, row) for row in rows])) for key in edition.reports]
    whole = agreement(edition.codings, [(key, row) for key in edition.reports for row in rows])
    differing = {(one.report, one.proposition) for one in whole.differences}
    found: list[Difference | Ruling] = [
        *whole.differences,
        *(
            Ruling(*pair, record.fields.ruling)
            for pair, record in edition.positions.items()
            if record.fields.ruling and pair not in differing and pair[0] in edition.reports
        ),
    ]
    for part in parts(
        addresses.AGREEMENT, found, MOST_DIFFERENCES, name=lambda one: press.year(one.report), section=_section
    ):
        yield press.part(
            "agreement",
            part,
            "Agreement between the coders",
            with_contents=part.is_first,
            whole=whole,
            differences=[one for one in part.items if isinstance(one, Difference)],
            departures=[one for one in part.items if isinstance(one, Ruling)],
            by_report=by_report if part.is_first else [],
        )


def _section(one: Difference | Ruling) -> str:
    return "differences" if isinstance(one, Difference) else "rulings"
