"""`variorum diff`: the effect of a change, exactly; in a comment nothing of it can act."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from variorum import cli, telling
from variorum.changes import between
from variorum.edition import load


def git(root: Path, *arguments: str) -> None:
    name = ["-c", "user.name=T", "-c", "user.email=t@t.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *name, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(base: Path) -> Path:
    git(base, "init", "-q", "-b", "main")
    git(base, "add", "-A")
    git(base, "commit", "-qm", "One")
    return base


def change(root: Path, name: str, *pairs: tuple[str, str]) -> None:
    text = (root / name).read_text("utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (root / name).write_text(text, "utf-8")


MARSH, VALE = "docs/annotations/marsh-2019/freight-to-road.md", "docs/annotations/vale-2024/freight-to-road.md"
PROPOSITION = "docs/propositions/freight-to-road.md"


def test_two_stances_a_reworded_proposition_and_a_dropped_quotation(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(root, "checkout", "-q", "-b", "branch")
    change(root, MARSH, ("stance: affirms", "stance: balanced"))
    change(root, VALE, ("leans-reject", "rejects"), ('      - {at: n4, quote: "grain is counted twice"}\n', ""))
    change(root, PROPOSITION, ("Tolls drive freight", "High tolls drive freight"), ("wording: 1", "wording: 2"))
    git(root, "commit", "-qam", "Two")
    assert cli.main(["--root", str(root), "diff", "main", "--format", "markdown"]) == 0
    assert capsys.readouterr().out == (
        "### Cells of the matrix (2)\n"
        "\n"
        "- marsh-2019/freight-to-road: affirms → balanced\n"
        "- vale-2024/freight-to-road: leans-reject → rejects\n"
        "\n"
        "### Propositions (1)\n"
        "\n"
        "- freight-to-road: Tolls drive freight from the river to the road. → High tolls drive freight from the river to the road.\n"  # noqa: E501
        "\n"
        "### Positions to look at again (2)\n"
        "\n"
        "- marsh-2019/freight-to-road: wording 1 → wording 2\n"
        "- vale-2024/freight-to-road: wording 1 → wording 2\n"
        "\n"
        "### Quotations (1)\n"
        "\n"
        "- vale-2024/freight-to-road, n4: gone: “grain is counted twice”\n"
    )
    assert cli.main(["--root", str(root), "diff", "main"]) == 0
    assert capsys.readouterr().out == (
        "Cells of the matrix (2)\n"
        "  marsh-2019/freight-to-road: affirms → balanced\n"
        "  vale-2024/freight-to-road: leans-reject → rejects\n"
        "\n"
        "Propositions (1)\n"
        "  freight-to-road: Tolls drive freight from the river to the road. → High tolls drive freight from the river to the road.\n"  # noqa: E501
        "\n"
        "Positions to look at again (2)\n"
        "  marsh-2019/freight-to-road: wording 1 → wording 2\n"
        "  vale-2024/freight-to-road: wording 1 → wording 2\n"
        "\n"
        "Quotations (1)\n"
        "  vale-2024/freight-to-road, n4: gone: “grain is counted twice”\n"
    )


def test_nothing_changed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root, VALE, ("kind: position\n", "kind: position # a remark\n"))
    assert cli.main(["--root", str(root), "diff", "HEAD"]) == 0
    assert capsys.readouterr().out == "Nothing that the edition says has changed.\n"


def test_what_else_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root, VALE, ("author: doubts", "author: endorses"), ("confidence: high", "confidence: low"))
    change(root, MARSH, ('water"}', 'water", proof: 0123456789abcdef}'))
    change(
        root, "docs/reports/marsh-2019.md", ("Marsh expects some bulk cargo", "Marsh fears that some bulk cargo may")
    )
    change(root, "bibliography/literature.bib", ("Lock returns 2021", "Lock returns of 2021"))
    (root / "docs/people/kestrel.md").unlink()
    (root / "docs/annotations/vale-2024/comment-s1p1.md").write_text(
        "---\nkind: comment\nat: s1p1\nby: [tester]\ndate: 2026-11-21\n---\nNew.\n", "utf-8"
    )
    cli.main(["--root", str(root), "diff", "HEAD"])
    assert capsys.readouterr().out.splitlines() == [
        "Positions (2)",
        "  vale-2024/freight-to-road, confidence: high → low",
        "  vale-2024/freight-to-road, reported of kestrel: affirms, doubts → affirms, endorses",
        "",
        "Quotations (1)",
        "  marsh-2019/freight-to-road, s1p1: “some bulk cargo will leave the water”, not verified → “some bulk cargo will leave the water”, proved",  # noqa: E501
        "",
        "Other annotations (1)",
        "  vale-2024/comment-s1p1: new: comment: at s1p1; New.",
        "",
        "Digests (1)",
        "  marsh-2019#s1p1: Marsh expects some bulk cargo to leave the water.[^1] → Marsh fears that some bulk cargo may to leave the water.[^1]",  # noqa: E501
        "",
        "References (1)",
        "  river-board-2022: report; author: River Board; title: Lock returns 2021; institution: River Board; location: Avenmouth; date: 2022; url: https://riverboard.example/returns?year=2021&part=2%20b"  # noqa: E501
        " → report; author: River Board; title: Lock returns of 2021; institution: River Board; location: Avenmouth; date: 2022; url: https://riverboard.example/returns?year=2021&part=2%20b",  # noqa: E501
        "",
        "Addresses lost (1)",
        "  /people/kestrel/",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("freight-to-road", "road"), ("vale-2024", "vale"), ("kestrel", "ida"), ("river-board-2022", "board")],
)
def test_what_is_only_renamed_is_not_told_as_gone(
    root: Path, old: str, new: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["--root", str(root), "rename", old, new])
    capsys.readouterr()
    cli.main(["--root", str(root), "diff", "HEAD"])
    told = capsys.readouterr().out
    assert "Addresses lost" not in told
    assert "Cells" not in told
    assert "Quotations" not in told
    assert "Digests" not in told


@pytest.mark.parametrize(("moved", "lost"), [("", ["/reports/vale-2024/#s2p3"]), ("moved: {s2p3: s2p2}\n", [])])
def test_an_address_that_a_moved_unit_keeps_is_not_told_as_lost(root: Path, moved: str, lost: list[str]) -> None:
    before = load(root)
    page = "docs/reports/vale-2024.md"
    change(root, page, ("\n> The guild is cited at length.\n{: #s2p3 }\n", ""), ("genre: ", f"{moved}genre: "))
    after = load(root)
    assert not after.findings
    assert [one.what for one in between(before, after).lost] == lost


def test_with_a_proposition_its_cells_are_told_as_lost_and_so_is_a_hand_written_page(root: Path) -> None:
    (root / "docs/about").mkdir(exist_ok=True)
    (root / "docs/about/method.md").write_text("# Method\n\nRead twice.\n", "utf-8")
    before = load(root)
    (root / "docs/about/method.md").unlink()
    (root / PROPOSITION).unlink()
    lost = {one.what for one in between(before, load(root)).lost}
    assert {"/about/method/", "/propositions/freight-to-road/", "/matrix/#freight-to-road--vale-2024"} <= lost


def test_a_revision_that_there_is_not(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--root", str(root), "diff", "--format", "markdown", "nowhere"]) == 2
    assert "there is no revision `nowhere`" in capsys.readouterr().err


def test_a_revision_before_the_edition_began(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(base, "init", "-q", "-b", "main")
    git(base, "commit", "-qm", "Nothing", "--allow-empty")
    assert cli.main(["--root", str(base), "diff", "HEAD"]) == 0
    assert "vale-2024/freight-to-road: new: leans-reject" in capsys.readouterr().out


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x85\u2028\u2029")))
def test_contributed_text_in_a_comment_is_text(text: str) -> None:
    html = Markdown(extensions=["tables", "pymdownx.superfences", "pymdownx.tilde"]).convert(
        f"- key: {telling.inert(text)}"
    )
    assert "<" not in html.replace("<ul>", "").replace("</ul>", "").replace("<li>", "").replace("</li>", "").replace(
        "<p>", ""
    ).replace("</p>", "")


@pytest.mark.parametrize(
    "text",
    [
        "@someone",
        "org/repo#12",
        "#12",
        "GH-12",
        "https://a.example",
        "www.a.example",
        "<b>",
        "![x](https://a.example)",
        "[a](b)",
    ],
)
def test_nothing_in_a_comment_is_found_by_the_code_host(text: str) -> None:
    told = telling.inert(text)
    for live in ("@s", "#1", "GH-1", "https://", "www.a", "<b", "![x]", "[a]"):
        assert live not in told


def test_two_equal_editions_do_not_differ(base: Path) -> None:
    assert not between(load(base), load(base)).any
