"""The edition: every record read once, linked and frozen, with what was wrong on the way.

`load` never raises for bad content. It returns an edition of what could be read and the findings; the rules that hold
between records are in `checks`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from . import bibliography, codings, frontmatter, grammar, layout, ledger, seals, site
from .bibliography import Entry
from .citations import Citation, cited
from .codings import Sheet
from .findings import Finding, nearest
from .frontmatter import Document, Record
from .grammar import Note, Section, Unit
from .ledger import Ledger
from .records import (
    ANNOTATIONS,
    KEY,
    Annotation,
    EditionMatter,
    Editor,
    Person,
    Position,
    Proposition,
    Quantity,
    ReportMatter,
    Signed,
    Strict,
    Topic,
)
from .references import Lock, read_lock
from .seals import Seal
from .source import Source, Undecodable, read
from .words import Coverage, Kind, NotesState

Model = TypeVar("Model", bound=Strict)
_KEY = re.compile(f"^{KEY}$")
LARGEST = 5_000_000
"""Bytes that a file of the edition may have."""


@dataclass(frozen=True)
class Report:
    """Hold one report: its entry in the bibliography, its page's fields, and what stands on the page."""

    key: str
    entry: Entry
    record: Record[ReportMatter]
    page: grammar.Page

    @property
    def fields(self) -> ReportMatter:
        """Return the page's front matter."""
        return self.record.fields

    @property
    def title(self) -> str:
        """Return the report's title."""
        return self.entry.title or self.page.title

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections in order."""
        return self.page.sections

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Return the units by id, in order."""
        return {unit.id: unit for section in self.sections for unit in section.units}

    @cached_property
    def notes(self) -> dict[str, Note]:
        """Return the notes by label, in order."""
        return {note.label: note for note in self.page.notes}

    @cached_property
    def marks(self) -> dict[str, list[str]]:
        """Return where each label has its markers: `front`, a section's id or a unit's, in order."""
        places: dict[str, list[str]] = {}
        for label in self.page.marks:
            places.setdefault(label, []).append("front")
        for section in self.sections:
            for label in section.marks:
                places.setdefault(label, []).append(section.id)
            for unit in section.units:
                for label in unit.marks:
                    places.setdefault(label, []).append(unit.id)
        return places

    @cached_property
    def labels(self) -> list[str]:
        """Return the labels of all notes of the report in order: with text, listed as missing, or marked."""
        held = {**dict.fromkeys(self.notes), **dict.fromkeys(self.fields.notes.missing)}
        if self.fields.notes.state is NotesState.MARKERS_ONLY:
            held.update(dict.fromkeys(self.marks))
        return sorted(held, key=natural)

    @cached_property
    def _held(self) -> frozenset[str]:
        return frozenset(self.labels)

    @property
    def is_complete(self) -> bool:
        """Tell whether every unit is in the edition."""
        return self.fields.coverage is Coverage.COMPLETE

    def has(self, place: str) -> bool:
        """Tell whether `place` names a unit, section or note of this report."""
        if place.startswith("n"):
            return place[1:] in self._held
        return place == "front" or place in self.units or any(place == section.id for section in self.sections)

    @property
    def sort_date(self) -> str:
        """Return the date for sorting: one known only to the year or month sorts at its end."""
        return end_of(self.entry.date)


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
    root: Path = Path()
    site: str = ""
    ledger: Ledger = field(default_factory=Ledger)
    seals: Mapping[str, Seal] = field(default_factory=dict)
    codings: tuple[Sheet, ...] = ()
    findings: tuple[Finding, ...] = ()
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

    def of_kind(self, *kinds: Kind) -> Iterator[tuple[str, str, Record[Annotation]]]:
        """Yield the annotations of the kinds as report, slug and record, in order."""
        for (report, slug), record in self.annotations.items():
            annotation = cast(Record[Annotation], record)
            if annotation.fields.kind in kinds:
                yield report, slug, annotation

    def sources(self) -> Iterator[Source]:
        """Yield every file of records and pages that was read."""
        for report in self.reports.values():
            yield report.record.document.source
        for shelf in (self.propositions, self.topics, self.quantities, self.people, self.editors, self.annotations):
            for record in shelf.values():
                yield record.document.source
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


def load(root: Path) -> Edition:
    """Read the edition under `root`: bibliography, reports, shelves of records, annotations, pages."""
    reader = _Reader(root)
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
        files=reader.files,
        fingerprint=reader.hash.hexdigest()[:12],
    )


