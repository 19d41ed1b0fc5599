"""The plugin: what is done at each step of the host's build.

It loads and checks the edition before anything is built, replaces the records among the host's files by the generated
pages, and gives the built site its last hand.
"""

from __future__ import annotations

import gc
import logging
import subprocess
from collections.abc import Iterable
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from .. import (
    addresses,
    catalogue,
    checks,
    data,
    dressing,
    exports,
    extension,
    finish,
    guard,
    indexing,
    pages,
    previews,
    schemes,
    spool,
    texts,
)
from ..edition import Edition, load
from ..findings import Form, has_errors, show
from ..layout import BIBLIOGRAPHY, RECORD_FOLDERS
from ..pages import reading
from ..rules import Level
from . import navigation, standing
from .standing import Standing

THEME = Path(__file__).parent.parent / "theme"
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
        self._previews: previews.Previews | None = None
        self._texts: dict[str, str] = {}
        self._spool = spool.Spool()
        self._files = Files([])

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether pages are served while they are edited."""
        self._serving = command == "serve"
        self._previews = previews.Previews() if self._serving and not dirty else None

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
        extension.remember(root, edition)
        self._edition = edition
        watched = str(root / BIBLIOGRAPHY)
        if watched not in config.watch:
            config.watch.append(watched)
        config.nav = navigation.with_reports(config.nav, edition)
        if self._previews is not None:
            config.site_dir = str(self._previews.open(Path(config.site_dir)))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take the records out of the host's files and put the generated pages and data in."""
        if self._edition is None:
            return files
        for file in list(files):
            if file.src_uri.split("/", 1)[0] in RECORD_FOLDERS:
                files.remove(file)
        in_nav = set(navigation.paths(config.nav))
        generated = set()
        self._texts = {}
        full = reading.render(pages.Press(self._edition)) if self.config.reading else ()
        self._spool = spool.Spool()
        edition = self._edition
        everything: Iterable[pages.Page | exports.File] = chain(  # data first: making it takes the most memory
            data.render(edition), exports.render(edition), pages.render(edition), full
        )
        if self._previews is not None:
            everything = list(everything)
            matters = [str(page.text).partition("\n---\n")[0] for page in everything if page.path in in_nav]
            self._previews.frame([*standing.frame(config, edition, self), *matters], standing.overrides(config, THEME))
        for page in everything:
            old = files.get_file_from_path(page.path)
            if old is not None:
                files.remove(old)
            held = self._standing(page.path, page.text, config)
            file = held or self._file(page.path, page.text, config)
            file.inclusion = InclusionLevel.INCLUDED if page.path in in_nav else InclusionLevel.NOT_IN_NAV
            files.append(file)
            if held is None:
                generated.add(page.path)
        self._generated = frozenset(generated)
        return files

    def _standing(self, path: str, text: str | bytes, config: MkDocsConfig) -> Standing | None:
        """Return what stands for a generated file in the site that is served, if it does."""
        if self._previews is None or self._edition is None:
            return None
        is_page = path.endswith(".md")
        dress = partial(dressing.dress, self._edition, addresses.of_file(path)) if is_page else str
        preview = self._previews.find(path, text, dress)
        if preview is not None:
            return Standing(File.generated(config, path, content=""), preview)
        if is_page:
            self._texts[path] = str(text)
        else:
            self._previews.keep(path, text)
        return None

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

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give each page that stands what others ask of it, and each that is not named here what it belongs under."""
        for file in files:
            if isinstance(file, Standing) and file.is_page:
                file.to_page(config)
        navigation.place(files)
        self._files = files
        return nav

    def on_template_context(self, context: TemplateContext, **_: Any) -> TemplateContext:
        """Let the site map name the pages that stand too."""
        if self._previews is not None:
            context["pages"] = [file for file in self._files if file.page and file.inclusion.is_included()]
        return context

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Compile the host's templates once for all builds of a process that serves."""
        if self._previews is not None:
            env.bytecode_cache = self._previews.templates
        return env

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Tell the Markdown extension which page is being rendered."""
        path = page.file.src_uri
        extension.page_in_hand.set(path)
        if self._edition is not None and path in self._edition.pages and path not in addresses.PRINTED:
            page.meta = guard.cleaned_matter(page.meta)
        if path in self._generated:
            page.file.content_string = ""  # the host has read it, and would keep it to the end of the build
        return markdown

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Tell the host which ids a generated page has, which its parser has not read, and put the HTML by."""
        if page.file.src_uri in self._generated:
            page.markdown = ""
            page.present_anchor_ids = (page.present_anchor_ids or set()) | finish.ids(html)
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
        if self._edition is not None:
            heading = dressing.heading(output)
            dress = dressing.dress(self._edition, addresses.of_file(path), heading)
            if self._previews is not None and path in self._texts:
                text, ids = self._texts.pop(path), page.present_anchor_ids or ()
                self._previews.keep(path, text, dress, heading, page.meta, ids)
            output = dressing.dressed(output, dress)
        return self._guarded(output)

    def _guarded(self, html: str) -> str:
        if self.config.reading:
            html = finish.marked(html)
        return html if self._serving else finish.guard(html, self._scripts)  # live reload is a script in each page

    @event_priority(-100)
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
        if self._previews is not None:
            site = self._previews.settle(file.dest_uri for file in self._files if isinstance(file, Standing))
        if self.config.search and self._edition is not None:
            cards = catalogue.cards(self._edition)
            if self._serving:
                gc.unfreeze()
                indexing.index_in_background(site, cards, then=gc.collect)  # what earlier builds left, once none waits
                return
            try:
                indexing.index_site(site, cards)
            except (subprocess.CalledProcessError, FileNotFoundError) as error:
                log.warning(f"no search index: {error}")


def _use_theme(config: MkDocsConfig) -> None:
    """Put the package’s overrides first where the configuration names no folder of its own for them."""
    if all(Path(folder).resolve() != THEME for folder in config.theme.dirs):
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
