"""Reading a report in the browser: keys, the others on this and the way back, kinds, notes, the bar."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]
LO = "reports/lo-2025/"
PLACE = "[location.href, scrollY, document.getElementById('s3p2').getBoundingClientRect().top]"


def now(page: Any) -> str:
    found: str = page.evaluate("document.querySelector('.vr-now')?.id ?? ''")
    return found


def test_j_and_k_go_through_the_paragraphs(anywhere: Any) -> None:
    page = anywhere.go(LO)
    for key, expected in (("j", "s1p1"), ("j", "s1p2"), ("j", "s1p3"), ("k", "s1p2")):
        page.keyboard.press(key)
        assert now(page) == expected
        assert page.evaluate("document.activeElement.id") == expected
        assert page.locator(f"#{expected}").evaluate("node => node.getBoundingClientRect().top") >= 45
    assert page.url.endswith("#s1p2")


def test_capital_j_and_k_go_through_the_annotations_and_unfold_them(anywhere: Any) -> None:
    page = anywhere.go(LO)
    ids = page.eval_on_selector_all(".vr-item", "items => items.map(item => item.id)")
    for expected in ids[:9]:
        page.keyboard.press("J")
        assert now(page) == expected
        assert page.locator(f"[id='{expected}']").is_visible()
    page.keyboard.press("K")
    assert now(page) == ids[7]


@pytest.mark.parametrize("by", ["key", "browser"])
def test_two_keys_to_the_same_matter_in_another_report_and_one_back_to_the_very_place(anywhere: Any, by: str) -> None:
    page = anywhere.go(f"{LO}#s3p2")
    matter = page.locator("#s3p2 .vr-item").first.get_attribute("id").removeprefix("s3p2-")
    page.keyboard.press("o")
    left = page.evaluate(PLACE)
    page.keyboard.press("1")
    page.wait_for_url(lambda url: LO not in url)
    assert re.fullmatch(rf"reports/[a-z0-9-]+/#(s\d+p\d+|n\d+)-{matter}(-\d+)?", anywhere.place)
    words = page.locator(f"[id='{page.url.partition('#')[2]}']")
    box = words.bounding_box()
    assert words.is_visible() and box and 48 <= box["y"] < 900
    page.go_back() if by == "browser" else page.keyboard.press("b")
    page.wait_for_url(f"**/{LO}*")
    anywhere.until("document.activeElement.classList.contains('vr-jump')")
    assert page.evaluate(PLACE) == left
    assert page.evaluate("document.activeElement.closest('.vr-unit').id") == "s3p2"


def test_with_the_pointer_there_and_back_as_well(reader: Open) -> None:
    held = reader(360, touch=True)
    page = held.go(f"{LO}#s3p2")
    page.locator("#s3p2 .vr-others summary").first.tap()
    link = page.locator("#s3p2 .vr-jump").first
    link.scroll_into_view_if_needed()
    left = page.evaluate(PLACE)
    link.tap()
    page.locator("#vr-back").tap()
    page.wait_for_url(f"**/{LO}*")
    held.until("document.activeElement.classList.contains('vr-jump')")
    assert page.evaluate(PLACE) == left


def test_c_goes_through_what_the_reports_disagree_on(anywhere: Any) -> None:
    page = anywhere.go(LO)
    told = page.eval_on_selector_all(".vr-split a", "links => links.map(link => link.hash.slice(1))")
    marked = page.eval_on_selector_all(".vr-rail .vr-contested", "links => links.map(link => link.hash.slice(1))")
    assert told == marked and len(told) > 10
    for key, expected in (("c", told[0]), ("c", told[1]), ("c", told[2]), ("C", told[1])):
        page.keyboard.press(key)
        assert now(page) == page.evaluate("document.querySelector(':target').id") == expected
    assert page.locator(".vr-by-key").first.is_visible()


def test_the_frame_of_the_paragraph_in_hand_strikes_through_no_strip(reader: Open) -> None:
    page = reader(1440).go(LO)
    page.keyboard.press("c")
    unit = page.locator(".vr-unit.vr-now")
    styles = [one.evaluate("one => getComputedStyle(one).outlineStyle") for one in (unit, unit.locator(".vr-text"))]
    assert styles == ["none", "solid"]


AXES = """() => [...document.querySelectorAll('.vr-others .vr-axis')].map(axis => {
  const { x, width } = axis.getBoundingClientRect();
  return !width || [...axis.children].every((place, index) => [...place.children].every(badge => {
    const box = badge.getBoundingClientRect();
    return Math.abs(box.x + box.width / 2 - x - width * (index + .5) / 5) < width / 10;
  }));
})"""


def test_in_a_strip_each_badge_stands_in_the_fifth_of_its_stance(anywhere: Any) -> None:
    axes = anywhere.read(LO).evaluate(AXES)
    assert len(axes) > 20 and all(axes)


def test_the_browsers_own_back_button_leads_to_the_line_too(anywhere: Any) -> None:
    held = anywhere
    page = held.go(f"{LO}#s3p2")
    page.locator("#s3p2 .vr-others summary").first.click()
    link = page.locator("#s3p2 .vr-jump").first
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    link.click()
    back = page.locator("#vr-back")
    assert back.inner_text() == "← Back to ¶ 3.2 of Lo"
    page.go_back()
    held.until("document.activeElement.classList.contains('vr-jump')")
    assert abs(page.evaluate("scrollY") - before) < 5


def test_from_a_cell_to_its_words_and_back_by_the_link(anywhere: Any) -> None:
    held = anywhere
    page = held.go("matrix/#vassal")
    link = page.locator("td[id='vassal--lo-2025'] .vr-at").first
    before = page.evaluate("scrollY")
    link.click()
    page.locator("#vr-back").wait_for()
    assert held.place.startswith("reports/lo-2025/#")
    page.get_by_role("link", name="Back to the matrix").click()
    held.until("document.activeElement.classList.contains('vr-at')")
    assert abs(page.evaluate("scrollY") - before) < 5


def test_the_keys_can_be_seen_and_switched_off(anywhere: Any) -> None:
    page = anywhere.go(LO)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    assert dialog.get_by_text("next paragraph").is_visible()
    dialog.get_by_label("Single keys are on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("?")
    assert now(page) == "" and not dialog.is_visible()
    page.reload()
    page.keyboard.press("j")
    assert now(page) == ""
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys are on").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert now(page) == "s1p1"


def test_no_letter_turns_the_page(anywhere: Any) -> None:
    page = anywhere.go(LO)
    left = []
    page.on("framenavigated", lambda frame: left.append(frame.url))
    for key in ("n", "p", ".", ",", "f", "s"):
        page.keyboard.press(key)
    page.keyboard.press("j")
    anywhere.until("location.hash === '#s1p1'")
    assert set(left) == {f"{anywhere.base}{LO}#s1p1"}


def test_annotations_are_shown_by_kind_and_the_choice_is_kept(anywhere: Any) -> None:
    held = anywhere
    page = held.go(LO)
    form = page.locator("#vr-kinds")
    form.get_by_label("mentions").uncheck()
    assert page.locator(".vr-item[data-kind=mention]:not([hidden])").count() == 0
    held.go("reports/stent-2020/")
    assert page.locator(".vr-item[data-kind=mention]:not([hidden])").count() == 0
    page.get_by_role("button", name="Hide all").click()
    assert page.locator(".vr-strip:visible").count() == 0
    page.get_by_role("button", name="Show all").click()
    assert page.locator(".vr-item[data-kind=mention]:not([hidden])").count() > 0


def test_who_is_sent_to_an_annotation_of_a_hidden_kind_sees_it(anywhere: Any) -> None:
    held = anywhere
    page = held.go(LO)
    page.get_by_role("button", name="Hide all").click()
    held.go("about/")
    held.go(f"{LO}#s1p2-vassal")
    page.locator("#s1p2-vassal").wait_for(state="visible")


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_paragraphs_and_their_strips_never_overlap(reader: Open, width: int) -> None:
    page = reader(width).read(LO)
    wrong = page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll('.vr-text, .vr-strip')].map(n => n.getBoundingClientRect());
          const cross = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1
            && b.top < a.bottom - 1;
          return boxes.flatMap((a, i) => boxes.slice(i + 1, i + 6).filter(b => cross(a, b))).length;
        }"""
    )
    assert wrong == 0


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_a_note_opens_on_hover_stays_under_the_pointer_and_closes_with_escape(reader: Open, width: int) -> None:
    page = reader(width, clock=True).go(LO)
    marker = page.locator("a.footnote-ref").first
    marker.scroll_into_view_if_needed()
    marker.hover()
    page.clock.run_for(1000)
    box = page.locator(".vr-preview")
    text = (page.locator("[id='fn:1'] p").first.text_content() or "").strip()[:40]
    assert text in box.inner_text()
    box.hover()
    page.clock.run_for(60_000)
    assert box.is_visible()
    page.keyboard.press("Escape")
    assert box.count() == 0
    marker.hover()
    page.clock.run_for(1000)
    assert box.is_visible()
    page.mouse.move(5, 5)
    page.mouse.move(9, 9)
    page.clock.run_for(1000)
    assert box.count() == 0


