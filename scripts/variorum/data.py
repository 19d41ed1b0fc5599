"""The edition as data: `data/edition.json` with everything, `data/matrix.csv` with what each cell says.

Positions, figures and sources stand besides in files of their own: `tables`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from pydantic_core import to_json

from . import addresses, keys, published, schema, tables
from .bibliography import Entry
from .checks.positions import places
from .citations import cited
from .compare import Matrix, Standing, compare
from .edition import Edition, once
from .grammar import Section, Unit
from .pages.press import Page
from .published import UNPUBLISHED
from .published.edition import (
    CitingNote,
    EditionData,
    EvidenceData,
    Note,
    PositionData,
    PropositionData,
    ReportData,
    SourceData,
)
from .published.edition import Section as SectionData
from .published.edition import Unit as UnitData
from .records import Erratum, Evidence, Figure, Mention, Relation, Signed
from .report import Report
from .shares import digest_words, quoted_words, text_words
from .words import PLACES, Kind


def render(edition: Edition) -> Iterator[Page]:
    """Yield the data files, as paths under docs/ and their text."""
    matrix = compare(edition)
    yield Page(keys.PATH, json.dumps(keys.as_keys(edition), ensure_ascii=False, separators=(",", ":")) + "\n")
    yield from (Page(path, text) for path, text in (*schema.files(), *published.files()))
    yield Page("data/edition.json", to_json(as_data(edition, matrix), indent=1).decode() + "\n")
    yield Page("data/matrix.csv", as_csv(edition, matrix))
    yield Page("data/positions.csv", tables.positions_csv(edition, matrix))
    yield Page("data/figures.csv", tables.figures_csv(edition))
    yield Page("data/sources.json", tables.sources_json(edition))


def as_data(edition: Edition, matrix: Matrix) -> EditionData:
    """Return the whole edition as plain data, in the form that `published.edition` describes."""
    matter = edition.matter
    return {
        "edition": {
            "title": edition.title,
            "version": matter.version if matter else "",
            "generated_from": edition.fingerprint,
        },
        "reports": [_report(edition, report) for report in edition.reports.values()],
        "propositions": [_proposition(edition, key) for key in edition.propositions_in_order],
        "positions": [_position(standing) for row in matrix.rows for standing in row.standings],
        "figures": [_fields(report, slug, record.fields) for report, slug, record in edition.of_kind(Kind.FIGURE)],
        "errata": [
            _fields(report, slug, record.fields) for report, slug, record in edition.of_kind(Kind.ERRATUM, Kind.QUERY)
        ],
        "relations": [_fields(report, slug, record.fields) for report, slug, record in edition.of_kind(Kind.RELATION)],
        "mentions": [_fields(report, slug, record.fields) for report, slug, record in edition.of_kind(Kind.MENTION)],
        "sources": [_source(edition, entry) for _, entry in sorted(edition.entries.items())],
    }


def as_csv(edition: Edition, matrix: Matrix) -> str:
    """Return the matrix as CSV: a line for each proposition, a column for each report, cells as in the vocabulary."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["proposition", "statement", "topic", *matrix.reports])
    for row in matrix.rows:
        fields = edition.propositions[row.proposition].fields
        writer.writerow(
            [
                row.proposition,
                fields.statement,
                fields.topic,
                *(str(standing.cell) for standing in row.standings),
            ]
        )
    return out.getvalue()


def _report(edition: Edition, report: Report) -> ReportData:
    entry = report.entry
    return {
        "key": report.key,
        "title": report.title,
        "authors": [
            {"family": name.family, "given": name.given} if not name.literal else {"literal": name.literal}
            for name in entry.authors
        ],
        "institution": entry["institution"],
        "date": entry.date,
        "url": report.fields.original,
        "address": addresses.from_root(addresses.report(report.key)),
        "genre": report.fields.genre,
        "coverage": str(report.fields.coverage),
        "scope": report.fields.scope,
        "abstract": report.fields.abstract,
        "sections": [_section(edition, report, section) for section in report.sections],
        "notes": [_note(report, label) for label in report.labels],
        "missing_notes": [label for label in report.labels if label not in report.notes],
        "words": {
            "text": text_words(edition, report),
            "quoted": quoted_words(edition, report),
            "digest": digest_words(report),
        },
    }


