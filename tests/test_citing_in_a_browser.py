"""Citing in Chromium: buttons by mouse and by key, what lands on the clipboard, and addresses that moved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import chromium
from citing_edition import build, lay
from released_edition import Published
from variorum.cite import cited, find
from variorum.edition import Edition, load
from variorum.formats import bibtex, ris
from variorum.quotable import at_publisher, quotations
from variorum.references import Style, bare

pytestmark = chromium.needed
UNIT = "#s2p1 .vr-text button.vr-cite"
WORDS = "“the dry summer explains the rest”"
COPIED = """new Promise(done => {
  const look = () => /^Copied/.test(document.querySelector('.vr-status').textContent)
    ? done(navigator.clipboard.readText()) : setTimeout(look, 10);
  look();
})"""
THINGS = "[...document.querySelectorAll('dialog fieldset:first-of-type label')].map(one => one.textContent.trim())"
MISSED = "return document.querySelector(':target')?.id !== id;"
SETTLED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => "
ARRIVED = """new Promise(done => {
  let tries = 500;
  const look = () => {
    const title = document.querySelector('article h1')?.textContent;
    const there = document.readyState === 'complete' && title && title !== 'Moved';
    return there || !tries-- ? done(there ? WHAT : null) : setTimeout(look, 10);
  };
  look();
})"""
"""Gives WHAT once a page with a heading is there and no redirect is under way, or null."""
THERE = ARRIVED.replace(
    "WHAT", "[location.pathname + decodeURIComponent(location.hash), !!document.querySelector(':target')]"
)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return load(lay(tmp_path_factory.mktemp("browser") / "edition"))


@pytest.fixture(scope="module")
def page(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[chromium.Page, str]]:
    site = build(edition.root, tmp_path_factory.mktemp("browser") / "site")
    with chromium.served(site) as base, chromium.page() as tab:
        tab.size(1280, 900)
        yield tab, base


def button(tab: chromium.Page, label: str) -> str:
    """Mark the dialog's button with a label, and return what selects it."""
    tab.ask(
        f"[...document.querySelectorAll('dialog button')].find(one => one.textContent === {json.dumps(label)})"
        ".setAttribute('data-wanted', '')"
    )
    return "dialog button[data-wanted]"


def copied(tab: chromium.Page, label: str) -> str:
    """Click a button of the dialog and return what is on the clipboard."""
    tab.ask("document.querySelectorAll('[data-wanted]').forEach(one => one.removeAttribute('data-wanted'))")
    tab.ask("document.querySelector('.vr-status').textContent = ''")
    tab.click(button(tab, label))
    return str(tab.ask(COPIED))


def opened(tab: chromium.Page, base: str, selector: str = UNIT, address: str = "/reports/vale-2024/#s2p1") -> None:
    tab.go("about:blank")
    tab.go(base + address)
    tab.ask("localStorage.clear()")
    tab.click(selector)


def expected(edition: Edition, name: str, style: Style) -> tuple[str, str]:
    thing = find(edition, name)
    assert thing is not None
    told = cited(edition, thing, style)
    return bare(told.text), bare(told.entry)


@pytest.mark.parametrize("style", list(Style))
def test_reference_and_quotation_by_mouse(edition: Edition, page: tuple[chromium.Page, str], style: Style) -> None:
    tab, base = page
    opened(tab, base)
    tab.click(f"dialog input[value={style}]")
    text, entry = expected(edition, "vale-2024#s2p1", style)
    note = style is Style.CHICAGO
    assert copied(tab, "Reference") == (f"{text}." if note else f"{text}\n{entry}")
    quotation = copied(tab, "Quotation and reference")
    assert quotation == (f"{WORDS}\n{text}." if note else f"{WORDS} {text}\n{entry}")
    paraphrase = copied(tab, "Paraphrase and reference")
    assert paraphrase.startswith("Paraphrase (this edition’s words, not the author’s): Vale disputes the board’s count")
    assert "“Vale disputes" not in paraphrase and text in paraphrase
    assert not tab.errors


def forward(tab: chromium.Page, question: str, wanted: str, most: int) -> None:
    """Press Tab until what has the focus answers a question as wanted."""
    for _ in range(most):
        tab.press("Tab")
        if tab.ask(f"document.activeElement.{question}") == wanted:
            return
    raise AssertionError(f"{wanted} cannot be reached by keyboard")


