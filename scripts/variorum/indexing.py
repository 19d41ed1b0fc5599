"""The search index written with Pagefind: one for a small edition; for a large one drawers, and their guide over them.

One drawer is indexed after another, so that what this takes does not grow with the edition.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from . import drawers, searchindex
from .catalogue import Card
from .drawers import Drawer

SEARCH = "pagefind"
"""The folder of the site that holds the search index, and in a large edition the guide."""
DRAWERS = "drawer"
"""The folder within it that holds the drawers."""
_UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js", "pagefind-worker.js")
"""The indexer's own interfaces: the site has its own, which asks in the page, since no index is large."""
_READER = ("*.js", "wasm.*")
"""What reads an index: the guide's reads the drawers too."""
_TURN = threading.Lock()
_newest: list[threading.Thread] = []
"""Who was asked last to write an index in the background."""


def index_site(site: Path, cards: Iterable[Card]) -> None:
    """Write the search index over the cards with Pagefind; raises `subprocess.CalledProcessError` where it fails."""
    coming = iter(cards)
    first = list(islice(coming, drawers.FULL + 1))
    if len(first) <= drawers.FULL:
        _run(site / SEARCH, (card.html for card in first))
        searchindex.settle(site / SEARCH)
        return
    names: list[str] = []
    _run(site / SEARCH, _filed(site / SEARCH / DRAWERS, drawers.cut(chain(first, coming)), names))
    searchindex.settle(site / SEARCH, names)


def _filed(folder: Path, cut: Iterable[Drawer], names: list[str]) -> Iterator[str]:
    """Index each drawer that has a name, and note it; yield the pages of the guide."""
    for drawer in cut:
        if not drawer.name:
            yield from drawer.pages
            continue
        target = folder / drawer.name
        _run(target, drawer.pages)
        _remove(target, _READER)
        searchindex.settle(target)
        names.append(drawer.name)
        yield drawer.entry


def _run(target: Path, pages: Iterable[str]) -> None:
    """Let Pagefind index pages, numbered as they come."""
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            (Path(folder) / f"{number:06}.html").write_text(page, "utf-8")
        command = [sys.executable, "-m", "pagefind", "--site", folder, "--output-path", str(target), "--quiet"]
        subprocess.run(command, check=True, capture_output=True)
    _remove(target, _UNUSED)


def _remove(folder: Path, patterns: Iterable[str]) -> None:
    for pattern in patterns:
        for file in folder.glob(pattern):
            file.unlink()


def index_in_background(site: Path, cards: Iterable[Card], then: Callable[[], object] = bool) -> threading.Thread:
    """Write the index while the site is already served, one after another; where it fails, search goes without.

    Of several that wait for their turn the newest is written alone: nobody would see the others.
    """
    thread = threading.Thread(target=_index_quietly, args=(site, cards, then), daemon=True)
    _newest[:] = [thread]
    thread.start()
    return thread


def _index_quietly(site: Path, cards: Iterable[Card], then: Callable[[], object]) -> None:
    with _TURN, contextlib.suppress(subprocess.CalledProcessError, OSError):
        if _newest == [threading.current_thread()]:
            index_site(site, cards)
    then()
