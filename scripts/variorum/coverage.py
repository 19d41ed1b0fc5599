"""Coverage: where a report's annotations lie, which paragraphs have none, and where the reports disagree."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from .compare import Matrix
from .edition import Edition
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


@dataclass(frozen=True, slots=True)
class Extent:
    """Hold how much of a report bears on a proposition: the paragraphs and notes with evidence on it, and words.

    `words` are those of the paragraphs, each whole and once, of the `whole` report's paragraphs; both are None where no
    seal knows them. Notes are named, and not counted in words.
    """

    units: tuple[str, ...]
    notes: tuple[str, ...]
    words: int | None
    whole: int | None

    @property
    def percent(self) -> float | None:
        """Return the share of the report's words in per cent, where both are known."""
        return 100 * self.words / self.whole if self.words is not None and self.whole else None


def extent(edition: Edition, report: Report, found: Iterable[Excerpt]) -> Extent:
    """Return how much of a report a position's excerpts rest in: own voice, against and reported views alike."""
    places = {excerpt.at for excerpt in found}
    units = tuple(unit for unit in report.units if unit in places)
    notes = tuple(f"n{label}" for label in report.labels if f"n{label}" in places)
    seal = edition.seals.get(report.key)
    if seal is None or any(unit not in seal.places for unit in units):
        return Extent(units, notes, None, None)
    return Extent(units, notes, sum(seal.places[unit].words for unit in units), seal.words)


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


def in_order(found: Iterable[Excerpt], decisive: Container[str] = ()) -> list[Excerpt]:
    """Put a paragraph's excerpts in the order of their weight; `decisive` are the ids of those that a cell rests on.

    These go first, reported views late, names last; of two that weigh the same, the one that has words goes before.
    """

    def weight(e: Excerpt) -> tuple[int | bool, ...]:
        is_name = e.kind is Kind.MENTION
        return e.id not in decisive, is_name, _ROLES.index(e.role), _ORDER.index(e.kind), not e.quote

    return sorted(found, key=weight)


def gather(found: Iterable[Excerpt], decisive: Container[str] = ()) -> list[list[Excerpt]]:
    """Put a paragraph's excerpts in order and together where one judgement or view of one record has several."""
    groups: dict[tuple[str, Role, int], list[Excerpt]] = {}
    for excerpt in in_order(found, decisive):
        groups.setdefault((excerpt.slug, excerpt.role, excerpt.index), []).append(excerpt)
    return list(groups.values())


def kind(excerpt: Excerpt) -> str:
    """Return the kind by which a reader filters: that of the record, and reported views by themselves."""
    if excerpt.role is Role.REPORTED:
        return "reported"
    return "erratum" if excerpt.kind is Kind.QUERY else str(excerpt.kind)
