"""The matrix in the browser: filters, order, columns, the address, the phone, paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]
ROWS = ".vr-matrix tbody tr[id]"


def shown(page: Any) -> list[str]:
    """Return the propositions on screen, in order."""
    found: list[str] = page.eval_on_selector_all(ROWS, "rows => rows.filter(r => r.offsetParent).map(r => r.id)")
    return found


def test_a_topic_and_a_cell_narrow_the_rows_and_the_address_keeps_them(anywhere: Any, reader: Open) -> None:
    held = anywhere
    page = held.go("matrix/")
    everything = shown(page)
    assert page.locator("#vr-count").inner_text() == f"{len(everything)} of {len(everything)} propositions"
    page.select_option("[name=topic]", "economy")
    page.select_option("[name=cell]", "affirms")
    narrowed = shown(page)
    assert 0 < len(narrowed) < len(everything)
    assert held.place == "matrix/?topic=economy&cell=affirms"
    for key in narrowed:
        row = page.locator(f"tr[id='{key}']")
        assert row.get_attribute("data-topic") == "economy"
        assert row.locator("td[data-cell=affirms].vr-hit").count()
    other = reader(held.width)
    assert shown(other.go(held.place)) == narrowed
    page.get_by_role("button", name="Show all").first.click()
    held.until("location.search === ''")
    assert shown(page) == everything


def test_only_where_both_speak(anywhere: Any) -> None:
    page = anywhere.go("matrix/?reports=stent-2020,lo-2025&all=1&sort=spread")
    keys = shown(page)
    spread = []
    for key in keys:
        places = page.eval_on_selector_all(
            f"tr[id='{key}'] td:not([hidden])", "cells => cells.map(c => Number(c.dataset.place))"
        )
        assert len(places) == 2
        spread.append(abs(places[0] - places[1]))
    assert keys and spread == sorted(spread, reverse=True)
    assert page.locator("thead th:not([hidden])").count() == 3


@pytest.mark.parametrize(
    ("query", "cells"),
    [
        ("voice=reported", "td[data-voice~=reported]"),
        ("confidence=medium", "td[data-confidence=medium]"),
        ("disputed=1", "td[data-disputed]"),
        ("cell=silent", "td[data-cell=silent]"),
    ],
)
def test_each_row_left_has_a_cell_that_answers(anywhere: Any, query: str, cells: str) -> None:
    page = anywhere.go(f"matrix/?{query}")
    wanted = page.eval_on_selector_all(ROWS, f"rows => rows.filter(r => r.querySelector('{cells}')).map(r => r.id)")
    assert shown(page) == wanted
    if not wanted:
        assert page.locator(".vr-none").is_visible()


def test_a_row_far_apart_and_the_order_by_voices(anywhere: Any) -> None:
    page = anywhere.go("matrix/?spread=4")
    for key in shown(page):
        places = page.eval_on_selector_all(
            f"tr[id='{key}'] td[data-place]", "cells => cells.map(c => Number(c.dataset.place))"
        )
        assert max(places) - min(places) == 4
    page.goto(page.url.replace("spread=4", "sort=speaking"))
    voices = page.eval_on_selector_all(
        ROWS, "rows => rows.map(r => r.querySelectorAll('[data-place], [data-cell=divided]').length)"
    )
    assert voices == sorted(voices, reverse=True)
    assert page.locator("tr.vr-topic:visible").count() == 0


def test_a_link_to_a_hidden_row_shows_it(anywhere: Any) -> None:
    page = anywhere.go("matrix/?topic=economy")
    page.locator(".vr-summits a").first.click()
    target = page.url.partition("#")[2]
    page.locator(f"tr[id='{target}']").wait_for(state="visible")


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("javascript", [True, False])
def test_a_cell_can_be_checked_from_its_picture(reader: Open, width: int, javascript: bool) -> None:
    page = reader(width, javascript=javascript).go("matrix/")
    told = page.evaluate(
        """() => [...document.querySelectorAll('td[data-place]')].map(cell => {
          const seen = node => node.checkVisibility() && node.getClientRects().length > 0;
          const row = cell.parentElement.cells[0], before = getComputedStyle(cell, '::before');
          const head = document.querySelector(`thead th[data-report="${cell.dataset.report}"]`).getBoundingClientRect();
          const named = before.display === 'block' ? before.content.includes(cell.dataset.who) : head.width > 60;
          return named && seen(row) && row.textContent.trim().length > 10 && seen(cell.querySelector('.vr-stance'))
            && [...cell.querySelectorAll('q')].some(seen) && /¶|n\\. /.test(cell.textContent);
        })"""
    )
    assert len(told) > 100 and all(told)


def test_heads_stay_in_view(reader: Open) -> None:
    page = reader().go("matrix/")
    page.locator(ROWS).nth(30).scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    box = page.locator("thead th").nth(1).bounding_box()
    assert box and 0 <= box["y"] < 120


@pytest.mark.parametrize("width", [360, 768])
@pytest.mark.parametrize("javascript", [True, False])
def test_on_the_phone_a_cell_stands_under_its_author(reader: Open, width: int, javascript: bool) -> None:
    page = reader(width, javascript=javascript).go("matrix/")
    page.wait_for_load_state()  # without scripts nothing has waited for the style sheets
    cells = page.locator(f"{ROWS} td")
    cells.first.scroll_into_view_if_needed()
    first, second = cells.evaluate_all(
        """cells => cells.slice(0, 2).map(cell => {
          const box = cell.getBoundingClientRect(); return [box.left, box.top, box.bottom];
        })"""
    )
    assert second[1] >= first[2] - 1 and second[0] == first[0]
    name = page.locator(f"{ROWS} td").first.evaluate("td => getComputedStyle(td, '::before').content")
    assert "Stent" in name


def test_the_table_is_one_to_a_screen_reader_on_the_phone_too(anywhere: Any) -> None:
    page = anywhere.go("matrix/")
    table = page.get_by_role("table").first
    assert table.get_by_role("columnheader").count() == 6
    assert table.get_by_role("row").count() > 48


def test_printed_it_is_a_table_with_its_heads(reader: Open) -> None:
    page = reader(1123).go("matrix/")
    page.emulate_media(media="print")
    assert page.locator("thead").evaluate("head => getComputedStyle(head).display") == "table-header-group"
    assert not page.locator("#vr-filter").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1123
