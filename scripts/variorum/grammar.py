"""The report's page as a closed grammar: headings with ids, units each followed by its id line, note definitions.

What is read here is the only reading there is: pages are made from its result, so a host's Markdown parser can never
come to see other units than we do. Whatever the grammar does not have is a finding with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .findings import Finding
from .frontmatter import Document
from .numbering import Numbering
from .plain import HTML
from .records import LABEL
from .source import Place
from .words import UnitKind

MARK = re.compile(rf"\[\^({LABEL})\](?!:)")
_HEADING = re.compile(
    r"^(?P<rank>#{1,6})(?P<gap>[ ]+|(?=[^\s#\d]))(?P<title>.*?)[ ]*(?:\{:?[ ]*#(?P<id>[^}\s]*)[ ]*\})?[ ]*$"
)
_ID_LINE = re.compile(r"^\{:[ ]*#(?P<id>\S+?)(?:[ ]+speaker=(?P<speaker>[^\s}]+))?[ ]*\}[ ]*$")
_LOOSE_ID = re.compile(r"[ ]*\{[ ]*(?::|#)[^}\n]*\}?[ ]*")
_NOTE = re.compile(rf"^\[\^(?P<label>{LABEL})\]:[ ]*(?P<text>.*)$")
_FOREIGN = {
    "tables": r"\|",
    "blocks of code": r"```|~~~",
    "numbered lists": r"\d+[.)][ ]",
    "items marked otherwise than with `- `": r"[*+][ ]",
    "indented blocks": r"[ ]{4,}|\t",
    "rules or underlined headings": r"(?:=+|-{2,}|\*{3,}|_{3,})[ ]*$",
    "admonitions": r"///|:::|!!!|\?\?\?",
    "definitions": r"\[[^\]]+\]:|:[ ]",
    "quotations inside other blocks": r"> ",
    "lists inside other blocks": r"- ",
}
"""What a unit’s line may not begin with, once the mark of its item or quotation is off."""
_FOREIGN_START = re.compile("|".join(f"({pattern})" for pattern in _FOREIGN.values()))


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
class _Line:
    """Hold a line and its number."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Id:
    """Hold a unit's id as written, its speaker, and where it stands; `faulty` where that has been reported."""

    text: str
    speaker: str | None
    line: int
    column: int
    faulty: bool = False


def parse(document: Document) -> tuple[Page, list[Finding]]:
    """Read a report's page; what is faulty is reported once and read as it was most likely meant."""
    reader = _Reader(document)
    for block in _blocks(document):
        reader.take(block)
    return reader.page(), reader.findings


def _blocks(document: Document) -> Iterator[list[_Line]]:
    """Yield runs of lines between blank ones; fenced code is one block with the blank lines in it."""
    number = document.source.text.count("\n", 0, document.body_start)
    held: list[_Line] = []
    fence = ""
    for line in [*document.body.split("\n"), ""]:
        number += 1
        if fence and line.startswith(fence):
            fence = ""
        elif not held and line.startswith(("```", "~~~")):
            fence = line[:3]
        if line.strip():
            held.append(_Line(number, line))
        elif held and not fence:
            yield held
            held = []
    if held:
        yield held


