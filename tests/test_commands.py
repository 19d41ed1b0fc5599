"""What a command says of words that it cannot take: what is wrong with them, and what it would take."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum import cli


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("show vale", "no report or proposition `vale`; did you mean `vale-2024`?"),
        ("show vale-2024/freight-to-road", "did you mean `vale-2024`?"),
        ("show fright-to-road", "did you mean `freight-to-road`?"),
        ("import /nowhere/a.pdf --report vale-2024", "/nowhere/a.pdf is no file"),
        ("fields comment --into {root}/docs", "/docs is no file"),
        ("fields comment --into {root}/docs/index.md", "no place for a table, which is marked by `<!-- fields comment"),
    ],
)
def test_words_that_mean_nothing_here(base: Path, line: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--root", str(base), *line.format(root=base).split()]) == 2
    told = capsys.readouterr()
    assert said in told.err and told.out == ""


@pytest.mark.parametrize("command", ["check", "verify", "diff HEAD"])
def test_a_form_that_there_is_not_is_answered_with_those_there_are(
    base: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--root", str(base), *command.split(), "--format", "xml"])
    assert "invalid choice: 'xml' (choose from" in capsys.readouterr().err
