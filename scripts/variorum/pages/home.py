"""The home page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import addresses, timeline
from ..compare import Row, Standing
from ..words import side
from .press import Page, Press
from .reports import years

SHARPEST = 3
"""Disagreements that the home page shows."""
NEWEST = 8
"""Reports that the home page lists where there are more than a dozen."""
MOST_VOICES, FEW_VOICES = 8, 3
"""Reports on one side of a disagreement that the home page quotes, of a dozen and of more."""


def render(press: Press) -> Iterator[Page]:
    """Print the question, the reports on a time line, the sharpest disagreements, three doors."""
    edition = press.edition
    reports = list(edition.reports.values())
    source = edition.pages.get("index.md")
    opening = re.sub(r"\A---\n.*?\n---\n", "", source.text, flags=re.DOTALL) if source else ""
    yield press.print(
        "home",
        addresses.HOME,
        edition.title,
        opening=_without_title(opening),
        rows=press.matrix.disagreements()[:SHARPEST],
        sides=sides,
        line=None if press.is_many else timeline.line(edition.reports.values()),
        bars=timeline.bars(years(press)) if press.is_many else (),
        listed=reports[: -NEWEST - 1 : -1] if press.is_many else reports,
        MOST_VOICES=FEW_VOICES if press.is_many else MOST_VOICES,
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
