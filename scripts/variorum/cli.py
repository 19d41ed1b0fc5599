"""The command line: `variorum COMMAND`, each command in a module of `commands`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from .commands import (
    agreement,
    check,
    cite,
    code,
    diff,
    fields,
    init,
    intake,
    new,
    pages,
    references,
    release,
    rename,
    show,
    verify,
)

COMMANDS = (
    check,
    show,
    intake,
    code,
    agreement,
    pages,
    references,
    verify,
    new,
    cite,
    rename,
    diff,
    init,
    fields,
    release,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 where the edition has errors, or 2 where the command cannot be run."""
    parser = argparse.ArgumentParser(prog="variorum", description="Make a comparative annotated edition.")
    parser.add_argument("--root", default=".", help="the edition’s folder (default: the current one)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    given = parser.parse_args(arguments)
    root = Path(given.root).resolve()
    if not (root / "docs").is_dir() and not getattr(given, "without_edition", False):
        print(f"variorum: {given.root} holds no edition: there is no folder docs/ in it", file=sys.stderr)
        return 2
    try:
        return int(given.run(root, given))
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
