"""What stands in contributed text: quotations, links and what must not be there, each with its offset.

Texts are scanned, not rendered, so that checking a large edition stays cheap. The scan may take for a link or a tag
what no parser would; it must not overlook one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .citations import without_code
from .edition import Edition
from .findings import Finding, cut
from .links import nearest_target, resolve
from .plain import IMAGE, too_deep, unclean
from .quoting import count_words, quotations
from .source import Source
from .words import LONGEST_QUOTATION

_TARGET = r"(?:<(?P<angle>[^<>\n]*)>|(?P<href>(?:[^()\"'<>\n]|\n(?![ \t]*\n)|\([^()\n]*\))*))"
_LINK = re.compile(rf"\]\((?=\s*{_TARGET})")
_DEFINED = re.compile(
    r"^[ \t>*+\-\d.)]*\[(?P<label>[^\[\]]+)\]:[ \t]*\n?[ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<href>\S+))", re.MULTILINE
)
_AUTOLINK = re.compile(r"<(?P<href>[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>")


def faults(edition: Edition, source: Source, start: int, text: str, base: str) -> Iterator[Finding]:
    """Yield what contributed `text`, at offset `start` of `source`, must not hold; `base` is its file under docs/."""
    bare = without_code(text)
    yield from unclean(source, start, text, bare)
    yield from too_deep(source, start, text)
    for offset, href in _links(bare, base):
        fault = resolve(edition, base, href).fault
        if fault:
            said = "leads nowhere" if fault == "dead-link" else "is not an address that a link may have"
            hint = nearest_target(edition, base, href) if fault == "dead-link" else ""
            yield Finding(fault, source.at(start + offset, max(1, len(href))), f"`{cut(href)}` {said}", hint)


def long_quotations(source: Source, start: int, text: str) -> Iterator[Finding]:
    """Yield quotations of more words than a quotation may have."""
    for offset, quoted in quotations(text):
        count = count_words(quoted)
        if count > LONGEST_QUOTATION:
            yield Finding("long-quotation", source.at(start + offset, len(quoted)), f"a quotation of {count} words")


def _links(bare: str, base: str) -> Iterator[tuple[int, str]]:
    """Yield the target of each link, with its offset; the notes of a report look like definitions and are none."""
    images = [match.span() for match in IMAGE.finditer(bare)]
    for pattern in (_LINK, _DEFINED, _AUTOLINK):
        for match in pattern.finditer(bare):
            groups = match.groupdict()
            is_note = groups.get("label", "").startswith("^") and base.startswith("reports/")
            is_image = pattern is _LINK and any(start < match.start() < end for start, end in images)
            if not is_note and not is_image:
                name = "href" if groups.get("angle") is None else "angle"
                href = groups[name].strip()
                yield bare.index(href, match.start(name)), href
