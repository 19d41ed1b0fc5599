"""What is wrong, as values: a finding names its rule, its place, the offending words and the remedy.

Nothing in the engine raises for bad content; it yields findings, and one run shows all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from .rules import RULES, Level
from .source import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """Say in one sentence what breaks `rule` at `place`; `hint` gives the nearest right value, if any."""

    rule: str
    place: Place
    message: str
    hint: str = ""

    @property
    def level(self) -> Level:
        """Tell whether the finding stops a build."""
        return RULES[self.rule].level


class Form(StrEnum):
    """Name the forms in which findings can be printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return “did you mean …?” with the allowed values nearest to `word`, or the whole list where it is short."""
    options = list(allowed)
    close = get_close_matches(word, options, n=3, cutoff=0.6)
    if close:
        return "did you mean " + " or ".join(f"`{option}`" for option in close) + "?"
    if 0 < len(options) <= 12:
        return "one of " + ", ".join(f"`{option}`" for option in options)
    return ""


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by place, rule and message, each once."""
    return sorted(set(findings), key=lambda found: (found.place, found.rule, found.message))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding stops a build."""
    return any(found.level is Level.ERROR for found in findings)


def show(findings: Iterable[Finding], form: Form, files: int) -> str:
    """Print findings in `form`, ending with a newline; `files` is the number of files read."""
    found = ordered(findings)
    if form is Form.JSON:
        return json.dumps([_as_data(one) for one in found], ensure_ascii=False, indent=1) + "\n"
    if form is Form.GITHUB:
        return "".join(_as_github(one) for one in found)
    return _as_text(found, files)


def _as_text(found: list[Finding], files: int) -> str:
    told: set[str] = set()
    blocks = []
    for one in found:
        blocks.append("\n".join(_block(one, first=one.rule not in told)))
        told.add(one.rule)
    return "\n\n".join([*blocks, _summary(found, files)]) + "\n"


def _block(one: Finding, first: bool) -> Iterable[str]:
    place = one.place
    margin = " " * len(str(place.line))
    yield f"{one.level}[{one.rule}]: {one.message}"
    yield f"{margin}--> {place.path}:{place.line}:{place.column}"
    if place.excerpt.strip():
        excerpt, column = _window(place.excerpt, place.column)
        yield f"{margin} |"
        yield f"{place.line} | {excerpt}"
        mark = "^" * max(1, min(place.length, len(excerpt) - column + 1))
        yield f"{margin} | {' ' * (column - 1)}{mark}" + (f" {one.hint}" if one.hint else "")
    elif one.hint:
        yield f"{margin} = {one.hint}"
    if first:
        yield f"{margin} = help: {RULES[one.rule].remedy}"


def _window(excerpt: str, column: int, width: int = 100) -> tuple[str, int]:
    """Cut a long line to what stands around `column`; return it with the column in it."""
    clean = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in excerpt)
    if len(clean) <= width:
        return clean, column
    start = max(0, min(column - 1 - width // 3, len(clean) - width))
    cut = ("…" if start else "") + clean[start : start + width] + ("…" if start + width < len(clean) else "")
    return cut, column - start + (1 if start else 0)


def _summary(found: list[Finding], files: int) -> str:
    places = len({one.place.path for one in found})
    counts = [
        f"{number} {level}{'s' if number != 1 else ''}"
        for level in Level
        if (number := sum(one.level is level for one in found))
    ]
    if not counts:
        return f"nothing to mend in {files} files"
    return f"{', '.join(counts)} in {places} of {files} files"


def _as_data(one: Finding) -> dict[str, object]:
    place = one.place
    return {
        "level": one.level,
        "rule": one.rule,
        "file": place.path,
        "line": place.line,
        "column": place.column,
        "length": place.length,
        "message": one.message,
        "hint": one.hint,
        "remedy": RULES[one.rule].remedy,
    }


def _as_github(one: Finding) -> str:
    place = one.place
    command = "error" if one.level is Level.ERROR else "warning"
    where = f"file={place.path},line={place.line},col={place.column},title={one.rule}"
    text = " ".join(filter(None, [one.message, one.hint, RULES[one.rule].remedy]))
    return f"::{command} {where}::{text.replace('%', '%25').replace(chr(10), '%0A')}\n"
