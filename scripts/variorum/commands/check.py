"""`variorum check`: print every finding."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from .. import checks, watching
from ..edition import load
from ..findings import Form, has_errors, show


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("check", help="print every finding; exit 1 where one is an error")
    parser.add_argument("--format", choices=[*map(str, Form)], default=str(Form.TEXT))
    parser.add_argument("--watch", action="store_true", help="check again whenever a file changes, until interrupted")
    parser.set_defaults(run=run)


def run(root: Path, given: argparse.Namespace) -> int:
    """Check the edition and print what is wrong, once or after every change."""
    form = Form(given.format)
    if not given.watch:
        return _once(root, form)
    with contextlib.suppress(KeyboardInterrupt), watching.changes(root) as bursts:
        _again(root, form)
        for changed in bursts:
            print(f"— {', '.join(sorted(changed))}")
            _again(root, form)
    return 0


def _again(root: Path, form: Form) -> None:
    """Check once, and say when: editors wait for the line."""
    _once(root, form)
    print("checked", flush=True)


def _once(root: Path, form: Form) -> int:
    edition = load(root, stays=True)
    found = checks.check(edition)
    sys.stdout.write(show(found, form, edition.files))
    sys.stdout.flush()
    return 1 if has_errors(found) else 0
