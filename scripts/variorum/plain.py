"""What no contributed text may hold, in whatever file: raw HTML, images, characters that hide or reorder others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .findings import Finding, cut
from .source import Source

HTML = re.compile(
    r"<(?![A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>|[\w.+-]+@[\w.-]+>)(?:!--|(?P<end>/)?[!?]?(?P<name>[A-Za-z][\w-]*)[^<>\n]*>?)"
)
"""The beginning of a tag or comment; an address between angle brackets is none."""
IMAGE = re.compile(r"!\[(?:(?![\^@])|(?=[^\[\]]*\][(\[]))(?:[^\[\]]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])?)?")
"""An image, or what might be one; a marker or citation behind an exclamation mark is none."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def unclean(source: Source, start: int, text: str, bare: str) -> Iterator[Finding]:
    """Yield what `text`, at offset `start` of `source`, must not hold; `bare` is the text with code blanked out."""
    for match in _CONTROL.finditer(text):
        name = unicodedata.name(match[0], "").lower()
        said = f"the character U+{ord(match[0]):04X}" + (f", {name}" if name else "")
        yield Finding("control-character", source.at(start + match.start()), said)
    opened: set[str] = set()
    for match in HTML.finditer(bare):
        name = (match["name"] or "").lower()
        if not (match["end"] and name in opened):
            yield Finding("raw-html", source.at(start + match.start(), len(match[0])), f"raw HTML: `{cut(match[0])}`")
        opened.add(name)
    for match in IMAGE.finditer(bare):
        yield Finding("remote-image", source.at(start + match.start(), len(match[0])), "an image in contributed text")


LONGEST, DEEPEST = 20_000, 12
"""Characters of a paragraph, and brackets within brackets, beyond which the host's parser takes for ever."""
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\[\^)[^\n]+)*")


def too_deep(source: Source, start: int, text: str) -> Iterator[Finding]:
    """Yield paragraphs that are too long or nested too deep for any parser to read in good time."""
    for paragraph in _PARAGRAPH.finditer(text):
        words = paragraph[0]
        depth = deepest = 0
        for sign in re.findall(r"[\[\]]|(?<=\])\(|\)", words) if words.count("[") > DEEPEST else ():
            depth = depth + 1 if sign in "[(" else max(0, depth - 1)
            deepest = max(deepest, depth)
        if len(words) > LONGEST or deepest > DEEPEST:
            said = f"a paragraph of {len(words)} characters" if len(words) > LONGEST else f"brackets {deepest} deep"
            yield Finding("nesting", source.at(start + paragraph.start(), 1), said)
