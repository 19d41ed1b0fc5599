"""Pairs: how any two reports agree, computed from the matrix by the rules below.

Agreement is counted over the propositions on which both speak in their own voice: same side, different sides, or one
of the two balanced. Two balanced stances stand on the same side. Cells that hold no stance never count. A report that
is divided speaks, but has no one place: such meetings stand apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from .compare import Matrix, Standing
from .edition import Edition
from .report import end_of
from .words import PLACES, side

FEWEST = 3
"""Propositions that two reports must share before a share is printed."""


class Verdict(StrEnum):
    """Say how two reports meet on one proposition."""

    SAME = "same"
    ONE_BALANCED = "one-balanced"
    DIFFERENT = "different"
    OLDER_ONLY = "older-only"
    NEWER_ONLY = "newer-only"
    NEITHER = "neither"


SPOKEN = (Verdict.SAME, Verdict.ONE_BALANCED, Verdict.DIFFERENT)
"""The verdicts of a proposition on which both speak, neither divided, from one end to the other."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Hold one proposition with the cells of both reports, in order of date."""

    proposition: str
    older: Standing
    newer: Standing

    @property
    def verdict(self) -> Verdict:
        """Return how the two reports meet here."""
        first, second = self.older.stance, self.newer.stance
        if first is None or second is None:
            alone = Verdict.OLDER_ONLY if first else Verdict.NEWER_ONLY
            return alone if first or second else Verdict.NEITHER
        if side(first) == side(second):
            return Verdict.SAME
        return Verdict.DIFFERENT if side(first) * side(second) < 0 else Verdict.ONE_BALANCED

    @property
    def is_divided(self) -> bool:
        """Tell whether either report is divided here; such a meeting is never counted as shared."""
        return self.older.is_divided or self.newer.is_divided

    @property
    def distance(self) -> int:
        """Return how many places apart the two stances are, 0 to 4; 0 where one is missing."""
        first, second = self.older.stance, self.newer.stance
        return abs(PLACES[first] - PLACES[second]) if first and second else 0


@dataclass(frozen=True)
class Pair:
    """Hold two reports, the one that sorts as older first, and their meetings in the order of the propositions."""

    older: str
    newer: str
    meetings: tuple[Meeting, ...]

    @property
    def keys(self) -> tuple[str, str]:
        """Return the two keys in alphabetical order, as the pair's address has them."""
        first, second = sorted((self.older, self.newer))
        return first, second

    def of(self, verdict: Verdict) -> list[Meeting]:
        """Return the meetings with one verdict and no report divided, the widest apart first."""
        found = [meeting for meeting in self.meetings if meeting.verdict is verdict and not meeting.is_divided]
        return sorted(found, key=lambda meeting: -meeting.distance)

    @cached_property
    def divided(self) -> list[Meeting]:
        """Return the meetings at which a report is divided."""
        return [meeting for meeting in self.meetings if meeting.is_divided]

    @cached_property
    def counts(self) -> dict[Verdict, int]:
        """Return how many propositions have each verdict."""
        found = Counter(meeting.verdict for meeting in self.meetings)
        return {verdict: found[verdict] for verdict in Verdict}

    @property
    def shared(self) -> int:
        """Return on how many propositions both speak, neither divided."""
        return sum(self.counts[verdict] for verdict in SPOKEN)

    def percent(self, verdict: Verdict) -> int | None:
        """Return a verdict's share of the shared propositions in whole per cent; none where these are too few."""
        return round(100 * self.counts[verdict] / self.shared) if self.shared >= FEWEST else None


def pairs(matrix: Matrix) -> list[Pair]:
    """Return every two reports of the matrix, in order of date."""
    found = []
    for first, second in combinations(range(len(matrix.reports)), 2):
        meetings = tuple(Meeting(row.proposition, row.standings[first], row.standings[second]) for row in matrix.rows)
        found.append(Pair(matrix.reports[first], matrix.reports[second], meetings))
    return found


@dataclass(frozen=True, slots=True)
class Interval:
    """Hold the time between two dates in months, at least and at most, as far as the dates are known."""

    least: int
    most: int

    @property
    def is_ordered(self) -> bool:
        """Tell whether the dates say which of the two came first."""
        return self.least > 0 or (self.least == 0 and self.most == 0)

    @property
    def words(self) -> str:
        """Return the interval in words: `4 years, 1 month`, `4 years, 11 months to 5 years, 10 months`."""
        if not self.is_ordered:
            return f"up to {_months(max(-self.least, self.most))}, in either order"
        return _months(self.least) if self.least == self.most else f"{_months(self.least)} to {_months(self.most)}"


def between(older: str, newer: str) -> Interval:
    """Return the time from one ISO date to another; either may be known to the month or the year only."""
    (first, last), (start, end) = span(older), span(newer)
    return Interval(_apart(last, start), _apart(first, end))


def span(date: str) -> tuple[Day, Day]:
    """Return the first and the last day that an ISO date of any precision may mean."""
    parts = [int(part) for part in date.split("/")[0].split("-") if part]
    year, month, day = (*parts, 0, 0)[:3]
    if not month:
        return Day(year, 1, 1), Day(year, 12, 31)
    if not day:
        following = Day(year + month // 12, month % 12 + 1, 1)
        return Day(year, month, 1), following - timedelta(days=1)
    return Day(year, month, day), Day(year, month, day)


def _apart(start: Day, end: Day) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def _months(count: int) -> str:
    years, months = divmod(count, 12)
    parts = [_counted(years, "year"), _counted(months, "month")]
    return ", ".join(part for part in parts if part) or "the same month"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def arisen_between(edition: Edition, pair: Pair) -> Iterator[str]:
    """Yield the propositions whose matter arose after the older report and before the newer."""
    older, newer = (end_of(edition.reports[key].entry.date) for key in (pair.older, pair.newer))
    for key in edition.propositions_in_order:
        since = edition.propositions[key].fields.since
        if since is not None and older < since <= newer:
            yield key


def newer_evidence(edition: Edition, pair: Pair) -> tuple[int, int]:
    """Return how many dated sources the newer report cites in its notes, and how many are younger than the older."""
    end = end_of(edition.reports[pair.older].entry.date)
    dates = [
        entry.date
        for key, entry in edition.entries.items()
        if entry.date and any(place.report == pair.newer for place in edition.citing.get(key, []))
    ]
    return len(dates), sum(span(date)[0].isoformat() > end for date in dates)
