"""The invented edition that citing is tested on: the base edition, a full bibliography, quotations proved or not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from conftest import lay_over
from variorum import cli

HERE = Path(__file__).parent
CASE = HERE / "citing"


def lay(target: Path, proved: bool = True) -> Path:
    """Lay the edition into a folder; with `proved` the quotations from one report are, as `variorum verify` does it."""
    root = lay_over(CASE, target)
    if proved:
        (root / "texts").mkdir()
        shutil.copy(HERE / "texts" / "vale-2024.md", root / "texts")
        cli.main(["--root", str(root), "verify", "--write"])
        shutil.rmtree(root / "texts")
    return root


def build(root: Path, site: Path) -> Path:
    """Build the site without its search index."""
    without_search(root)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return site


def without_search(root: Path) -> None:
    """Configure an edition so that its site has no search index."""
    configuration = root / "mkdocs.yml"
    text = configuration.read_text("utf-8").replace("plugins: [variorum]", "plugins: [{variorum: {search: false}}]")
    configuration.write_text(text, "utf-8")
