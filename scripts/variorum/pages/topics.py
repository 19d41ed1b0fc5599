"""The topics: the propositions, figures and passages of one matter together."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses, values
from ..report import natural
from .figures import by_topic
from .parts import parts
from .passages import Passage, passage
from .press import Page, Press

MOST_PASSAGES = 700
"""Passages that one part of a topic's page holds."""


def render(press: Press) -> Iterator[Page]:
    """Print the list, then every topic in order."""
    keys = sorted(press.edition.topics, key=lambda key: press.edition.topics[key].fields.order)
    rows = {key: [row for row in press.matrix.rows if _topic(press, row.proposition) == key] for key in keys}
    quantities = dict(by_topic(press))
    figures = values.by_quantity(press.edition)
    yield press.print("topics", addresses.TOPICS, "Topics", keys=keys, rows=rows, quantities=quantities)
    for key in keys:
        record = press.edition.topics[key]
        page = addresses.topic(key).page
        bearing = list(_bearing(press, [row.proposition for row in rows[key]]))
        for part in parts(page, bearing, MOST_PASSAGES, lambda one: len(one[1]), lambda one: press.year(one[0])):
            yield press.part(
                "topic",
                part,
                record.fields.title,
                body=press.body(record, part.page, f"topics/{key}.md") if part.is_first else None,
                rows=rows[key],
                quantities=quantities.get(key, []),
                values=figures,
                passages={report: _passages(press, report, found, part.page) for report, found in part.items},
            )


def _topic(press: Press, proposition: str) -> str:
    return press.edition.propositions[proposition].fields.topic


def _bearing(press: Press, propositions: list[str]) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Yield each report with its places that are evidence on the topic, in order, and the propositions they bear on."""
    for report in press.edition.reports:
        bearing: dict[str, list[str]] = {}
        for key in propositions:
            for excerpt in press.by_record.get((report, key), []):
                held = bearing.setdefault(excerpt.at, [])
                if key not in held:
                    held.append(key)
        places = sorted(bearing, key=lambda at: (at.startswith("n"), natural(at)))
        if places:
            yield report, {at: bearing[at] for at in places}


def _passages(press: Press, report: str, bearing: dict[str, list[str]], page: str) -> list[tuple[Passage, list[str]]]:
    return [(passage(press, report, at, page), propositions) for at, propositions in bearing.items()]
