"""On every kind of page: nothing scrolls sideways, no request leaves the site, axe finds nothing to complain of."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from variorum import addresses, pages
from variorum.edition import load

Open = Callable[..., Any]
ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "scripts" / "variorum" / "templates"
NO_PAGES = {"macros", "comparing", "other", "reading"}
"""Templates that print no page of the site: shared parts, and the reader's own build."""
ELSEWHERE = {"overview", "many-figures", "many-people", "moves", "retired"}
"""Templates that this edition has no page of; `test_many.py` looks at them."""
KINDS = sorted({file.name.removesuffix(".md.j2") for file in TEMPLATES.iterdir()} - NO_PAGES - ELSEWHERE)
AXE = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
DEAD = "#vr-search-open, #vr-keys-open, #vr-kinds, #vr-filter, .vr-by-key, button.vr-cite, button.vr-annotate"
"""What answers to scripts alone."""


@pytest.fixture(scope="session")
def by_kind() -> dict[str, list[str]]:
    """Return the longest page that each template prints; of records one for each kind, of reports one with speakers."""
    edition = load(ROOT)
    longest: dict[tuple[str, str], tuple[int, str]] = {}
    for page in pages.render(edition):
        matter = re.search(r'^variorum: (".*")$', page.text, re.MULTILINE)
        assert matter, page.path
        template, sort = json.loads(matter[1]), ""
        if template == "annotation":
            sort = str(edition.annotations[tuple(Path(page.path).with_suffix("").parts[1:])].fields.kind)  # type: ignore[index]
        elif template == "report":
            units = edition.reports[Path(page.path).stem].units.values()
            sort = "speakers" if any(unit.speaker for unit in units) else ""
        address = addresses.of_file(page.path)
        held = longest.get((template, sort), (0, ""))
        longest[template, sort] = max(held, (len(page.text), f"{address}/" if address else ""))
    found: dict[str, list[str]] = {}
    for (template, _), (_, address) in sorted(longest.items()):
        found.setdefault(template, []).append(address)
    return found


def test_every_template_is_looked_at(by_kind: dict[str, list[str]]) -> None:
    assert set(by_kind) == set(KINDS)


@pytest.mark.parametrize("kind", [*KINDS, "written by hand"])
def test_nothing_scrolls_sideways_and_axe_finds_no_violation(
    reader: Open, by_kind: dict[str, list[str]], kind: str
) -> None:
    held = reader(768)
    for address in {**by_kind, "written by hand": ["about/"]}[kind]:
        page = held.read(address)
        for scheme, widths in (("light", (360, 768, 1440)), ("dark", (1440, 768, 360))):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            held.until(f"(document.body.dataset.mdColorScheme === 'slate') === {str(scheme == 'dark').lower()}")
            for width in widths:
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            found = Axe().run(page, options=AXE)
            assert not found.response["violations"], found.generate_report()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_without_javascript_reports_can_be_read_and_compared(reader: Open, width: int) -> None:
    held = reader(width, javascript=False)
    page = held.go("reports/lo-2025/")
    assert not page.locator(DEAD).locator("visible=true").count()
    assert page.locator(".vr-unit:visible").count() == page.locator(".vr-unit").count() > 60
    others = page.locator("#s3p2 .vr-others").first
    assert others.locator(".vr-badge").first.is_visible()
    others.locator("summary").focus()
    page.keyboard.press("Enter")
    line = others.locator("li").first
    assert line.locator(".vr-stance, .vr-nothing").first.is_visible()
    line.locator(".vr-jump").click()
    assert re.search(r"reports/(?!lo-2025)[a-z0-9-]+/#", held.place)
    page.go_back()
    page.locator("a.footnote-ref[href='#fn:44']").click()
    note = page.locator("[id='fn:44']")
    assert note.bounding_box()["y"] < 900 and "lso cited by" in note.inner_text()
    note.locator(".footnote-backref").first.click()
    assert page.locator("[id='fnref:44']").bounding_box()["y"] < 900


@pytest.mark.parametrize("address", ["", "matrix/", "propositions/asymmetry-breaks/", "compare/lo-2025/stent-2020/"])
def test_without_javascript_pages_stand_whole(reader: Open, address: str) -> None:
    page = reader(360, javascript=False).go(address)
    for width in (360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert not page.locator(DEAD).locator("visible=true").count()
        for part in ("h1", "article q", "article :is(.vr-stance, .vr-by)", "article .vr-at"):
            held = page.locator(part)
            folded = page.locator(f"details:not([open]) > :not(summary) {part.removeprefix('article ')}")
            assert held.locator("visible=true").count() >= held.count() - folded.count() > 0, (part, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
