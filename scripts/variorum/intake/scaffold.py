"""The start of an edition: a report's page with sections, ids and markers, whose digests are still to be written."""

import re

from .model import Intake, Mark, Section, Unit

#: the lowest rank of heading that a report's page has
LOWEST = 4
#: stands where a digest is to be written; a check lists it as missing
EMPTY = "…"


def scaffold(intake: Intake, title: str | None = None) -> str:
    """Return the text of a report's page, in the grammar of report files, with empty digests and notes."""
    speaking = bool(intake.units) and any(unit.speaker for unit in intake.units)
    parts = [_front_matter(intake, speaking)]
    name = _plain(title or intake.title or intake.report)
    parts.append(f"# {name}{''.join(f'[^{label}]' for label in intake.front_marks)}")
    for section in intake.sections:
        parts.append(_heading(section, intake))
        parts += [_unit(unit) for unit in section.units]
    parts += [f"[^{note.label}]: {EMPTY}" for note in intake.notes]
    return "\n\n".join(parts) + "\n"


def _front_matter(intake: Intake, speaking: bool) -> str:
    used = {mark.label for unit in intake.units for mark in unit.marks} | set(intake.front_marks)
    rows = [
        "---",
        f"genre: {'interview' if speaking else 'policy report'}",
        "coverage: in preparation",
        f"scope: {EMPTY}",
        f"abstract: {EMPTY}",
        f"original: {EMPTY}",
        "notes:",
        f"  state: {_state(intake, used)}",
    ]
    if _state(intake, used) == "incomplete":
        rows.append("  missing: [" + ", ".join(f'"{label}"' for label in intake.missing_notes) + "]")
    return "\n".join([*rows, "---"])


def _state(intake: Intake, used: set[str]) -> str:
    if not intake.notes:
        return "markers-only" if used else "none"
    return "incomplete" if intake.missing_notes else "complete"


def _heading(section: Section, intake: Intake) -> str:
    title, rank = section.title, "#" * min(LOWEST, section.level + 1)
    if title is None:
        title = (
            "[Opening]" if section.id == "s1" else "[Conclusion]" if section is intake.sections[-1] else "[Untitled]"
        )
        return f"{rank} {title} {{#{section.id}}}"
    return f"{rank} {_plain(title)}{_labels(section.marks)} {{#{section.id}}}"


def _labels(marks: tuple[Mark, ...]) -> str:
    return "".join(f"[^{mark.label}]" for mark in marks)


def _unit(unit: Unit) -> str:
    lead = {"item": "- ", "quotation": "> "}.get(unit.kind, "")
    speaker = f" speaker={unit.speaker}" if unit.speaker else ""
    return f"{lead}{EMPTY}{_labels(unit.marks)}\n{{: #{unit.id}{speaker} }}"


def _plain(text: str) -> str:
    # a heading must not close or open anything in Markdown
    return re.sub(r"([\\`*_{}\[\]<>#])", r"\\\1", text)