class _Reader:
    """Collect a page block by block."""

    def __init__(self, document: Document) -> None:
        self.findings: list[Finding] = []
        self._source, self._start = document.source, document.body_start
        self._ids = Numbering(document.body, self._complain)
        self._title: tuple[str, tuple[str, ...]] | None = None
        self._sections: list[Section] = []
        self._units: list[Unit] = []
        self._notes: dict[str, Note] = {}
        self._waiting: list[_Line] = []

    def take(self, block: list[_Line]) -> None:
        """Read one block as the title, a heading, notes or units."""
        first = block[0]
        alone = _LOOSE_ID.fullmatch(first.text) if len(block) == 1 else None
        if alone and self._waiting:
            self._complain("unit-id", first.number, "a blank line stands between a unit and its id line")
            unit, self._waiting = self._waiting, []
            self._add_unit(unit, _loose(first, alone))
            return
        self._end_waiting()
        if _NOTE.match(first.text):
            self._take_notes(block)
        elif heading := _HEADING.match(first.text):
            self._take_heading(block, heading)
        elif alone:
            self._complain("unit-id", first.number, "an id line without a unit")
        else:
            self._take_units(block)

    def page(self) -> Page:
        """Return what was read."""
        self._end_waiting()
        self._close_section()
        if self._title is None:
            place = self._source.at(self._start)
            self.findings.append(Finding("report-grammar", place, "the page has no title line", "`# …`"))
        title, marks = self._title or ("", ())
        return Page(title, marks, tuple(self._sections), tuple(self._notes.values()))

    def _take_heading(self, block: list[_Line], heading: re.Match[str]) -> None:
        number, rank, title = block[0].number, len(heading["rank"]), heading["title"]
        if not heading["gap"]:
            self._complain("report-grammar", number, f"a blank is missing after `{heading['rank']}`", 0, rank)
        if rank == 1 and self._title is None and not self._sections:
            if heading["id"] is not None:
                self._complain("report-grammar", number, "the title has an id", heading.start("id"), len(heading["id"]))
            self._title = (_unmarked(title), _marks(title))
        else:
            said = {1: "a second title", 5: "a heading of rank 5", 6: "a heading of rank 6"}.get(rank, "")
            if said:
                self._complain("report-grammar", number, said, hint="sections begin with two to four `#`")
            elif not heading["id"]:
                hint = f"`{{#{self._ids.due_section}}}` is due"
                self._complain("section-id", number, "a heading without its id", hint=hint)
            identity = self._ids.section(heading["id"] or "", number, heading.start("id"))
            self._open_section(block[0], title, rank, identity)
        if len(block) > 1:
            self._complain("report-grammar", block[1].number, "a blank line is missing below the heading")
            self.take(block[1:])

    def _open_section(self, line: _Line, heading: str, rank: int, identity: str) -> None:
        self._close_section()
        text = _unmarked(heading)
        supplied = text[1:-1] if text.startswith("[") and text.endswith("]") else None
        place = self._source.on(line.number, 1, len(line.text))
        section = Section(identity, None if supplied else text, supplied, rank - 1, _marks(heading), (), place)
        self._sections.append(section)

    def _close_section(self) -> None:
        if self._sections and self._units:
            self._sections[-1] = replace(self._sections[-1], units=tuple(self._units))
        self._units = []

    def _take_units(self, block: list[_Line]) -> None:
        """Read a block as a unit with its id line, or as several between which blank lines are missing."""
        units: list[tuple[list[_Line], _Id]] = []
        held: list[_Line] = []
        for index, line in enumerate(block):
            if _NOTE.match(line.text) or _HEADING.match(line.text):
                self._complain("report-grammar", line.number, "a blank line is missing above this line")
                self.take(block[:index])
                self.take(block[index:])
                return
            if found := _ID_LINE.match(line.text):
                units.append((held, _Id(found["id"], found["speaker"], line.number, found.start("id"))))
                held = []
            else:
                held.append(line)
        if not units:
            self._take_unmarked(block)
            return
        texts, ids = [text for text, _ in units], [identity for _, identity in units]
        if not texts[0]:
            said, texts = "an id line above its unit", [*texts[1:], held]
            faulty = [bool(text) for text in texts]
        elif held:
            said, texts[-1] = "an id line in the middle of a unit", texts[-1] + held
            faulty = [True] * len(texts)
        else:
            said = "a blank line is missing below this id line"
            faulty = [*(bool(text) for text in texts[1:]), False]
        for text, identity, wrong in zip(texts, ids, faulty, strict=True):
            if wrong or not text:
                self._complain("unit-id", identity.line, said if text else "an id line without a unit")
            if text:
                self._add_unit(text, replace(identity, faulty=wrong))

    def _take_unmarked(self, block: list[_Line]) -> None:
        """Read a block that has no line of its own for its id."""
        for index, line in enumerate(block):
            if found := _LOOSE_ID.search(line.text):
                bare, identity = found[0].strip(), _loose(line, found)
                said = "an id line of another form than `{: #s1p1 }`"
                if _ID_LINE.match(bare):
                    said = "an id line that does not stand alone below its unit"
                self._complain("unit-id", line.number, said, identity.column, len(bare))
                rest = line.text[: found.start()] + line.text[found.end() :]
                text = [*block[:index], *([_Line(line.number, rest)] if rest.strip() else []), *block[index + 1 :]]
                if text:
                    self._add_unit(text, identity)
                return
        foreign = _FOREIGN_START.match(block[0].text)
        if foreign and not block[0].text.startswith(("- ", "> ")):
            self._complain_foreign(block[0], foreign)
        elif not HTML.match(block[0].text):  # that is reported with all other HTML
            self._waiting = block

    def _end_waiting(self) -> None:
        """Read a unit that turned out to have no id line."""
        if self._waiting:
            block, self._waiting = self._waiting, []
            hint = f"`{{: #{self._ids.due_unit} }}` is due below it"
            self._complain("unit-id", block[-1].number, "a unit without its id line", hint=hint)
            self._add_unit(block, _Id("", None, block[-1].number, 0, faulty=True))

    def _add_unit(self, lines: list[_Line], identity: _Id) -> None:
        if not self._sections:
            hint = f"`## [Opening] {{#{self._ids.due_section}}}` is due above it"
            self._complain("section-id", lines[0].number, "text before the first heading", hint=hint)
            self._open_section(lines[0], "", 2, self._ids.section("", lines[0].number, 0))
        form = _form(lines[0].text)
        self._complain_of_lines(lines, form)
        unit_id = self._ids.unit(identity.text, identity.line, identity.column, identity.faulty)
        digest = "\n".join(_bare(line.text, form).strip() for line in lines)
        place = self._source.on(lines[0].number, 1, len(lines[0].text))
        self._units.append(Unit(unit_id, form, digest, identity.speaker, _marks(digest), place))

    def _complain_of_lines(self, lines: list[_Line], form: UnitKind) -> None:
        """Report the first line of a unit that the grammar does not have."""
        for index, line in enumerate(lines):
            bare = _bare(line.text, form)
            foreign = _FOREIGN_START.match(bare)
            loose = _LOOSE_ID.search(bare)
            if index and form is UnitKind.ITEM and line.text.startswith("- "):
                hint = "each item is a unit of its own"
                self._complain("report-grammar", line.number, "a second item in one unit", hint=hint)
                return
            if foreign:
                self._complain_foreign(line, foreign)
                return
            if loose:
                self._complain("unit-id", line.number, "an id line in the middle of a unit", line.text.index("{"))
                return

    def _take_notes(self, block: list[_Line]) -> None:
        held: list[_Line] = []
        for line in block:
            if _NOTE.match(line.text):
                self._add_note(held)
                held = []
            held.append(line)
        self._add_note(held)

    def _add_note(self, lines: list[_Line]) -> None:
        opening = _NOTE.match(lines[0].text) if lines else None
        if opening is None:
            return
        number, label, length = lines[0].number, opening["label"], len(opening["label"]) + 4
        text = "\n".join(filter(None, [opening["text"].strip(), *(line.text.strip() for line in lines[1:])]))
        if label in self._notes:
            said = f"the note `{label}` is defined twice, first on line {self._notes[label].place.line}"
            self._complain("duplicate-note", number, said, 0, length)
            return
        if not text:
            self._complain("empty-note", number, f"the note `{label}` is empty", 0, length)
        self._notes[label] = Note(label, text, self._source.on(number, 1, length))

    def _complain_foreign(self, line: _Line, foreign: re.Match[str]) -> None:
        what = list(_FOREIGN)[(foreign.lastindex or 1) - 1]
        start = len(line.text) - len(foreign.string)
        self._complain("report-grammar", line.number, f"a report’s page has no {what}", start)

    def _complain(self, rule: str, line: int, said: str, column: int = 0, length: int = 200, hint: str = "") -> None:
        self.findings.append(Finding(rule, self._source.on(line, column + 1, length), said, hint))


def _loose(line: _Line, found: re.Match[str]) -> _Id:
    """Read an id line of any form, anywhere in a line, as far as it goes."""
    unit, speaker = re.search(r"s\d+p\d+", found[0]), re.search(r"speaker=([^\s}]+)", found[0])
    column = line.text.index("{", found.start())
    return _Id(unit[0] if unit else "", speaker[1] if speaker else None, line.number, column, faulty=True)


def _form(line: str) -> UnitKind:
    if line.startswith("- "):
        return UnitKind.ITEM
    return UnitKind.QUOTATION if line.startswith(">") else UnitKind.PARAGRAPH


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
