"""`variorum agreement`: how far the blind coders agree, and who differs where."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..codings import Agreement, agreement
from ..edition import Edition, load
from ..words import TERMS


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("agreement", help="print how far the blind coders agree")
    parser.set_defaults(run=run)


def run(root: Path, _given: argparse.Namespace) -> int:
    """Print agreement in all, by report, by proposition, and the differences."""
    edition = load(root)
    if len(edition.codings) < 2:
        print("variorum: there are fewer than two sheets under docs/codings/", file=sys.stderr)
        return 2
    pairs = [(report, proposition) for report in edition.reports for proposition in edition.propositions_in_order]
    print(f"{', '.join(sheet.coder for sheet in edition.codings)}, own voice\n")
    print(_line("all", agreement(edition.codings, pairs)))
    for report in edition.reports:
        print(_line(report, agreement(edition.codings, [pair for pair in pairs if pair[0] == report])))
    print()
    for proposition in edition.propositions_in_order:
        print(_line(proposition, agreement(edition.codings, [pair for pair in pairs if pair[1] == proposition])))
    print()
    _differences(edition, agreement(edition.codings, pairs))
    return 0


def _line(name: str, found: Agreement) -> str:
    alpha = f"{found.alpha:.3f}" if found.alpha is not None else "  –  "
    same, silent = f"{found.same}/{found.cells}", f"{found.same_on_silence}/{found.cells}"
    return f"{name:<32} alpha {alpha}  same {same}  same on silence {silent}"


def _differences(edition: Edition, found: Agreement) -> None:
    for one in found.differences:
        said = "; ".join(f"{coder}: {TERMS[cell].word}" for coder, cell in one.said)
        position = edition.positions.get((one.report, one.proposition))
        settled = f" – settled: {position.fields.ruling}" if position and position.fields.ruling else " – disputed"
        print(f"{one.report} / {one.proposition}: {said}{settled}")
