"""Where the site will stand: the one address that its host's configuration gives, and whether it is a placeholder."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

CONFIGURATION = "mkdocs.yml"
_ADDRESS = re.compile(r"""^site_url:\s*(?P<quote>["']?)(?P<address>[^"'\s#]*)(?P=quote)\s*(?:#.*)?$""", re.MULTILINE)
_RESERVED = re.compile(r"(?:^|\.)(?:example|invalid|test|localhost|example\.(?:com|org|net))$")


def address(root: Path) -> str:
    """Return the site's address with a slash at its end, or nothing where none is set."""
    path = root / CONFIGURATION
    found = _ADDRESS.search(path.read_text("utf-8", errors="replace")) if path.is_file() else None
    return found["address"].rstrip("/") + "/" if found and found["address"] else ""


def is_placeholder(where: str) -> bool:
    """Tell whether an address is none, or one that nobody can own (RFC 2606)."""
    host = urlsplit(where).hostname or ""
    return not where.startswith(("https://", "http://")) or not host or bool(_RESERVED.search(host))
