"""Import finds in every dress of an invented report what the report holds, and loses no line of it."""

import json
import sys
from pathlib import Path

import pytest

from variorum.intake import Intake, read

sys.path.insert(0, str(Path(__file__).parent))  # the invented reports stand beside the tests

from intake import press
from intake.invented import TALK, TOLLS, Report

CASES = Path(__file__).parent / "intake" / "cases"


def imported(folder: Path, name: str, text: str) -> Intake:
    """Import a text as if it were a file of that name."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path, "invented")


def outline(intake: Intake) -> list[object]:
    """Return what `press.expected` foretells."""
    return [
        (s.title, s.level, [(u.kind, u.text, [(m.label, m.offset) for m in u.marks]) for u in s.units])
        for s in intake.sections
    ]


def flat(sections: list[object]) -> list[object]:
    """Forget ranks and capitals, which some texts do not show."""
    return [(str(title).upper(), units) for title, _, units in sections]  # type: ignore[misc]


def complete(intake: Intake) -> bool:
    """Tell whether every non-blank line of the input went somewhere."""
    return set(intake.input_lines) == set(intake.places())


@pytest.mark.parametrize("style", ["glued", "spaced", "bracketed", "unicode", "tag"])
def test_text_with_blank_lines(tmp_path: Path, style: str) -> None:
    """Find everything but ranks in a text that marks only paragraphs."""
    intake = imported(tmp_path, "report.txt", press.text_open(TOLLS, style))
    assert flat(outline(intake)) == flat(press.expected(TOLLS))  # type: ignore[arg-type]
    assert {note.label: note.text for note in intake.notes} == TOLLS.notes
    assert intake.title == TOLLS.title and complete(intake)


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_text_cut_by_pages(tmp_path: Path, cut: int) -> None:
    """Mend paragraphs that pages, captions and pull quotes cut, where no blank line helps."""
    intake = imported(tmp_path, "report.txt", press.text_tight(TOLLS, cut))
    assert flat(outline(intake)) == flat(press.expected(TOLLS))  # type: ignore[arg-type]
    assert {note.label: note.text for note in intake.notes} == TOLLS.notes
    kinds = {piece.kind for piece in intake.furniture}
    assert {"title", "author", "rights", "about-the-author", "pull-quote", "caption", "about-the-institute"} <= kinds
    assert complete(intake)


@pytest.mark.parametrize("width", [40, 54, 72])
def test_text_wrapped_by_hand(tmp_path: Path, width: int) -> None:
    """Undo hard wrapping, with columns that end in mid-sentence."""
    intake = imported(tmp_path, "report.txt", press.text_wrapped(TOLLS, width))
    assert flat(outline(intake)) == flat(press.expected(TOLLS))  # type: ignore[arg-type]
    assert {note.label: note.text for note in intake.notes} == TOLLS.notes
    assert complete(intake)


@pytest.mark.parametrize("style", ["footnote", "tag", "unicode", "glued", "bracketed"])
@pytest.mark.parametrize("report", [TOLLS, TALK], ids=["paper", "interview"])
def test_markdown(tmp_path: Path, style: str, report: Report) -> None:
    """Read Markdown with footnotes of its own or with a list of notes and running heads that look like headings."""
    intake = imported(tmp_path, "report.md", press.markdown(report, style, running=style != "footnote"))
    assert outline(intake) == press.expected(report)
    assert {note.label: note.text for note in intake.notes} == report.notes
    assert intake.title == report.title and complete(intake)


@pytest.mark.parametrize("anchors", [True, False])
@pytest.mark.parametrize("report", [TOLLS, TALK], ids=["paper", "interview"])
def test_web_page(tmp_path: Path, anchors: bool, report: Report) -> None:
    """Read a page, with its navigation, share bar and footer set aside."""
    intake = imported(tmp_path, "report.html", press.html(report, anchors))
    assert outline(intake) == press.expected(report)
    assert {note.label: note.text for note in intake.notes} == report.notes
    assert {"navigation", "share", "imprint", "author", "date"} <= {piece.kind for piece in intake.furniture}
    assert complete(intake)


@pytest.mark.parametrize("path", sorted((CASES / "pdf").glob("*.pdf")), ids=lambda path: path.stem)
def test_printed(path: Path) -> None:
    """Read PDFs in one and two columns, with footnotes or endnotes, indents or gaps, and hyphenated lines."""
    intake = read(path, "invented")
    assert outline(intake) == press.expected(TOLLS)
    assert {note.label: note.text for note in intake.notes} == TOLLS.notes
    assert intake.title == TOLLS.title and complete(intake)


def test_there_are_printed_cases() -> None:
    """Keep an empty folder from passing for success."""
    assert len(list((CASES / "pdf").glob("*.pdf"))) >= 5


@pytest.mark.parametrize(
    "path",
    sorted(CASES.glob("*.txt")) + sorted(CASES.glob("*.md")) + sorted(CASES.glob("*.html")),
    ids=lambda p: p.name,
)
def test_cases(path: Path) -> None:
    """Find in each small case what its JSON says."""
    wanted = json.loads(path.with_name(path.name + ".json").read_text(encoding="utf-8"))
    intake = read(path, path.stem)
    assert json.loads(intake.as_json()) == wanted
    assert complete(intake)


def test_interview_gives_every_answer_its_speaker(tmp_path: Path) -> None:
    """Let a speaker named once hold until the next."""
    intake = imported(tmp_path, "report.txt", press.text_open(TALK))
    assert [unit.speaker for unit in intake.units] == ["marsh", "marsh", "oakley", "oakley", "marsh"]
    assert [section.title for section in intake.sections] == [part.title for part in TALK.parts]


def test_output_is_stable(tmp_path: Path) -> None:
    """Print the same JSON for the same input."""
    text = press.text_tight(TOLLS)
    assert imported(tmp_path, "report.txt", text).as_json() == imported(tmp_path, "report.txt", text).as_json()
