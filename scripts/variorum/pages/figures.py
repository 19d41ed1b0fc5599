"""The quantities, and each quantity with every value that a report gives for it."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses
from ..frontmatter import Record
from ..records import Figure
from ..words import Kind
from .press import Page, Press

Value = tuple[str, str, Record[Figure]]


def render(press: Press) -> Iterator[Page]:
    """Print the list of quantities, then every quantity."""
    values = _by_quantity(press)
    yield press.print("figures", addresses.FIGURES, "Figures", values=values)
    for key, record in press.edition.quantities.items():
        page = addresses.quantity(key).page
        body = press.body(record, page, f"quantities/{key}.md")
        yield press.print("quantity", page, record.fields.title, record=record, body=body, values=values.get(key, []))


def _by_quantity(press: Press) -> dict[str, list[Value]]:
    """Return each quantity's figures as report, slug and record, in order of period, then of report."""
    values: dict[str, list[Value]] = {}
    for report, slug, record in press.edition.of_kind(Kind.FIGURE):
        if isinstance(record.fields, Figure) and report in press.edition.reports:
            values.setdefault(record.fields.quantity, []).append((report, slug, record))  # type: ignore[arg-type]
    order = list(press.edition.reports)
    for found in values.values():
        found.sort(key=lambda value: (value[2].fields.period or "", order.index(value[0]), value[1]))
    return values
