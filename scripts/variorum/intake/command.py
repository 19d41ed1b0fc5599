"""What `variorum import` calls: plain functions that return an exit code and what to print; nothing is printed here."""

from collections import Counter
from pathlib import Path

from . import corrections
from .apart import read
from .model import Intake
from .refusal import Refusal
from .scaffold import scaffold


def run(
    path: Path, report: str, as_json: bool = False, use_corrections: bool = True, root: Path | None = None
) -> tuple[int, str]:
    """Import a file and return (0, JSON or summary), or (1, why not); `root` is the edition's folder."""
    try:
        found = intake(path, report, root, use_corrections)
    except Refusal as refusal:
        return 1, f"error[import]: {refusal}\n"
    return 0, found.as_json() if as_json else summary(found)


def intake(path: Path, report: str, root: Path | None = None, use_corrections: bool = True) -> Intake:
    """Read a file with the edition's corrections; raises `Refusal`."""
    return read(path, report, corrections.path_of(root or Path.cwd(), report) if use_corrections else None)


def start(path: Path, report: str, root: Path, title: str | None = None) -> str:
    """Return the start of a report’s page, its digests empty; raises `Refusal` where the file cannot be read."""
    return scaffold(intake(path, report, root), title)


def summary(intake: Intake) -> str:
    """Return the intake for a person: the outline, the counts, what was set aside and what is missing."""
    rows = [intake.title or "(no title in the text)", ""]
    for section in intake.sections:
        marks = sum(len(unit.marks) for unit in section.units) + len(section.marks)
        name = section.title or "[no heading]"
        rows.append(f"{'  ' * section.level}{section.id}  {name}  ({len(section.units)} units, {marks} markers)")
    set_aside = Counter(piece.kind for piece in intake.furniture)
    rows += ["", f"{len(intake.units)} units, {len(intake.notes)} notes, {len(intake.mended)} mends"]
    rows.append(
        "set aside: " + (", ".join(f"{count} {kind}" for kind, count in sorted(set_aside.items())) or "nothing")
    )
    rows += [f"warning: {warning}" for warning in intake.warnings]
    return "\n".join(rows) + "\n"
