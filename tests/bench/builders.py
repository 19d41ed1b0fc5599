"""The builders: who builds what from which sources, and with which command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import corpus
from variorum.compare import MOST_REPORTS
from variorum.edition import load

from . import converter

ROOT = Path(__file__).parents[2]
OURS, PLAIN = "variorum", "material"
TITLES = {
    OURS: "This build",
    PLAIN: "Plain Material on the same pages",
    "zensical": "Zensical on the same pages",
    "sphinx": "Sphinx with MyST, sphinxcontrib-bibtex and furo: reports alone",
    "mkdocs-bibtex": "Material with mkdocs-bibtex: reports alone",
    "sphinx-records": "The same Sphinx: a page for each record too",
    "mkdocs-bibtex-records": "The same mkdocs-bibtex: a page for each record too",
}


@dataclass(frozen=True)
class Builder:
    """Hold one builder: its name, the folder it builds in, its command, its source files, why it cannot run."""

    name: str
    folder: Path
    command: tuple[str, ...]
    sources: int
    missing: str = ""

    @property
    def site(self) -> Path:
        """Return the folder into which it builds."""
        return self.folder / "site"


def prepare(work: Path, size: int, venv: Path) -> list[Builder]:
    """Write the sources of every builder for an edition of so many reports under `work`; the first is this project's.

    Raises `RuntimeError` where `variorum pages` fails.
    """
    ours = _own(work / "edition", size)
    pages = _pages(work, ours)
    nav = _nav(pages, size)
    _configure(ours / "mkdocs.yml", _own_settings(nav))
    for name in (PLAIN, "zensical"):
        _fresh(work / name)
        shutil.copytree(pages, work / name / "docs", copy_function=os.link)
        _configure(work / name / "mkdocs.yml", {**_plain_settings(nav), "site_dir": str(work / name / "site")})
    edition = load(ours)
    for records, tail in ((False, ""), (True, "-records")):
        _write(work / f"sphinx{tail}", converter.sphinx(edition, records))
        folder = _write(work / f"mkdocs-bibtex{tail}", converter.mkdocs_bibtex(edition, records))
        _configure(folder / "mkdocs.yml", _bibtex_settings(_reports(folder / "docs", size)))
    mkdocs = ("-m", "mkdocs", "build", "--quiet", "--site-dir", "site")
    sphinx = ("-m", "sphinx", "-q", "-b", "html", "-d", "trees", ".", "site")
    here, there = sys.executable, str(venv / "bin" / "python")
    phases = ("-m", "bench.phases", str(work / "phases.json"), *mkdocs[2:])
    commands = {
        OURS: (here, *phases),
        PLAIN: (here, *mkdocs),
        "zensical": (str(venv / "bin" / "zensical"), "build"),
        "sphinx": (there, *sphinx),
        "mkdocs-bibtex": (there, *mkdocs),
        "sphinx-records": (there, *sphinx),
        "mkdocs-bibtex-records": (there, *mkdocs),
    }
    folders = {OURS: ours}
    return [_builder(name, folders.get(name, work / name), command) for name, command in commands.items()]


def _builder(name: str, folder: Path, command: tuple[str, ...]) -> Builder:
    docs = folder / "docs" if (folder / "docs").is_dir() else folder
    missing = "" if Path(command[0]).exists() else "not installed"
    return Builder(name, folder, command, sum(1 for _ in docs.rglob("*.md")), missing)


def clear(builder: Builder) -> None:
    """Remove what an earlier run of a builder left, caches included: each run starts from nothing."""
    for name in ("site", "trees", ".cache"):
        shutil.rmtree(builder.folder / name, ignore_errors=True)


def _own(folder: Path, size: int) -> Path:
    _fresh(folder)
    corpus.write(folder, corpus.Size(size))
    return folder


def _pages(work: Path, edition: Path) -> Path:
    """Write the pages of the edition as files, by the command that other hosts are given."""
    pages = work / "pages"
    shutil.rmtree(pages, ignore_errors=True)
    command = [sys.executable, "-m", "variorum.cli", "pages", "--out", str(pages)]
    done = subprocess.run(command, cwd=edition, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"variorum pages failed: {(done.stdout + done.stderr).strip()[-800:]}")
    return pages


def _own_settings(nav: list[Any]) -> dict[str, Any]:
    held = _settings()
    held["theme"]["custom_dir"] = str(ROOT / held["theme"]["custom_dir"])
    return {**held, "plugins": ["variorum"], "nav": nav}


def _plain_settings(nav: list[Any]) -> dict[str, Any]:
    """Return Material's settings for finished pages: its own search; ids of headings by attr_list, not by ours."""
    held = _settings()
    held["theme"].pop("custom_dir")
    extensions = ["attr_list" if name == "variorum" else name for name in held["markdown_extensions"]]
    kept = {name: held[name] for name in ("site_name", "site_url", "theme", "use_directory_urls")}
    return {**kept, "docs_dir": "docs", "plugins": ["search"], "nav": nav, "markdown_extensions": extensions}


def _bibtex_settings(reports: list[str]) -> dict[str, Any]:
    return {
        **_plain_settings(["index.md", *reports]),
        "plugins": ["search", {"bibtex": {"bib_file": converter.WORKS}}],
        "markdown_extensions": ["footnotes", "tables", "toc"],
    }


class _Loader(yaml.SafeLoader):
    """Read mkdocs.yml, whose `!ENV` stands for a setting of the environment."""


_Loader.add_constructor("!ENV", lambda loader, node: None)


def _settings() -> dict[str, Any]:
    held: dict[str, Any] = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), _Loader)
    return {name: value for name, value in held.items() if name not in ("strict", "watch", "extra_css", "validation")}


def _nav(pages: Path, size: int) -> list[Any]:
    """Return the project's own navigation, as far as an invented edition has its pages; few reports stand in it."""
    opened = {"Reports": ["reports/index.md", *_reports(pages, size)]}
    nav = _there(_settings()["nav"], pages)
    return [opened if entry == {"Reports": "reports/index.md"} else entry for entry in nav]


def _reports(pages: Path, size: int) -> list[str]:
    """Return the reports that stand in the navigation, which is all or none of them, whoever builds."""
    if size > MOST_REPORTS:
        return []
    return [f"reports/{page.name}" for page in sorted((pages / "reports").glob("*.md")) if page.stem != "index"]


def _there(entries: list[Any], pages: Path) -> list[Any]:
    found: list[Any] = []
    for entry in entries:
        title, target = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
        target = _there(target, pages) if isinstance(target, list) else target
        if target and (isinstance(target, list) or (pages / target).is_file()):
            found.append({title: target} if title else target)
    return found


def _configure(path: Path, settings: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), "utf-8")


def _write(folder: Path, files: Iterable[converter.File]) -> Path:
    _fresh(folder)
    for file in files:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text, "utf-8", newline="\n")
    return folder


def _fresh(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
