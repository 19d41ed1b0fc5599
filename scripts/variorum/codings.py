"""Blind codings: each coder's sheet, and how far two or more coders agree.

A sheet holds one line for each judgement: report, proposition, speaker, voice, stance, unit, date. Krippendorff's alpha
(ordinal, missing values allowed) is computed over the cells of the matrix in own voice. The formula stands here, since
the library for it is under a licence that would bind whoever uses this one; the tests hold the two against each other.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from .findings import Finding, nearest
from .source import Place, Source
from .words import PLACES, Cell, Nothing, Stance, joint

COLUMNS = ("report", "proposition", "speaker", "voice", "stance", "unit", "date")
VOICES = ("own", "reported")
VALUES = (*(str(stance) for stance in Stance), str(Nothing.SILENT), str(Nothing.PREDATES))
_VALUE: dict[str, Cell] = {
    **{str(stance): stance for stance in Stance},
    str(Nothing.SILENT): Nothing.SILENT,
    str(Nothing.PREDATES): Nothing.PREDATES,
}


@dataclass(frozen=True, slots=True)
class Coding:
    """Hold one line of a sheet."""

    report: str
    proposition: str
    speaker: str
    voice: str
    stance: Cell
    unit: str
    date: str
    line: int


@dataclass(frozen=True)
class Sheet:
    """Hold one coder's judgements and the file they stand in."""

    coder: str
    codings: tuple[Coding, ...]
    source: Source

    @cached_property
    def cells(self) -> dict[tuple[str, str], Cell]:
        """Return what the coder says of each cell in own voice, speakers joined as in the matrix."""
        held: dict[tuple[str, str], list[Coding]] = {}
        for coding in self.codings:
            if coding.voice == "own":
                held.setdefault((coding.report, coding.proposition), []).append(coding)
        return {pair: _joined(codings) for pair, codings in held.items()}


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold a cell on which coders differ, with what each says."""

    report: str
    proposition: str
    said: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Hold how far coders agree on some cells; `alpha` is None where it is not defined."""

    cells: int
    same: int
    same_on_silence: int
    alpha: float | None
    differences: tuple[Difference, ...]


def read(source: Source) -> tuple[Sheet, list[Finding]]:
    """Read a sheet; a line that cannot be read is a finding, and the others count."""
    coder = source.path.rsplit("/", 1)[-1].removesuffix(".csv")
    rows = csv.reader(io.StringIO(source.text))
    header = next(rows, [])
    if tuple(header) != COLUMNS:
        message = f"the first line is not `{','.join(COLUMNS)}`"
        return Sheet(coder, (), source), [Finding("coding-sheet", source.on(1, 1, 200), message)]
    codings, findings = [], []
    for row in rows:
        if not row:
            continue
        faults = list(_faults(source, rows.line_num, row))
        findings += faults
        if not faults:
            report, proposition, speaker, voice, stance, unit, date = row
            codings.append(Coding(report, proposition, speaker, voice, _VALUE[stance], unit, date, rows.line_num))
    return Sheet(coder, tuple(codings), source), findings


def _faults(source: Source, line: int, row: Sequence[str]) -> Iterator[Finding]:
    if len(row) != len(COLUMNS):
        message = f"{len(row)} values where {len(COLUMNS)} are due"
        yield Finding("coding-sheet", source.on(line, 1, 200), message)
        return
    for name, allowed in (("voice", VOICES), ("stance", VALUES)):
        value = row[COLUMNS.index(name)]
        if value not in allowed:
            yield Finding(
                "coding-sheet", place(source, line, value), f"`{value}` is not a {name}", nearest(value, allowed)
            )


def place(source: Source, line: int, value: str) -> Place:
    """Point at a value on a line of a sheet."""
    return source.on(line, source.line(line).find(value) + 1, max(1, len(value)))


def agreement(sheets: Sequence[Sheet], pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Return how far the sheets agree on `pairs`, those that every sheet has."""
    coded = {sheet.coder: sheet.cells for sheet in sheets}
    shared = [pair for pair in pairs if all(pair in cells for cells in coded.values())]
    said = {pair: tuple((coder, cells[pair]) for coder, cells in coded.items()) for pair in shared}
    differing = tuple(Difference(*pair, values) for pair, values in said.items() if len({v for _, v in values}) > 1)
    silent = sum(
        len({isinstance(value, Stance) or value is Nothing.DIVIDED for _, value in values}) == 1
        for values in said.values()
    )
    alpha = ordinal_alpha(
        [float(PLACES[cell]) for cells in coded.values() if isinstance(cell := cells[pair], Stance)] for pair in shared
    )
    return Agreement(len(shared), len(shared) - len(differing), silent, alpha, differing)


def disputed(sheets: Sequence[Sheet], settled: Mapping[tuple[str, str], str | None]) -> set[tuple[str, str]]:
    """Return the cells on which coders differ and that no ruling has settled."""
    pairs = {pair for sheet in sheets for pair in sheet.cells}
    differing = agreement(sheets, sorted(pairs)).differences if len(sheets) > 1 else ()
    return {(one.report, one.proposition) for one in differing if not settled.get((one.report, one.proposition))}


def _joined(codings: Sequence[Coding]) -> Cell:
    said = [(coding.speaker, coding.stance) for coding in codings if isinstance(coding.stance, Stance)]
    return joint(said) or codings[0].stance


def ordinal_alpha(units: Iterable[Sequence[float]]) -> float | None:
    """Return Krippendorff's ordinal alpha of units, each the values it was given, those that are missing left out.

    The distance of two values is that of their middle ranks among all values that can be paired, squared. Returns None
    where it is not defined: with fewer than two different values.
    """
    paired = [values for values in units if len(values) > 1]
    counts = Counter(value for values in paired for value in values)
    if len(counts) < 2:
        return None
    up_to = dict(zip(sorted(counts), accumulate(counts[value] for value in sorted(counts)), strict=True))
    rank = {value: up_to[value] - count / 2 for value, count in counts.items()}
    observed = sum(
        (rank[one] - rank[other]) ** 2 / (len(values) - 1) for values in paired for one in values for other in values
    )
    expected = sum(
        counts[one] * counts[other] * (rank[one] - rank[other]) ** 2 for one in counts for other in counts
    ) / (counts.total() - 1)
    return 1 - observed / expected
