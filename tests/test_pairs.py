"""Pairs: agreement of two reports, the time between them, and what the older one could not know."""

from __future__ import annotations

from datetime import date as Day
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum import pairs
from variorum.compare import Matrix, Row, Standing, compare
from variorum.edition import load
from variorum.pairs import SPOKEN, Verdict
from variorum.words import Cell, Nothing, Stance

CELLS = st.sampled_from([*Stance, *Nothing])


def meet(first: Cell, second: Cell) -> Verdict:
    return pairs.Meeting("toll", Standing("a", "toll", first), Standing("b", "toll", second)).verdict


def matrix(*cells: tuple[Cell, ...]) -> Matrix:
    """Return a matrix with a row for each tuple and reports a, b, c … in order of date."""
    names = tuple("abcdefgh"[: len(cells[0])]) if cells else ("a", "b")
    rows = [
        Row(f"p{n}", tuple(Standing(name, f"p{n}", cell) for name, cell in zip(names, row, strict=True)))
        for n, row in enumerate(cells)
    ]
    return Matrix(names, tuple(rows))


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        (Stance.AFFIRMS, Stance.LEANS_AFFIRM, Verdict.SAME),
        (Stance.REJECTS, Stance.LEANS_REJECT, Verdict.SAME),
        (Stance.BALANCED, Stance.BALANCED, Verdict.SAME),
        (Stance.LEANS_AFFIRM, Stance.LEANS_REJECT, Verdict.DIFFERENT),
        (Stance.BALANCED, Stance.AFFIRMS, Verdict.ONE_BALANCED),
        (Stance.REJECTS, Nothing.SILENT, Verdict.OLDER_ONLY),
        (Nothing.PREDATES, Stance.AFFIRMS, Verdict.NEWER_ONLY),
        (Nothing.DIVIDED, Nothing.DIVIDED, Verdict.NEITHER),
        (Nothing.REPORTED_ONLY, Stance.AFFIRMS, Verdict.NEWER_ONLY),
        (Nothing.SILENT, Nothing.SILENT, Verdict.NEITHER),
    ],
)
def test_how_two_cells_meet(first: Cell, second: Cell, verdict: Verdict) -> None:
    assert meet(first, second) is verdict


@given(CELLS, CELLS)
def test_order_changes_only_who_is_alone(first: Cell, second: Cell) -> None:
    swapped = {Verdict.OLDER_ONLY: Verdict.NEWER_ONLY, Verdict.NEWER_ONLY: Verdict.OLDER_ONLY}
    assert meet(second, first) is swapped.get(meet(first, second), meet(first, second))


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=12))
def test_counts_add_up_and_nothing_without_a_stance_is_shared(rows: list[tuple[Cell, Cell, Cell]]) -> None:
    found = pairs.pairs(matrix(*rows) if rows else Matrix(("a", "b", "c"), ()))
    assert [(pair.older, pair.newer) for pair in found] == [("a", "b"), ("a", "c"), ("b", "c")]
    for pair in found:
        places = "abc".index(pair.older), "abc".index(pair.newer)
        assert sum(pair.counts.values()) == len(rows)
        assert pair.shared == sum(all(isinstance(row[place], Stance) for place in places) for row in rows)
        percents = [pair.percent(verdict) for verdict in SPOKEN]
        assert (None in percents) == (pair.shared < pairs.FEWEST)


@given(CELLS, CELLS)
def test_a_divided_report_stands_under_no_verdict(first: Cell, second: Cell) -> None:
    pair = pairs.pairs(matrix((first, second)))[0]
    shown = [meeting for verdict in Verdict for meeting in pair.of(verdict)]
    divided = Nothing.DIVIDED in (first, second)
    assert (len(shown), len(pair.divided)) == ((0, 1) if divided else (1, 0))
    assert not divided or not pair.shared


def test_a_divided_report_speaks_and_agrees_with_nobody() -> None:
    rows = matrix(
        (Stance.AFFIRMS, Nothing.DIVIDED, Stance.LEANS_AFFIRM),
        (Stance.AFFIRMS, Nothing.SILENT, Stance.LEANS_AFFIRM),
        (Stance.AFFIRMS, Nothing.DIVIDED, Stance.REJECTS),
    )
    assert [(row.speaking, row.spread) for row in rows.rows] == [(3, 1), (2, 1), (3, 4)]
    assert [row.proposition for row in rows.agreements()] == ["p1"]
    assert [row.proposition for row in rows.disagreements()] == ["p2"]


def test_what_differs_most_stands_first() -> None:
    rows = matrix(
        (Stance.LEANS_AFFIRM, Stance.LEANS_REJECT), (Stance.AFFIRMS, Stance.REJECTS), (Stance.AFFIRMS, Stance.AFFIRMS)
    )
    assert [m.proposition for m in pairs.pairs(rows)[0].of(Verdict.DIFFERENT)] == ["p1", "p0"]


def test_an_address_has_the_keys_in_alphabetical_order() -> None:
    assert pairs.Pair("vale-2019", "marsh-2024", ()).keys == ("marsh-2024", "vale-2019")


@pytest.mark.parametrize(
    ("older", "newer", "words"),
    [
        ("2019-03", "2024-06-02", "5 years, 3 months"),
        ("2024-03-07", "2024-05", "2 months"),
        ("2024", "2026-02", "1 year, 2 months to 2 years, 1 month"),
        ("2024-05-01", "2024-05-20", "the same month"),
        ("2025-07", "2025", "up to 6 months, in either order"),
    ],
)
def test_the_time_between_is_as_exact_as_the_dates(older: str, newer: str, words: str) -> None:
    assert pairs.between(older, newer).words == words


@given(st.dates(Day(1900, 1, 1), Day(2100, 12, 31)))
def test_a_date_lies_in_the_span_of_its_year_and_month(day: Day) -> None:
    text = day.isoformat()
    for known in (text, text[:7], text[:4]):
        first, last = pairs.span(known)
        assert first <= day <= last
        assert first.isoformat().startswith(known) and last.isoformat().startswith(known)


def test_what_the_older_one_predates(base: Path) -> None:
    edition = load(base)
    pair = pairs.pairs(compare(edition))[0]
    assert (pair.older, pair.newer) == ("marsh-2019", "vale-2024")
    since = {key: record.fields.since for key, record in edition.propositions.items()}
    expected = [
        key for key in edition.propositions_in_order if since[key] and "2019-03-31" < since[key] <= "2024-06-02"
    ]
    assert list(pairs.arisen_between(edition, pair)) == expected == ["second-toll"]
    assert pairs.newer_evidence(edition, pair) == (2, 1)
