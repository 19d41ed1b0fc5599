"""A change of several files that is made whole or taken back, even where its command is killed in between.

Before anything changes, the old and the new bytes of every file are put on the disk under `.variorum/change/`, and then
a list of them: from there on the change is known. Making it and taking it back are then renames, which need no room on
the disk. A command that is killed leaves the list behind, and the next one takes the change back; a file that somebody
has edited meanwhile is left as it is, and named.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import atomic, locking

FOLDER = f"{locking.FOLDER}/change"
LIST = f"{FOLDER}/list.json"


@dataclass(frozen=True, slots=True)
class Step:
    """Say what one file holds before and after, `None` where there is none; `path` is relative to the root."""

    path: str
    old: bytes | None
    new: bytes | None
    mode: int = 0o644


@dataclass(frozen=True, slots=True)
class Undone:
    """Say whose change was taken back: the command, its files, and those left alone since somebody edited them."""

    command: str
    files: tuple[str, ...]
    left: tuple[str, ...]


def begin(root: Path, steps: Sequence[Step], done: str = "") -> None:
    """Put a change on the disk beside the files; from when `done`, a path, exists, it counts as made for good.

    Raises `OSError`, and then nothing is changed.
    """
    folder = root / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        for number, step in enumerate(steps):
            for name, data in (("old", step.old), ("new", step.new)):
                if data is not None:
                    _put(folder / f"{number}.{name}", data, step.mode)
        files = [{"path": step.path, "old": _sum(step.old), "new": _sum(step.new)} for step in steps]
        told = {"command": locking.command(), "done": done, "files": files, "folders": _absent(root, steps)}
        atomic.write(root / LIST, json.dumps(told, indent=1))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def carry_out(root: Path, steps: Sequence[Step]) -> None:
    """Make the change that `begin` has put on the disk, new files first; raises `OSError` in the midst of it."""
    for number, step in enumerate(steps):
        path, part = root / step.path, root / FOLDER / f"{number}.new"
        if step.new is None:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if step.old is None:
            os.link(part, path)  # where there is such a file by now, this fails
        else:
            part.replace(path)
    for step in steps:
        if step.new is None:
            (root / step.path).unlink()
    for folder in {(root / step.path).parent for step in steps if step.new is None}:
        if not any(folder.iterdir()):
            folder.rmdir()


def end(root: Path) -> None:
    """Make a change one that is not taken back."""
    (root / LIST).unlink(missing_ok=True)
    shutil.rmtree(root / FOLDER, ignore_errors=True)


def take_back(root: Path) -> Undone | None:
    """Give every file of an unfinished change what it held before; return nothing where there is no such change."""
    told = _list(root)
    if told is None or (told["done"] and Path(told["done"]).exists()):
        end(root)
        return None
    files, left = [], []
    for number, file in reversed([*enumerate(told["files"])]):
        path = root / file["path"]
        now = _sum(path.read_bytes() if path.is_file() else None)
        if now == file["old"]:
            continue
        if now != file["new"]:
            left.append(file["path"])
        elif file["old"] is None:
            path.unlink()
            files.append(file["path"])
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            (root / FOLDER / f"{number}.old").replace(path)
            files.append(file["path"])
    for name in told["folders"]:
        if (root / name).is_dir() and not any((root / name).iterdir()):
            (root / name).rmdir()
    end(root)
    return Undone(told["command"], tuple(reversed(files)), tuple(reversed(left)))


def recover(root: Path) -> Undone | None:
    """Take back what a killed command has left unfinished; a command that still runs is left alone."""
    if not (root / LIST).exists():
        return None
    try:
        with locking.held(root, wait=0):
            return take_back(root)
    except locking.Busy:
        return None


def _list(root: Path) -> dict[str, Any] | None:
    try:
        return dict(json.loads((root / LIST).read_text("utf-8")))
    except FileNotFoundError:
        return None


def _put(path: Path, data: bytes, mode: int) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(mode)


def _sum(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def _absent(root: Path, steps: Sequence[Step]) -> list[str]:
    """Return the folders that the change will make, the innermost first."""
    made = {
        folder.as_posix()
        for step in steps
        for folder in Path(step.path).parents
        if step.new is not None and not (root / folder).exists()
    }
    return sorted(made, key=lambda name: (-name.count("/"), name))
