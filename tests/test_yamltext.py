"""Front matter is plain YAML: nothing is guessed, everything keeps its place, and bad YAML is said in plain words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.source import Source
from variorum.yamltext import Matter

PRINTABLE = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=40)
KEYS = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(lambda key: key not in ("true", "false", "null"))


def read(text: str) -> Matter:
    return Matter(Source("record.md", f"---\n{text}---\n"), 4, 4 + len(text))


@pytest.mark.parametrize(
    "text",
    ["no", "Yes", "on", "12:30", "2026-11-21", "0.10", "007", "1_000", "1e3", "0x10", "-0", ".5", "=", "5" * 30],
)
def test_what_yaml_would_guess_stays_text(text: str) -> None:
    assert read(f"a: {text}\n").data == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("-3", -3), ("0.5", 0.5), ("true", True), ("false", False), ("", None), ("~", None)]
)
def test_numbers_truth_and_nothing_are_read(text: str, value: object) -> None:
    found = read(f"a: {text}\n").data["a"]
    assert found == value and type(found) is type(value)


@given(st.dictionaries(KEYS, PRINTABLE, min_size=1))
def test_every_value_keeps_its_place(values: dict[str, str]) -> None:
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    matter = read("".join(f"{line}\n" for line in lines))
    assert matter.data == values
    for number, (key, line) in enumerate(zip(values, lines, strict=True), 2):
        value, name = matter.place([key]), matter.place([key], key=True)
        assert (value.line, name.line, value.excerpt) == (number, number, line)
        assert line[value.column - 1 :][: value.length] == line.partition(": ")[2]
        assert line[name.column - 1 :][: name.length] == key


@given(st.text(max_size=60))
def test_any_text_gives_data_or_findings_and_never_an_exception(text: str) -> None:
    matter = read(text.replace("\r", ""))
    assert matter.data is None or not matter.findings
    assert all(1 <= found.place.line <= text.count("\n") + 3 for found in matter.findings)
    matter.place(["a", 0, "b"])


@pytest.mark.parametrize(
    ("text", "rule", "where"),
    [
        ("a: [b\nc: d\n", "yaml-syntax", (2, 4)),
        ("a: {b: c\nd: e\n", "yaml-syntax", (2, 4)),
        ('a: "b\nc: d\n', "yaml-syntax", (2, 4)),
        ("a: b: c\n", "yaml-syntax", (2, 5)),
        ("a: b\n c: d\n", "yaml-syntax", (3, 3)),
        ("a: b\nc\nd: e\n", "yaml-syntax", (3, 1)),
        ("a:\n- b\n c\nd\n", "yaml-syntax", (5, 1)),
        ("a: @b\n", "yaml-syntax", (2, 4)),
        ("a: *b* c\n", "yaml-syntax", (2, 4)),
        ("a:\n\tb: c\n", "yaml-plain", (3, 1)),
        ("a: &b c\n", "yaml-plain", (2, 4)),
        ("ä: b\nc: *ä\n", "yaml-syntax", (3, 4)),
        ("a: [*b]\n", "yaml-plain", (2, 5)),
        ("a: !b c\n", "yaml-plain", (2, 4)),
        ("? [a]\n: b\n", "yaml-plain", (2, 3)),
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", (4, 1)),
        ("a: \U0001f600ä\x07\n", "control-character", (2, 6)),
        ("a: [[[[[[[[[b]]]]]]]]]\n", "yaml-plain", (2, 11)),
    ],
)
def test_each_fault_is_found_once_and_where_it_is(text: str, rule: str, where: tuple[int, int]) -> None:
    (found,) = read(text).findings
    assert (found.rule, (found.place.line, found.place.column)) == (rule, where)


@pytest.mark.parametrize("text", ["a: " + "[" * 100_000, "{" * 100_000, "- " * 100_000, "? " * 100_000])
def test_nesting_without_end_is_left_early(text: str) -> None:
    (found,) = read(text + "\n").findings
    assert found.rule == "yaml-plain"


def test_what_is_missing_is_due_in_its_parent_or_at_the_fence() -> None:
    matter = read("own:\n  - {at: s1p1}\nby: [x]\n")
    inner, outer = matter.place(["own", 0, "quote"]), matter.place(["date"])
    assert (inner.line, inner.column, inner.length) == (3, 5, 10)
    assert (outer.line, outer.column, outer.excerpt) == (1, 1, "---")
