"""Long lists in parts: what grows with the edition stands on several pages, so that none grows without end.

The first part has the list's own address, and the others stand below it: `sources/list/2`. Only the first is promised;
what a list names has an address of its own, which does not move when the list grows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .. import addresses
from ..addresses import Address

Item = TypeVar("Item")


@dataclass(frozen=True)
class Part(Generic[Item]):
    """Hold one part of a list: its number, the page it stands on, what it holds, and how many parts there are."""

    number: int
    page: str
    items: Sequence[Item]
    pages: tuple[Address, ...]
    """Where each part stands."""
    total: int
    """How many items the whole list has."""
    first: int
    """The number of its first item in the whole list."""
    names: tuple[str, ...] = ()
    """What each part holds, in a word or two, where the list says: `1990–1994`."""

    @property
    def is_first(self) -> bool:
        """Tell whether this part has the list's own address."""
        return self.number == 1

    def title(self, title: str) -> str:
        """Return the page's title, told apart from those of the other parts."""
        return title if self.is_first else f"{title}, part {self.number}"


def parts(
    page: str,
    items: Sequence[Item],
    most: int,
    weigh: Callable[[Item], int] = lambda item: 1,
    name: Callable[[Item], str] | None = None,
    section: Callable[[Item], str] = lambda item: "",
) -> Iterator[Part[Item]]:
    """Split a list of the page at an address into parts of at most `most`, by what each item weighs; one at least.

    `name` is what a reader looks an item up by: a part is called after its first and its last. Where there is more than
    one part, none has items of two sections.
    """
    chunks: list[list[Item]] = [[]]
    weight, fits = 0, sum(map(weigh, items)) <= most
    for item in items:
        weight += weigh(item)
        if chunks[-1] and (weight > most or (not fits and section(item) != section(chunks[-1][-1]))):
            chunks.append([])
            weight = weigh(item)
        chunks[-1].append(item)
    pages = tuple(addresses.part(page, number) for number in range(1, len(chunks) + 1))
    names = tuple(
        f"{section(chunk[0])} {_span(name(chunk[0]), name(chunk[-1]))}".strip() for chunk in chunks if name and chunk
    )
    first = 1
    for number, chunk in enumerate(chunks, 1):
        yield Part(number, pages[number - 1].page, chunk, pages, len(items), first, names)
        first += len(chunk)


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
