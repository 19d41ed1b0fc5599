"""What only a large edition has, and one that withdrew something: seen by axe, at every width, led through, asked."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import BrowserContext

from configured import configure
from corpus import Size, write
from variorum import catalogue, drawers, indexing, layout
from variorum.edition import load
from variorum.pages import changes, engagement, press

SIZE = Size(reports=14, units=6, propositions=8, notes=4, sources=4, topics=2, people=14, records=2, quantities=2)
GONE = "/propositions/old-claim/"
AXE = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *said: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an invented edition of more reports than stand side by side, with a proposition that was withdrawn."""
    root = write(tmp_path_factory.mktemp("many"), SIZE)
    configure(root)
    (root / "bibliography/addresses.txt").write_text(f"2025-01-31 {GONE}\n", "utf-8")
    (root / "docs/retired").mkdir()
    (root / "docs/retired/old-claim.md").write_text(
        f"---\ntitle: Freight goes by air\naddresses: [{GONE}]\ndate: 2026-11-21\nbecause: Nobody says so.\n---\n",
        "utf-8",
    )
    edition = load(root)
    uncoded = {"cell": "uncoded", "wording": 1}
    cells = {f"{report}/{key}": uncoded for report in edition.reports for key in edition.propositions}
    released = root / layout.RELEASES / "2025-01-31.json"
    released.parent.mkdir(parents=True, exist_ok=True)
    released.write_text(json.dumps({"date": "2025-01-31", "version": "0.1", "cells": cells, "moves": []}), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "MOST_MOVES", 50)
        patch.setattr(press, "MOST_SIGNS", 100)  # else fifty reports more were needed
        patch.setattr(press, "MOST_CELLS", 4 * 13)  # so that the last report is alone on its page
        patch.setattr(engagement, "MOST_ENCOUNTERS", 5)
        patch.setattr(drawers, "FULL", 40)
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        build(load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site")))
    indexing.index_site(root / "site" / "whole", catalogue.cards(load(root)))
    with served(root / "site") as address:
        yield address


def look(page: Any, address: str) -> None:
    """Hold a page to what holds of every page: nothing sideways, and no complaint of axe, in both schemes."""
    page.goto(address, wait_until="domcontentloaded")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (360, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        while page.evaluate("document.getAnimations().length"):  # the theme fades from one scheme to the other
            page.wait_for_timeout(25)
        found = Axe().run(page, options=AXE)
        assert not found.response["violations"], found.generate_report()


@pytest.mark.parametrize(
    "where",
    [
        "",
        "reports/",
        "matrix/",
        "matrix/topic-0/",
        "propositions/claim-0/",
        "engagement/list/2/",
        "figures/",
        "figures/amount-0/",
        "topics/topic-0/",
        "people/",
        "sources/",
        "propositions/",
        "shared/",
        "changes/",
        "changes/now/",
        GONE.strip("/") + "/",
    ],
)
def test_every_page_of_many_reports(contexts: Callable[..., BrowserContext], many: str, where: str) -> None:
    look(contexts(1440, "light", True, False).new_page(), many + where)


def test_the_address_of_a_cell_leads_on_to_the_page_that_has_it(
    contexts: Callable[..., BrowserContext], many: str
) -> None:
    page = contexts(1440, "light", True, False).new_page()
    page.goto(f"{many}matrix/")
    row = page.locator("li[data-topic]").last
    proposition, topic = row.get_attribute("id"), row.get_attribute("data-topic")
    page.goto("about:blank")
    page.goto(f"{many}matrix/#{proposition}--report-13")
    page.wait_for_url(lambda url: f"/matrix/{topic}/" in url)
    cell = page.locator(f"[id='{proposition}--report-13']")
    assert cell.is_visible()
    assert cell.evaluate("node => node.getBoundingClientRect().top < innerHeight")


def test_a_few_of_many_reports_are_chosen(contexts: Callable[..., BrowserContext], many: str) -> None:
    page = contexts(1440, "light", True, False).new_page()
    page.goto(f"{many}matrix/topic-0/")
    heads = page.locator(".vr-matrix thead th[data-report]:not([hidden])")
    assert heads.count() == 13
    page.locator(".vr-filter summary").click()
    page.get_by_role("button", name="Uncheck all").click()
    for box in page.locator(".vr-filter [name=report]").all()[:2]:
        box.check()
    assert heads.count() == 2
    page.goto(f"{many}matrix/topic-0/list/2/")
    assert heads.count() == 1
    assert page.locator("#vr-filter").is_visible()


def test_from_a_stance_to_an_author_who_takes_it(contexts: Callable[..., BrowserContext], many: str) -> None:
    page = contexts(360, "dark", False, False).new_page()
    page.goto(f"{many}propositions/claim-0/")
    group = page.locator(".vr-who details").first
    stance = group.locator("summary .vr-stance, summary .vr-nothing").inner_text()
    group.locator("summary").click()
    group.locator("a").first.click()
    assert page.locator(".vr-author:target").get_by_text(stance, exact=True).count()


HITS = ".vr-hits a"
WHOLE = """async ([root, words, filters]) => {
  const { createInstance } = await import(`${root}whole/pagefind/pagefind.js`);
  const { results } = await createInstance({ noWorker: true }).search(words, { filters });
  return (await Promise.all(results.map((hit) => hit.data()))).map((hit) => root + hit.meta.place).sort();
}"""
"""Ask an index that is not cut; give the addresses of all hits."""
COMMONEST = """async (root) => {
  const { createInstance } = await import(`${root}whole/pagefind/pagefind.js`);
  const engine = createInstance({ noWorker: true });
  const hits = await Promise.all((await engine.search(null)).results.map((hit) => hit.data()));
  const counts = {};
  const texts = hits.filter((hit) => hit.meta.kind !== "source").map((hit) => hit.content);
  const words = texts.flatMap((text) => [...new Set(text.match(/[a-z]{5,}/g))]);
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return Object.entries(counts).sort((a, b) => b[1] - a[1])[0][0];
}"""


@pytest.fixture
def panel(contexts: Callable[..., BrowserContext], many: str) -> Iterator[Any]:
    """Open the search in an edition whose catalogue stands in drawers."""
    page = contexts(1440, "light", True, False).new_page()
    page.goto(f"{many}about/")
    page.locator("#vr-search-open").click()
    page.locator(".vr-search select[name=kind] option").nth(3).wait_for(state="attached")
    yield page
    page.close()


def settled(page: Any) -> str:
    """Wait for the answer to what was asked last; return what is said of it."""
    page.locator(".vr-found:not([aria-busy])").wait_for(state="attached")
    return str(page.locator(".vr-found").inner_text())


def to_the_end(page: Any) -> list[str]:
    """Ask for more until there is no more; return the addresses of all hits."""
    while page.locator(".vr-more-hits").is_visible():
        page.locator(".vr-more-hits").click()
        settled(page)
    return sorted(page.eval_on_selector_all(HITS, "links => links.map(link => link.href)"))


def test_drawer_by_drawer_all_is_found_that_one_index_finds(panel: Any, many: str) -> None:
    word = panel.evaluate(COMMONEST, many)
    panel.locator("#vr-search-field").fill(word)
    assert settled(panel).endswith("results so far; More looks on.")
    assert panel.locator(HITS).count() == 12
    found = to_the_end(panel)
    assert found == panel.evaluate(WHOLE, [many, word, {}]) and len(found) > 12
    assert settled(panel) == f"{len(found)} results"


def test_facets_narrow_what_drawers_hold(panel: Any, many: str) -> None:
    word = panel.evaluate(COMMONEST, many)
    panel.locator("#vr-search-field").fill(word)
    panel.locator(".vr-search select[name=kind]").select_option("position")
    panel.locator(".vr-search select[name=report]").select_option(index=3)
    report = panel.locator(".vr-search select[name=report]").input_value()
    settled(panel)
    narrowed = {"kind": "position", "report": report}
    assert to_the_end(panel) == panel.evaluate(WHOLE, [many, word, narrowed])
    panel.locator("#vr-search-field").fill("")
    settled(panel)
    found = to_the_end(panel)
    assert found == panel.evaluate(WHOLE, [many, None, narrowed]) and len(found) >= 8


def test_cards_of_the_guide_are_found_among_the_passages(panel: Any, many: str) -> None:
    panel.locator(".vr-search select[name=kind]").select_option("proposition")
    settled(panel)
    assert len(to_the_end(panel)) == SIZE.propositions


def test_a_hit_from_a_drawer_lands_on_its_passage(panel: Any, many: str) -> None:
    panel.locator("#vr-search-field").fill(panel.evaluate(COMMONEST, many))
    settled(panel)
    panel.locator(".vr-more-hits").click()
    settled(panel)
    hit = panel.locator(HITS).and_(panel.locator("[href*='/reports/']")).last
    address = hit.get_attribute("href")
    hit.click()
    panel.wait_for_url(address)
    assert panel.locator(":target").evaluate("node => node.getBoundingClientRect().top < innerHeight")
    panel.go_back()
    settled(panel)
    panel.locator(f".vr-hits a[href='{address}']:focus").wait_for()
