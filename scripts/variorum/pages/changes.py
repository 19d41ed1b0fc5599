"""What changed between released editions, and since the last of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .. import addresses, history
from ..addresses import Address
from ..history import Snapshot
from .parts import parts
from .press import Page, Press

MOST_MOVES = 500
"""Moved cells that the page tells of, and that one part of a release's own page does."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Hold a release, or the present state, and the page on which its moves stand where there is no room for them."""

    state: Snapshot
    heading: str
    apart: Address | None


def render(press: Press) -> Iterator[Page]:
    """Print the page; releases in which more cells moved than it has room for have pages of their own besides."""
    held = history.read(press.edition)
    now = history.snapshot(press.edition, press.matrix)
    released = bool(press.edition.frozen)
    newest_first = sorted(held, key=lambda one: one.date, reverse=True)
    states = [("now", "since the last release", now)] if held and not released else []
    states += [(one.date, f"with version {one.version}", one) for one in newest_first]
    told = list(_told(states))
    yield press.print(
        "changes",
        addresses.CHANGES,
        "What changed",
        releases=told[len(told) - len(held) :],
        now=told[0] if len(told) > len(held) else None,
        in_words=history.in_words,
        retired=sorted(press.edition.retired.values(), key=lambda one: one.fields.date, reverse=True),
    )
    for one in told:
        for part in parts(one.apart.page, one.state.moves, MOST_MOVES) if one.apart else ():
            yield press.part("moves", part, f"What changed {one.heading}", in_words=history.in_words)


def _told(states: list[tuple[str, str, Snapshot]]) -> Iterator[Telling]:
    """Yield each state with the page of its moves, or none while the page of changes has room for them."""
    room = MOST_MOVES
    for name, heading, state in states:
        room -= len(state.moves)
        yield Telling(state, heading, addresses.moves(name) if room < 0 and state.moves else None)
