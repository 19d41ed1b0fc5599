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
        for parts in layout.below(start):
            if (len(parts) == depth and parts[-1].endswith(ending)) or any(one.startswith((".", "_")) for one in parts):
                continue
            if start.joinpath(*parts).is_file():
                where = f"docs/{folder}/" + ("<report>/" if depth == 2 else "") + f"<key>{ending}"
                name = "/".join((layout.DOCS, folder, *parts))
                yield Finding(
                    "unexpected-file",
                    Source(name, "").on(1),
                    f"records stand at `{where}`; this file is read by nobody",
                )


def only_pages_are_published(edition: Edition) -> Iterator[Finding]:
    """Want nothing but Markdown beside the records: a host publishes any other file as it is, scripts and all."""
    docs = edition.root / layout.DOCS
    for parts in layout.below(docs, layout.RECORD_FOLDERS):
        hidden = any(part.startswith(".") for part in parts)
        if not hidden and not parts[-1].endswith(".md") and docs.joinpath(*parts).is_file():
            name = "/".join((layout.DOCS, *parts))
            yield Finding(
                "unexpected-file", Source(name, "").on(1), "a file that is no Markdown page; a page ends in `.md`"
            )
