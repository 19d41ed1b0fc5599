"""Nothing is lost: a command killed at any moment, a full disk, a tree that cannot be written, two writers at once."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import killing
from conftest import BASE, lay_over
from variorum import cli, journal, locking, proofs, quotations
from variorum.commands.intake import write_scaffold
from variorum.edition import load
from variorum.writing import Batch, Changed

HERE = Path(__file__).parent
POINTS = int(os.environ.get("VARIORUM_KILLS", "6"))
"""At how many moments a command is killed, drawn by lot from all there are, besides the first and the last."""
RECORD = "docs/annotations/marsh-2019/freight-to-road.md"
OURS = (".variorum/", "made/.variorum/", "out/.", "public/.")
"""Where a command keeps what it needs while it runs."""
State = dict[str, bytes]
Child = Callable[[str, str, Path, int], tuple[int | None, int, str]]


def state(root: Path) -> State:
    """Return every file of a tree with its bytes, without what our own commands keep while they run."""
    return {
        name: path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and not (name := path.relative_to(root).as_posix()).startswith(
            (".variorum/", "made/.variorum/", "out/.", "public/.")
        )
    }


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an edition in which every command that writes has something to do."""
    root = lay_over(BASE, tmp_path_factory.mktemp("durable") / "edition")
    (root / "texts").mkdir()
    shutil.copy(HERE / "texts" / "vale-2024.md", root / "texts" / "vale-2024.md")
    (root / "text.md").write_text("# A title\n\n## One\n\nA paragraph of words.\n", "utf-8")
    head = "report,proposition,speaker,voice,stance,unit,date\n"
    edition = load(root)
    rows = [
        f"{report},{claim},,own,silent,,2026-11-21\n" for report in edition.reports for claim in edition.propositions
    ]
    (root / "sheet.csv").write_text(head + "".join(rows), "utf-8")
    (root / "public").mkdir()
    (root / "public" / "index.html").write_text("<body>the site before</body>", "utf-8")
    (root / "public" / "old.html").write_text("<body>a page that goes</body>", "utf-8")
    return root


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    """Start the process that runs commands in trouble: (trouble, command, tree, number) → (code, events, words)."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795219200", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("VARIORUM_TEXTS", None)
    process = subprocess.Popen(
        [sys.executable, str(HERE / "killing.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=environment,
    )  # fmt: skip
    assert process.stdin and process.stdout
    to, back = process.stdin, process.stdout

    def ask(trouble: str, command: str, root: Path, number: int) -> tuple[int | None, int, str]:
        print(json.dumps([trouble, command, str(root), number]), file=to, flush=True)
        code, events, said = json.loads(back.readline())
        return code, events, said

    yield ask
    to.close()
    process.wait()


@pytest.mark.parametrize("name", killing.COMMANDS)
def test_a_command_killed_at_any_moment_loses_nothing(name: str, full: Path, child: Child, tmp_path: Path) -> None:
    """Each file is the old one or the new; the next command takes back what was half done; again it is done."""
    before = state(full)
    whole = Path(shutil.copytree(full, tmp_path / "whole"))
    code, events, said = child("kill", name, whole, 0)
    after = state(whole)
    assert code == 0 and events > 3 and after != before, said
    drawn = random.Random(name).sample(range(1, events + 1), min(POINTS, events))
    for number, at in enumerate(sorted({1, events, *drawn})):
        root = Path(shutil.copytree(full, tmp_path / str(at)))
        assert child("kill", name, root, at)[0] is None, at
        for path, data in state(root).items():
            assert data in (before.get(path), after.get(path)), (at, path)
        journal.recover(root / "made" if name == "init" else root)  # as every command does first
        held = state(root)
        records = {path: data for path, data in held.items() if not path.startswith("public/")}
        assert records in [
            {path: one[path] for path in one if not path.startswith("public/")} for one in (before, after)
        ]
        if name != "release":  # whose published folder is done again instead
            assert held in (before, after), at
        if held != after and number % 3 == 0:
            assert child("kill", name, root, 0)[0] == 0 and state(root) == after, at
        shutil.rmtree(root)


WRITER = """
import sys
from pathlib import Path
from variorum.writing import Batch
root, letters = Path(sys.argv[1]), sys.argv[2]
for _ in range(int(sys.argv[3])):
    for letter in letters:
        Batch(root, {name: letter * 40_000 + "\\n" for name in ("a.md", "b.md")}).make()
