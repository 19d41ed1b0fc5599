"""The command line: `variorum COMMAND`, each command in a module of `commands`."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from . import journal
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

_ROOM = "make room on the disk, and run this command again"
_RIGHTS = "make the folder one that you may write to, or work in a copy of your own"
_REMEDIES = {
    **dict.fromkeys((errno.ENOSPC, errno.EFBIG, errno.EDQUOT), _ROOM),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), _RIGHTS),
}


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
        _recover(root)
        return int(given.run(root, given))
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"variorum: {_told(error)}", file=sys.stderr)
        return 2


def _recover(root: Path) -> None:
    """Take back what a killed command has left half done, and say so."""
    undone = journal.recover(root)
    if undone is None:
        return
    told = f"`{undone.command}` was ended while it wrote: {len(undone.files)} files are as they were before it"
    print(f"variorum: {told}; run it again", file=sys.stderr)
    for name in undone.left:
        print(f"variorum: {name} was edited since and is left as it is; look at it", file=sys.stderr)


def _told(error: OSError) -> str:
    """Return a failure of the system as file, reason and remedy; what we raise ourselves says all of it."""
    if error.errno is None:
        return str(error)
    reason = (error.strerror or errno.errorcode.get(error.errno, "unknown reason")).lower()
    name = f"{error.filename2 or error.filename}: " if error.filename else ""
    remedy = _REMEDIES.get(error.errno, "mend that, and run this command again")
    return f"{name}{reason}; nothing was changed. To mend it, {remedy}"


if __name__ == "__main__":
    sys.exit(main())
