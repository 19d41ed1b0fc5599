"""Each annotation on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses
from ..compare import Standing
from ..frontmatter import Record
from ..names import short_name
from ..records import Position, Signed
from .press import Page, Press


def render(press: Press) -> Iterator[Page]:
    """Print every annotation."""
    for (report_key, slug), record in press.edition.annotations.items():
        if report_key in press.edition.reports:
            yield _annotation(press, report_key, slug, record)


def title(press: Press, report_key: str, slug: str, record: Record[Signed]) -> str:
    """Return an annotation's heading."""
    name = short_name(press.edition.reports[report_key])
    if slug in press.edition.propositions:
        return f"{name} on: {press.statement(slug)}"
    kind = str(getattr(record.fields, "kind", "annotation"))
    what = getattr(record.fields, "title", None) or slug.removeprefix(f"{kind}-").replace("-", " ")
    return f"{name}: {kind}, {what}"


def _annotation(press: Press, report_key: str, slug: str, record: Record[Signed]) -> Page:
    page = addresses.annotation(report_key, slug).page
    return press.print(
        "annotation",
        page,
        title(press, report_key, slug, record),
        heading=title(press, report_key, slug, record),
        report=press.edition.reports[report_key],
        slug=slug,
        record=record,
        body=press.body(record, page, f"annotations/{report_key}/{slug}.md"),
        standing=_standing(press, report_key, slug, record),
        excerpts=press.by_record.get((report_key, slug), []),
    )


def _standing(press: Press, report: str, slug: str, record: Record[Signed]) -> Standing | None:
    if not isinstance(record.fields, Position) or slug not in press.edition.propositions:
        return None
    row = press.matrix.by_proposition[slug]
    return next(standing for standing in row.standings if standing.report == report)
