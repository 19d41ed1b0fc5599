"""The cards of a large edition in drawers: each card in one, the same ones each time, all their words in the guide."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Size, write
from variorum import catalogue, drawers, indexing
from variorum.catalogue import Card
from variorum.edition import load

FEW = 16
SCRIPT = Path(catalogue.__file__).parent / "theme" / "assets" / "catalogue.js"


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    size = Size(reports=4, units=5, propositions=4, notes=3, sources=3, topics=2, people=6)
    return write(tmp_path_factory.mktemp("invented"), size)


@pytest.fixture
def cards(invented: Path, monkeypatch: pytest.MonkeyPatch) -> list[Card]:
    """Return the cards of an invented edition, more than a drawer may have."""
    monkeypatch.setattr(drawers, "FULL", FEW)
    monkeypatch.setattr(drawers, "LOOSE", 3)
    held = list(catalogue.cards(load(invented)))
    assert len(held) > 3 * FEW
    return held


def fragments(folder: Path) -> Iterator[str]:
    """Yield the place of each passage that an index holds."""
    for file in folder.rglob("*.pf_fragment"):
        yield json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))["meta"]["place"]


def sums(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_every_card_lies_in_one_drawer_and_no_drawer_is_too_full(cards: list[Card]) -> None:
    cut = list(drawers.cut(cards))
    assert Counter(card for drawer in cut for card in drawer.cards) == Counter(cards)
    assert len({drawer.name for drawer in cut}) == len(cut) > 3
    assert all(len(drawer.cards) <= (FEW if drawer.name else drawers.LOOSE) for drawer in cut)


def test_cards_of_no_report_stand_in_the_guide_as_long_as_they_are_few(cards: list[Card]) -> None:
    cut = list(drawers.cut(cards))
    loose = [drawer for drawer in cut if not drawer.name]
    assert len(loose) == 1 and len(loose[0].cards) == drawers.LOOSE
    assert {card.kind for card in loose[0].cards} <= set(drawers.OWN)
    elsewhere = [card for drawer in cut if drawer.name for card in drawer.cards]
    assert any(card.kind in drawers.OWN for card in elsewhere), "more of them than the guide takes"


def test_the_guide_has_every_word_and_facet_of_a_drawer_and_none_often(cards: list[Card]) -> None:
    for drawer in drawers.cut(cards):
        if drawer.name:
            words = Counter(re.findall(r"\w+", drawer.entry.rpartition("<p>")[2].lower()))
            told = {word for card in drawer.cards for word in re.findall(r"\w+", f"{card.title} {card.text}".lower())}
            assert told <= set(words) | {"quot", "x27", "amp"}
            for card in drawer.cards:
                for name in catalogue.FACETS:
                    assert not (value := getattr(card, name)) or f'"{name}[data-v]" data-v="{value}"' in drawer.entry
    many = Card("a/", "", "word " * 100, "page")
    assert drawers.Drawer("0", (many,)).entry.count("word") < 5


def test_a_large_edition_is_indexed_drawer_by_drawer_and_each_time_the_same(cards: list[Card], tmp_path: Path) -> None:
    for name in ("one", "other"):
        indexing.index_site(tmp_path / name, iter(cards))
    assert sums(tmp_path / "one") == sums(tmp_path / "other")
    index = tmp_path / "one" / indexing.SEARCH
    assert Counter(fragments(index)) == Counter(card.place for card in cards)
    names = {drawer.name for drawer in drawers.cut(cards)} - {""}
    assert {folder.name for folder in (index / indexing.DRAWERS).iterdir()} == names
    assert {path.parent for path in index.rglob("*") if path.match("*.js") or path.match("wasm.*")} == {index}


def test_a_small_edition_has_one_index(cards: list[Card], tmp_path: Path) -> None:
    few = cards[:FEW]
    indexing.index_site(tmp_path, few)
    assert not (tmp_path / indexing.SEARCH / indexing.DRAWERS).exists()
    assert Counter(fragments(tmp_path)) == Counter(card.place for card in few)


def test_the_panel_asks_for_the_word_that_every_card_bears() -> None:
    assert f'const EVERY = "{catalogue.EVERY}";' in SCRIPT.read_text("utf-8")


def test_of_edits_in_quick_succession_only_the_last_is_indexed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    indexed: list[Path] = []
    ended: list[int] = []
    monkeypatch.setattr(indexing, "index_site", lambda site, cards: indexed.append(site))
    with indexing._TURN:  # an index is being written
        waiting = [
            indexing.index_in_background(tmp_path / str(number), [], then=lambda: ended.append(1))
            for number in range(3)
        ]
    for thread in waiting:
        thread.join()
    assert indexed == [tmp_path / "2"]
    assert len(ended) == 3
