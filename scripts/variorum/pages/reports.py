"""The list of reports, and each report: sections, units with their strips, notes."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from .. import addresses, notes
from ..edition import Report
from ..markup import Frame
from .press import Page, Press


def render(press: Press) -> Iterator[Page]:
    """Print the list, then every report."""
    yield press.print("reports", addresses.REPORTS, "Reports")
    for report in press.edition.reports.values():
        yield _report(press, report)


def _report(press: Press, report: Report) -> Page:
    page = addresses.report(report.key).page
    frame = Frame(page, f"reports/{report.key}.md", report.key)
    units = {unit.id: Markup(press.renderer.inline(unit.digest, frame)) for unit in report.units.values()}
    views = [notes.read(press.edition, press.renderer, report, label, frame) for label in report.labels]
    return press.print("report", page, report.title, with_contents=True, report=report, units=units, notes=views)
