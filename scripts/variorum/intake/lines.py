"""The one model that every input form is read into: lines with what their source knows about them.

A note marker that the source itself shows as one (a superscript, an anchor, a Markdown footnote) stands inside the
text between two private characters, so that joining and mending lines never lose it: `MARK + style + label + END`.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

MARK, END = "\ue000", "\ue001"
#: style letters: s superscript, u Unicode superscript, f Markdown footnote, a anchor
MARKED = re.compile(f"{MARK}([sufa])([^{END}]*){END}")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
SUBSCRIPTED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Line:
    """One non-blank line of the input, and what its form tells about it.

    `number` counts from 1: lines of the file for text and Markdown, blocks in reading order for HTML, printed lines in
    reading order for PDF. `size`, `left`, `right` and `top` are in points and 0 where unknown.
    """

    number: int
    text: str
    raw: str
    gap: int = 0  # blank lines before it
    indent: int = 0  # blanks before it
    level: int = 0  # rank of the heading that the source claims it is
    bullet: str = ""  # list label
    role: str = ""  # what the source says of it: note, quotation, or a furniture kind
    label: str = ""  # the note's label, where the source says it
    block: int = 0  # lines with one block number belong together; 0: the source does not say
    start: bool = False  # the layout shows that something new begins here
    short: bool = False  # it ends well before the right edge
    size: float = 0.0
    bold: bool = False
    page: int = 0
    column: int = 0
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0

    @property
    def hash(self) -> str:
        """Return the twelve hexadecimal digits by which corrections know the line."""
        return hashlib.sha256(" ".join(self.raw.split()).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Input:
    """A whole input: its lines in reading order, its form, and what its metadata say."""

    lines: tuple[Line, ...]
    dress: str  # plain | marked | page
    wrapped: bool = False
    width: int = 0  # characters of a full line, where wrapped
    size: float = 0.0  # of the running text, in points
    title: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """Lines that belong together, and what they have been found to be ("" while nobody knows)."""

    lines: tuple[Line, ...]
    kind: str = ""  # "" | heading | paragraph | item | quotation | note | furniture | title
    detail: str = ""  # the furniture's kind, or the note's label
    level: int = 0
    speaker: str = ""
    fixed: bool = False  # a correction says so
    apart: bool = False  # never joined to what stands before it
    fresh: bool = False  # a section begins here although its heading is lost

    @property
    def first(self) -> Line:
        """Return the line with which the block begins."""
        return self.lines[0]

    @property
    def text(self) -> str:
        """Return the block's lines, one under the other, markers still inside."""
        return "\n".join(line.text for line in self.lines)

    @property
    def bare(self) -> str:
        """Return the block's text on one line without the markers that the source shows."""
        return " ".join(MARKED.sub("", self.text).split())

    @property
    def prose(self) -> bool:
        """Tell whether the block is, or may yet be, a unit of the body."""
        return self.kind in ("", "paragraph", "item", "quotation")


def join(blocks: Sequence[Block]) -> Block:
    """Make one block of several, with the findings of the first."""
    first = blocks[0]
    return Block(
        tuple(line for block in blocks for line in block.lines),
        first.kind,
        first.detail,
        first.level,
        first.speaker,
        first.fixed,
        first.apart,
        first.fresh,
    )


def unmark(text: str) -> str:
    """Remove the markers that the source shows, leaving the words."""
    return MARKED.sub("", text)
