"""The reading build: full texts on the reader's own machine, annotations on the exact words, overlapping ones too."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from variorum import evidence, finish
from variorum.edition import load
from variorum.pages import Press, reading

HERE = Path(__file__).parent


def test_overlapping_passages_are_split_into_flat_segments(base: Path) -> None:
    one, other, *_ = evidence.excerpts(load(base))["vale-2024"]
    found = reading.segments("abcdefgh", {one: (1, 5), other: (3, 7)}, [(4, "1"), (8, "2")])
    assert "".join(segment.text for segment in found) == "abcdefgh"
    told = [(segment.text, len(segment.excerpts), segment.marks) for segment in found]
    assert told == [
        ("a", 0, ()),
        ("bc", 1, ()),
        ("d", 2, ()),
        ("e", 2, ("1",)),
        ("fg", 1, ()),
        ("h", 0, ()),
        ("", 0, ("2",)),
    ]


def test_a_report_stands_in_full_with_its_annotated_words_marked(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VARIORUM_TEXTS", raising=False)
    assert list(reading.render(Press(load(base)))) == []
    (base / "texts").mkdir()
    shutil.copy(HERE / "texts" / "vale-2024.md", base / "texts" / "vale-2024.md")
    (page,) = reading.render(Press(load(base)))
    assert page.path == "reports/vale-2024.md"
    assert 'data-excerpts="s2p1-freight-to-road">the dry summer explains the rest</mark>' in page.text
    assert "nobody checked the clerks who kept the books" in page.text
    assert "do not publish it" in page.text


def test_every_page_of_a_reading_build_says_so_and_stays_out_of_search(tmp_path: Path) -> None:
    text = finish.marked("<html><head></head><body><p>x</p></body></html>")
    assert 'content="noindex, nofollow, noarchive"' in text
    assert "Do not publish" in text
    finish.mark_reading(tmp_path)
    assert (tmp_path / finish.READING).is_file()
    assert "Disallow: /" in (tmp_path / "robots.txt").read_text("utf-8")
