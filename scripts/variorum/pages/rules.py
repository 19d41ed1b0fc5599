"""The rules page: what each rule wants, an example that breaks it, how to mend it, and every waiver in force."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses, rulebook
from ..rules import RULES
from .parts import parts
from .press import Page, Press

MOST_WAIVERS = 500
"""Waivers that one part of the page lists."""


def render(press: Press) -> Iterator[Page]:
    """Print the rules in the order in which they are kept, then what records are excused from."""
    waivers = [
        (report, slug, rule, reason)
        for (report, slug), record in press.edition.annotations.items()
        for rule, reason in record.fields.waive.items()
    ]
    rules = [(rule, rulebook.examples().get(rule.id)) for rule in RULES.values()]
    for part in parts(addresses.RULES, waivers, MOST_WAIVERS):
        yield press.part("rules", part, "Rules", with_contents=part.is_first, rules=rules if part.is_first else [])
