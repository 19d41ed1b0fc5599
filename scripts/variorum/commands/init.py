"""`variorum init`: make a new edition that builds and passes the check, on any subject."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .. import journal, locking, starter
from .new import today


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("init", help="make a new, working edition with one invented report")
    parser.add_argument("folder", type=Path, help="where to make it; absent or empty")
    parser.add_argument("--title", default="A comparative edition", help="the edition’s title")
    parser.set_defaults(run=run, without_edition=True)


def run(_root: Path, given: argparse.Namespace) -> int:
    """Write the edition's files; refuse a folder that holds something."""
    folder: Path = given.folder
    journal.recover(folder)
    if folder.exists() and (not folder.is_dir() or any(one.name != locking.FOLDER for one in folder.iterdir())):
        print(f"variorum: {folder} is not an empty folder; nothing was written", file=sys.stderr)
        return 2
    count = starter.lay_out(folder, given.title, today())
    print(f"{count} files in {folder}; its README.md says what comes next")
    return 0
