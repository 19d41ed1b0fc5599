"""The last hand on a built page, whoever built it: a Content-Security-Policy, and the notice of a reading build."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

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
