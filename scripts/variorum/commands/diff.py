"""`variorum diff`: what changed in the edition since a revision, from what to what."""

from __future__ import annotations

import argparse
import sys
from enum import StrEnum
from pathlib import Path

from .. import revisions, telling
from ..changes import between
from ..edition import load
from ..revisions import NoRevision


class Form(StrEnum):
    """Name the forms in which changes can be told."""

    TEXT = "text"
    MARKDOWN = "markdown"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("diff", help="print what the edition says differently since a revision")
    parser.add_argument("revision", help="a commit, branch or tag")
    parser.add_argument("--format", choices=[*map(str, Form)], default=str(Form.TEXT))
    parser.set_defaults(run=run)


def run(root: Path, given: argparse.Namespace) -> int:
    """Print the difference between a revision and the files as they are."""
    try:
        with revisions.checked_out(root, given.revision) as old:
            changes = between(load(old), load(root))
    except NoRevision as error:
        print(f"variorum: {error}", file=sys.stderr)
        return 2
    told = telling.as_text(changes) if given.format == Form.TEXT else telling.as_markdown(changes)
    sys.stdout.write(told)
    return 0
