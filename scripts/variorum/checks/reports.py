"""Rules on the reports' pages: units, markers and notes."""

from __future__ import annotations

from collections.abc import Iterator

from ..edition import Edition, Report, missing_reports
from ..findings import Finding, nearest
from ..source import Place
from ..words import NotesState


def every_entry_has_its_page(edition: Edition) -> Iterator[Finding]:
    """Want a page for every entry of bibliography/reports.bib."""
    for entry in missing_reports(edition.entries, edition.reports):
        yield Finding("no-report", entry.place, f"`{entry.key}` has no page docs/reports/{entry.key}.md that can be read")


def sections_have_units(edition: Edition) -> Iterator[Finding]:
    """Want a digest of every unit where a report is complete."""
    for report in edition.reports.values():
        if not report.is_complete:
            continue
        if not report.units:
            yield Finding("no-digest", report.record.place("coverage"), "the report is said to be complete and has no unit")
        for unit in report.units.values():
            if not unit.digest.strip():
                yield Finding("no-digest", unit.place, f"the unit `{unit.id}` has no digest")


def markers_have_notes(edition: Edition) -> Iterator[Finding]:
    """Want a note for each marker, unless the copy lacks it."""
    for report in edition.reports.values():
        fields = report.fields.notes
        if fields.state is NotesState.MARKERS_ONLY:
            continue
        for label, places in report.marks.items():
            if label not in report.notes and label not in fields.missing:
                yield Finding("marker-without-note", _marker(report, places[0], label), f"the marker `{label}` has no note", nearest(label, report.notes))


def notes_have_markers(edition: Edition) -> Iterator[Finding]:
    """Want a marker for each note of a complete report, and no text for a note said to be missing."""
    for report in edition.reports.values():
        missing = report.fields.notes.missing
        for note in report.page.notes:
            if note.label in missing:
                yield Finding("missing-note-present", note.place, f"the note `{note.label}` is listed as missing and stands here")
            elif report.is_complete and note.label not in report.marks:
                yield Finding("note-without-marker", note.place, f"the note `{note.label}` has no marker")


def speakers_are_known(edition: Edition) -> Iterator[Finding]:
    """Want a page for each speaker, other than `editors`."""
    for report in edition.reports.values():
        for unit in report.units.values():
            if unit.speaker and unit.speaker != "editors" and unit.speaker not in edition.people:
                yield Finding("unknown-person", unit.place, f"docs/people/ has no `{unit.speaker}`", nearest(unit.speaker, edition.people))


def _marker(report: Report, where: str, label: str) -> Place:
    source = report.record.document.source
    unit = report.units.get(where)
    start = source.text.find(unit.digest.split("\n")[0]) if unit else report.record.document.body_start
    return source.find(f"[^{label}]", max(0, start))


