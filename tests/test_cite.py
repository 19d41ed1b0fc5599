"""What can be cited, under which name, and that nobody is quoted with words that are not proved to be theirs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from citing_edition import CASE, lay
from variorum import cite, cli, quotable
from variorum.edition import Edition, load
from variorum.locators import Locator, in_words
from variorum.references import PLACE, Style


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return load(lay(tmp_path_factory.mktemp("citing") / "edition"))


PLACES = (
    "vale-2024", "vale-2024#s2", "vale-2024#s1", "vale-2024#s2p2", "vale-2024#s1p1", "vale-2024#n4",
    "vale-2024/freight-to-road", "freight-to-road", "edition",
)  # fmt: skip
"""A report, a section with a heading and one without, a unit in each, a note, an annotation, a proposition, all."""


def test_every_kind_of_place_in_every_style_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each reference equals what was read and found right: `places.txt`."""
    root = str(lay(tmp_path, proved=False))
    capsys.readouterr()
    told = []
    for name in PLACES:
        told.append(f"## {name}\n")
        for style in Style:
            assert cli.main(["--root", root, "cite", name, "--style", style]) == 0
            _, text, _, _, entry, _, _, address = capsys.readouterr().out.rstrip("\n").split("\n")
            told += [f"{style} text: {text}", f"{style} entry: {entry}"]
        told += [f"address: {address}", ""]
    assert "\n".join(told).replace("\xa0", "~") == (CASE / "places.txt").read_text("utf-8")


def test_a_note_names_the_reports_own_label(edition: Edition) -> None:
    one, other = cite.find(edition, "vale-2024#n4"), cite.find(edition, "vale-2024#fn:4")
    assert one == other is not None


def test_a_heading_that_asks_needs_no_comma() -> None:
    section = Locator("section", "2", "Who pays?")
    told = {style: cite.fill("A, ⟦place⟧, https://a.example", {PLACE: in_words(section, style)}) for style in Style}
    assert told[Style.CHICAGO] == "A, “Who pays?” https://a.example"
    unit = Locator("unit", "2.1", "Who pays?")
    assert in_words(unit, Style.MLA) == "“Who pays?” par.\xa02.1 in Variorum’s numbering"


@pytest.mark.parametrize(
    "name", ["vale-2025", "vale-2024#s9p9", "vale-2024#n99", "vale-2024/none", "none", "edition#s1p1", ""]
)
def test_what_is_not_there_cannot_be_cited(edition: Edition, name: str) -> None:
    assert cite.find(edition, name) is None


def test_only_proved_words_are_quotable(edition: Edition, tmp_path: Path) -> None:
    assert {at: [one.quote for one in found] for at, found in quotable.quotations(edition, "vale-2024").items()} == {
        "s2p1": ["the dry summer explains the rest"],
        "n4": ["grain is counted twice"],
        "s2p3": ["Kestrel counts every barge"],
    }
    assert quotable.quotations(edition, "marsh-2019") == {}
    assert quotable.quotations(load(lay(tmp_path, proved=False)), "vale-2024") == {}


def test_a_paraphrase_is_plain_words() -> None:
    digest = "Vale, as *always*, [doubts](../x.md) the count,[^4] see [@river-board-2022, p. 3]."
    assert quotable.paraphrase(digest) == "Vale, as always, doubts the count, see."


def test_a_publishers_page_is_named_where_it_is_known(tmp_path: Path) -> None:
    root = lay(tmp_path, proved=False)
    page = root / "docs/reports/vale-2024.md"
    page.write_text(page.read_text("utf-8").replace("coverage:", 'pages: {s2p1: "7"}\ncoverage:', 1), "utf-8")
    edition = load(root)
    thing = cite.find(edition, "vale-2024#s2p1")
    assert thing is not None
    assert "p.\xa07, “What happened to freight,” ¶\xa02.1" in cite.cited(edition, thing, Style.CHICAGO).text


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(lay(tmp_path, proved=False))
    assert cli.main(["--root", root, "cite", "vale-2024#s2p1", "--style", "apa"]) == 0
    told = capsys.readouterr().out
    assert "(Vale, 2024, “What happened to freight” section" in told
    assert "Vale, T. (2024). Dear water, dearer roads. Aven Society." in told
    assert "https://tolls.aven-edition.org/reports/vale-2024/#s2p1" in told
    assert cli.main(["--root", root, "cite", "vale-2024", "--format", "ris"]) == 0
    assert capsys.readouterr().out.startswith("TY  - RPRT\n")
    assert cli.main(["--root", root, "cite", "vale-2042"]) == 2
    assert "vale-2024" in capsys.readouterr().err


def test_what_the_lock_has_in_no_style_goes_under_no_style_s_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path, proved=False)
    assert cli.main(["--root", str(root), "cite", "edition", "--style", "mla"]) == 0
    said = capsys.readouterr()
    assert said.err == "" and "(MLA)" in said.out
    (root / "bibliography/citations.lock.json").unlink()
    assert cli.main(["--root", str(root), "cite", "edition", "--style", "mla"]) == 0
    said = capsys.readouterr()
    assert said.err == "variorum: not rendered in MLA yet: run `variorum references`\n"
    assert "MLA" not in said.out


def test_proved_words_lead_into_the_publishers_page(tmp_path: Path) -> None:
    root = lay(tmp_path)
    page = root / "docs/reports/vale-2024.md"
    page.write_text(
        page.read_text("utf-8").replace("coverage:", "online: https://aven.example/text#top\ncoverage:", 1), "utf-8"
    )
    edition = load(root)
    report = edition.reports["vale-2024"]
    (excerpt,) = quotable.quotations(edition, "vale-2024")["s2p1"]
    assert quotable.at_publisher(report, excerpt) == (
        "https://aven.example/text#:~:text=the%20dry%20summer%20explains%20the%20rest"
    )
    awkward = replace(excerpt, quote="two-way, “a & b” in 50 %")
    assert quotable.at_publisher(report, awkward).endswith(
        "text=two%2Dway%2C%20%E2%80%9Ca%20%26%20b%E2%80%9D%20in%2050%20%25"
    )
    assert quotable.at_publisher(report, replace(excerpt, proof="")) == ""
    assert quotable.at_publisher(load(lay(tmp_path / "other")).reports["vale-2024"], excerpt) == ""
