"""What leaves the edition besides pages and tables: bibliography, Web Annotations, database, feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic_core import to_json

from . import csl, history, webannotation
from .compare import compare
from .csl import Item
from .database import database
from .edition import Edition
from .formats import bibtex, ris

DICTIONARY: dict[str, dict[str, str]] = {
    "matrix.csv": {
        "proposition": "The proposition’s key.",
        "statement": "What is put to every report.",
        "topic": "The key of its topic.",
        "(a report’s key)": "What the cell says: a stance, or divided, reported-only, silent, predates, uncoded.",
    },
    "positions.csv": {
        "report": "The report’s key.",
        "report_date": "The day, month or year of the report.",
        "proposition": "The proposition’s key.",
        "topic": "The key of its topic.",
        "cell": "What the matrix says: a stance, or divided, reported-only, silent, predates, uncoded.",
        "disputed": "true where the coders differ and nobody has settled it, else false.",
        "stance": "The author’s own stance, where there is one.",
        "place": "0 (rejects) to 4 (affirms); empty without a stance.",
        "side": "-1 rejects or leans to, 0 balanced, 1 affirms or leans to; empty without a stance.",
        "speakers": "Who speaks, where authors of one report speak separately.",
        "at": "The unit or note of the decisive evidence.",
        "quote": "Its words.",
        "verified": "Whether the words are proved to stand there.",
        "reported": "Views that the author reports of others.",
        "confidence": "How sure the coder is: high, medium, low.",
        "status": "draft, or reviewed by a second person.",
        "record": "The address of the record, from the site’s root.",
    },
    "figures.csv": {
        "quantity": "The quantity’s key.",
        "title": "The quantity’s name.",
        "report": "The report’s key.",
        "report_date": "The day, month or year of the report.",
        "period": "The year, month or span that the number is for.",
        "value": "The number.",
        "low": "The lower end of a range.",
        "high": "The upper end of a range.",
        "bound": "about, over or under.",
        "status": "actual, target or estimate.",
        "unit": "The unit of measurement.",
        "basis": "Whose data it is, where the report says.",
        "attributed_to": "To whom the report attributes it.",
        "at": "The unit or note that gives it.",
        "quote": "The words that give it.",
        "verified": "Whether the words are proved to stand there.",
        "record": "The address of the record, from the site’s root.",
    },
}
"""The columns of the CSV files with their meaning."""


@dataclass(frozen=True, slots=True)
class File:
    """Hold one file of the site: its path and its content."""

    path: str
    text: str | bytes


def render(edition: Edition) -> Iterator[File]:
    """Yield every export, as paths below the site's root."""
    entries = [csl.item(entry) for _, entry in sorted(edition.entries.items())]
    yield from _bibliography("data/bibliography", entries)
    for report in edition.reports.values():
        yield from _bibliography(f"data/reports/{report.key}", [csl.item(report.entry)])
        yield File(f"data/annotations/{report.key}.jsonld", _json(webannotation.collection(edition, report)))
    yield File("data/annotations.jsonld", _json(webannotation.collections(edition)))
    yield File("data/context.jsonld", _json(webannotation.context(edition)))
    yield File("feed.xml", history.feed(edition, history.read(edition)))
    yield File("data/edition.sqlite", database(edition, compare(edition)))


def _bibliography(path: str, works: Iterable[Item]) -> Iterator[File]:
    held = list(works)
    yield File(f"{path}.bib", "\n".join(bibtex(work) for work in held))
    yield File(f"{path}.ris", "\n".join(ris(work) for work in held))
    yield File(f"{path}.json", _json(held))


def _json(data: object) -> str:
    return to_json(data, indent=1).decode() + "\n"
