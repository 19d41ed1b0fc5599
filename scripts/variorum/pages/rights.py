"""The rights page: what docs/about/rights.md says, and how much of each report is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from .. import addresses, shares
from ..markup import Frame
from .parts import parts
from .press import Page, Press

MOST_LISTED = 500
"""Reports that one part of the table holds."""


def render(press: Press) -> Iterator[Page]:
    """Print the hand-written page with each report's share below it."""
    edition = press.edition
    source = edition.pages.get(addresses.file_of(addresses.RIGHTS))
    if source is None:
        return
    reports = list(edition.reports.values())
    for part in parts(addresses.RIGHTS, reports, MOST_LISTED, name=lambda report: press.year(report.key)):
        rows = [
            (
                report,
                shares.text_words(edition, report),
                shares.quoted_words(edition, report),
                shares.budget(edition, report),
            )
            for report in part.items
        ]
        body = _body(press, source.text) if part.is_first else None
        yield press.part("rights", part, "Rights", with_contents=part.is_first, body=body, rows=rows)


def _body(press: Press, text: str) -> Markup:
    """Render the hand-written text below its title, as any contributed text."""
    below = re.sub(r"\A\s*# [^\n]*\n", "", text)
    return Markup(press.renderer.body(below, Frame(addresses.RIGHTS, addresses.file_of(addresses.RIGHTS))))
