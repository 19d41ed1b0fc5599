"""The slips found in the reports and the queries put to them, by report, each with its ground."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .. import addresses
from ..frontmatter import Record
from ..records import Erratum
from ..report import natural
from ..words import Kind
from .parts import parts
from .press import Page, Press

Slip = tuple[str, Kind, str, Record[Erratum]]
"""A slip with its report, kind and name."""
_KINDS = (Kind.ERRATUM, Kind.QUERY)
MOST_SLIPS = 400
"""Slips that one part of the page holds."""


def render(press: Press) -> Iterator[Page]:
    """Print the page, report by report in order of date, errata before queries."""
    slips = _slips(press)
    counts = Counter((report, kind) for report, kind, _, _ in slips)
    for part in parts(addresses.ERRATA, slips, MOST_SLIPS, name=lambda slip: press.year(slip[0])):
        found: dict[str, dict[Kind, list[tuple[str, Record[Erratum]]]]] = {}
        for report, kind, slug, record in part.items:
            found.setdefault(report, {}).setdefault(kind, []).append((slug, record))
        yield press.part("errata", part, "Errata and queries", found=found, counts=counts)


def _slips(press: Press) -> list[Slip]:
    found: list[Slip] = [
        (report, kind, slug, record)  # type: ignore[misc]
        for kind in _KINDS
        for report, slug, record in press.edition.of_kind(kind)
        if isinstance(record.fields, Erratum) and report in press.edition.reports
    ]
    order = {key: number for number, key in enumerate(press.edition.reports)}
    return sorted(found, key=lambda slip: (order[slip[0]], _KINDS.index(slip[1]), *_place(slip[3].fields.at)))


def _place(at: str) -> tuple[bool, list[tuple[int, str]]]:
    """Sort notes behind paragraphs."""
    return at.startswith("n"), natural(at)
