"""What a preview need not render again: the host's HTML of generated pages, kept by all that it was made from.

While pages are served, an edit to one record changes few of them, and the host's Markdown and templates are most of
the time. A page is taken from here only where its text and the frame around it, navigation and theme, are the same to
the letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

STAND_IN = "kept.html"
"""The theme's empty template, for a page whose HTML is kept."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Hold what the host made of a page: its ids, and its HTML before it is dressed."""

    made_from: bytes
    ids: frozenset[str]
    html: str


class Previews:
    """Keep the pages of the builds before this one."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._frame = b""
        self._kept: dict[str, Preview] = {}

    def begin(self, frame: Iterable[str], theme: Iterable[Path]) -> None:
        """Begin a build.

        `frame` is all that goes into every page besides its own text, `theme` the folders of overrides.
        """
        sheets = sorted(file for folder in theme for file in folder.rglob("*") if file.is_file())
        stats = (f"{file} {file.stat().st_mtime_ns} {file.stat().st_size}" for file in sheets)
        self._frame = _digest(*frame, *stats)

    def find(self, path: str, text: str) -> Preview | None:
        """Return what was made of a page, where it was made from the same text in the same frame."""
        kept = self._kept.get(path)
        return kept if kept is not None and kept.made_from == self._made_from(text) else None

    def keep(self, path: str, text: str, ids: Iterable[str], html: str) -> None:
        """Keep what the host made of a page."""
        self._kept[path] = Preview(self._made_from(text), frozenset(ids), html)

    def _made_from(self, text: str) -> bytes:
        return _digest(self._frame.hex(), text)


def _digest(*parts: str) -> bytes:
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part.encode())
    return found.digest()
