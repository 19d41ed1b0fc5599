"""The rights page: what docs/about/rights.md says, and how much of each report is quoted."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses, shares
from .press import Page, Press


def render(press: Press) -> Iterator[Page]:
    """Print the hand-written page with each report's share below it."""
    edition = press.edition
    source = edition.pages.get(addresses.file_of(addresses.RIGHTS))
    if source is None:
        return
    rows = [
        (
            report,
            shares.text_words(edition, report),
            shares.quoted_words(edition, report),
            shares.budget(edition, report),
        )
        for report in edition.reports.values()
    ]
    yield press.print("rights", addresses.RIGHTS, "Rights", body=source.text.strip(), rows=rows)
