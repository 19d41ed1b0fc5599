"""Locators: a place in a report, and how each style names it; note labels are the report's own, ¶ numbers are ours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .references import Style
from .report import Report


@dataclass(frozen=True, slots=True)
class Place:
    """Name a place in a work: its kind (`unit`, `section`, `note`), number or label, heading, and publisher's page."""

    kind: str
    number: str
    heading: str = ""
    page: str = ""


PLACES: dict[Style, dict[str, str]] = {
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


def place_in_words(place: Place, style: Style) -> str:
    """Return a place as a style names it: `“Heading,” ¶ 3.2 in Variorum’s numbering`."""
    words = PLACES[style]
    bare_form = "" if place.heading or place.kind == "note" else "-bare"
    text = words[place.kind + bare_form].replace("⟦heading⟧", place.heading).replace("⟦number⟧", place.number)
    text = re.sub(r"([?!…]),”", r"\1”", text)
    return (words["page"].replace("⟦page⟧", place.page) if place.page else "") + text


def place_of(report: Report, at: str) -> Place | None:
    """Return the place that an id of a report's page names: `s3p2`, `s3`, `n12` or `fn:12`."""
    label = at.removeprefix("fn:") if at.startswith("fn:") else at.removeprefix("n") if at.startswith("n") else ""
    if label:
        return Place("note", label) if label in report.labels else None
    for section in report.sections:
        if section.id == at:
            return Place("section", at[1:], section.title or "")
        if any(unit.id == at for unit in section.units):
            page = report.fields.pages.get(at, "")
            return Place("unit", at[1:].replace("p", "."), section.title or "", page)
    return None


def id_of(place: Place) -> str:
    """Return the id of a place on its report's page: `s3p2`, `s3`, `n12`."""
    if place.kind == "note":
        return "n" + place.number
    return "s" + place.number.replace(".", "p")
