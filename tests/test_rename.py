"""`variorum rename`: one file moves, every reference follows, the old key stays as an alias, nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum import cli
from variorum.edition import load


@pytest.fixture
def root(base: Path) -> Path:
    """Return the base edition with records that name each other in every way there is."""
    (base / "docs/quantities").mkdir()
    for name, text in {
        "docs/quantities/tolls.md": "title: Tolls\nmeasures: Tolls.\nunit: marks\ntopic: trade",
        "docs/annotations/vale-2024/income.md": 'kind: figure\nquantity: "tolls" # this one\nvalue: 1\nunit: marks\nat: s2p1\nquote: "half"\nby: [tester]\ndate: 2026-11-21',  # noqa: E501
        "docs/annotations/vale-2024/relation-marsh.md": "kind: relation\nfrom: vale-2024#s1p1\nto: marsh-2019#n1\ntype: disputes\nby: [tester]\ndate: 2026-11-21",  # noqa: E501
        "docs/annotations/vale-2024/mention-kestrel.md": "kind: mention\nat: s2p3\nperson: kestrel\nsource: marsh-2019\nhow: named\nby:\n  - tester\ndate: 2026-11-21",  # noqa: E501
        "docs/annotations/vale-2024/reply-vale.md": "kind: reply\nto: vale-2024/freight-to-road\nby: [tester]\ndate: 2026-11-21",  # noqa: E501
    }.items():
        body = "See [@marsh-2019, p. 3], [a cell](../../matrix.md#freight-to-road--marsh-2019), [her](../../people/kestrel.md), `[@marsh-2019]`.\n"  # noqa: E501
        (base / name).write_text(f"---\n{text}\n---\n{body if 'annotations' in name else ''}", "utf-8", newline="\n")
    (base / "docs/codings").mkdir()
    (base / "docs/codings/tester.csv").write_text(
        "report,proposition,speaker,voice,stance,unit,date\nmarsh-2019,freight-to-road,,own,affirms,s1p1,2026-11-21\n",
        "utf-8",
    )
    assert cli.main(["--root", str(base), "check"]) == 0
    return base


def texts(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


RENAMED = {
    "freight-to-road": "road",
    "propositions/second-toll": "flood",
    "marsh-2019": "marsh-2019-river",
    "kestrel": "ida-kestrel",
    "quantities/tolls": "toll-income",
    "trade": "traffic",
    "tester": "examiner",
    "river-board-2022": "board-2022",
    "vale-2024/relation-marsh": "disputes-marsh",
}


@pytest.mark.parametrize("old", RENAMED)
def test_every_reference_follows_and_the_way_back_gives_the_same_files(
    root: Path, old: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before, new = texts(root), RENAMED[old]
    assert cli.main(["--root", str(root), "rename", old, new]) == 0, capsys.readouterr()
    after, key = texts(root), old.rpartition("/")[2]
    assert cli.main(["--root", str(root), "check"]) == 0, capsys.readouterr()
    kept = ("aliases", "ids =", "`[@", "title", "scope:", "# ")  # aliases, code, prose
    left = [(name, line) for name, text in after.items() for line in text.splitlines() if key in line.replace(new, "")]
    assert not [(name, line) for name, line in left if not any(part in line for part in kept)]
    assert not [name for name in after if f"/{key}." in name or f"/{key}/" in name]
    assert len(after) == len(before)
    back = f"{old.rpartition('/')[0]}/{new}".lstrip("/")
    assert cli.main(["--root", str(root), "rename", back, key]) == 0
    returned = texts(root)
    assert set(returned) == set(before)
    for name, text in before.items():
        kept = [line for line in returned[name].splitlines() if not line.startswith(("aliases:", "  ids ="))]
        assert kept == text.splitlines(), name


def test_the_old_key_stays_as_an_alias(root: Path) -> None:
    cli.main(["--root", str(root), "rename", "freight-to-road", "road"])
    edition = load(root)
    assert edition.propositions["road"].fields.aliases == ("freight-to-road",)
    assert edition.annotations["vale-2024", "road"].fields.aliases == ("freight-to-road",)
    assert edition.annotations["vale-2024", "reply-vale"].fields.to == "vale-2024/road"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("freight-to-rode", "road", "did you mean `freight-to-road`?"),
        ("freight-to-road", "second-toll", "already"),
        ("freight-to-road", "To road", "not a key"),
        ("marsh-2019", "vale-2024", "already"),
    ],
)
def test_what_cannot_be_renamed(root: Path, old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = texts(root)
    assert cli.main(["--root", str(root), "rename", old, new]) == 2
    assert said in capsys.readouterr().err
    assert texts(root) == before
