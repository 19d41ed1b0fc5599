"""A page at each address that was withdrawn: what stood there, since when it is gone, and why."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses
from ..withdrawals import released_with, withdrawn
from .press import Page, Press


def render(press: Press) -> Iterator[Page]:
    """Print the page of every withdrawn page, with each id that it had."""
    edition = press.edition
    found = withdrawn(edition)
    for address, record in found.items():
        if "#" in address:
            continue
        page = address.strip("/")
        yield press.print(
            "retired",
            page,
            f"Withdrawn: {record.fields.title}",
            record=record,
            ids=[one.partition("#")[2] for one in found if one.startswith(f"{address}#")],
            body=press.body(record, page, f"retired/{record.key}.md"),
            frozen=[(one, f"{edition.site}v/{one.date}{address}") for one in released_with(edition, address, record)],
            changes=addresses.withdrawn(record.key),
        )
