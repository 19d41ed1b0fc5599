"""What machines read in a page's head: Highwire tags, Dublin Core, schema.org JSON-LD, Signposting links.

A report's page describes the report, at its publisher's: a reference manager saves the report, never our digest as its
text. Every other page describes this edition.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from . import addresses, csl
from .addresses import Address
from .cite import EDITION, annotation_title, editors_of, full
from .edition import Edition
from .frontmatter import Record
from .names import short_name
from .records import Position, Signed
from .report import Report
from .words import TERMS

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
SCHEMA = "https://schema.org"
_FORMATS = (
    ("bib", "application/x-bibtex"),
    ("ris", "application/x-research-info-systems"),
    ("json", "application/vnd.citationstyles.csl+json"),
)
_FILES = (
    ("edition.json", "application/json"),
    ("matrix.csv", "text/csv"),
    ("positions.csv", "text/csv"),
    ("figures.csv", "text/csv"),
    ("sources.json", "application/json"),
    ("annotations.jsonld", "application/ld+json"),
    ("edition.sqlite", "application/vnd.sqlite3"),
)
Node = dict[str, Any]


def head(edition: Edition, page: str, title: str) -> str:
    """Return what goes into the head of the page at an address; `title` is the page's own."""
    kind, _, key = page.partition("/")
    report = edition.reports.get(key) if kind == addresses.REPORTS else None
    tags = _of_report(report) if report else _of_page(edition, page, title)
    graph = {"@context": SCHEMA, "@graph": list(_graph(edition, page, title, report))}
    lines = [f'<meta name="{name}" content="{escape(content)}">' for name, content in tags if content]
    lines += [_link(**link) for link in _links(edition, page, report)]
    return "\n".join([*lines, _script("application/ld+json", graph)])


def script(data: object) -> str:
    """Return a page's data for its script, as a block that no browser runs."""
    return _script("application/json", data, ' id="vr-offers"')


def _script(kind: str, data: object, more: str = "") -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'<script type="{kind}"{more}>{text.replace("<", chr(92) + "u003c")}</script>'


def _of_report(report: Report) -> Iterator[tuple[str, str]]:
    entry = report.entry
    yield "citation_title", report.title
    for name in entry.authors:
        family = " ".join(filter(None, [name.particle, name.family]))
        yield "citation_author", name.literal or ", ".join(filter(None, [family, name.given, name.suffix]))
    yield "citation_publication_date", entry.date.split("/")[0].replace("-", "/")
    yield "citation_technical_report_institution", entry["institution"]
    yield "citation_technical_report_number", entry["number"]
    yield "citation_series_title", entry["series"]
    yield "citation_language", csl.language(entry) or "en"
    yield "citation_doi", entry["doi"]
    yield "citation_isbn", entry["isbn"]
    yield "citation_public_url", report.fields.original


def _of_page(edition: Edition, page: str, title: str) -> Iterator[tuple[str, str]]:
    yield "DC.title", title
    for handle in editors_of(edition):
        yield "DC.creator", _name(edition, handle)
    yield "DC.date", edition.matter.date if edition.matter else ""
    yield "DC.isPartOf", edition.title
    yield "DC.type", "InteractiveResource"
    yield "DC.rights", LICENSE
    yield "DC.identifier", full(edition, Address(page))


def _links(edition: Edition, page: str, report: Report | None) -> Iterator[dict[str, str]]:
    """Yield Signposting's typed links; those to our own files are relative, so that a copy of the site keeps them."""
    here = full(edition, Address(page))
    if report or here.startswith("http"):
        yield {"rel": "cite-as", "href": report.fields.original if report else here}
    yield {"rel": "type", "href": f"{SCHEMA}/{'AboutPage' if report else 'WebPage'}"}
    yield {"rel": "license", "href": LICENSE}
    for handle in editors_of(edition):
        orcid = edition.editors[handle].fields.orcid if handle in edition.editors else None
        if orcid:
            yield {"rel": "author", "href": f"https://orcid.org/{orcid.removeprefix('https://orcid.org/')}"}
    data = addresses.link(page, Address(addresses.DATA))
    if report:
        for ending, kind in _FORMATS:
            yield {"rel": "describedby", "type": kind, "href": f"{data}reports/{report.key}.{ending}"}
        # Not "alternate" alone: for that the host's script asks after a site map beside the file.
        yield {
            "rel": "alternate describedby",
            "type": "application/ld+json",
            "href": f"{data}annotations/{report.key}.jsonld",
        }
    else:
        for ending, kind in _FORMATS if not page else ():
            yield {"rel": "describedby", "type": kind, "href": f"{data}bibliography.{ending}"}
    if page in (addresses.HOME, addresses.MATRIX, addresses.DATA):
        for name, kind in _FILES:
            yield {"rel": "item", "type": kind, "href": data + name}
    elif page:
        yield {"rel": "collection", "href": addresses.link(page, Address(addresses.HOME))}
    feed = addresses.link(page, Address(addresses.HOME)) + "feed.xml"
    yield {"rel": "alternate feed", "type": "application/atom+xml", "href": feed}


def _link(**attributes: str) -> str:
    return "<link " + " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items()) + ">"


