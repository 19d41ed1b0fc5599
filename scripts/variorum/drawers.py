"""The cards of a large edition in drawers, each indexed by itself, and the guide that says which drawer has a word.

One index over all cards grows with the edition, and so does what a single question fetches of it. A question to drawers
fetches the guide, and then the few drawers that it names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from .catalogue import FACETS, Card, page

FULL = 5_000
"""Cards of a drawer, and of an edition that needs none: their list is then 30 KB, what is fetched for a word 20 more.

More would cost each question a longer list. Fewer would cost it more drawers: the part of an index that is fetched for
a word has the same size in each.
"""
LOOSE = 500
"""Cards of no report that stand in the guide itself, as long as they are few."""
OWN = ("proposition", "person", "page")
"""The kinds of them."""
DRAWER = "drawer"
"""The guide's facet for what an entry is: `GUIDE` for a whole drawer, `HERE` for a card that stands in the guide."""
GUIDE, HERE = "guide", "here"
_MOST = 3
"""How often the guide repeats a word at most: enough to tell a drawer full of it from one that has it once."""
_EDGES = "“”‘’\"'.,;:!?…()[]"


@dataclass(frozen=True, slots=True)
class Drawer:
    """Hold cards that are indexed together; they stand in the folder of that name, without one in the guide itself."""

    name: str
    cards: tuple[Card, ...]

    @property
    def pages(self) -> Iterator[str]:
        """Yield the cards as the pages that the indexer reads."""
        for card in self.cards:
            yield card.html if self.name else card.within(**{DRAWER: HERE})

    @property
    def entry(self) -> str:
        """Return what the guide has of the drawer, as a page for the indexer: each word once to thrice, all facets."""
        facets = {name: sorted({getattr(card, name) for card in self.cards} - {""}) for name in FACETS}
        return page(" ".join(_words(self.cards)), {**facets, DRAWER: [GUIDE]}, {})


def cut(cards: Iterable[Card]) -> Iterator[Drawer]:
    """Yield the cards in drawers, one after another as they come; last the drawer without a name."""
    loose: list[Card] = []
    bound = _bound(cards, loose)
    number = 0
    while held := tuple(islice(bound, FULL)):
        yield Drawer(str(number), held)
        number += 1
    yield Drawer("", tuple(loose))


def _bound(cards: Iterable[Card], loose: list[Card]) -> Iterator[Card]:
    """Yield the cards that go into a drawer with a name; put the others by."""
    for card in cards:
        if card.kind in OWN and len(loose) < LOOSE:
            loose.append(card)
        else:
            yield card


def _words(cards: Iterable[Card]) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for card in cards:
        for bare in (word.strip(_EDGES) for word in f"{card.title} {card.kind} {card.text}".split()):
            plain = bare[1:] == bare[1:].lower()  # the indexer takes other words apart by their capitals
            counts[bare.lower() if plain else bare] += 1
    for word, number in sorted(counts.items()):
        yield from [word] * min(number.bit_length(), _MOST)
