"""This repository's own edition: whole, clean, and within its limits."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path

from variorum import checks, data, elsewhere, quoting
from variorum.compare import compare
from variorum.edition import Edition, load
from variorum.report import Report
from variorum.rules import Level
from variorum.words import LONGEST_QUOTATION, Nothing

ROOT = Path(__file__).parent.parent


@cache
def edition() -> Edition:
    return load(ROOT)


def test_it_has_no_error() -> None:
    found = checks.check(edition())  # what is contributed is not proved and rendered yet, which is a warning
    assert [str(one) for one in found if one.level is Level.ERROR] == []


def test_the_first_five_reports_keep_their_units_and_notes() -> None:
    counts = {
        key: (len(report.sections), len(report.units), len(report.notes), len(report.marks))
        for key, report in edition().reports.items()
    }
    first = {
        "stent-2020": (10, 56, 0, 49),
        "weitz-2024": (7, 27, 0, 93),
        "glantz-freeman-2024": (5, 24, 0, 0),
        "lo-2025": (11, 67, 48, 48),
        "korolev-shattuck-2025": (15, 52, 46, 47),
    }
    assert first.items() <= counts.items()


def complete() -> list[Report]:
    return [report for report in edition().reports.values() if report.is_complete]


def test_every_unit_of_a_complete_report_has_a_digest() -> None:
    assert all(unit.digest for report in complete() for unit in report.units.values())


def test_reports_stand_in_order_of_date() -> None:
    dates = [report.sort_date for report in edition().reports.values()]
    assert dates == sorted(dates)


def test_notes_that_cite_one_source_find_each_other() -> None:
    citing = edition().citing
    places = {
        key: {(place.report, place.note) for place in citing[key]}
        for key in ("mcfaul-medeiros-2025", "china-russia-2022-joint-statement")
    }
    assert places["mcfaul-medeiros-2025"] == {("lo-2025", "44"), ("korolev-shattuck-2025", "34")}
    assert places["china-russia-2022-joint-statement"] == {("lo-2025", "16"), ("korolev-shattuck-2025", "1")}


def test_a_short_form_leads_to_the_full_entry_with_its_own_pinpoint() -> None:
    notes = {place.note: place.citation.locator for place in edition().citing["korolev-2022"]}
    assert notes == {"6": "p. 108", "9": "p. 113"}
    assert edition().reports["korolev-shattuck-2025"].fields.notes.printed["18"] == "Ibid."


def test_every_cell_of_a_complete_report_has_been_looked_at() -> None:
    read = {report.key for report in complete()}
    cells = [cell for row in compare(edition()).rows for cell in row.standings if cell.report in read]
    assert not [cell for cell in cells if cell.cell is Nothing.UNCODED]


def test_the_data_have_one_position_for_each_pair() -> None:
    told = data.as_data(edition(), compare(edition()))
    pairs = [(position["report"], position["proposition"]) for position in told["positions"]]
    assert len(pairs) == len(set(pairs)) == len(edition().reports) * len(edition().propositions)


def test_no_quotation_is_long() -> None:
    for report in edition().reports.values():
        for unit in report.units.values():
            assert all(quoting.count_words(quote) <= LONGEST_QUOTATION for _, quote in quoting.quotations(unit.digest))


def test_the_way_through_a_source_s_places_goes_as_a_report_is_read() -> None:
    for places in elsewhere.stops(edition()).values():
        for key, held in groupby(places, key=lambda stop: stop.report):
            report = edition().reports[key]
            order = [*report.units, *(f"n{label}" for label in report.labels)]
            at = [order.index(stop.place) for stop in held if stop.place in order]
            assert at == sorted(at)
