"""How long an edit to one annotation takes to be in the browser's reach under `mkdocs serve`, in this edition."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from .builders import ROOT

_START, _EDIT = 600.0, 240.0
"""Seconds within which the server must answer first, and an edit be seen."""


def measure(edits: int = 3) -> list[tuple[float, float]] | str:
    """Return of some edits the seconds from the writing of the file to the page that has it, and those of processor.

    Where it went wrong, return what did.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = _copied(Path(folder) / "edition")
        record = next(iter(sorted((root / "docs" / "annotations").glob("*/*.md"))))
        port = _free_port()
        page = f"http://127.0.0.1:{port}/annotations/{record.parent.name}/{record.stem}/"
        command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dev-addr", f"127.0.0.1:{port}"]
        with (Path(folder) / "serve.log").open("wb") as log:
            server = subprocess.Popen(command, cwd=root, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
            try:
                if _seen(page, "<html", _START, server) is None:
                    return "the server did not answer"
                found = []
                for number in range(edits):
                    time.sleep(3)  # the search index of the last build is written in the background
                    mark = f"Bench edit {number}."
                    record.write_text(f"{record.read_text('utf-8').rstrip()}\n\n{mark}\n", "utf-8")
                    before = _processor(server.pid)
                    seconds = _seen(page, mark, _EDIT, server)
                    if seconds is None:
                        return f"an edit was not seen within {_EDIT:.0f} s"
                    found.append((seconds, _processor(server.pid) - before))
                return found
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(server.pid, signal.SIGTERM)
                server.wait()


def _copied(root: Path) -> Path:
    """Copy what git knows of the project, as it stands in the folder."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, root / name)
    return root


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _processor(process: int) -> float:
    """Return the seconds of processor that a process has had, or nothing outside Linux."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _seen(address: str, words: str, limit: float, server: subprocess.Popen[bytes]) -> float | None:
    """Wait until a page has some words; return the seconds, or None where it never does."""
    start = time.perf_counter()
    while time.perf_counter() - start < limit and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                if words in answer.read().decode("utf-8", errors="replace"):
                    return time.perf_counter() - start
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.05)
    return None
