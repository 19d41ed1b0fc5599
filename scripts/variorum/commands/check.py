"""`variorum check`: print every finding."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .. import checks
from ..edition import load
from ..findings import Form, has_errors, show


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("check", help="print every finding; exit 1 where one is an error")
    parser.add_argument("--format", type=Form, choices=list(Form), default=Form.TEXT)
    parser.set_defaults(run=run)


def run(root: Path, given: argparse.Namespace) -> int:
    """Check the edition and print what is wrong."""
    edition = load(root)
    found = checks.check(edition)
    sys.stdout.write(show(found, given.format, edition.files))
    return 1 if has_errors(found) else 0
