"""What a message owes a contributor: a file that is there, a line and column in it, a rule that exists, a remedy."""

from __future__ import annotations

from pathlib import Path

from variorum.findings import Finding
from variorum.rules import RULES


def lacking(root: Path, found: Finding) -> str:
    """Return what a finding fails to name, in words, or nothing."""
    path, place = root / found.place.path, found.place
    if not path.is_file() and not path.is_symlink():
        return f"there is no file {place.path}"
    lines = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not 1 <= place.line <= len(lines):
        return f"{place.path} has no line {place.line}"
    if not 1 <= place.column <= len(lines[place.line - 1]) + 1:
        return f"line {place.line} of {place.path} has no column {place.column}"
    if place.excerpt not in ("", lines[place.line - 1]):
        return f"line {place.line} of {place.path} is not {place.excerpt!r}"
    if not found.message.strip():
        return "it says nothing"
    return "" if RULES[found.rule].remedy else f"{found.rule} has no remedy"
