"""The bibliography: .bib files made into entries, with every fault of the format named.

The only module that knows bibtexparser. Its parser never raises and keeps silent about most of what a contributor gets
wrong (a missing comma joins two fields, an undefined @string stays as text), so those are looked for here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import bibtexparser
from bibtexparser import Library
from bibtexparser.middlewares import RemoveEnclosingMiddleware
from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import Block as Anything
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
)
from bibtexparser.model import Entry as Block
from pylatexenc.latex2text import LatexNodes2Text

from . import biblatex
from .findings import Finding, cut, nearest
from .plain import unclean
from .records import KEY
from .source import Place, Source

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

NAME_FIELDS = ("author", "editor", "translator", "bookauthor")
_VERBATIM = frozenset({"url", "doi", "file", "eprint", "urldate", "date", "isbn", "issn", "keywords", "pages"})
_KEY = re.compile(f"^{KEY}$")
_DATE = re.compile(r"^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?:/(?:\d{4}(?:-\d{2}(?:-\d{2})?)?)?)?$")
_HEAD = re.compile(r"@\s*(?P<type>\w+)\s*[{(]\s*(?P<key>[^\s,{}()=]*)")
_FIELD = re.compile(r"^[ \t]*([A-Za-z][\w-]*)\s*=", re.MULTILINE)
_RUN_ON = re.compile(r"[}\"]\s*([a-z][a-z_-]*)\s*=\s*[{\"\d]", re.IGNORECASE)
_RUN_ON_BARE = re.compile(r"^\w+\s+([a-z][a-z_-]*)\s*=", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([%&_#~{}])")
_UNESCAPED = re.compile(r"(?<!\\)([%&])")
_latex = LatexNodes2Text(math_mode="verbatim", keep_comments=True)


@dataclass(frozen=True, slots=True)
class Name:
    """Hold a person's name in parts, or a body's as `literal`."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def short(self) -> str:
        """Return the name as used in running text: the family name, or the body's."""
        return self.literal or " ".join(filter(None, [self.particle, self.family]))

    @property
    def full(self) -> str:
        """Return the name in reading order."""
        return self.literal or " ".join(filter(None, [self.given, self.particle, self.family, self.suffix]))


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one work: its key, BibLaTeX type, names by role, and the other fields as text."""

    key: str
    type: str
    fields: dict[str, str]
    names: dict[str, tuple[Name, ...]]
    place: Place = field(compare=False)

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    @property
    def is_read(self) -> bool:
        """Tell whether the entry could be read: of a broken one only the key is known."""
        return bool(self.fields or self.names)

    @property
    def authors(self) -> tuple[Name, ...]:
        """Return the authors, or the editors where there are none."""
        return self.names.get("author") or self.names.get("editor") or ()

    @property
    def byline(self) -> str:
        """Return the short byline: one or two family names, or the first with “et al.”."""
        names = [name.short for name in self.authors]
        if len(names) > 2:
            return f"{names[0]} et al."
        return " & ".join(names) or self["organization"] or self["journaltitle"] or self["institution"]

    @property
    def title(self) -> str:
        """Return the title."""
        return self["title"]

    @property
    def date(self) -> str:
        """Return the date as given, ISO 8601."""
        return self["date"] or self["year"]


def parse(source: Source) -> tuple[list[Entry], list[Finding]]:
    """Read one .bib file; what is broken becomes a finding, and of a broken entry the key at least is kept."""
    findings = list(unclean(source, 0, source.text, source.text))
    entries = []
    broken = False
    for block in bibtexparser.parse_string(source.text).blocks:
        whole: Anything | None = block
        if isinstance(block, DuplicateFieldKeyBlock) and isinstance(block.ignore_error_block, Block):
            whole = RemoveEnclosingMiddleware().transform_entry(block.ignore_error_block, Library())
        if isinstance(whole, Block):
            entry, misnamed = _entry(source, whole)
            entries.append(entry)
            faults = list(_faults(source, whole))
            findings += faults if any(fault.rule == "bib-comma" for fault in faults) else faults + misnamed
        elif isinstance(block, DuplicateBlockKeyBlock):
            place, first = _head(source, block)[1], (block.previous_block.start_line or 0) + 1
            said = f"the key `{block.key}` is taken"
            findings.append(Finding("bib-duplicate-key", place, said, f"first on line {first}"))
        elif isinstance(block, ParsingFailedBlock):
            found, stub = _unread(source, block)
            findings.append(found)
            entries += [stub] if stub else []
        elif isinstance(block, ImplicitComment) and not broken and (left := list(_left_over(source, block))):
            cut_off = entries[-1].place if entries else None
            findings = [found for found in findings if found.rule != "bib-field" or found.place != cut_off] + left
        broken = isinstance(block, ParsingFailedBlock)
    return entries, findings


def merge(batches: list[list[Entry]]) -> tuple[dict[str, Entry], list[Finding]]:
    """Join the entries of several files under their keys; the first of two wins."""
    entries: dict[str, Entry] = {}
    findings = []
    for entry in (entry for batch in batches for entry in batch):
        first = entries.setdefault(entry.key, entry)
        if first is not entry:
            where = f"first in {first.place.path}:{first.place.line}"
            findings.append(Finding("bib-duplicate-key", entry.place, f"the key `{entry.key}` is taken", where))
    return entries, findings


def _head(source: Source, block: Anything) -> tuple[str, Place]:
    """Return the key with which an entry begins and its place, or the place of the head where there is none."""
    line = (block.start_line or 0) + 1
    text = source.line(line)
    head = _HEAD.search(text)
    if head is None or not head["key"]:
        return "", source.on(line, 1, len(text))
    return head["key"], source.on(line, head.start("key") + 1, len(head["key"]))


def _at_type(source: Source, block: Block) -> Place:
    """Point at an entry’s type, behind its `@`."""
    line = (block.start_line or 0) + 1
    text = source.line(line)
    return source.on(line, text.find("@") + 2, len(block.entry_type))


def _unread(source: Source, block: ParsingFailedBlock) -> tuple[Finding, Entry | None]:
    """Say why an entry cannot be read; its key is kept, so that whatever cites it is not in fault as well."""
    key, place = _head(source, block)
    reason = str(getattr(block.error, "abort_reason", block.error))
    if not key or "comma after entry key" in reason:
        said = f"no comma after the key `{key}`" if key else "an entry without a key"
        found = Finding("bib-comma" if key else "bib-key", place, said)
    elif "block start" in reason or "end of file" in reason or "found `@" in reason:
        found = Finding("bib-syntax", _open_field(source, block) or place, f"the entry `{key}` is not closed")
    else:
        found = Finding("bib-syntax", place, f"the entry `{key}` has a field that is not `name = {{value}}`")
    return found, Entry(key, "", {}, {}, place) if _KEY.match(key) else None


def _open_field(source: Source, block: ParsingFailedBlock) -> Place | None:
    """Return the first field of an entry whose value is not closed before the next field begins."""
    starts = [match.start(1) for match in _FIELD.finditer(block.raw or "")]
    first = source.offset(source.on((block.start_line or 0) + 1))
    for start, end in zip(starts, [*starts[1:], None], strict=False):
        value = (block.raw or "")[start:end]
        if value.count("{") > value.count("}") or value.count('"') % 2:
            return source.at(first + start, len(value.split("\n")[0]))
    return None


def _left_over(source: Source, block: ImplicitComment) -> Iterator[Finding]:
    """Report fields outside any entry: the one before them was closed too early."""
    field_ = _FIELD.search(block.comment)
    if field_ or block.comment.strip().startswith("}"):
        line = (block.start_line or 0) + 1
        said = "this stands outside any entry: a brace too many before it"
        yield Finding("bib-syntax", source.on(line, 1, len(source.line(line))), said)


def _faults(source: Source, block: Block) -> Iterator[Finding]:
    place = _head(source, block)[1]
    if not _KEY.match(block.key):
        said = f"`{cut(block.key)}` is not a key" if block.key else "an entry without a key"
        yield Finding("bib-key", place, said)
    kind = block.entry_type.lower()
    if kind not in biblatex.TYPES:
        said = f"`{cut(kind)}` is not a type of BibLaTeX"
        yield Finding("bib-spelling", _at_type(source, block), said, nearest(kind, sorted(biblatex.TYPES)))
    seen: set[str] = set()
    run_ons = []
    for found in block.fields:
        name, text = found.key.lower(), str(found.value)
        bare = found.enclosing == "no-enclosing"
        run_on = _RUN_ON.search(text)
        run_ons.append(run_on)
        run_on = run_on or (_RUN_ON_BARE.search(text) if bare else None)
        if name in seen:
            said = f"the field `{name}` stands twice in `{block.key}`"
            yield Finding("bib-duplicate-field", _at_field(source, block, found), said)
        elif run_on:
            where = _after(source, _at_field(source, block, found), run_on[1])
            yield Finding("bib-comma", where, f"no comma before the field `{run_on[1]}`")
        elif bare and not text.isdigit():
            said = f"`{cut(text)}` stands without braces, and no `@string` has that name"
            yield Finding("bib-string", _in_field(source, block, found, text), said)
        elif name in ("date", "urldate") and not _DATE.match(text):
            yield Finding("bib-date", _in_field(source, block, found, text), f"`{cut(text)}` is not a date")
        elif name == "url" and not re.match(r"https?://[^\s/]", text):
            said = f"`{cut(text)}` is not an address of the web"
            yield Finding("unsafe-link", _in_field(source, block, found, text), said)
        elif likely := biblatex.meant(name):
            where = _at_field(source, block, found)
            yield Finding("bib-spelling", where, f"`{name}` is not a field of BibLaTeX", f"did you mean `{likely}`?")
        seen.add(name)
    titled = any(found.key.lower() == "title" and str(found.value).strip() for found in block.fields)
    if not any(run_ons) and not titled:
        yield Finding("bib-field", place, f"the entry `{block.key}` has no title")


def _at_field(source: Source, block: Block, found: Field) -> Place:
    """Point at a field's name; the parser knows the line of its equals sign."""
    line = (found.start_line or 0) + 1
    names = [match for match in re.finditer(r"(?<![\w-])[\w-]++(?=\s*=)", source.line(line)) if match[0] == found.key]
    same = [other for other in block.fields if other.start_line == found.start_line and other.key == found.key]
    index = next((index for index, other in enumerate(same) if other is found), 0)
    column = names[index].start() + 1 if index < len(names) else 1
    return source.on(line, column, len(found.key))


