"""One run of a command: how long it took, how much memory it and its children held at once, how it ended."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_EVERY = 0.05


@dataclass(frozen=True)
class Run:
    """Hold a run: seconds by the clock and of processors, the most bytes in memory, what went wrong."""

    seconds: float
    processor: float
    memory: int
    failure: str = ""


def run(command: Sequence[str], folder: Path, log: Path, limit: float, extra: Mapping[str, str] | None = None) -> Run:
    """Run a command in a folder, what it prints into `log`; after `limit` seconds it is stopped with its children.

    Memory is the sum of the resident sets of the command and all its children, looked at every 50 ms, or the largest
    of a single process that the kernel recorded, where that is more. Outside Linux there is the latter alone.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    with log.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**environment, **(extra or {})},
            start_new_session=True,
        )
        watch = _Watch(process.pid)
        late = threading.Timer(limit, _stop, (process.pid,))
        late.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            _stop(process.pid)
            raise
        seconds = time.perf_counter() - start
        late.cancel()
        memory = max(watch.end(), usage.ru_maxrss * 1024)
        processor = usage.ru_utime + usage.ru_stime
        process.returncode = os.waitstatus_to_exitcode(status)
    if seconds >= limit:
        return Run(seconds, processor, memory, f"was stopped after {limit:.0f} s")
    if process.returncode:
        last = log.read_text("utf-8", errors="replace").strip().splitlines()[-1:]
        return Run(seconds, processor, memory, f"ended with {process.returncode}: {' '.join(last)[:200]}")
    return Run(seconds, processor, memory)


def _stop(group: int) -> None:
    """Stop a command that we started and everything in its session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


class _Watch(threading.Thread):
    """Look at the memory of a process and its children until told to end."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root, self._most, self._done = root, 0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self._done.wait(_EVERY):
            self._most = max(self._most, resident(self._root))

    def end(self) -> int:
        """Stop looking; return the most that was seen, in bytes."""
        self._done.set()
        self.join()
        return self._most


def resident(root: int) -> int:
    """Return the bytes that a process and all that come from it have in memory.

    A child that has not begun its own program yet borrows its parent’s memory, and would count it twice.
    """
    held: dict[tuple[str, str, str], int] = {}
    for process in _family(root):
        with contextlib.suppress(OSError):  # it has ended
            command = Path(f"/proc/{process}/cmdline").read_text("utf-8", "replace")
            size, pages, _, _, _, data, _ = Path(f"/proc/{process}/statm").read_text().split()
            held[command, size, data] = int(pages)
    return sum(held.values()) * _PAGE


def _family(root: int) -> list[int]:
    """Return a process and all that come from it."""
    found = [root]
    for process in found:
        with contextlib.suppress(OSError):  # it has ended
            for task in Path(f"/proc/{process}/task").glob("*/children"):
                found += map(int, task.read_text().split())
    return found
