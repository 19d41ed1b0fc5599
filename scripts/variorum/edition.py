"""The edition: every record read once, linked and frozen, with what was wrong on the way.

`load` never raises for bad content. It returns an edition of what could be read and the findings; the rules that hold
between records are in `checks`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, TypeVar, cast

from . import layout, ledger, site
from .bibliography import Entry
from .citations import Citation, cited
from .codings import Sheet
from .findings import Finding
from .frontmatter import Document, Record
from .ledger import Ledger
from .reader import Reader
from .records import (
    Annotation,
    EditionMatter,
    Editor,
    Person,
    Position,
    Proposition,
    Quantity,
    Retired,
    Signed,
    Topic,
)
from .references import Lock, read_lock
from .report import Report
from .seals import Seal
from .source import Source
from .words import Kind


@dataclass(frozen=True, slots=True)
class CitingPlace:
    """Say where a source is cited: a note of a report, or a record's text (then `page` is its file)."""

    report: str
    note: str
    citation: Citation
    page: str = ""


@dataclass(frozen=True)
class Edition:
    """Hold all records by key; everything else is computed from these."""

    matter: EditionMatter | None
    reports: Mapping[str, Report]
    propositions: Mapping[str, Record[Proposition]]
    topics: Mapping[str, Record[Topic]]
    quantities: Mapping[str, Record[Quantity]]
    people: Mapping[str, Record[Person]]
    editors: Mapping[str, Record[Editor]]
    annotations: Mapping[tuple[str, str], Record[Signed]]
    entries: Mapping[str, Entry]
    pages: Mapping[str, Source]
    lock: Lock
    retired: Mapping[str, Record[Retired]] = field(default_factory=dict)
    root: Path = Path()
    site: str = ""
    ledger: Ledger = field(default_factory=Ledger)
    seals: Mapping[str, Seal] = field(default_factory=dict)
    codings: tuple[Sheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: tuple[Document, ...] = ()
    files: int = 0
    fingerprint: str = ""

    @cached_property
    def positions(self) -> dict[tuple[str, str], Record[Position]]:
        """Return the positions by report and proposition."""
        return {
            key: cast(Record[Position], record)
            for key, record in self.annotations.items()
            if isinstance(record.fields, Position)
        }

    @cached_property
    def citing(self) -> dict[str, list[CitingPlace]]:
        """Return for each source the notes of the reports that cite it, in order of report and note."""
        places: dict[str, list[CitingPlace]] = {}
        for report in self.reports.values():
            for note in report.page.notes:
                for citation in cited(note.text):
                    held = places.setdefault(citation.key, [])
                    if not held or (held[-1].report, held[-1].note) != (report.key, note.label):
                        held.append(CitingPlace(report.key, note.label, citation))
        return places

    @cached_property
    def annotations_of(self) -> dict[str, dict[str, Record[Signed]]]:
        """Return each report's annotations by name."""
        held: dict[str, dict[str, Record[Signed]]] = {key: {} for key in self.reports}
        for (report, slug), record in self.annotations.items():
            held.setdefault(report, {})[slug] = record
        return held

    @cached_property
    def _by_kind(self) -> dict[Kind, list[tuple[str, str, Record[Annotation]]]]:
        held: dict[Kind, list[tuple[str, str, Record[Annotation]]]] = {}
        for (report, slug), record in self.annotations.items():
            annotation = cast(Record[Annotation], record)
            held.setdefault(annotation.fields.kind, []).append((report, slug, annotation))
        return held

    def of_kind(self, *kinds: Kind) -> Iterator[tuple[str, str, Record[Annotation]]]:
        """Yield the annotations of the kinds as report, slug and record, in order."""
        if len(kinds) == 1:
            yield from self._by_kind.get(kinds[0], ())
            return
        for (report, slug), record in self.annotations.items():
            annotation = cast(Record[Annotation], record)
            if annotation.fields.kind in kinds:
                yield report, slug, annotation

    def records(self) -> Iterator[Record[Any]]:
        """Yield every record: the reports, then the shelves, then the annotations."""
        for report in self.reports.values():
            yield report.record
        shelves = (self.propositions, self.topics, self.quantities, self.people, self.editors, self.retired)
        for shelf in (*shelves, self.annotations):
            yield from shelf.values()

    def sources(self) -> Iterator[Source]:
        """Yield every file of records and pages, those too whose fields could not be read."""
        for record in self.records():
            yield record.document.source
        for document in self.unread:
            yield document.source
        yield from self.pages.values()

    @cached_property
    def propositions_in_order(self) -> list[str]:
        """Return the propositions' keys by topic, in the topics' order."""
        order = {key: record.fields.order for key, record in self.topics.items()}
        return sorted(self.propositions, key=lambda key: (order.get(self.propositions[key].fields.topic, 999), key))

    @property
    def frozen(self) -> str:
        """Return the path of the frozen copy made from just these files, `v/2026-11-30/`, or nothing."""
        return self.ledger.frozen(self.fingerprint)

    @property
    def title(self) -> str:
        """Return the edition's title."""
        return self.matter.title if self.matter else "Untitled edition"


Value = TypeVar("Value")
KEPT: list[Callable[[Edition], object]] = []
"""Every function of an edition that `once` keeps."""


def once(make: Callable[[Edition], Value]) -> Callable[[Edition], Value]:
    """Compute a value of an edition the first time it is asked for.

    It is kept beside the edition’s own fields, as a cached property is, and goes with it: an edition is frozen, and one
    that is read or made anew has none.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def kept(edition: Edition) -> Value:
        if name not in edition.__dict__:
            edition.__dict__[name] = make(edition)
        return cast(Value, edition.__dict__[name])

    KEPT.append(kept)
    return kept


def load(root: Path, stays: bool = False) -> Edition:
    """Read the edition under `root`: bibliography, reports, shelves of records, annotations, pages.

    One that `stays` is kept until the process ends, or until the next that stays is read.
    """
    with _undisturbed(stays):
        return _read(root)


@contextmanager
def _undisturbed(stays: bool) -> Iterator[None]:
    """Let no collector look for garbage among records that all stay: it would go through them again and again."""
    collecting = gc.isenabled()
    gc.disable()
    if stays:
        gc.unfreeze()
    try:
        yield
    finally:
        if stays:
            gc.freeze()
        if collecting:
            gc.enable()


def _read(root: Path) -> Edition:
    reader = Reader(root)
    entries = reader.entries()
    shelves = {name: reader.shelf(shelf.folder, shelf.model) for name, shelf in layout.SHELVES.items()}
    reports = reader.reports(entries)
    annotations = reader.annotations()
    matter, pages = reader.pages()
    lock = read_lock(reader.read(root / layout.LOCK, required=False), entries.values())
    return Edition(
        matter=matter,
        reports=reports,
        propositions=cast(dict[str, Record[Proposition]], shelves["propositions"]),
        topics=cast(dict[str, Record[Topic]], shelves["topics"]),
        quantities=cast(dict[str, Record[Quantity]], shelves["quantities"]),
        people=cast(dict[str, Record[Person]], shelves["people"]),
        editors=cast(dict[str, Record[Editor]], shelves["editors"]),
        retired=cast(dict[str, Record[Retired]], shelves["retired"]),
        annotations=annotations,
        entries=entries,
        pages=pages,
        lock=lock,
        root=root,
        site=site.address(root),
        ledger=ledger.read(root),
        seals=reader.seals(),
        codings=reader.codings(),
        findings=tuple(reader.findings),
        unread=tuple(reader.unread),
        files=reader.files,
        fingerprint=reader.hash.hexdigest()[:12],
    )
