"""What a preview keeps of the build before is never stale: it serves just what a build from nothing would."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from configured import configure
from conftest import BASE
from variorum import layout, markup, plots, previews
from variorum.edition import load
from variorum.markup import Frame
from variorum.plugin import VariorumPlugin

POSITION = "docs/annotations/vale-2024/freight-to-road.md"
SHOWN = "annotations/vale-2024/freight-to-road"
SILENT = "docs/annotations/vale-2024/second-toll.md"
NAV = "[index.md, Matrix: matrix.md, Reports: [reports/index.md], About: [about/index.md]]"
FOOTER = "theme/partials/footer.html"
RETIRED = """---
title: Vale on the second toll
addresses: [/annotations/vale-2024/second-toll/, "/reports/vale-2024/#s9p9"]
date: 2026-11-22
because: Vale says nothing of it.
---
"""


@pytest.fixture
def edition(base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an edition with a theme of its own."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    settings = configure(base, NAV, search=False)
    theme = next(line for line in settings.read_text("utf-8").splitlines() if "custom_dir" in line)
    change(settings, theme, f"  custom_dir: {base}/theme")
    (base / FOOTER).parent.mkdir(parents=True)
    (base / FOOTER).write_text("<footer>One.</footer>", "utf-8")
    return base


def serve(root: Path, site: Path, plugin: VariorumPlugin | None = None) -> tuple[dict[str, str], VariorumPlugin]:
    """Build as `mkdocs serve` does after a change, with the plugin of the build before; return checksums by path."""
    if plugin is None:  # another one, for the host keeps those of a process
        plugin = VariorumPlugin()
        plugin.load_config({"search": False})
        plugin.on_startup(command="serve", dirty=False)
        for kept in (markup._same_everywhere, plots.values_plot, plots.network):
            kept.cache_clear()
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(site))
    config.plugins = config.plugins.__class__()
    config.plugins["variorum"] = plugin
    build(config)
    return checksums(site), plugin


def checksums(site: Path) -> dict[str, str]:
    served = [one for one in site.iterdir() if not one.name.startswith(".")]
    files = [path for one in served for path in (one, *one.rglob("*")) if path.is_file()]
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def withdraw(root: Path) -> None:
    (root / SILENT).unlink()
    released = ("/annotations/vale-2024/second-toll/", "/reports/vale-2024/#s9p9")
    (root / layout.LEDGER).write_text("".join(f"2026-11-21 {address}\n" for address in released), "utf-8")
    (root / "docs/retired").mkdir()
    (root / "docs/retired/vale-on-the-second-toll.md").write_text(RETIRED, "utf-8")


def add(root: Path) -> None:
    (root / "docs/annotations/marsh-2019/second-toll.md").write_text((root / SILENT).read_text("utf-8"), "utf-8")


def changing(file: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda root: change(root / file, old, new)


EDITS: tuple[tuple[str, Callable[[Path], None], str, bool], ...] = (
    ("an annotation", changing(POSITION, "stance: leans-reject", "stance: affirms"), "matrix/index.html", True),
    (
        "its body",
        changing(POSITION, "Vale grants a part", "Vale grants a part, though late,"),
        f"{SHOWN}/index.html",
        True,
    ),
    ("a new one", add, "annotations/marsh-2019/second-toll/index.html", True),
    ("one withdrawn", withdraw, "reports/vale-2024/index.html", True),
    (
        "a proposition",
        changing("docs/propositions/freight-to-road.md", "Tolls drive", "High tolls drive"),
        "annotations/marsh-2019/freight-to-road/index.html",
        True,
    ),
    (
        "a report",
        changing("docs/reports/vale-2024.md", "Vale opens", "Vale begins"),
        "reports/vale-2024/index.html",
        True,
    ),
    ("the bibliography", changing("bibliography/literature.bib", "Lock returns", "Returns"), "shared/index.html", True),
    ("a page", changing("docs/about/index.md", "# About", "# On this"), "about/index.html", False),
    ("the navigation", changing("mkdocs.yml", "Matrix: matrix.md", "Table: matrix.md"), "reports/index.html", False),
    ("the settings", changing("mkdocs.yml", "site_name: Variorum", "site_name: Other"), "matrix/index.html", False),
    ("a template", changing(FOOTER, "One.", "Two."), "matrix/index.html", False),
    (
        "the annotation again",
        changing(POSITION, "affirms\n    evidence:", "leans-reject\n    evidence:"),
        "matrix/index.html",
        True,
    ),
)
"""Edits one after another: what is edited, how, a page that must change, whether most others are to stay."""


def test_after_each_edit_everything_is_as_from_nothing(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, plugin = serve(edition, tmp_path / "site")
    taken: list[str] = []
    find = previews.Previews.find

    def told(self: previews.Previews, path: str, *rest: object) -> previews.Preview | None:
        found = find(self, path, *rest)  # type: ignore[arg-type]
        taken.extend([path] if found and path.endswith(".md") else [])
        return found

    for what, edit, moves, keeps in EDITS:
        edit(edition)
        with monkeypatch.context() as watched:
            taken.clear()
            watched.setattr(previews.Previews, "find", told)
            after, _ = serve(edition, tmp_path / "site", plugin)
        assert after.get(moves) != before.get(moves), what
        assert bool(taken) == keeps, f"{what}: an edit of a record, and that alone, leaves pages as they were"
        afresh, _ = serve(edition, tmp_path / "other")
        assert after == afresh, what
        before = after


def test_after_a_build_that_fails_nothing_of_it_is_taken_for_the_site(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, plugin = serve(edition, tmp_path / "site")
    text = (edition / POSITION).read_text("utf-8")
    change(edition / POSITION, "stance: leans-reject", "stance: affirms")
    replace, moved = os.replace, []

    def fail(source: str, target: str) -> None:
        moved.append(source)
        if len(moved) > 5:
            raise OSError("no space left")
        replace(source, target)

    with monkeypatch.context() as full:
        full.setattr(os, "replace", fail)
        with pytest.raises(OSError, match="no space left"):
            serve(edition, tmp_path / "site", plugin)
    (edition / POSITION).write_text(text, "utf-8")
    assert serve(edition, tmp_path / "site", plugin)[0] == whole


def test_an_edition_with_an_error_leaves_the_site_as_it_is(edition: Path, tmp_path: Path) -> None:
    whole, plugin = serve(edition, tmp_path / "site")
    change(edition / POSITION, "kind: position", "kind: guess")
    with pytest.raises(Abort):
        serve(edition, tmp_path / "site", plugin)
    assert checksums(tmp_path / "site") == whole


def test_a_template_that_changed_is_compiled_anew() -> None:
    texts = {"page.html": "one"}
    environment = Environment(loader=DictLoader(texts), bytecode_cache=previews.Compiled(), autoescape=True)
    assert environment.get_template("page.html").render() == "one"
    texts["page.html"] = "other"
    environment.cache.clear()  # type: ignore[union-attr]
    assert environment.get_template("page.html").render() == "other"


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_characters="[<", exclude_categories=["Cs"]), max_size=60), st.booleans())
def test_a_text_that_names_nothing_is_the_same_on_every_page(text: str, inline: bool) -> None:
    renderer = _renderer()
    here = Frame("matrix", "index.md")
    told = renderer.inline(text, here) if inline else renderer.body(text, here)
    bound = renderer._parser(inline).convert(text)
    assert told == (_bare(bound) if inline else bound)


@cache
def _renderer() -> markup.Renderer:
    return markup.Renderer(load(BASE))


def _bare(html: str) -> str:
    return html.removeprefix("<p>").removesuffix("</p>").replace("</p>\n<p>", " ")
