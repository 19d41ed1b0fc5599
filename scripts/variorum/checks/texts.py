"""Rules on contributed text: nothing unsafe, no dead link, no long quotation."""

from __future__ import annotations

from collections.abc import Iterator

from .. import layout, prose
from ..edition import Edition
from ..findings import Finding


def text_is_clean(edition: Edition) -> Iterator[Finding]:
    """Want no HTML, image, dead or unsafe link in any text of the edition, front matter included."""
    for source in edition.sources():
        base = source.path.removeprefix(layout.DOCS + "/")
        yield from prose.faults(edition, source, 0, source.text, base)


def quotations_are_short(edition: Edition) -> Iterator[Finding]:
    """Want at most 15 words between quotation marks, in digests, notes, readings and essays."""
    for source in edition.sources():
        yield from prose.long_quotations(source, 0, source.text)
