"""How pages are laid out: strips beside paragraphs, the dark without scripts, long pages on small screens, paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

Open = Callable[..., Any]
REPORTS = ("stent-2020", "lo-2025", "korolev-shattuck-2025")
BOXES = """() => [...document.querySelectorAll('.vr-unit')].map(unit => {
  const box = node => { const r = node?.getBoundingClientRect(); return r && [r.top + scrollY, r.bottom + scrollY]; };
  const strip = unit.querySelector('.vr-strip');
  return {id: unit.id, text: box(unit.querySelector('.vr-text')), strip: box(strip), at: strip?.dataset.at};
})"""


@pytest.mark.parametrize("key", REPORTS)
def test_a_tall_strip_runs_on_beside_the_next_paragraph_and_says_whose_it_is(reader: Open, key: str) -> None:
    page = reader(1440).go(f"reports/{key}/")
    units = page.evaluate(BOXES)
    strips = [unit["strip"] for unit in units if unit["strip"]]
    assert all(upper[1] <= lower[0] for upper, lower in pairwise(strips))
    for unit, after in pairwise(units):
        if unit["strip"]:
            assert unit["at"] == unit["id"][1:].replace("p", ".")
            assert unit["text"][0] - 1 <= unit["strip"][0] < after["text"][0]
    long = next(one["id"] for one, two in pairwise(units) if one["strip"] and one["strip"][1] > two["text"][1])
    page.locator(f"#{long} .vr-strip a:visible").last.click(trial=True)  # the next paragraph does not lie over it


@pytest.mark.parametrize("address", ["cite/lo-2025/", "about/", "about/editors/", "matrix/"])
def test_no_column_is_kept_for_a_navigation_that_shows_nothing(reader: Open, address: str) -> None:
    beside = reader(1440).go(address).locator(".md-sidebar--primary")
    assert beside.is_visible() == (beside.locator("a:visible").count() > 0) == address.startswith("about/")


def test_what_is_hidden_until_hovered_takes_no_line(reader: Open) -> None:
    page = reader(1440).go("reports/lo-2025/")
    heights = "[...document.querySelectorAll('.vr-text')].map(one => one.getBoundingClientRect().height)"
    before = page.evaluate(heights)
    page.add_style_tag(content=".vr-text button { display: none !important; }")
    assert page.evaluate(heights) == before
    page.reload()
    unit = page.locator("#s2p1 .vr-text")
    unit.hover()
    for name in ("Cite", "Annotate"):
        button = unit.get_by_role("button", name=f"{name} ¶ 2.1")
        assert button.evaluate("one => getComputedStyle(one).opacity") == "1"
        button.hover()
        assert button.evaluate("one => getComputedStyle(one).opacity") == "1"


COLOURS = """() => [...document.querySelectorAll('body, body *')].filter(one => one.getClientRects().length)
  .map(one => [one.className, getComputedStyle(one)])
  .map(([name, s]) => [name, s.color, s.backgroundColor, s.colorScheme])
  .filter(([name]) => typeof name === 'string' && name.startsWith('vr-')).map(String).sort()"""


@pytest.mark.parametrize("address", ["", "reports/glantz-freeman-2024/", "propositions/vassal/"])
def test_without_scripts_the_dark_is_as_dark_and_axe_finds_no_violation(reader: Open, address: str) -> None:

    def colours(scheme: str, javascript: bool) -> set[str]:
        page = reader(1440, scheme, javascript=javascript).go(address)
        page.wait_for_load_state("load")  # style sheets and all
        return set(page.evaluate(COLOURS))

    bare = colours("dark", False)
    assert len(bare) > 20
    assert not bare & colours("light", False)
    assert not bare - colours("dark", True)
    held = reader(1440, "dark")
    held.page.route("**/*.js", lambda route: route.abort())  # axe is a script itself: so, all others left out
    held.go(address).add_style_tag(url=f"{held.base}assets/dark.css")
    held.until("document.getAnimations().length === 0")  # the theme fades from one colour to the other
    found = Axe().run(held.page)
    assert not found.response["violations"], found.generate_report()


@pytest.mark.parametrize(
    ("address", "parts"), [("reports/lo-2025/", ".vr-unit"), ("matrix/", ".vr-matrix tbody tr[id]")]
)
def test_a_long_page_on_a_phone_is_laid_out_whole_once_somebody_reads(reader: Open, address: str, parts: str) -> None:
    every = (
        f"[...document.querySelectorAll('{parts}')].every(one => getComputedStyle(one).contentVisibility === 'visible')"
    )
    held = reader(360, touch=True)
    page = held.go(address)
    page.wait_for_load_state()
    assert not page.evaluate(every)
    page.locator("h1").tap()
    held.until(every)
    bare = reader(360, javascript=False).go(address)
    bare.wait_for_load_state()  # without scripts nothing has waited for the style sheets
    assert not bare.evaluate(every), "what is far below waits, without scripts until it is wanted"
    last = bare.locator(parts).last
    last.evaluate("one => one.scrollIntoView()")
    expect(last).to_contain_text(re.compile(r"\w"), use_inner_text=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_place_far_down_a_phones_page_is_found(reader: Open, javascript: bool) -> None:
    held = reader(360, javascript=javascript)
    page = held.go("reports/lo-2025/#s9p2")
    page.wait_for_load_state()
    if javascript:
        held.until("[...document.querySelectorAll('.vr-unit')].every(one => one.style.contentVisibility === 'visible')")
    top = page.locator("#s9p2").evaluate("one => one.getBoundingClientRect().top")
    assert 0 <= top < 200


def test_on_paper_text_and_strip_stand_side_by_side_and_cells_under_their_heads(reader: Open) -> None:
    page = reader(718).go("reports/lo-2025/")  # A4 less its margins
    page.emulate_media(media="print")
    text, strip = page.locator("#s1p2 .vr-text").bounding_box(), page.locator("#s1p2 .vr-strip").bounding_box()
    assert text["width"] > 300 and strip["x"] >= text["x"] + text["width"] and abs(strip["y"] - text["y"]) < 8
    page = reader(1032).go("matrix/")
    page.emulate_media(media="print")
    heads = page.locator("thead th").evaluate_all("heads => heads.map(head => head.getBoundingClientRect().x)")
    for row in page.locator(".vr-matrix tbody tr[id]").all()[:5]:
        cells = row.locator("th, td").evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().x)")
        assert cells == heads
    assert page.locator("link[media=print]").count() == 1
