"""Rules on the ledger: an address that was released leads somewhere for good."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses, layout, permanence
from ..edition import Edition
from ..findings import Finding
from ..source import Place, Source


def released_addresses_stand(edition: Edition) -> Iterator[Finding]:
    """Want every address of the ledger in the edition, or an alias for it."""
    for address in permanence.lost(edition):
        date, line = edition.ledger.addresses[address]
        message = f"`{address}`, released on {date}, leads nowhere any more"
        yield Finding("lost-address", _place(edition, address, line), message)


def withdrawn_addresses_are_gone(edition: Edition) -> Iterator[Finding]:
    """Want an address that is retired to have been released, and to have neither its matter nor a successor."""
    if not edition.retired:
        return
    now = permanence.told(edition) | {addresses.from_root(old) for old in permanence.aliases(edition)}
    for record in edition.retired.values():
        for index, address in enumerate(record.fields.addresses):
            page = address.partition("#")[0]
            standing = sorted(one for one in now if one == address or (page == address and one.startswith(f"{page}#")))
            place = record.place("addresses", index)
            if address not in edition.ledger.addresses:
                yield Finding("retired-address", place, f"`{address}` was never released: nobody has it to follow")
            elif standing:
                yield Finding("retired-address", place, f"`{standing[0]}` still leads somewhere")


def ledger_is_readable(edition: Edition) -> Iterator[Finding]:
    """Want every line of the ledger to be of its form."""
    for line in edition.ledger.faults:
        yield Finding(
            "ledger-line", Source(layout.LEDGER, "").on(line), "this line is neither an address nor a release"
        )


def _place(edition: Edition, address: str, line: int) -> Place:
    """Point at the file that had the address where it still stands, otherwise at the ledger's line."""
    parts = address.partition("#")[0].strip("/").split("/")
    if parts[0] == "reports" and len(parts) > 1 and parts[1] in edition.reports:
        return edition.reports[parts[1]].record.document.source.on(1)
    return Source(layout.LEDGER, "").on(line)
