"""The report's page as a closed grammar: headings with ids, units each followed by its id line, note definitions.

What is read here is the only reading there is: pages are made from its result, so a host's Markdown parser can never
come to see other units than we do. Whatever the grammar does not have is a finding with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .findings import Finding
from .frontmatter import Document
from .records import KEY, LABEL
from .source import Place, Source
from .words import UnitKind

MARK = re.compile(rf"\[\^({LABEL})\](?!:)")
_TITLE = re.compile(r"^#[ ](?P<title>.+?)[ ]*$")
_HEADING = re.compile(r"^(?P<rank>#{2,4})[ ](?P<title>.+?)[ ]*\{#(?P<id>[^}\s]+)\}[ ]*$")
_ID_LINE = re.compile(rf"^\{{:[ ]*#(?P<id>\S+?)(?:[ ]+speaker=(?P<speaker>{KEY}))?[ ]*\}}[ ]*$")
_NOTE = re.compile(rf"^\[\^(?P<label>{LABEL})\]:[ ]*(?P<text>.*)$")
_FOREIGN = re.compile(
    r"^(?P<what>[ ]{4,}|\t|[*+][ ]|\d+[.)][ ]|\||```|~~~|#|={3,}|-{3,}|\*{3,}|_{3,}|///|:::|!!!|\?\?\?|<[A-Za-z/!?]|\[[^\]]+\]:|:[ ])"
)
_SECTION_ID = re.compile(r"^s([1-9][0-9]*)$")
_UNIT_ID = re.compile(r"^(s[1-9][0-9]*)p([1-9][0-9]*)$")


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold one unit: its id, form, speaker, digest in inline Markdown, and the labels of its markers in order."""

    id: str
    kind: UnitKind
    digest: str
    speaker: str | None
    marks: tuple[str, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """Hold one section: its id, heading (None where the title is supplied by us), level and units."""

    id: str
    title: str | None
    supplied: str | None
    level: int
    marks: tuple[str, ...]
    units: tuple[Unit, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Note:
    """Hold one note's label and its text in inline Markdown with citations."""

    label: str
    text: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Page:
    """Hold what a report's page says below its front matter."""

    title: str
    marks: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """Hold adjoining non-blank lines and the number of the first."""

    line: int
    lines: tuple[str, ...]


def parse(document: Document) -> tuple[Page, list[Finding]]:
    """Read a report's page; what cannot be read is left out and reported, the rest stands."""
    reader = _Reader(document.source)
    for block in _blocks(document):
        reader.take(block)
    return reader.page(document), reader.findings


def _blocks(document: Document) -> Iterator[_Block]:
    number = document.source.text.count("\n", 0, document.body_start)
    held: list[str] = []
    for line in [*document.body.split("\n"), ""]:
        number += 1
        if line.strip():
            held.append(line)
        elif held:
            yield _Block(number - len(held), tuple(held))
            held = []


class _Reader:
    """Collect a page block by block."""

    def __init__(self, source: Source) -> None:
        self.findings: list[Finding] = []
        self._source = source
        self._title: tuple[str, tuple[str, ...]] | None = None
        self._sections: list[Section] = []
        self._units: list[Unit] = []
        self._notes: dict[str, Note] = {}
        self._ids: dict[str, int] = {}

    def take(self, block: _Block) -> None:
        """Read one block as the title, a heading, notes or a unit."""
        first = block.lines[0]
        if _NOTE.match(first):
            self._take_notes(block)
        elif first.startswith("#"):
            self._take_heading(block)
        else:
            self._take_unit(block)

    def page(self, document: Document) -> Page:
        """Return what was read."""
        self._close_section()
        if self._title is None:
            place = self._source.at(document.body_start)
            self.findings.append(Finding("report-grammar", place, "the page has no title line `# …`"))
        title, marks = self._title or ("", ())
        return Page(title, marks, tuple(self._sections), tuple(self._notes.values()))

    def _take_heading(self, block: _Block) -> None:
        line, first = block.line, block.lines[0]
        if len(block.lines) > 1:
            self._complain("report-grammar", line + 1, "a heading stands alone, with a blank line below it")
        title = _TITLE.match(first)
        heading = _HEADING.match(first)
        if title and self._title is None and not self._sections:
            self._title = (_unmarked(title["title"]), _marks(title["title"]))
        elif heading:
            self._open_section(line, heading)
        else:
            self._complain("section-id", line, "a heading without its id")

    def _open_section(self, line: int, heading: re.Match[str]) -> None:
        self._close_section()
        identity, wanted = heading["id"], f"s{len(self._sections) + 1}"
        if self._taken(identity, line, heading.start("id")):
            identity = wanted
        elif not _SECTION_ID.match(identity) or identity != wanted:
            self._complain("section-id", line, f"the section `{identity}` stands where `{wanted}` is due", heading.start("id"), len(identity))
        text = _unmarked(heading["title"])
        supplied = text[1:-1] if text.startswith("[") and text.endswith("]") else None
        place = self._source.on(line, 1, len(heading[0]))
        section = Section(identity, None if supplied else text, supplied, len(heading["rank"]) - 1, _marks(heading["title"]), (), place)
        self._sections.append(section)

    def _close_section(self) -> None:
        if self._sections and self._units:
            last = self._sections[-1]
            units = tuple(self._units)
            self._sections[-1] = Section(last.id, last.title, last.supplied, last.level, last.marks, units, last.place)
        self._units = []

    def _take_unit(self, block: _Block) -> None:
        *lines, last = block.lines
        identity = _ID_LINE.match(last)
        if identity is None:
            self._complain_unit(block)
            return
        if not lines:
            self._complain("unit-id", block.line, "an id line with no unit above it: it stands directly below the unit’s text")
            return
        form = _form(lines)
        if form is None or not self._is_clean(block, lines, form):
            return
        self._add_unit(block, lines, form, identity)

    def _complain_unit(self, block: _Block) -> None:
        for index, line in enumerate(block.lines):
            if "{:" in line:
                column = line.index("{:")
                self._complain("unit-id", block.line + index, "an id line that does not stand alone below its unit, or is not of the form `{: #s1p1 }`", column)
                return
        foreign = _FOREIGN.match(block.lines[0])
        if foreign:
            self._complain_block(block.line, foreign)
        else:
            self._complain("unit-id", block.line, "a unit without its id line")

    def _complain_block(self, line: int, foreign: re.Match[str]) -> None:
        self._complain("report-grammar", line, f"a report’s page has no block that begins with `{foreign['what'].strip() or 'four blanks'}`", 0, len(foreign[0]))

    def _is_clean(self, block: _Block, lines: list[str], form: UnitKind) -> bool:
        for index, line in enumerate(lines):
            bare = _bare(line, form)
            foreign = _FOREIGN.match(bare)
            if foreign is None and (index and bare.startswith(("- ", "> "))):
                foreign = re.match(r"(?P<what>[->] )", bare)
            if foreign:
                self._complain_block(block.line + index, foreign)
                return False
            if "{:" in line:
                self._complain("unit-id", block.line + index, "an id line in the middle of a unit", line.index("{:"), 2)
                return False
        return True

    def _add_unit(self, block: _Block, lines: list[str], form: UnitKind, identity: re.Match[str]) -> None:
        number = block.line + len(lines)
        unit_id = identity["id"]
        if self._taken(unit_id, number, identity.start("id")):
            return
        parts = _UNIT_ID.match(unit_id)
        section = self._sections[-1].id if self._sections else None
        wanted = f"{section or 's1'}p{len(self._units) + 1}"
        if parts is None or section is None or unit_id != wanted:
            said = f"the unit `{unit_id}` stands where `{wanted}` is due" if section else f"the unit `{unit_id}` stands before any section"
            self._complain("unit-id", number, said, identity.start("id"), len(unit_id))
        if parts is None or section is None:
            return
        digest = "\n".join(_bare(line, form).strip() for line in lines)
        place = self._source.on(block.line, 1, len(lines[0]))
        self._units.append(Unit(unit_id, form, digest, identity["speaker"], _marks(digest), place))

    def _take_notes(self, block: _Block) -> None:
        held: tuple[int, str, list[str]] | None = None
        for number, line in enumerate(block.lines, block.line):
            opening = _NOTE.match(line)
            if opening:
                self._add_note(held)
                held = (number, opening["label"], [opening["text"]])
            elif held:
                held[2].append(line.strip())
        self._add_note(held)

    def _add_note(self, held: tuple[int, str, list[str]] | None) -> None:
        if held is None:
            return
        number, label, lines = held
        text = "\n".join(filter(None, lines))
        if label in self._notes:
            first = self._notes[label].place.line
            self._complain("duplicate-note", number, f"the note `{label}` is defined twice, first on line {first}", 0, len(label) + 4)
        elif not text:
            self._complain("report-grammar", number, f"the note `{label}` is empty", 0, len(label) + 4)
        else:
            self._notes[label] = Note(label, text, self._source.on(number, 1, len(label) + 4))

    def _taken(self, identity: str, line: int, column: int) -> bool:
        if identity in self._ids:
            self._complain("duplicate-unit", line, f"the id `{identity}` stands twice, first on line {self._ids[identity]}", column, len(identity))
            return True
        self._ids[identity] = line
        return False

    def _complain(self, rule: str, line: int, message: str, column: int = 0, length: int = 200) -> None:
        self.findings.append(Finding(rule, self._source.on(line, column + 1, length), message))


def _form(lines: list[str]) -> UnitKind:
    if lines[0].startswith("- "):
        return UnitKind.ITEM
    return UnitKind.QUOTATION if lines[0].startswith(">") else UnitKind.PARAGRAPH


def _bare(line: str, form: UnitKind) -> str:
    """Take the mark of a list item or quotation off a line."""
    if form is UnitKind.ITEM:
        return line[2:] if line.startswith(("- ", "  ")) else line
    if form is UnitKind.QUOTATION:
        return line[2:] if line.startswith("> ") else line.removeprefix(">")
    return line


def _marks(text: str) -> tuple[str, ...]:
    return tuple(MARK.findall(text))


def _unmarked(text: str) -> str:
    return MARK.sub("", text).strip()
