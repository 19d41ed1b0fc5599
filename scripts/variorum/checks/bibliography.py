"""Rules on sources, citations and the references rendered from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .. import layout
from ..bibliography import Entry
from ..citations import Citation, cited, unreadable
from ..cite import EDITION, PART, own_works
from ..edition import Edition
from ..findings import Finding, cut, nearest
from ..frontmatter import Record
from ..links import lacks
from ..records import Mention, Proposition, Quantity
from ..source import Source


def propositions_have_topics(edition: Edition) -> Iterator[Finding]:
    """Want each proposition's and quantity's topic to exist."""
    shelves: tuple[Mapping[str, Record[Proposition | Quantity]], ...] = (edition.propositions, edition.quantities)
    for shelf in shelves:
        for record in shelf.values():
            topic = record.fields.topic
            if topic and lacks(edition, "topics", topic):
                said = f"docs/topics/ has no `{topic}`"
                yield Finding("unknown-topic", record.place("topic"), said, nearest(topic, edition.topics))


def citations_are_known(edition: Edition) -> Iterator[Finding]:
    """Want an entry for each source cited in notes, records and pages."""
    for source, start, citation in citing_texts(edition):
        if citation.key not in edition.entries:
            place = source.at(start + citation.offset, len(citation.key) + 1)
            said = f"bibliography/ has no `{citation.key}`"
            yield Finding("unknown-source", place, said, nearest(citation.key, edition.entries))


def citations_are_readable(edition: Edition) -> Iterator[Finding]:
    """Want a key, and what follows it behind a comma, in each part of a bracket of citations."""
    for source, start in _bodies(edition):
        for offset, text in unreadable(source.text[start:]):
            yield Finding("citation-form", source.at(start + offset, len(text)), f"`{cut(text)}` cannot be read")


def sources_are_used(edition: Edition) -> Iterator[Finding]:
    """Want each work in literature.bib to be cited or mentioned somewhere."""
    if any(finding.place.path.startswith(layout.DOCS) for finding in edition.findings):
        return  # what cannot be read may cite it
    used = {citation.key for _, _, citation in citing_texts(edition)}
    mentions = (record.fields for record in edition.annotations.values() if isinstance(record.fields, Mention))
    used |= {mention.source for mention in mentions if mention.source}
    faulty = {finding.place for finding in edition.findings}
    for key, entry in edition.entries.items():
        if key not in used and entry.is_read and entry.place not in faulty and entry.place.path != layout.CORPUS_BIB:
            yield Finding("unused-source", entry.place, f"nothing cites `{key}`")


def corpus_is_described(edition: Edition) -> Iterator[Finding]:
    """Want author, institution and date of every report of the corpus."""
    for entry in edition.entries.values():
        if entry.place.path != layout.CORPUS_BIB or not entry.is_read:
            continue
        held = {"author": bool(entry.authors), "institution": bool(entry["institution"]), "date": bool(entry.date)}
        for name in (name for name, there in held.items() if not there):
            yield Finding("bib-field", entry.place, f"the report `{entry.key}` has no `{name}`")


def references_are_fresh(edition: Edition) -> Iterator[Finding]:
    """Want each source's reference in the lock file, as the entry now is."""
    for key, entry in edition.entries.items():
        if entry.is_read and not edition.lock.note(entry).locked:
            said = f"the reference of `{key}` is not in {layout.LOCK}, or the entry has changed since"
            yield Finding("reference-stale", entry.place, said)
    for work in own_works(edition):
        if not edition.lock.fresh(work) and "index.md" in edition.pages:
            group = work["id"].removeprefix(PART)
            what = "this edition" if group == EDITION else f"what is signed `{group}`"
            said = f"the reference of {what} is not in {layout.LOCK}"
            yield Finding("reference-stale", edition.pages["index.md"].on(1), said)


def _bodies(edition: Edition) -> Iterator[tuple[Source, int]]:
    """Yield each file of records and pages with the offset at which its own text begins."""
    for document in (*(record.document for record in edition.records()), *edition.unread):
        yield document.source, document.body_start
    for source in edition.pages.values():
        yield source, 0


def citing_texts(edition: Edition) -> Iterator[tuple[Source, int, Citation]]:
    """Yield every citation in the edition with its file and the offset at which its text begins."""
    for source, body in _bodies(edition):
        start = 0 if source.path.startswith(layout.ANNOTATIONS) else body  # their fields cite as well
        for citation in cited(source.text[start:]):
            yield source, start, citation


def sources_stand_under_one_key(edition: Edition) -> Iterator[Finding]:
    """Want no two entries with one address, or with one title by the same first author in the same year."""
    seen: dict[tuple[str, ...], Entry] = {}
    for entry in edition.entries.values():
        for mark in _marks(entry):
            first = seen.setdefault(mark, entry)
            if first.key != entry.key:
                what = "address" if mark[0] == "address" else "title, author and year"
                yield Finding("duplicate-source", entry.place, f"`{entry.key}` has the {what} of `{first.key}`")
                break


def _marks(entry: Entry) -> Iterator[tuple[str, ...]]:
    """Yield what two entries of one work would share; a site's bare home page marks nothing."""
    address = re.sub(r"^https?://(?:www\.)?|[/#?]+$", "", entry["url"].lower())
    if "/" in address:
        yield "address", address
    title = " ".join(re.findall(r"\w+", entry.title.lower()))
    if len(title.split()) > 2:
        yield "title", title, entry.byline.lower(), entry.date[:4]
