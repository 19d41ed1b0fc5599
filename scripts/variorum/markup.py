"""Contributed Markdown made safe HTML.

Digests, notes and essays are rendered with a reduced parser: no raw HTML, no attribute lists, no images; the tree is
checked against an allow-list and every link is resolved before it is written. Citations and note markers are inline
rules of the parser, so code and escapes stay untouched.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from . import addresses, citations, guard
from .addresses import Address
from .bibliography import Entry
from .edition import Edition
from .grammar import MARK
from .links import Target, resolve

_ALLOWED: dict[str, frozenset[str]] = {
    **dict.fromkeys(guard.PLAIN, frozenset()),
    "ol": frozenset({"start"}),
    "th": frozenset({"style"}),
    "td": frozenset({"style"}),
    "a": frozenset({"href", "title", "class", "role", "aria-label", "rel", "id"}),
    "sup": frozenset({"id", "class"}),
    "span": frozenset({"class"}),
}
"""Elements and attributes that rendered text may have. Only the inline rules below set a class, so a link without one
is a contributor’s and is resolved."""


_BLOCKS = ("empty", "indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference")
"""Python-Markdown's block rules but the paragraph's: running text has no blocks."""


@dataclass
class Frame:
    """Say where a text is shown (`page`), which file it comes from (`base`), and whose note markers it bears."""

    page: str
    base: str
    report: str = ""
    seen: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, str]] = field(default_factory=list)


class Renderer:
    """Render contributed text for any page of one edition."""

    def __init__(self, edition: Edition, shown: Callable[[Address], Address] = lambda address: address) -> None:
        """Prepare the two parsers, for running text and for whole bodies.

        `shown` returns where an address is shown that stands on one of several pages.
        """
        self._edition, self._shown = edition, shown
        self._frame = Frame("", "index.md")
        self._inline = self._parser(inline=True)
        self._block = self._parser(inline=False)

    def inline(self, text: str, frame: Frame) -> str:
        """Render one paragraph of running text as HTML without the paragraph's own tags."""
        if _PLAIN.fullmatch(text):
            return text
        html = self._convert(text, frame, True)
        return html.removeprefix("<p>").removesuffix("</p>").replace("</p>\n<p>", " ")

    def body(self, text: str, frame: Frame) -> str:
        """Render a body of several paragraphs as HTML."""
        return self._convert(text, frame, False)

    def _convert(self, text: str, frame: Frame, inline: bool) -> str:
        if not _NAMING.search(text):
            return _same_everywhere(text, inline)
        self._frame = frame
        return (self._inline if inline else self._block).reset().convert(text)

    def _parser(self, inline: bool) -> Markdown:
        parser = _reduced(inline)
        parser.inlinePatterns.register(_RawHtml(self._note_raw), "variorum-html", 90)
        parser.inlinePatterns.register(_Marks(self._mark), "variorum-marks", 175)
        parser.inlinePatterns.register(Citations(self._cite), "variorum-citations", 174)
        parser.treeprocessors.register(_Guard(parser, self._follow), "variorum-guard", 1)
        return parser

    def _note_raw(self, text: str) -> None:
        self._frame.faults.append(("raw-html", text))

    def _mark(self, label: str) -> Element:
        return marker(label, self._frame.seen)

    def _cite(self, found: list[citations.Citation]) -> Element:
        unknown = [citation.key for citation in found if citation.key not in self._edition.entries]
        self._frame.faults += [("unknown-source", key) for key in unknown]
        return cite(self._edition, self._frame.page, found)

    def _follow(self, href: str) -> Target:
        target = resolve(self._edition, self._frame.base, href)
        if target.fault:
            self._frame.faults.append((target.fault, href))
        if target.inside is not None:
            return Target(outside=addresses.link(self._frame.page, self._shown(target.inside)))
        return target


_NAMING = re.compile(r"[\[<]")
"""What every link, citation, note marker and tag begins with: nothing else in a text depends on where it stands."""
_PLAIN = re.compile(r"[^\s\\`*_&<>\[\]\x02\x03](?:[^\\`*_&<>\[\]\x02\x03\r\n\t]*[^\s\\`*_&<>\[\]\x02\x03])?")
"""One line without a sign that the parser for running text acts on: it is its own HTML, and needs no parser."""


def _reduced(inline: bool) -> Markdown:
    """Return a parser without HTML and images, and for running text without blocks."""
    parser = Markdown(extensions=[] if inline else ["tables", "sane_lists"], output_format="html")
    parser.preprocessors.deregister("html_block")
    for name in ("html", "image_link", "image_reference", "short_image_ref"):
        parser.inlinePatterns.deregister(name)
    if inline:
        for name in _BLOCKS:
            parser.parser.blockprocessors.deregister(name)
    return parser


