"""The MkDocs adapter: the only module that knows the host.

It loads and checks the edition before anything is built, replaces the records among the host's files by the generated
pages, and gives the built site its last hand.
"""

from __future__ import annotations

import json
import logging
import subprocess
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from . import (
    addresses,
    catalogue,
    checks,
    data,
    dressing,
    exports,
    finish,
    guard,
    indexing,
    inert,
    markup,
    pages,
    previews,
    schemes,
    spool,
    texts,
)
from .compare import MOST_REPORTS
from .edition import Edition, load
from .findings import Form, has_errors, show
from .layout import BIBLIOGRAPHY, RECORD_FOLDERS
from .names import short_name
from .pages import reading
from .rules import Level

THEME = Path(__file__).parent / "theme"
"""The package’s overrides of the host’s templates."""
log: logging.LoggerAdapter[logging.Logger] = get_plugin_logger("variorum")


class VariorumConfig(Config):
    """Hold the plugin's options."""

    search = Type(bool, default=True)
    """Whether to write the search index."""
    reading = Type(bool, default=False)
    """Whether to show the reports’ full texts, for the reader’s own machine only."""


class VariorumPlugin(BasePlugin[VariorumConfig]):
    """Build the edition into the site."""

    def __init__(self) -> None:
        """Start without an edition; each build loads its own."""
        self._edition: Edition | None = None
        self._generated: frozenset[str] = frozenset()
        self._scripts: frozenset[str] | None = None
        self._serving = False
        self._previews = previews.Previews()
        self._texts: dict[str, str] = {}
        self._spool = spool.Spool()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether pages are served while they are edited."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check the edition; print every finding, and stop before anything is built where one is an error."""
        root = Path(config.config_file_path or ".").resolve().parent
        edition = load(root, stays=True)
        found = checks.check(edition)
        if has_errors(found):
            raise PluginError("the edition has errors:\n\n" + show(found, Form.TEXT, edition.files))
        for finding in found:
            if finding.level is Level.WARNING:
                log.info(f"{finding.place.path}:{finding.place.line}: {finding.message}")
        if self.config.reading and not texts.held(root, edition.reports):
            raise PluginError(f"no report’s text is held in {texts.folder(root).name}/: there is nothing to read")
        _use_theme(config)
        markup.remember(root, edition)
        self._edition = edition
        watched = str(root / BIBLIOGRAPHY)
        if watched not in config.watch:
            config.watch.append(watched)
        config.nav = _with_reports(config.nav, edition)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take the records out of the host's files and put the generated pages and data in."""
        if self._edition is None:
            return files
        for file in list(files):
            if file.src_uri.split("/", 1)[0] in RECORD_FOLDERS:
                files.remove(file)
        in_nav = set(_in_nav(config.nav))
        printed = []
        frame = [json.dumps(config.nav), *(source.text for source in self._edition.pages.values())]
        full = reading.render(pages.Press(self._edition)) if self.config.reading else ()
        self._spool = spool.Spool()
        edition = self._edition
        everything: Iterator[pages.Page | exports.File] = chain(  # data first: making it takes the most memory
            data.render(edition), exports.render(edition), pages.render(edition), full
        )
        for page in everything:
            old = files.get_file_from_path(page.path)
            if old is not None:
                files.remove(old)
            file = self._file(page.path, page.text, config)
            file.inclusion = InclusionLevel.INCLUDED if page.path in in_nav else InclusionLevel.NOT_IN_NAV
            files.append(file)
            printed.append(page.path)
            if page.path in in_nav and isinstance(page.text, str):
                frame.append(page.text.partition("\n---\n")[0])
        self._generated = frozenset(printed)
        if self._serving:
            frame.append(Path(config.config_file_path or "mkdocs.yml").read_text("utf-8"))
            self._previews.begin(frame, [THEME, *([Path(config.theme.custom_dir)] if config.theme.custom_dir else [])])
        return files

    def _file(self, path: str, text: str | bytes, config: MkDocsConfig) -> File:
        """Put the text of a page by until the host reads it; write a file of data where it belongs at once."""
        if path.endswith(".md") and isinstance(text, str):
            self._spool.put(path, text)
            return File.generated(config, path, content="")
        target = Path(config.site_dir, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return File.generated(config, path, abs_src_path=str(target))

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Give the host the text of a generated page."""
        if page.file.src_uri in self._generated:
            page.file.content_string = self._spool.take(page.file.src_uri)
        return page

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Tell the Markdown extension which page is being rendered."""
        path = page.file.src_uri
        markup.page_in_hand.set(path)
        if self._edition is not None and path in self._edition.pages and path not in addresses.PRINTED:
            page.meta = guard.cleaned_matter(page.meta)
        if path in self._generated:
            page.file.content_string = ""  # the host has read it, and would keep it to the end of the build
            if self._serving:
                self._texts[path] = json.dumps(page.meta, default=str) + markdown
                if self._previews.find(path, self._texts[path]) is not None:
                    page.meta["template"] = previews.STAND_IN
                    return ""
        return markdown

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Tell the host which ids a generated page has, which its parser has not read, and put the HTML by."""
        if page.file.src_uri in self._generated:
            page.markdown = ""
            kept = self._kept(page)
            page.present_anchor_ids = (page.present_anchor_ids or set()) | (kept.ids if kept else finish.ids(html))
            self._spool.put(page.file.src_uri, html)
            return ""
        return html

    @event_priority(100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the host the HTML of a generated page again, to be framed."""
        if page.file.src_uri in self._generated:
            page.content = self._spool.take(page.file.src_uri)
        return context

    @event_priority(-100)
    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Give a page of the theme’s own its policy; the host writes these before all others."""
        if not template_name.endswith(".html"):
            return output
        if template_name == "404.html":
            self._scripts = finish.scripts(output)
        return self._guarded(output)

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Dress a page and give it its policy, after every other plugin and before it is written."""
        page.content = ""
        path = page.file.src_uri
        if (kept := self._kept(page)) is not None:
            output = kept.html
        elif path in self._texts:
            self._previews.keep(path, self._texts[path], page.present_anchor_ids or (), output)
        if self._edition is not None:
            output = dressing.dressed(self._edition, addresses.of_file(path), output)
        return self._guarded(output)

    def _kept(self, page: Page) -> previews.Preview | None:
        text = self._texts.get(page.file.src_uri)
        return self._previews.find(page.file.src_uri, text) if text is not None else None

    def _guarded(self, html: str) -> str:
        if self.config.reading:
            html = finish.marked(html)
        return html if self._serving else finish.guard(html, self._scripts)  # live reload is a script in each page

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what no page of the host’s is: redirects and the search index."""
        site = Path(config.site_dir)
        if self.config.reading:
            finish.mark_reading(site)
        for path, text in dressing.redirects(self._edition) if self._edition is not None else ():
            target = site / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(self._guarded(text), "utf-8", newline="\n")
        schemes.write_dark(site)
        if self.config.search and self._edition is not None:
            cards = catalogue.cards(self._edition)
            if self._serving:
                indexing.index_in_background(site, cards)
                return
            try:
                indexing.index_site(site, cards)
            except (subprocess.CalledProcessError, FileNotFoundError) as error:
                log.warning(f"no search index: {error}")


def _use_theme(config: MkDocsConfig) -> None:
    """Put the package’s overrides first where the configuration names no folder of its own for them."""
    if all(Path(folder).resolve() != THEME for folder in config.theme.dirs):
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))


def _with_reports(nav: Any, edition: Edition) -> Any:
    """Put each report under the entry that leads to their list, as long as they are few."""
    if not isinstance(nav, list) or len(edition.reports) > MOST_REPORTS:
        return nav
    return [_opened(entry, edition) for entry in nav]


def _opened(entry: Any, edition: Edition) -> Any:
    if not isinstance(entry, dict) or list(entry.values()) != ["reports/index.md"]:
        return entry
    name = next(iter(entry))
    reports = [{inert.title(short_name(report)): f"reports/{report.key}.md"} for report in edition.reports.values()]
    return {name: ["reports/index.md", *reports]}


def _in_nav(nav: object) -> list[str]:
    """Return the paths that the navigation names."""
    if isinstance(nav, str):
        return [nav]
    if isinstance(nav, dict):
        return [path for part in nav.values() for path in _in_nav(part)]
    return [path for part in nav for path in _in_nav(part)] if isinstance(nav, list) else []
