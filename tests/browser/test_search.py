"""Search in the browser: by key and by button, with facets, under the policy, in a subfolder, to the very passage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Open = Callable[..., Any]
HITS = ".vr-hits a"


def ask(page: Any, words: str) -> Any:
    page.locator("#vr-search-field").fill(words)
    page.locator(HITS).first.wait_for()
    return page.locator(HITS)


def test_by_keyboard_alone_from_the_slash_to_the_paragraph(reader: Open) -> None:
    held = reader()
    page = held.go("reports/stent-2020/")
    page.keyboard.press("/")
    page.keyboard.type("vassalage")
    page.locator(HITS).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "#" in url)
    target = page.url.partition("#")[2]
    assert page.locator(f"[id='{target}']").evaluate("n => n.getBoundingClientRect().top < innerHeight")


def test_facets_narrow_the_hits(reader: Open) -> None:
    held = reader()
    page = held.go("")
    page.get_by_role("button", name="Search").click()
    ask(page, "partnership")
    page.locator(".vr-search select[name=report]").select_option("Lo")
    page.locator(".vr-search select[name=kind]").select_option("paragraph")
    held.until("document.querySelector('.vr-hits a')?.textContent.startsWith('Lo, ¶')")
    assert all(title.startswith("Lo, ¶") for title in page.locator(HITS).all_inner_texts())
    addresses = page.eval_on_selector_all(HITS, "links => links.map(link => link.pathname + link.hash)")
    assert all("/reports/lo-2025/#s" in address for address in addresses)


def test_a_stance_alone_lists_all_that_take_it(reader: Open) -> None:
    page = reader(360).go("matrix/")
    page.get_by_role("button", name="Search").click()
    page.locator(".vr-search select[name=stance] option[value=rejects]").wait_for(state="attached")
    page.locator(".vr-search select[name=stance]").select_option("rejects")
    page.locator(HITS).first.wait_for()
    assert all(" rejects: " in title for title in page.locator(HITS).all_inner_texts())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_every_kind_is_found(reader: Open) -> None:
    page = reader().go("")
    page.get_by_role("button", name="Search").click()
    page.locator(".vr-search select[name=kind] option").nth(3).wait_for(state="attached")
    kinds = set(page.locator(".vr-search select[name=kind] option").evaluate_all("all => all.map(o => o.value)"))
    assert {"paragraph", "note", "position", "figure", "mention", "proposition", "source", "person", "page"} <= kinds


def test_escape_closes_it_and_gives_the_focus_back(reader: Open) -> None:
    page = reader().go("")
    button = page.get_by_role("button", name="Search")
    button.click()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    assert button.evaluate("node => node === document.activeElement")
