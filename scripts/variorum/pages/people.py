"""The people cited, quoted or named, and the editors who sign records."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses
from ..evidence import Excerpt
from ..records import Mention
from ..words import Kind
from .press import Page, Press

Place = tuple[str, Excerpt]


def render(press: Press) -> Iterator[Page]:
    """Print the list of people, then every person, then the editors."""
    places = _places(press)
    yield press.print("people", addresses.PEOPLE, "People", places=places)
    for key, record in press.edition.people.items():
        page = addresses.person(key).page
        body = press.body(record, page, f"people/{key}.md")
        yield press.print("person", page, record.fields.name, record=record, body=body, places=places.get(key, []))
    bodies = {
        key: press.body(record, addresses.EDITORS, f"editors/{key}.md") for key, record in press.edition.editors.items()
    }
    yield press.print("editors", addresses.EDITORS, "Editors", bodies=bodies)


def _places(press: Press) -> dict[str, list[Place]]:
    """Return the excerpts that name each person: in mentions, and as one whose view is reported."""
    places: dict[str, list[Place]] = {}
    for report, slug, record in press.edition.of_kind(Kind.MENTION):
        if isinstance(record.fields, Mention) and record.fields.person:
            for excerpt in press.by_record.get((report, slug), []):
                places.setdefault(record.fields.person, []).append((report, excerpt))
    for report, found in press.excerpts.items():
        for excerpt in found:
            for who in excerpt.who:
                if who in press.edition.people:
                    places.setdefault(who, []).append((report, excerpt))
    return places