def test_a_note_opens_on_focus_tab_leads_into_it_and_escape_back(anywhere: Any) -> None:
    page = anywhere.go(LO)
    page.locator(".vr-num").first.focus()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.footnote-ref')"):
            break
    box = page.locator(".vr-preview")
    box.wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.vr-preview') !== null")
    page.keyboard.press("Escape")
    assert box.count() == 0
    assert page.evaluate("document.activeElement.matches('.footnote-ref')")


def test_a_tap_shows_the_note_and_a_tap_elsewhere_closes_it(reader: Open) -> None:
    held = reader(360, touch=True)
    page = held.go(LO)
    marker = page.locator("a.footnote-ref").first
    marker.tap()
    box = page.locator(".vr-preview")
    box.wait_for()
    assert "#" not in held.place
    assert box.bounding_box()["x"] >= 0 and box.bounding_box()["width"] <= 360
    page.locator("h2").first.tap()
    box.wait_for(state="detached")
    marker.tap()
    page.locator(".vr-preview-end a").tap()
    assert held.place.endswith("#fn:1")


def test_who_else_cites_the_source_stands_in_the_preview(anywhere: Any) -> None:
    page = anywhere.go(LO)
    marker = page.locator("a.footnote-ref[href='#fn:44']")
    marker.scroll_into_view_if_needed()
    marker.hover()
    assert "lso cited by" in page.locator(".vr-preview").inner_text()


