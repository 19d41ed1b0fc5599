"""A first-time contributor annotates a paragraph in the browser; the file that is proposed passes the check.

The address is GitHub's form for a new file: `/OWNER/REPO/new/BRANCH?filename=PATH&value=TEXT`. GitHub's documentation
says of it that names may hold letters, digits and hyphens, that whoever may not write gets a copy of the repository and
the offer of a pull request, and that an address beyond the server's limit is answered with 414.
"""

from __future__ import annotations

import functools
import http.server
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from variorum import cli, starter
from variorum.edition import load

NAME_IN_FOCUS = "(node => node.labels?.[0]?.textContent ?? node.ariaLabel ?? node.textContent)(document.activeElement)"
HOST = "https://github.com/river/tolls"


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
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    context.route(f"{HOST}/**", lambda route: route.fulfill(body="the code host", content_type="text/plain"))
    opened = context.new_page()
    opened.set_default_timeout(8000)
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(built + "reports/vale-2024/")
    yield opened
    context.close()
    assert not wrong


AWKWARD = """“Half”: it’s 50% & "more" #1 – 🚢 通行费: {a} [b] \\ 'c' @home, - d"""
"""Words in which YAML, Markdown and addresses find marks of their own."""
QUOTE = """Half: "it's #1" – 50% & 🚢 通行费 \\ {a}"""
PASTED = "  One line,\r\nand\x0c another\u202d: *both*\r\n\r\n- a list # no comment\r\n---\r\nand an end 🚢  "
"""What comes out of a PDF or a Windows program: its line ends, a form feed, a mark of direction, blanks around."""


@dataclass(frozen=True)
class Case:
    """Hold what a contributor fills in, by the panel's labels, and the same as flags of `variorum new`."""

    kind: str
    filled: dict[str, str]
    flags: dict[str, str]
    at: str = "s2p1"
    words: list[str] = field(default_factory=list)


SIGNS = {"--at": "s2p1", "--quote": QUOTE}
CASES = {
    "position": Case(
        "position",
        {
            "Proposition": "locks-neglected",
            "Stance": "leans-affirm",
            "Quotation": QUOTE,
            "Your reading, in your words": AWKWARD,
        },
        {**SIGNS, "--stance": "leans-affirm", "--body": AWKWARD},
        words=["locks-neglected"],
    ),
    "position reported": Case(
        "position",
        {
            "Proposition": "locks-neglected",
            "Whose stance": "reported",
            "Stance": "affirms",
            "Who holds it": "kestrel, the guild’s “clerks”",
            "What the author does with it": "doubts",
            "Through whom": "the keeper: Ida",
            "The note that documents it": "n4",
            "Quotation": QUOTE,
            "Confidence": "medium",
            "Your reading, in your words": "Not sure: see [@river-board-2022, p. 3].",
        },
        {
            **SIGNS,
            "--voice": "reported",
            "--stance": "affirms",
            "--who": "kestrel, the guild’s “clerks”",
            "--author": "doubts",
            "--via": "the keeper: Ida",
            "--note": "n4",
            "--confidence": "medium",
            "--body": "Not sure: see [@river-board-2022, p. 3].",
        },
        words=["locks-neglected"],
    ),
    "position silent": Case(
        "position",
        {"Proposition": "locks-neglected", "Whose stance": "silent"},
        {"--own": "silent"},
        words=["locks-neglected"],
    ),
    "figure": Case(
        "figure",
        {
            "Quantity": "river-freight",
            "From": "-4",
            "To": "12.5",
            "What the number is": "estimate",
            "Period": "2020: spring",
            "Whose data": "Yes",
            "Quotation": QUOTE,
            "Attributed to": "null",
        },
        {
            **SIGNS,
            "--quantity": "river-freight",
            "--low": "-4",
            "--high": "12.5",
            "--status": "estimate",
            "--unit": "million tons",
            "--period": "2020: spring",
            "--basis": "Yes",
            "--attributed-to": "null",
        },
    ),
    "comment": Case(
        "comment",
        {"Title": "# no: heading", "Quotation": QUOTE, "The text": PASTED},
        {
            **SIGNS,
            "--title": "# no: heading",
            "--body": PASTED.replace("\r", "").replace("\x0c", "").replace("\u202d", ""),
        },
    ),
    "erratum": Case(
        "erratum",
        {
            "Quotation": QUOTE,
            "It says": "12:30",
            "It should say": "no",
            "Because": f"{AWKWARD} [@river-board-2022, p. 3]",
            "Certainty": "likely",
        },
        {
            **SIGNS,
            "--reads": "12:30",
            "--should-read": "no",
            "--because": f"{AWKWARD} [@river-board-2022, p. 3]",
            "--certainty": "likely",
        },
    ),
    "query": Case(
        "query",
        {"Quotation": QUOTE, "It says": "- a", "It should say": "~", "Because": AWKWARD, "Certainty": "possible"},
        {**SIGNS, "--reads": "- a", "--should-read": "~", "--because": AWKWARD, "--certainty": "possible"},
    ),
    "relation": Case(
        "relation",
        {"To what": "vale-2024#n4", "What the first does with the second": "extends", "Quotation": QUOTE},
        {"--from": "vale-2024#s2p1", "--to": "vale-2024#n4", "--type": "extends", "--quote": QUOTE},
    ),
    "mention": Case(
        "mention",
        {
            "Source": "river-board-2022",
            "The name as printed": "*The* Board: “RB”",
            "In what way": "named",
            "Quotation": QUOTE,
        },
        {**SIGNS, "--source": "river-board-2022", "--printed": "*The* Board: “RB”", "--how": "named"},
    ),
    "reply": Case(
        "reply",
        {"To what": "vale-2024/freight-to-road", "The text": AWKWARD},
        {"--to": "vale-2024/freight-to-road", "--body": AWKWARD},
    ),
}


