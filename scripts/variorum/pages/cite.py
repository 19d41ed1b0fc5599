"""How to cite: a page for the edition, and one for each report with every place in it, for readers without scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from .. import addresses
from ..cite import Citable, Cited, cited, of_edition, of_report
from ..evidence import Excerpt
from ..formats import bibtex, ris
from ..locators import place_of
from ..names import pilcrow, short_name
from ..offers import PARAPHRASE
from ..quotable import at_publisher, paraphrase, quotations
from ..references import STYLES, Style
from ..report import Report
from .press import Page, Press


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
    yield press.print(
        "cites", addresses.CITE, "Cite this edition", told=_told(press, whole), files=_files(whole), whole=whole
    )
    for report in edition.reports.values():
        thing = of_report(edition, report)
        yield press.print(
            "cite",
            addresses.cite(report.key).page,
            f"Cite {short_name(report)}, {report.title}",
            with_contents=True,
            report=report,
            told=_told(press, thing),
            files=_files(thing),
            sections=_sections(press, report),
            notes=[_line(press, report, f"n{label}") for label in report.labels],
            paraphrase=PARAPHRASE,
            there=at_publisher,
        )


def _sections(press: Press, report: Report) -> list[tuple[str, str, list[Line]]]:
    return [
        (
            section.id,
            section.title or f"[{section.supplied}]",
            [_line(press, report, section.id), *(_line(press, report, unit.id) for unit in section.units)],
        )
        for section in report.sections
    ]


def _line(press: Press, report: Report, at: str) -> Line:
    place = place_of(report, at)
    thing = of_report(press.edition, report, place)
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