"""


def test_of_two_writers_at_once_one_waits_for_the_other(tmp_path: Path) -> None:
    """Each change is of two files, and nobody ever finds one writer's first with the other's second."""
    arguments = [[sys.executable, "-c", WRITER, str(tmp_path), letters, "15"] for letters in ("ab", "cd")]
    writers = [subprocess.Popen(one, stderr=subprocess.PIPE, text=True) for one in arguments]
    ended = [(writer.communicate()[1], writer.returncode) for writer in writers]
    assert ended == [("", 0), ("", 0)]
    held = state(tmp_path)
    assert held["a.md"] == held["b.md"] and len(set(held["a.md"])) == 2
    assert [*tmp_path.iterdir()] == [tmp_path / "a.md", tmp_path / "b.md"] or len([*tmp_path.iterdir()]) == 2


HOLDER = """
import sys
from pathlib import Path
from variorum import locking
sys.argv = ["variorum", "release", "--out", "public"]
with locking.held(Path(sys.stdin.readline().strip())):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(base: Path) -> Iterator[subprocess.Popen[str]]:
    """Start another process that has the edition's lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin and process.stdout
    print(base, file=process.stdin, flush=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


RENAME = ["rename", "freight-to-road", "road"]


def test_a_second_writer_is_told_who_the_first_is(
    base: Path, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(locking, "WAIT", 0.0)
    before = state(base)
    assert cli.main(["--root", str(base), *RENAME]) == 2
    said = capsys.readouterr().err
    assert f"`variorum release --out public` (process {holder.pid}, since " in said
    assert str(base / locking.LOCK) in said and "run this command again" in said
    assert state(base) == before
    assert cli.main(["--root", str(base), "check"]) == 0  # who only reads need not wait


def test_the_lock_of_a_killed_command_holds_nobody_up(base: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (base / locking.HOLDER).exists()
    assert cli.main(["--root", str(base), *RENAME]) == 0
    assert not (base / locking.FOLDER).exists()


def test_what_somebody_edits_meanwhile_is_not_written_over(base: Path) -> None:
    """A command works out its change from what it read; where that is another by now, it stops."""
    edition = load(base)
    found = [(one, "0123456789ab") for one in quotations.of_edition(edition) if one.record]
    record = base / RECORD
    record.write_text(record.read_text("utf-8") + "\nA thought that came meanwhile.\n", "utf-8")
    before = state(base)
    with pytest.raises(Changed, match="was changed while this command ran"):
        proofs.write(base, found)
    assert state(base) == before


def test_an_edit_made_after_a_kill_survives_the_taking_back(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record, other = base / RECORD, base / "docs/reports/vale-2024.md"
    texts = {path: path.read_text("utf-8") for path in (record, other)}
    names = {path.relative_to(base).as_posix(): text + "\nMore.\n" for path, text in texts.items()}
    batch = Batch(base, names)
    steps = batch._planned()
    journal.begin(base, steps)
    journal.carry_out(base, steps)  # and here it is killed
    record.write_text(record.read_text("utf-8") + "\nAn edit.\n", "utf-8")
    assert cli.main(["--root", str(base), "check"]) == 0
    assert "More.\n\nAn edit." in record.read_text("utf-8") and other.read_text("utf-8") == texts[other]
    said = capsys.readouterr().err
    assert "1 files are as they were" in said and f"{RECORD} was edited since and is left as it is" in said


SAID = "nothing was changed. To mend it, make "


@pytest.mark.parametrize(("name", "room"), [("rename", 0), ("rename", 16_000), ("verify", 16_000), ("init", 60_000)])
def test_on_a_full_disk_the_tree_is_as_before(name: str, room: int, full: Path, child: Child, tmp_path: Path) -> None:
    """The room is what the disk still has, in bytes: nothing, or enough for a part of the change."""
    root = Path(shutil.copytree(full, tmp_path / "edition"))
    code, _, said = child("mount", name, root, room)
    if code == 77:
        pytest.skip("this system allows no mounts of one’s own: a full disk is tried with limits on files only")
    assert code == 2 and f"no space left on device; {SAID}room on the disk" in said, said
    assert state(tmp_path / "edition.left") == state(full)


@pytest.mark.parametrize("name", ["rename", "verify", "import", "new", "init"])
def test_a_tree_that_cannot_be_written_gives_a_message(name: str, full: Path, child: Child, tmp_path: Path) -> None:
    root = Path(shutil.copytree(full, tmp_path / "edition"))
    code, _, said = child("mount", name, root, -1)
    if code == 77:
        pytest.skip("this system allows no mounts of one’s own: a tree that cannot be written is not tried")
    assert code == 2 and f"{tmp_path / 'disk' / 'edition'}" in said, said
    assert f"read-only file system; {SAID}the folder one that you may write to" in said
    assert state(tmp_path / "edition.left") == state(full)


@pytest.mark.parametrize("name", ["rename", "verify", "references", "pages", "init"])
@pytest.mark.parametrize("limit", [0, 100])
def test_where_no_file_may_grow_the_tree_is_as_before(
    name: str, limit: int, full: Path, child: Child, tmp_path: Path
) -> None:
    """A limit on the size of files fails in the midst of a write, as a full disk does, wherever the tests run."""
    root = Path(shutil.copytree(full, tmp_path / "edition"))
    code, _, said = child("limit", name, root, limit)
    assert code == 2 and f"{SAID}room on the disk" in said, said
    assert state(root) == state(full)


def rewrite(root: Path) -> None:
    page = root / "docs/reports/vale-2024.md"
    Batch(root, {"docs/reports/vale-2024.md": page.read_text("utf-8") + "\n", "docs/people/new.md": "x\n"}).make()


def prove(root: Path) -> None:
    found = [(quotation, "0123456789ab") for quotation in quotations.of_edition(load(root)) if quotation.record]
    assert found and proofs.write(root, found)


@pytest.mark.parametrize("write", [prove, rewrite], ids=lambda write: write.__name__)
def test_what_is_written_is_all_that_changes(base: Path, write: Callable[[Path], None]) -> None:
    before = state(base)
    write(base)
    after = state(base)
    assert not (base / locking.FOLDER).exists()
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed and changed <= {
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
    path = base / RECORD
    path.write_text(
        path.read_text("utf-8").replace("by: [tester]", "by: [tester]   # who wrote it\n# a remark"), "utf-8"
    )
    before = path.read_text("utf-8")
    prove(base)
    after = path.read_text("utf-8")
    assert "# who wrote it\n# a remark" in after
    assert after.replace(", proof: 0123456789ab", "") == before
