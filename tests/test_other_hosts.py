"""What another host prints that runs our Markdown extension but no plugin: the written pages as they are meant."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from markdown import Markdown
from markdown.preprocessors import Preprocessor

from variorum import cli


class Told(Preprocessor):
    """Tell which page is in hand, as Zensical does."""

    def __init__(self, md: Markdown, path: str) -> None:
        super().__init__(md)
        self.page = SimpleNamespace(path=path)

    def run(self, lines: list[str]) -> list[str]:
        return lines


def printed(root: Path, folder: Path, path: str) -> str:
    parser = Markdown(extensions=["tables", "variorum"], extension_configs={"variorum": {"root": str(root)}})
    parser.preprocessors.register(Told(parser, path), "told", 0)
    text = (folder / path).read_text("utf-8")
    return parser.convert(text.split("\n---\n", 1)[-1])


@pytest.fixture
def written(base: Path, tmp_path: Path) -> Path:
    (base / "docs" / "about.md").write_text("# About\n", "utf-8")
    folder = tmp_path / "written"
    assert cli.main(["--root", str(base), "pages", "--out", str(folder)]) == 0
    return folder


def test_the_matrix_stays_a_table_and_a_contributor_s_page_stays_text(base: Path, written: Path) -> None:
    matrix = printed(base, written, "matrix.md")
    assert 'class="vr-cell' in matrix
    assert "&lt;td" not in matrix
    (written / "about.md").write_text("<script>x</script> <b>y</b>\n", "utf-8")  # as the check would not let it be
    about = printed(base, written, "about.md")
    assert "&lt;script&gt;" in about
    assert "<script" not in about and "<b>" not in about


def test_a_host_that_is_not_told_where_the_edition_is_says_so(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(written.parent)
    with pytest.raises(FileNotFoundError, match="set `root` of the Markdown extension"):
        printed(Path(), written, "matrix.md")
