"""A first-time contributor annotates a paragraph in the browser; the file that is proposed passes the check."""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from variorum import cli, starter

NAME_IN_FOCUS = "(node => node.labels?.[0]?.textContent ?? node.ariaLabel ?? node.textContent)(document.activeElement)"
HOST = "https://github.com/OWNER/REPO"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out a new edition that names its repository, with a report that has something left to annotate."""
    root = tmp_path_factory.mktemp("new") / "edition"
    starter.lay_out(root, "River tolls", "2026-11-21")
    index = root / "docs" / "index.md"
    index.write_text(index.read_text("utf-8").replace("version:", f"repository: {HOST}\nversion:", 1), "utf-8")
    (root / "docs" / "propositions" / "locks-neglected.md").write_text(
        "---\nstatement: The locks are neglected.\ntopic: trade\n"
        "affirms_means: The author says so.\nrejects_means: The author denies it.\n---\n",
        "utf-8",
    )
    return root


@pytest.fixture(scope="module")
def built(edition: Path) -> Iterator[str]:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=edition, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    handler = functools.partial(_Quiet, directory=str(edition / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def page(browser: Browser, built: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route(f"{HOST}/**", lambda route: route.fulfill(body="the code host", content_type="text/plain"))
    opened = context.new_page()
    opened.set_default_timeout(8000)
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(built + "reports/vale-2024/")
    yield opened
    context.close()
    assert not wrong


def propose(page: Page, act: str = "click") -> str:
    """Follow Propose and return the address that opened."""
    with page.context.expect_page() as opened:
        link = page.get_by_role("link", name="Propose")
        link.click() if act == "click" else link.press("Enter")
    opened.value.wait_for_load_state()
    return opened.value.url


def passes(edition: Path, address: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Put the file behind an address into the edition, check it, take it out again; return its path."""
    asked = urlsplit(address)
    assert address.startswith(f"{HOST}/new/main/docs/annotations/")
    query = parse_qs(asked.query, keep_blank_values=True)
    assert set(query) == {"filename", "value"}
    path = asked.path.removeprefix("/OWNER/REPO/new/main/") + "/" + query["filename"][0]
    assert not (edition / path).exists()
    (edition / path).write_text(query["value"][0], "utf-8")
    try:
        assert cli.main(["--root", str(edition), "check"]) == 0, capsys.readouterr().out
    finally:
        (edition / path).unlink()
    return path


