"""The site's navigation: which pages it names, and the reports under the entry that leads to them."""

from __future__ import annotations

from typing import Any

from .. import inert
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
