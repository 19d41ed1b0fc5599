"""The positions and the figures as CSV, and the sources as JSON, for whoever counts with other tools.

`positions.csv` has a line for each report and proposition; agreement of two reports can be recomputed from its column
`side` alone: over the lines where both have one, equal is the same side, a product of -1 different sides, the rest one
balanced.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from pydantic_core import to_json

from . import addresses, sharing, values
from .compare import Matrix, Standing
from .edition import Edition
from .records import Evidence
from .sharing import Conclusion, Use
from .values import plain
from .words import PLACES, Nothing, side

DICTIONARY: dict[str, dict[str, str]] = {
    "matrix.csv": {
        "proposition": "The proposition’s key.",
        "statement": "What is put to every report.",
        "topic": "The key of its topic.",
        "(a report’s key)": "What the cell says: a stance, or divided, reported-only, silent, predates, uncoded.",
    },
    "positions.csv": {
        "report": "The report’s key.",
        "report_date": "The day, month or year of the report.",
        "proposition": "The proposition’s key.",
        "topic": "The key of its topic.",
        "cell": "What the matrix says: a stance, or divided, reported-only, silent, predates, uncoded.",
        "disputed": "true where the coders differ and nobody has settled it, else false.",
        "stance": "The author’s own stance, where there is one.",
        "place": "0 (rejects) to 4 (affirms); empty without a stance.",
        "side": "-1 rejects or leans to, 0 balanced, 1 affirms or leans to; empty without a stance.",
        "speakers": "Who speaks, where authors of one report speak separately.",
        "at": "The unit or note of the decisive evidence.",
        "quote": "Its words.",
        "verified": "Whether the words are proved to stand there.",
        "reported": "Views that the author reports of others.",
        "confidence": "How sure the coder is: high, medium, low.",
        "status": "draft, or reviewed by a second person.",
        "record": "The address of the record, from the site’s root.",
    },
    "figures.csv": {
        "quantity": "The quantity’s key.",
        "title": "The quantity’s name.",
        "report": "The report’s key.",
        "report_date": "The day, month or year of the report.",
        "period": "The year, month or span that the number is for.",
        "value": "The number.",
        "low": "The lower end of a range.",
        "high": "The upper end of a range.",
        "bound": "about, over or under.",
        "status": "actual, target or estimate.",
        "unit": "The unit of measurement.",
        "basis": "Whose data it is, where the report says.",
        "attributed_to": "To whom the report attributes it.",
        "at": "The unit or note that gives it.",
        "quote": "The words that give it.",
        "verified": "Whether the words are proved to stand there.",
        "record": "The address of the record, from the site’s root.",
    },
}
"""The columns of the CSV files in their order, with their meaning."""


def positions_csv(edition: Edition, matrix: Matrix) -> str:
    """Return every cell of the matrix as a line: report, proposition, what the cell says, its decisive evidence."""
    return _csv(
        DICTIONARY["positions.csv"], (_position(edition, standing) for row in matrix.rows for standing in row.standings)
    )


def figures_csv(edition: Edition) -> str:
    """Return every figure as a line, by quantity, then in order of period."""
    return _csv(DICTIONARY["figures.csv"], _figures(edition))


def sources_json(edition: Edition) -> str:
    """Return every source with the places that use it and, where several reports do, what each concludes."""
    uses = sharing.uses(edition)
    shared = {one.source: one for one in sharing.shared(edition)}
    told = []
    for key, entry in sorted(edition.entries.items()):
        held = uses.get(key, [])
        one = shared.get(key)
        told.append(
            {
                "key": key,
                "type": entry.type,
                "title": entry.title,
                "authors": [name.full for name in entry.names.get("author", ())],
                "date": entry.date or None,
                "url": entry["url"] or None,
                "address": addresses.from_root(addresses.source(key)),
                "reports": list(dict.fromkeys(use.report for use in held)),
                "cited_by": [_use(use) for use in held if use.how is None],
                "mentioned_by": [_use(use) for use in held if use.how is not None],
                "conclusions": [_conclusion(conclusion) for conclusion in one.conclusions] if one else [],
            }
        )
    return to_json(told, indent=1).decode() + "\n"


def _csv(columns: Collection[str], rows: Iterable[dict[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: "" if value is None else value for name, value in row.items()})
    return out.getvalue()


def _position(edition: Edition, standing: Standing) -> dict[str, object]:
    stance, record = standing.stance, standing.record
    first = _decisive(standing)
    divided = standing.cell is Nothing.DIVIDED
    return {
        "report": standing.report,
        "report_date": edition.reports[standing.report].entry.date,
        "proposition": standing.proposition,
        "topic": edition.propositions[standing.proposition].fields.topic,
        "cell": standing.cell,
        "disputed": _truth(standing.disputed),
        "stance": stance,
        "place": PLACES[stance] if stance else None,
        "side": side(stance) if stance else None,
        "speakers": "; ".join(f"{one.speaker}: {one.stance}" for one in standing.own) if divided else None,
        "at": first.at if first else None,
        "quote": first.quote if first else None,
        "verified": _truth(first.proof) if first and first.quote else None,
        "reported": len(standing.reported),
        "confidence": record.fields.confidence if record and record.fields.own != "silent" else None,
        "status": record.fields.status if record else None,
        "record": addresses.from_root(addresses.annotation(standing.report, standing.proposition)) if record else None,
    }


def _decisive(standing: Standing) -> Evidence | None:
    """Return the decisive evidence; where speakers differ, none is."""
    if standing.stance is None:
        return None
    pieces = [piece for one in standing.own for piece in one.evidence]
    return next((piece for piece in pieces if piece.quote), pieces[0] if pieces else None)


def _truth(held: object) -> str:
    return "true" if held else "false"


def _figures(edition: Edition) -> Iterator[dict[str, object]]:
    for key, found in values.by_quantity(edition).items():
        quantity = edition.quantities.get(key)
        for value in found:
            fields = value.fields
            yield {
                "quantity": key,
                "title": quantity.fields.title if quantity else None,
                "report": value.report,
                "report_date": edition.reports[value.report].entry.date,
                "period": fields.period,
                **{name: _number(getattr(fields, name)) for name in ("value", "low", "high")},
                "bound": fields.bound,
                "status": fields.status,
                "unit": fields.unit,
                "basis": fields.basis,
                "attributed_to": fields.attributed_to,
                "at": fields.at,
                "quote": fields.quote,
                "verified": _truth(fields.proof),
                "record": addresses.from_root(addresses.annotation(value.report, value.slug)),
            }


def _number(number: float | None) -> str | None:
    return None if number is None else plain(number)


def _use(use: Use) -> dict[str, Any]:
    told: dict[str, Any] = {"report": use.report, "at": use.at}
    if use.how is None:
        told |= {"note": use.at.removeprefix("n"), "units": list(use.units), "locator": use.locator or None}
    else:
        told |= {"how": use.how, "record": addresses.from_root(addresses.annotation(use.report, use.record))}
    return told


def _conclusion(conclusion: Conclusion) -> dict[str, Any]:
    return {
        "proposition": conclusion.proposition,
        "cells": {standing.report: standing.cell for standing in conclusion.standings},
        "argued_by": conclusion.using,
        "reported_by": conclusion.reporting,
        "opposed": conclusion.is_opposed,
        "opposed_in_use": conclusion.is_opposed_in_use,
    }
