"""Miniature editions for tests: the base edition, and cases laid over it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import settings

if TYPE_CHECKING:
    from released_edition import Published

EDITIONS = Path(__file__).parent / "editions"
BASE = EDITIONS / "base"

settings.register_profile("variorum", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("variorum")


def lay_over(case: Path, target: Path) -> Path:
    """Copy the base edition to `target` and lay a case's own files over it; a file `delete.txt` names what goes."""
    shutil.copytree(BASE, target, dirs_exist_ok=True)
    if case != BASE:
        shutil.copytree(case, target, dirs_exist_ok=True)
        gone = target / "delete.txt"
        for name in gone.read_text("utf-8").split() if gone.exists() else []:
            (target / name).unlink()
    return target


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build this edition once for all suites, or take the site that VARIORUM_SITE names."""
    held = os.environ.get("VARIORUM_SITE")
    if held:
        return Path(held).resolve()
    run = tmp_path_factory.getbasetemp()
    folder = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "built"
    making = folder.with_name("making")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(making)]
    with FileLock(f"{folder}.lock"):  # of several processes that test, the first builds for all
        if not folder.exists():
            done = subprocess.run(command, cwd=EDITIONS.parents[1], capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr[-4000:]
            making.rename(folder)
    return folder


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Return a fresh copy of the base edition."""
    return lay_over(BASE, tmp_path / "edition")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Return an invented edition, released twice."""
    from released_edition import twice

    return twice(tmp_path_factory.mktemp("published"))
