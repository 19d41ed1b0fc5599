"""On every kind of page: nothing scrolls sideways, no request leaves the site, axe finds nothing to complain of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

Open = Callable[..., Any]
KINDS = {
    "home": "",
    "reports": "reports/",
    "report": "reports/lo-2025/",
    "speakers": "reports/glantz-freeman-2024/",
    "matrix": "matrix/",
    "propositions": "propositions/",
    "proposition": "propositions/vassal/",
    "annotation": "annotations/lo-2025/vassal/",
    "figures": "figures/",
    "figure": "figures/bilateral-trade/",
    "people": "people/",
    "sources": "sources/",
    "source": "sources/gabuev-2024/",
    "pair": "compare/lo-2025/stent-2020/",
    "topics": "topics/",
    "shared": "shared/",
    "errata": "errata/",
    "agreement": "about/agreement/",
    "about": "about/",
}
WIDTHS = (360, 768, 1440)


@pytest.mark.parametrize(("scheme", "last"), [("light", 1440), ("dark", 360)])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_and_axe_finds_no_violation(reader: Open, kind: str, scheme: str, last: int) -> None:
    page = reader(768, scheme).go(KINDS[kind])
    for width in (*(width for width in WIDTHS if width != last), last):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}})
    assert not found.response["violations"], found.generate_report()


@pytest.mark.parametrize("kind", ["home", "report", "matrix", "proposition", "annotation"])
def test_without_javascript_it_can_be_read(reader: Open, kind: str) -> None:
    page = reader(360, javascript=False).go(KINDS[kind])
    assert page.locator("h1").first.is_visible()
    assert page.locator("article a:visible").count() > 5
    assert not page.locator("#vr-search-open, #vr-keys-open, #vr-kinds, #vr-filter").locator("visible=true").count()
