"""Import of files made to take memory, time or the reader's life: read within bounds, or refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile.documents import ENDLESS, PDFS, WEB
from variorum.intake import apart
from variorum.intake.command import run

BREAKS = "a form that draws itself"
FILES = {f"{name}.pdf": data for name, data in PDFS.items() if name != BREAKS} | {
    f"{name}.html": data for name, data in WEB.items()
}


@pytest.mark.parametrize("name", FILES)
def test_whatever_it_is_import_reads_it_or_says_why_not(name: str, tmp_path: Path) -> None:
    """The child has two gigabytes and two minutes; to end otherwise than with a result is to fail here."""
    path = tmp_path / name
    path.write_bytes(FILES[name])
    code, said = run(path, "any")
    assert code in (0, 1) and "Traceback" not in said
    assert code == 0 or (said.startswith("error[import]: ") and "help: " in said)


def test_what_breaks_its_reader_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(PDFS[BREAKS])
    code, said = run(path, "any")
    assert code == 1 and "takes more than 2 GB of memory, or breaks its reader" in said


def test_a_page_of_letters_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letters.pdf"
    path.write_bytes(PDFS["letters without end"])
    code, said = run(path, "any")
    assert code == 1 and "import reads at most 200,000 on a page" in said


def test_what_would_never_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 2)
    path = tmp_path / "endless.pdf"
    path.write_bytes(ENDLESS)
    code, said = run(path, "any")
    assert code == 1 and "takes longer than 2 seconds to read" in said


def test_a_page_that_is_read_apart_says_the_same(tmp_path: Path) -> None:
    """Where a file is read makes no difference to what is found in it."""
    path = tmp_path / "long.html"
    path.write_text("<h1>Tolls</h1>" + "<p>The <b>river</b> fell.</p>" * 4_000, "utf-8")
    assert apart.is_wanted(path)
    found = apart.in_a_child(path, "any", None)
    assert len(found.units) == 4_000 and found.title == "Tolls"
