"""How findings are told: the words marked, the nearest right value, the remedy, nothing that steers a terminal."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.findings import Finding, Form, has_errors, nearest, ordered, show
from variorum.rules import RULES
from variorum.source import Place, Source

SOURCE = Source("docs/a.md", "confidence: hihg\nwording: 1\n")


def test_the_anatomy_of_a_message() -> None:
    found = [
        Finding("wrong-value", SOURCE.on(1, 13, 4), "`hihg` is not a value of `confidence`", "did you mean `high`?"),
        Finding("wrong-value", SOURCE.on(2, 10), "`1` is old"),
        Finding("unused-source", Place("bibliography/a.bib", 12), "nothing cites `a`", "see above"),
    ]
    assert show(found, Form.TEXT, 7) == (
        "warning[unused-source]: nothing cites `a`\n"
        "  --> bibliography/a.bib:12:1\n"
        "   = see above\n"
        f"   = help: {RULES['unused-source'].remedy}\n"
        "\n"
        "error[wrong-value]: `hihg` is not a value of `confidence`\n"
        " --> docs/a.md:1:13\n"
        "  |\n"
        "1 | confidence: hihg\n"
        "  |             ^^^^ did you mean `high`?\n"
        f"  = help: {RULES['wrong-value'].remedy}\n"
        "\n"
        "error[wrong-value]: `1` is old\n"
        " --> docs/a.md:2:10\n"
        "  |\n"
        "2 | wording: 1\n"
        "  |          ^\n"
        f"  = help: {RULES['wrong-value'].remedy}\n"
        "\n"
        "2 errors, 1 warning in 2 of 7 files\n"
    )


def test_nothing_to_mend_is_said() -> None:
    assert show([], Form.TEXT, 3) == "nothing to mend in 3 files\n"


def test_findings_are_told_once_and_in_order_of_place() -> None:
    late, early = Finding("encoding", Place("b", 2), "x"), Finding("encoding", Place("a", 10), "y")
    between = Finding("encoding", Place("b", 1, 9), "z")
    assert ordered([late, early, between, late]) == [early, between, late]


def test_only_errors_stop_a_build() -> None:
    place = Place("a")
    assert not has_errors([Finding("unused-source", place, "x")])
    assert has_errors([Finding("unused-source", place, "x"), Finding("encoding", place, "x")])


@given(st.text(st.characters(codec="utf-8", categories=("L", "Nd", "Zs")), max_size=400), st.data())
def test_the_marks_stand_under_the_words(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    length = data.draw(st.integers(1, 30))
    text = f"{line[:start]}XY{line[start:]}"
    printed = show([Finding("encoding", Source("a", text).at(start, max(2, length)), "m")], Form.TEXT, 1).split("\n")
    shown, marks = printed[3].removeprefix("1 | "), printed[4].removeprefix("  | ")
    assert len(shown) <= 102
    assert shown[marks.index("^") :].startswith("XY")
    assert len(marks) <= len(shown)


def test_a_hint_that_does_not_fit_beside_the_marks_stands_below() -> None:
    source = Source("a", "word " * 19)
    beside, below = (
        show([Finding("encoding", source.at(90, 4), "m", hint)], Form.TEXT, 1) for hint in ("ok", "x" * 20)
    )
    assert "^^^^ ok\n" in beside
    assert f"^^^^\n  = {'x' * 20}\n" in below


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("char", ["\x1b", "\x07", "\r", "\n", "\u202e", "\x9b"])
def test_what_a_file_holds_cannot_steer_a_terminal_or_a_log(form: Form, char: str) -> None:
    place = Source("a", f"a{char}b").at(0)
    printed = show([Finding("raw-html", place, f"`{char}::error::`", f"`{char}`")], form, 1)
    if form is Form.JSON:
        assert json.loads(printed)[0]["message"] == f"`{char}::error::`"
    else:
        assert char == "\n" or char not in printed
        assert not any(line.startswith("::error::") for line in printed.split("\n"))


def test_machine_forms_hold_place_words_and_remedy() -> None:
    found = Finding("wrong-value", Source("docs/a, b.md", "x: 50%\n").on(1, 4, 3), "50% of `x`", "did you mean `5`?")
    remedy = RULES["wrong-value"].remedy
    assert json.loads(show([found], Form.JSON, 1)) == [
        {"level": "error", "rule": "wrong-value", "file": "docs/a, b.md", "line": 1, "column": 4, "length": 3}
        | {"message": "50% of `x`", "hint": "did you mean `5`?", "remedy": remedy}
    ]
    assert show([found], Form.GITHUB, 1) == (
        "::error file=docs/a%2C b.md,line=1,col=4,endColumn=6,title=wrong-value::"
        f"50%25 of `x` · did you mean `5`? · {remedy}\n"
    )


@pytest.mark.parametrize(
    ("word", "allowed", "hint"),
    [
        ("hihg", ["high", "low"], "did you mean `high`?"),
        ("reject", ["rejects", "leans-reject", "affirms"], "did you mean `rejects` or `leans-reject`?"),
        ("x", ["one", "two"], "one of `one`, `two`"),
        ("x", ["one"], "the only one is `one`"),
        ("x", [str(number) for number in range(99)], ""),
        ("x", [], ""),
    ],
)
def test_the_nearest_or_the_allowed_values_are_named(word: str, allowed: list[str], hint: str) -> None:
    assert nearest(word, allowed) == hint


def test_every_rule_says_what_it_wants_and_how_to_mend_it() -> None:
    for rule in RULES.values():
        assert rule.wants.endswith(".") and rule.wants[0].isupper()
        assert rule.remedy and not rule.remedy.endswith(".") and not rule.remedy[0].isupper()
