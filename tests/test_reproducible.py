"""Two builds of one state are the same bytes, whatever the folder, the time zone, the locale and the hash seed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from configured import configure

ROOT = Path(__file__).parent.parent
BASE = ROOT / "tests" / "editions" / "base"


def built(root: Path, **settings: str) -> dict[str, str]:
    """Build the base edition in a folder of its own; return each file's checksum by its path in the site."""
    shutil.copytree(BASE, root)
    configure(root)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", **settings}
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(root / "site")]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    site = root / "site"
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    one = built(tmp_path / "one", TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    other = built(tmp_path / "another place" / "two", TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="2")
    assert any(name.startswith("pagefind/filter/") for name in one), "the search index is a part of the site"
    assert [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)] == []