def _in_field(source: Source, block: Block, found: Field, text: str) -> Place:
    """Point at words of a field's value behind its name, or at the name where they are not on one line."""
    where = _at_field(source, block, found)
    start = source.offset(where)
    offset = source.text.find(text, start, start + len(text) + 80)
    return source.at(offset, len(text)) if offset >= 0 and text else where


def _after(source: Source, where: Place, name: str) -> Place:
    """Point at the field `name` that lost its comma, behind the one at `where`."""
    start = source.offset(where) + 1
    match = re.compile(rf"(?<![\w-]){name}\s*=").search(source.text, start)
    return source.at(match.start(), len(name)) if match else where


def _entry(source: Source, block: Block) -> tuple[Entry, list[Finding]]:
    fields: dict[str, str] = {}
    names: dict[str, tuple[Name, ...]] = {}
    findings = []
    for found in block.fields:
        key, text = found.key.lower(), str(found.value)
        if key in NAME_FIELDS:
            try:
                names.setdefault(key, tuple(_name(one) for one in split_multiple_persons_names(text)))
            except InvalidNameError as error:
                where = _in_field(source, block, found, error.name)
                said = f"`{cut(error.name)}` is not a name: {error.reason.lower()}"
                findings.append(Finding("bib-name", where, said))
        else:
            fields.setdefault(key, _ESCAPED.sub(r"\1", text) if key in _VERBATIM else _decode(text))
    return Entry(block.key, block.entry_type.lower(), fields, names, _head(source, block)[1]), findings


def _name(text: str) -> Name:
    parts = parse_single_name_into_parts(text)
    first, von, last, junior = (" ".join(words) for words in (parts.first, parts.von, parts.last, parts.jr))
    if last.startswith("{") and last.endswith("}") and not first:
        return Name(literal=_decode(last[1:-1]))
    return Name(_decode(last), _decode(first), _decode(von), _decode(junior))


def _decode(text: str) -> str:
    """Turn LaTeX into text; a bare & or %, markup to the decoder, is what it says."""
    joined = " ".join(text.split())
    if "\\" in joined or "{" in joined or "$" in joined:
        return str(_latex.latex_to_text(_UNESCAPED.sub(r"\\\1", joined)))
    return joined.replace("---", "—").replace("--", "–").replace("~", "\N{NO-BREAK SPACE}")
