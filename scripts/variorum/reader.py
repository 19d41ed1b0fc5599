"""The reader: files of the edition made records, kind after kind, and what is wrong with them kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from . import bibliography, codings, frontmatter, grammar, layout, seals
from .bibliography import Entry
from .codings import Sheet
from .findings import Finding, nearest
from .frontmatter import Document, Record
from .records import ANNOTATIONS, KEY, EditionMatter, ReportMatter, Signed, Strict
from .report import Report
from .seals import Seal
from .source import Source, Undecodable, read
from .words import Kind

Model = TypeVar("Model", bound=Strict)
_KEY = re.compile(f"^{KEY}$")
LARGEST = 5_000_000
"""Bytes that a file of the edition may have."""


@dataclass
class Reader:
    """Read files one kind after another and keep what is wrong with them."""

    root: Path
    findings: list[Finding] = field(default_factory=list)
    unread: list[Document] = field(default_factory=list)
    files: int = 0
    hash: hashlib._Hash = field(default_factory=hashlib.sha256)

    def read(self, path: Path, required: bool = True) -> Source | None:
        """Read one file as text, or say why not."""
        name = path.relative_to(self.root).as_posix()
        if layout.is_link(self.root, name):
            return None  # the checks name it; what it leads to is nobody's business
        if not path.is_file():
            if required:
                self.findings.append(
                    Finding(
                        "empty-file",
                        Source(name, "").on(1),
                        "there is no such file",
                    )
                )
            return None
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
            place = Source(name, path.read_bytes().decode("utf-8", "replace")).on(error.line, error.column)
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
        if fields is None:
            self.unread.append(document)
            return None
        return Record(key, fields, document)

    def key(self, path: Path) -> str | None:
        """Return the key that a file's name gives."""
        if _KEY.fullmatch(path.stem):
            return path.stem
        place = Source(path.relative_to(self.root).as_posix(), "").on(1)
        hint = f"`{re.sub(r'[^a-z0-9]+', '-', path.stem.lower()).strip('-')}.md`"
        self.findings.append(Finding("file-name", place, f"`{path.stem}` is not a key", hint))
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
        for path in sorted((self.root / layout.SEALS).glob("*.json")):
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
        self.unread.append(document)
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
        self.unread = [one for one in self.unread if one is not index]  # it is among the pages already
        self.files -= 1 if index else 0
        return record.fields if record else None, pages
