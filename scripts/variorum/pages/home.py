"""The home page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import addresses
from .press import Page, Press

SHARPEST = 3
"""Disagreements that the home page shows."""


def render(press: Press) -> Iterator[Page]:
    """Print the opening of docs/index.md, the reports, the sharpest disagreements."""
    source = press.edition.pages.get("index.md")
    opening = re.sub(r"\A---\n.*?\n---\n", "", source.text, flags=re.DOTALL) if source else ""
    rows = press.matrix.disagreements()[:SHARPEST]
    yield press.print("home", addresses.HOME, press.edition.title, opening=opening, rows=rows)
