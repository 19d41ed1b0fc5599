"""The results as Markdown: for the terminal, and for the part of the page on speed that is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .builders import OURS, PLAIN, TITLES
from .phases import HOST, PHASES
from .ratios import spread
from .results import MEGABYTE, Results, verdicts

HEADING = "## Measured"
_PART = re.compile(rf"^{HEADING}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)


def text(results: Results) -> str:
    """Return all tables."""
    parts = [_about(results), _wanted(results), *(_size(results, size) for size in results.sizes), _phases(results)]
    return "\n".join(parts)


def put(page: str, results: Results) -> str:
    """Return the page with its measured part made anew; raises `ValueError` where it has no such part."""
    if not _PART.search(page):
        raise ValueError(f"the page has no part {HEADING!r}")
    return _PART.sub(lambda _: f"{HEADING}\n\n{text(results)}\n", page, count=1)


def _about(results: Results) -> str:
    machine = results.machine
    low, high = sorted(results.busy)
    where = f"{machine['processors']}, {machine['memory']} of memory, {machine['system']}, Python {machine['python']}"
    return (
        f"Measured on {results.date}, project state `{results.state}`, with {where}.\n"
        f"Between {low:g} and {high:g} processes wanted a processor at the beginning and at the end.\n"
        f"Here: {machine['here']}. The others: {machine.get('others') or 'not installed'}.\n"
    )


def _wanted(results: Results) -> str:
    rows = [(one.what, one.wanted, one.measured, one.word) for one in verdicts(results)]
    return "### Wanted figures\n\n" + _table(("what", "wanted", "measured", ""), rows)


def _size(results: Results, size: int) -> str:
    extra = next((one for one in results.extras if one.size == size), None)
    rows = []
    for name, title in TITLES.items():
        runs = results.good(size, name)
        if not runs:
            why = results.failure(size, name) or (extra.missing.get(name, "") if extra else "") or "not run"
            rows.append((title, "–", "–", "–", "–", why))
            continue
        seconds = spread([run.seconds for run in runs])
        clock, processor = results.ratio(size, name), results.ratio(size, name, clock="processor")
        rows.append(
            (
                title,
                "1" if name == PLAIN else clock.show() if clock else "–",
                "1" if name == PLAIN else processor.show() if processor else "–",
                str(runs[-1].pages),
                f"{max(run.memory for run in runs) / MEGABYTE:.0f}",
                f"{seconds.middle:.1f} s in {len(runs)} round{'s' * (len(runs) > 1)}" if seconds else "–",
            )
        )
    head = ("builder", "time over plain Material", "processor time over it", "pages", "MB", "middle time")
    return f"### {size} reports\n\n{_table(head, rows)}"


def _phases(results: Results) -> str:
    names = (*PHASES, HOST)
    rows = []
    for size in results.sizes:
        runs = [run for run in results.good(size, OURS) if run.phases]
        middles = [spread([run.phases[name] for run in runs]) for name in names]
        if runs:
            whole = sum(one.middle for one in middles if one)
            shown = [f"{one.middle:.2f} ({one.middle / whole:.0%})" for one in middles if one]
            seconds = spread([run.seconds for run in runs])
            each = f"{seconds.middle / size:.2f}" if seconds else "–"
            rows.append((str(size), *shown, each))
    return "### Where our own build’s time goes\n\nSeconds, the middle of the rounds.\n\n" + _table(
        ("reports", *names, "s per report"), rows
    )


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    return "\n".join(_lines(head, rows)) + "\n"


def _lines(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    yield _line(head)
    yield _line(("---",) * len(head))
    yield from map(_line, rows)


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
