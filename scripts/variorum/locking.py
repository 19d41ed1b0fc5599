"""One writer at a time: an edition's lock, and who holds it.

The operating system keeps the lock and gives it back when its holder ends, however it ends; a file beside it says who
that is. What only reads takes no lock.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

FOLDER = ".variorum"
"""Where an edition keeps what its writing commands need meanwhile; git ignores it."""
LOCK = f"{FOLDER}/lock"
HOLDER = f"{FOLDER}/holder.json"
WAIT = 4.0
"""Seconds that a second writer waits for the first."""


class Busy(OSError):
    """Say that another command is writing to the edition, which one, and what to do."""


@contextmanager
def held(root: Path, wait: float | None = None) -> Iterator[None]:
    """Hold the lock of the edition under `root`, which a command may take again inside.

    Raises `Busy` where another process has it for longer than `wait` seconds (else `WAIT`), and `OSError` where `root`
    cannot be written.
    """
    lock = FileLock(root / LOCK, is_singleton=True)
    again = lock.is_locked
    _acquire(lock, root, WAIT if wait is None else wait)
    try:
        if not again:
            said = {"pid": os.getpid(), "command": command(), "since": _now()}
            (root / HOLDER).write_text(json.dumps(said), "utf-8")
        yield
    finally:
        if not again:
            for name in (HOLDER, LOCK):  # whoever waits for a lock file that is gone makes another
                with contextlib.suppress(OSError):
                    (root / name).unlink()
        lock.release()
        with contextlib.suppress(OSError):
            (root / FOLDER).rmdir()


def _acquire(lock: BaseFileLock, root: Path, wait: float) -> None:
    while True:
        (root / FOLDER).mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=wait)
            return
        except FileNotFoundError:  # another command has just ended and taken the empty folder away
            continue
        except Timeout as error:
            raise Busy(_told(root)) from error


def command() -> str:
    """Return the command of this process, as it was typed."""
    return " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200]


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _told(root: Path) -> str:
    try:
        said = json.loads((root / HOLDER).read_text("utf-8"))
        who = f"`{said['command']}` (process {said['pid']}, since {said['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another command"
    return (
        f"{who} is writing to this edition and holds {root / LOCK}; nothing was changed. "
        "Wait until it has ended, or end that process, and run this command again"
    )
