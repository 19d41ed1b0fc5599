"""`variorum fields`: the fields of a kind of record as a table, or the tables in a document made anew."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from ..pages.fields import table
from ..schema import RECORDS
from ..writing import replace

_PLACE = re.compile(r"(<!-- fields (?P<kind>[a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("fields", help="print the fields of a kind of record as a table")
    parser.add_argument("kind", nargs="?", choices=RECORDS, default="position")
    parser.add_argument("--into", type=Path, help="make the tables of this document anew, between their marks")
    parser.set_defaults(run=run, without_edition=True)


def run(_root: Path, given: argparse.Namespace) -> int:
    """Print one table, or put every table of a document in its place."""
    if given.into is None:
        sys.stdout.write(table(given.kind))
        return 0
    if not given.into.is_file():
        print(f"variorum: {given.into} is no file", file=sys.stderr)
        return 2
    text = given.into.read_text("utf-8")
    if not _PLACE.search(text):
        marks = f"`<!-- fields {given.kind} -->` and `<!-- end -->`, a line each"
        print(f"variorum: {given.into} has no place for a table, which is marked by {marks}", file=sys.stderr)
        return 2
    fresh = with_tables(text)
    if fresh != text:
        replace(given.into, fresh)
    return 0


def with_tables(text: str) -> str:
    """Return a document with each table between `<!-- fields KIND -->` and `<!-- end -->` as the models have it."""
    return _PLACE.sub(lambda match: f"{match[1]}\n{table(match['kind'])}\n{match[3]}", text)
