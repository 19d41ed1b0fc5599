"""Changes told: as text for a terminal, as Markdown for a comment where nothing contributed can act."""

from __future__ import annotations

import re
from collections.abc import Callable

from .changes import Change, Changes

HEADINGS = {
    "cells": "Cells of the matrix",
    "positions": "Positions",
    "propositions": "Propositions",
    "stale": "Positions to look at again",
    "quotations": "Quotations",
    "others": "Other annotations",
    "digests": "Digests",
    "references": "References",
    "lost": "Addresses lost",
}
"""The headings in the order of reading, by the field of `Changes`."""
LONGEST = 300
"""Characters of a text that are shown."""
MOST = 200
"""Changes that are listed under one heading."""
_ACTIVE = re.compile(r"[\\`*_\[\]()#|~$]|^[-+=]")


def as_text(changes: Changes) -> str:
    """Return the changes as plain text, ending with a newline."""
    if not changes.any:
        return "Nothing that the edition says has changed.\n"
    blocks = [
        f"{HEADINGS[name]} ({len(found)})\n" + "".join(f"  {_line(one, str)}\n" for one in found)
        for name, found in _told(changes)
    ]
    return "\n".join(blocks)


def as_markdown(changes: Changes) -> str:
    """Return the changes as Markdown; whatever comes from a record is inert text."""
    if not changes.any:
        return "Nothing that the edition says has changed.\n"
    blocks = []
    for name, found in _told(changes):
        lines = "".join(f"- {_line(one, inert)}\n" for one in found[:MOST])
        rest = f"- … and {len(found) - MOST} more\n" if len(found) > MOST else ""
        blocks.append(f"### {HEADINGS[name]} ({len(found)})\n\n{lines}{rest}")
    return "\n".join(blocks)


def inert(text: str) -> str:
    """Return text that Markdown and a code host show as it is: no markup, link, mention or reference."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _ACTIVE.sub(r"\\\g<0>", escaped)
    # a zero-width space keeps @name, #12, org/repo@hash and bare addresses from becoming links
    return re.sub(r"@|\\#|:(?=//)|\bwww(?=\.)|\bGH(?=-)", "\\g<0>&#8203;", escaped)


def _told(changes: Changes) -> list[tuple[str, tuple[Change, ...]]]:
    return [(name, found) for name in HEADINGS if (found := getattr(changes, name))]


def _line(change: Change, show: Callable[[str], str]) -> str:
    before, after = (show(_cut(side)) for side in (change.before, change.after))
    what = show(change.what)
    if before and after:
        return f"{what}: {before} → {after}"
    if after:
        return f"{what}: new: {after}"
    return f"{what}: gone: {before}" if before else what


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"