_TURN = threading.Lock()
"""A parser holds what it reads: the search index asks from a thread of its own."""


@lru_cache(maxsize=1 << 13)
def _same_everywhere(text: str, inline: bool) -> str:
    """Render a text that names nothing: it is the same on every page, and in the next build under `make serve`."""
    with _TURN:
        return _unbound(inline).reset().convert(text)


@cache
def _unbound(inline: bool) -> Markdown:
    parser = _reduced(inline)
    parser.treeprocessors.register(_Guard(parser, lambda href: Target(fault="dead-link")), "variorum-guard", 1)
    return parser


def marker(label: str, seen: Counter[str]) -> Element:
    """Make the marker of a note; a second marker of the same note gets an id of its own."""
    seen[label] += 1
    again = str(seen[label]) if seen[label] > 1 else ""
    sup = Element("sup", {"id": f"fnref{again}:{label}"})
    link = SubElement(
        sup,
        "a",
        {
            "class": "footnote-ref",
            "href": f"#fn:{label}",
            "role": "doc-noteref",
            "aria-label": f"Note {label}",
        },
    )
    link.text = AtomicString(label)
    return sup


def cite(edition: Edition, page: str, found: list[citations.Citation]) -> Element:
    """Render citations in running text, `[Lo 2025, p. 3]`, each linked from `page` to its source’s page."""
    span = Element("span", {"class": "vr-citation"})
    span.text = AtomicString("[")
    for index, citation in enumerate(found):
        entry = edition.entries.get(citation.key)
        if citation.prefix:
            _append(span, citation.prefix + " ")
        if entry is None:
            _append(span, citation.key)
        else:
            href = addresses.link(page, addresses.source(entry.key))
            SubElement(span, "a", {"class": "vr-source", "href": href}).text = AtomicString(short(entry))
        _append(
            span,
            (f", {citation.locator}" if citation.locator else "") + ("; " if index < len(found) - 1 else "]"),
        )
    return span


def short(entry: Entry) -> str:
    """Return the short name of a work in running text: byline and year."""
    byline = entry.byline or f"“{entry.title}”"
    return f"{byline} {entry.date[:4] or 'n.d.'}"


def _append(parent: Element, text: str) -> None:
    """Add text behind the last child of `parent`."""
    children = list(parent)
    if children:
        children[-1].tail = AtomicString((children[-1].tail or "") + text)
    else:
        parent.text = AtomicString((parent.text or "") + text)


class _Marks(InlineProcessor):
    """Read `[^label]`."""

    def __init__(self, make: Callable[[str], Element]) -> None:
        super().__init__(MARK.pattern)
        self._make = make

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        return self._make(m[1]), m.start(0), m.end(0)


class Citations(InlineProcessor):
    """Read `[see @key, p. 3; @other]`."""

    def __init__(self, make: Callable[[list[citations.Citation]], Element]) -> None:
        super().__init__(citations.GROUP)
        self._make = make

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]
        found = citations.parts(m["group"])
        return (self._make(found), m.start(0), m.end(0)) if found else (None, None, None)


class _RawHtml(InlineProcessor):
    """Read a tag as visible text, and tell of it."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(r"<(?:[/!?]?[A-Za-z][^<>]*>?|!--)")
        self._tell = tell

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        self._tell(m[0])
        shown = Element("span")
        shown.text = AtomicString(m[0])
        return shown, m.start(0), m.end(0)


class _Guard(Treeprocessor):
    """Keep what is allowed, resolve links, and turn the rest into plain text."""

    def __init__(self, md: Markdown, follow: Callable[[str], Target]) -> None:
        super().__init__(md)
        self._follow = follow

    def run(self, root: Element) -> None:
        for element in list(root.iter()):
            if element is root or not isinstance(element.tag, str):
                continue
            if element.tag == "h1":
                element.tag = "h2"
            allowed = _ALLOWED.get(element.tag)
            if allowed is None:
                element.tag, allowed = "span", frozenset()
            for name in [name for name in element.attrib if name not in allowed]:
                del element.attrib[name]
            if element.tag == "a" and "class" not in element.attrib:
                self._link(element)

    def _link(self, element: Element) -> None:
        target = self._follow(element.get("href", ""))
        if target.fault:
            element.tag = "span"
            element.attrib.clear()
            return
        element.set("href", target.outside)
        if re.match(r"https?:", target.outside):
            element.set("rel", "noopener noreferrer")
