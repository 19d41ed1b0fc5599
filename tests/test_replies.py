"""An author's reply stands on the page of the record that it answers, and leads to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum import cli, pages
from variorum.edition import load


def test_a_reply_stands_with_the_position_and_is_cited(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["new", "reply", "vale-2024", "--to", "vale-2024/freight-to-road", "--by", "tester", "--body"]
    assert cli.main(["--root", str(base), *words, "I meant all of it."]) == 0
    made = {page.path: page.text for page in pages.render(load(base))}
    answered = made["annotations/vale-2024/freight-to-road.md"]
    assert "I meant all of it." in answered
    assert "<b>Reply</b> by A. Tester" in answered
    assert '<a href="../reply-freight-to-road/">' in answered
    assert '<a href="../freight-to-road/">' in made["annotations/vale-2024/reply-freight-to-road.md"]
    capsys.readouterr()
    assert cli.main(["--root", str(base), "cite", "vale-2024/reply-freight-to-road"]) == 0
    told = capsys.readouterr().out
    assert "Tester" in told
    assert told.rstrip().endswith("/annotations/vale-2024/reply-freight-to-road/")
