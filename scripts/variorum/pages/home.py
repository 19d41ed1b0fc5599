"""The home page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import addresses, timeline
from ..compare import Row, Standing
from ..words import side
from .press import Page, Press

SHARPEST = 3
"""Disagreements that the home page shows."""
MOST_LISTED = 40
"""Reports up to which all stand on the time line and in the list below it; else the newest do, in the list."""
MOST_VOICES = 8
"""Reports on one side of a disagreement that the home page quotes."""


def render(press: Press) -> Iterator[Page]:
    """Print the question, the reports on a time line, the sharpest disagreements, three doors."""
    edition = press.edition
    source = edition.pages.get("index.md")
    opening = re.sub(r"\A---\n.*?\n---\n", "", source.text, flags=re.DOTALL) if source else ""
    yield press.print(
        "home",
        addresses.HOME,
        edition.title,
        opening=_without_title(opening),
        rows=press.matrix.disagreements()[:SHARPEST],
        sides=sides,
        line=timeline.line(edition.reports.values()) if len(edition.reports) <= MOST_LISTED else None,
        listed=list(edition.reports.values())[-MOST_LISTED:],
        MOST_VOICES=MOST_VOICES,
        changes=addresses.Address(addresses.CHANGES),
    )


def sides(row: Row) -> list[tuple[str, list[Standing]]]:
    """Return those who reject, those who keep the balance and those who affirm, each in order of date."""
    names = {-1: "Against it", 0: "Between", 1: "For it"}
    return [
        (name, [one for one in row.standings if one.stance is not None and side(one.stance) == way])
        for way, name in names.items()
    ]


def _without_title(opening: str) -> str:
    return re.sub(r"\A\s*# [^\n]*\n", "", opening).strip()
