"""A new edition, from an empty folder to the built matrix; and the check that runs again at every change."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from test_contributing import PAGES, pdf
from variorum import cli, starter
from variorum.findings import Finding, Form, show
from variorum.source import Source
from variorum.starter import FOLDER

ROOT = Path(__file__).parent.parent


def variorum(root: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "variorum.cli", *words], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_from_an_empty_folder_over_a_pdf_and_a_position_to_the_matrix(tmp_path: Path) -> None:
    root = tmp_path / "edition"
    variorum(tmp_path, "init", "edition", "--title", 'The "river": tolls')
    assert "error" not in variorum(root, "check")
    (root / "texts").mkdir()
    (root / "texts" / "weir-2020.pdf").write_bytes(pdf(PAGES))
    outline = json.loads(variorum(root, "import", "texts/weir-2020.pdf", "--report", "weir-2020", "--json"))
    assert outline["report"] == "weir-2020"
    report = (
        "--author Weir,Al --institution I --date 2020 --url https://w.example/ --genre essay --scope s --abstract a"
    )
    variorum(
        root,
        "new",
        "report",
        "weir-2020",
        "--text",
        "texts/weir-2020.pdf",
        "--title",
        "Weirs and water",
        *report.split(),
    )
    words = ["--stance", "rejects", "--at", "s2p1", "--quote", "two million marks", "--by", "guest"]
    variorum(root, "new", "position", "weir-2020", "freight-to-road", *words)
    assert "error" not in variorum(root, "check")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    matrix = (root / "site" / "matrix" / "index.html").read_text("utf-8")
    assert "two million marks" in matrix
    told = (root / "site" / "data" / "matrix.csv").read_text("utf-8").splitlines()
    assert told[0] == "proposition,statement,topic,weir-2020,vale-2024"
    assert told[1].endswith("rejects,leans-reject")


def test_a_new_edition_has_nothing_to_mend(tmp_path: Path) -> None:
    variorum(tmp_path, "init", "edition")
    said = "its lock is that of a new edition after `variorum references`; put it into the starter"
    assert variorum(tmp_path / "edition", "check").startswith("nothing to mend in "), said


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    assert cli.main(["init", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert "not an empty folder" in capsys.readouterr().err


class _Loader(yaml.SafeLoader):
    """Read MkDocs' own tags as nothing."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


def test_its_configuration_is_this_editions() -> None:
    ours, theirs = (
        yaml.load(path.read_text("utf-8"), _Loader) for path in (ROOT / "mkdocs.yml", FOLDER / "mkdocs.yml")
    )
    for name in ("markdown_extensions", "extra_css", "extra_javascript", "validation", "plugins", "strict"):
        assert theirs.get(name) == ours.get(name), f"scripts/variorum/starter/mkdocs.yml: {name}"
    assert theirs["theme"] | {"custom_dir": "scripts/variorum/theme"} == ours["theme"]


def test_the_check_runs_again_when_a_file_changes(tmp_path: Path) -> None:
    starter.lay_out(tmp_path, "River tolls", "2026-11-21")
    command = [sys.executable, "-m", "variorum.cli", "--root", str(tmp_path), "check", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        until = iter(process.stdout.readline, "checked\n")
        assert not [line for line in until if line.startswith("error")]
        person = tmp_path / "docs" / "people" / "kestrel.md"
        person.write_text(person.read_text("utf-8").replace("role:", "roll:"), "utf-8")
        told = list(iter(process.stdout.readline, "checked\n"))
        process.terminate()
    assert told[0] == "— docs/people/kestrel.md\n"
    assert "error[unknown-field]: there is no field `roll`\n" in told


def test_an_editor_reads_what_the_watching_check_prints() -> None:
    (task,) = json.loads((ROOT / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"]
    assert task["command"] == ".venv/bin/variorum check --watch --format github"
    matcher = task["problemMatcher"]
    place = Source("docs/a, b.md", "role: keeper\nroll: x\n").on(2, 1, 4)
    line = show([Finding("unknown-field", place, "there is no field `roll`")], Form.GITHUB, 1).rstrip("\n")
    read = re.fullmatch(matcher["pattern"]["regexp"].strip("^$"), line)
    assert read, line
    names = {name: read[number] for name, number in matcher["pattern"].items() if name != "regexp"}
    assert names.pop("message").startswith("there is no field `roll`")
    assert names == {
        "severity": "error",
        "file": "docs/a%2C b.md",
        "line": "2",
        "column": "1",
        "endColumn": "4",
        "code": "unknown-field",
    }
    assert re.search(matcher["background"]["beginsPattern"], "— docs/people/kestrel.md")
    assert re.search(matcher["background"]["endsPattern"], "checked")
