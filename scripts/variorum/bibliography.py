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
from bibtexparser import middlewares as steps
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Field,
    MiddlewareErrorBlock,
    ParsingFailedBlock,
)
from bibtexparser.model import Entry as Block
from pylatexenc.latex2text import LatexNodes2Text

from .findings import Finding
from .records import KEY
from .source import Place, Source

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

NAME_FIELDS = ("author", "editor", "translator", "bookauthor")
_VERBATIM = frozenset({"url", "doi", "file", "eprint", "urldate", "date", "isbn", "issn", "keywords", "pages"})
_KEY = re.compile(f"^{KEY}$")
_DATE = re.compile(r"^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?:/(?:\d{4}(?:-\d{2}(?:-\d{2})?)?)?)?$")
_RUN_ON = re.compile(r"[}\"]\s*\n?\s*([a-z][a-z_-]*)\s*=\s*[{\"]", re.IGNORECASE)
_TEXY = re.compile(r"[\\{}$~%&]|--")
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
    """Read one .bib file; a broken entry becomes a finding and the others load."""
    findings = list(_keyless(source))
    library = bibtexparser.parse_string(
        source.text,
        append_middleware=[
            steps.NormalizeFieldKeys(),
            steps.SeparateCoAuthors(name_fields=NAME_FIELDS),
            steps.SplitNameParts(name_fields=NAME_FIELDS),
        ],
    )
    findings += _failures(source, library)
    entries = []
    for block in library.entries:
        faults = list(_faults(source, block))
        findings += faults
        if not any(fault.rule == "bib-comma" for fault in faults):
            entries.append(_entry(source, block))
    return entries, findings


def merge(batches: list[list[Entry]]) -> tuple[dict[str, Entry], list[Finding]]:
    """Join the entries of several files under their keys; the first of two wins."""
    entries: dict[str, Entry] = {}
    findings = []
    for entry in (entry for batch in batches for entry in batch):
        first = entries.setdefault(entry.key, entry)
        if first is not entry:
            message = f"the key `{entry.key}` is taken: {first.place.path}:{first.place.line}"
            findings.append(Finding("bib-duplicate-key", entry.place, message))
    return entries, findings


def _keyless(source: Source) -> Iterator[Finding]:
    for match in re.finditer(r"^@(?!string|comment|preamble)\w+\s*\{(?P<key>[^,\n]*)(?P<end>,?)", source.text, re.MULTILINE | re.IGNORECASE):
        key = match["key"].strip()
        if not _KEY.match(key):
            yield Finding("bib-key", source.at(match.start("key"), max(1, len(match["key"]))), f"`{key}` is not a key" if key else "an entry without a key")


def _failures(source: Source, library: Library) -> Iterator[Finding]:
    for block in library.failed_blocks:
        line = (block.start_line or 0) + 1
        place = source.on(line, 1, len(source.line(line)))
        if isinstance(block, DuplicateBlockKeyBlock):
            first = (block.previous_block.start_line or 0) + 1
            yield Finding("bib-duplicate-key", place, f"the key `{block.key}` is taken, first on line {first}")
        elif isinstance(block, DuplicateFieldKeyBlock):
            names = ", ".join(f"`{name}`" for name in sorted(block.duplicate_keys))
            yield Finding("bib-duplicate-field", place, f"{names} stands twice in this entry")
        elif isinstance(block, MiddlewareErrorBlock):
            yield Finding("bib-syntax", place, f"a value cannot be read: {block.error}")
        else:
            reason = getattr(block.error, "abort_reason", "") if isinstance(block, ParsingFailedBlock) else ""
            yield Finding("bib-syntax", place, f"the entry that begins here cannot be read: {reason or 'it is not closed'}")


def _faults(source: Source, block: Block) -> Iterator[Finding]:
    for found in block.fields:
        line = (found.start_line or 0) + 1
        place = source.on(line, 1, len(source.line(line)))
        text = _plain(found)
        run_on = _RUN_ON.search(text)
        if run_on:
            yield Finding("bib-comma", _after(source, line, run_on[1]), f"no comma before the field `{run_on[1]}`")
        elif found.enclosing == "no-enclosing" and not text.isdigit():
            yield Finding("bib-string", place, f"`{found.key} = {text}` names a string that is not defined, or joins strings with #")
        elif found.key in ("date", "urldate") and not _DATE.match(text):
            yield Finding("bib-date", place, f"`{text}` is not a date")
    if not block.fields_dict.get("title"):
        line = (block.start_line or 0) + 1
        yield Finding("bib-field", source.on(line, 1, len(source.line(line))), f"the entry `{block.key}` has no title")


def _after(source: Source, line: int, name: str) -> Place:
    """Point at the name of the field that lost its comma, at or below `line`."""
    for number in range(line, line + 40):
        column = source.line(number).find(name)
        if column >= 0 and re.match(rf"{name}\s*=", source.line(number)[column:]) and (number > line or column > 0):
            return source.on(number, column + 1, len(name))
    return source.on(line)


def _plain(found: Field) -> str:
    if isinstance(found.value, str):
        return found.value
    return " and ".join(str(part) for part in found.value)


def _entry(source: Source, block: Block) -> Entry:
    line = (block.start_line or 0) + 1
    fields, names = {}, {}
    for found in block.fields:
        if found.key in NAME_FIELDS and isinstance(found.value, list):
            names[found.key] = tuple(_name(parts) for parts in found.value)
        else:
            text = str(found.value)
            fields[found.key] = text if found.key in _VERBATIM else _decode(text)
    return Entry(block.key, block.entry_type.lower(), fields, names, source.on(line, 1, len(source.line(line))))


def _name(parts: object) -> Name:
    if not isinstance(parts, steps.NameParts):
        return Name(literal=_decode(str(parts)))
    first, von, last, junior = (" ".join(words) for words in (parts.first, parts.von, parts.last, parts.jr))
    if last.startswith("{") and last.endswith("}") and not first:
        return Name(literal=_decode(last[1:-1]))
    return Name(_decode(last), _decode(first), _decode(von), _decode(junior))


def _decode(text: str) -> str:
    """Turn LaTeX into text; leave a value that has none as it is, since the decoder takes & and % for markup."""
    joined = " ".join(text.split())
    if "\\" in joined or "{" in joined or "$" in joined:
        return str(_latex.latex_to_text(joined.replace("%", r"\%").replace("\\\\%", r"\%").replace("&", r"\&").replace("\\\\&", r"\&")))
    return joined.replace("---", "—").replace("--", "–").replace("~", "\N{NO-BREAK SPACE}")
