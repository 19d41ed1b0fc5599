"""Rules on contributed text: nothing unsafe, no dead link, no long quotation."""

from __future__ import annotations

from collections.abc import Iterator

from .. import layout, prose
from ..edition import Edition
from ..findings import Finding
from ..source import Source


def text_is_clean(edition: Edition) -> Iterator[Finding]:
    """Want no HTML, image, dead or unsafe link in any text of the edition."""
    for source, start in _texts(edition):
        base = source.path.removeprefix(layout.DOCS + "/")
        yield from prose.faults(edition, source, start, source.text[start:], base)


def quotations_are_short(edition: Edition) -> Iterator[Finding]:
    """Want at most 15 words between quotation marks, in digests, notes, readings and essays."""
    for source, start in _texts(edition):
        yield from prose.long_quotations(source, start, source.text[start:])


def _texts(edition: Edition) -> Iterator[tuple[Source, int]]:
    """Yield each file of records and pages with the offset of its text; front matter is text as well."""
    for report in edition.reports.values():
        yield report.record.document.source, 0
    for shelf in (
        edition.propositions,
        edition.topics,
        edition.quantities,
        edition.people,
        edition.editors,
        edition.annotations,
    ):
        for record in shelf.values():
            yield record.document.source, 0
    for source in edition.pages.values():
        yield source, 0
