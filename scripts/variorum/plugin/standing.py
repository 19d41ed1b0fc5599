"""What stands in the site that is served: files that the host leaves alone, and the frame that must be the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from .. import previews
from ..edition import Edition


class Standing(File):
    """A generated file that stands in the served site as it would be made again: the host leaves it as it is."""

    def __init__(self, made: File, preview: previews.Preview) -> None:
        """Take the place of a file."""
        self.is_page = made.is_documentation_page()
        super().__init__(
            made.src_uri, None, made.dest_dir, made.use_directory_urls, dest_uri=made.dest_uri, inclusion=made.inclusion
        )
        self.generated_by = made.generated_by
        self.preview = preview

    def is_documentation_page(self) -> bool:
        """Tell the host that there is nothing to render."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Copy nothing."""

    def to_page(self, config: MkDocsConfig) -> None:
        """Be what the navigation, links and the site map ask of a page."""
        page = self.page or Page(None, self, config)
        page.markdown, page.content = "", ""
        page.meta = dict(self.preview.matter)
        page.present_anchor_ids = set(self.preview.ids)


def frame(config: MkDocsConfig, edition: Edition, ours: BasePlugin[Any]) -> list[str]:
    """Return what goes into every page besides what is generated: settings, navigation, pages written by hand.

    What another plugin or a hook puts into a page cannot be known: with one, the frame is another in each build.
    """
    others = [uuid4().hex for one in config.plugins.values() if one is not ours]
    return [json.dumps(dict(config), default=_told), *others, *(source.text for source in edition.pages.values())]


def _told(setting: object) -> object:
    """Return a setting as plain data; what cannot be told is another one in each build, and no page then stands."""
    if isinstance(setting, BasePlugin):
        return dict(setting.config)
    return dict(setting) if isinstance(setting, Mapping) else repr(setting)


def overrides(config: MkDocsConfig, ours: Path) -> list[Path]:
    """Return the folders that override the host’s templates."""
    return [ours, *([Path(config.theme.custom_dir)] if config.theme.custom_dir else [])]
