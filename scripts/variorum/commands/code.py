"""`variorum code CODER`: code blindly, in the terminal or on a sheet; no other judgement is shown."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from .. import atomic
from ..checks.codings import known
from ..codings import COLUMNS, VALUES, Coding, read
from ..edition import Edition, load
from ..findings import Form, nearest, show
from ..layout import CODINGS
from ..source import Source, Undecodable
from ..source import read as read_source
from ..writing import Batch


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("code", help="code every pair blindly, in the terminal or on a sheet")
    parser.add_argument("coder", help="your handle; docs/editors/<handle>.md says what kind of coder you are")
    parser.add_argument("--blank", type=Path, metavar="FILE", help="write a blank sheet to fill in")
    parser.add_argument("--take", type=Path, metavar="FILE", help="check a filled sheet and take it in")
    parser.set_defaults(run=run)


def run(root: Path, given: argparse.Namespace) -> int:
    """Write a blank sheet, take one back, or ask pair by pair."""
    edition = load(root)
    if given.coder not in edition.editors:
        advice = nearest(given.coder, edition.editors)
        told = f"docs/editors/ has no `{given.coder}`{f' ({advice})' if advice else ''}"
        print(f"variorum: {told}; `variorum new editor {given.coder}` makes it", file=sys.stderr)
        return 2
    target = root / CODINGS / f"{given.coder}.csv"
    if given.blank:
        return _blank(edition, given.blank)
    if given.take:
        return _take(edition, given.take, target)
    return _walk(edition, target)


def _blank(edition: Edition, path: Path) -> int:
    if path.exists():
        print(f"variorum: {path} exists already and is not written over; name another file", file=sys.stderr)
        return 2
    rows: list[tuple[str, ...]] = [
        (report, proposition, "", "own", "", "", "") for report, proposition in _pairs(edition)
    ]
    _write(path, rows)
    print(f"{len(rows)} pairs to code in {path}; stances: {', '.join(VALUES)}")
    return 0


def _take(edition: Edition, path: Path, target: Path) -> int:
    try:
        source = read_source(path.resolve().parent, path.resolve())
    except (OSError, Undecodable) as error:
        print(f"variorum: {path} cannot be read: {error}", file=sys.stderr)
        return 2
    sheet, found = read(source)
    left = _left_empty(source.text)
    findings = [one for one in found if one.place.line not in left] + list(known(edition, sheet))
    missing = sorted(set(_pairs(edition)) - set(sheet.cells))
    if left and not findings and not sheet.codings:
        print(f"variorum: {path} is not filled in yet: {len(missing)} pairs have no stance", file=sys.stderr)
        return 1
    if findings or missing:
        if findings:
            sys.stdout.write(show(findings, Form.TEXT, 1))
        for report, proposition in missing:
            print(f"not coded: {report} / {proposition}")
        return 1
    _keep(edition.root, target, [_row(coding) for coding in sheet.codings], _text(target))
    print(f"{len(sheet.codings)} judgements taken into {target.name}")
    return 0


def _left_empty(text: str) -> set[int]:
    """Return the lines of a sheet whose stance nobody has filled in."""
    rows = csv.reader(io.StringIO(text))
    stance = COLUMNS.index("stance")
    return {rows.line_num for row in rows if len(row) == len(COLUMNS) and not row[stance].strip()}


def _walk(edition: Edition, target: Path) -> int:
    """Ask for each pair that is not coded yet; what was answered is kept after every answer."""
    before = _text(target)
    done = read(Source(target.name, before))[0].codings if before is not None else ()
    rows = [_row(coding) for coding in done]
    coded = {(coding.report, coding.proposition) for coding in done if coding.voice == "own"}
    waiting = [pair for pair in _pairs(edition) if pair not in coded]
    for number, (report, proposition) in enumerate(waiting, 1):
        fields = edition.propositions[proposition].fields
        print(f"\n[{number} of {len(waiting)}] {report}\n{fields.statement}")
        print(f"  affirms: {fields.affirms_means}\n  rejects: {fields.rejects_means}")
        stance = _ask(f"stance ({', '.join(VALUES)}; empty to stop): ", VALUES)
        if not stance:
            break
        units = [*edition.reports[report].units, *(f"n{label}" for label in edition.reports[report].labels)]
        unit = _ask("deciding unit (s3p2, n12): ", units) if stance not in ("silent", "predates") else ""
        rows.append((report, proposition, "", "own", stance, unit, date.today().isoformat()))
        before = _keep(edition.root, target, rows, before)
    print(f"{len(rows)} judgements in {target.name}")
    return 0


def _ask(prompt: str, allowed: object) -> str:
    while True:
        try:
            answer = input(prompt).strip()
        except EOFError:
            return ""
        if not answer or answer in allowed:  # type: ignore[operator]
            return answer
        print(f"  `{answer}` is not one of them")


def _text(target: Path) -> str | None:
    return read_source(target.parent, target).text if target.is_file() else None


def _pairs(edition: Edition) -> Iterator[tuple[str, str]]:
    for report in edition.reports:
        for proposition in edition.propositions_in_order:
            yield report, proposition


def _row(coding: Coding) -> tuple[str, ...]:
    return coding.report, coding.proposition, coding.speaker, coding.voice, str(coding.stance), coding.unit, coding.date


def _write(path: Path, rows: list[tuple[str, ...]]) -> None:
    atomic.write(path, _as_text(rows))


def _keep(root: Path, target: Path, rows: list[tuple[str, ...]], before: str | None) -> str:
    """Put rows into the edition's sheet, unless it is another than `before`; return its text."""
    name, text = target.relative_to(root).as_posix(), _as_text(rows)
    Batch(root, {name: text}, read={name: before}).make()
    return text


def _as_text(rows: list[tuple[str, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue()
