"""The site's navigation: which pages it names, the reports under their entry, and where all other pages belong."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from .. import addresses, inert
from ..compare import MOST_REPORTS
from ..edition import Edition
from ..names import short_name


def with_reports(nav: Any, edition: Edition) -> Any:
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


def paths(nav: object) -> list[str]:
    """Return the paths that the navigation names."""
    if isinstance(nav, str):
        return [nav]
    if isinstance(nav, dict):
        return [path for part in nav.values() for path in paths(part)]
    return [path for part in nav for path in paths(part)] if isinstance(nav, list) else []


def place(files: Files) -> None:
    """Put each page that the navigation does not name under the one it belongs to: readers then see where they are."""
    for file in files:
        if file.page is not None and file.inclusion.is_not_in_nav():
            file.page.parent = _above(file.page, files)  # type: ignore[assignment]


def _above(page: Page, files: Files) -> Page | Section | None:
    """Return what a page belongs under: an annotation its report, any other the page whose address begins its own."""
    first, _, rest = addresses.of_file(page.file.src_uri).partition("/")
    address = f"{addresses.REPORTS}/{rest.partition('/')[0]}" if first == "annotations" else first
    file = files.get_file_from_path(addresses.file_of(address)) if rest else None
    owner = file.page if file else None
    if owner is None or owner is page:
        return None
    section = owner.parent
    return section if isinstance(section, Section) and section.children[0] is owner else owner
