"""The topics: the propositions, figures and passages of one matter together."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses, values
from ..report import natural
from .figures import by_topic
from .passages import Passage, passage
from .press import Page, Press


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
        yield press.print(
            "topic",
            page,
            record.fields.title,
            record=record,
            body=press.body(record, page, f"topics/{key}.md"),
            rows=rows[key],
            quantities=quantities.get(key, []),
            values=figures,
            passages=_passages(press, [row.proposition for row in rows[key]], page),
        )


def _topic(press: Press, proposition: str) -> str:
    return press.edition.propositions[proposition].fields.topic


def _passages(press: Press, propositions: list[str], page: str) -> dict[str, list[tuple[Passage, list[str]]]]:
    """Return each report's passages that are evidence on the topic, in order, with the propositions they bear on."""
    found: dict[str, list[tuple[Passage, list[str]]]] = {}
    for report in press.edition.reports:
        bearing: dict[str, list[str]] = {}
        for key in propositions:
            for excerpt in press.by_record.get((report, key), []):
                held = bearing.setdefault(excerpt.at, [])
                if key not in held:
                    held.append(key)
        places = sorted(bearing, key=lambda at: (at.startswith("n"), natural(at)))
        if places:
            found[report] = [(passage(press, report, at, page), bearing[at]) for at in places]
    return found
