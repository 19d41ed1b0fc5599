"""Engagement: where a report takes up another, both passages side by side, and what the editors set beside what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from .. import addresses, sharing
from ..frontmatter import Record
from ..records import Relation
from ..sharing import Engagement, Use
from ..words import Kind, RelationType
from .passages import Passage, passage
from .press import Page, Press

TYPES: dict[RelationType, str] = {
    RelationType.AGREES_WITH: "agrees with",
    RelationType.DISAGREES_WITH: "disagrees with",
    RelationType.DISPUTES: "disputes",
    RelationType.SUPPORTS: "supports",
    RelationType.QUALIFIES: "qualifies",
    RelationType.EXTENDS: "extends",
    RelationType.UPDATES: "updates",
    RelationType.CORRECTS: "corrects",
    RelationType.DISCUSSES: "discusses",
    RelationType.CITES_AS_EVIDENCE: "cites as evidence",
    RelationType.CITES_AS_AUTHORITY: "cites as authority",
    RelationType.CITES_FOR_INFORMATION: "cites for information",
    RelationType.INCLUDES_QUOTATION_FROM: "quotes from",
    RelationType.SHARES_SOURCE_WITH: "shares a source with",
    RelationType.COINCIDES_WITH: "says much the same as",
    RelationType.CONTRADICTS: "contradicts",
}
"""The words for each type of relation, between one passage and the other."""
KNOWING = frozenset(RelationType) - {
    RelationType.SHARES_SOURCE_WITH,
    RelationType.COINCIDES_WITH,
    RelationType.CONTRADICTS,
}
"""Types that say that one author takes up the other; the rest are the editors' setting side by side."""
_ORDER = (RelationType.CONTRADICTS, RelationType.COINCIDES_WITH, RelationType.SHARES_SOURCE_WITH)


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one end of a relation: a report and a place in it."""

    report: str
    at: str
    passage: Passage


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
    """Print the one page."""
    page = addresses.ENGAGEMENT
    found = sharing.engagements(press.edition)
    yield press.print(
        "engagement",
        page,
        "Who takes up whom",
        encounters=[one for engagement in found if engagement.is_the_report for one in _met(press, engagement, page)],
        further=[engagement for engagement in found if not engagement.is_the_report],
        groups=_groups(press, page),
        types=TYPES,
    )


def side_of(press: Press, place: str, page: str) -> Side:
    """Return one end of a relation, `lo-2025#s4p2`, for the page at `page`."""
    report, _, at = place.partition("#")
    return Side(report, at, passage(press, report, at, page))


def _met(press: Press, engagement: Engagement, page: str) -> Iterator[Encounter]:
    for use in engagement.uses:
        relation = _relation(press, use, engagement.other)
        own = tuple(passage(press, use.report, at, page) for at in (*use.units, use.at))
        theirs = (side_of(press, relation.fields.to, page).passage,) if relation else ()
        remark = press.body(relation, page, f"annotations/{use.report}/{relation.key}.md") if relation else Markup("")
        yield Encounter(engagement, use, own, theirs, relation, remark)


def _relation(press: Press, use: Use, other: str) -> Record[Relation] | None:
    """Return the record that says which passage of the other report is taken up at this place."""
    for report, _, record in press.edition.of_kind(Kind.RELATION):
        fields = record.fields
        if report == use.report and isinstance(fields, Relation) and fields.type in KNOWING:
            origin, target = fields.origin.partition("#")[2], fields.to.partition("#")[0]
            if origin in use.ground and target == other:
                return record  # type: ignore[return-value]
    return None


def _groups(
    press: Press, page: str
) -> list[tuple[RelationType, list[tuple[str, Record[Relation], Side, Side, Markup]]]]:
    """Return what the editors set side by side, by type: what contradicts first."""
    groups: dict[RelationType, list[tuple[str, Record[Relation], Side, Side, Markup]]] = {type_: [] for type_ in _ORDER}
    for report, slug, record in press.edition.of_kind(Kind.RELATION):
        fields = record.fields
        if isinstance(fields, Relation) and fields.type not in KNOWING:
            ends = side_of(press, fields.origin, page), side_of(press, fields.to, page)
            remark = press.body(record, page, f"annotations/{report}/{slug}.md")
            groups[fields.type].append((report, record, *ends, remark))  # type: ignore[arg-type]
    return [(type_, found) for type_, found in groups.items() if found]
