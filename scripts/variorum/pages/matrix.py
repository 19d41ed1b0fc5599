"""The matrix: whole where the reports are few, else an overview and a page per topic."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses
from ..compare import Matrix, Row
from .parts import Part, parts
from .press import Group, Page, Press

MOST_WORDED = 900
"""Cells that stand with their words in one table of all topics."""
HEADING = "Where the authors agree and disagree"


def render(press: Press) -> Iterator[Page]:
    """Print the matrix; with many reports, the cells with their words stand topic by topic."""
    groups = press.topics_in_order()
    matrix = press.matrix
    many = press.is_many or len(matrix.reports) * len(matrix.rows) > MOST_WORDED
    found = {
        key: list(parts(f"{addresses.MATRIX}/{key}", matrix.reports, press.columns, name=press.year))
        for _, key, _ in groups
        if many
    }
    if press.is_large:
        yield press.print("overview", addresses.MATRIX, HEADING, heading=HEADING, groups=groups, columns=found)
    else:
        yield press.print("matrix", addresses.MATRIX, HEADING, heading=HEADING, groups=groups, many=many, topic=None)
    for group in groups if many else ():
        for part in found[group[1]]:
            yield _of_topic(press, group, part)


def _of_topic(press: Press, group: Group, part: Part[str]) -> Page:
    title, key, rows = group
    here = [Row(row.proposition, tuple(row.by_report[report] for report in part.items)) for row in rows]
    groups, matrix = [(title, key, here)], Matrix(tuple(part.items), tuple(here))
    return press.part("matrix", part, f"{HEADING}: {title}", groups=groups, matrix=matrix, many=True, topic=key)
