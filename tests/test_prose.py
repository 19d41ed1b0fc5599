"""What contributed text must not hold is found however it is dressed, and plain text is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import BASE
from variorum import prose
from variorum.edition import Edition, load
from variorum.source import Source

PAGE, RECORD, REPORT = "about/index.md", "annotations/vale-2024/freight-to-road.md", "reports/vale-2024.md"


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load(BASE)


def faults(edition: Edition, text: str, base: str = PAGE) -> list[tuple[str, str]]:
    """Return each fault's rule and the words that it marks."""
    found = prose.faults(edition, Source(f"docs/{base}", text), 0, text, base)
    return [(one.rule, one.place.excerpt[one.place.column - 1 :][: one.place.length]) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "a < b > c, and 2 <3",
        "so it did![^3] and ![@river-board-2022]",
        '[a link](index.md), [out](https://aven.example/a_(b)?c=d&e), [mail](mailto:a@aven.example "title")',
        "<https://aven.example/> and <a@aven.example>",
        "`<b>` and `` `<script>` `` and `![x](y)` and `[a](javascript:b)`",
        "```html\n<script>\n```\n\n~~~\n<b>\n~~~",
        "[text][ref]\n\n[ref]: https://aven.example/",
        "&lt;script&gt; &amp; \\<",
        "non\N{NO-BREAK SPACE}breaking, \N{ZERO WIDTH NON-JOINER}, tab\t, عربي",
        "[x] [y]: z is no definition when it stands inside a line",
    ],
)
def test_plain_text_has_no_fault(edition: Edition, text: str) -> None:
    assert faults(edition, text) == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<SCRIPT\nsrc=x>", "<SCRIPT"),
        ("<ScRiPt/x>", "<ScRiPt/x>"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("<svg/onload=alert(1)", "<svg/onload=alert(1)"),
        ("<!-- hidden -->", "<!--"),
        ("<!DOCTYPE html>", "<!DOCTYPE html>"),
        ("<?php x ?>", "<?php x ?>"),
        ("</div>", "</div>"),
        ("<my-element>", "<my-element>"),
        (r"\`<b>\`", "<b>"),
        ("`a\n<b>\n`", "<b>"),
        ("`` <b> `", "<b>"),
        ("x ```\n<b>\n```", "<b>"),
        ("~~~ <b> ~~~", "<b>"),
        ("```\n<b>\n", "<b>"),
        ("``` a b c\n<b>\n```", "<b>"),
        ("    <b>", "<b>"),
        ("<javascript:x onclick=y>", "<javascript:x onclick=y>"),
    ],
)
def test_html_is_found_and_marked(edition: Edition, text: str, marked: str) -> None:
    assert faults(edition, f"Text\n\n{text}\n") == [("raw-html", marked)]


@given(
    st.text(st.sampled_from("ab `~\\\n[]()!<>#-|\"'"), max_size=30),
    st.text(st.sampled_from("ab `~\n[]()"), max_size=30),
)
def test_no_text_around_it_hides_html_outside_code(edition: Edition, before: str, after: str) -> None:
    text = f"{before}\n\n<script>x\n\n{after}"
    found = faults(edition, text)
    fenced = any(line.lstrip(" ").startswith(("```", "~~~")) for line in before.split("\n"))
    assert fenced or ("raw-html", "<script>") in found


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x]( javascript:alert(1) 'title')",
        "[x](<javascript:alert(1)>)",
        "[x](\njavascript:alert(1))",
        "[x](java\nscript:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](JAVASCRIPT:alert(1))",
        "[x](&#106;&#97;vascript:alert(1))",
        "[x](&#x6A;avascript&colon;alert(1))",
        "[x](java&NewLine;script:alert(1))",
        "[x](java\N{SOFT HYPHEN}script:alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html,x)",
        "[x](file:///etc/passwd)",
        "[x](//evil.example)",
        "[a [b [c [d]]]](javascript:alert(1))",
        "[![alt](a.md)](javascript:alert(1))",
        "[x]([y](javascript:alert(1)))",
        "[x]: javascript:alert(1)",
        "[x]:\n  javascript:alert(1)",
        "[x]: <javascript:alert(1)>",
        "> [x]: javascript:alert(1)",
        "- [x]: javascript:alert(1)",
        "1. [x]: javascript:alert(1)",
        "[^x]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "<JavaScript:alert(1)>",
        "<data:text/html,x>",
    ],
)
@pytest.mark.parametrize("where", [PAGE, RECORD])
def test_an_address_that_runs_is_found_in_every_dress(edition: Edition, text: str, where: str) -> None:
    assert "unsafe-link" in [rule for rule, _ in faults(edition, f"Text\n\n{text}\n", where)]


def test_the_notes_of_a_report_are_no_definitions(edition: Edition) -> None:
    assert faults(edition, "[^1]: Adds that. [x](javascript:y)", REPORT) == [("unsafe-link", "javascript:y")]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("![alt](https://evil.example/a.png)", "![alt](https://evil.example/a.png)"),
        ("![](a.png)", "![](a.png)"),
        ("![alt][ref]", "![alt][ref]"),
        ("![alt]", "![alt]"),
        ("![@x](https://evil.example/a.png)", "![@x](https://evil.example/a.png)"),
    ],
)
def test_images_are_found_once(edition: Edition, text: str, marked: str) -> None:
    assert faults(edition, f"Look: {text} there") == [("remote-image", marked)]


@pytest.mark.parametrize(
    "char", ["\x00", "\x08", "\x0b", "\x1b", "\x7f", "\x85", "\u202a", "\u202e", "\u2066", "\u2069"]
)
def test_characters_that_hide_or_reorder_are_found_even_in_code(edition: Edition, char: str) -> None:
    assert faults(edition, f"a `{char}` b") == [("control-character", char)]


@pytest.mark.parametrize(("count", "found"), [(14, []), (15, []), (16, ["a quotation of 16 words"])])
def test_a_quotation_has_fifteen_words_at_most(count: int, found: list[str]) -> None:
    text = f"He says “{' '.join(['word'] * count)}”."
    assert [one.message for one in prose.long_quotations(Source("docs/a.md", text), 0, text)] == found
