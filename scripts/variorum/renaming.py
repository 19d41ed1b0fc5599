"""Renaming: a record gets a new key, its old one stays as an alias, and whatever names it follows.

Worked out as one change of many files before any of it is written.
"""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import layout
from .citations import groups, without_code
from .drafts import Unfit
from .edition import Edition
from .findings import nearest
from .frontmatter import Record
from .intake import corrections
from .records import KEY, Relation, Reply, parts
from .source import Source, read
from .writing import Batch, Edit, add_to_list, apply, scalar

FIELDS = {
    "propositions": (),
    "topics": ("topic",),
    "quantities": ("quantity",),
    "people": ("person", "speaker", "who", "via"),
    "editors": ("by",),
    "retired": (),
    "sources": ("source",),
    "reports": ("source",),
    "annotations": (),
}
"""For each kind of key the fields of records that name one."""
_COLUMNS = {"propositions": "proposition", "reports": "report", "people": "speaker"}
_OPENING = re.compile(rf"^(?P<start>\s*@\w+\s*\{{\s*)(?P<key>{KEY})\s*,", re.MULTILINE)
_LINK = re.compile(r"(?P<open>\]\(\s*<?|^[ ]{0,3}\[[^\]^]+\]:\s*<?)(?P<href>[^\s)>]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Name:
    """Say what is renamed: its kind, as the folder it stands in, and its old and new key."""

    kind: str
    old: str
    new: str


@dataclass
class _Plan:
    """Collect what moves and what changes inside files."""

    root: Path
    edition: Edition
    name: Name
    moved: dict[str, str] = field(default_factory=dict)
    edits: dict[str, list[Edit]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)

    def edit(self, path: str, edit: Edit) -> None:
        self.edits.setdefault(path, []).append(edit)


def find(edition: Edition, old: str, new: str) -> Name:
    """Tell what `old` names: `vassal`, `people/kestrel`, `report/slug`; raises `Unfit` where that is not one thing."""
    folder, _, key = old.rpartition("/")
    if folder in edition.reports:
        _wanted((folder, key) in edition.annotations, old, [f"{a}/{b}" for a, b in edition.annotations])
        slug = new.rpartition("/")[2]
        _free(slug, {b for a, b in edition.annotations if a == folder} | set(edition.propositions))
        return Name("annotations", f"{folder}/{key}", f"{folder}/{slug}")
    kinds = [kind for kind in FIELDS if kind != "annotations" and (not folder or kind == folder)]
    found = [kind for kind in kinds if key in _keys(edition, kind)]
    _wanted(bool(found), old, [held for kind in kinds for held in _keys(edition, kind)])
    if len(found) > 1:
        raise Unfit(f"`{key}` is the key of several records; write " + " or ".join(f"`{kind}/{key}`" for kind in found))
    _free(new, _keys(edition, found[0]))
    return Name(found[0], key, new)


def plan(root: Path, edition: Edition, name: Name) -> Batch:
    """Return the change of files that renames a record."""
    made = _Plan(root, edition, name)
    _move(made)
    _alias(made)
    for record in edition.annotations.values():
        _fields(made, record)
    for topical in (*edition.propositions.values(), *edition.quantities.values()):
        _fields(made, topical)
    for source in edition.sources():
        _text(made, source)
    _tables(made)
    _bibliography(made)
    read = {held.path: held.text for held in edition.sources()}
    written = {made.moved.get(path, path): apply(read[path], edits) for path, edits in made.edits.items()}
    return Batch(root, {**written, **made.texts}, made.moved, {**read, **made.read})


def _keys(edition: Edition, kind: str) -> set[str]:
    if kind == "sources":
        return set(edition.entries) - set(edition.reports)
    return set(getattr(edition, kind))


def _wanted(there: bool, old: str, known: list[str]) -> None:
    if not there:
        raise Unfit(f"there is no record `{old}`; {nearest(old, known) or 'see `variorum show`'}")


def _free(new: str, taken: set[str]) -> None:
    if not re.fullmatch(KEY, new):
        raise Unfit(f"`{new}` is not a key: small letters, digits and single hyphens")
    if new in taken:
        raise Unfit(f"there is a record `{new}` already")


def _move(made: _Plan) -> None:
    name = made.name
    if name.kind in layout.SHELVES:
        folder = layout.SHELVES[name.kind].folder
        made.moved[f"{folder}/{name.old}.md"] = f"{folder}/{name.new}.md"
    if name.kind == "editors" and (made.root / f"{layout.CODINGS}/{name.old}.csv").is_file():
        made.moved[f"{layout.CODINGS}/{name.old}.csv"] = f"{layout.CODINGS}/{name.new}.csv"
    if name.kind == "annotations":
        made.moved[f"{layout.ANNOTATIONS}/{name.old}.md"] = f"{layout.ANNOTATIONS}/{name.new}.md"
    if name.kind == "propositions":
        for report, slug in made.edition.annotations:
            if slug == name.old:
                folder = f"{layout.ANNOTATIONS}/{report}"
                made.moved[f"{folder}/{slug}.md"] = f"{folder}/{name.new}.md"
    if name.kind == "reports":
        made.moved[f"{layout.REPORTS}/{name.old}.md"] = f"{layout.REPORTS}/{name.new}.md"
        for path in (*sorted((made.root / layout.ANNOTATIONS / name.old).glob("*")), *_beside(made)):
            old = path.relative_to(made.root).as_posix()
            made.moved[old] = re.sub(rf"(?<=/){re.escape(name.old)}(?=[/.])", name.new, old)


def _beside(made: _Plan) -> Iterator[Path]:
    """Yield what the bibliography keeps for a report: its seal, the corrections of its import."""
    for folder in (layout.SEALS, corrections.FOLDER):
        yield from sorted((made.root / folder).glob(f"{made.name.old}.*"))


def _alias(made: _Plan) -> None:
    """Leave the old key with every record that gets a new address of its own."""
    shelves: list[Any] = [
        *made.edition.annotations.values(),
        *(report.record for report in made.edition.reports.values()),
    ]
    for shelf in layout.SHELVES:
        shelves += getattr(made.edition, shelf).values()
    for record in shelves:
        new = made.moved.get(record.path)
        old = Path(record.path).stem
        if new and old != Path(new).stem and "aliases" in type(record.fields).model_fields:
            made.edit(record.path, _with_alias(record, old, Path(new).stem))


def _with_alias(record: Record[Any], old: str, new: str) -> Edit:
    """Add the old key to the aliases; a record that gets back a key it had is not its own alias."""
    held = record.fields.aliases
    if new not in held:
        return add_to_list(record.document, "aliases", old)
    start, end = record.document.matter.span(["aliases"])
    kept = [scalar(one) for one in (*held, old) if one != new]
    return Edit(start, end, f"[{', '.join(kept)}]" + ("\n" if record.document.source.text[end - 1] == "\n" else ""))


def _fields(made: _Plan, record: Record[Any]) -> None:
    """Mend the fields of a record that name the key."""
    name = made.name
    for path, model in parts(record.fields):
        for wanted in FIELDS[name.kind]:
            value = getattr(model, wanted, None)
            held = enumerate(value) if isinstance(value, tuple) else [(None, value)]
            for index, one in held:
                if one == name.old:
                    place = (*path, wanted) if index is None else (*path, wanted, index)
                    _swap(made, record, place if _is_there(record, place) else (*path, wanted), name.old, name.new)
    fields = record.fields
    if isinstance(fields, Relation) and name.kind == "reports":
        for wanted, passage in (("from", fields.origin), ("to", fields.to)):
            if passage.partition("#")[0] == name.old:
                _swap(made, record, (wanted,), name.old + "#", name.new + "#")
    if isinstance(fields, Reply):
        new = _answered(name, fields.to)
        if new != fields.to:
            _swap(made, record, ("to",), fields.to, new)


def _is_there(record: Record[Any], path: tuple[str | int, ...]) -> bool:
    """Tell whether a list was written as one; a single word stands for a list of one."""
    data = record.document.matter.data
    for part in path[:-1]:
        data = data[part]
    return not isinstance(data, str)


def _answered(name: Name, to: str) -> str:
    report, _, slug = to.partition("/")
    if name.kind == "annotations":
        return name.new if to == name.old else to
    if name.kind == "reports" and report == name.old:
        return f"{name.new}/{slug}"
    return f"{report}/{name.new}" if name.kind == "propositions" and slug == name.old else to


def _swap(made: _Plan, record: Record[Any], path: tuple[str | int, ...], old: str, new: str) -> None:
    """Put `new` where `old` stands in the value at `path`, within whatever quotation marks it has."""
    start, end = record.document.matter.span(path)
    at = record.document.source.text.find(old, start, end)
    if at >= 0:
        made.edit(record.path, Edit(at, at + len(old), new))


def _text(made: _Plan, source: Source) -> None:
    """Mend links, citations and the speakers of units in a file's text."""
    name, path = made.name, source.path
    bare = without_code(source.text)
    for match in _LINK.finditer(bare):
        new = _href(made, path, match["href"])
        if new != match["href"]:
            made.edit(path, Edit(match.start("href"), match.end("href"), new))
    if name.kind in ("sources", "reports"):
        for _, _, found in groups(bare):
            for one in found:
                if one.key == name.old:
                    made.edit(path, Edit(one.offset + 1, one.offset + 1 + len(name.old), name.new))
    if name.kind == "people" and path.startswith(layout.REPORTS):
        for match in re.finditer(rf"^\{{:[^}}\n]*speaker=({re.escape(name.old)})(?=[ }}])", source.text, re.MULTILINE):
            made.edit(path, Edit(match.start(1), match.end(1), name.new))


def _href(made: _Plan, path: str, href: str) -> str:
    """Return where a link leads once files have moved."""
    name = made.name
    target, mark, fragment = href.partition("#")
    if re.match(r"[a-z][a-z0-9+.-]*:|//", target, re.IGNORECASE):
        return href
    here = posixpath.dirname(path)
    there = posixpath.normpath(posixpath.join(here, target)) if target else path
    if there == f"{layout.DOCS}/matrix.md" and name.kind in ("propositions", "reports"):
        row, cut, column = fragment.partition("--")
        row, column = (
            name.new if name.kind == kind and part == name.old else part
            for kind, part in (("propositions", row), ("reports", column))
        )
        fragment = row + cut + column
    if there.startswith(f"{layout.DOCS}/propositions/") and name.kind == "reports" and fragment == name.old:
        fragment = name.new
    moved = made.moved.get(
        there, f"{layout.DOCS}/sources/{name.new}.md" if there == f"{layout.DOCS}/sources/{name.old}.md" else there
    )
    new_here = posixpath.dirname(made.moved.get(path, path))
    if target and (moved != there or new_here != here):
        target = posixpath.relpath(moved, new_here)
    return target + mark + fragment


def _tables(made: _Plan) -> None:
    """Mend the coders' sheets, line by line, so that untouched lines keep their bytes."""
    column = _COLUMNS.get(made.name.kind)
    for path in sorted((made.root / layout.CODINGS).glob("*.csv")) if column else []:
        lines = _text_of(made, path).splitlines(keepends=True)
        head = next(csv.reader(lines[:1]), [])
        if column not in head:
            continue
        new = [lines[0], *(_row(line, head.index(column), made.name) for line in lines[1:])]
        if new != lines:
            made.texts[path.relative_to(made.root).as_posix()] = "".join(new)


def _row(line: str, index: int, name: Name) -> str:
    row = next(csv.reader([line]), [])
    if len(row) <= index or row[index] != name.old:
        return line
    row[index] = name.new
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(row)
    return out.getvalue() + line[len(line.rstrip("\r\n")) :]


def _bibliography(made: _Plan) -> None:
    """Mend the entry’s key and what the bibliography keeps beside a report."""
    name = made.name
    if name.kind not in ("sources", "reports"):
        return
    for path in layout.bibliographies(made.root):
        text = _text_of(made, path)
        new = _renamed(text, name)
        if new != text:
            made.texts[path.relative_to(made.root).as_posix()] = new
    for old, new in [(old, new) for old, new in made.moved.items() if old.startswith(layout.BIBLIOGRAPHY)]:
        text = _text_of(made, made.root / old)
        made.texts[new] = re.sub(
            rf"(\"?report\"?: \"?){re.escape(name.old)}(?![\w-])", rf"\g<1>{name.new}", text, count=1
        )


def _renamed(text: str, name: Name) -> str:
    """Give an entry its new key, the old one in `ids`, where BibLaTeX keeps further keys of an entry."""
    opening = next((match for match in _OPENING.finditer(text) if match["key"] == name.old), None)
    if opening is None:
        return text
    following = _OPENING.search(text, opening.end())
    end = following.start() if following else len(text)
    head, entry, rest = text[: opening.start()], text[opening.end() : end], text[end:]
    held = re.search(r"\n[ \t]*ids\s*=\s*\{(?P<ids>[^{}]*)\},?", entry)
    ids = [one.strip() for one in held["ids"].split(",")] if held else []
    if held:
        entry = entry[: held.start()] + entry[held.end() :]
    kept = ", ".join(one for one in (*ids, name.old) if one and one != name.new)
    return f"{head}{opening['start']}{name.new},\n  ids = {{{kept}}},{entry}{rest}"


def _text_of(made: _Plan, path: Path) -> str:
    held = read(made.root, path)
    made.read[held.path] = held.text
    return held.text
