"""The matrix."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses
from .press import Page, Press


def render(press: Press) -> Iterator[Page]:
    """Print the matrix."""
    yield press.print("matrix", addresses.MATRIX, "Where the authors agree and disagree")
