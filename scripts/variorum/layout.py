"""Where each kind of record lives: the only module that knows the edition's folders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .records import Editor, Person, Proposition, Quantity, Retired, Strict, Topic

DOCS = "docs"
INDEX = "docs/index.md"
REPORTS = "docs/reports"
ANNOTATIONS = "docs/annotations"
BIBLIOGRAPHY = "bibliography"
CORPUS_BIB = "bibliography/reports.bib"
LOCK = "bibliography/citations.lock.json"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Name a folder of records of one kind, each file's stem its key."""

    folder: str
    model: type[Strict]


SHELVES: dict[str, Shelf] = {
    "propositions": Shelf("docs/propositions", Proposition),
    "topics": Shelf("docs/topics", Topic),
    "quantities": Shelf("docs/quantities", Quantity),
    "people": Shelf("docs/people", Person),
    "editors": Shelf("docs/editors", Editor),
    "retired": Shelf("docs/retired", Retired),
}

RECORD_FOLDERS = frozenset({"reports", "annotations", "codings", *SHELVES})
"""Folders under docs/ whose files are records, not pages."""


def is_link(root: Path, path: Path) -> bool:
    """Tell whether a file, or a folder on the way to it, is a symbolic link."""
    return any(one.is_symlink() for one in (path, *path.parents) if one != root and root in one.parents)


def markdown(root: Path, folder: str, depth: int = 1) -> Iterator[Path]:
    """Yield the Markdown files `depth` levels below a folder of the edition, in order of name."""
    start = root / folder
    if not start.is_dir():
        return
    pattern = "/".join(["*"] * (depth - 1) + ["*.md"])
    yield from sorted(path for path in start.glob(pattern) if path.is_file() and not path.name.startswith((".", "_")))


def codings(root: Path) -> Iterator[Path]:
    """Yield the coders' sheets."""
    yield from sorted((root / "docs/codings").glob("*.csv"))


def pages(root: Path) -> Iterator[Path]:
    """Yield the hand-written pages: Markdown under docs/ that is not a record."""
    docs = root / DOCS
    for path in sorted(docs.rglob("*.md")):
        parts = path.relative_to(docs).parts
        if parts[0] not in RECORD_FOLDERS and path.is_file():
            yield path


def bibliographies(root: Path) -> Iterator[Path]:
    """Yield the .bib files, the corpus first."""
    folder = root / BIBLIOGRAPHY
    if folder.is_dir():
        yield from sorted(folder.glob("*.bib"), key=lambda path: (path.name != "reports.bib", path.name))
