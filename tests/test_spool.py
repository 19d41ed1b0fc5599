"""A page that waits for the host is held packed, comes back as it was, and leaves nothing behind."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config

from configured import configure
from variorum.spool import Spool

NAV = "[index.md, Matrix: matrix.md, Reports: [reports/index.md], About: [about/index.md]]"
HOOKS = """
def on_env(env, config, files):
    texts = [page.file.content_string + page.markdown + page.content for page in pages(files)]
    told = config.docs_dir.removesuffix("docs") + "held.txt"
    with open(told, "w") as out:
        out.write(f"{len(texts)} {sum(map(len, texts))}")

def pages(files):
    return [file.page for file in files.documentation_pages() if file.generated_by == "variorum"]

def on_page_context(context, page, config, nav):
    assert "<" in page.content, "another plugin reads what a page says"
    if FAILS and page.file.src_uri == "matrix.md":
        raise RuntimeError("a build that fails half-way")
"""


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text(st.characters(exclude_categories=())))))
def test_a_text_comes_back_as_it_was_put_by_last(texts: list[tuple[str, str]]) -> None:
    spool = Spool()
    for name, text in texts:
        spool.put(name, text)
    for name, text in dict(texts).items():
        assert spool.take(name) == text
        with pytest.raises(KeyError):
            spool.take(name)


@pytest.mark.parametrize("fails", [False, True])
def test_the_host_holds_no_page_between_reading_and_writing(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    settings = configure(base, NAV, search=False)
    (base / "hooks.py").write_text(f"FAILS = {fails}\n{HOOKS}", "utf-8")
    settings.write_text(settings.read_text("utf-8") + "\nhooks: [hooks.py]\n", "utf-8")
    config = load_config(str(settings), site_dir=str(tmp_path / "site"))
    if fails:
        with pytest.raises(RuntimeError, match="half-way"):
            build(config)
    else:
        build(config)
        matrix = (tmp_path / "site" / "matrix" / "index.html").read_text("utf-8")
        assert re.search(r"<article.*<table.*vale-2024", matrix, re.DOTALL), "the page is whole again"
    count, held = map(int, (base / "held.txt").read_text().split())
    assert count > 20
    assert held == 0
    assert list(scratch.iterdir()) == [], "a build leaves nothing in the folder of temporary files"
