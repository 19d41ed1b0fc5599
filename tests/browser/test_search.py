"""Search in the browser: by key and by button, with facets, remembered, in a subfolder, to the very passage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Open = Callable[..., Any]
HITS = ".vr-hits a"
FIELD = "#vr-search-field"
STANCES = ".vr-search select[name=stance]"
KINDS = ".vr-search select[name=kind]"


def ask(page: Any, words: str) -> Any:
    page.locator(FIELD).fill(words)
    page.locator(HITS).first.wait_for()
    return page.locator(HITS)


def test_by_keyboard_alone_from_the_slash_to_the_paragraph_and_back_to_the_hits(anywhere: Any) -> None:
    page = anywhere.go("reports/stent-2020/")
    page.keyboard.press("/")
    page.keyboard.type("vassalage")
    page.locator(HITS).first.wait_for()
    page.keyboard.press("ArrowDown")
    followed = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "#" in url)
    target = page.url.partition("#")[2]
    assert page.locator(f"[id='{target}']").evaluate("n => n.getBoundingClientRect().top < innerHeight")
    page.go_back()
    anywhere.until("document.activeElement.closest('.vr-hits') !== null")
    assert page.evaluate("document.activeElement.textContent") == followed
    assert page.locator(FIELD).input_value() == "vassalage"
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    assert anywhere.place == "reports/stent-2020/"


def test_facets_narrow_the_hits_and_are_remembered_on_the_next_page(anywhere: Any) -> None:
    page = anywhere.go("")
    page.get_by_role("button", name="Search").click()
    ask(page, "partnership")
    page.locator(".vr-search select[name=report]").select_option("Lo")
    page.locator(KINDS).select_option("paragraph")
    only_lo = "[...document.querySelectorAll('.vr-hits a')].every(a => a.textContent.startsWith('Lo, ¶'))"
    anywhere.until(f"document.querySelector('.vr-hits a') !== null && {only_lo}")
    addresses = page.eval_on_selector_all(HITS, "links => links.map(link => link.pathname + link.hash)")
    assert all("/reports/lo-2025/#s" in address for address in addresses)
    anywhere.go("about/")
    page.get_by_role("button", name="Search").click()
    page.locator(HITS).first.wait_for()
    assert page.eval_on_selector_all(HITS, "links => links.map(link => link.pathname + link.hash)") == addresses
    assert page.locator(KINDS).input_value() == "paragraph"
    page.get_by_role("button", name="Clear").click()
    anywhere.until("document.querySelector('.vr-hits a') === null")
    assert page.locator(FIELD).input_value() == page.locator(KINDS).input_value() == ""


def test_each_choice_says_how_many_hits_it_would_leave(anywhere: Any) -> None:
    page = anywhere.go("")
    page.get_by_role("button", name="Search").click()
    ask(page, "partnership")
    said = "n => Number(n.textContent.match(/\\((\\d+)\\)$/)[1])"
    of_lo, of_stent = (page.locator(f".vr-search option[value={name}]").evaluate(said) for name in ("Lo", "Stent"))
    for name, number in (("Lo", of_lo), ("Stent", of_stent)):
        page.locator(".vr-search select[name=report]").select_option(name)
        anywhere.until(f"document.querySelector('.vr-found').value === '{number} results'")
    page.locator(FIELD).fill("qqqq")
    anywhere.until("document.querySelector('.vr-found').value.startsWith('Nothing found with these choices')")


def test_reports_that_do_not_speak_to_a_matter_come_last(reader: Open) -> None:
    page = reader().go("")
    page.get_by_role("button", name="Search").click()
    ask(page, "vassal")
    while page.locator(".vr-more-hits").is_visible():
        page.locator(".vr-more-hits").click()
    silent = [", silent: " in title for title in page.locator(HITS).all_inner_texts()]
    assert any(silent) and silent == sorted(silent)


def test_a_hit_on_the_very_page_is_a_jump_within_it_and_back_shows_the_hits(anywhere: Any) -> None:
    page = anywhere.go("reports/lo-2025/")
    page.get_by_role("button", name="Search").click()
    hits = ask(page, "vassalage")
    page.locator(KINDS).select_option("paragraph")
    anywhere.until("document.querySelector('.vr-hits a')?.textContent.startsWith('Lo, ¶')")
    followed = hits.first.inner_text()
    hits.first.click()
    anywhere.until("document.querySelector(':target') !== null && !document.querySelector('dialog[open]')")
    page.go_back()
    anywhere.until("document.activeElement.closest('.vr-hits') !== null")
    assert page.evaluate("document.activeElement.textContent") == followed


def test_another_tab_knows_nothing_of_the_search(reader: Open) -> None:
    page = reader().go("")
    page.get_by_role("button", name="Search").click()
    ask(page, "partnership")
    other = reader().go("")
    other.get_by_role("button", name="Search").click()
    assert other.locator(FIELD).input_value() == ""


def test_a_stance_alone_lists_all_that_take_it(anywhere: Any) -> None:
    page = anywhere.go("matrix/")
    page.get_by_role("button", name="Search").click()
    page.locator(f"{STANCES} option[value=rejects]").wait_for(state="attached")
    page.locator(STANCES).select_option("rejects")
    page.locator(HITS).first.wait_for()
    assert all(" rejects: " in title for title in page.locator(HITS).all_inner_texts())
    assert page.evaluate("document.documentElement.scrollWidth") <= anywhere.width


def test_every_kind_is_found(reader: Open) -> None:
    page = reader().go("")
    page.get_by_role("button", name="Search").click()
    page.locator(f"{KINDS} option").nth(3).wait_for(state="attached")
    kinds = set(page.locator(f"{KINDS} option").evaluate_all("all => all.map(o => o.value)"))
    assert {"paragraph", "note", "position", "figure", "mention", "proposition", "source", "person", "page"} <= kinds


def test_escape_closes_it_and_gives_the_focus_back(anywhere: Any) -> None:
    page = anywhere.go("")
    button = page.get_by_role("button", name="Search")
    button.click()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    assert button.evaluate("node => node === document.activeElement")
