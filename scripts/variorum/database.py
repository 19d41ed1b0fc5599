"""The edition as a SQLite database: reports, propositions, positions, evidence, figures, sources, citations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from . import evidence
from .compare import Matrix
from .edition import Edition
from .evidence import Role
from .words import PLACES, Kind, side

Row = tuple[object, ...]

TABLES: dict[str, dict[str, str]] = {
    "reports": {
        "report": "The report’s key.",
        "title": "Its title.",
        "authors": "Its authors, with semicolons between.",
        "institution": "Who published it.",
        "date": "When, ISO 8601, as far as it is known.",
        "url": "Where its publisher has it.",
    },
    "propositions": {
        "proposition": "The proposition’s key.",
        "statement": "What is put to every report.",
        "topic": "The key of its topic.",
        "since": "The day on which the matter arose; empty where it is older than the reports.",
    },
    "positions": {
        "report": "The report’s key.",
        "proposition": "The proposition’s key.",
        "cell": "What the matrix says: a stance, or divided, reported-only, silent, predates, uncoded.",
        "place": "0 (rejects) to 4 (affirms); empty without one stance of the author’s own.",
        "side": "-1 rejects or leans to, 0 balanced, 1 affirms or leans to; empty as above.",
        "confidence": "How sure the coder is: high, medium, low.",
    },
    "evidence": {
        "report": "The report’s key.",
        "proposition": "The proposition’s key.",
        "role": "own (it bears the stance), against (it pulls the other way), reported (a view of others).",
        "stance": "The stance that the passage is evidence of.",
        "speaker": "Who speaks, where authors of one report speak separately; whose view it is, where it is reported.",
        "at": "The unit (s3p2) or note (n12).",
        "quote": "The words; empty where the passage is only named.",
        "verified": "1 where the words are proved to stand there, 0 where nobody has checked.",
    },
    "figures": {
        "report": "The report’s key.",
        "quantity": "The quantity’s key.",
        "value": "The number.",
        "low": "The lower end of a range.",
        "high": "The upper end of a range.",
        "unit": "The unit of measurement.",
        "period": "The year, month or span.",
        "status": "actual, target or estimate.",
        "at": "The unit or note that gives it.",
        "quote": "The words that give it.",
        "verified": "1 where the words are proved to stand there, 0 where nobody has checked.",
    },
    "sources": {
        "source": "The source’s key.",
        "type": "Its type in the bibliography.",
        "title": "Its title.",
        "authors": "Its authors, with semicolons between.",
        "date": "Its date, ISO 8601, as far as it is known.",
        "url": "Its address.",
    },
    "citations": {
        "source": "The source’s key.",
        "report": "The report that cites it.",
        "note": "The note’s label.",
        "locator": "The place in the source, where the note gives one.",
    },
}
"""Every table and column with its meaning: the database and its documentation are made from these."""

_NUMBERS = frozenset({"place", "side", "verified"})
_AMOUNTS = frozenset({"value", "low", "high"})

QUERIES: tuple[tuple[str, str], ...] = (
    (
        "On which propositions do two reports stand on different sides?",
        """\
SELECT one.report, other.report, propositions.statement
FROM positions AS one
JOIN positions AS other ON other.proposition = one.proposition AND one.side * other.side = -1
JOIN propositions ON propositions.proposition = one.proposition
WHERE one.report < other.report
ORDER BY one.report, other.report, one.proposition;""",
    ),
    (
        "On which words does each report’s stance on a proposition rest, the decisive ones first?",
        """\
SELECT positions.report, positions.cell, evidence.at, evidence.quote
FROM positions
JOIN evidence ON evidence.report = positions.report AND evidence.proposition = positions.proposition
WHERE evidence.role = 'own' AND evidence.quote <> '' AND evidence.verified = 1
ORDER BY positions.proposition, positions.report, evidence.rowid;""",
    ),
    (
        "Which sources are cited by more than one report, and in how many notes?",
        """\
SELECT sources.title, count(DISTINCT citations.report) AS reports, count(*) AS notes
FROM citations
JOIN sources ON sources.source = citations.source
GROUP BY citations.source
HAVING count(DISTINCT citations.report) > 1
ORDER BY reports DESC, notes DESC, sources.title;""",
    ),
)
"""Three questions with the query that answers each."""


def database(edition: Edition, matrix: Matrix) -> bytes:
    """Return the database file; the same edition gives the same bytes."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("PRAGMA page_size = 4096")
        rows = dict(_rows(edition, matrix))
        for table, columns in TABLES.items():
            told = ", ".join(f'"{name}" {_type(name)}' for name in columns)
            connection.execute(f'CREATE TABLE "{table}" ({told})')
            marks = ", ".join("?" * len(columns))
            connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows[table])
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _type(column: str) -> str:
    return "INTEGER" if column in _NUMBERS else "REAL" if column in _AMOUNTS else "TEXT"


def _rows(edition: Edition, matrix: Matrix) -> Iterator[tuple[str, list[Row]]]:
    reports = edition.reports.values()
    yield (
        "reports",
        [
            (
                one.key,
                one.title,
                "; ".join(name.full for name in one.entry.authors),
                one.entry["institution"],
                one.entry.date,
                one.fields.original,
            )
            for one in reports
        ],
    )
    yield (
        "propositions",
        [
            (key, fields.statement, fields.topic, fields.since)
            for key in edition.propositions_in_order
            for fields in (edition.propositions[key].fields,)
        ],
    )
    yield (
        "positions",
        [
            (
                one.report,
                one.proposition,
                str(one.cell),
                PLACES[one.stance] if one.stance is not None else None,
                side(one.stance) if one.stance is not None else None,
                str(one.record.fields.confidence) if one.record else None,
            )
            for row in matrix.rows
            for one in row.standings
        ],
    )
    yield "evidence", list(_evidence(edition))
    yield (
        "figures",
        [
            (
                report,
                f.quantity,
                f.value,
                f.low,
                f.high,
                f.unit,
                f.period,
                str(f.status),
                f.at,
                f.quote,
                int(bool(f.proof)),
            )
            for report, _, record in edition.of_kind(Kind.FIGURE)
            for f in (record.fields,)
            if f.kind is Kind.FIGURE
        ],
    )
    yield (
        "sources",
        [
            (key, entry.type, entry.title, "; ".join(name.full for name in entry.authors), entry.date, entry["url"])
            for key, entry in sorted(edition.entries.items())
        ],
    )
    yield (
        "citations",
        [
            (key, place.report, place.note, place.citation.locator or None)
            for key, places in sorted(edition.citing.items())
            for place in places
        ],
    )


def _evidence(edition: Edition) -> Iterator[Row]:
    for report, found in evidence.excerpts(edition).items():
        for one in found:
            if one.kind is Kind.POSITION and one.slug in edition.propositions:
                speaker = "; ".join(one.who) if one.role is Role.REPORTED else one.speaker
                yield (
                    report,
                    one.slug,
                    str(one.role),
                    str(one.stance),
                    speaker or None,
                    one.at,
                    one.quote,
                    int(bool(one.proof)),
                )
