"""Engagement: where a report takes up another, both passages side by side, and what the editors set beside what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from .. import addresses, sharing
from ..frontmatter import Record
from ..records import Relation
from ..sharing import Engagement, Use
from ..words import OWN_RELATIONS, Kind
from .parts import parts
from .passages import Passage, passage
from .press import Page, Press

MOST_ENCOUNTERS = 200
"""Places where reports meet that one part of the page holds."""


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one end of a relation: a report and a place in it."""

    report: str
    at: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Uptake:
    """Hold one place where a report takes up another report."""

    engagement: Engagement
    use: Use


@dataclass(frozen=True, slots=True)
class Beside:
    """Hold what the editors set beside what: the report that the record stands under, and the record."""

    report: str
    record: Record[Relation]


@dataclass(frozen=True)
class Encounter:
    """Hold one place where a report takes up another: its passages, the other's where one is known, the remark."""

    engagement: Engagement
    use: Use
    own: tuple[Passage, ...]
    theirs: tuple[Passage, ...]
    relation: Record[Relation] | None
    remark: Markup


def render(press: Press) -> Iterator[Page]:
    """Print the page: where reports meet, other works taken up, what the editors set beside what."""
    found = sharing.engagements(press.edition)
    held: list[Uptake | Engagement | Beside] = [
        Uptake(one, use) for one in found if one.is_the_report for use in one.uses
    ]
    beside = _beside(press)
    held += [*(one for one in found if not one.is_the_report), *beside]
    counts = Counter(one.record.fields.type for one in beside)
    knowing = _knowing(press)
    for part in parts(
        addresses.ENGAGEMENT, held, MOST_ENCOUNTERS, name=lambda one: press.year(_by(one)), section=_section
    ):
        aside = [one for one in part.items if isinstance(one, Beside)]
        yield press.part(
            "engagement",
            part,
            "Who takes up whom",
            encounters=[_met(press, one, knowing, part.page) for one in part.items if isinstance(one, Uptake)],
            further=[one for one in part.items if isinstance(one, Engagement)],
            groups=[
                (type_, OWN_RELATIONS[type_], counts[type_], [_shown(press, one, part.page) for one in group])
                for type_, group in groupby(aside, key=lambda one: one.record.fields.type)
            ],
        )


def side_of(press: Press, place: str, page: str) -> Side:
    """Return one end of a relation, `lo-2025#s4p2`, for the page at `page`."""
    report, _, at = place.partition("#")
    return Side(report, at, passage(press, report, at, page))


def _by(one: Uptake | Engagement | Beside) -> str:
    """Return the report under which something stands."""
    return one.engagement.report if isinstance(one, Uptake) else one.report


def _section(one: Uptake | Engagement | Beside) -> str:
    if isinstance(one, Beside):
        return OWN_RELATIONS[one.record.fields.type].brief
    return "reports" if isinstance(one, Uptake) else "other works"


def _met(press: Press, uptake: Uptake, knowing: dict[str, list[Record[Relation]]], page: str) -> Encounter:
    engagement, use = uptake.engagement, uptake.use
    found = (one for one in knowing.get(use.report, []) if _is_of(one.fields, use, engagement.other))
    relation = next(found, None)
    own = tuple(passage(press, use.report, at, page) for at in (*use.units, use.at))
    theirs = (side_of(press, relation.fields.to, page).passage,) if relation else ()
    remark = press.body(relation, page, f"annotations/{use.report}/{relation.key}.md") if relation else Markup("")
    return Encounter(engagement, use, own, theirs, relation, remark)


def _is_of(relation: Relation, use: Use, other: str) -> bool:
    """Tell whether a relation says which passage of the other report is taken up at this place."""
    return relation.origin.partition("#")[2] in use.ground and relation.to.partition("#")[0] == other


def _relations(press: Press) -> Iterator[tuple[str, Record[Relation]]]:
    for report, _, record in press.edition.of_kind(Kind.RELATION):
        if isinstance(record.fields, Relation):
            yield report, record  # type: ignore[misc]


def _knowing(press: Press) -> dict[str, list[Record[Relation]]]:
    """Return the relations in which an author takes up another, by the report that they stand under."""
    found: dict[str, list[Record[Relation]]] = {}
    for report, record in _relations(press):
        if record.fields.type not in OWN_RELATIONS:
            found.setdefault(report, []).append(record)
    return found


def _beside(press: Press) -> list[Beside]:
    """Return what the editors set side by side, by type, then in order of the reports."""
    order = {key: number for number, key in enumerate(press.edition.reports)} if press.is_many else {}
    found = [Beside(report, record) for report, record in _relations(press) if record.fields.type in OWN_RELATIONS]
    return sorted(found, key=lambda one: (list(OWN_RELATIONS).index(one.record.fields.type), order.get(one.report, 0)))


def _shown(press: Press, one: Beside, page: str) -> tuple[str, Record[Relation], Side, Side, Markup]:
    ends = side_of(press, one.record.fields.origin, page), side_of(press, one.record.fields.to, page)
    return one.report, one.record, *ends, press.body(one.record, page, f"annotations/{one.report}/{one.record.key}.md")
