"""By keyboard alone: what has the focus can be seen and is marked, nothing is a trap, the navigation opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]
WRONG = """() => {
  const held = document.activeElement;
  if (!held || held === document.body || held === document.documentElement) return '';
  const node = held.matches('.md-option') ? held.nextElementSibling : held; // the host draws a switch by its label
  const { outlineStyle, outlineWidth } = getComputedStyle(node);
  const marked = outlineStyle !== 'none' && outlineWidth !== '0px';
  const clear = [...node.getClientRects()].some(box => {
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return hit && (node.contains(hit) || hit.contains(node));
  });
  const words = [!marked && 'not marked', !clear && 'not seen'].filter(Boolean).join(', ');
  return words && `${words}: ${node.outerHTML.slice(0, 160)}`;
}"""
AT_REST = "Promise.all(document.getAnimations().map(one => one.finished.catch(() => null))).then(() => null)"
IN_DRAWER = "document.activeElement.closest('.md-sidebar--primary') !== null"


def walk(page: Any, key: str, steps: int) -> list[str]:
    """Press a key again and again; return what had the focus and could not be seen or was not marked."""
    found = []
    for _ in range(steps):
        page.keyboard.press(key)
        found.append(page.evaluate(WRONG))
    return [wrong for wrong in found if wrong]


@pytest.mark.parametrize(
    "address", ["reports/lo-2025/#s6p4", "matrix/#vassal", "propositions/asymmetry-breaks/#lo-2025"]
)
def test_what_has_the_focus_is_marked_and_not_covered(anywhere: Any, address: str) -> None:
    page = anywhere.go(address)
    assert walk(page, "Tab", 12) == []
    assert walk(page, "Shift+Tab", 30) == []


def test_the_way_past_the_header_is_among_the_first_stops(anywhere: Any) -> None:
    page = anywhere.go("matrix/")
    for _ in range(2):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.md-skip')"):
            break
    assert page.evaluate(WRONG) == "" and page.evaluate("document.activeElement.matches('.md-skip')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("width", [360, 768])
@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("address", ["propositions/vassal/", "reports/lo-2025/"])
def test_the_navigation_comes_in_with_the_focus_and_leaves_with_it(
    reader: Open, width: int, javascript: bool, address: str
) -> None:
    page = reader(width, javascript=javascript).go(address)
    stops = []
    for _ in range(30):
        page.keyboard.press("Tab")
        page.evaluate(AT_REST)
        stops.append((page.evaluate(IN_DRAWER), page.evaluate(WRONG)))
        if stops[-1] == (False, "") and any(inside for inside, _ in stops):
            break
    assert [wrong for _, wrong in stops if wrong] == []
    assert sum(inside for inside, _ in stops) > 4 and not stops[-1][0]
    assert page.locator(".md-sidebar--primary").bounding_box()["x"] < 0


@pytest.mark.parametrize("width", [360, 768])
def test_the_way_up_a_level_of_the_navigation_goes_by_key(reader: Open, width: int) -> None:
    held = reader(width)
    page = held.go("reports/lo-2025/")
    page.locator(".md-nav__title[for=__nav_2]").focus()
    page.keyboard.press("Enter")
    held.until("!document.getElementById('__nav_2').checked")
    assert page.get_by_role("link", name="Matrix").first.is_visible()
