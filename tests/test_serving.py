"""The page for addresses that are not there finds its way home wherever `site_url` puts the site."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from configured import configure

ROOT = Path(__file__).parent.parent


def test_not_found_leads_home_from_any_depth(tmp_path: Path) -> None:
    root, folder = tmp_path / "edition", "/some/folder/"
    shutil.copytree(ROOT / "tests" / "editions" / "base", root)
    file = configure(root, "[index.md, Matrix: matrix.md, about/index.md]", search=False)
    text = file.read_text("utf-8")
    file.write_text(re.sub("^site_url: .*$", f"site_url: https://host.example{folder}", text, flags=re.M), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(root / "site")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    page = (root / "site" / "404.html").read_text("utf-8")
    named = [one for one in re.findall(r'(?:href|src)="([^"#]+)', page) if not one.startswith("https:")]
    assert {f"{folder}matrix/", f"{folder}assets/variorum.css"} <= set(named)
    for address in named:
        assert address.startswith(folder), "an address that depends on where one went astray"
        file = root / "site" / address.removeprefix(folder)
        assert (file / "index.html" if file.is_dir() else file).is_file(), address
