"""`variorum import`: a report’s text, page or PDF → its sections, units, markers and notes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .. import layout
from ..intake import FORMS, Refusal, command, scaffold
from ..writing import Batch, Changed


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("import", help="find a report’s structure in its text, page or PDF")
    parser.add_argument("file", type=Path, help=f"the report: {', '.join(FORMS)}")
    parser.add_argument("--report", required=True, metavar="KEY", help="the report’s key in bibliography/reports.bib")
    parser.add_argument("--json", action="store_true", help="print the whole structure as JSON")
    parser.add_argument("--no-corrections", action="store_true", help="leave bibliography/imports/KEY.yml aside")
    parser.add_argument(
        "--scaffold", action="store_true", help="write docs/reports/KEY.md, never over an existing page"
    )
    parser.set_defaults(run=run)


def run(root: Path, given: argparse.Namespace) -> int:
    """Import the file and print its structure, or write the start of a report’s page."""
    if not given.file.is_file():
        print(f"variorum: {given.file} is no file; check the name and the folder", file=sys.stderr)
        return 2
    corrected = not given.no_corrections
    if given.scaffold:
        code, text = write_scaffold(given.file, given.report, root, use_corrections=corrected)
    else:
        code, text = command.run(given.file, given.report, given.json, corrected, root)
    (sys.stdout if code == 0 else sys.stderr).write(text)
    return code


def write_scaffold(path: Path, report: str, root: Path, use_corrections: bool = True) -> tuple[int, str]:
    """Write `docs/reports/<report>.md` for a new report, never over an existing page; return exit code and words."""
    name = f"{layout.REPORTS}/{report}.md"
    try:
        found = command.intake(path, report, root, use_corrections)
        Batch(root, {name: scaffold(found)}, read={name: None}).make()
    except Refusal as refusal:
        return 1, f"error[import]: {refusal}\n"
    except Changed:
        return 1, f"error[import]: {name} exists already and is not written over; edit that file, or delete it first.\n"
    counted = f"{len(found.sections)} sections, {len(found.units)} empty digests, {len(found.notes)} notes"
    return 0, f"{name}: {counted}\n"
