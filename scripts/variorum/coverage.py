"""Coverage: where a report's annotations lie, which paragraphs have none, and where the reports disagree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .compare import Matrix
from .evidence import Excerpt, Role
from .report import Report
from .words import Kind

_HEIGHTS = 5
"""Steps in which the bar along a report tells annotations apart; the highest stands for all above it."""
_ORDER = (Kind.POSITION, Kind.COMMENT, Kind.ERRATUM, Kind.QUERY, Kind.FIGURE, Kind.RELATION, Kind.REPLY, Kind.MENTION)
_ROLES = (Role.OWN, Role.AGAINST, Role.PLAIN, Role.REPORTED)


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold one paragraph of the bar: its id, how many records speak of it, whether the reports disagree there.

    `first` tells whether a section begins with it.
    """

    unit: str
    records: int
    contested: bool
    first: bool

    @property
    def height(self) -> int:
        """Return the step of the bar, 0 to 5."""
        return min(self.records, _HEIGHTS)


def contested(matrix: Matrix) -> frozenset[str]:
    """Return the propositions with authors on both sides."""
    return frozenset(row.proposition for row in matrix.disagreements())


def marks(report: Report, by_place: Mapping[str, list[Excerpt]], disputed: frozenset[str]) -> list[Mark]:
    """Return a report's paragraphs as marks of the bar; `disputed` are the contested propositions."""
    found = []
    for section in report.sections:
        for place, unit in enumerate(section.units):
            slugs = {excerpt.slug for excerpt in by_place.get(unit.id, [])}
            found.append(Mark(unit.id, len(slugs), bool(slugs & disputed), place == 0))
    return found


def bare(report: Report, by_place: Mapping[str, list[Excerpt]]) -> list[str]:
    """Return the paragraphs that bear no annotation."""
    return [unit for unit in report.units if not by_place.get(unit)]


def in_order(found: list[Excerpt]) -> list[Excerpt]:
    """Put a paragraph's excerpts in the order of their weight: own positions first, reported views last."""
    return sorted(found, key=lambda e: (_ROLES.index(e.role), _ORDER.index(e.kind)))


def gather(found: list[Excerpt]) -> list[list[Excerpt]]:
    """Put a paragraph's excerpts in order and together where one judgement or view of one record has several."""
    groups: dict[tuple[str, Role, int], list[Excerpt]] = {}
    for excerpt in in_order(found):
        groups.setdefault((excerpt.slug, excerpt.role, excerpt.index), []).append(excerpt)
    return list(groups.values())


def kind(excerpt: Excerpt) -> str:
    """Return the kind by which a reader filters: that of the record, and reported views by themselves."""
    if excerpt.role is Role.REPORTED:
        return "reported"
    return "erratum" if excerpt.kind is Kind.QUERY else str(excerpt.kind)