def copied_by_key(tab: chromium.Page, label: str) -> str:
    """Go to a button of the dialog with Tab, press Enter, and return what is on the clipboard."""
    forward(tab, "textContent", label, 30)
    tab.ask("document.querySelector('.vr-status').textContent = ''")
    tab.press("Enter")
    return str(tab.ask(COPIED))


def test_every_reference_by_keyboard_alone(edition: Edition, page: tuple[chromium.Page, str]) -> None:
    tab, base = page
    for _ in range(2):  # the second time the page remembers no style
        tab.go("about:blank")
        tab.go(base + "/reports/vale-2024/")
        tab.ask("localStorage.clear()")
    forward(tab, "getAttribute('aria-label')", "Cite ¶ 2.1", 80)
    assert tab.ask("getComputedStyle(document.activeElement).opacity") == "1"
    tab.press("Enter")
    for number, style in enumerate(Style):
        forward(tab, "name", "vr-style", 30)
        if number:
            tab.press("ArrowDown")
        assert tab.ask("document.activeElement.value") == str(style)
        text, entry = expected(edition, "vale-2024#s2p1", style)
        note = style is Style.CHICAGO
        assert copied_by_key(tab, "Reference") == (f"{text}." if note else f"{text}\n{entry}")
        quotation = copied_by_key(tab, "Quotation and reference")
        assert quotation == (f"{WORDS}\n{text}." if note else f"{WORDS} {text}\n{entry}")
    tab.press("Escape")
    assert tab.ask("document.querySelector('dialog').open") is False
    assert tab.ask("document.activeElement.getAttribute('aria-label')") == "Cite ¶ 2.1"


def test_rich_text_is_on_the_clipboard_too(page: tuple[chromium.Page, str]) -> None:
    tab, base = page
    opened(tab, base)
    copied(tab, "Reference")
    html = tab.ask("navigator.clipboard.read().then(all => all[0].getType('text/html')).then(one => one.text())")
    assert "<em>Dear Water, Dearer Roads</em>" in html


def test_no_quotation_where_no_words_are_proved(page: tuple[chromium.Page, str]) -> None:
    tab, base = page
    opened(tab, base, "#s1p1 .vr-text button.vr-cite", "/reports/marsh-2019/#s1p1")
    labels = tab.ask("[...document.querySelectorAll('dialog button')].map(one => one.textContent)")
    assert "Quotation and reference" not in labels and "Paraphrase and reference" in labels


@pytest.mark.parametrize(
    ("selector", "name"),
    [
        (UNIT, "vale-2024#s2p1"),
        ('li[id="fn:4"] > p button.vr-cite', "vale-2024#n4"),
        ("#s2 button.vr-cite", "vale-2024#s2"),
        ("h1 button.vr-cite", "vale-2024"),
    ],
)
def test_files_for_reference_managers_equal_the_commands(
    edition: Edition, page: tuple[chromium.Page, str], selector: str, name: str
) -> None:
    tab, base = page
    opened(tab, base, selector)
    thing = find(edition, name)
    assert thing is not None
    assert copied(tab, "Reference") == expected(edition, name, Style.CHICAGO)[0] + "."
    assert copied(tab, "BibTeX") == bibtex(thing.work)
    assert copied(tab, "RIS") == ris(thing.work)
    assert json.loads(copied(tab, "CSL-JSON")) == [thing.work]
    assert copied(tab, "Link") == thing.address


def test_evidence_offers_its_annotation(edition: Edition, page: tuple[chromium.Page, str]) -> None:
    tab, base = page
    opened(tab, base, "#s2p1-freight-to-road button.vr-cite")
    assert tab.ask(THINGS) == ["the report itself", "this edition’s annotation", "this edition"]
    tab.click("dialog input[name=vr-what][value='1']")
    thing = find(edition, "vale-2024/freight-to-road")
    assert thing is not None
    assert copied(tab, "Reference") == expected(edition, "vale-2024/freight-to-road", Style.CHICAGO)[0] + "."
    assert copied(tab, "BibTeX") == bibtex(thing.work)
    assert copied(tab, "RIS") == ris(thing.work)
    assert json.loads(copied(tab, "CSL-JSON")) == [thing.work]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/annotations/vale-2024/freight-to-road/", "vale-2024/freight-to-road"),
        ("/propositions/freight-to-road/", "freight-to-road"),
    ],
)
def test_an_annotation_and_a_proposition_are_cited_from_their_pages(
    edition: Edition, page: tuple[chromium.Page, str], address: str, name: str
) -> None:
    tab, base = page
    opened(tab, base, "h1 button.vr-cite", address)
    assert copied(tab, "Reference") == expected(edition, name, Style.CHICAGO)[0] + "."