def test_the_walk_leads_round_all_places_of_a_source(anywhere: Any) -> None:
    held = anywhere
    page = held.go(LO)
    step = page.locator(".vr-walk a[rel=next]").first
    told = page.locator(".vr-walk").first.text_content() or ""  # what a phone has not laid yet shows nothing
    total = int(told.split(" of ")[1].split(" ")[0])
    visited = []
    for _ in range(total):
        address = step.get_attribute("href")
        page.goto(page.evaluate("href => new URL(href, document.baseURI).href", address))
        visited.append(held.place)
        place = page.evaluate("decodeURIComponent(location.hash.slice(1))")
        step = page.locator(f"[id='{place}'] .vr-walk a[rel=next]").first
    assert len(set(visited)) == total >= 3
    assert any(address.startswith(LO) for address in visited)


def test_the_bar_shows_where_one_is(anywhere: Any) -> None:
    held = anywhere
    page = held.go(f"{LO}#s6p4")
    held.until("document.querySelector('.vr-rail a[aria-current]') !== null")
    current = page.eval_on_selector_all(".vr-rail a[aria-current]", "links => links.map(link => link.hash)")
    assert "#s6p4" in current
    assert page.locator(".vr-rail a").count() == page.locator(".vr-unit").count()


def test_coverage_names_the_paragraphs_without_annotation(anywhere: Any) -> None:
    page = anywhere.go(LO)
    bare = page.eval_on_selector_all(".vr-bare a", "links => links.map(link => link.hash.slice(1))")
    empty = page.eval_on_selector_all(
        ".vr-unit", "units => units.filter(u => !u.querySelector('.vr-strip')).map(u => u.id)"
    )
    assert bare == empty and bare
