"""CONTRIBUTING and the guides: every command in them runs, every example in them is valid, every table is fresh."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from test_diff import git
from variorum import cli, starter
from variorum.commands.fields import with_tables
from variorum.edition import load
from variorum.words import Kind

ROOT = Path(__file__).parent.parent
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
GUIDE = (ROOT / "docs" / "about" / "adding-a-report.md").read_text("utf-8")
EXAMPLES = re.findall(r"<!-- file: (\S+) -->\n```yaml\n(.*?)```", CONTRIBUTING, re.DOTALL)


def commands(text: str) -> list[str]:
    """Return the commands of a document's console blocks, in order."""
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a new edition, just as it is laid out, under Git, as the working folder."""
    starter.lay_out(tmp_path / "edition", "River tolls", "2026-11-21")
    monkeypatch.chdir(tmp_path / "edition")
    monkeypatch.delenv("VARIORUM_TEXTS", raising=False)
    git(Path(), "init", "-q", "-b", "main")
    git(Path(), "add", "-A")
    git(Path(), "commit", "-qm", "One")
    return tmp_path / "edition"


def run(command: str) -> None:
    program, *words = shlex.split(command)
    if program == "variorum":
        assert cli.main(words) == 0, command
    elif program == "make":  # the Makefile's own recipes, in this edition; the environment is there
        make = ["make", "--file", str(ROOT / "Makefile"), "--old-file", "env", *words]
        done = subprocess.run(make, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    else:
        assert program == "git", command
        subprocess.run([program, *words], check=True, capture_output=True)


def test_every_command_of_contributing_runs_in_order(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = commands(CONTRIBUTING)
    assert len(lines) > 15
    for line in lines:
        run(line)
    capsys.readouterr()
    assert cli.main(["check"]) == 0, capsys.readouterr().out


def test_every_kind_has_an_example_and_all_of_them_pass_together(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in EXAMPLES:
        (root / name).write_text(text, "utf-8")
    assert cli.main(["check"]) == 0, capsys.readouterr().out
    assert {record.fields.kind for record in load(root).annotations.values()} == set(Kind)  # type: ignore[attr-defined]


def test_the_tables_are_fresh() -> None:
    assert with_tables(CONTRIBUTING) == CONTRIBUTING, "run: variorum fields --into CONTRIBUTING.md"


def test_every_command_of_the_guide_runs_in_order(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "texts").mkdir()
    (root / "texts" / "weir-2020.pdf").write_bytes(pdf(PAGES))
    (root / ".venv").symlink_to(sys.prefix)
    lines = commands(GUIDE)
    assert any(line.startswith("make verify") for line in lines) and any("site" in line.split() for line in lines)
    for line in lines:
        run(line)
    assert "Weirs and water" in (root / "site" / "reports" / "weir-2020" / "index.html").read_text("utf-8")
    assert (root / "bibliography" / "seals" / "weir-2020.json").is_file()
    edition = load(root)
    assert list(edition.reports["weir-2020"].units) == ["s1p1", "s2p1", "s2p2"]
    capsys.readouterr()
    assert cli.main(["check"]) == 0, capsys.readouterr().out


PAGES = [
    [
        ("Weirs and water", 20),
        ("The weirs of the lower river are forty years old, and nobody has asked who will pay for new ones.", 11),
        ("What it costs", 15),
        ("A new weir costs two million marks, and the board has put aside a tenth of that in ten years.", 11),
        ("The towns below the weir pay nothing, although they would be the first to stand under water.", 11),
    ]
]


def pdf(pages: list[list[tuple[str, int]]]) -> bytes:
    """Return a PDF with these lines, each with its size in points, 46 points apart."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = "".join(
            f"BT /F1 {size} Tf 40 {760 - 46 * row} Td ({line}) Tj ET\n" for row, (line, size) in enumerate(lines)
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream")
        kids.append(len(objects) + 1)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 620 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {len(objects)} 0 R >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>"
    out, places = b"%PDF-1.4\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{held}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()
