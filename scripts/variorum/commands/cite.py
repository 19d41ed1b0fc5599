"""`variorum cite`: print a reference."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ..cite import cited, find
from ..edition import load
from ..findings import nearest
from ..formats import bibtex, ris
from ..references import STYLES, Style, bare

FORMATS = ("bibtex", "ris", "csl")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "cite", help="print a reference to a report, a place in it, an annotation or the edition"
    )
    parser.add_argument("what", help="`lo-2025`, `lo-2025#s4p2`, `lo-2025/vassal`, a proposition’s key, or `edition`")
    parser.add_argument("--style", choices=[str(style) for style in Style], default="chicago", help="default: chicago")
    parser.add_argument("--format", choices=FORMATS, help="BibTeX, RIS or CSL-JSON instead of a style")
    parser.set_defaults(run=run)


def run(root: Path, given: argparse.Namespace) -> int:
    """Print the reference: the note or the parenthesis, and the line for the list of works."""
    edition = load(root)
    thing = find(edition, given.what)
    if thing is None:
        known = [*edition.reports, *edition.propositions, *("/".join(pair) for pair in edition.annotations)]
        advice = nearest(given.what.partition("#")[0], known)
        print(f"variorum: nothing here is called `{given.what}`" + (f": {advice}" if advice else ""), file=sys.stderr)
        return 2
    if given.format == "csl":
        print(json.dumps([thing.work], ensure_ascii=False, indent=1))
    elif given.format:
        print((bibtex if given.format == "bibtex" else ris)(thing.work), end="")
    else:
        style = Style(given.style)
        told = cited(edition, thing, style)
        label = "Note" if style is Style.CHICAGO else "In the text"
        name = STYLES[style][0]
        if not told.styled:
            print(f"variorum: not rendered in {name} yet: run `variorum references`", file=sys.stderr)
        stop = "." if style is Style.CHICAGO else ""
        print(f"{label} ({name if told.styled else 'in no style'}):\n{bare(told.text)}{stop}\n")
        print(f"List of works:\n{bare(told.entry)}\n\nAddress:\n{thing.address}")
    return 0
