"""What was measured, as data: each run, what each size gave besides, and how all of it compares with what is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .builders import OURS, PLAIN
from .phases import ENGINE
from .ratios import Spread, Verdict, growth, ratios, spread, within

MEGABYTE = 1_000_000
STEP = (100, 1000)
"""The sizes whose cost per report is compared."""


@dataclass(frozen=True)
class Measured:
    """Hold one run of one builder: in which round, at which size, and what came of it."""

    size: int
    round: int
    builder: str
    seconds: float
    processor: float
    memory: int
    pages: int
    failure: str = ""
    phases: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Extra:
    """Hold what one size gave besides: the largest page, what searches fetched, seconds of `variorum check`."""

    size: int
    largest: int
    largest_page: str
    payload: Mapping[str, int] | str
    check: tuple[float, ...]
    sources: Mapping[str, int]
    missing: Mapping[str, str]


@dataclass(frozen=True)
class Results:
    """Hold a whole bench: on what, when, in which state of the project, and all that was measured."""

    machine: Mapping[str, str]
    date: str
    state: str
    busy: tuple[float, float]
    runs: tuple[Measured, ...]
    extras: tuple[Extra, ...]
    serving: tuple[tuple[float, float], ...] | str
    """Seconds by the clock and of processor, for each edit under `mkdocs serve`; or why there are none."""

    @property
    def sizes(self) -> list[int]:
        """Return the sizes that were measured, the smallest first."""
        return sorted({run.size for run in self.runs})

    def good(self, size: int, builder: str) -> list[Measured]:
        """Return the runs of a builder that came to their end."""
        return [run for run in self.runs if (run.size, run.builder) == (size, builder) and not run.failure]

    def seconds(self, size: int, builder: str, clock: str = "seconds") -> dict[int, float]:
        """Return a builder's seconds by round; `clock` is `seconds` or `processor`."""
        return {run.round: getattr(run, clock) for run in self.good(size, builder)}

    def ratio(self, size: int, builder: str, other: str = PLAIN, clock: str = "seconds") -> Spread | None:
        """Return how a builder's time compares with another's, round by round."""
        return ratios(self.seconds(size, builder, clock), self.seconds(size, other, clock))

    def failure(self, size: int, builder: str) -> str:
        """Return why a builder has no figures, or nothing."""
        return next(
            (run.failure for run in self.runs if (run.size, run.builder) == (size, builder) and run.failure), ""
        )

    def share(self, size: int) -> Spread | None:
        """Return the part of our own build that the engine takes."""
        runs = [run for run in self.good(size, OURS) if run.phases]
        return spread([sum(run.phases[name] for name in ENGINE) / sum(run.phases.values()) for run in runs])


def verdicts(results: Results) -> list[Verdict]:
    """Hold every wanted figure against what was measured, at the largest size that has it."""
    return [*_times(results), *_growth(results), *_besides(results)]


def _times(results: Results) -> list[Verdict]:
    found = []
    for size in results.sizes:
        told = f"{size} reports: "
        for other, wanted, limit, what in (
            (PLAIN, "≤ 1.3", 1.3, "the whole build over plain Material"),
            ("sphinx", "< 1", 1, "over Sphinx, reports alone"),
            ("mkdocs-bibtex", "< 1", 1, "over mkdocs-bibtex, reports alone"),
            ("sphinx-records", "< 1", 1, "over Sphinx, a page for each record"),
            ("mkdocs-bibtex-records", "< 1", 1, "over mkdocs-bibtex, a page for each record"),
        ):
            clock, processor = (results.ratio(size, OURS, other, which) for which in ("seconds", "processor"))
            found.append(_by_both(told + what, wanted, limit, clock, processor))
        share = results.share(size)
        shown = f"{share.times(100).show(0)} %" if share else ""
        middle = share.middle if share else None
        found.append(within(f"{told}the engine’s share of the build", "< 30 %", 0.3, middle, shown))
    return found


def _by_both(what: str, wanted: str, limit: float, clock: Spread | None, processor: Spread | None) -> Verdict:
    """Hold the worse of two ratios against what is wanted: on a busy machine either alone may flatter."""
    if clock is None or processor is None:
        return within(what, wanted, limit, None)
    shown = f"{clock.show()} by the clock, {processor.show()} of processor"
    return within(what, wanted, limit, max(clock.middle, processor.middle), shown)


def _growth(results: Results) -> list[Verdict]:
    small, large = STEP
    middle = {}
    for size in results.sizes:
        held = spread([*results.seconds(size, OURS).values()])
        if held:
            middle[size] = held.middle
    found = growth(middle, small, large)
    what = f"cost per report at {large} over that at {small}"
    return [within(what, "≤ 1.25", 1.25, found)]


def _besides(results: Results) -> list[Verdict]:
    found = []
    for extra in results.extras:
        told = f"{extra.size} reports: "
        check = spread(extra.check)
        if extra.size == STEP[1]:
            found.append(within(f"{told}`check`", "< 20 s", 20, check.middle if check else None, unit=" s"))
        memory = max((run.memory for run in results.good(extra.size, OURS)), default=None)
        shown = f"{memory / MEGABYTE:.0f} MB" if memory else ""
        found.append(within(f"{told}memory of the build", "< 2 GB", 2000 * MEGABYTE, memory, shown))
        shown = f"{extra.largest / MEGABYTE:.2f} MB ({extra.largest_page})" if extra.largest else ""
        found.append(within(f"{told}the largest page", "≤ 1 MB", MEGABYTE, extra.largest or None, shown))
        most = max(extra.payload.values()) if isinstance(extra.payload, Mapping) else None
        shown = f"{most / 1000:.0f} KB" if most else str(extra.payload)
        found.append(within(f"{told}the search payload of one query", "< 400 KB", 400_000, most, shown))
    pairs = () if isinstance(results.serving, str) else results.serving
    seen, busy = spread([clock for clock, _ in pairs]), spread([processor for _, processor in pairs])
    shown = f"{seen.show(1)} s, {busy.show(1)} s of processor" if seen and busy else str(results.serving)
    found.append(within("an edit under `make serve`, this edition", "≤ 3 s", 3, seen.greatest if seen else None, shown))
    return found


def read(held: Mapping[str, Any]) -> Results:
    """Read results from what `dataclasses.asdict` made of them."""
    runs = tuple(Measured(**run) for run in held["runs"])
    extras = tuple(Extra(**{**extra, "check": tuple(extra["check"])}) for extra in held["extras"])
    edits = held["serving"]
    serving = edits if isinstance(edits, str) else tuple((clock, processor) for clock, processor in edits)
    busy = (held["busy"][0], held["busy"][1])
    return Results(held["machine"], held["date"], held["state"], busy, runs, extras, serving)
