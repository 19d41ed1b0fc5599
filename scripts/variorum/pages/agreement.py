"""How far the blind coders agree: what they are, alpha, and every difference with how it was settled."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses
from ..codings import agreement
from .press import Page, Press


def render(press: Press) -> Iterator[Page]:
    """Print the page on agreement between coders, where there are two sheets at least."""
    edition = press.edition
    if len(edition.codings) < 2:
        return
    pairs = [(report, row.proposition) for report in edition.reports for row in press.matrix.rows]
    by_report = [
        (key, agreement(edition.codings, [pair for pair in pairs if pair[0] == key])) for key in edition.reports
    ]
    by_proposition = [
        (row.proposition, agreement(edition.codings, [pair for pair in pairs if pair[1] == row.proposition]))
        for row in press.matrix.rows
    ]
    whole = agreement(edition.codings, pairs)
    differing = {(one.report, one.proposition) for one in whole.differences}
    yield press.print(
        "agreement",
        addresses.AGREEMENT,
        "Agreement between the coders",
        whole=whole,
        departures=[
            (pair, record)
            for pair, record in edition.positions.items()
            if record.fields.ruling and pair not in differing and pair[0] in edition.reports
        ],
        by_report=by_report,
        by_proposition=[pair for pair in by_proposition if pair[1].differences],
    )
