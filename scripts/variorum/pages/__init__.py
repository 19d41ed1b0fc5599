"""The generated pages: the edition rendered as (path, Markdown) for whatever host builds the site.

A page is a Markdown file whose blocks are finished HTML with relative addresses: no host needs to know our syntax, and
contributed text reaches a page only through `markup`. Each module prints the pages of one kind.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..edition import Edition
from . import (
    agreement,
    changes,
    cite,
    engagement,
    errata,
    fields,
    figures,
    files,
    home,
    matrix,
    pairs,
    people,
    propositions,
    records,
    reports,
    retired,
    rights,
    rules,
    sources,
    topics,
)
from .press import Page, Press

PRINTERS = (
    home.render,
    reports.render,
    matrix.render,
    pairs.render,
    topics.render,
    propositions.render,
    records.render,
    figures.render,
    people.render,
    sources.render,
    engagement.render,
    errata.render,
    agreement.render,
    changes.render,
    retired.render,
    cite.render,
    files.render,
    fields.render,
    rules.render,
    rights.render,
)
"""What prints the pages, in the order in which a reader would open them."""


def render(edition: Edition) -> Iterator[Page]:
    """Yield every generated page."""
    press = Press(edition)
    for printer in PRINTERS:
        yield from printer(press)


__all__ = ["Page", "Press", "render"]
