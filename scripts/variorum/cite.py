"""Citing: what can be cited, in which three ways, and the words for it in each style.

Three things can be cited and are kept apart: the report itself, this edition's annotation on it, and this edition. A
place in a report is given by its heading and its ¶ in Variorum's numbering (`locators`); what may be quoted there is
in `quotable`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape

from . import addresses, csl
from .addresses import Address
from .csl import Item
from .edition import Edition, once
from .frontmatter import Record
from .locators import Locator, id_of, in_words, locator_of
from .names import short_name
from .records import KEY, Editor, Signed
from .references import DATE, PLACE, TITLE, VERSION, YEAR, Form, Rendered, Style, bare, plain
from .report import Report
from .titles import ADDRESS

EDITION = "edition"
PART = "part by "
"""What the id of a part’s template begins with; who signed follows."""
STAND_IN_ADDRESS = "https://address.invalid"
"""What stands for an address while pandoc renders the templates of this edition's own parts."""
_NEVER = {"date-parts": [[2199, 12, 31]]}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


class What(StrEnum):
    """Name the three things that can be cited."""

    REPORT = "report"
    ANNOTATION = "annotation"
    EDITION = "edition"


PART = "part by "
"""What the id of a part’s template begins with; who signed follows."""


WHAT: dict[What, str] = {
    What.REPORT: "the report itself",
    What.ANNOTATION: "this edition’s annotation",
    What.EDITION: "this edition",
}


