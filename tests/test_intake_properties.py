"""What must hold for any text: no line is lost, and markers come through every dress unharmed."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from variorum.intake import read

sys.path.insert(0, str(Path(__file__).parent))  # the invented reports stand beside the tests

from intake import press
from intake.invented import Part, Piece, Report

CALM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = [
    "river",
    "toll",
    "lock",
    "barge",
    "mill",
    "grain",
    "road",
    "county",
    "winter",
    "gauge",
    "quay",
    "owner",
    "price",
    "valley",
    "count",
    "harbour",
]
ROW = st.text(alphabet=st.sampled_from("abcAB 123.,:;?!“”()[]-–—•#>*_|<>/^&\u00a0\u00ad"), max_size=60)


@CALM
@example(rows=[">"], form=".md")
@given(rows=st.lists(ROW, min_size=1, max_size=25), form=st.sampled_from([".txt", ".md"]))
def test_no_line_is_lost(tmp_path: Path, rows: list[str], form: str) -> None:
    """Account for each non-blank line, whatever stands in it."""
    path = tmp_path / f"report{form}"
    path.write_text("A word to begin with.\n" + "\n".join(rows), encoding="utf-8")
    intake = read(path, "any")
    assert set(intake.input_lines) == set(intake.places())


@CALM
@example(rows=["\xad", "]"])
@given(st.lists(ROW, min_size=1, max_size=12))
def test_no_line_of_a_page_is_lost(tmp_path: Path, rows: list[str]) -> None:
    """Account for each line of a page."""
    path = tmp_path / "report.html"
    path.write_text("<p>A word.</p>" + "".join(f"<p>{row}</p>" for row in rows), encoding="utf-8")
    intake = read(path, "any")
    assert set(intake.input_lines) == set(intake.places())


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Make up a report whose sentences carry markers 1 to n, as they come."""
    count = 0
    parts = []
    notes = {}
    for number in range(draw(st.integers(2, 4))):
        pieces = []
        for _ in range(draw(st.integers(1, 3))):
            text = ""
            for _ in range(draw(st.integers(3, 5))):
                chosen = draw(st.lists(st.sampled_from(WORDS), min_size=9, max_size=14))
                text += f"{' ' if text else ''}The {' '.join(chosen)} fell in {draw(st.integers(1990, 2024))}."
                if draw(st.booleans()):
                    count += 1
                    text += f"{{{{{count}}}}}"
                    notes[str(count)] = f"Vale, Locks, vol. {number + 1} (Carrow, 2019), p. {100 + count}."
            pieces.append(Piece("paragraph", text))
        parts.append(Part(f"The {WORDS[number].capitalize()} and the {WORDS[-1 - number].capitalize()}", 1, pieces))
    return Report("Dear Water and Dearer Roads", ["Mary Vale"], "March 2024", parts, notes)


@pytest.mark.parametrize("style", ["glued", "bracketed", "unicode", "tag", "footnote", "page"])
@CALM
@given(report=reports())
def test_markers_survive_every_dress(tmp_path: Path, style: str, report: Report) -> None:
    """Find each marker at its offset, behind a year too, and no other."""
    text = press.html(report) if style == "page" else press.markdown(report, style)
    path = tmp_path / ("report.html" if style == "page" else "report.md")
    path.write_text(text, encoding="utf-8")
    intake = read(path, "any")
    wanted = [mark for _, _, units in press.expected(report) for _, _, marks in units for mark in marks]
    assert [(mark.label, mark.offset) for unit in intake.units for mark in unit.marks] == wanted
    assert {note.label: note.text for note in intake.notes} == report.notes
