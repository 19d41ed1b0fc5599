"""Nothing is lost: a command killed at any moment, a full disk, a tree that cannot be written, two writers at once."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from variorum import proofs, quotations, seals, verify, writing
from variorum.commands import code
from variorum.edition import load
from variorum.intake.command import write_scaffold
from variorum.seals import Seal, Sealed

WRITER = """
import sys
from pathlib import Path
from variorum import writing
path, letters = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
while True:
    for letter in letters:
        writing.replace(path, letter * 400_000 + "\\n")
"""


def state(root: Path) -> dict[str, bytes]:
    """Return every file of a tree with its bytes."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def is_whole(data: bytes) -> bool:
    return len(data) == 400_001 and len(set(data[:-1])) == 1 and data.endswith(b"\n")


def writer(path: Path, letters: str) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(path), letters], stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "ready\n"
    return process


def test_a_writer_killed_at_any_moment_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    path = tmp_path / "record.md"
    path.write_text("a" * 400_000 + "\n", "utf-8")
    rng = random.Random(9)
    for _ in range(12):
        process = writer(path, "ab")
        time.sleep(rng.uniform(0, 0.02))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert is_whole(path.read_bytes())


def test_two_writers_at_once_leave_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "record.md"
    path.write_text("a" * 400_000 + "\n", "utf-8")
    writers = [writer(path, "ab"), writer(path, "cd")]
    try:
        assert all(is_whole(path.read_bytes()) for _ in range(200))
    finally:
        for process in writers:
            process.kill()
            process.communicate()


def rows(root: Path) -> None:
    code._write(root / "docs/codings/tester.csv", [("vale-2024", "second-toll", "", "own", "silent", "", "2026-11-21")])


def seal(root: Path) -> None:
    seals.write(Seal("vale-2024", {"s1p1": Sealed("0" * 16, 8)}, frozenset()), root)


def prove(root: Path) -> None:
    found = [(quotation, "0123456789ab") for quotation in quotations.of_edition(load(root)) if quotation.record]
    assert found and proofs.write(root, found)


def rewrite(root: Path) -> None:
    page = root / "docs/reports/vale-2024.md"
    writing.Batch(
        root, {"docs/reports/vale-2024.md": page.read_text("utf-8") + "\n", "docs/people/new.md": "x\n"}
    ).make()


WRITERS = pytest.mark.parametrize("write", [rows, seal, prove, rewrite], ids=lambda write: write.__name__)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make every write of text fail as on a full disk, after some of it is down."""

    def fail(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    monkeypatch.setattr(Path, "replace", fail)
    monkeypatch.setattr(os, "replace", fail)
    monkeypatch.setattr(os, "link", fail)
    yield
    monkeypatch.undo()


@WRITERS
def test_on_a_full_disk_the_tree_is_as_before(base: Path, full_disk: None, write: object) -> None:
    before = state(base)
    with pytest.raises(OSError, match="No space"):
        write(base)  # type: ignore[operator]
    assert state(base) == before


@WRITERS
def test_what_is_written_is_all_that_changes(base: Path, write: object) -> None:
    before = state(base)
    write(base)  # type: ignore[operator]
    after = state(base)
    assert not [name for name in after if name.endswith(".part") or "/." in name]
    assert {name for name in before if before[name] != after.get(name)} <= {
        "docs/annotations/marsh-2019/freight-to-road.md",
        "docs/annotations/vale-2024/freight-to-road.md",
        "docs/reports/vale-2024.md",
    }


def test_an_import_never_writes_over_a_page(base: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.md"
    text.write_text("# A title\n\n## One\n\nA paragraph of words.\n", "utf-8")
    before = state(base)
    status, said = write_scaffold(text, "vale-2024", base, use_corrections=False)
    assert status and "exists already" in said and state(base) == before


def test_comments_and_order_survive_proofs(base: Path) -> None:
    path = base / "docs/annotations/marsh-2019/freight-to-road.md"
    path.write_text(
        path.read_text("utf-8").replace("by: [tester]", "by: [tester]   # who wrote it\n# a remark"), "utf-8"
    )
    before = path.read_text("utf-8")
    prove(base)
    after = path.read_text("utf-8")
    assert "# who wrote it\n# a remark" in after
    assert after.replace(", proof: 0123456789ab", "") == before
    assert verify is not None
