"""What import gives back: a report's sections, units, markers, notes and furniture, and their JSON."""

import json
from dataclasses import dataclass

from .witnesses import Mend, total


@dataclass(frozen=True)
class Mark:
    """A note marker; `offset` counts code points in the text that it stands in, without markers."""

    label: str
    offset: int


@dataclass(frozen=True)
class Unit:
    """The smallest thing with an address: a paragraph, a list item, a block quotation."""

    id: str
    kind: str
    text: str
    marks: tuple[Mark, ...] = ()
    speaker: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """A section under its heading; the title is None where the report gives none."""

    id: str
    title: str | None
    level: int
    units: tuple[Unit, ...] = ()
    marks: tuple[Mark, ...] = ()
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Note:
    """An entry in the list of notes, under the label printed there."""

    label: str
    text: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Furniture:
    """What stands in the report without being its text, and why it was set aside."""

    kind: str
    text: str
    line: int
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Intake:
    """A whole report as import understands it."""

    report: str
    title: str | None
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    missing_notes: tuple[str, ...]
    furniture: tuple[Furniture, ...]
    mended: tuple[Mend, ...]
    front_marks: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    input_lines: tuple[int, ...] = ()  # the numbers of all non-blank lines

    @property
    def units(self) -> tuple[Unit, ...]:
        """Return all units in order."""
        return tuple(unit for section in self.sections for unit in section.units)

    def places(self) -> dict[int, str]:
        """Return for every input line where it went: a unit's or section's id, `n12`, or a furniture kind."""
        found: dict[int, str] = {}
        for piece in self.furniture:
            found.update(dict.fromkeys(piece.lines, piece.kind))
        for note in self.notes:
            found.update(dict.fromkeys(note.lines, f"n{note.label}"))
        for section in self.sections:
            found.update(dict.fromkeys(section.lines, section.id))
            for unit in section.units:
                found.update(dict.fromkeys(unit.lines, unit.id))
        return found

    def as_json(self) -> str:
        """Print the intake as JSON, for whoever compares it with another reading of the text."""
        return json.dumps(self.as_data(), ensure_ascii=False, indent=1) + "\n"

    def as_data(self) -> dict[str, object]:
        """Return the intake as plain data, in the order in which it is printed."""
        return {
            "report": self.report,
            "title": self.title,
            "front_marks": list(self.front_marks),
            "sections": [_section(section) for section in self.sections],
            "notes": {note.label: note.text for note in self.notes},
            "missing_notes": list(self.missing_notes),
            "furniture": [{"kind": f.kind, "text": f.text, "line": f.line} for f in self.furniture],
            "mended": total(self.mended),
            "warnings": list(self.warnings),
        }


def _section(section: Section) -> dict[str, object]:
    data: dict[str, object] = {
        "id": section.id,
        "title": section.title,
        "level": section.level,
        "units": [_unit(unit) for unit in section.units],
    }
    if section.marks:
        data["marks"] = [_mark(mark) for mark in section.marks]
    return data


def _unit(unit: Unit) -> dict[str, object]:
    data: dict[str, object] = {
        "id": unit.id,
        "kind": unit.kind,
        "text": unit.text,
        "marks": [_mark(mark) for mark in unit.marks],
    }
    if unit.speaker:
        data["speaker"] = unit.speaker
    return data


def _mark(mark: Mark) -> dict[str, object]:
    return {"label": mark.label, "offset": mark.offset}
