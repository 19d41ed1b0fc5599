"""What must not be in a page, looked for with a parser that reads HTML as browsers do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20]")
_LOADS = {
    "src",
    "srcset",
    "data",
    "poster",
    "background",
    "action",
    "formaction",
    "ping",
    "manifest",
    "srcdoc",
    "codebase",
}
_FORBIDDEN = {"iframe", "object", "embed", "applet", "base", "frame", "frameset", "portal", "style", "math", "marquee"}


def dangers(html: str, inline_scripts: frozenset[str] = frozenset()) -> list[str]:
    """Return what of a whole page could run, load from elsewhere, or take over; `inline_scripts` are the theme's."""
    return list(_dangers(html5lib.parse(html, namespaceHTMLElements=False), inline_scripts))


def in_text(html: str) -> list[str]:
    """Return the same for a piece of rendered text, where nothing is the theme's."""
    return list(_dangers(html5lib.parseFragment(html, namespaceHTMLElements=False), frozenset()))


def _dangers(tree: Element, inline_scripts: frozenset[str]) -> Iterator[str]:
    ids = Counter(
        node.get("id") for node in tree.iter() if isinstance(node.tag, str) and node.get("id", "").startswith("__")
    )
    yield from (f"the theme's id {name} {count} times" for name, count in ids.items() if count > 1)
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag in _FORBIDDEN:
            yield f"<{node.tag}>"
        if node.tag == "script" and "src" not in node.attrib and "json" not in node.get("type", ""):
            code = "".join(node.itertext())
            if plain(code) not in inline_scripts:
                yield f"<script>{code[:80]}"
        if node.tag == "meta" and node.get("http-equiv", "").lower() not in ("", "content-security-policy"):
            yield f"<meta http-equiv={node.get('http-equiv')}>"
        for name, value in node.attrib.items():
            yield from _attribute(node, str(name).lower(), value)


def _attribute(node: Element, name: str, value: str) -> Iterator[str]:
    if name.startswith("on"):
        yield f"<{node.tag} {name}={value[:60]}>"
    if name in ("href", "xlink:href") and not _is_safe(value):
        yield f"<{node.tag} {name}={value[:60]!r}>"
    if name in _LOADS and (re.match(r"[a-z][a-z0-9+.-]*:|//", value.strip(), re.IGNORECASE) and "pwned" in value):
        yield f"<{node.tag} {name}={value[:60]!r}>"
    if name == "style" and not re.fullmatch(r"text-align: (?:left|right|center);?", value) and "pwned" in value:
        yield f"<{node.tag} style={value[:60]!r}>"


def _is_safe(address: str) -> bool:
    """Tell whether a browser would take an address for a place on this site, or for one on the web or a mailbox."""
    bare = _BLANK.sub("", address).replace("\\", "/")
    return not bare.startswith("//") and (
        not _SCHEME.match(bare) or bare.lower().startswith(("https://", "http://", "mailto:"))
    )


def plain(code: str) -> str:
    """Return an inline script without the way to the site's root, which differs from page to page."""
    return re.sub(r'new URL\("[./]*",', 'new URL("",', code)