def test_a_position_by_mouse(page: Page, edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.locator("#s1p1").hover()
    page.get_by_role("button", name="Annotate ¶ 1.1").click()
    page.get_by_label("Proposition").select_option("locks-neglected")
    page.get_by_label("Stance", exact=True).select_option("leans-affirm")
    page.get_by_label("Quotation").fill('nobody checked: the "clerks"')
    page.get_by_label("Your reading").fill("He blames the clerks, see [@river-board-2022, p. 3].")
    assert page.get_by_role("heading", name="Annotate ¶ 1.1 of Vale").is_visible()
    path = passes(edition, propose(page), capsys)
    assert path == "docs/annotations/vale-2024/locks-neglected.md"


def test_a_position_by_keyboard_alone(page: Page, edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def until(name: str) -> None:
        for _ in range(60):
            held = page.evaluate(NAME_IN_FOCUS)
            if held and held.strip() == name:
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not get to {name}")

    page.locator("#s2p1 .vr-num").focus()
    until("Annotate ¶ 2.1")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.vr-annotating[open]")
    until("Proposition")
    page.keyboard.type("The locks")
    until("Stance")
    page.keyboard.type("rej")
    until("Quotation")
    page.keyboard.type("the dry summer")
    until("Propose")
    path = passes(edition, propose(page, "Enter"), capsys)
    assert path.endswith("locks-neglected.md")
    page.keyboard.press("Escape")
    assert not page.locator("dialog.vr-annotating").is_visible()
    assert page.evaluate("document.activeElement.ariaLabel") == "Annotate ¶ 2.1"


FILLED = {
    "position": {
        "Whose stance": "reported",
        "Proposition": "locks-neglected",
        "Stance": "affirms",
        "Who holds it": "kestrel, the guild’s clerks",
        "Quotation": "as it is",
    },
    "figure": {"Quantity": "river-freight", "Value": "12", "Period": "2020"},
    "comment": {"The text": "A word on this."},
    "erratum": {
        "Quotation": "a fifth",
        "It says": "a fifth",
        "It should say": "a tenth",
        "Because": "[@river-board-2022, p. 3] has it.",
        "Certainty": "likely",
    },
    "query": {
        "Quotation": "a fifth",
        "It says": "a fifth",
        "It should say": "a tenth",
        "Because": "See above.",
        "Certainty": "possible",
    },
    "relation": {"To what": "vale-2024#s1p1", "What the first does with the second": "extends"},
    "mention": {"Source": "river-board-2022", "In what way": "named"},
    "reply": {"To what": "vale-2024/freight-to-road", "The text": "I meant the whole river."},
}


@pytest.mark.parametrize("kind", FILLED)
def test_every_kind(page: Page, edition: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    page.get_by_role("button", name="Annotate ¶ 2.1").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What do you add?").select_option(kind)
    for label, value in FILLED[kind].items():
        field = page.get_by_label(label, exact=True)
        field.select_option(value) if field.evaluate("node => node.localName") == "select" else field.fill(value)
    if kind == "figure":
        page.get_by_label("Quotation").fill("twelve")
    passes(edition, propose(page), capsys)


def test_what_is_wrong_is_said_at_the_field_with_its_rule(page: Page) -> None:
    page.get_by_role("button", name="Annotate ¶ 2.1").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Propose").click()
    proposition = page.get_by_label("Proposition")
    assert proposition.get_attribute("aria-invalid") == "true"
    assert proposition.evaluate("node => node === document.activeElement")
    page.get_by_label("Quotation").fill("word " * 16)
    assert page.locator("#vr-a-quote-fault").inner_text() == "A quotation of 16 words: at most 15. long-quotation"
    page.get_by_label("What do you add?").select_option("mention")
    page.get_by_label("Person").fill("kestral")
    assert "Did you mean “kestrel”?" in page.locator("#vr-a-person-fault").inner_text()
    page.locator("#vr-a-person-fault a").evaluate("node => node.removeAttribute('target')")
    page.locator("#vr-a-person-fault a").click()
    assert page.url.endswith("about/rules/#unknown-person")


def test_a_file_too_long_for_an_address_is_copied_or_downloaded(page: Page) -> None:
    page.get_by_role("button", name="Annotate ¶ 2.1").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What do you add?").select_option("comment")
    page.get_by_label("The text").fill("A long word on this. " * 400)
    page.get_by_role("link", name="Propose").click()
    assert "too long for an address" in page.locator(".vr-annotating .vr-status").inner_text()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the file").click()
    assert saved.value.suggested_filename == "comment-s2p1.md"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_is_accessible(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.get_by_role("button", name="Annotate ¶ 2.1").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Propose").click()
    found = Axe().run(page, context="dialog.vr-annotating").response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_words_selected_in_a_reading_build_fill_the_quotation_in(page: Page) -> None:
    page.evaluate(
        "() => { const p = document.querySelector('#s2p1 .vr-text p'); p.classList.add('vr-full');"
        " const range = document.createRange(); range.setStart(p.firstChild, 0); range.setEnd(p.firstChild, 13);"
        " getSelection().removeAllRanges(); getSelection().addRange(range); }"
    )
    page.locator("#s2p1").hover()
    page.get_by_role("button", name="Annotate ¶ 2.1").click()
    assert page.get_by_label("Quotation").input_value() == "Vale disputes"