def _section(edition: Edition, report: Report, section: Section) -> SectionData:
    return {
        "id": section.id,
        "title": section.title,
        "level": section.level,
        "units": [_unit(edition, report, unit) for unit in section.units],
    }


def _unit(edition: Edition, report: Report, unit: Unit) -> UnitData:
    named = _naming(edition).get((report.key, unit.id), [])
    return {
        "id": unit.id,
        "kind": str(unit.kind),
        "digest": unit.digest,
        "notes": list(unit.marks),
        "annotations": [f"{report.key}/{slug}" for slug in named],
        "speaker": unit.speaker,
    }


@once
def _naming(edition: Edition) -> dict[tuple[str, str], list[str]]:
    """Return for each report and place the records that name it, in order."""
    held: dict[tuple[str, str], list[str]] = {}
    for (key, slug), record in edition.annotations.items():
        for place in _places(record.fields):
            held.setdefault((key, place), []).append(slug)
    return held


def _places(fields: Signed) -> set[str]:
    found = {place for _, place in places(fields)}
    return found | ({fields.origin.partition("#")[2]} if isinstance(fields, Relation) else set())


def _note(report: Report, label: str) -> Note:
    note = report.notes.get(label)
    marks = report.marks.get(label, [])
    sources = list(dict.fromkeys(citation.key for citation in cited(note.text))) if note else []
    return {
        "label": label,
        "at": marks[0] if marks else None,
        "text": note.text if note else None,
        "sources": sources,
        "printed": report.fields.notes.printed.get(label),
    }


def _proposition(edition: Edition, key: str) -> PropositionData:
    fields = edition.propositions[key].fields
    return {
        "id": key,
        "statement": fields.statement,
        "topic": fields.topic,
        "since": fields.since,
        "wording": fields.wording,
        "url": addresses.from_root(addresses.proposition(key)),
    }


def _position(standing: Standing) -> PositionData:
    record = standing.record
    return {
        "report": standing.report,
        "proposition": standing.proposition,
        "cell": str(standing.cell),
        "place": PLACES[standing.stance] if standing.stance is not None else None,
        "own": [
            {
                "stance": str(one.stance),
                "speaker": one.speaker,
                "evidence": _evidence(one.evidence),
                "against": _evidence(one.against),
            }
            for one in standing.own
        ],
        "reported": [
            {
                "who": list(view.who),
                "via": list(view.via),
                "stance": str(view.stance),
                "author": str(view.author),
                "note": view.note,
                "evidence": _evidence(view.evidence),
            }
            for view in standing.reported
        ],
        "confidence": str(record.fields.confidence) if record else None,
        "url": addresses.from_root(addresses.annotation(standing.report, standing.proposition)) if record else None,
    }


def _evidence(pieces: tuple[Evidence, ...]) -> list[EvidenceData]:
    return [{"at": piece.at, "quote": piece.quote, "verified": bool(piece.proof)} for piece in pieces]


def _fields(report: str, slug: str, fields: Figure | Erratum | Relation | Mention | Signed) -> dict[str, Any]:
    data = fields.model_dump(mode="json", by_alias=True, exclude=set(UNPUBLISHED))
    proved = getattr(fields, "proof", None)
    return {
        "report": report,
        "id": slug,
        **data,
        "verified": bool(proved),
        "url": addresses.from_root(addresses.annotation(report, slug)),
    }


def _source(edition: Edition, entry: Entry) -> SourceData:
    cited_by: list[CitingNote] = [
        {
            "report": place.report,
            "note": place.note,
            "at": next(iter(edition.reports[place.report].marks.get(place.note, [])), None),
            "locator": place.citation.locator or None,
        }
        for place in edition.citing.get(entry.key, [])
    ]
    return {
        "key": entry.key,
        "type": entry.type,
        "title": entry.title,
        "date": entry.date,
        "url": entry["url"] or None,
        "cited_by": cited_by,
    }
