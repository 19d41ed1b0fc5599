"""The reports' texts, where they are held: a folder outside the repository, read through import.

A text lies in `texts/` (which git ignores) or in the folder that `VARIORUM_TEXTS` names, as `<report>.txt` or
with any other ending that import reads.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from . import intake
from .intake import Intake, Normal, corrections, normal


@dataclass(frozen=True)
class Text:
    """Hold a report's mended text by unit and note, in the form in which quotations are compared with it."""

    report: str
    intake: Intake

    @cached_property
    def units(self) -> dict[str, str]:
        """Return the units' texts by id, in order."""
        return {unit.id: unit.text for section in self.intake.sections for unit in section.units}

    @cached_property
    def notes(self) -> dict[str, str]:
        """Return the notes' texts as `n12`, in order."""
        return {f"n{note.label}": note.text for note in self.intake.notes}

    @cached_property
    def marks(self) -> dict[str, tuple[str, ...]]:
        """Return each unit's labels in order."""
        return {
            unit.id: tuple(mark.label for mark in unit.marks)
            for section in self.intake.sections
            for unit in section.units
        }

    @cached_property
    def normals(self) -> dict[str, Normal]:
        """Return units and notes in normal form."""
        return {place: normal(text) for place, text in {**self.units, **self.notes}.items()}


def named(environment: Mapping[str, str] = os.environ) -> str:
    """Return the folder of the texts as a maintainer would write it."""
    return environment.get("VARIORUM_TEXTS") or "texts/"


def folder(root: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the texts would lie."""
    return (root / named(environment)).resolve()


def path_of(held: Path, report: str) -> Path | None:
    """Return a report's text in the folder `held`, if it is there."""
    return next((path for form in intake.FORMS if (path := held / f"{report}{form}").is_file()), None)


def missing(root: Path, environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether `VARIORUM_TEXTS` names what is no folder; without it, there need be none."""
    return bool(environment.get("VARIORUM_TEXTS")) and not folder(root, environment).is_dir()


def held(root: Path, reports: Iterable[str]) -> list[str]:
    """Return the reports whose text is held."""
    return [report for report in reports if path_of(folder(root), report)]


def read(root: Path, report: str) -> Text | None:
    """Read a report's text with its corrections, or give nothing where it is not held; raises `intake.Refusal`."""
    path = path_of(folder(root), report)
    if path is None:
        return None
    return Text(report, intake.read(path, report, corrections.path_of(root, report)))
