"""The slips found in the reports and the queries put to them, by report, each with its ground."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses
from ..frontmatter import Record
from ..records import Erratum
from ..report import natural
from ..words import Kind
from .press import Page, Press

Slip = tuple[str, Record[Erratum]]


def render(press: Press) -> Iterator[Page]:
    """Print the one page."""
    found: dict[str, dict[Kind, list[Slip]]] = {}
    for kind in (Kind.ERRATUM, Kind.QUERY):
        for report, slug, record in press.edition.of_kind(kind):
            if isinstance(record.fields, Erratum) and report in press.edition.reports:
                found.setdefault(report, {}).setdefault(kind, []).append((slug, record))  # type: ignore[arg-type]
    for kinds in found.values():
        for slips in kinds.values():
            slips.sort(key=lambda slip: (slip[1].fields.at.startswith("n"), natural(slip[1].fields.at)))
    ordered = {report: found[report] for report in press.edition.reports if report in found}
    yield press.print("errata", addresses.ERRATA, "Errata and queries", found=ordered)
