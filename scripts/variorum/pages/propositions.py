"""The codebook, and each proposition with every author's place on it."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses
from .press import Page, Press


def render(press: Press) -> Iterator[Page]:
    """Print the list by topic, then every proposition."""
    yield press.print("propositions", addresses.PROPOSITIONS, "Propositions")
    for key, record in press.edition.propositions.items():
        page = addresses.proposition(key).page
        essay = press.body(record, page, f"propositions/{key}.md")
        row = press.matrix.by_proposition[key]
        yield press.print("proposition", page, record.fields.statement, record=record, essay=essay, row=row)
