"""Rules on where files stand."""

from __future__ import annotations

from collections.abc import Iterator

from .. import layout
from ..edition import Edition
from ..findings import Finding
from ..source import Source


def stand_where_they_belong(edition: Edition) -> Iterator[Finding]:
    """Want nothing in a folder of records but records, each at its depth: a file elsewhere would be read by nobody."""
    for folder in sorted(layout.RECORD_FOLDERS):
        start = edition.root / layout.DOCS / folder
        depth, ending = (2 if folder == "annotations" else 1), (".csv" if folder == "codings" else ".md")
        for path in sorted(start.rglob("*")) if start.is_dir() else ():
            parts = path.relative_to(start).parts
            if not path.is_file() or any(part.startswith((".", "_")) for part in parts):
                continue
            if len(parts) != depth or path.suffix != ending:
                where = f"docs/{folder}/" + ("<report>/" if depth == 2 else "") + f"<key>{ending}"
                name = path.relative_to(edition.root).as_posix()
                yield Finding(
                    "unexpected-file",
                    Source(name, "").on(1),
                    f"records stand at `{where}`; this file is read by nobody",
                )


def only_pages_are_published(edition: Edition) -> Iterator[Finding]:
    """Want nothing but Markdown beside the records: a host publishes any other file as it is, scripts and all."""
    docs = edition.root / layout.DOCS
    for path in sorted(docs.rglob("*")):
        parts = path.relative_to(docs).parts
        hidden = any(part.startswith(".") for part in parts)
        if path.is_file() and not hidden and parts[0] not in layout.RECORD_FOLDERS and path.suffix != ".md":
            name = path.relative_to(edition.root).as_posix()
            yield Finding(
                "unexpected-file", Source(name, "").on(1), "a file that is no Markdown page; a page ends in `.md`"
            )