def test_there_is_a_case_for_every_kind_that_the_panel_offers(page: Page) -> None:
    page.get_by_role("button", name="Annotate ¶ 2.1").press("Enter")
    page.get_by_role("dialog").wait_for()
    offered = page.get_by_label("What do you add?").locator("option").evaluate_all("all => all.map(one => one.value)")
    assert {case.kind for case in CASES.values()} == set(offered)


def by_mouse(page: Page, case: Case) -> str:
    """Annotate with the mouse; return the address that opened."""
    page.locator(f"#{case.at}").hover()
    page.get_by_role("button", name="Annotate ¶ 2.1").click()
    page.get_by_label("What do you add?").select_option(case.kind)
    for label, value in case.filled.items():
        control = page.get_by_label(label, exact=True)
        if control.evaluate("node => node.localName") == "select":
            control.select_option(value)
        else:
            control.fill(value)
    return proposed(page, lambda link: link.click())


def by_keyboard(page: Page, case: Case) -> str:
    """Annotate without touching the mouse; return the address that opened."""

    def until(name: str) -> None:
        for _ in range(80):
            held = page.evaluate(NAME_IN_FOCUS)
            if held and held.strip() == name:
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not get to {name}")

    page.locator(f"#{case.at} .vr-num").focus()
    until("Annotate ¶ 2.1")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.vr-annotating[open]")
    for label, value in {"What do you add?": case.kind, **case.filled}.items():
        until(label)
        if page.evaluate("document.activeElement.localName") == "select":
            page.keyboard.press("Home")
            for _ in range(40):
                if page.evaluate("document.activeElement.value") == value:
                    break
                page.keyboard.press("ArrowDown")
        else:
            page.keyboard.press("Control+A")
            page.keyboard.insert_text(value)
    until("Propose")
    address = proposed(page, lambda _: page.keyboard.press("Enter"))
    page.keyboard.press("Escape")
    assert not page.locator("dialog.vr-annotating").is_visible()
    assert page.evaluate("document.activeElement.ariaLabel") == "Annotate ¶ 2.1"
    return address


def proposed(page: Page, act: Callable[[Locator], None]) -> str:
    """Follow Propose and return the address that opened."""
    with page.context.expect_page() as opened:
        act(page.get_by_role("link", name="Propose"))
    opened.value.wait_for_load_state()
    assert "GitHub is open in another tab" in page.locator(".vr-annotating .vr-status").inner_text()
    return opened.value.url


def put(edition: Path, address: str) -> Path:
    """Put the file behind an address where GitHub would; return its path."""
    asked = urlsplit(address)
    assert f"{asked.scheme}://{asked.netloc}{asked.path}" == f"{HOST}/new/main"
    query = parse_qs(asked.query, keep_blank_values=True, strict_parsing=True)
    assert set(query) == {"filename", "value"}
    (name,), (text,) = query["filename"], query["value"]
    assert re.fullmatch(r"docs/annotations/vale-2024/[a-z0-9-]+\.md", name)
    assert not (edition / name).exists()
    (edition / name).write_text(text, "utf-8", newline="")
    return edition / name


