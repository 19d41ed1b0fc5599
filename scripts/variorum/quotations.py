"""Every quotation of the edition: whose words, from which place, and where it stands in our files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import quoting
from .edition import Edition
from .frontmatter import Record
from .grammar import MARK
from .records import Relation, Signed, parts
from .report import Report
from .source import Place, Source


@dataclass(frozen=True)
class Quotation:
    """Hold one quotation; `path` is its way in a record's front matter, empty in a digest or note."""

    report: str
    at: str
    words: str
    source: Source
    offset: int
    record: Record[Signed] | None = None
    path: tuple[str | int, ...] = ()
    proof: str = ""

    @property
    def place(self) -> Place:
        """Return where it stands in our files."""
        if self.record is not None:
            return self.record.place(*self.path)
        return self.source.at(self.offset, len(self.words))


def of_edition(edition: Edition) -> Iterator[Quotation]:
    """Yield every quotation: in records, in digests, in notes."""
    for report in edition.reports.values():
        yield from of_report(report)
    for (key, _), record in edition.annotations.items():
        if key in edition.reports:
            yield from of_record(key, record)


def of_record(report: str, record: Record[Signed]) -> Iterator[Quotation]:
    """Yield a record's quotations."""
    for path, model in parts(record.fields):
        quote = vars(model).get("quote")
        at = model.origin.partition("#")[2] if isinstance(model, Relation) else vars(model).get("at")
        if isinstance(quote, str) and isinstance(at, str):
            proof = vars(model).get("proof") or ""
            yield Quotation(report, at, quote, record.document.source, 0, record, (*path, "quote"), proof)


def of_report(report: Report) -> Iterator[Quotation]:
    """Yield what stands between quotation marks in a report's digests and notes."""
    source = report.record.document.source
    for unit in report.units.values():
        yield from _within(report.key, unit.id, unit.digest, source, unit.place)
    for note in report.page.notes:
        yield from _within(report.key, f"n{note.label}", note.text, source, note.place)


def _within(report: str, at: str, text: str, source: Source, place: Place) -> Iterator[Quotation]:
    start = source.offset(place)
    for _, words in quoting.quotations(text):
        bare = MARK.sub("", words)
        offset = source.text.find(words.split("\n")[0], start)
        yield Quotation(report, at, bare, source, max(offset, start))
