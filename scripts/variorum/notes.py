"""A report's notes as the page shows them: full references, what the note adds, and who else cites the same source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from . import addresses
from .citations import Citation, cited, groups
from .edition import CitingPlace, Edition
from .markup import Frame, Renderer, short
from .report import Report

_SOURCE_LINK = r'<a class="vr-source"[^>]*>source</a>'


@dataclass(frozen=True)
class NoteView:
    """Hold one note for the page; `text` is None where the copy lacks it."""

    label: str
    text: Markup | None
    printed: str
    marks: tuple[str, ...]
    sources: tuple[str, ...]
    also: tuple[tuple[str, list[CitingPlace]], ...]


def read(edition: Edition, renderer: Renderer, report: Report, label: str, frame: Frame) -> NoteView:
    """Return what stands under the note `label`, rendered for the frame's page."""
    note = report.notes.get(label)
    sources = tuple(dict.fromkeys(citation.key for citation in cited(note.text))) if note else ()
    elsewhere = [(key, _elsewhere(edition, report.key, label, key)) for key in sources]
    return NoteView(
        label=label,
        text=_text(edition, renderer, note.text, frame) if note else None,
        printed=report.fields.notes.printed.get(label, ""),
        marks=tuple(report.marks.get(label, ())),
        sources=sources,
        also=tuple((key, places) for key, places in elsewhere if places),
    )


def _elsewhere(edition: Edition, report: str, label: str, key: str) -> list[CitingPlace]:
    return [place for place in edition.citing.get(key, []) if (place.report, place.note) != (report, label)]


def _text(edition: Edition, renderer: Renderer, text: str, frame: Frame) -> Markup:
    """Render a note, each citation as its full reference with a link to the source's page."""
    parts, end = [], 0
    for start, stop, found in groups(text):
        parts.append(_words(renderer, text[end:start], frame))
        parts.append("; ".join(_full(edition, citation, frame) for citation in found))
        end = stop
    parts.append(_words(renderer, text[end:], frame))
    return Markup(_tidy(" ".join(filter(None, parts))))


def _words(renderer: Renderer, text: str, frame: Frame) -> str:
    return renderer.inline(text.strip(), frame) if text.strip() else ""


def _full(edition: Edition, citation: Citation, frame: Frame) -> str:
    before = escape(citation.prefix) + " " if citation.prefix else ""
    entry = edition.entries.get(citation.key)
    if entry is None:
        return before + escape(citation.key)
    href = addresses.link(frame.page, addresses.source(entry.key))
    reference = edition.lock.note(entry, citation.locator).html
    link = f'<a class="vr-source" href="{href}" aria-label="Source: {escape(short(entry))}">source</a>'
    return f'{before}<span class="vr-reference">{reference}</span> {link}'


def _tidy(html: str) -> str:
    """Mend what comes of joining references and words: blanks before a stop, a stop doubled by a reference's own."""
    html = re.sub(r"\s+([.,;:])(?=\s|<|$)", r"\1", html)
    return re.sub(rf"([.?!][”’]?(?:</\w+>)*) ({_SOURCE_LINK})\.", r"\1 \2", html).strip()
