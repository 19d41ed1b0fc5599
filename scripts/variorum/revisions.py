"""A revision of the edition, read from Git without touching the working tree."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .layout import BIBLIOGRAPHY, DOCS


class NoRevision(Exception):
    """Say why a revision cannot be read."""


@contextmanager
def checked_out(root: Path, revision: str) -> Iterator[Path]:
    """Give a folder with the edition's files as they were at a revision; it is gone afterwards."""
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not commit:
        raise NoRevision(f"there is no revision `{revision}`")
    held = _git(root, "ls-tree", "--name-only", commit.decode().strip(), "--", DOCS, BIBLIOGRAPHY).decode().split()
    with tempfile.TemporaryDirectory(prefix="variorum-") as folder:
        if held:
            data = _git(root, "archive", "--format=tar", commit.decode().strip(), "--", *held)
            with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                archive.extractall(folder, filter="data")
        yield Path(folder)


def _git(root: Path, *arguments: str) -> bytes:
    try:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True).stdout
    except FileNotFoundError as error:
        raise NoRevision("Git is not installed") from error
    except subprocess.CalledProcessError as error:
        if arguments[0] == "rev-parse" and b"not a git" not in error.stderr:
            return b""
        raise NoRevision(error.stderr.decode("utf-8", "replace").strip() or "Git failed") from error
