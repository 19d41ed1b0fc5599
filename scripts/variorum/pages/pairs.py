"""The overview of all pairs, and a page for each two reports while they are few."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import addresses, pairs, sharing, values
from ..compare import Matrix, Row
from ..names import short_name
from ..pairs import SPOKEN, Pair, Verdict
from ..records import Relation
from ..words import Kind
from .engagement import Side, side_of
from .press import Page, Press

WORDS = {
    Verdict.SAME: "On the same side",
    Verdict.ONE_BALANCED: "One of them balanced",
    Verdict.DIFFERENT: "On different sides",
    Verdict.OLDER_ONLY: "Only {older} speaks",
    Verdict.NEWER_ONLY: "Only {newer} speaks",
    Verdict.NEITHER: "Neither speaks",
}
"""The heading of each verdict, in the order of the counts and of the bar."""
SHOWN = (
    Verdict.DIFFERENT, Verdict.ONE_BALANCED, Verdict.SAME, Verdict.OLDER_ONLY, Verdict.NEWER_ONLY, Verdict.NEITHER,
)  # fmt: skip
"""The order in which a pair's page shows them: what differs first."""


def render(press: Press) -> Iterator[Page]:
    """Print the overview, then every pair, unless there are too many reports for a page each."""
    paged = not press.is_many
    count = len(press.matrix.reports)
    total = count * (count - 1) // 2
    found = pairs.pairs(press.matrix) if total <= MOST_PAIRS else pairs.pairs(_newest(press.matrix))
    by_reports = {frozenset((pair.older, pair.newer)): pair for pair in found}
    yield press.print(
        "pairs",
        addresses.COMPARE,
        "Any two reports compared",
        pairs=sorted(found, key=_most_agreed)[:MOST_PAIRS],
        total=total,
        by_reports=by_reports if paged else {},
        paged=paged,
        between=pairs.between,
        **_words(),
    )
    if paged:
        figures = values.by_quantity(press.edition)
        shared = sharing.shared(press.edition)
        engaged = sharing.engagements(press.edition)
        for pair in found:
            yield _pair(press, pair, figures, shared, engaged)


MOST_PAIRS = 300
"""Pairs that the overview lists; beyond that it has those of the newest reports, and the data has all."""


def _newest(matrix: Matrix) -> Matrix:
    """Return the matrix of the newest reports, as many as have no more pairs than the overview lists."""
    kept = next(number for number in range(2, MOST_PAIRS) if number * (number + 1) // 2 > MOST_PAIRS)
    rows = tuple(Row(row.proposition, row.standings[-kept:]) for row in matrix.rows)
    return Matrix(matrix.reports[-kept:], rows)


def _most_agreed(pair: Pair) -> tuple[float, int]:
    """Sort by the share of the same side, the pairs without a share last."""
    percent = pair.percent(Verdict.SAME)
    return -(percent if percent is not None else -1), -pair.shared


def _words() -> dict[str, Any]:
    return {
        "Verdict": Verdict,
        "SPOKEN": SPOKEN,
        "WORDS": WORDS,
        "SHOWN": SHOWN,
        "FEWEST": pairs.FEWEST,
        "frozenset": frozenset,
    }


def _pair(
    press: Press,
    pair: Pair,
    figures: dict[str, list[values.Value]],
    shared: list[sharing.Shared],
    engaged: list[sharing.Engagement],
) -> Page:
    edition, both = press.edition, {pair.older, pair.newer}
    older, newer = edition.reports[pair.older], edition.reports[pair.newer]
    page = addresses.pair(*pair.keys).page
    return press.print(
        "pair",
        page,
        f"{short_name(older)} and {short_name(newer)}",
        pair=pair,
        older=older,
        newer=newer,
        interval=pairs.between(older.entry.date, newer.entry.date),
        arisen=list(pairs.arisen_between(edition, pair)),
        dated=pairs.newer_evidence(edition, pair),
        figures={key: found for key, found in figures.items() if both <= {value.report for value in found}},
        periods=values.periods,
        shared=[one for one in shared if both <= set(one.reports)],
        engaged=[one for one in engaged if {one.report, one.other} == both],
        relations=relations(press, page, both),
        **_words(),
    )


def relations(press: Press, page: str, both: set[str]) -> list[tuple[str, str, Relation, Side, Side]]:
    """Return the relations between two reports: report, name, fields, and both passages for the page at `page`."""
    found = []
    for report, slug, record in press.edition.of_kind(Kind.RELATION):
        fields = record.fields
        if isinstance(fields, Relation) and {end.partition("#")[0] for end in (fields.origin, fields.to)} == both:
            first, second = side_of(press, fields.origin, page), side_of(press, fields.to, page)
            found.append((report, slug, fields, first, second))
    return found
