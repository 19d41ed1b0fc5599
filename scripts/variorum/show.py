"""The edition as plain text, for the terminal, for tests and for review."""

from __future__ import annotations

from . import names
from .compare import Matrix, Row, compare
from .edition import Edition
from .report import Report
from .shares import digest_words, quoted_words, text_words
from .words import TERMS


def print_edition(edition: Edition, what: str = "") -> str | None:
    """Return the edition, one report, one proposition or the matrix as text; nothing where `what` is unknown."""
    matrix = compare(edition)
    if not what:
        return _overview(edition, matrix)
    if what == "matrix":
        return _matrix(edition, matrix)
    if what in edition.reports:
        return _report(edition.reports[what])
    if what in edition.propositions:
        return _row(edition, matrix.by_proposition[what]) + "\n"
    return None


def _overview(edition: Edition, matrix: Matrix) -> str:
    lines = [edition.title, ""]
    for report in edition.reports.values():
        lines.append(f"{report.key}: {names.short_name(report)}, {report.title} ({report.entry.date})")
        counts = f"{len(report.units)} units, {len(report.notes)} notes{_missing(report)}"
        words = f"{_words(edition, report, digest_words(report))} of digest, {quoted_words(edition, report)} quoted"
        lines.append(f"  {report.fields.coverage}; {counts}; {words}")
    coded = sum(standing.record is not None for row in matrix.rows for standing in row.standings)
    cells = f"{coded} of {len(matrix.rows) * len(matrix.reports)} cells coded"
    others = f"{len(edition.annotations)} annotations; {len(edition.entries)} sources"
    lines += ["", f"{len(matrix.rows)} propositions, {cells}; {others}"]
    return "\n".join(lines) + "\n"


def _words(edition: Edition, report: Report, count: int) -> str:
    """Return a count of words, with its share of the report's own where that is known."""
    whole = text_words(edition, report)
    return f"{count} words ({count / whole:.0%})" if whole else f"{count} words"


def _missing(report: Report) -> str:
    missing = report.fields.notes.missing
    return f" and {len(missing)} missing" if missing else ""


def _report(report: Report) -> str:
    lines = [f"{report.title} [{report.key}]", ""]
    for section in report.sections:
        lines.append(
            f"{'  ' * (section.level - 1)}{section.id} {section.title or '[' + (section.supplied or '') + ']'}"
        )
        for unit in section.units:
            marks = f" notes {', '.join(unit.marks)}" if unit.marks else ""
            lines.append(f"{'  ' * section.level}{unit.id} {unit.kind}{marks}")
    return "\n".join(lines) + "\n"


def _matrix(edition: Edition, matrix: Matrix) -> str:
    return "\n".join(_row(edition, row) for row in matrix.rows) + "\n"


def _row(edition: Edition, row: Row) -> str:
    lines = [f"{row.proposition}: {edition.propositions[row.proposition].fields.statement}"]
    lines += [f"  {standing.report:<24}{TERMS[standing.cell].word}" for standing in row.standings]
    return "\n".join(lines)
