"""What is made of measured times: ratios with their spread, and whether a wanted figure was met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Spread:
    """Hold the least, the middle and the greatest of some values."""

    least: float
    middle: float
    greatest: float
    count: int

    def show(self, digits: int = 2) -> str:
        """Print as `least–middle–greatest`, or the one value there is."""
        parts = [f"{value:.{digits}f}" for value in (self.least, self.middle, self.greatest)]
        return parts[1] if self.count == 1 else "–".join(parts)

    def times(self, factor: float) -> Spread:
        """Return the spread in another unit."""
        return Spread(self.least * factor, self.middle * factor, self.greatest * factor, self.count)


@dataclass(frozen=True)
class Verdict:
    """Say of one wanted figure what was wanted, what was measured, and whether that meets it; None: not measured."""

    what: str
    wanted: str
    measured: str
    met: bool | None

    @property
    def word(self) -> str:
        """Return the verdict in a word."""
        return "not measured" if self.met is None else "met" if self.met else "missed"


def spread(values: Sequence[float]) -> Spread | None:
    """Return the spread of some values, or None where there are none."""
    return Spread(min(values), median(values), max(values), len(values)) if values else None


def ratios(ours: Mapping[int, float], theirs: Mapping[int, float]) -> Spread | None:
    """Return the spread of one tool's seconds over another's, each round with itself; None where no round has both.

    Rounds alternate between the tools, so that a machine that is busy for a while slows both of a round.
    """
    return spread([ours[number] / theirs[number] for number in sorted(ours.keys() & theirs.keys()) if theirs[number]])


def growth(seconds: Mapping[int, float], small: int, large: int) -> float | None:
    """Return the cost per report at one size over that at another; None where one is not there."""
    if small not in seconds or large not in seconds:
        return None
    return (seconds[large] / large) / (seconds[small] / small)


def within(what: str, wanted: str, limit: float, value: float | None, measured: str = "", unit: str = "") -> Verdict:
    """Hold a value against the most that it may be."""
    if value is None:
        return Verdict(what, wanted, measured or "–", None)
    return Verdict(what, wanted, measured or f"{value:.2f}{unit}", value <= limit)
