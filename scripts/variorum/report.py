"""A report as the edition holds it: its entry, its page's fields, its sections, units, notes and markers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from . import grammar
from .bibliography import Entry
from .frontmatter import Record
from .grammar import Note, Section, Unit
from .records import ReportMatter
from .words import Coverage, NotesState


@dataclass(frozen=True)
class Report:
    """Hold one report: its entry in the bibliography, its page's fields, and what stands on the page."""

    key: str
    entry: Entry
    record: Record[ReportMatter]
    page: grammar.Page

    @property
    def fields(self) -> ReportMatter:
        """Return the page's front matter."""
        return self.record.fields

    @property
    def title(self) -> str:
        """Return the report's title."""
        return self.entry.title or self.page.title

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections in order."""
        return self.page.sections

    @cached_property
    def byline(self) -> str:
        """Return its authors as running text names them, or its key where it has none."""
        return self.entry.byline or self.key

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Return the units by id, in order."""
        return {unit.id: unit for section in self.sections for unit in section.units}

    @cached_property
    def notes(self) -> dict[str, Note]:
        """Return the notes by label, in order."""
        return {note.label: note for note in self.page.notes}

    @cached_property
    def marks(self) -> dict[str, list[str]]:
        """Return where each label has its markers: `front`, a section's id or a unit's, in order."""
        places: dict[str, list[str]] = {}
        for label in self.page.marks:
            places.setdefault(label, []).append("front")
        for section in self.sections:
            for label in section.marks:
                places.setdefault(label, []).append(section.id)
            for unit in section.units:
                for label in unit.marks:
                    places.setdefault(label, []).append(unit.id)
        return places

    @cached_property
    def labels(self) -> list[str]:
        """Return the labels of all notes of the report in order: with text, listed as missing, or marked."""
        held = {**dict.fromkeys(self.notes), **dict.fromkeys(self.fields.notes.missing)}
        if self.fields.notes.state is NotesState.MARKERS_ONLY:
            held.update(dict.fromkeys(self.marks))
        return sorted(held, key=natural)

    @cached_property
    def _held(self) -> frozenset[str]:
        return frozenset(self.labels)

    @property
    def is_complete(self) -> bool:
        """Tell whether every unit is in the edition."""
        return self.fields.coverage is Coverage.COMPLETE

    def has(self, place: str) -> bool:
        """Tell whether `place` names a unit, section or note of this report."""
        if place.startswith("n"):
            return place[1:] in self._held
        return place == "front" or place in self.units or any(place == section.id for section in self.sections)

    def predates(self, since: str | None) -> bool:
        """Tell whether the report was published before the day on which a matter arose."""
        return since is not None and end_of(self.entry.date) < since

    @property
    def sort_date(self) -> str:
        """Return the date for sorting: one known only to the year or month sorts at its end."""
        return end_of(self.entry.date)


def natural(label: str) -> list[tuple[int, str]]:
    """Return a sort key that puts note 2 before note 10 and 3-2 before 12-1."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", label) if part]


def end_of(date: str) -> str:
    """Fill up a date known to the year or month to its end: `2025` → `2025-12-31`."""
    first = date.split("/")[0]
    return first + "-12-31"[3 * (first.count("-")) :] if first else "9999-12-31"
