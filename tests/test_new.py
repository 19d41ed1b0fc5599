"""`variorum new`: every kind of record, valid as written, never over another, taken back where it does not pass."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from variorum import cli, drafts, layout, starter
from variorum.edition import load

GIVEN = {
    "position": "vale-2024 locks --stance affirms --at s1p1 --quote nobody",
    "figure": "vale-2024 --quantity river-freight --value 12 --unit tons --at s2p1 --quote twelve",
    "comment": "vale-2024 --at s2p1 --body Hm.",
    "erratum": "vale-2024 --at n1 --quote a --reads a --should-read b --because c --certainty likely",
    "query": "vale-2024 --at n1 --quote a --reads a --should-read b --because c --certainty possible",
    "relation": "vale-2024 --from vale-2024#s1p1 --to vale-2024#n4 --type extends",
    "mention": "vale-2024 --at s1p1 --source river-board-2022 --how named",
    "reply": "vale-2024 --to vale-2024/freight-to-road --body No.",
    "proposition": "weirs --statement Weirs. --topic trade --affirms-means a --rejects-means b",
    "topic": "water --title Water --order 2",
    "quantity": "tolls --title Tolls --measures Tolls. --unit marks",
    "person": "vale --name Vale",
    "editor": "ada --name Ada",
    "retired": "old-map --title Map --addresses /maps/river/ --date 2026-11-20 --because Wrong.",
    "source": "marsh-2019 --title Rivers --author Marsh,Ada --date 2019",
    "report": "weir-2020 --author Weir,Al --title Weirs&co --institution I --date 2020 --url https://w.example/ --genre essay --scope s --abstract a",  # noqa: E501
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    starter.lay_out(tmp_path / "edition", "River tolls", "2026-11-21")
    (tmp_path / "edition" / "docs" / "propositions" / "locks.md").write_text(
        "---\nstatement: The locks are neglected.\ntopic: trade\nwording: 2\nearlier: [Locks rot.]\naffirms_means: a\nrejects_means: b\n---\n",  # noqa: E501
        "utf-8",
    )
    return tmp_path / "edition"


def run(root: Path, line: str, *more: str) -> int:
    if line.startswith("retired"):  # only what was once released can be
        (root / layout.LEDGER).write_text("2026-11-01 /maps/river/\n", "utf-8")
    return cli.main(["--root", str(root), "new", *line.split(), *more])


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_there_is_a_line_for_every_kind() -> None:
    assert set(GIVEN) == set(drafts.KINDS)


@pytest.mark.parametrize("kind", GIVEN)
def test_what_is_written_passes_the_check(root: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(root)
    assert run(root, f"{kind} {GIVEN[kind]}") == 0, capsys.readouterr()
    after = {name: held for name, held in files(root).items() if name != layout.LEDGER}
    new = set(after) - set(before)
    assert len(new) == (0 if kind == "source" else 1)
    assert {name for name in before if before[name] != after[name]} <= {
        f"bibliography/{'reports' if kind == 'report' else 'literature'}.bib"
    }
    assert cli.main(["--root", str(root), "check"]) == 0


@pytest.mark.parametrize(
    "kind",
    [kind for kind in GIVEN if kind not in ("figure", "comment", "erratum", "query", "relation", "mention", "reply")],
)
def test_a_second_one_of_the_same_name_is_refused(root: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(root, f"{kind} {GIVEN[kind]}")
    before = files(root)
    assert run(root, f"{kind} {GIVEN[kind]}") == 2
    assert files(root) == before
    said = capsys.readouterr().err
    assert "already" in said and "to change it, edit" in said


def test_a_second_comment_on_a_place_gets_a_number(root: Path) -> None:
    run(root, f"comment {GIVEN['comment']}")
    run(root, f"comment {GIVEN['comment']}")
    assert {slug for _, slug in load(root).annotations} >= {"comment-s2p1", "comment-s2p1-2"}


def test_what_does_not_pass_is_taken_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(root)
    assert run(root, "position vale-2024 locks --stance affirms --at s1p1 --quote", "one " * 16) == 1
    assert files(root) == before
    assert "long-quotation" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("position vale-2042 locks --own silent", "did you mean `vale-2024`?"),
        ("position vale-2024 lock-s --own silent", "did you mean `locks`?"),
        ("comment vale-2024 --at s2p9 --body x", "did you mean"),
        ("mention vale-2024 --at s1p1 --person kestral --how named", "did you mean `kestrel`?"),
        ("comment vale-2024 --body x", "`--at` is missing"),
        ("person Ida --name Ida", "`Ida` is not a key"),
        (
            "erratum vale-2024 --at s1p1 --quote a --reads a --should-read b --because c --certainty sure",
            "one of `certain`",
        ),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_written(
    root: Path, line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(root)
    assert run(root, line) == 2
    assert said in capsys.readouterr().err
    assert files(root) == before


def test_keys_are_completed_and_the_wording_is_the_present_one(root: Path) -> None:
    assert run(root, "position vale lock --stance leans-a --at s1p1 --quote x") == 0
    record = load(root).positions["vale-2024", "locks"]
    assert record.fields.wording == 2
    assert record.fields.own[0].stance == "leans-affirm"  # type: ignore[union-attr]
    assert record.fields.by == ("guest",)


def test_a_reported_view_and_a_silent_report(root: Path) -> None:
    assert (
        run(
            root,
            "position vale-2024 locks --voice reported --stance affirms --at s2p3 --quote x --who",
            "kestrel, some clerks",
        )
        == 0
    )
    view = load(root).positions["vale-2024", "locks"].fields.reported[0]
    assert view.who == ("kestrel", "some clerks")
    (root / "docs/annotations/vale-2024/locks.md").unlink()
    assert run(root, "position vale-2024 locks --own silent") == 0
    assert load(root).positions["vale-2024", "locks"].fields.own == "silent"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("{City Transit Office}", ["City Transit Office"]),
        ("Vale, Tom and {Guild of Locks and Weirs}", ["Tom Vale", "Guild of Locks and Weirs"]),
        ("Kestrel", ["Kestrel"]),
    ],
)
def test_a_body_in_braces_is_no_family(root: Path, given: str, read: list[str]) -> None:
    assert run(root, "source lines-2024 --title Lines --date 2024 --author", given) == 0
    assert [name.full for name in load(root).entries["lines-2024"].authors] == read


@pytest.mark.parametrize("given", ["City Transit Office", "Vale, Tom and City Transit Office", "Tom Vale and Ida, A"])
def test_a_name_that_may_be_a_person_s_or_a_body_s_is_refused(
    root: Path, given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(root)
    assert run(root, "source lines-2024 --title Lines --author", given) == 2
    assert "a body in braces, {River Board}" in capsys.readouterr().err
    assert files(root) == before


def test_printing_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(root)
    assert run(root, f"comment {GIVEN['comment']} --print") == 0
    assert capsys.readouterr().out.startswith("---\nkind: comment\nat: s2p1\nby: [guest]\n")
    assert files(root) == before


def on_a_terminal(root: Path, line: str, answers: list[str]) -> tuple[int, str]:
    """Run the command with someone who answers each question; return its exit code and all that was printed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "variorum.cli", "--root", str(root), "new", *line.split()]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    told = b""
    for answer in answers:
        seen = b""
        while not seen.replace(b"\r", b"").endswith(b"> "):
            seen += os.read(ours, 1)
        told += seen
        os.write(ours, answer.encode())
    with contextlib.suppress(OSError):  # it hangs up
        while more := os.read(ours, 1000):
            told += more
    os.close(ours)
    return process.wait(30), told.decode().replace("\r", "")


def test_on_a_terminal_it_asks_for_what_is_missing_and_asks_again(root: Path) -> None:
    (root / "docs/editors/ida.md").write_text("---\nname: Ida\n---\n", "utf-8")
    answers = ["vale-2024\n", "lockz\n", "locks\n", "guets\n", "guest, ida\n", "affirms\n", "s1p1\n"]
    code, told = on_a_terminal(root, "position --quote x", answers)
    assert code == 0, told
    assert "did you mean `locks`?" in told
    assert "did you mean `guest`?; a new one: `variorum new editor`" in told
    assert load(root).positions["vale-2024", "locks"].fields.by == ("guest", "ida")


def test_whoever_ends_before_the_last_answer_has_written_nothing(root: Path) -> None:
    before = files(root)
    code, told = on_a_terminal(root, "position --quote x", ["vale-2024\n", "\x04"])
    assert code == 2
    assert told.endswith("variorum: ended before all was answered; nothing was written\n")
    assert files(root) == before
