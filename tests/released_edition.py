"""An invented edition released twice, as `make release` does it; between the two, every kind of address moves."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from citing_edition import lay, without_search
from variorum import cli

RECORD = "docs/annotations/vale-2024/freight-to-road.md"
PAGE = "docs/reports/vale-2024.md"
MARSH = "docs/reports/marsh-2019.md"
GONE = "docs/retired/marsh-coding.md"
BUILD = f"{sys.executable} -m mkdocs build --quiet --strict --site-dir {{site}}"


def change(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text, (file, old)
    (root / file).write_text(text.replace(old, new), "utf-8")


def proved(target: Path) -> Path:
    """Lay the edition with every quotation proved: the report whose text is not held has none."""
    root = lay(target)
    (root / "docs/annotations/marsh-2019/freight-to-road.md").write_text(
        "---\nkind: position\nown: silent\nby: [tester]\ndate: 2026-11-21\n---\n", "utf-8"
    )
    return root


@dataclass(frozen=True)
class Published:
    """Hold an edition released twice, the published folder, and the first frozen copy as it was when it was made."""

    root: Path
    out: Path
    first: dict[str, bytes]
    refused: str


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def publish(root: Path, out: Path) -> int:
    return cli.main(["--root", str(root), "release", "--out", str(out), "--build", BUILD])


def twice(folder: Path) -> Published:
    """Release an edition, change it in every way that moves an address, and release it again."""
    root, out = proved(folder / "edition"), folder / "public"
    without_search(root)
    more = "\n\nThe locks are old.\n{: #s1p2 }\n\nA map is promised.\n{: #s1p3 }"
    change(root, MARSH, "{: #s1p1 }", "{: #s1p1 }" + more)
    assert publish(root, out) == 0
    first = content(out / "v" / "2026-11-21")

    change(root, "docs/index.md", "version: 0.0.1\ndate: 2026-11-21", "version: 0.0.2\ndate: 2026-12-01")
    change(root, "docs/index.md", "version: 0.0.2", "doi: 10.9999/tolls.2\nversion: 0.0.2")
    change(root, RECORD, "stance: leans-reject", "stance: balanced")
    shutil.move(root / "docs/propositions/second-toll.md", root / "docs/propositions/flood-toll.md")
    shutil.move(root / "docs/annotations/vale-2024/second-toll.md", root / "docs/annotations/vale-2024/flood-toll.md")
    change(root, "docs/propositions/flood-toll.md", "topic: trade", "topic: trade\naliases: [second-toll]")
    change(root, MARSH, more, "")
    change(root, MARSH, "coverage: complete", "coverage: complete\naliases: [marsh-river]\nmoved: {s1p2: s1p1}")
    (root / "docs/annotations/marsh-2019/freight-to-road.md").unlink()
    with pytest.MonkeyPatch.context() as patch:
        said: list[str] = []
        patch.setattr(sys.stderr, "write", said.append)
        assert publish(root, out) == 1
    (root / "docs/retired").mkdir()
    (root / GONE).write_text(
        "---\ntitle: Marsh on freight, and the promise of a map\n"
        'addresses: [/annotations/marsh-2019/freight-to-road/, "/reports/marsh-2019/#s1p3"]\n'
        "date: 2026-12-01\nbecause: Coded from another edition of the report.\n---\n",
        "utf-8",
    )
    assert publish(root, out) == 0
    return Published(root, out, first, "".join(said))
