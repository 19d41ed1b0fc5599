"""What may be quoted: words that are proved to be the author's; what is ours is offered as a paraphrase."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from . import evidence
from .edition import Edition, once
from .evidence import Excerpt
from .grammar import MARK
from .report import Report

_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_CITATION = re.compile(r"\s*\[[^\]\n]*@[^\]\n]*\]")


def quotations(edition: Edition, report: str) -> dict[str, list[Excerpt]]:
    """Return the proved quotations of a report by the unit or note they stand in, the same words once."""
    return _quotations(edition)[report]


@once
def _quotations(edition: Edition) -> dict[str, dict[str, list[Excerpt]]]:
    return {report: _quotable(found) for report, found in evidence.excerpts(edition).items()}


def _quotable(excerpts: list[Excerpt]) -> dict[str, list[Excerpt]]:
    found: dict[str, list[Excerpt]] = {}
    for excerpt in excerpts:
        held = found.setdefault(excerpt.at, [])
        if is_quotable(excerpt) and all(excerpt.quote != other.quote for other in held):
            held.append(excerpt)
    return {at: held for at, held in found.items() if held}


def is_quotable(excerpt: Excerpt) -> bool:
    """Tell whether an excerpt's words are proved to be the author's."""
    return bool(excerpt.quote and excerpt.proof)


def at_publisher(report: Report, excerpt: Excerpt) -> str:
    """Return a link to proved words on the publisher's own page, where that is HTML; else nothing."""
    return original(report, excerpt.quote) if report.fields.online and is_quotable(excerpt) else ""


def original(report: Report, words: str) -> str:
    """Return the address of words on the publisher's own page; of the report, where that is not HTML but known.

    Everything in a text fragment is encoded, the hyphen too, which has a meaning there.
    """
    if not report.fields.online or not words:
        return report.fields.original if is_addressed(report) else ""
    held = quote(" ".join(words.split()), safe="").replace("-", "%2D")
    return f"{report.fields.online.partition('#')[0]}#:~:text={held}"


def is_addressed(report: Report) -> bool:
    """Tell whether the report's own address at its publisher's is known, not the publisher's front page alone."""
    return urlsplit(report.fields.original).path.strip("/") != ""


def inner(words: str) -> str:
    """Return words with their own double quotation marks made single, to stand within a pair."""
    return words.replace("“", "‘").replace("”", "’")


def paraphrase(digest: str) -> str:
    """Return a digest as plain text, without the markers of notes, citations and links."""
    text = _CITATION.sub("", _LINK.sub(r"\1", MARK.sub("", digest)))
    return re.sub(r"(?<!\w)[*_]{1,2}(\S(?:.*?\S)?)[*_]{1,2}(?!\w)", r"\1", text)
