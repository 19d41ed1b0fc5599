"""Every annotation as a W3C Web Annotation: a collection per report, with a documented context for what is ours.

A target is the report's page here, narrowed to the id of a unit or note, and to the words where they are proved.
Proposition and stance are bodies of their own; `motivation` keeps its standard meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from . import addresses, evidence
from .addresses import Address
from .cite import annotation_title, full
from .edition import Edition
from .evidence import Excerpt, Role
from .frontmatter import Record
from .quotable import paraphrase
from .records import Erratum, Figure, Mention, Position, Relation, Reply, Signed
from .report import Report
from .words import OWN_RELATIONS, TERMS, Kind

Node = dict[str, Any]
STANDARD = "http://www.w3.org/ns/anno.jsonld"
CITO = "http://purl.org/spar/cito/"
FRAGMENTS = "http://tools.ietf.org/rfc/rfc3236"
TERMS_OURS = {
    "Stance": "A report’s stance on a proposition, as the edition reads it.",
    "Figure": "A number that a report gives for a named quantity.",
    "Correction": "What a passage reads and what it should, or might have to, read.",
    "stance": "One of rejects, leans-reject, balanced, leans-affirm, affirms, or silent where the report says nothing.",
    "voice": "own: the author asserts it; reported: the author says that others hold it.",
    "proposition": "The proposition that the stance is on.",
    "speaker": "Who speaks, where authors of one report speak separately.",
    "heldBy": "Whom the author reports as holding the view.",
    "handling": "What the author does with a view of others: neutral, endorses, doubts.",
    "confidence": "How sure the coder is: high, medium, low.",
    "wording": "The number of the proposition’s wording that was coded.",
    "role": "What a passage does for the stance: own (it bears it), against (it pulls the other way), reported, plain.",
    "quantity": "What a figure measures.",
    "number": "A figure’s value, or its lower and upper end with a dash.",
    "unit": "A figure’s unit of measurement.",
    "period": "The year, month or span that a figure is for.",
    "reads": "What a passage says.",
    "shouldRead": "What it should say.",
    "relation": "What one passage does with another: CiTO’s term, or the edition’s own where neither cites the other.",
}
"""Our own terms, each with its meaning: the context and its documentation are made from these."""
_LINKS = frozenset({"proposition", "quantity", "relation"})
_MOTIVES = {
    Kind.POSITION: "classifying",
    Kind.FIGURE: "describing",
    Kind.COMMENT: "commenting",
    Kind.ERRATUM: "editing",
    Kind.QUERY: "questioning",
    Kind.RELATION: "linking",
    Kind.MENTION: "identifying",
    Kind.REPLY: "replying",
}


def context(edition: Edition) -> Node:
    """Return our context: where each of our terms is defined, with its meaning beside it."""
    base = terms_address(edition)
    terms: Node = {"label": "http://www.w3.org/2000/01/rdf-schema#label"}
    for name in TERMS_OURS:  # whole addresses: a prefix that ends in a hyphen would not be one
        terms[name] = {"@id": base + name, "@type": "@id"} if name in _LINKS else base + name
    return {"@context": terms}


def terms_address(edition: Edition) -> str:
    """Return the address that our terms' names are added to: the page that explains them."""
    return full(edition, Address(addresses.DATA)) + "#term-"


def collection(edition: Edition, report: Report, with_context: bool = True) -> Node:
    """Return all annotations of a report as one collection with one page."""
    records = edition.annotations_of[report.key].items()
    items = [one for slug, record in records for one in _annotations(edition, report, slug, record)]
    address = full(edition, Address(addresses.DATA)) + f"annotations/{report.key}.jsonld"
    head: Node = {"@context": [STANDARD, context(edition)["@context"]]} if with_context else {}
    page = {"id": f"{address}#page", "type": "AnnotationPage", "partOf": address, "startIndex": 0, "items": items}
    return head | {
        "id": address,
        "type": "AnnotationCollection",
        "label": f"{edition.title}: annotations on {report.title}",
        "total": len(items),
        "first": page,
        "last": f"{address}#page",
    }


def collections(edition: Edition) -> Node:
    """Return the collections of all reports in one document."""
    graph = [collection(edition, report, with_context=False) for report in edition.reports.values()]
    return {"@context": [STANDARD, context(edition)["@context"]], "@graph": graph}


