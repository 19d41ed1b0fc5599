"""What was released and then withdrawn without a successor: its addresses stay, and lead to why it is gone."""

from __future__ import annotations

from .edition import Edition
from .frontmatter import Record
from .ledger import Release
from .records import Retired


def withdrawn(edition: Edition) -> dict[str, Record[Retired]]:
    """Return the record of withdrawal for each released address that one names; a page takes along what is on it."""
    named = {address: record for record in edition.retired.values() for address in record.fields.addresses}
    found = {}
    for address in edition.ledger.addresses:
        record = named.get(address) or named.get(address.partition("#")[0])
        if record is not None:
            found[address] = record
    return found


def released_with(edition: Edition, address: str, record: Record[Retired]) -> list[Release]:
    """Return the releases whose frozen copies still have a withdrawn address, oldest first."""
    first = edition.ledger.addresses[address][0]
    return [one for one in edition.ledger.releases if first <= one.date < record.fields.date]
