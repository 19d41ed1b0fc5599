"""The rulebook: for each rule an example that breaks it and what mends it, shown on the site and run by a test."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Example:
    """Hold what breaks a rule in a file, what stands there instead, and a word on it.

    `bytes` is the encoding that the file is written in; `text` says that the rule needs the report’s text, `test`
    whether the change can be made as it is told.
    """

    file: str
    wrong: str
    right: str = ""
    note: str = ""
    bytes: str = "utf-8"
    text: bool = False
    test: bool = True


@cache
def examples() -> Mapping[str, Example]:
    """Return the examples by rule."""
    with FILE.open("rb") as file:
        return {rule: Example(**data) for rule, data in tomllib.load(file).items()}