@dataclass
class _Reader:
    """Read files one kind after another and keep what is wrong with them."""

    root: Path
    findings: list[Finding] = field(default_factory=list)
    files: int = 0
    hash: hashlib._Hash = field(default_factory=hashlib.sha256)

    def read(self, path: Path, required: bool = True) -> Source | None:
        """Read one file as text, or say why not."""
        if layout.is_link(self.root, path):
            return None  # the checks name it; what it leads to is nobody's business
        if not path.is_file():
            if required:
                self.findings.append(
                    Finding(
                        "empty-file",
                        Source(path.relative_to(self.root).as_posix(), "").on(1),
                        "there is no such file",
                    )
                )
            return None
        name = path.relative_to(self.root).as_posix()
        if path.stat().st_size > LARGEST:
            self.findings.append(
                Finding(
                    "wrong-value",
                    Source(name, "").on(1),
                    f"the file is larger than {LARGEST // 1_000_000} MB",
                )
            )
            return None
        try:
            source = read(self.root, path)
        except Undecodable as error:
            place = Source(name, "").on(error.line, error.column)
            self.findings.append(Finding("encoding", place, f"the file is not UTF-8: byte 0x{error.byte:02x}"))
            return None
        self.files += 1
        self.hash.update(f"{name}\0{source.text}\0".encode())
        return source

    def document(self, path: Path) -> Document | None:
        """Read one file with front matter."""
        source = self.read(path)
        if source is None:
            return None
        document, findings = frontmatter.split(source)
        self.findings += findings
        return None if findings else document

    def record(self, key: str, document: Document, model: type[Model]) -> Record[Model] | None:
        """Validate one document as `model`."""
        fields, findings = frontmatter.read_fields(document, model)
        self.findings += findings
        return None if fields is None else Record(key, fields, document)

    def key(self, path: Path) -> str | None:
        """Return the key that a file's name gives."""
        if _KEY.fullmatch(path.stem):
            return path.stem
        place = Source(path.relative_to(self.root).as_posix(), "").on(1)
        self.findings.append(Finding("file-name", place, f"`{path.stem}` is not a key"))
        return None

    def entries(self) -> dict[str, Entry]:
        """Read every .bib file."""
        batches = []
        for path in layout.bibliographies(self.root):
            source = self.read(path)
            if source is not None:
                entries, findings = bibliography.parse(source)
                batches.append(entries)
                self.findings += findings
        merged, findings = bibliography.merge(batches)
        self.findings += findings
        return merged

    def seals(self) -> dict[str, Seal]:
        """Read the seals of the reports' texts."""
        found: dict[str, Seal] = {}
        for path in sorted((self.root / seals.FOLDER).glob("*.json")):
            source = self.read(path)
            seal = seals.read(source) if source else None
            if seal is not None:
                found[seal.report] = seal
        return found

    def codings(self) -> tuple[Sheet, ...]:
        """Read the coders' sheets."""
        sheets = []
        for path in layout.codings(self.root):
            source = self.read(path)
            if source is not None:
                sheet, findings = codings.read(source)
                sheets.append(sheet)
                self.findings += findings
        return tuple(sheets)

    def shelf(self, folder: str, model: type[Strict]) -> dict[str, Record[Strict]]:
        """Read a folder of records of one kind."""
        records: dict[str, Record[Strict]] = {}
        for path in layout.markdown(self.root, folder):
            key, document = self.key(path), self.document(path)
            record = self.record(key, document, model) if key and document else None
            if record:
                records[record.key] = record
        return records

    def reports(self, entries: Mapping[str, Entry]) -> dict[str, Report]:
        """Read the reports' pages; each belongs to an entry of the corpus."""
        corpus = {key for key, entry in entries.items() if entry.place.path == layout.CORPUS_BIB}
        found: dict[str, Report] = {}
        for path in layout.markdown(self.root, layout.REPORTS):
            key, document = self.key(path), self.document(path)
            if key is None or document is None:
                continue
            record = self.record(key, document, ReportMatter)
            page, findings = grammar.parse(document)
            self.findings += findings
            if key not in corpus:
                self.findings.append(
                    Finding(
                        "no-report",
                        document.source.on(1),
                        f"bibliography/reports.bib has no entry `{key}`",
                        nearest(key, sorted(corpus)),
                    )
                )
            elif record:
                found[key] = Report(key, entries[key], record, page)
        return dict(sorted(found.items(), key=lambda item: (item[1].sort_date, item[0])))

    def annotations(self) -> dict[tuple[str, str], Record[Signed]]:
        """Read the records under docs/annotations/<report>/."""
        records: dict[tuple[str, str], Record[Signed]] = {}
        for path in layout.markdown(self.root, layout.ANNOTATIONS, depth=2):
            key, document = self.key(path), self.document(path)
            if key is None or document is None:
                continue
            model = self._model(document)
            record = self.record(key, document, model) if model else None
            if record:
                records[path.parent.name, key] = record
        return records

    def _model(self, document: Document) -> type[Signed] | None:
        """Choose an annotation's model by its `kind`."""
        data = document.matter.data
        kind = data.get("kind") if isinstance(data, dict) else None
        if isinstance(kind, str) and kind in ANNOTATIONS:
            return ANNOTATIONS[Kind(kind)]
        kinds = [str(one) for one in Kind]
        if kind is None:
            self.findings.append(
                Finding("missing-field", document.source.on(1), "the field `kind` is missing", nearest("", kinds))
            )
        else:
            self.findings.append(
                Finding(
                    "wrong-value",
                    document.matter.place(("kind",)),
                    f"`{kind}` is not a value of `kind`",
                    nearest(str(kind), kinds),
                )
            )
        return None

    def pages(self) -> tuple[EditionMatter | None, dict[str, Source]]:
        """Read the hand-written pages; docs/index.md also describes the edition."""
        pages: dict[str, Source] = {}
        for path in layout.pages(self.root):
            source = self.read(path)
            if source is not None:
                pages[path.relative_to(self.root / layout.DOCS).as_posix()] = source
        index = self.document(self.root / layout.INDEX) if "index.md" in pages else None
        record = self.record("index", index, EditionMatter) if index else None
        self.files -= 1 if index else 0
        return record.fields if record else None, pages


def natural(label: str) -> list[tuple[int, str]]:
    """Return a sort key that puts note 2 before note 10 and 3-2 before 12-1."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", label) if part]


def end_of(date: str) -> str:
    """Fill up a date known to the year or month to its end: `2025` → `2025-12-31`."""
    first = date.split("/")[0]
    return first + "-12-31"[3 * (first.count("-")) :] if first else "9999-12-31"


def missing_reports(entries: Mapping[str, Entry], reports: Iterable[str]) -> list[Entry]:
    """Return the entries of the corpus that have no page."""
    held = set(reports)
    return [entry for key, entry in entries.items() if entry.place.path == layout.CORPUS_BIB and key not in held]
