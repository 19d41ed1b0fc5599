"""What a preview keeps of the build before is never stale: it serves just what a build from nothing would."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.plugins import BasePlugin

from configured import configure
from variorum import previews

POSITION = "docs/annotations/vale-2024/freight-to-road.md"
NAV = "[index.md, Matrix: matrix.md, Reports: [reports/index.md], About: [about/index.md]]"


def serve(root: Path, site: Path, plugin: BasePlugin | None = None) -> tuple[dict[str, str], BasePlugin]:
    """Build as `mkdocs serve` does after a change, with the plugin of the build before; return checksums by path."""
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(site))
    if plugin is not None:
        config.plugins = config.plugins.__class__()
        config.plugins["variorum"] = plugin
    else:
        config.plugins.run_event("startup", command="serve", dirty=False)
    build(config)
    files = sorted(path for path in site.rglob("*") if path.is_file())
    kept = {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return kept, config.plugins["variorum"]


@pytest.fixture
def edition(base: Path) -> Path:
    configure(base, NAV, search=False)
    return base


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "moves"),
    [
        pytest.param(POSITION, "stance: leans-reject", "stance: affirms", "matrix/index.html", id="a position"),
        pytest.param("mkdocs.yml", "Matrix: matrix.md", "Table: matrix.md", "reports/index.html", id="the navigation"),
        pytest.param("mkdocs.yml", "site_name: Variorum", "site_name: Other", "matrix/index.html", id="the settings"),
    ],
)
def test_after_a_change_everything_is_as_from_nothing(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, old: str, new: str, moves: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    before, plugin = serve(edition, tmp_path / "site")
    taken: list[str] = []
    find = previews.Previews.find

    def told(self: previews.Previews, path: str, text: str) -> previews.Preview | None:
        found = find(self, path, text)
        taken.extend([path] if found else [])
        return found

    monkeypatch.setattr(previews.Previews, "find", told)
    change(edition / file, old, new)
    after, _ = serve(edition, tmp_path / "site", plugin)
    assert after[moves] != before[moves]
    assert bool(taken) == (file == POSITION), "an edit of a record, and that alone, leaves most pages as they were"
    afresh, _ = serve(edition, tmp_path / "other")
    assert after == afresh


def test_a_changed_theme_is_seen(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "main.html").write_text("one", "utf-8")
    kept = previews.Previews()
    kept.begin(["frame"], [theme])
    kept.keep("matrix.md", "text", ["id"], "<p>one</p>")
    kept.begin(["frame"], [theme])
    assert kept.find("matrix.md", "text") is not None
    assert kept.find("matrix.md", "other text") is None
    (theme / "main.html").write_text("other", "utf-8")
    kept.begin(["frame"], [theme])
    assert kept.find("matrix.md", "text") is None
