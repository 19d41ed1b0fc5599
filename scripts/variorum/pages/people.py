"""The people cited, quoted or named, each with every place and in whose voice, and the editors who sign records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from .. import addresses, sharing
from ..addresses import Address
from ..evidence import Excerpt
from ..frontmatter import Record
from ..names import by_family, family_name, possessive, short_name
from ..records import Figure, Mention, Person
from ..sharing import Use
from ..words import Handling, How, Kind
from .authors import Part, parts_taken
from .parts import parts
from .press import Page, Press

MOST_PEOPLE = 1000
"""People that one part of the list holds, where the edition has more than a dozen reports."""
MOST_WIDEST = 20
"""People who stand before that list, since most reports bring them in."""
MOST_PLACES_SHOWN = 600
"""Places that one part of a person's page holds."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """Hold one place where a report brings a person in: how, in whose voice, and the words or the work."""

    report: str
    at: str
    how: str
    voice: str
    address: Address
    excerpt: Excerpt | None = None
    printed: str = ""
    work: str = ""


def render(press: Press) -> Iterator[Page]:
    """Print the list of people, then every person, then the editors."""
    uses = sharing.uses(press.edition)
    found: dict[str, list[Appearance]] = {key: [] for key in press.edition.people}
    for key, one in _appearances(press, uses):
        found[key].append(one)
    order = {key: number for number, key in enumerate(press.edition.reports)}
    for held in found.values():
        held.sort(key=lambda one: order[one.report])
    several = [key for key in _sorted(press, found) if len({one.report for one in found[key]}) > 1]
    others = [key for key in _sorted(press, found) if key not in several]
    taken = parts_taken(press)
    if press.is_many:
        yield from _many(press, found, len(several), taken)
    else:
        yield press.print(
            "people", addresses.PEOPLE, "People", found=found, several=several, others=others, taken=taken
        )
    for key, record in press.edition.people.items():
        page = addresses.person(key).page
        body = press.body(record, page, f"people/{key}.md")
        printed = _printed(record, found[key])
        for shown in parts(page, found[key], MOST_PLACES_SHOWN, name=lambda one: press.year(one.report)):
            groups = [(report, list(held)) for report, held in groupby(shown.items, key=lambda one: one.report)]
            yield press.part(
                "person",
                shown,
                record.fields.name,
                record=record,
                body=body,
                groups=groups,
                printed=printed,
                taken=taken[key],
            )
    bodies = {
        key: press.body(record, addresses.EDITORS, f"editors/{key}.md") for key, record in press.edition.editors.items()
    }
    yield press.print("editors", addresses.EDITORS, "Editors", with_contents=True, bodies=bodies)


def _many(
    press: Press, found: dict[str, list[Appearance]], several: int, taken: dict[str, list[Part]]
) -> Iterator[Page]:
    """Print the list by name in parts, those whom most reports bring in before it."""
    reports = {key: len({one.report for one in held}) for key, held in found.items()}
    widest = sorted(_sorted(press, found), key=lambda key: -reports[key])[:MOST_WIDEST]
    people = press.edition.people
    for part in parts(
        addresses.PEOPLE, _sorted(press, found), MOST_PEOPLE, name=lambda key: family_name(people[key].fields)
    ):
        first = widest if part.is_first else []
        counts = {"found": found, "reports": reports, "several": several, "widest": first, "taken": taken}
        yield press.part("many-people", part, "People", **counts)


def _sorted(press: Press, found: dict[str, list[Appearance]]) -> list[str]:
    """Return the people's keys by family name."""
    people = press.edition.people
    return sorted(found, key=lambda key: by_family(people[key].fields))


def _printed(record: Record[Person], found: list[Appearance]) -> dict[str, list[str]]:
    """Return each other form of the name with the reports that print it, as far as records say."""
    forms: dict[str, list[str]] = {form: [] for form in record.fields.variants}
    for one in found:
        if one.printed and one.printed != record.fields.name:
            held = forms.setdefault(one.printed, [])
            if one.report not in held:
                held.append(one.report)
    return forms


def _appearances(press: Press, uses: dict[str, list[Use]]) -> Iterator[tuple[str, Appearance]]:
    """Yield every place at which a report brings somebody in, with the person's key."""
    yield from _mentioned(press)
    yield from _reported(press)
    yield from _cited(press, uses)
    yield from _attributed(press)