def _graph(edition: Edition, page: str, title: str, report: Report | None) -> Iterator[Node]:
    home = full(edition, Address(addresses.HOME))
    here = full(edition, Address(page))
    edited: Node = {"@type": "CreativeWork", "@id": f"{home}#{EDITION}", "name": edition.title}
    web: Node = {"@type": "WebPage", "@id": here, "url": here, "name": title, "isPartOf": {"@id": f"{home}#{EDITION}"}}
    web |= {"license": LICENSE, "inLanguage": "en"}
    yield edited | _whole(edition, home) if not page else edited
    kind, _, rest = page.partition("/")
    if report:
        work = _report(edition, report)
        yield web | {"isBasedOn": {"@id": work["@id"]}, "about": {"@id": work["@id"]}}
        yield work
    elif kind == "annotations":
        yield from _annotation(edition, web, rest)
    elif kind == addresses.PROPOSITIONS and rest in edition.propositions:
        yield web | {"mainEntity": {"@id": f"{here}#term"}}
        yield _term(edition, rest, here)
    elif page in (addresses.MATRIX, addresses.DATA):
        yield web | {"mainEntity": {"@id": f"{full(edition, Address(addresses.MATRIX))}#dataset"}}
        yield _dataset(edition)
    else:
        yield web


def _whole(edition: Edition, home: str) -> Node:
    matter = edition.matter
    return {
        "url": home,
        "version": matter.version if matter else "",
        "dateModified": matter.date if matter else "",
        "license": LICENSE,
        "editor": [{"@type": "Person", "name": _name(edition, handle)} for handle in editors_of(edition)],
        "isBasedOn": [{"@id": _report_id(edition, report)} for report in edition.reports.values()],
        **({"sameAs": f"https://doi.org/{matter.doi}"} if matter and matter.doi else {}),
    }


def _report_id(edition: Edition, report: Report) -> str:
    return full(edition, addresses.report(report.key)) + "#report"


def _report(edition: Edition, report: Report) -> Node:
    entry = report.entry
    node: Node = {
        "@type": "Report",
        "@id": _report_id(edition, report),
        "name": report.title,
        "author": [_person(name.literal, name.full) for name in entry.authors],
        "publisher": {"@type": "Organization", "name": entry["institution"]},
        "datePublished": entry.date.split("/")[0],
        "inLanguage": csl.language(entry) or "en",
        "url": report.fields.original,
    }
    if entry["number"]:
        node["reportNumber"] = entry["number"]
    if entry["series"]:
        node["isPartOf"] = {"@type": "CreativeWorkSeries", "name": entry["series"]}
    if report.fields.funder:
        node["funder"] = {"@type": "Organization", "name": report.fields.funder}
    return node


def _person(literal: str, name: str) -> Node:
    return {"@type": "Organization", "name": literal} if literal else {"@type": "Person", "name": name}


def _annotation(edition: Edition, web: Node, rest: str) -> Iterator[Node]:
    key, _, slug = rest.partition("/")
    record = edition.annotations.get((key, slug))
    if record is None or key not in edition.reports:
        yield web
        return
    report = edition.reports[key]
    authors = [{"@type": "Person", "name": _name(edition, handle)} for handle in record.fields.by]
    web |= {"isBasedOn": {"@id": _report_id(edition, report)}, "author": authors, "dateModified": record.fields.date}
    web["name"] = annotation_title(edition, key, slug, record)
    claims = list(_claims(edition, web["@id"], report, slug, record))
    yield web | ({"mentions": [{"@id": claim["@id"]} for claim in claims]} if claims else {})
    yield _report(edition, report)
    yield from claims


def _claims(edition: Edition, here: str, report: Report, slug: str, record: Record[Signed]) -> Iterator[Node]:
    """Yield what the author claims, as the edition reads it; nothing here rates whether it is true."""
    fields = record.fields
    if not isinstance(fields, Position) or slug not in edition.propositions or fields.own == "silent":
        return
    statement = edition.propositions[slug].fields.statement
    for number, judgement in enumerate(fields.own, 1):
        first = judgement.evidence[0]
        yield {
            "@type": "Claim",
            "@id": f"{here}#own-{number}",
            "name": f"{short_name(report)} {TERMS[judgement.stance].word}: {statement}",
            "about": {"@id": full(edition, addresses.proposition(slug)) + "#term"},
            "appearance": {"@id": _report_id(edition, report)},
            "claimInterpreter": [{"@type": "Person", "name": _name(edition, handle)} for handle in fields.by],
            "url": full(edition, addresses.report(report.key, first.at)),
            **({"text": first.quote} if first.quote and first.proof else {}),
        }


def _term(edition: Edition, key: str, here: str) -> Node:
    fields = edition.propositions[key].fields
    return {
        "@type": "DefinedTerm",
        "@id": f"{here}#term",
        "termCode": key,
        "name": fields.statement,
        "description": f"Affirming means: {fields.affirms_means} Rejecting means: {fields.rejects_means}",
        "inDefinedTermSet": full(edition, Address(addresses.PROPOSITIONS)),
    }


def _dataset(edition: Edition) -> Node:
    dates = [report.entry.date[:4] for report in edition.reports.values()]
    matter = edition.matter
    base = full(edition, Address(addresses.DATA))
    return {
        "@type": "Dataset",
        "@id": f"{full(edition, Address(addresses.MATRIX))}#dataset",
        "name": f"{edition.title}: where each report stands on each proposition",
        "description": (
            f"{len(edition.reports)} reports coded on {len(edition.propositions)} propositions, "
            "each position with its evidence."
        ),
        "creator": [{"@type": "Person", "name": _name(edition, handle)} for handle in editors_of(edition)],
        "license": LICENSE,
        "version": matter.version if matter else "",
        "dateModified": matter.date if matter else "",
        "temporalCoverage": f"{dates[0]}/{dates[-1]}" if dates else "",
        "variableMeasured": [{"@type": "PropertyValue", "name": name} for name in ("stance", "voice", "confidence")],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": base + name} for name, kind in _FILES
        ],
    }


def _name(edition: Edition, handle: str) -> str:
    record = edition.editors.get(handle)
    return record.fields.name if record else handle
