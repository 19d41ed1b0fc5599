"""Rules on the reports' pages: units, markers and notes."""

from __future__ import annotations

from collections.abc import Iterator

from .. import layout
from ..edition import Edition
from ..findings import Finding, nearest
from ..grammar import MARK
from ..links import lacks
from ..words import UNSIGNED, NotesState


def every_entry_has_its_page(edition: Edition) -> Iterator[Finding]:
    """Want a page for every entry of bibliography/reports.bib."""
    corpus = (entry for entry in edition.entries.values() if entry.place.path == layout.CORPUS_BIB)
    for entry in (entry for entry in corpus if entry.key not in edition.reports):
        if lacks(edition, "reports", entry.key):
            yield Finding("no-report", entry.place, f"`{entry.key}` has no page docs/reports/{entry.key}.md")


def sections_have_units(edition: Edition) -> Iterator[Finding]:
    """Want a digest of every unit where a report is complete."""
    for report in edition.reports.values():
        if not report.is_complete:
            continue
        if not report.units:
            said = "the report is said to be complete and has no unit"
            yield Finding("no-digest", report.record.place("coverage"), said)
        for unit in report.units.values():
            if not MARK.sub("", unit.digest).strip(" \n…"):
                yield Finding("no-digest", unit.place, f"the unit `{unit.id}` has no digest")


def markers_have_notes(edition: Edition) -> Iterator[Finding]:
    """Want a note for each marker, unless the copy lacks it."""
    for report in edition.reports.values():
        fields = report.fields.notes
        if fields.state is NotesState.MARKERS_ONLY:
            continue
        document = report.record.document
        for label in report.marks:
            if label not in report.notes and label not in fields.missing:
                place = document.source.find(f"[^{label}]", document.body_start)
                said = f"the marker `{label}` has no note"
                yield Finding("marker-without-note", place, said, nearest(label, report.notes))


def notes_have_markers(edition: Edition) -> Iterator[Finding]:
    """Want a marker for each note of a complete report, and no text for a note said to be missing."""
    for report in edition.reports.values():
        missing = report.fields.notes.missing
        for note in report.page.notes:
            if note.label in missing:
                said = f"the note `{note.label}` is listed as missing and stands here"
                yield Finding("missing-note-present", note.place, said)
            elif report.is_complete and note.label not in report.marks:
                yield Finding("note-without-marker", note.place, f"the note `{note.label}` has no marker")


def notes_are_written(edition: Edition) -> Iterator[Finding]:
    """Want a text under each note of a complete report; one without any is told when the page is read."""
    for report in edition.reports.values():
        for note in report.page.notes if report.is_complete else ():
            if note.text and not note.text.strip(" \n…"):
                yield Finding("empty-note", note.place, f"the note `{note.label}` has no text")


def speakers_are_known(edition: Edition) -> Iterator[Finding]:
    """Want a page for each speaker, other than `editors`; one that a report has not is reported once."""
    for report in edition.reports.values():
        source = report.record.document.source
        speakers = {unit.speaker: unit for unit in reversed(report.units.values()) if unit.speaker}
        for speaker, unit in speakers.items():
            if speaker != UNSIGNED and lacks(edition, "people", speaker):
                written = source.find(f"speaker={speaker}", source.offset(unit.place))
                place = source.at(source.offset(written) + len("speaker="), len(speaker))
                said = f"docs/people/ has no `{speaker}`"
                yield Finding("unknown-person", place, said, nearest(speaker, [*edition.people, UNSIGNED]))
