"""The matrix: whole where the reports are few, else an overview and a page per topic."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses
from ..compare import MOST_REPORTS, Matrix, Row
from .press import Page, Press

HEADING = "Where the authors agree and disagree"
Group = tuple[str, str, list[Row]]


def render(press: Press) -> Iterator[Page]:
    """Print the matrix; with many reports, the cells with their words stand topic by topic."""
    groups = by_topic(press)
    many = len(press.matrix.reports) > MOST_REPORTS
    yield press.print("matrix", addresses.MATRIX, HEADING, heading=HEADING, groups=groups, many=many, topic=None)
    for group in groups if many else ():
        yield _of_topic(press, group)


def by_topic(press: Press) -> list[Group]:
    """Return each topic's title and key with its rows, in the topics' order."""
    groups: dict[str, list[Row]] = {}
    for row in press.matrix.rows:
        groups.setdefault(press.edition.propositions[row.proposition].fields.topic, []).append(row)
    topics = press.edition.topics
    return [(topics[key].fields.title if key in topics else key, key, rows) for key, rows in groups.items()]


def _of_topic(press: Press, group: Group) -> Page:
    title, key, rows = group
    heading = f"{HEADING}: {title}"
    page = addresses.Address(f"{addresses.MATRIX}/{key}").page
    matrix = Matrix(press.matrix.reports, tuple(rows))
    return press.print("matrix", page, heading, heading=heading, groups=[group], many=True, topic=key, matrix=matrix)
