"""`variorum show`: print the edition as plain text."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..edition import load
from ..show import print_edition


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("show", help="print the edition as plain text")
    parser.add_argument("what", nargs="?", default="", help="a report’s or proposition’s key, or `matrix`")
    parser.set_defaults(run=run)


def run(root: Path, given: argparse.Namespace) -> int:
    """Print the edition, or one report, proposition or the matrix."""
    text = print_edition(load(root), given.what)
    if text is None:
        print(f"variorum: there is no report or proposition `{given.what}`", file=sys.stderr)
        return 2
    sys.stdout.write(text)
    return 0