def _annotations(edition: Edition, report: Report, slug: str, record: Record[Signed]) -> Iterator[Node]:
    found = [one for one in _excerpts(edition, report) if one.slug == slug]
    fields = record.fields
    address = full(edition, addresses.annotation(report.key, slug))
    common = {
        "type": "Annotation",
        "creator": [_creator(edition, handle) for handle in fields.by],
        "created": f"{fields.date}T00:00:00Z",
        "generator": full(edition, Address(addresses.HOME)),
        "rights": "https://creativecommons.org/licenses/by/4.0/",
    }
    if isinstance(fields, Position):
        for name, bodies, told in _positions(edition, slug, fields, found):
            targets = [_target(edition, report, one) for one in told] or [_page(edition, report)]
            text = _reading(record, "describing") if name in ("own-1", "silent", "reported-1") else []
            yield {
                "id": f"{address}#{name}",
                **common,
                "motivation": "classifying",
                "body": [*bodies, *text],
                "target": targets,
            }
        return
    kind = Kind(str(getattr(fields, "kind", Kind.COMMENT)))
    targets = [_target(edition, report, one) for one in found] or [_page(edition, report)]
    if isinstance(fields, Relation):
        key, _, place = fields.to.partition("#")
        targets.append(
            {"type": "SpecificResource", "source": full(edition, addresses.report(key)), "selector": _fragment(place)}
        )
    elif isinstance(fields, Reply):
        targets = [{"type": "SpecificResource", "source": full(edition, Address("annotations/" + fields.to))}]
    bodies = [*_body(edition, fields), *_reading(record, "commenting")]
    named: Node = {"motivation": _MOTIVES[kind], "label": annotation_title(edition, report.key, slug, record)}
    yield {"id": address, **common, **named, **({"body": bodies} if bodies else {}), "target": targets}


def _excerpts(edition: Edition, report: Report) -> list[Excerpt]:
    return evidence.excerpts(edition)[report.key]


def _positions(
    edition: Edition, slug: str, fields: Position, found: Sequence[Excerpt]
) -> Iterator[tuple[str, list[Node], list[Excerpt]]]:
    """Yield each judgement and reported view: its name, its bodies and what it rests on."""
    proposition = full(edition, addresses.proposition(slug))
    coded = {"type": "SpecificResource", "source": proposition, "purpose": "classifying"}
    shared = {
        "type": "Stance",
        "proposition": proposition,
        "confidence": str(fields.confidence),
        "wording": fields.wording,
    }
    if fields.own == "silent":
        yield "silent", [coded, {**shared, "voice": "own", "stance": "silent"}], []
        return
    for index, judgement in enumerate(fields.own):
        told = [one for one in found if one.index == index and one.role in (Role.OWN, Role.AGAINST)]
        body = {**shared, "voice": "own", "stance": str(judgement.stance), "label": TERMS[judgement.stance].word}
        yield f"own-{index + 1}", [coded, body | ({"speaker": judgement.speaker} if judgement.speaker else {})], told
    for index, view in enumerate(fields.reported):
        told = [one for one in found if one.index == index and one.role is Role.REPORTED]
        who = [edition.people[one].fields.name if one in edition.people else one for one in view.who]
        body = {**shared, "voice": "reported", "stance": str(view.stance), "label": TERMS[view.stance].word}
        yield f"reported-{index + 1}", [coded, {**body, "heldBy": who, "handling": str(view.author)}], told


def _body(edition: Edition, fields: Signed) -> Iterator[Node]:
    if isinstance(fields, Figure):
        number = str(fields.value) if fields.value is not None else f"{fields.low or ''}–{fields.high or ''}"
        told: Node = {
            "type": "Figure",
            "quantity": full(edition, addresses.quantity(fields.quantity)),
            "number": number,
        }
        yield told | {"unit": fields.unit} | ({"period": fields.period} if fields.period else {})
    elif isinstance(fields, Erratum):
        yield {"type": "Correction", "reads": fields.reads, "shouldRead": fields.should_read}
    elif isinstance(fields, Relation):
        ours = fields.type in OWN_RELATIONS
        term = (terms_address(edition) if ours else CITO) + str(fields.type)
        yield {"type": "SpecificResource", "source": term, "purpose": "linking"}
    elif isinstance(fields, Mention):
        if fields.person:
            yield {
                "type": "SpecificResource",
                "source": full(edition, addresses.person(fields.person)),
                "purpose": "identifying",
            }
        if fields.source:
            yield {
                "type": "SpecificResource",
                "source": full(edition, addresses.source(fields.source)),
                "purpose": "identifying",
            }


def _reading(record: Record[Signed], purpose: str) -> list[Node]:
    text = paraphrase(record.body.strip()) if record.body else ""
    return (
        [{"type": "TextualBody", "value": text, "format": "text/plain", "language": "en", "purpose": purpose}]
        if text
        else []
    )


def _target(edition: Edition, report: Report, one: Excerpt) -> Node:
    selector = _fragment(one.at)
    if one.quote and one.proof:
        selector["refinedBy"] = {"type": "TextQuoteSelector", "exact": one.quote}
    target = _page(edition, report) | {"selector": selector}
    return target | ({"role": str(one.role)} if one.kind is Kind.POSITION else {})


def _page(edition: Edition, report: Report) -> Node:
    return {
        "type": "SpecificResource",
        "source": full(edition, addresses.report(report.key)),
        "scope": report.fields.original,
    }


def _fragment(place: str) -> Node:
    return {"type": "FragmentSelector", "value": addresses.fragment(place), "conformsTo": FRAGMENTS}


def _creator(edition: Edition, handle: str) -> Node:
    record = edition.editors.get(handle)
    name = record.fields.name if record else handle
    return {"id": full(edition, addresses.editor(handle)), "type": "Person", "name": name}
