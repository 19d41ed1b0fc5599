"""`variorum rename`: give a record another key, leave an alias, mend every reference."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .. import checks, locking, renaming
from ..drafts import Unfit
from ..edition import Edition, load
from ..findings import Form, has_errors, show
from ..writing import Batch


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("rename", help="give a record another key; its old one stays as an alias")
    parser.add_argument("old", help="`vassal`, `people/kestrel` or `report/slug`")
    parser.add_argument("new", help="the new key")
    parser.add_argument("--print", action="store_true", dest="only_print", help="say what would change; write nothing")
    parser.set_defaults(run=run)


def run(root: Path, given: argparse.Namespace) -> int:
    """Rename a record; take it back where the edition has errors afterwards that it had not."""
    edition = load(root)
    if has_errors(edition.findings):
        print(
            "variorum: files that cannot be read may name the record; mend them first (`variorum check`)",
            file=sys.stderr,
        )
        return 2
    try:
        name = renaming.find(edition, given.old, given.new)
        batch = renaming.plan(root, edition, name)
        wrong = "" if given.only_print else _made(root, edition, batch)
    except (Unfit, FileExistsError) as error:
        print(f"variorum: {error}", file=sys.stderr)
        return 2
    if wrong:
        sys.stdout.write(wrong)
        print("variorum: taken back, since the edition would not pass `variorum check`", file=sys.stderr)
        return 1
    for old, new in sorted(batch.moved.items()):
        print(f"{old} → {new}")
    for path in sorted(set(batch.written) - set(batch.moved.values())):
        print(f"{path}: references mended")
    if name.kind in ("sources", "reports"):
        print("its rendered reference goes by its key: run `variorum references`")
    return 0


def _made(root: Path, edition: Edition, batch: Batch) -> str:
    """Make the change; where it brings errors, take it back and return what is wrong, before anybody else writes."""
    with locking.held(root):
        batch.make()
        after = load(root)
        if _errors(after) <= _errors(edition):
            return ""
        batch.take_back()
        return show(checks.check(after), Form.TEXT, after.files)


def _errors(edition: Edition) -> int:
    return sum(found.level == "error" for found in checks.check(edition))