def passes(edition: Path, path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[object, str]:
    """Check the edition with the file in it, take it out again; return the record's fields and its text."""
    capsys.readouterr()
    try:
        assert cli.main(["--root", str(edition), "check"]) == 0, capsys.readouterr().out
        record = load(edition).annotations[path.parent.name, path.stem]
    finally:
        path.unlink()
    return record.fields, record.body


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("way", [by_mouse, by_keyboard], ids=["mouse", "keyboard"])
def test_the_file_behind_the_address_passes_the_check_and_is_what_variorum_new_writes(
    way: Callable[[Page, Case], str],
    name: str,
    page: Page,
    edition: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = CASES[name]
    path = put(edition, way(page, case))
    from_the_page = passes(edition, path, capsys)
    if way is by_mouse:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
        flags = [word for flag, value in case.flags.items() for word in (f"{flag}={value}",)]
        words = ["--root", str(edition), "new", case.kind, "vale-2024", *case.words, *flags]
        assert cli.main(words) == 0, capsys.readouterr()
        assert passes(edition, path, capsys) == from_the_page


def test_a_position_rests_on_several_passages(page: Page, edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.get_by_role("button", name="Annotate ¶ 2.1").press("Enter")
    page.get_by_label("Proposition").select_option("locks-neglected")
    page.get_by_label("Stance", exact=True).select_option("rejects")
    page.get_by_label("Quotation", exact=True).fill("the dry summer")
    more, fewer = (page.get_by_role("button", name=name) for name in ("Add another passage", "Take the last one back"))
    assert fewer.is_hidden()
    for _ in range(3):
        more.press("Enter")
    assert more.is_hidden()
    fewer.click()
    more.click()
    page.get_by_label("Where it is (second passage)").fill("n4")
    page.get_by_label("Quotation (second passage)").fill("grain is\r\ncounted twice")
    page.get_by_label("Where it is (third passage)").fill("s2p9")
    assert "Did you mean “s2p1”?" in page.locator("#vr-a-at-3-fault").inner_text()
    page.get_by_label("Where it is (third passage)").fill("s1p1")
    page.get_by_label("What it does (third passage)").select_option("against")
    page.get_by_label("Quotation (fourth passage)").fill("one " * 16)
    assert page.locator("#vr-a-quote-4-fault").inner_text().startswith("A quotation of 16 words")
    page.get_by_label("Quotation (fourth passage)").fill("clerks")
    fields, _ = passes(edition, put(edition, proposed(page, lambda link: link.click())), capsys)
    (judgement,) = fields.own  # type: ignore[attr-defined]
    told = [(one.at, one.quote) for one in judgement.evidence]
    assert told == [("s2p1", "the dry summer"), ("n4", "grain is counted twice"), ("s2p1", "clerks")]
    assert [(one.at, one.quote) for one in judgement.against] == [("s1p1", None)]


def test_what_is_wrong_is_said_at_the_field_with_its_rule(page: Page) -> None:
    page.get_by_role("button", name="Annotate ¶ 2.1").press("Enter")
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


REFUSED = {
    "raw-html": "He says <b>so</b>.",
    "remote-image": "See ![it](https://a.example/x.png).",
    "unknown-source": "See [@nobody-1999].",
    "citation-form": "See [@river-board-2022 and others].",
    "unsafe-link": "See [it](javascript:alert).",
    "dead-link": "See [it](../../reports/vale-2024.md#s9p9).",
    "long-quotation": "He says “" + "one " * 16 + "”.",
    "nesting": "word " * 4100,
    "no-body": "",
}


def test_what_the_check_would_refuse_is_refused_at_the_field(
    page: Page, edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.get_by_role("button", name="Annotate ¶ 2.1").press("Enter")
    page.get_by_label("What do you add?").select_option("comment")
    paths = []
    for rule, text in REFUSED.items():
        page.get_by_label("The text").fill(text)
        assert page.locator("#vr-a-body-fault a").inner_text() == rule
        assert page.get_by_role("link", name="Propose").get_attribute("href") is None
        paths.append(edition / f"docs/annotations/vale-2024/comment-{rule}.md")
        paths[-1].write_text(f"---\nkind: comment\nat: s2p1\nby: [guest]\ndate: 2026-11-30\n---\n\n{text}\n", "utf-8")
    try:
        assert cli.main(["--root", str(edition), "check"]) == 1
    finally:
        for path in paths:
            path.unlink()
    told = capsys.readouterr().out
    for rule in REFUSED:
        assert f"[{rule}]" in told


def test_text_that_the_check_lets_through_is_not_refused(
    page: Page, edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "Where a < b, `<b>` is code, see [Vale](../../reports/vale-2024.md#s2p1), [the rule](../../propositions/"
        "freight-to-road.md), [a page](../../about/index.md), <https://a.example/x>, [@river-board-2022, p. 3; see "
        "also @river-board-2022], who@a.example, “" + "one " * 15 + "”."
    )
    page.get_by_role("button", name="Annotate ¶ 2.1").press("Enter")
    page.get_by_label("What do you add?").select_option("comment")
    page.get_by_label("The text").fill(text)
    _, body = passes(edition, put(edition, proposed(page, lambda link: link.click())), capsys)
    assert body == text


def test_a_position_that_there_is_leads_to_its_record(page: Page, built: str) -> None:
    page.get_by_role("button", name="Annotate ¶ 2.1").press("Enter")
    page.get_by_label("Proposition").select_option("freight-to-road")
    assert "recorded already" in page.locator("#vr-a-proposition-fault").inner_text()
    assert page.get_by_role("link", name="Propose").get_attribute("href") is None
    links = {
        name: page.get_by_role("link", name=name).get_attribute("href") for name in ("Read it", "change it at GitHub")
    }
    path = "annotations/vale-2024/freight-to-road"
    assert links == {"Read it": f"{built}{path}/", "change it at GitHub": f"{HOST}/edit/main/docs/{path}.md"}


def test_a_group_in_one_word_is_not_taken_for_a_person(page: Page) -> None:
    page.get_by_role("button", name="Annotate ¶ 2.1").press("Enter")
    page.get_by_label("Whose stance").select_option("reported")
    page.get_by_label("Who holds it").fill("clerks")
    assert "more than one word" in page.locator("#vr-a-who-fault").inner_text()


def test_a_file_too_long_for_an_address_is_copied_or_downloaded(
    page: Page, edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.get_by_role("button", name="Annotate ¶ 2.1").press("Enter")
    page.get_by_label("What do you add?").select_option("comment")
    text = "\n".join(["Eine lange Rede: „通行费“ # 🚢."] * 120)
    page.get_by_label("The text").fill(text)
    page.get_by_role("link", name="Propose").click()
    assert "too long for an address" in page.locator(".vr-annotating .vr-status").inner_text()
    empty = page.get_by_role("link", name="open the empty form at GitHub").get_attribute("href")
    assert empty == f"{HOST}/new/main?filename=docs/annotations/vale-2024/comment-s2p1.md&value="
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the file").click()
    page.get_by_role("button", name="Copy the file").click()
    page.get_by_text("Copied. It belongs into docs/annotations/vale-2024/comment-s2p1.md.").wait_for()
    path = edition / "docs/annotations/vale-2024" / saved.value.suggested_filename
    saved.value.save_as(path)
    assert page.evaluate("navigator.clipboard.readText()") == path.read_text("utf-8")
    assert passes(edition, path, capsys)[1] == text


def test_an_address_is_short_enough_even_for_the_page_that_asks_to_sign_in(page: Page) -> None:
    page.get_by_role("button", name="Annotate ¶ 2.1").press("Enter")
    page.get_by_label("What do you add?").select_option("comment")
    addresses = []
    for count in (190, 230):
        page.get_by_label("The text").fill("A line: so much.\n" * count)
        addresses.append(page.get_by_role("link", name="Propose").get_attribute("href"))
    assert addresses[1] is None
    assert 7000 < len(quote(addresses[0] or "", safe="")) + len(f"{HOST}/login?return_to=") < 8190


def test_without_a_repository_the_file_goes_by_hand(page: Page, edition: Path, built: str) -> None:
    keys = json.loads((edition / "site" / "data" / "keys.json").read_text("utf-8"))
    page.route("**/data/keys.json", lambda route: route.fulfill(json={**keys, "repository": None}))
    page.get_by_role("button", name="Annotate ¶ 2.1").press("Enter")
    page.get_by_label("What do you add?").select_option("comment")
    page.get_by_label("The text").fill("A word.")
    assert page.get_by_text("Correct it in docs/reports/vale-2024.md").is_visible()
    assert page.get_by_role("link", name="Propose").count() == 0
    page.get_by_label("What do you add?").select_option("position")
    page.get_by_label("Proposition").select_option("freight-to-road")
    assert page.locator("#vr-a-proposition-fault").inner_text().endswith("Read it.")
    page.get_by_label("What do you add?").select_option("comment")
    page.get_by_role("button", name="Copy the file").click()
    page.get_by_text("Copied.").wait_for()


def test_the_digest_itself_is_corrected_where_it_stands(page: Page) -> None:
    page.get_by_role("button", name="Annotate ¶ 2.1").press("Enter")
    link = page.get_by_role("link", name="Correct it at GitHub")
    assert link.get_attribute("href") == f"{HOST}/edit/main/docs/reports/vale-2024.md"
    assert "look for #s2p1 in the file" in page.locator("dialog.vr-annotating").inner_text()


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
