"""Locators: a place in a report, and how each style names it; note labels are the report's own, ¶ numbers are ours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .references import Style
from .report import Report


@dataclass(frozen=True, slots=True)
class Locator:
    """Name a place in a work: its kind (`unit`, `section`, `note`), number or label, heading, and publisher's page."""

    kind: str
    number: str
    heading: str = ""
    page: str = ""


LOCATORS: dict[Style, dict[str, str]] = {
    Style.CHICAGO: {
        "unit": "“⟦heading⟧,” ¶\N{NO-BREAK SPACE}⟦number⟧ in Variorum’s numbering",
        "unit-bare": "¶\N{NO-BREAK SPACE}⟦number⟧ in Variorum’s numbering",
        "section": "“⟦heading⟧”",
        "section-bare": "§\N{NO-BREAK SPACE}⟦number⟧ in Variorum’s numbering",
        "note": "n.\N{NO-BREAK SPACE}⟦number⟧",
        "page": "p.\N{NO-BREAK SPACE}⟦page⟧, ",
    },
    Style.APA: {
        "unit": "“⟦heading⟧” section, para.\N{NO-BREAK SPACE}⟦number⟧ in Variorum’s numbering",
        "unit-bare": "para.\N{NO-BREAK SPACE}⟦number⟧ in Variorum’s numbering",
        "section": "“⟦heading⟧” section",
        "section-bare": "section\N{NO-BREAK SPACE}⟦number⟧ in Variorum’s numbering",
        "note": "note\N{NO-BREAK SPACE}⟦number⟧",
        "page": "p.\N{NO-BREAK SPACE}⟦page⟧, ",
    },
    Style.MLA: {
        "unit": "“⟦heading⟧,” par.\N{NO-BREAK SPACE}⟦number⟧ in Variorum’s numbering",
        "unit-bare": "par.\N{NO-BREAK SPACE}⟦number⟧ in Variorum’s numbering",
        "section": "“⟦heading⟧”",
        "section-bare": "sec.\N{NO-BREAK SPACE}⟦number⟧ in Variorum’s numbering",
        "note": "n.\N{NO-BREAK SPACE}⟦number⟧",
        "page": "p.\N{NO-BREAK SPACE}⟦page⟧, ",
    },
}
"""How each style names a place, with a heading and without; note labels are the report's own, ¶ numbers are ours."""


def in_words(locator: Locator, style: Style) -> str:
    """Return a place as a style names it: `“Heading,” ¶ 3.2 in Variorum’s numbering`."""
    words = LOCATORS[style]
    bare_form = "" if locator.heading or locator.kind == "note" else "-bare"
    text = words[locator.kind + bare_form].replace("⟦heading⟧", locator.heading).replace("⟦number⟧", locator.number)
    text = re.sub(r"([?!…]),”", r"\1”", text)
    return (words["page"].replace("⟦page⟧", locator.page) if locator.page else "") + text


def locator_of(report: Report, at: str) -> Locator | None:
    """Return the place that an id of a report's page names: `s3p2`, `s3`, `n12` or `fn:12`."""
    label = at.removeprefix("fn:") if at.startswith("fn:") else at.removeprefix("n") if at.startswith("n") else ""
    if label:
        return Locator("note", label) if label in report.labels else None
    for section in report.sections:
        if section.id == at:
            return Locator("section", at[1:], section.title or "")
        if any(unit.id == at for unit in section.units):
            page = report.fields.pages.get(at, "")
            return Locator("unit", at[1:].replace("p", "."), section.title or "", page)
    return None


def id_of(locator: Locator) -> str:
    """Return the id of a place on its report's page: `s3p2`, `s3`, `n12`."""
    if locator.kind == "note":
        return "n" + locator.number
    return "s" + locator.number.replace(".", "p")
