"""How many annotations stand open beside a paragraph."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from variorum import coverage, evidence, strips
from variorum.edition import load
from variorum.evidence import Excerpt, Role
from variorum.grammar import Section
from variorum.words import Kind

Parts = tuple[list[Section], Excerpt]


@pytest.fixture
def parts(base: Path) -> Parts:
    """Return one section with two paragraphs, and an excerpt of the author's own voice."""
    edition = load(base)
    report = next(iter(edition.reports.values()))
    found = [
        one for one in evidence.excerpts(edition)[report.key] if one.kind is Kind.POSITION and one.role is Role.OWN
    ]
    section = next(section for section in report.sections if section.units)
    units = tuple(replace(section.units[0], id=one) for one in ("s1p1", "s1p2"))
    return [replace(section, units=units)], found[0]


def sized(sections: list[Section], *letters: int) -> list[Section]:
    (section,) = sections
    units = tuple(replace(unit, digest="x" * count) for unit, count in zip(section.units, letters, strict=True))
    return [replace(section, units=units)]


def count(parts: Parts, annotations: int, *letters: int, both: bool = False) -> int:
    sections, excerpt = parts
    first, second = (unit.id for unit in sections[0].units)
    held = [
        [replace(excerpt, id=f"x{number}", quote="the dry summer explains the rest")] for number in range(annotations)
    ]
    groups = {first: held, second: held} if both else {first: held}
    return strips.shown(sized(sections, *letters), groups, {excerpt.slug: "Freight left the river for the road."})[
        first
    ]


def test_beside_the_shortest_paragraph_one_stands_open(parts: Parts) -> None:
    assert count(parts, 6, 20, 20, both=True) == 1


def test_the_longer_the_text_the_more_stand_open_and_never_a_crowd(parts: Parts) -> None:
    counts = [count(parts, 9, letters, 20, both=True) for letters in (20, 400, 4000)]
    assert counts == sorted(counts) and counts[0] < counts[1] <= counts[2] < 5


def test_a_strip_may_run_on_beside_a_paragraph_that_has_none(parts: Parts) -> None:
    assert count(parts, 6, 20, 2000) > count(parts, 6, 20, 2000, both=True)


def test_none_is_folded_away_for_want_of_a_line(parts: Parts) -> None:
    sections, excerpt = parts
    first, _ = (unit.id for unit in sections[0].units)
    name = replace(excerpt, id="y", kind=Kind.MENTION, role=Role.PLAIN, quote="")
    groups = {first: [[excerpt], [name]]}
    assert strips.shown(sized(sections, 20, 20), groups, {}) == {first: 2}


def test_what_a_cell_rests_on_stands_first_and_names_last(parts: Parts) -> None:
    _, excerpt = parts
    name = replace(excerpt, id="name", slug="name", kind=Kind.MENTION, role=Role.PLAIN)
    view = replace(excerpt, id="view", slug="view", role=Role.REPORTED)
    cell = replace(excerpt, id="cell", slug="cell", role=Role.REPORTED)
    found = coverage.in_order([name, view, excerpt, cell], {"cell"})
    assert [one.id for one in found] == ["cell", excerpt.id, "view", "name"]
