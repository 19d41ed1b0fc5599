"""What the pages of a built site name that is not there: links, scripts, style sheets, pictures, redirects."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser

BASE = "http://site.test/"
NAMING = ("href", "src", "data-to")


def missing(site: Path) -> list[tuple[str, str]]:
    """Return each page with what it names on its own site and the folder does not have."""
    found = []
    for file in sorted(site.rglob("*.html")):
        page = file.relative_to(site).as_posix().removesuffix("index.html")
        for node in LexborHTMLParser(file.read_text("utf-8")).css(", ".join(f"[{name}]" for name in NAMING)):
            for named in filter(None, (node.attributes.get(name) for name in NAMING)):
                target = urldefrag(urljoin(BASE + page, named))[0].partition("?")[0]
                there = site / unquote(target.removeprefix(BASE))
                if target.startswith(BASE) and not (there / "index.html" if target.endswith("/") else there).is_file():
                    found.append((page, named))
    return found
