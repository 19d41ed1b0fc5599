"""Passages of the reports shown on pages other than the report's own: a digest or a note, under its address."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from .. import addresses, notes
from ..addresses import Address
from ..grammar import MARK
from ..markup import Frame
from .press import Press


@dataclass(frozen=True)
class Passage:
    """Hold one unit or note of a report, rendered for another page; `text` is empty where there is none."""

    report: str
    at: str
    text: Markup
    section: str = ""

    @property
    def address(self) -> Address:
        """Return where it stands on the report's own page."""
        return addresses.report(self.report, self.at)

    @property
    def is_note(self) -> bool:
        """Tell whether it is a note."""
        return self.at.startswith("n")


def passage(press: Press, report_key: str, at: str, page: str) -> Passage:
    """Return a unit's digest without its note markers, or a note's text, rendered for the page at `page`."""
    report = press.edition.reports[report_key]
    frame = Frame(page, f"reports/{report_key}.md")
    if at.startswith("n"):
        text = notes.read(press.edition, press.renderer, report, at[1:], frame).text
        return Passage(report_key, at, text or Markup(""))
    unit = report.units.get(at)
    if unit is None:
        return Passage(report_key, at, Markup(""))
    section = next(section for section in report.sections if unit in section.units)
    digest = Markup(press.renderer.inline(MARK.sub("", unit.digest), frame))
    return Passage(report_key, at, digest, section.title or section.supplied or "")
