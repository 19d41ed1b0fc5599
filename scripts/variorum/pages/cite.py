"""How to cite: a page for the edition, and one for each report with every place in it, for readers without scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from .. import addresses
from ..cite import Citable, Cited, cited, of_edition, of_report
from ..evidence import Excerpt
from ..formats import bibtex, ris
from ..locators import locator_of
from ..names import pilcrow, short_name
from ..offers import PARAPHRASE
from ..quotable import at_publisher, paraphrase, quotations
from ..references import STYLES, Style
from ..report import Report
from .parts import parts
from .press import Page, Press

MOST_LISTED, MOST_PLACES = 300, 250
"""Reports that one part of the list holds, and places that one part of a report's page does."""


@dataclass(frozen=True, slots=True)
class Told:
    """Hold a reference in one style."""

    name: str
    entry: Markup
    text: Markup
    is_note: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one place of a report: its id and name, its address, references by style, proved quotations, and digest."""

    id: str
    name: str
    address: str
    told: tuple[Told, ...]
    quotes: tuple[Excerpt, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Files:
    """Hold one thing in the formats of reference managers."""

    bibtex: str
    ris: str
    csl: str


def render(press: Press) -> Iterator[Page]:
    """Print how to cite the edition, then each report."""
    edition = press.edition
    whole = of_edition(edition)
    reports = list(edition.reports.values())
    for listed in parts(addresses.CITE, reports, MOST_LISTED, name=lambda report: press.year(report.key)):
        yield press.part("cites", listed, "Cite this edition", told=_told(press, whole), files=_files(whole))
    for report in reports:
        yield from _report(press, report)


def _report(press: Press, report: Report) -> Iterator[Page]:
    """Print how to cite a report and each place in it, section by section, the notes last."""
    thing = of_report(press.edition, report)
    told, files = _told(press, thing), _files(thing)
    headings = {section.id: section.title or f"[{section.supplied}]" for section in report.sections}
    places = [
        (section.id, at) for section in report.sections for at in (section.id, *(unit.id for unit in section.units))
    ]
    places += [("", f"n{label}") for label in report.labels]
    for part in parts(addresses.cite(report.key).page, places, MOST_PLACES, name=lambda place: pilcrow(place[1])):
        held = {
            section: [_line(press, report, at) for _, at in found]
            for section, found in groupby(part.items, key=lambda place: place[0])
        }
        yield press.part(
            "cite",
            part,
            f"Cite {short_name(report)}, {report.title}",
            report=report,
            told=told,
            files=files,
            sections=[(section, headings[section], lines) for section, lines in held.items() if section],
            notes=held.get("", []),
            paraphrase=PARAPHRASE,
            there=at_publisher,
        )


def _line(press: Press, report: Report, at: str) -> Line:
    thing = of_report(press.edition, report, locator_of(report, at))
    quotes = tuple(quotations(press.edition, report.key).get(at, ()))
    digest = paraphrase(report.units[at].digest) if at in report.units else ""
    return Line(at, pilcrow(at), thing.address, _told(press, thing), quotes, digest)


def _told(press: Press, thing: Citable) -> tuple[Told, ...]:
    told = []
    for style, (name, _) in STYLES.items():
        found: Cited = cited(press.edition, thing, style)
        told.append(Told(name, Markup(found.entry), Markup(found.text), style is Style.CHICAGO))
    return tuple(told)


def _files(thing: Citable) -> Files:
    return Files(bibtex(thing.work), ris(thing.work), json.dumps([thing.work], ensure_ascii=False, indent=1))