@dataclass(frozen=True, slots=True)
class Citable:
    """Hold one thing to cite: which of the three, its work as CSL, the lock's template, and what is filled in there."""

    what: What
    work: Item
    template: Item
    address: str
    locator: Locator | None = None
    values: Mapping[str, Mapping[Style, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cited:
    """Hold a reference as HTML: `entry` for the list of works, `text` the note (Chicago) or the parenthesis.

    `styled` tells whether the lock had it in the style that was asked for.
    """

    entry: str
    text: str
    styled: bool = True


def find(edition: Edition, name: str) -> Citable | None:
    """Return what a name means: `lo-2025`, `lo-2025#s4p2`, `lo-2025/vassal`, `vassal`, `edition`, or nothing."""
    key, _, at = name.partition("#")
    if key in edition.reports:
        report = edition.reports[key]
        locator = locator_of(report, at) if at else None
        return None if at and locator is None else of_report(edition, report, locator)
    head, _, slug = key.partition("/")
    if (head, slug) in edition.annotations and head in edition.reports:
        return of_annotation(edition, head, slug)
    if key in edition.propositions:
        return of_edition(edition, edition.propositions[key].fields.statement, addresses.proposition(key))
    return of_edition(edition) if key == EDITION and not at else None


def of_report(edition: Edition, report: Report, locator: Locator | None = None) -> Citable:
    """Return the report itself, or a place in it."""
    work = template = _works(edition)[report.key]
    at = "" if locator is None else id_of(locator)
    here = full(edition, addresses.report(report.key, at))
    if locator is not None:
        work = {**work, "note": f"{in_words(locator, Style.CHICAGO)}: {here}"}
    return Citable(What.REPORT, work, template, here, locator)


def of_annotation(edition: Edition, report: str, slug: str) -> Citable:
    """Return one annotation of this edition, by those who signed it."""
    record = edition.annotations[report, slug]
    title = annotation_title(edition, report, slug, record)
    address = full(edition, addresses.annotation(report, slug))
    template = _by(edition, record.fields.by)
    work = {**template, "id": f"{report}/{slug}", "title": title, "issued": csl.date(record.fields.date)}
    work |= {"version": _version(edition), "URL": address}
    return Citable(What.ANNOTATION, work, template, address, None, _values(edition, title, record.fields.date, address))


def of_edition(edition: Edition, part: str = "", address: Address | None = None) -> Citable:
    """Return this edition, or a page of it under the page's title, whose full stop is left out."""
    part = part.removesuffix(".").replace("'", "’")
    template = next(
        work for work in own_works(edition) if work["id"] == (part_id(editors_of(edition)) if part else EDITION)
    )
    date = edition.matter.date if edition.matter else ""
    here = full(edition, address or Address(addresses.HOME))
    work = {**template, "version": _version(edition), "issued": csl.date(date), "URL": here}
    if part:
        work |= {"title": part, "id": address.page if address else EDITION}
    elif edition.matter and edition.matter.doi:
        work["DOI"] = edition.matter.doi
    return Citable(What.EDITION, work, template, here, None, _values(edition, part, date, here))


def cited(edition: Edition, citable: Citable, style: Style) -> Cited:
    """Return the reference to a thing in a style, as HTML; a plain form where the lock has none that is fresh."""
    held = _rendered(edition)[citable.template["id"]]
    entry = held.texts.get((style, Form.ENTRY)) if held else None
    text = held.texts.get((style, Form.AT if citable.locator else Form.TEXT)) if held else None
    if entry is None or text is None:
        return _plainly(edition, citable, style)
    values = {name: escape(by_style[style], quote=False) for name, by_style in citable.values.items()}
    if citable.locator:
        values[PLACE] = escape(in_words(citable.locator, style), quote=False)
    return Cited(fill(entry, values), fill(text, values))


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put values where a template has their marks; a title that ends in ? or ! needs no comma or stop.

    A comma behind a place that ends in a quotation mark goes before that, as the styles have it.
    """
    place = values.get(PLACE, "")
    if place.endswith("”"):
        template = template.replace(f"{PLACE},", place[:-1] + ("" if place[-2] in "?!…" else ",") + "”")
    for mark, value in values.items():
        template = template.replace(mark, value)
    return re.sub(r"([?!…])[.,](?=[”<])", r"\1", template) if TITLE in values else template


@once
def _rendered(edition: Edition) -> dict[str, Rendered | None]:
    """Return what the lock has of each template: every page and every paragraph is cited by one."""
    works = [*own_works(edition), *_works(edition).values()]
    return {work["id"]: edition.lock.fresh(work) for work in works}


@once
def _works(edition: Edition) -> dict[str, Item]:
    return {key: csl.item(report.entry) for key, report in edition.reports.items()}


@once
def own_works(edition: Edition) -> list[Item]:
    """Return the templates of what this edition can be cited as: itself, and parts by each group of signers."""
    signers = dict.fromkeys([editors_of(edition), *(record.fields.by for record in edition.annotations.values())])
    edited: Item = {
        "id": EDITION,
        "type": "book",
        "title": edition.title,
        "genre": "annotated edition",
        "author": [_editor(edition, handle) for handle in editors_of(edition)],
        "version": VERSION,
        "issued": _NEVER,
        "URL": STAND_IN_ADDRESS,
    }
    if not edited["author"]:
        del edited["author"]
    return [edited, *(_by(edition, handles) for handles in signers)]


def part_id(handles: Iterable[str]) -> str:
    """Return the id of the template of a part signed by the handles."""
    return PART + " ".join(handles)


def is_own(work: Item) -> bool:
    """Tell whether a work is a template of this edition's own."""
    return bool(work["id"] == EDITION or not re.fullmatch(KEY, work["id"]))


@once
def editors_of(edition: Edition) -> tuple[str, ...]:
    """Return who signed most, then the others who signed: the edition's editors."""
    counts: dict[str, int] = {}
    for record in edition.annotations.values():
        for handle in record.fields.by:
            counts[handle] = counts.get(handle, 0) + 1
    return tuple(sorted(counts, key=lambda handle: (-counts[handle], handle)))


def annotation_title(edition: Edition, report: str, slug: str, record: Record[Signed]) -> str:
    """Return an annotation's title: the author and the proposition, or the author, the kind and its name."""
    name = short_name(edition.reports[report])
    if slug in edition.propositions:
        return f"{name} on: {edition.propositions[slug].fields.statement}".removesuffix(".").replace("'", "’")
    kind = str(getattr(record.fields, "kind", "annotation"))
    return f"{name}: {kind}, {getattr(record.fields, 'title', None) or slug.removeprefix(kind + '-').replace('-', ' ')}"


def full(edition: Edition, address: Address, newest: bool = False) -> str:
    """Return an address with the site's own before it, in the frozen copy where there is one of just this edition.

    The `newest` edition's is the same in every release.
    """
    path = f"{address.page}/" if address.page else ""
    copy = "" if newest else edition.frozen
    return (edition.site or "/") + copy + path + (f"#{address.fragment}" if address.fragment else "")


def date_in(style: Style, date: str) -> str:
    """Return a day as a style prints it: `November 30, 2026`, `2026, November 30`, `30 Nov. 2026`."""
    year, month, day = (int(part) for part in date.split("-"))
    name = _MONTHS[month - 1]
    if style is Style.MLA:
        short = name if len(name) < 5 else name[:4] + "." if name.startswith("Sept") else name[:3] + "."
        return f"{day} {short} {year}"
    return f"{year}, {name} {day}" if style is Style.APA else f"{name} {day}, {year}"


def _plainly(edition: Edition, citable: Citable, style: Style) -> Cited:
    if citable.what is What.REPORT:
        entry = plain(edition.entries[str(citable.template["id"])])
    else:
        names = ", ".join(_printed(name) for name in citable.work.get("author", []))
        title, house = escape(str(citable.work["title"])), escape(str(citable.work.get("container-title", "")))
        date = escape(edition.matter.date if edition.matter else "")
        parts = [escape(names), f"“{title}”" if house else f"<em>{title}</em>", house, escape(_version(edition)), date]
        link = escape(citable.address)
        entry = ", ".join(filter(None, [*parts, f'<a href="{link}">{link}</a>' if edition.site else link]))
    where = f", {escape(in_words(citable.locator, style), quote=False)}" if citable.locator else ""
    told = entry + where if style is Style.CHICAGO else f"({escape(bare(entry), quote=False)}{where})"
    return Cited(entry + ".", told, styled=False)


def _printed(name: Mapping[str, str]) -> str:
    return name.get("literal") or " ".join(filter(None, [name.get("given"), name.get("family")]))


def _values(edition: Edition, title: str, date: str, address: str) -> dict[str, dict[Style, str]]:
    """Return what goes where a template has its marks, by style."""
    link = {TITLE: title, VERSION: _version(edition), ADDRESS: address, YEAR: date[:4]}
    return {mark: dict.fromkeys(Style, value) for mark, value in link.items()} | {
        DATE: {style: date_in(style, date) if date else "" for style in Style}
    }


def _by(edition: Edition, handles: tuple[str, ...]) -> Item:
    """Return the template of a part signed by the handles."""
    return {
        "id": part_id(handles),
        "type": "document",
        "title": TITLE,
        **({"author": [_editor(edition, handle) for handle in handles]} if handles else {}),
        "container-title": edition.title,
        "version": VERSION,
        "issued": _NEVER,
        "URL": STAND_IN_ADDRESS,
    }


def _editor(edition: Edition, handle: str) -> dict[str, str]:
    """Return a signer's name: in parts where it is written `Tester, Ada` or has an ORCID, as it stands otherwise."""
    record: Record[Editor] | None = edition.editors.get(handle)
    name = record.fields.name if record else handle
    if ", " in name:
        family, given = name.split(", ", 1)
        return {"family": family, "given": given}
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if record and record.fields.orcid and given else {"literal": name}


def _version(edition: Edition) -> str:
    return edition.matter.version if edition.matter else ""
