"""Citing paragraphs of this edition: reference and quotation, in every style, by mouse and by keyboard, on one page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from variorum.cite import cited, find
from variorum.edition import Edition, load
from variorum.quotable import inner, quotations
from variorum.references import Style, bare

Open = Callable[..., Any]
ROOT = Path(__file__).parents[2]
REPORT = "korolev-shattuck-2025"
"""Two authors, a title with a colon, notes, an institution and a series: what references get wrong."""


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load(ROOT)


def wanted(edition: Edition, at: str, style: Style) -> tuple[str, str]:
    """Return what *Reference* and *Quotation and reference* are to put on the clipboard for a place."""
    thing = find(edition, f"{REPORT}#{at}")
    assert thing is not None
    told = cited(edition, thing, style)
    text, entry = bare(told.text), bare(told.entry)
    words = f"“{inner(quotations(edition, REPORT)[at][0].quote)}”"
    if style is Style.CHICAGO:
        return f"{text}.", f"{words}\n{text}."
    return f"{text}\n{entry}", f"{words} {text}\n{entry}"


def clipboard(held: Any, act: Callable[[], object]) -> str:
    """Do something that copies, and return what is on the clipboard once the page says so."""
    held.page.evaluate("document.querySelector('.vr-status').textContent = ''")
    act()
    held.until("document.querySelector('.vr-status').textContent.startsWith('Copied')")
    return str(held.page.evaluate("navigator.clipboard.readText()"))


def forward(page: Any, question: str) -> None:
    """Press Tab until what has the focus is what is asked for."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"(one => {question})(document.activeElement)"):
            return
    raise AssertionError(f"cannot be reached by keyboard: {question}")


def test_reference_and_quotation_in_every_style_by_mouse_and_by_keyboard(reader: Open, edition: Edition) -> None:
    by_mouse, by_keys = [at for at in quotations(edition, REPORT) if at.startswith("s")][1:3]
    held = reader()
    held.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = held.go(f"reports/{REPORT}/#{by_mouse}")
    page.locator(f"#{by_mouse}").hover()
    page.locator(f"#{by_mouse} .vr-text button.vr-cite").click()
    dialog = page.locator("dialog[open]")
    for style in Style:
        dialog.locator(f"input[value={style}]").check()
        labels = ("Reference", "Quotation and reference")
        buttons = [dialog.get_by_role("button", name=label, exact=True).first for label in labels]
        copied = tuple(clipboard(held, button.click) for button in buttons)
        assert copied == wanted(edition, by_mouse, style)
    page.evaluate("localStorage.clear()")

    held.go("")
    held.go(f"reports/{REPORT}/#{by_keys}")  # from an address that was cited, Tab goes on at its paragraph
    name = f"Cite ¶ {by_keys[1:].replace('p', '.')}"
    forward(page, f"one.getAttribute('aria-label') === '{name}'")
    page.keyboard.press("Enter")
    for number, style in enumerate(Style):
        forward(page, "one.name === 'vr-style'")
        if number:
            page.keyboard.press("ArrowDown")
        copied = []
        for label in ("Reference", "Quotation and reference"):
            forward(page, f"one.textContent === '{label}'")
            copied.append(clipboard(held, lambda: page.keyboard.press("Enter")))
        assert tuple(copied) == wanted(edition, by_keys, style)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == name
