"""The reading build: a report's full text, for the reader's own machine only, with the annotations on the exact words.

Overlapping passages are split into flat segments, each of which names the excerpts that cover it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from .. import addresses, notes, texts
from ..evidence import Excerpt
from ..intake import find, normal
from ..markup import Frame
from ..report import Report
from ..texts import Text
from .press import Page, Press


@dataclass(frozen=True, slots=True)
class Segment:
    """Hold a stretch of a unit's text that the same excerpts cover, and the markers that stand before it."""

    text: str
    excerpts: tuple[Excerpt, ...]
    marks: tuple[str, ...]


def render(press: Press) -> Iterator[Page]:
    """Print every report whose text is held, in full."""
    for report in press.edition.reports.values():
        text = texts.read(press.edition.root, report.key)
        if text is not None:
            yield _report(press, report, text)


def segments(text: str, spans: Mapping[Excerpt, tuple[int, int]], marks: list[tuple[int, str]]) -> list[Segment]:
    """Cut a text wherever a passage begins or ends or a marker stands; offsets count code points."""
    cuts = {0, len(text), *(offset for offset, _ in marks)}
    cuts |= {edge for span in spans.values() for edge in span}
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    standing: dict[int, list[str]] = {}
    for offset, label in marks:
        standing.setdefault(min(offset, len(text)), []).append(label)
    found = []
    for start, end in pairwise(edges):
        covering = tuple(excerpt for excerpt, (a, b) in spans.items() if a <= start and end <= b)
        found.append(Segment(text[start:end], covering, tuple(standing.get(start, ()))))
    return [*found, Segment("", (), tuple(standing.get(len(text), ())))]


def _report(press: Press, report: Report, text: Text) -> Page:
    page = addresses.report(report.key).page
    frame = Frame(page, f"reports/{report.key}.md", report.key)
    digests = {unit.id: Markup(press.renderer.inline(unit.digest, frame)) for unit in report.units.values()}
    bare = Frame(page, f"reports/{report.key}.md", report.key)
    views = [notes.read(press.edition, press.renderer, report, label, bare) for label in report.labels]
    full = {unit.id: _marked(press, report, text, unit.id) for unit in report.units.values()}
    held = {label: text.notes.get(f"n{label}", "") for label in report.labels}
    return press.print(
        "reading", page, report.title, with_contents=True,
        report=report, digests=digests, full=full, notes=views, printed=held,
    )  # fmt: skip


def _marked(press: Press, report: Report, text: Text, unit: str) -> Markup:
    """Return a unit's text as HTML, its markers in place and its annotated words marked."""
    words = text.units.get(unit, "")
    if not words:
        return Markup("")
    form = normal(words)
    spans = {}
    for excerpt in press.by_place[report.key].get(unit, []):
        places = find(excerpt.quote, form) if excerpt.quote else []
        if places:
            spans[excerpt] = places[0]
    marks = [
        (mark.offset, mark.label)
        for section in text.intake.sections
        for one in section.units
        if one.id == unit
        for mark in one.marks
    ]
    return Markup("").join(_html(segment) for segment in segments(words, spans, marks))


def _html(segment: Segment) -> Markup:
    markers = Markup("").join(
        Markup(
            '<sup><a class="footnote-ref" href="#fn:{0}" role="doc-noteref" aria-label="Note {0}">{0}</a></sup>'
        ).format(label)
        for label in segment.marks
    )
    if not segment.excerpts:
        return markers + escape(segment.text)
    ids = " ".join(excerpt.id for excerpt in segment.excerpts)
    kinds = " ".join(sorted({f"vr-on-{excerpt.kind}" for excerpt in segment.excerpts}))
    return markers + Markup('<mark class="vr-anchored {}" data-excerpts="{}">{}</mark>').format(
        kinds, ids, segment.text
    )
