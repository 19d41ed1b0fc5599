"""Shared sources: who uses what, for which side of which proposition, and who takes up whom."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from variorum import sharing
from variorum.edition import load
from variorum.words import How

ROOT = Path(__file__).parent.parent
SIGNED = "by: [tester]\ndate: 2026-11-21\n"


@cache
def this() -> dict[str, sharing.Shared]:
    edition = load(ROOT)
    return {one.source: one for one in sharing.shared(edition)}


def shared(root: Path) -> dict[str, sharing.Shared]:
    edition = load(root)
    assert not edition.findings, [str(one) for one in edition.findings]
    return {one.source: one for one in sharing.shared(edition)}


@pytest.fixture
def opposed(base: Path) -> Path:
    """Return the base edition where Marsh also names the board's returns, in the paragraph of Marsh's stance."""
    record = base / "docs" / "annotations" / "marsh-2019" / "mention-board.md"
    record.write_text(f"---\nkind: mention\nat: s1p1\nsource: river-board-2022\nhow: named\n{SIGNED}---\n", "utf-8")
    return base


def test_a_source_of_one_report_is_not_shared(base: Path) -> None:
    assert list(shared(base)) == ["river-board-2022"], "marsh-2019 is cited by one report alone"


def test_a_mention_in_the_text_is_a_use(opposed: Path) -> None:
    one = shared(opposed)["river-board-2022"]
    assert one.reports == ["marsh-2019", "vale-2024"]
    assert [(use.at, use.units, use.how, use.locator) for use in one.uses] == [
        ("n1", ("s1p1",), None, ""),
        ("s1p1", (), How.NAMED, ""),
        ("n4", ("s2p1",), None, "table 3"),
        ("n6", ("s2p2",), None, "p. 12"),
    ]


def test_same_source_opposite_conclusions(opposed: Path) -> None:
    one = shared(opposed)["river-board-2022"]
    assert [(c.proposition, c.using, c.is_opposed_in_use) for c in one.opposed] == [
        ("freight-to-road", ["marsh-2019", "vale-2024"], True)
    ]


def test_a_report_that_argues_from_elsewhere_is_opposed_but_not_in_use(opposed: Path) -> None:
    record = opposed / "docs" / "annotations" / "vale-2024" / "freight-to-road.md"
    text = (
        record.read_text("utf-8")
        .replace("at: s2p1", "at: s1p1")
        .replace('      - {at: n4, quote: "grain is counted twice"}\n', "")
    )
    record.write_text(text.replace("against: [{at: s2p2}]", "against: [{at: s2p1}]"), "utf-8")
    (conclusion,) = shared(opposed)["river-board-2022"].conclusions
    assert conclusion.using == ["marsh-2019"]
    assert conclusion.reporting == ["vale-2024"], "its note documents what Kestrel is reported to hold"
    assert conclusion.is_opposed and not conclusion.is_opposed_in_use


def test_a_note_that_cites_and_a_mention_in_it_are_one_use(opposed: Path) -> None:
    record = opposed / "docs" / "annotations" / "vale-2024" / "mention-board.md"
    record.write_text(f"---\nkind: mention\nat: n4\nsource: river-board-2022\nhow: named\n{SIGNED}---\n", "utf-8")
    assert [use.at for use in shared(opposed)["river-board-2022"].of("vale-2024")] == ["n4", "n6"]


def test_who_takes_up_whom(base: Path) -> None:
    (one,) = sharing.engagements(load(base))
    assert (one.report, one.other, one.is_the_report) == ("vale-2024", "marsh-2019", True)
    assert [(use.at, use.locator) for use in one.uses] == [("n4", "p. 12")]


def test_another_work_by_a_reports_author_is_told_apart(base: Path) -> None:
    bib = base / "bibliography" / "literature.bib"
    entry = "@book{marsh-2010,\n  author = {Marsh, Ada},\n  title = {Old tolls},\n  date = {2010},\n}\n"
    bib.write_text(bib.read_text("utf-8") + entry, "utf-8")
    report = base / "docs" / "reports" / "vale-2024.md"
    report.write_text(report.read_text("utf-8").replace("[@river-board-2022, p. 12]", "[@marsh-2010]"), "utf-8")
    found = sharing.engagements(load(base))
    assert [(one.work, one.is_the_report) for one in found] == [("marsh-2019", True), ("marsh-2010", False)]


def test_the_notes_that_two_of_the_five_reports_share() -> None:
    notes = {
        key: {(use.report, use.at) for use in this()[key].uses if use.how is None}
        for key in ("mcfaul-medeiros-2025", "china-russia-2022-joint-statement")
    }
    assert notes["mcfaul-medeiros-2025"] == {("lo-2025", "n44"), ("korolev-shattuck-2025", "n34")}
    assert notes["china-russia-2022-joint-statement"] >= {("lo-2025", "n16"), ("korolev-shattuck-2025", "n1")}
    assert "reverse-kissinger" in [conclusion.proposition for conclusion in this()["mcfaul-medeiros-2025"].conclusions]


def test_lo_cites_weitz() -> None:
    found = [one for one in sharing.engagements(load(ROOT)) if one.is_the_report]
    assert [(one.report, one.other, [use.at for use in one.uses]) for one in found] == [
        ("lo-2025", "weitz-2024", ["n6"])
    ]
