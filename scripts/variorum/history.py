"""What changed between released editions, in terms of positions: which cells moved, from what to what, and why.

Each release leaves a snapshot of its cells; the page of changes and the feed are made from these alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path

from . import addresses
from .addresses import Address
from .cite import full
from .compare import Matrix
from .edition import Edition
from .layout import RELEASES
from .names import short_name
from .quotable import paraphrase
from .withdrawals import withdrawn
from .words import TERMS, Nothing, Stance


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold what one cell said, on which wording of its proposition."""

    cell: str
    wording: int


@dataclass(frozen=True, slots=True)
class Move:
    """Say that a cell moved, from what to what, and why."""

    report: str
    proposition: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Hold the cells of one released edition, and what had moved since the release before it."""

    date: str
    version: str
    cells: dict[str, Cell]
    moves: tuple[Move, ...] = ()


def read(edition: Edition) -> list[Snapshot]:
    """Return the snapshots of all releases, oldest first; one that cannot be read is left out."""
    found = []
    for path in sorted((edition.root / RELEASES).glob("*.json")):
        try:
            data = json.loads(path.read_text("utf-8"))
            cells = {str(key): Cell(**value) for key, value in data["cells"].items()}
            moves = tuple(Move(**move) for move in data["moves"])
            found.append(Snapshot(str(data["date"]), str(data["version"]), cells, moves))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    return found


def snapshot(edition: Edition, matrix: Matrix) -> Snapshot:
    """Return the edition's cells as they are now, with what has moved since the last release."""
    cells = {
        f"{one.report}/{one.proposition}": Cell(str(one.cell), edition.propositions[one.proposition].fields.wording)
        for row in matrix.rows
        for one in row.standings
    }
    matter = edition.matter
    held = read(edition)
    told = moves(edition, held[-1].cells, cells) if held else []
    return Snapshot(matter.date if matter else "", matter.version if matter else "", cells, tuple(told))


def moves(edition: Edition, before: dict[str, Cell], after: dict[str, Cell]) -> list[Move]:
    """Return the cells that moved, under the names that they have now; a new or retired cell is one that moved."""
    named = {_now(edition, key): cell for key, cell in before.items()}
    found = []
    for key in [*after, *(key for key in named if key not in after)]:
        old, new = named.get(key), after.get(key)
        if (old and old.cell) != (new and new.cell):
            report, _, proposition = key.partition("/")
            why = _why(edition, report, proposition, old, new)
            found.append(Move(report, proposition, old.cell if old else "", new.cell if new else "", why))
    return found


def text(held: Snapshot) -> str:
    """Return a snapshot as its file has it: a line for each cell."""
    return json.dumps(asdict(held), ensure_ascii=False, indent=1) + "\n"


def path_of(root: Path, date: str) -> Path:
    """Return where the snapshot of a day's release stands."""
    return root / RELEASES / f"{date}.json"


def in_words(cell: str) -> str:
    """Return what a cell says, as the pages do; a cell that is not there is `—`."""
    for kind in (Stance, Nothing):
        if cell in [str(one) for one in kind]:
            return TERMS[kind(cell)].word
    return "—"


def feed(edition: Edition, held: Iterable[Snapshot]) -> str:
    """Return an Atom feed with an entry for each release, newest first."""
    home = full(edition, Address(addresses.HOME), newest=True)
    told = sorted(held, key=lambda one: one.date, reverse=True)
    updated = told[0].date if told else edition.matter.date if edition.matter else "1970-01-01"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{escape(home)}</id>",
        f"<title>{escape(edition.title)}</title>",
        f"<updated>{updated}T00:00:00Z</updated>",
        f'<link rel="alternate" href="{escape(home)}"/>',
        f'<link rel="self" href="{escape(home)}feed.xml"/>',
        f"<author><name>{escape(edition.title)}</name></author>",
        *(line for one in told for line in _entry(edition, one, one is told[-1])),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(edition: Edition, one: Snapshot, first: bool) -> list[str]:
    here = escape(full(edition, addresses.release(one.date), newest=True))
    told = "\n".join(
        f"{_name(edition, move.report)} on {_statement(edition, move.proposition)}: "
        f"{in_words(move.before)} → {in_words(move.after)}. {move.why}"
        for move in one.moves
    )
    moved = len(one.moves)
    count = "first release" if first else f"{moved or 'no'} cell{'' if moved == 1 else 's'} moved"
    return [
        "<entry>",
        f"<id>{here}</id>",
        f"<title>{escape(f'Version {one.version}: {count}')}</title>",
        f"<updated>{one.date}T00:00:00Z</updated>",
        f'<link rel="alternate" href="{here}"/>',
        f'<content type="text">{escape(told or count)}</content>',
        "</entry>",
    ]


def _why(edition: Edition, report: str, proposition: str, old: Cell | None, new: Cell | None) -> str:
    """Say why a cell moved: the proposition's wording, the ruling, or the reading that the record now gives."""
    record = edition.positions.get((report, proposition))
    gone = withdrawn(edition).get(addresses.from_root(addresses.annotation(report, proposition)))
    if record is None and gone is not None:
        return f"Withdrawn: {gone.fields.because}"
    if new is None:
        return "The report or the proposition is no longer in the edition."
    reasons = []
    if old is None:
        reasons.append("New in this edition.")
    elif old.wording != new.wording:
        reasons.append(f"The proposition was reworded ({old.wording} → {new.wording}).")
    if record is not None:
        reading = paraphrase(" ".join(record.body.split())) if record.body else ""
        first = re.split(r"(?<=[.!?])\s+(?=[A-Z“])", reading, maxsplit=1)[0]
        reasons.append(record.fields.ruling or first)
    return " ".join(filter(None, reasons))


def _now(edition: Edition, key: str) -> str:
    report, _, proposition = key.partition("/")
    for name, held in edition.reports.items():
        if report in held.fields.aliases:
            report = name
    for name, record in edition.propositions.items():
        if proposition in record.fields.aliases:
            proposition = name
    return f"{report}/{proposition}"


def _name(edition: Edition, report: str) -> str:
    return short_name(edition.reports[report]) if report in edition.reports else report


def _statement(edition: Edition, proposition: str) -> str:
    found = edition.propositions.get(proposition)
    return f"“{found.fields.statement.rstrip('.')}”" if found else f"“{proposition}”"
