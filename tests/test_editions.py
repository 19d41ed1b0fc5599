"""Each case folder is a miniature edition with what `variorum check` must say of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import BASE, EDITIONS, lay_over
from messages import lacking
from variorum import checks
from variorum.edition import load
from variorum.findings import Form, show
from variorum.rules import RULES

CASES = sorted(path for path in EDITIONS.iterdir() if path.is_dir())


def test_there_are_cases() -> None:
    assert len(CASES) > 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path) -> None:
    expected = (case / "expected.txt").read_text("utf-8")
    assert expected.strip(), f"{case.name}/expected.txt is empty"
    root = lay_over(case, tmp_path / "edition")
    edition = load(root)
    found = [finding for finding in checks.check(edition) if finding.rule != "reference-stale"]
    assert show(found, Form.TEXT, edition.files) == expected
    assert not [said for finding in found if (said := lacking(root, finding))]


MESSAGE = re.compile(
    r"(?:error|warning)\[(?P<rule>[a-z-]+)\]: \S.*\n *--> (?P<path>\S[^\n]*):[1-9]\d*:[1-9]\d*\n(?:.*\n)*"
    r" *= help: (?P<remedy>\S.*)"
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_message_names_file_line_column_rule_and_remedy(case: Path) -> None:
    *messages, summary = (case / "expected.txt").read_text("utf-8").rstrip("\n").split("\n\n")
    assert summary.endswith("files")
    assert messages or case == BASE
    for message in messages:
        named = MESSAGE.fullmatch(message)
        assert named, message
        assert named["remedy"] == RULES[named["rule"]].remedy


@pytest.mark.parametrize("case", [case for case in CASES if case != BASE], ids=lambda case: case.name)
def test_the_records_beside_a_broken_one_still_load(case: Path, tmp_path: Path) -> None:
    edition = load(lay_over(case, tmp_path / "edition"))
    assert "marsh-2019" in edition.reports
    assert ("marsh-2019", "freight-to-road") in edition.annotations
    assert "river-board-2022" in edition.entries
