"""What a page offers to cite, as data for its script: texts with marks in them, and what goes where the marks are.

The script fills marks and copies; every word that it copies is made here.
"""

from __future__ import annotations

from typing import Any

from . import addresses, evidence
from .cite import (
    WHAT,
    Citable,
    What,
    annotation_title,
    cited,
    date_in,
    editors_of,
    full,
    of_annotation,
    of_edition,
    of_report,
    own_works,
    part_id,
)
from .edition import Edition, once
from .formats import MONTHS, bibtex, ris
from .locators import LOCATORS
from .names import short_name
from .quotable import at_publisher, inner, paraphrase, quotations
from .references import PLACE, STYLES, VERSION, YEAR, Form, Style
from .report import Report
from .titles import ADDRESS

Data = dict[str, Any]
NOTE, KEY, ID, DAY, MONTH = "⟦note⟧", "⟦key⟧", "⟦id⟧", "⟦day⟧", "⟦month⟧"
PARAPHRASE = "Paraphrase (this edition’s words, not the author’s): "
"""What stands before a digest wherever it is copied."""


def offer(edition: Edition, page: str) -> Data | None:
    """Return the data of the page at an address, or nothing where there is nothing to cite."""
    kind, _, rest = page.partition("/")
    key, _, slug = rest.partition("/")
    if kind == addresses.REPORTS and rest in edition.reports:
        return {**_shared(edition), **_of_report(edition, edition.reports[rest])}
    if kind == "annotations" and key in edition.reports and (key, slug) in edition.annotations:
        return _of_annotation(edition, key, slug)
    if kind == addresses.PROPOSITIONS and rest in edition.propositions:
        return _of_proposition(edition, rest)
    return None


def _of_annotation(edition: Edition, report: str, slug: str) -> Data:
    shared = _shared(edition)
    things = {"annotation": _whole(edition, of_annotation(edition, report, slug)), "report": _reports(edition)[report]}
    held = [(at, one) for at, found in quotations(edition, report).items() for one in found if one.slug == slug]
    quotes = [{"at": at, "words": inner(one.quote)} for at, one in held]
    return {**shared, "kind": "annotation", "things": {**things, **shared["things"]}, "quotes": quotes}


def _of_proposition(edition: Edition, key: str) -> Data:
    shared = _shared(edition)
    thing = of_edition(edition, edition.propositions[key].fields.statement, addresses.proposition(key))
    part = {**_whole(edition, thing), "what": "this page"}
    return {**shared, "kind": "proposition", "things": {"part": part, **shared["things"]}}


@once
def _reports(edition: Edition) -> dict[str, Data]:
    """Return each report without a place: every page of its annotations offers it."""
    return {key: _whole(edition, of_report(edition, report)) for key, report in edition.reports.items()}


@once
def _shared(edition: Edition) -> Data:
    whole = _whole(edition, of_edition(edition))
    return {
        "styles": {str(style): name for style, (name, _) in STYLES.items()},
        "things": {"edition": whole},
        "paraphrase": PARAPHRASE,
        "hint": _hint(edition),
    }


def _hint(edition: Edition) -> str:
    """Return what a reader should know of the addresses that are copied."""
    doi = edition.matter.doi if edition.matter else None
    if edition.frozen and edition.matter:
        told = f"Addresses lead to the frozen edition of {edition.matter.date}, which will not change: cite that one."
        return f"{told} Its DOI: {doi}." if doi else told
    return "This state of the edition is not released; once it is, cite the frozen edition, which will not change."


def _whole(edition: Edition, thing: Citable) -> Data:
    """Return a thing without a place, in every style and format."""
    texts = {}
    for style in Style:
        told = cited(edition, thing, style)
        at = edition.lock.text(thing.template, style, Form.AT) if thing.what is What.REPORT else None
        texts[str(style)] = {"entry": told.entry, "text": told.text, "at": at or _at_end(told.text)}
    return {
        "what": WHAT[thing.what],
        "texts": texts,
        "bibtex": bibtex(thing.work),
        "ris": ris(thing.work),
        "csl": thing.work,
        "link": thing.address,
    }


def _at_end(text: str) -> str:
    return f"{text[:-1]}, {PLACE})" if text.endswith(")") else f"{text}, {PLACE}"


def _of_report(edition: Edition, report: Report) -> Data:
    whole = _reports(edition)[report.key]
    annotations: dict[str, Data] = {}
    signers = {editors_of(edition)}
    dates = {edition.matter.date} if edition.matter else set()
    for slug, record in edition.annotations_of[report.key].items():
        annotations[slug] = {
            "title": annotation_title(edition, report.key, slug, record),
            "by": " ".join(record.fields.by),
            "date": record.fields.date,
            "link": full(edition, addresses.annotation(report.key, slug)),
        }
        signers.add(record.fields.by)
        dates.add(record.fields.date)
    noted = {**of_report(edition, report).work, "note": NOTE}
    place = {"bibtex": bibtex(noted), "ris": ris(noted)}
    return {
        "kind": "report",
        "key": report.key,
        "months": MONTHS,
        "things": {"report": {**whole, "place": place}, **_shared(edition)["things"]},
        "digests": {unit.id: paraphrase(unit.digest) for unit in report.units.values()},
        "excerpts": {one.id: [one.at, one.slug] for one in evidence.excerpts(edition)[report.key]},
        "places": {str(style): words for style, words in LOCATORS.items()},
        "pages": report.fields.pages,
        "headings": {section.id: section.title or "" for section in report.sections},
        "quotes": [
            {"at": at, "words": inner(one.quote), "id": one.id, "there": at_publisher(report, one)}
            for at, found in quotations(edition, report.key).items()
            for one in found
        ],
        "annotations": annotations,
        "digest": {
            "title": f"Digest of {short_name(report)}, {PLACE}",
            "by": " ".join(editors_of(edition)),
            "date": edition.matter.date if edition.matter else "",
        },
        "parts": {" ".join(by): _part(edition, by) for by in sorted(signers)},
        "dates": {date: {str(style): date_in(style, date) for style in Style} for date in sorted(dates) if date},
        "version": edition.matter.version if edition.matter else "",
    }


def _part(edition: Edition, by: tuple[str, ...]) -> Data:
    """Return the templates of a part of this edition signed by `by`, in every style and format."""
    template = next((work for work in own_works(edition) if work["id"] == part_id(by)), None)
    if template is None:
        return {}
    texts = {}
    for style in Style:
        held = {form: edition.lock.text(template, style, form) for form in (Form.ENTRY, Form.TEXT)}
        if None not in held.values():
            texts[str(style)] = {str(form): text for form, text in held.items()}
    work = {**template, "id": ID, "URL": ADDRESS, "version": VERSION}
    tex = bibtex(work, key=KEY).replace("2199-12-31", DAY).replace("2199", YEAR).replace(" = dec,", f" = {MONTH},")
    return {
        "texts": texts,
        "csl": work,
        "bibtex": tex,
        "ris": ris(work).replace("2199/12/31/", DAY).replace("2199", YEAR),
    }
