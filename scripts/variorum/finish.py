"""The last hand on a built site, whoever built it: a Content-Security-Policy on each page, and the search index."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from . import searchindex
from .catalogue import Card

SEARCH = "pagefind"
"""The folder of the site that holds the search index."""
_UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js")
"""The indexer's own interfaces: the site has its own."""
_TURN = threading.Lock()
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_ID = re.compile(r'\sid="([^"]*)"')
_HEAD = re.compile(r"<head>", re.IGNORECASE)
_META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_ROOT = re.compile(r'new URL\("[./]*",')
_DATA = re.compile(r'type="application/(?:json|ld\+json)"')


def policy(html: str, theirs: frozenset[str] | None = None) -> str:
    """Return the policy of a page: this site alone, and of its inline scripts those of the theme, by their hashes.

    `theirs` are the theme's scripts; where none are given, every inline script of the page is taken for one.
    """
    hashes = []
    for code in _inline(html):
        if theirs is None or _rootless(code) in theirs:
            digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
            hashes.append(f"'sha256-{digest}'")
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *dict.fromkeys(hashes)])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; "
        "form-action 'none'"
    )


def scripts(html: str) -> frozenset[str]:
    """Return a page's inline scripts: of the one that holds nothing contributed, `404.html`, they are the theme's."""
    return frozenset(map(_rootless, _inline(html)))


def _inline(html: str) -> Iterator[str]:
    for match in _SCRIPT.finditer(html):
        if "src=" not in match["attributes"] and not _DATA.search(match["attributes"]):
            yield match["code"]


def _rootless(code: str) -> str:
    """Return a script without the way to the site's root, which differs from page to page."""
    return _ROOT.sub('new URL("",', code)


def guard(html: str, theirs: frozenset[str] | None = None) -> str:
    """Put its policy into a page's head."""
    bare = _META.sub("", html)
    return _HEAD.sub(
        f'<head><meta http-equiv="Content-Security-Policy" content="{policy(bare, theirs)}">', bare, count=1
    )


def ids(html: str) -> set[str]:
    """Return the ids on a page."""
    return {unescape(one) for one in _ID.findall(html)}


READING = "READING-BUILD.txt"
"""A file at the root of a reading build; a deployment that finds it refuses the site."""
_NOTICE = "Reading build: full texts that belong to their publishers, for your own machine only. Do not publish."


def marked(html: str) -> str:
    """Mark a page of a reading build: a notice for the reader, `noindex` for search engines."""
    html = _HEAD.sub('<head><meta name="robots" content="noindex, nofollow, noarchive">', html, 1)
    return re.sub(r"(<body\b[^>]*>)", rf'\1<p class="vr-reading-banner" role="note">{_NOTICE}</p>', html, count=1)


def mark_reading(site: Path) -> None:
    """Mark a reading build as one, for search engines and for a deployment."""
    (site / "robots.txt").write_text("User-agent: *\nDisallow: /\n", "utf-8", newline="\n")
    (site / READING).write_text(_NOTICE + "\n", "utf-8", newline="\n")


def index_site(site: Path, cards: Iterable[Card]) -> None:
    """Write the search index over the cards with Pagefind; raises `subprocess.CalledProcessError` where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        for number, card in enumerate(cards):
            (Path(folder) / f"{number:06}.html").write_text(card.html, "utf-8")
        command = [sys.executable, "-m", "pagefind", "--site", folder, "--output-path", str(site / SEARCH), "--quiet"]
        subprocess.run(command, check=True, capture_output=True)
    for pattern in _UNUSED:
        for file in (site / SEARCH).glob(pattern):
            file.unlink()
    searchindex.settle(site / SEARCH)


def index_in_background(site: Path, cards: Iterable[Card]) -> threading.Thread:
    """Write the index while the site is already served, one after another; where it fails, search goes without."""
    thread = threading.Thread(target=_index_quietly, args=(site, list(cards)), daemon=True)
    thread.start()
    return thread


def _index_quietly(site: Path, cards: list[Card]) -> None:
    with _TURN, contextlib.suppress(subprocess.CalledProcessError, OSError):
        index_site(site, cards)
