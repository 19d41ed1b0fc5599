"""What changed between released editions, and since the last of them."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses, history
from .press import Page, Press


def render(press: Press) -> Iterator[Page]:
    """Print the page."""
    held = history.read(press.edition)
    now = history.snapshot(press.edition, press.matrix)
    released = bool(press.edition.frozen)
    yield press.print(
        "changes",
        addresses.CHANGES,
        "What changed",
        releases=sorted(held, key=lambda one: one.date, reverse=True),
        now=None if released or not held else now,
        in_words=history.in_words,
        retired=sorted(press.edition.retired.values(), key=lambda one: one.fields.date, reverse=True),
    )
