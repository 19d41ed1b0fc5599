"""Permanence: the addresses that the edition promises, those it has lost, and where retired ones lead now.

An address is a page's path with a slash at its end, or with the id of a section, unit, note or cell; evidence is
addressed by its record's page, since it moves with the coder's choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from . import addresses
from .addresses import Address
from .compare import MOST_REPORTS
from .edition import Edition, once
from .records import KEY
from .withdrawals import withdrawn


def told(edition: Edition) -> set[str]:
    """Return every permanent address of the edition as it is now, aliases not counted."""
    return {addresses.from_root(address) for address in _permanent(edition)}


def lost(edition: Edition) -> list[str]:
    """Return the released addresses that neither the edition nor an alias has, in order."""
    if not edition.ledger.addresses:
        return []
    now = told(edition) | {addresses.from_root(old) for old in aliases(edition)} | set(withdrawn(edition))
    return sorted(address for address in edition.ledger.addresses if address not in now)


@once
def aliases(edition: Edition) -> dict[Address, Address]:
    """Return where each retired address leads now: pages of renamed records, cells and moved ids among them."""
    found: dict[Address, Address] = {}
    for old, new in _renamed(edition):
        found.setdefault(old, new)
    standing = set(_permanent(edition))
    return {old: new for old, new in found.items() if old not in standing}


def _permanent(edition: Edition) -> Iterator[Address]:
    fixed = (addresses.HOME, addresses.MATRIX, addresses.REPORTS, addresses.PROPOSITIONS, addresses.SOURCES)
    for page in (*fixed, addresses.FIGURES, addresses.PEOPLE, addresses.EDITORS, addresses.DATA, addresses.CHANGES):
        yield Address(page)
    for report in edition.reports.values():
        yield addresses.report(report.key)
        for section in report.sections:
            yield addresses.report(report.key, section.id)
        for place in (*report.units, *(f"n{label}" for label in report.labels)):
            yield addresses.report(report.key, place)
    for key in edition.propositions:
        yield addresses.proposition(key)
        yield Address(addresses.MATRIX, key)
        for report_key in edition.reports:
            yield addresses.cell(key, report_key)
    for report_key, slug in edition.annotations:
        if report_key in edition.reports:
            yield addresses.annotation(report_key, slug)
    yield from (addresses.quantity(key) for key in edition.quantities)
    yield from (addresses.person(key) for key in edition.people)
    yield from (addresses.editor(key) for key in edition.editors)
    yield from (addresses.source(key) for key in edition.entries)
    yield from (addresses.cite(key) for key in ("", *edition.reports))
    if len(edition.reports) <= MOST_REPORTS:
        yield from (addresses.pair(*two) for two in combinations(sorted(edition.reports), 2))


def _renamed(edition: Edition) -> Iterator[tuple[Address, Address]]:
    for key, report in edition.reports.items():
        for at, new in report.fields.moved.items():
            yield addresses.report(key, at), addresses.report(key, new)
        for old in report.fields.aliases:
            yield from _renamed_report(edition, old, key)
    for key, record in edition.propositions.items():
        for old in record.fields.aliases:
            yield addresses.proposition(old), addresses.proposition(key)
            yield Address(addresses.MATRIX, old), Address(addresses.MATRIX, key)
            for report_key in edition.reports:
                yield addresses.cell(old, report_key), addresses.cell(key, report_key)
                if (report_key, key) in edition.annotations:
                    yield addresses.annotation(report_key, old), addresses.annotation(report_key, key)
    for (report_key, slug), signed in edition.annotations.items():
        for old in signed.fields.aliases:
            yield addresses.annotation(report_key, old), addresses.annotation(report_key, slug)
    for key, quantity in edition.quantities.items():
        yield from ((addresses.quantity(old), addresses.quantity(key)) for old in quantity.fields.aliases)
    for key, entry in edition.entries.items():
        yield from ((addresses.source(old), addresses.source(key)) for old in re.findall(KEY, entry["ids"]))
    for key, person in edition.people.items():
        yield from ((addresses.person(old), addresses.person(key)) for old in person.fields.aliases)


def _renamed_report(edition: Edition, old: str, key: str) -> Iterator[tuple[Address, Address]]:
    report = edition.reports[key]
    yield addresses.report(old), addresses.report(key)
    places = [*(section.id for section in report.sections), *report.units, *(f"n{label}" for label in report.labels)]
    for place in (*places, *report.fields.moved):
        yield addresses.report(old, place), addresses.report(key, report.fields.moved.get(place, place))
    yield addresses.source(old), addresses.source(key)
    yield addresses.cite(old), addresses.cite(key)
    for other in edition.reports:
        if other != key and len(edition.reports) <= MOST_REPORTS:
            yield addresses.pair(*sorted((old, other))), addresses.pair(*sorted((key, other)))
    for report_key, slug in edition.annotations:
        if report_key == key:
            yield addresses.annotation(old, slug), addresses.annotation(key, slug)
    for proposition in edition.propositions:
        yield addresses.cell(proposition, old), addresses.cell(proposition, key)
