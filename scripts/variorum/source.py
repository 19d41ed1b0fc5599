"""A text file of the edition, and places in it that a message can point at.

Lines and columns count from 1; columns count code points.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Point at `length` code points in a file; `excerpt` is the whole line that holds them."""

    path: str
    line: int = 1
    column: int = 1
    length: int = field(default=1, compare=False)
    excerpt: str = field(default="", compare=False)


@dataclass(frozen=True)
class Source:
    """Hold a file's text under its path relative to the edition's root."""

    path: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        return starts[:-1]

    def line(self, number: int) -> str:
        """Return line `number`, or nothing where the file is shorter."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

    def at(self, offset: int, length: int = 1) -> Place:
        """Turn an offset into the text into a place; a span over several lines ends with its first."""
        inside = max(0, min(offset, len(self.text)))
        index = bisect_right(self._starts, inside) - 1
        return self.on(index + 1, inside - self._starts[index] + 1, length)

    def on(self, line: int, column: int = 1, length: int = 1) -> Place:
        """Point at a line and column of this file."""
        excerpt = self.line(line)
        longest = max(1, len(excerpt) - column + 1)
        return Place(self.path, line, column, max(1, min(length, longest)), excerpt)

    def offset(self, place: Place) -> int:
        """Return the offset of a place in this file."""
        return self._starts[place.line - 1] + place.column - 1 if place.line <= len(self._starts) else len(self.text)

    def find(self, words: str, start: int = 0) -> Place:
        """Point at the first occurrence of `words` from `start`, or at `start` where there is none."""
        offset = self.text.find(words, start)
        return self.at(offset, len(words)) if offset >= 0 else self.at(start)


class Undecodable(Exception):
    """Say that a file is not UTF-8 text; `line` and `column` tell where it stops being it."""

    def __init__(self, line: int, column: int, byte: int) -> None:
        super().__init__(f"byte 0x{byte:02x} at {line}:{column} is not UTF-8")
        self.line, self.column, self.byte = line, column, byte


def read(root: Path, path: Path) -> Source:
    """Read a file as UTF-8, with line ends made `\\n` and a byte order mark dropped.

    Raises `Undecodable` where the bytes are not UTF-8, and `OSError` where the file cannot be read.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        last = before.rfind(b"\n") + 1
        column = len(before[last:].decode("utf-8", "replace")) + 1
        raise Undecodable(before.count(b"\n") + 1, column, data[error.start]) from error
    return Source(path.relative_to(root).as_posix(), text.replace("\r\n", "\n").replace("\r", "\n"))