def test_every_released_address_resolves_with_its_fragment(published: Published) -> None:
    """Each page ever released is opened on the published site, and each id on it gone to from there."""
    pages: dict[str, list[str]] = {}
    for address in load(published.root).ledger.addresses:
        page, _, fragment = address.partition("#")
        pages.setdefault(page, []).append(fragment)
    assert len(pages) > 25 and sum(map(len, pages.values())) > 50
    with chromium.served(published.out) as base, chromium.page() as tab:
        for page, fragments in pages.items():
            first, *others = sorted(fragments, reverse=True)
            tab.go("about:blank")
            tab.go(base + page + (f"#{first}" if first else ""))
            where, found = tab.ask(THERE) or ("nowhere", False)
            assert where != "nowhere" and (found or not first), (page, first, where)
            assert "second-toll" not in where.partition("#")[0], page
            lost = f"{json.dumps([one for one in others if one])}.filter(id => {{ location.hash = id; {MISSED} }})"
            assert tab.ask(lost) == [], page
        assert not tab.errors


MOVED = [
    ("/propositions/second-toll/#vale-2024", "/propositions/flood-toll/#vale-2024"),
    ("/reports/marsh-river/#fn:1", "/reports/marsh-2019/#fn:1"),
    ("/reports/marsh-river/#s1p2", "/reports/marsh-2019/#s1p1"),  # moved on the page that moved
]


def test_a_redirect_keeps_the_fragment(published: Published) -> None:
    with chromium.served(published.out) as base, chromium.page() as tab:
        for old, new in MOVED:
            tab.go("about:blank")
            tab.go(base + old)
            assert tab.ask(THERE) == [new, True], old


# Links into the publisher's page


PASSAGES = {
    "the dry summer explains the rest": "He says that <em>the dry</em> summer explains the rest.",
    "two-way, well-kept toll-free roads": "There are two-way, well-kept toll-free roads.",
    "weirs, locks & barges, 50 % of all": "Of weirs, locks &amp; barges, 50 % of all remain.",
    "the “second” toll isn’t ours": "“Well, the “second” toll isn’t ours.”",
    "the ‘third’ toll isn’t theirs": "Well, the 'third' toll isn't theirs.",  # straight marks at the publisher's
    "运费上涨了三成": "去年下游的运费上涨了三成，驳船减少。",
    "rivers — and roads, #1 of 2 = both + more?": "It is rivers — and roads, #1 of 2 = both + more? Yes.",
    "whatever the keepers of the upper locks may have said of it in the summer, nobody": (
        "So whatever the keepers of the upper locks may have said of it in the summer, nobody counted."
    ),
}
IN_SIGHT = """(() => {
  const place = document.getElementById('wanted').getBoundingClientRect();
  return scrollY > 1000 && place.top >= 0 && place.bottom <= innerHeight;
})()"""


def test_a_link_to_the_publishers_words_scrolls_to_them(edition: Edition, tmp_path: Path) -> None:
    report, excerpt = edition.reports["vale-2024"], quotations(edition, "vale-2024")["s2p1"][0]
    far = '<p style="height: 4000px">Filling.</p>'

    def link(base: str, number: int, words: str) -> str:
        fields = report.record.fields.model_copy(update={"online": f"{base}/{number}.html#top"})
        there = replace(report, record=replace(report.record, fields=fields))
        return at_publisher(there, replace(excerpt, quote=words))

    for number, text in enumerate(PASSAGES.values()):
        body = f'<!doctype html><meta charset="utf-8"><title>x</title>{far}<p id="wanted">{text}</p>{far}'
        (tmp_path / f"{number}.html").write_text(body, "utf-8")
    with chromium.served(tmp_path) as base, chromium.page() as tab:
        tab.size(800, 600)
        for number, words in enumerate(PASSAGES):
            tab.go("about:blank")
            tab.go(link(base, number, words))
            assert tab.ask(SETTLED + IN_SIGHT + ")"), words
        tab.go("about:blank")
        tab.go(link(base, 0, "words that do not stand there"))
        assert tab.ask(SETTLED + "scrollY)") == 0
