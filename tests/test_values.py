"""Values: the numbers of one quantity in order of period, which of them a plot can hold, and what differs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum import pages, values
from variorum.edition import load
from variorum.values import Value

Make = Callable[..., list[Value]]


@pytest.fixture
def make(base: Path) -> Make:
    """Return a function that writes figures into the base edition and reads them back."""

    def write(*figures: str) -> list[Value]:
        shelf = base / "docs" / "quantities"
        shelf.mkdir(exist_ok=True)
        (shelf / "tonnage.md").write_text("---\ntitle: Tonnage\nmeasures: What is shipped.\nunit: tons\n---\n", "utf-8")
        for number, figure in enumerate(figures):
            report, _, fields = figure.partition(": ")
            path = base / "docs" / "annotations" / report / f"tonnage-{number}.md"
            unit = "" if "unit:" in fields else ", unit: tons"
            at = "s1p1"
            lines = "\n".join((fields + unit).split(", "))
            path.write_text(
                f"---\nkind: figure\nquantity: tonnage\n{lines}\nat: {at}\nquote: some words\nby: [tester]\n"
                "date: 2026-11-21\n---\n",
                "utf-8",
            )
        edition = load(base)
        assert not edition.findings, [str(one) for one in edition.findings]
        return values.by_quantity(edition)["tonnage"]

    return write


def test_they_stand_in_order_of_period_then_of_report(make: Make) -> None:
    found = make(
        'vale-2024: value: 3, period: "2020"',
        'marsh-2019: value: 2, period: "2020"',
        'vale-2024: value: 1, period: "May 1999"',
        "vale-2024: value: 9",
    )
    assert [value.number for value in found] == ["1", "2", "3", "9"]


def test_a_number_shows_its_bound_its_range_and_its_thousands(make: Make) -> None:
    found = make(
        'vale-2024: value: 25000, bound: over, period: "2020"',
        'vale-2024: low: 15, high: 25.5, period: "2021"',
        'vale-2024: value: 12000, unit: year, period: "2022"',
    )
    assert [value.number for value in found] == ["over 25,000", "15–25.5", "12000"]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ("value: 1, unit: rank, period: since 2009", "rank 1, since 2009"),
        ("value: 350000, bound: over", "over 350,000 tons"),
        ("value: 12, status: target", "12 tons (target)"),
        ("low: 15", "15–… tons"),
        ("value: 2022, unit: year, period: 4 February 2022", "2022"),
        ("value: 2021, unit: year, period: renewal", "2021, renewal"),
        ("low: 2000, high: 2004, unit: year, period: 2000–2004", "2000–2004"),
    ],
)
def test_a_figure_reads_the_same_on_every_page(make: Make, base: Path, fields: str, shown: str) -> None:
    make(f"vale-2024: {fields}")
    printed = {page.path: page.text for page in pages.render(load(base))}
    for path in ("reports/vale-2024.md", "figures/index.md"):
        assert re.search(rf"[ >]{re.escape(shown)}\s*<", printed[path]), path


@pytest.mark.parametrize(
    ("numbers", "plotted"), [((1, 2), 0), ((1, 1, 1), 0), ((1, 2, 2), 3), ((1, 2, 3, 4), 4)], ids=str
)
def test_a_plot_needs_three_values_that_are_not_all_the_same(
    make: Make, numbers: tuple[int, ...], plotted: int
) -> None:
    found = make(*(f'vale-2024: value: {number}, period: "{2000 + n}"' for n, number in enumerate(numbers)))
    assert len(values.comparable(found)) == plotted


def test_values_of_another_unit_stay_out_of_the_plot(make: Make) -> None:
    found = make(*(f"vale-2024: value: {n}" for n in (1, 2, 3)), "marsh-2019: value: 4, unit: barges")
    assert {value.fields.unit for value in values.comparable(found)} == {"tons"}


def test_what_differs_is_named_and_nothing_is_averaged(make: Make) -> None:
    found = make(
        'marsh-2019: value: 200, period: "2020", basis: the board',
        'vale-2024: value: 250, bound: over, period: "June 2020"',
        'vale-2024: value: 999, period: "2021"',
    )
    (period,) = values.periods(found)
    assert (period.name, period.reports) == ("2020", ["marsh-2019", "vale-2024"])
    assert period.differences == [
        "The numbers lie 50 tons apart, 25% of the lower.",
        "The bound differs: exact, over.",
        "The basis differs: the board; 1 without a basis.",
        "The periods are worded differently: 2020; June 2020.",
    ]


def test_a_target_is_not_measured_against_a_result(make: Make) -> None:
    found = make('marsh-2019: value: 200, status: target, period: "2020"', 'vale-2024: value: 250, period: "2020"')
    (period,) = values.periods(found)
    assert not any("apart" in told for told in period.differences)
    assert any("actual against target" in told for told in period.differences)


@given(st.integers(-(10**6), 10**6), st.integers(1, 999))
def test_a_plain_number_reads_back_as_itself(whole: int, thousandths: int) -> None:
    assert values.plain(whole) == str(whole)
    small = whole % 1000 + thousandths / 1000
    assert float(values.plain(small)) == pytest.approx(small)


def test_a_year_is_not_given_separators() -> None:
    assert values.plain(2024) == "2024" and values.plain(227.7) == "227.7"
