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