def _voice(press: Press, report: str, at: str) -> str:
    """Return who speaks at a place: the unit's speaker, else the report's authors."""
    unit = press.edition.reports[report].units.get(at)
    speaker = unit.speaker if unit else None
    return press.speaker_name(speaker) if speaker else short_name(press.edition.reports[report])


def _mentioned(press: Press) -> Iterator[tuple[str, Appearance]]:
    for report, slug, record in press.edition.of_kind(Kind.MENTION):
        fields = record.fields
        if isinstance(fields, Mention) and fields.person and fields.person in press.edition.people:
            family = family_name(press.edition.people[fields.person].fields)
            for excerpt in press.by_record.get((report, slug), []):
                who = _voice(press, report, excerpt.at)
                quoted = f"{possessive(family)} words, quoted by {who}"
                voice = quoted if fields.how is How.QUOTED else f"by {who}"
                where = addresses.excerpt(report, excerpt.id)
                one = Appearance(report, excerpt.at, str(fields.how), voice, where, excerpt, fields.printed or "")
                yield fields.person, one


def _reported(press: Press) -> Iterator[tuple[str, Appearance]]:
    """Yield the views that a report gives as somebody's, or has through somebody."""
    for (report, slug), record in press.edition.positions.items():
        for excerpt in press.by_record.get((report, slug), []):
            if excerpt.role != "reported":
                continue
            view = record.fields.reported[excerpt.index]
            for key in dict.fromkeys(one for one in (*view.who, *view.via) if one in press.edition.people):
                who = _voice(press, report, excerpt.at)
                through = [press.who_name(one) for one in view.via if one != key]
                way = f"reported by {who}" + (f" through {', '.join(through)}" if through else "")
                if key not in view.who:
                    way = f"the source through whom {who} reports it"
                handled = "" if view.author is Handling.NEUTRAL else f", who {view.author} it"
                where = addresses.excerpt(report, excerpt.id)
                yield key, Appearance(report, excerpt.at, "view", way + handled, where, excerpt)


def _attributed(press: Press) -> Iterator[tuple[str, Appearance]]:
    """Yield the figures that a report has from persons, each with the person's key."""
    known = _by_form(press)
    for report, slug, record in press.edition.of_kind(Kind.FIGURE):
        fields = record.fields
        if not isinstance(fields, Figure) or not fields.attributed_to:
            continue
        parts = re.split(r",\s+|\s+and\s+", fields.attributed_to)
        keys = {known[part.casefold()] for part in parts if part.casefold() in known}
        for key in sorted(keys):
            for excerpt in press.by_record.get((report, slug), []):
                voice = f"attributed by {_voice(press, report, excerpt.at)}"
                yield (
                    key,
                    Appearance(report, excerpt.at, "figure", voice, addresses.excerpt(report, excerpt.id), excerpt),
                )


def _by_form(press: Press) -> dict[str, str]:
    """Return the people's keys by every form of their names, and by family names that one of them alone has."""
    people = press.edition.people
    families = {key: family_name(record.fields).casefold() for key, record in people.items()}
    shared = Counter(families.values())
    known = {family: key for key, family in families.items() if shared[family] == 1}
    return known | {form: key for key, record in people.items() for form in _forms(record.fields)}


def _forms(person: Person) -> set[str]:
    """Return a person's name in each of its forms, in small letters."""
    forms = {form.casefold() for form in (person.name, *person.variants)}
    if person.sort and ", " in person.sort:
        family, given = person.sort.split(", ", 1)
        forms.add(f"{given} {family}".casefold())
    return forms


def _cited(press: Press, uses: dict[str, list[Use]]) -> Iterator[tuple[str, Appearance]]:
    """Yield the notes that cite a work of somebody's."""
    named: dict[str, list[str]] = {}
    for key, record in press.edition.people.items():
        for form in _forms(record.fields):
            named.setdefault(form, []).append(key)
    for work, entry in press.edition.entries.items():
        authors = {name.full.casefold() for name in entry.names.get("author", ())}
        for key in sorted({key for name in authors for key in named.get(name, ())}):
            for use in uses.get(work, []):
                if use.how is None:
                    voice = f"{possessive(_voice(press, use.report, (use.units or (use.at,))[0]))} note"
                    where = addresses.report(use.report, use.at)
                    yield key, Appearance(use.report, use.at, "cited", voice, where, None, "", work)
