"""Where each kind of record lives: the module that knows the edition's folders.

Only the reports' texts and the corrections of their import have theirs in `texts` and `intake`, which know no records.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .records import Editor, Person, Proposition, Quantity, Retired, Strict, Topic

DOCS = "docs"
INDEX = "docs/index.md"
REPORTS = "docs/reports"
ANNOTATIONS = "docs/annotations"
CODINGS = "docs/codings"
BIBLIOGRAPHY = "bibliography"
CORPUS_BIB = "bibliography/reports.bib"
LOCK = "bibliography/citations.lock.json"
LEDGER = "bibliography/addresses.txt"
OFFICIAL_NAMES = "bibliography/official-names.yml"
SEALS = "bibliography/seals"
RELEASES = "bibliography/releases"


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


def is_link(root: Path, name: str) -> bool:
    """Tell whether a file of the edition, or a folder on the way to it, is a symbolic link."""
    ends = (*(match.start() for match in re.finditer("/", name)), len(name))
    return any(os.path.islink(f"{root}/{name[:end]}") for end in ends)


def markdown(root: Path, folder: str, depth: int = 1) -> Iterator[Path]:
    """Yield the Markdown files `depth` levels below a folder of the edition, in order of name."""
    start = root / folder
    if not start.is_dir():
        return
    pattern = "/".join(["*"] * (depth - 1) + ["*.md"])
    found = (path for path in start.glob(pattern) if not path.name.startswith((".", "_")) and path.is_file())
    yield from sorted(found, key=lambda path: path.parts)


def below(folder: Path, without: frozenset[str] = frozenset()) -> list[tuple[str, ...]]:
    """Return whatever is no folder below one, in order, each as the names on the way there.

    What stands in the folders `without` directly below is left out.
    """
    found: list[tuple[str, ...]] = []
    for at, folders, files in os.walk(folder):
        inside = Path(at).relative_to(folder).parts
        if not inside:
            folders[:] = [name for name in folders if name not in without]
        found += [(*inside, name) for name in files]
    return sorted(found)


def codings(root: Path) -> Iterator[Path]:
    """Yield the coders' sheets."""
    yield from sorted((root / CODINGS).glob("*.csv"))


def pages(root: Path) -> Iterator[Path]:
    """Yield the hand-written pages: Markdown under docs/ that is not a record."""
    docs = root / DOCS
    for parts in below(docs, RECORD_FOLDERS):
        path = docs.joinpath(*parts)
        if parts[-1].endswith(".md") and path.is_file():
            yield path


def bibliographies(root: Path) -> Iterator[Path]:
    """Yield the .bib files, the corpus first."""
    folder = root / BIBLIOGRAPHY
    if folder.is_dir():
        yield from sorted(folder.glob("*.bib"), key=lambda path: (path.name != "reports.bib", path.name))
