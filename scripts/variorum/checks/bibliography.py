"""Rules on sources, citations and the references rendered from them."""

from __future__ import annotations

from collections.abc import Iterator

from .. import layout
from ..citations import Citation, cited
from ..cite import EDITION, own_works
from ..edition import Edition
from ..findings import Finding, nearest
from ..records import Mention
from ..source import Source


def propositions_have_topics(edition: Edition) -> Iterator[Finding]:
    """Want each proposition's and quantity's topic to exist."""
    for shelf in (edition.propositions, edition.quantities):
        for record in shelf.values():
            topic = record.fields.topic  # type: ignore[attr-defined]
            if topic and topic not in edition.topics:
                yield Finding("unknown-topic", record.place("topic"), f"docs/topics/ has no `{topic}`", nearest(topic, edition.topics))


def citations_are_known(edition: Edition) -> Iterator[Finding]:
    """Want an entry for each source cited in notes, records and pages."""
    for source, start, citation in citing_texts(edition):
        if citation.key not in edition.entries:
            place = source.at(start + citation.offset, len(citation.key) + 1)
            yield Finding("unknown-source", place, f"bibliography/ has no `{citation.key}`", nearest(citation.key, edition.entries))


def sources_are_used(edition: Edition) -> Iterator[Finding]:
    """Want each work in literature.bib to be cited or mentioned somewhere."""
    used = {citation.key for _, _, citation in citing_texts(edition)}
    used |= {record.fields.source for record in edition.annotations.values() if isinstance(record.fields, Mention) and record.fields.source}
    for key, entry in edition.entries.items():
        if key not in used and entry.place.path != layout.CORPUS_BIB:
            yield Finding("unused-source", entry.place, f"nothing cites `{key}`")


def corpus_is_described(edition: Edition) -> Iterator[Finding]:
    """Want author, institution and date of every report of the corpus."""
    for entry in edition.entries.values():
        if entry.place.path != layout.CORPUS_BIB:
            continue
        held = {"author": bool(entry.authors), "institution": bool(entry["institution"]), "date": bool(entry.date)}
        for name in (name for name, there in held.items() if not there):
            yield Finding("bib-field", entry.place, f"the report `{entry.key}` has no `{name}`")


def references_are_fresh(edition: Edition) -> Iterator[Finding]:
    """Want each source's reference in the lock file, as the entry now is."""
    for key, entry in edition.entries.items():
        if not edition.lock.note(entry).locked:
            yield Finding("reference-stale", entry.place, f"the reference of `{key}` is not in {layout.LOCK}, or the entry has changed since")
    for work in own_works(edition):
        if not edition.lock.fresh(work) and "index.md" in edition.pages:
            what = "this edition" if work["id"] == EDITION else f"what is signed `{work['id'].removeprefix('part by ')}`"
            yield Finding("reference-stale", edition.pages["index.md"].on(1), f"the reference of {what} is not in {layout.LOCK}")


def citing_texts(edition: Edition) -> Iterator[tuple[Source, int, Citation]]:
    """Yield every citation in the edition with its file and the offset at which its text begins."""
    for report in edition.reports.values():
        yield from _in(report.record.document.source, report.record.document.body_start)
    for shelf in (edition.propositions, edition.quantities, edition.people, edition.topics):
        for record in shelf.values():
            yield from _in(record.document.source, record.document.body_start)
    for record in edition.annotations.values():
        yield from _in(record.document.source, 0)
    for source in edition.pages.values():
        yield from _in(source, 0)


def _in(source: Source, start: int) -> Iterator[tuple[Source, int, Citation]]:
    text = source.text[start:] if start else source.text
    if "[" in text and "@" in text:
        for citation in cited(text):
            yield source, start, citation
