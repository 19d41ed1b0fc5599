"""The Python-Markdown extension for whole pages: citations in hand-written ones; generated ones stay as they are."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from contextvars import ContextVar
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from . import addresses, citations, guard
from .edition import Edition, load
from .layout import BIBLIOGRAPHY
from .markup import Citations, cite

_HEADING = re.compile(r"#{1,6} ")
page_in_hand: ContextVar[str | None] = ContextVar("variorum_page", default=None)
"""The page under docs/ that the host is rendering; the plugin sets it."""


class _HeadingIds(Treeprocessor):
    """Read `## Title {#s2}`: the one attribute that a page may set; it runs before the host makes its contents."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if re.fullmatch("h[1-6]", str(element.tag)):
                last = list(element)[-1] if len(element) else None
                text = (last.tail if last is not None else element.text) or ""
                match = re.search(r"\s*\{#([A-Za-z][\w:-]*)\}\s*$", text)
                if match is None:
                    continue
                element.set("id", match[1])
                if last is not None:
                    last.tail = text[: match.start()]
                else:
                    element.text = text[: match.start()]


class _Finished(Preprocessor):
    """Put by the finished HTML between the headings of a generated page: no parser needs to read it again.

    It runs before the host and the parser look for HTML, character by character, which cost more than all the rest of a
    page.
    """

    def __init__(self, md: Markdown, is_finished: Callable[[], bool]) -> None:
        super().__init__(md)
        self._is_finished = is_finished

    def run(self, lines: list[str]) -> list[str]:
        if not self._is_finished():
            return lines
        kept: list[str] = []
        for is_heading, found in groupby(lines, key=lambda line: _HEADING.match(line) is not None):
            block = "\n".join(found)
            if is_heading:
                kept += [block, ""]
            elif block.strip():
                kept += ["", self.md.htmlStash.store(block.strip()), ""]
        return kept[:-1]


class VariorumExtension(Extension):
    """Render citations in hand-written pages, for any host that runs Python-Markdown."""

    def __init__(self, **options: Any) -> None:
        """Take `root`, the edition's folder (default: the current one)."""
        self.config = {"root": [".", "the edition’s folder"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the inline rule for citations and the ids of headings."""
        md.treeprocessors.register(_HeadingIds(md), "variorum-headings", 8)
        guard.protect(md, lambda: self._is_hand_written(md))
        md.preprocessors.register(_Finished(md, lambda: self._is_finished(md)), "variorum-finished", 22)
        md.inlinePatterns.register(Citations(lambda found: self._cite(md, found)), "variorum-citations", 174)

    def _is_hand_written(self, md: Markdown) -> bool:
        """Tell whether a contributor wrote the page as it is, and not we around what they wrote."""
        path = _page_path(md)
        return path is None or (
            path not in addresses.PRINTED and path in _edition(Path(str(self.getConfig("root")))).pages
        )

    def _is_finished(self, md: Markdown) -> bool:
        """Tell whether all of the page but its headings is HTML of ours."""
        return _page_path(md) not in addresses.PRINTED and not self._is_hand_written(md)

    def _cite(self, md: Markdown, found: list[citations.Citation]) -> Element:
        edition = _edition(Path(str(self.getConfig("root"))))
        page = addresses.of_file(_page_path(md) or "index.md")
        element = cite(edition, page, found)
        folder = posixpath.dirname(_page_path(md) or "index.md")
        for link in element.iter("a"):  # as a file, which every host resolves and checks by itself
            key = link.get("href", "").rstrip("/").rsplit("/", 1)[-1]
            link.set("href", posixpath.relpath(f"{addresses.SOURCES}/{key}.md", folder or "."))
        return element


_loaded: dict[Path, Edition] = {}


def _edition(root: Path) -> Edition:
    """Load the edition once for each process; the plugin puts a fresh one here before each build.

    Raises `FileNotFoundError` where there is none, rather than take every page for a contributor's and print its HTML
    as text.
    """
    resolved = root.resolve()
    if resolved not in _loaded:
        if not (resolved / BIBLIOGRAPHY).is_dir():
            hint = "set `root` of the Markdown extension `variorum` to the edition’s folder"
            raise FileNotFoundError(f"{resolved} holds no edition: {hint}")
        _loaded[resolved] = load(resolved)
    return _loaded[resolved]


def remember(root: Path, edition: Edition) -> None:
    """Let the extension use an edition that is already loaded, from whatever folder the host was started."""
    _loaded[root.resolve()] = _loaded[Path.cwd()] = edition


def _page_path(md: Markdown) -> str | None:
    """Return the page being rendered: from the host’s preprocessor where there is one (Zensical), else our plugin."""
    for preprocessor in md.preprocessors:
        page = getattr(preprocessor, "page", None)
        if page is not None and hasattr(page, "path"):
            return str(page.path)
    return page_in_hand.get()


def makeExtension(**options: Any) -> VariorumExtension:
    """Make the extension for Python-Markdown's entry point."""
    return VariorumExtension(**options)
