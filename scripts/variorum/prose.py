"""What stands in contributed text: citations, quotations, links and what must not be there, each with its offset.

Texts are scanned, not rendered, so that checking a large edition stays cheap; only a text that holds a link or an angle
bracket goes through the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .citations import without_code
from .edition import Edition
from .findings import Finding
from .links import resolve
from .source import Source
from .words import LONGEST_QUOTATION

WORD = re.compile(r"[^\W_]+(?:['’‑-][^\W_]+)*")
"""A word: a run of letters or digits with its apostrophes and hyphens (design, rights)."""
QUOTATION = re.compile(r"“([^“”]*)”")
_HTML = re.compile(r"<(?![a-z+.-]+:[^<>\s]*>|[\w.+-]+@[\w.-]+>)(?:[/!?]?[A-Za-z][^<>\n]*>?|!--)")
_IMAGE = re.compile(r"!\[[^\]]*\][(\[]")
_LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?(?P<href>[^\s)>]*)>?[^)]*\)")
_DEFINED = re.compile(r"^[ ]{0,3}\[[^\]^]+\]:\s*<?(?P<href>[^\s>]+)>?", re.MULTILINE)
_AUTOLINK = re.compile(r"<(?P<href>[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def words(text: str) -> int:
    """Count the words of `text`."""
    return sum(1 for _ in WORD.finditer(text))


def quotations(text: str) -> Iterator[tuple[int, str]]:
    """Yield what stands in double curly quotation marks, with its offset."""
    for match in QUOTATION.finditer(text):
        yield match.start(1), match[1]


def faults(edition: Edition, source: Source, start: int, text: str, base: str) -> Iterator[Finding]:
    """Yield what contributed `text`, standing at offset `start` of `source`, must not hold; `base` is its file under docs/."""
    bare = without_code(text)
    for match in _CONTROL.finditer(text):
        yield Finding("control-character", source.at(start + match.start()), f"the character U+{ord(match[0]):04X}")
    for match in _HTML.finditer(bare):
        yield Finding("raw-html", source.at(start + match.start(), len(match[0])), f"raw HTML: `{_cut(match[0])}`")
    for match in _IMAGE.finditer(bare):
        yield Finding("remote-image", source.at(start + match.start(), len(match[0])), "an image in contributed text")
    for pattern in (_LINK, _DEFINED, _AUTOLINK):
        for match in pattern.finditer(bare):
            yield from _link(edition, source, start + match.start("href"), match["href"], base)


def long_quotations(source: Source, start: int, text: str) -> Iterator[Finding]:
    """Yield quotations of more words than a quotation may have."""
    for offset, quoted in quotations(text):
        count = words(quoted)
        if count > LONGEST_QUOTATION:
            yield Finding("long-quotation", source.at(start + offset, len(quoted)), f"a quotation of {count} words")


def _link(edition: Edition, source: Source, offset: int, href: str, base: str) -> Iterator[Finding]:
    fault = resolve(edition, base, href).fault
    if fault:
        said = "leads nowhere" if fault == "dead-link" else "is not an address that a link may have"
        yield Finding(fault, source.at(offset, max(1, len(href))), f"`{_cut(href)}` {said}")


def _cut(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
