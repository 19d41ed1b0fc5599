"""What waits between two steps of the host, packed: it reads the texts of all pages before it writes the first.

A page waits twice, as Markdown until it is read and as HTML until it is framed, and is small meanwhile. Nothing lies on
disk, so that a build that fails leaves nothing behind.
"""

from __future__ import annotations

import zlib

_SWIFT = 1
"""The level of packing: higher ones take longer and make a page hardly smaller."""


class Spool:
    """Hold texts by name until each is taken, once."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._held: dict[str, bytes] = {}

    def put(self, name: str, text: str) -> None:
        """Put a text by, in place of what waits under its name."""
        self._held[name] = zlib.compress(text.encode("utf-8", "surrogatepass"), _SWIFT)

    def take(self, name: str) -> str:
        """Give back the text that waits under a name, and let it go; raises `KeyError` where none does."""
        return zlib.decompress(self._held.pop(name)).decode("utf-8", "surrogatepass")
