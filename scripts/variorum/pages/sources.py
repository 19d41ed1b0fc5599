"""The bibliography, and each source with every place that cites it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import addresses
from ..bibliography import Entry
from ..markup import short
from .press import Page, Press


def render(press: Press) -> Iterator[Page]:
    """Print the list by name and date, then every source."""
    entries = sorted(press.edition.entries.values(), key=_order)
    yield press.print("sources", addresses.SOURCES, "Sources", entries=entries)
    for entry in press.edition.entries.values():
        yield press.print("source", addresses.source(entry.key).page, short(entry), entry=entry)


def _order(entry: Entry) -> tuple[str, str, str]:
    """Sort as a bibliography does: by the first name, or by the title without its article."""
    if entry.authors:
        first = entry.authors[0]
        name = first.literal or f"{first.family} {first.given}"
    else:
        name = re.sub(r"^(?:the|a|an)\s+|[“”‘’\"'…. \[\]]+", "", entry.title, flags=re.IGNORECASE)
    return name.casefold(), entry.date, entry.key
