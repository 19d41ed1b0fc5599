"""A report's page: whatever is wrong with one unit is one finding, and every other unit keeps its id."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.findings import Finding
from variorum.frontmatter import split
from variorum.grammar import Page, parse
from variorum.source import Source
from variorum.words import UnitKind

HEAD = "---\ngenre: report\n---\n"
FORMS = {UnitKind.PARAGRAPH: "", UnitKind.ITEM: "- ", UnitKind.QUOTATION: "> "}


def read(body: str) -> tuple[Page, list[Finding]]:
    document, _ = split(Source("docs/reports/a.md", HEAD + body))
    assert document is not None
    return parse(document)


def units(page: Page) -> list[str]:
    return [unit.id for section in page.sections for unit in section.units]


def test_a_page_is_read_as_it_stands() -> None:
    page, found = read(
        "# Title[^1]\n\n## [Opening] {#s1}\n\nOne,[^2]\nand more.\n{: #s1p1 speaker=ada }\n\n- Two.\n{: #s1p2 }\n\n"
        "### Second {#s2}\n\n> Three,\n> and four.\n{: #s2p1 }\n\n[^1]: First.\n[^2]: Second,\n  in two lines.\n"
    )
    assert not found
    assert (page.title, page.marks) == ("Title", ("1",))
    first, second = page.sections
    assert (first.title, first.supplied, first.level) == (None, "Opening", 1)
    assert (second.title, second.supplied, second.level) == ("Second", None, 2)
    one, two, three = *first.units, *second.units
    assert (one.digest, one.kind, one.speaker, one.marks) == ("One,[^2]\nand more.", UnitKind.PARAGRAPH, "ada", ("2",))
    assert (two.digest, two.kind, two.speaker) == ("Two.", UnitKind.ITEM, None)
    assert (three.digest, three.kind) == ("Three,\nand four.", UnitKind.QUOTATION)
    assert [(note.label, note.text) for note in page.notes] == [("1", "First."), ("2", "Second,\nin two lines.")]


SHAPES = st.lists(st.lists(st.sampled_from(list(FORMS)), min_size=1, max_size=4), min_size=1, max_size=4)
SPOILERS = {
    "without its id line": lambda mark, text, line: f"{mark}{text}\n\n",
    "on the text's line": lambda mark, text, line: f"{mark}{text} {line}\n\n",
    "above": lambda mark, text, line: f"{line}\n{mark}{text}\n\n",
    "apart": lambda mark, text, line: f"{mark}{text}\n\n{line}\n\n",
    "in the middle": lambda mark, text, line: f"{mark}{text}\n{line}\nand more\n\n",
    "malformed": lambda mark, text, line: f"{mark}{text}\n{line.replace(':', '')}\n\n",
    "with a class": lambda mark, text, line: f"{mark}{text}\n{line.replace(' }', ' .big }')}\n\n",
    "of another section": lambda mark, text, line: f"{mark}{text}\n{{: #s99p1 }}\n\n",
    "without a blank line below": lambda mark, text, line: f"{mark}{text}\n{line}\n",
}


def page_of(shape: list[list[UnitKind]], spoilt: int = -1, how: str = "") -> tuple[str, list[str]]:
    body, ids = "# Title\n\n", []
    for number, section in enumerate(shape, 1):
        body += f"## Section {{#s{number}}}\n\n"
        for index, form in enumerate(section, 1):
            ids.append(f"s{number}p{index}")
            text, line = f"Text of {ids[-1]}", f"{{: #{ids[-1]} }}"
            make = SPOILERS[how] if len(ids) - 1 == spoilt else lambda mark, text, line: f"{mark}{text}\n{line}\n\n"
            body += make(FORMS[form], text, line)
    return body + "[^1]: A note.\n", ids


@given(SHAPES)
def test_every_unit_of_a_good_page_is_read(shape: list[list[UnitKind]]) -> None:
    body, ids = page_of(shape)
    page, found = read(body)
    assert (units(page), found) == (ids, [])
    assert [unit.kind for section in page.sections for unit in section.units] == [form for one in shape for form in one]


@given(SHAPES, st.sampled_from(list(SPOILERS)), st.data())
def test_one_spoilt_unit_is_one_finding_and_spoils_no_other(
    shape: list[list[UnitKind]], how: str, data: st.DataObject
) -> None:
    spoilt = data.draw(st.integers(0, sum(map(len, shape)) - 1))
    body, ids = page_of(shape, spoilt, how)
    page, found = read(body)
    assert units(page) == ids
    assert len(found) == 1
    assert [note.label for note in page.notes] == ["1"]


@pytest.mark.parametrize(
    ("body", "rule", "line"),
    [
        ("## A {#s1}\n\nText.\n{: #s1p1 }\n", "report-grammar", 4),
        ("# T\n\n# U {#s1}\n\nText.\n{: #s1p1 }\n", "report-grammar", 6),
        ("# T\n\n##### U {#s1}\n\nText.\n{: #s1p1 }\n", "report-grammar", 6),
        ("# T\n\n##A {#s1}\n\nText.\n{: #s1p1 }\n", "report-grammar", 6),
        ("# T\n\n## A\n\nText.\n{: #s1p1 }\n", "section-id", 6),
        ("# T\n\n## A {#s2}\n\nText.\n{: #s1p1 }\n", "section-id", 6),
        ("# T\n\n## A {#first}\n\nText.\n{: #s1p1 }\n", "section-id", 6),
        ("# T\n\nText.\n{: #s1p1 }\n", "section-id", 6),
        ("# T\n\n## A {#s1}\n\nText.\n{: #s1p1 }\n\nMore.\n{: #s1p1 }\n", "duplicate-unit", 12),
        ("# T\n\n## A {#s1}\n\nText.\n{: #s1p1 }\n\nMore.\n{: #s1p3 }\n\nYet.\n{: #s1p4 }\n", "unit-id", 12),
        ("# T\n\n## A {#s1}\n\nText.\n{: #s1p1 }\n\n{: #s1p2 }\n", "unit-id", 11),
        ("# T\n\n## A {#s1}\n\n| a | b |\n|---|---|\n", "report-grammar", 8),
        ("# T\n\n## A {#s1}\n\n```\na\n\nb\n```\n", "report-grammar", 8),
        ("# T\n\n## A {#s1}\n\n1. One\n{: #s1p1 }\n", "report-grammar", 8),
        ("# T\n\n## A {#s1}\n\n- One\n  - Two\n{: #s1p1 }\n", "report-grammar", 9),
        ("# T\n\n## A {#s1}\n\n- One\n- Two\n{: #s1p1 }\n", "report-grammar", 9),
        ("# T\n\n## A {#s1}\n\nOne\n> Two\n{: #s1p1 }\n", "report-grammar", 9),
        ("# T\n\n## A {#s1}\n\nOne\n---\n{: #s1p1 }\n", "report-grammar", 9),
        ("# T\n\n## A {#s1}\n\n    One\n{: #s1p1 }\n", "report-grammar", 8),
        ("# T\n\n## A {#s1}\n\n[a]: b.md\n", "report-grammar", 8),
        ("# T\n\n[^1]: A.\n[^1]: B.\n", "duplicate-note", 7),
        ("# T\n\n[^1]:\n", "empty-note", 6),
    ],
)
def test_each_fault_of_form_is_one_finding(body: str, rule: str, line: int) -> None:
    _, found = read(body)
    assert [(one.rule, one.place.line) for one in found] == [(rule, line)]


LINES = st.sampled_from(
    """Text|- item|> quoted|# T|## A {#s1}|## B|### C {#s2}|{: #s1p1 }|{: #s1p2 }|{#s2p1}|text {: #s2p1 }|[^1]: note
[^1]:|```|~~~|1. x|{:|<div>|---|    x|\t|#x||||""".replace("\n", "|").split("|")
)


@given(st.lists(LINES, max_size=25))
def test_any_page_is_read_with_ids_that_stand_once(lines: list[str]) -> None:
    page, found = read("\n".join(lines))
    ids = [*units(page), *(section.id for section in page.sections)]
    assert len(ids) == len(set(ids))
    assert all(one.place.line <= len(lines) + 4 for one in found)
