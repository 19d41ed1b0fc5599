"""Rules on the coders' sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..codings import Sheet, place
from ..edition import Edition
from ..findings import Finding, nearest


def sheets_are_known(edition: Edition) -> Iterator[Finding]:
    """Want every judgement to name a report, proposition and unit that exist, and every coder to be an editor."""
    for sheet in edition.codings:
        if sheet.coder not in edition.editors:
            message = f"docs/editors/ has no `{sheet.coder}`"
            yield Finding("unknown-editor", sheet.source.on(1), message, nearest(sheet.coder, edition.editors))
        yield from known(edition, sheet)


def known(edition: Edition, sheet: Sheet) -> Iterator[Finding]:
    """Yield what a sheet names that does not exist."""
    for coding in sheet.codings:
        report = edition.reports.get(coding.report)
        wrong: tuple[str, str, Iterable[str]] | None = None
        if report is None:
            wrong = (coding.report, "report", edition.reports)
        elif coding.proposition not in edition.propositions:
            wrong = (coding.proposition, "proposition", edition.propositions)
        elif coding.unit and not report.has(coding.unit):
            wrong = (coding.unit, f"unit of `{report.key}`", report.units)
        if wrong:
            value, what, allowed = wrong
            where = place(sheet.source, coding.line, value)
            yield Finding("coding-sheet", where, f"`{value}` is not a {what}", nearest(value, allowed))
