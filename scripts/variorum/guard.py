"""Hand-written pages kept harmless inside the host's own Markdown: no HTML, no address that runs, no id of the theme.

Records never come here (`markup.Renderer` prints them); these are the pages that the host renders with its extensions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import HTML_RE, HtmlInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from . import inert
from .links import is_safe

PLAIN = (
    "p",
    "em",
    "strong",
    "code",
    "pre",
    "blockquote",
    "ul",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "hr",
    "br",
    "cite",
    "div",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
)
"""Elements without attributes that any contributed text may become."""
_TAGS = frozenset(
    [
        *PLAIN,
        "ol",
        "th",
        "td",
        "h1",
        "a",
        "span",
        "details",
        "summary",
        "input",
        "label",
        "sup",
        "sub",
        "del",
        "ins",
        "dl",
        "dt",
        "dd",
        "abbr",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "id",
        "class",
        "href",
        "title",
        "start",
        "type",
        "checked",
        "disabled",
        "for",
        "name",
        "open",
        "align",
        "colspan",
        "rowspan",
        "role",
        "aria-label",
        "rel",
        "style",
    ]
)
_ALIGNED = re.compile(r"text-align: (?:left|right|center);")
_TABBED = re.compile(r"__tabbed_\d+(?:_\d+)?")
_ESCAPED = re.compile(r"\x02([0-9]{1,6})\x03")
_NAMED = re.compile(r'(?<=[\w"]) id="(?:__(?!codelineno|span)|vr-)[^"]*"')
_OURS = frozenset({"vr-citation", "vr-source"})
META = frozenset({"title", "description", "hide"})
"""What the front matter of a hand-written page may hold."""

Question = Callable[[], bool]


def cleaned_matter(matter: Mapping[str, object]) -> dict[str, object]:
    """Return of a page's front matter what a host may use, fit for templates that print it as it comes."""
    kept: dict[str, object] = {
        name: inert.title(str(matter[name])) for name in ("title", "description") if name in matter
    }
    hidden = matter.get("hide")
    if isinstance(hidden, list):
        kept["hide"] = [name for name in hidden if name in ("navigation", "toc", "path", "footer")]
    return kept


def protect(md: Markdown, is_hand_written: Question) -> None:
    """Take raw HTML out of the parser wherever `is_hand_written` says that the page in hand is a contributor's."""
    md.preprocessors.register(_Blocks(md, md.preprocessors["html_block"], is_hand_written), "html_block", 20)
    md.inlinePatterns.register(_Inline(md, is_hand_written), "html", 90)
    md.treeprocessors.register(_Ids(md), "variorum-ids", 7)
    md.treeprocessors.register(_Tree(md, is_hand_written), "variorum-guard", 1)


class _Blocks(Preprocessor):
    """Read HTML blocks of generated pages alone."""

    def __init__(self, md: Markdown, inner: Preprocessor, is_hand_written: Question) -> None:
        super().__init__(md)
        self._inner, self._is_hand_written = inner, is_hand_written

    def run(self, lines: list[str]) -> list[str]:
        return lines if self._is_hand_written() else self._inner.run(lines)


class _Inline(HtmlInlineProcessor):
    """Read inline HTML of generated pages alone."""

    def __init__(self, md: Markdown, is_hand_written: Question) -> None:
        super().__init__(HTML_RE, md)
        self._is_hand_written = is_hand_written

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        return (None, None, None) if self._is_hand_written() else super().handleMatch(m, data)


class _Ids(Treeprocessor):
    """Give a heading whose words would make an id of the theme's or ours another one; before the host makes ids."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if re.fullmatch("h[1-6]", str(element.tag)) and "id" not in element.attrib:
                words = "".join(element.itertext()).strip().lower()
                if words.startswith(("_", "vr-", "vr ")) or not re.search(r"[^\W_]", words):
                    element.set("id", "h-" + (re.sub(r"[^a-z0-9]+", "-", words).strip("-") or "untitled"))


class _Tree(Treeprocessor):
    """Keep the elements, attributes, classes and addresses that a page may have."""

    def __init__(self, md: Markdown, is_hand_written: Question) -> None:
        super().__init__(md)
        self._is_hand_written = is_hand_written

    def run(self, root: Element) -> None:
        if self._is_hand_written():
            for element in root.iter():
                if element is not root and isinstance(element.tag, str):
                    _cleaned(element)
            stash = self.md.htmlStash.rawHtmlBlocks  # finished blocks of code: their fences may name an id
            stash[:] = [_NAMED.sub("", block) if isinstance(block, str) else block for block in stash]


def _cleaned(element: Element) -> None:
    if element.tag not in _TAGS or (
        element.tag == "a" and not is_safe(_ESCAPED.sub(_character, element.get("href", ":")))
    ):
        element.tag = "span"
        element.attrib.clear()
    for name, value in list(element.attrib.items()):
        if name not in _ATTRIBUTES or not _may_be(name, str(value)):
            del element.attrib[name]
    if "class" in element.attrib:
        kept = [
            word for word in element.get("class", "").split() if word in _OURS or not word.startswith(("md-", "vr-"))
        ]
        element.set("class", " ".join(kept))


def _character(match: re.Match[str]) -> str:
    """Return the character that the parser has put by as its number."""
    return chr(int(match[1]))


def _may_be(name: str, value: str) -> bool:
    if name in ("id", "name", "for"):
        return not value.startswith(("__", "vr-")) or bool(_TABBED.fullmatch(value))
    return name != "style" or bool(_ALIGNED.fullmatch(value))
