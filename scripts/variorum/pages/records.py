"""Each annotation on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from .. import addresses
from ..cite import annotation_title
from ..compare import Standing
from ..frontmatter import Record
from ..records import Annotation, Position, Reply, Signed
from ..words import Kind
from .press import Page, Press

Answer = tuple[str, str, Record[Annotation]]
"""A reply: the report and name it stands under, and its record."""


def render(press: Press) -> Iterator[Page]:
    """Print every annotation."""
    replies = _replies(press)
    for (report_key, slug), record in press.edition.annotations.items():
        if report_key in press.edition.reports:
            yield _annotation(press, report_key, slug, record, replies.get(f"{report_key}/{slug}", []))


def _replies(press: Press) -> dict[str, list[Answer]]:
    """Return the authors’ answers by the record that they answer, oldest first."""
    found: dict[str, list[Answer]] = {}
    for report_key, slug, record in press.edition.of_kind(Kind.REPLY):
        if isinstance(record.fields, Reply):
            found.setdefault(record.fields.to, []).append((report_key, slug, record))
    for answers in found.values():
        answers.sort(key=lambda answer: (answer[2].fields.date, answer[0], answer[1]))
    return found


def _annotation(press: Press, report_key: str, slug: str, record: Record[Signed], replies: list[Answer]) -> Page:
    page = addresses.annotation(report_key, slug).page
    title = annotation_title(press.edition, report_key, slug, record)
    return press.print(
        "annotation",
        page,
        title,
        heading=title,
        report=press.edition.reports[report_key],
        slug=slug,
        record=record,
        body=press.body(record, page, f"annotations/{report_key}/{slug}.md"),
        standing=_standing(press, report_key, slug, record),
        excerpts=press.by_record.get((report_key, slug), []),
        replies=[(*answer, _said(press, answer, page)) for answer in replies],
    )


def _said(press: Press, answer: Answer, page: str) -> Markup:
    report_key, slug, record = answer
    return press.body(record, page, f"annotations/{report_key}/{slug}.md")


def _standing(press: Press, report: str, slug: str, record: Record[Signed]) -> Standing | None:
    if not isinstance(record.fields, Position) or slug not in press.edition.propositions:
        return None
    row = press.matrix.by_proposition[slug]
    return next(standing for standing in row.standings if standing.report == report)
