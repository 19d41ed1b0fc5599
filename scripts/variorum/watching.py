"""Watching an edition's files, so that a command can run again when one of them changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from queue import Empty, Queue

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from .layout import BIBLIOGRAPHY, DOCS

QUIET = 0.15
"""Seconds without a change after which a burst of changes counts as over."""


class _Listener(FileSystemEventHandler):
    """Put the path of each changed file into a queue."""

    def __init__(self, queue: Queue[str]) -> None:
        self._queue = queue

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("created", "modified", "moved", "deleted") and not event.is_directory:
            self._queue.put(str(event.src_path))


@contextmanager
def changes(root: Path) -> Iterator[Iterator[set[str]]]:
    """Watch docs/ and bibliography/ from here on; give the paths that change, burst by burst, without end."""
    queue: Queue[str] = Queue()
    observer = Observer()
    for folder in (DOCS, BIBLIOGRAPHY):
        if (root / folder).is_dir():
            observer.schedule(_Listener(queue), str(root / folder), recursive=True)
    observer.start()
    try:
        yield ({Path(path).relative_to(root).as_posix() for path in _burst(queue)} for _ in count())
    finally:
        observer.stop()
        observer.join()


def _burst(queue: Queue[str]) -> set[str]:
    found = {queue.get()}
    while True:
        try:
            found.add(queue.get(timeout=QUIET))
        except Empty:
            return found
