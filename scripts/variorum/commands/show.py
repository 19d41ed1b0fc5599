"""`variorum show`: print the edition as plain text."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..edition import load
from ..findings import nearest
from ..show import print_edition


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("show", help="print the edition as plain text")
    parser.add_argument("what", nargs="?", default="", help="a report’s or proposition’s key, or `matrix`")
    parser.set_defaults(run=run)


def run(root: Path, given: argparse.Namespace) -> int:
    """Print the edition, or one report, proposition or the matrix."""
    edition = load(root)
    text = print_edition(edition, given.what)
    if text is None:
        known, word = [*edition.reports, *edition.propositions], given.what.partition("/")[0]
        begun = [f"`{key}`" for key in known if key.startswith(word)][:3]
        advice = f"did you mean {' or '.join(begun)}?" if begun else nearest(word, known)
        told = f"there is no report or proposition `{given.what}`" + (f"; {advice}" if advice else "")
        print(f"variorum: {told}", file=sys.stderr)
        return 2
    sys.stdout.write(text)
    return 0
