"""The last hand on a built site, whoever built it: a Content-Security-Policy on each page, and the search index."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from pathlib import Path

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_HEAD = re.compile(r"<head>", re.IGNORECASE)
_META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_DATA = re.compile(r'type="application/(?:json|ld\+json)"')


def policy(html: str) -> str:
    """Return the policy that a page satisfies: this site alone, and its inline scripts by their hashes."""
    hashes = []
    for match in _SCRIPT.finditer(html):
        if "src=" not in match["attributes"] and not _DATA.search(match["attributes"]):
            digest = base64.b64encode(hashlib.sha256(match["code"].encode()).digest()).decode()
            hashes.append(f"'sha256-{digest}'")
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *dict.fromkeys(hashes)])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; "
        "form-action 'none'"
    )


def guard(html: str) -> str:
    """Put its policy into a page's head."""
    bare = _META.sub("", html)
    return _HEAD.sub(f'<head><meta http-equiv="Content-Security-Policy" content="{policy(bare)}">', bare, count=1)


def guard_site(site: Path) -> int:
    """Put a policy into every page of a built site; return how many pages there are."""
    pages = sorted(site.rglob("*.html"))
    for page in pages:
        page.write_text(guard(page.read_text("utf-8")), "utf-8", newline="\n")
    return len(pages)


def index_site(site: Path) -> None:
    """Write the search index with Pagefind; raises `subprocess.CalledProcessError` where it fails."""
    command = [
        sys.executable,
        "-m",
        "pagefind",
        "--site",
        str(site),
        "--root-selector",
        "article",
        "--exclude-selectors",
        ".headerlink,.footnote-backref,.vr-num,.vr-back",
        "--quiet",
    ]
    subprocess.run(command, check=True, capture_output=True)
