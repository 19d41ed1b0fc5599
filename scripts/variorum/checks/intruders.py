"""Rules on what a stranger might slip in: links out of the tree, fields of the host, values that hide what they are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import layout, plain
from ..addresses import file_of
from ..citations import without_code
from ..edition import Edition
from ..findings import Finding, cut
from ..guard import META
from ..source import Source

_FENCED = re.compile(r"\A---[ \t]*\n(?P<matter>.*?\n)---[ \t]*$", re.DOTALL | re.MULTILINE)
_BARE_META = re.compile(r"\A[ ]{0,3}[A-Za-z0-9_-]+:\s")
_FIELD = re.compile(r"^(?P<name>[^\s:#][^:\n]*):(?P<value>.*)$", re.MULTILINE)
_GENERATED = frozenset({"about/editors", "about/agreement", "matrix"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def files_are_plain(edition: Edition) -> Iterator[Finding]:
    """Want plain files alone: a link may lead out of the tree, and a pipe may never end."""
    for top in (layout.DOCS, layout.BIBLIOGRAPHY):
        if (edition.root / top).is_symlink():
            yield _unexpected(top, "a symbolic link")
        elif (edition.root / top).is_dir():
            yield from _within(edition.root / top, top)


def _within(folder: Path | str, name: str) -> Iterator[Finding]:
    with os.scandir(folder) as found:
        for entry in sorted(found, key=lambda entry: entry.name):
            if entry.is_symlink():
                yield _unexpected(f"{name}/{entry.name}", "a symbolic link")
            elif entry.is_dir():
                yield from _within(entry.path, f"{name}/{entry.name}")
            elif not entry.is_file():
                yield _unexpected(f"{name}/{entry.name}", "no plain file")


def _unexpected(path: str, what: str) -> Finding:
    return Finding("unexpected-file", Source(path, "").on(1), f"`{cut(path)}` is {what}")


def pages_are_pages(edition: Edition) -> Iterator[Finding]:
    """Want nothing in a hand-written page's front matter but a plain title, description and what is hidden."""
    for path, source in edition.pages.items():
        if path == "index.md":
            continue
        if path.removesuffix(".md") in _GENERATED or path == file_of("about/editors"):
            yield Finding("unexpected-file", source.on(1), "the edition makes the page at this address itself")
        fenced = _FENCED.match(source.text)
        if fenced is None:
            if source.text.startswith("---") or _BARE_META.match(source.text):
                yield Finding("front-matter", source.on(1, 1, 200), "a first line that a host takes for front matter")
            continue
        for field in _FIELD.finditer(fenced["matter"]):
            place = source.at(fenced.start("matter") + field.start(), len(field["name"]))
            if field["name"] not in META:
                yield Finding(
                    "unknown-field",
                    place,
                    f"there is no field `{cut(field['name'])}` on a page",
                    "one of `title`, `description`, `hide`",
                )
            elif re.search(r"[<>\\]|&[#a-z]", field["value"]):
                yield Finding("raw-html", place, f"HTML or an escape in `{field['name']}`")


def values_are_clean(edition: Edition) -> Iterator[Finding]:
    """Want nothing in a value that its file's text does not show: an escape may stand for a tag."""
    for record in edition.records():
        text = record.document.source.text
        for path, value in _strings(record.document.matter.data):
            if value not in text or _CONTROL.search(value):
                place = record.place(*path)
                seen = Source(place.path, value)
                for finding in plain.unclean(seen, 0, value, without_code(value)):
                    yield Finding(finding.rule, place, f"{finding.message}, written as an escape")
                for match in _CONTROL.finditer(value):
                    yield Finding(
                        "control-character", place, f"the character U+{ord(match[0]):04X}, written as an escape"
                    )


def entries_are_clean(edition: Edition) -> Iterator[Finding]:
    """Want no tag or control character that only decoding LaTeX brings about; reading finds what a file shows."""
    told = {(finding.place.path, finding.rule) for finding in edition.findings}
    for entry in edition.entries.values():
        names = (part for held in entry.names.values() for name in held for part in (name.full, name.literal))
        for value in (*entry.fields.values(), *names):
            if "<" in value or not value.isprintable():
                for finding in plain.unclean(Source(entry.place.path, value), 0, value, value):
                    if (entry.place.path, finding.rule) not in told:
                        yield Finding(finding.rule, entry.place, f"{finding.message} in `{entry.key}`")


def _strings(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from _strings(value, (*path, name))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _strings(value, (*path, index))
