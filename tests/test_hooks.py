"""The hooks stop a commit that the check or the linter would refuse, with pre-commit and without; no network needed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from variorum import starter

ROOT = Path(__file__).parent.parent
PERSON = "docs/people/kestrel.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a new edition under Git with this repository's hooks and environment."""
    edition = tmp_path / "edition"
    starter.lay_out(edition, "River tolls", "2026-11-21")
    shutil.copytree(ROOT / ".githooks", edition / ".githooks")
    shutil.copy(ROOT / ".pre-commit-config.yaml", edition)
    (edition / ".venv").symlink_to(sys.prefix)
    (edition / ".gitignore").write_text(".venv\n", "utf-8")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "T")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "t@t.example")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "held"))
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    git(edition, "init", "-q", "-b", "main")
    return edition


def git(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(
        ["git", "-c", "commit.gpgsign=false", *words],
        cwd=root, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def commit(root: Path) -> tuple[bool, str]:
    """Try to commit everything; return whether it went through, and what was said."""
    git(root, "add", "-A")
    done = git(root, "commit", "-m", "One")
    return done.returncode == 0, done.stdout + done.stderr


def test_pre_commit_checks_the_edition_and_the_code(root: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "pre_commit", "install"], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    right = (root / PERSON).read_text("utf-8")
    (root / PERSON).write_text(right.replace("role:", "roll:"), "utf-8")
    (root / "code.py").write_text("import os\nx = {  }\n", "utf-8")
    went, said = commit(root)
    assert not went
    assert "error[unknown-field]: there is no field `roll`" in said
    assert re.search(r"style of the code\.+Failed", said), said
    assert "F401" in said
    (root / PERSON).write_text(right, "utf-8")
    (root / "code.py").write_text("x = {}\n", "utf-8")
    went, said = commit(root)
    assert went, said


def test_the_hook_without_pre_commit_checks_the_edition(root: Path) -> None:
    git(root, "config", "core.hooksPath", ".githooks")
    right = (root / PERSON).read_text("utf-8")
    (root / PERSON).write_text(right.replace("role:", "roll:"), "utf-8")
    went, said = commit(root)
    assert not went
    assert "error[unknown-field]: there is no field `roll`" in said
    (root / PERSON).write_text(right, "utf-8")
    went, said = commit(root)
    assert went, said
