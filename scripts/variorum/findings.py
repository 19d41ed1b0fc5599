"""What is wrong, as values: a finding names its rule, its place, the offending words and the remedy.

Nothing in the engine raises for bad content; it yields findings, and one run shows all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from heapq import nlargest

from .rules import RULES, Level
from .source import Place

_WIDTH = 100
"""Columns of a file's line that a message shows."""


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
    close = get_close_matches(word[:80], _likely(word[:80], options), n=3, cutoff=0.6)
    if close:
        *others, last = (f"`{option}`" for option in close)
        return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"
    if 0 < len(options) <= 12:
        listed = ", ".join(f"`{option}`" for option in options)
        return f"one of {listed}" if len(options) > 1 else f"the only one is {listed}"
    return ""


def _likely(word: str, options: list[str], most: int = 50) -> list[str]:
    """Return the options that share most pairs of letters with `word`; to compare it with thousands takes minutes."""
    if len(options) <= most:
        return options
    pairs = {word[at : at + 2] for at in range(len(word) - 1)}
    return nlargest(
        most,
        options,
        key=lambda option: (
            sum(option[at : at + 2] in pairs for at in range(len(option[:80]) - 1)) - abs(len(option) - len(word)) / 2
        ),
    )


def cut(text: str, longest: int = 60) -> str:
    """Shorten a text that a message shows."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


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
    return "\n\n".join([*("\n".join(_block(one)) for one in found), _summary(found, files)]) + "\n"


def _block(one: Finding) -> Iterable[str]:
    place = one.place
    margin = " " * len(str(place.line))
    hint = _visible(one.hint)
    yield f"{one.level}[{one.rule}]: {_visible(one.message)}"
    yield f"{margin}--> {place.path}:{place.line}:{place.column}"
    if place.excerpt.strip():
        excerpt, column = _window(place.excerpt, place.column)
        mark = " " * (column - 1) + "^" * max(1, min(place.length, len(excerpt) - column + 1))
        beside = len(mark) + len(hint) < _WIDTH
        yield f"{margin} |"
        yield f"{place.line} | {excerpt}"
        yield f"{margin} | {mark} {hint if beside else ''}".rstrip()
        hint = "" if beside else hint
    if hint:
        yield f"{margin} = {hint}"
    yield f"{margin} = help: {RULES[one.rule].remedy}"


def _visible(text: str) -> str:
    """Show a tab as an arrow and any other character that does not print as a replacement mark."""
    return "".join(
        char if char.isprintable() else "→" if char == "\t" else "\N{REPLACEMENT CHARACTER}" for char in text
    )


def _window(excerpt: str, column: int, width: int = _WIDTH) -> tuple[str, int]:
    """Cut a long line to what stands around `column`; return it with the column in it."""
    clean = _visible(excerpt)
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
    path = _escaped(place.path).replace(":", "%3A").replace(",", "%2C")
    end = place.column + place.length - 1
    where = f"file={path},line={place.line},col={place.column},endColumn={end},title={one.rule}"
    text = _escaped(" · ".join(filter(None, [one.message, one.hint, RULES[one.rule].remedy])))
    return f"::{command} {where}::{text}\n"


def _escaped(text: str) -> str:
    return _visible(text).replace("%", "%25")
