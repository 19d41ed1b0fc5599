"""The catalogue: what the search finds. One card for each paragraph, note, annotation, proposition, source and person.

A card has the address of the very passage and the facets by which a reader narrows down; `indexing` gives the cards to
the indexer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape

from . import addresses, evidence
from .addresses import Address
from .compare import Standing, compare
from .edition import Edition
from .evidence import Excerpt
from .frontmatter import Record
from .markup import Frame, Renderer
from .names import pilcrow, short_name
from .records import Signed
from .report import Report
from .words import TERMS, Nothing

FACETS = ("kind", "report", "topic", "stance")
"""By what a reader narrows the hits down; each a field of the card."""
EVERY = "zzcard"
"""A word that every card bears: facets without words ask for it, since no word at all fetches the whole index.

The “zz” is there so that no reader types it; `catalogue.js` has the same word.
"""
_SLIGHT = 0.1
"""What the words of a card weigh that says that nothing is said: who looks for them looks for those who say them."""
QUIET = "quiet"
"""The heading of such a card, which weighs nothing in `catalogue.js`."""
_MARKER = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Card:
    """Hold one thing that can be found: its address from the site's root, its heading and words, its facets."""

    place: str
    title: str
    text: str
    kind: str
    report: str = ""
    topic: str = ""
    stance: str = ""

    @property
    def html(self) -> str:
        """Return the card as the page that the indexer reads."""
        return self.within()

    def within(self, **further: str) -> str:
        """Return the card as the page that the indexer reads, with further facets."""
        facets = {name: [value] for name in FACETS if (value := getattr(self, name))}
        facets |= {name: [value] for name, value in further.items()}
        weight, title = (_SLIGHT, QUIET) if self.stance == TERMS[Nothing.SILENT].word else (1, "title")
        return page(self.text, facets, {title: self.title, "place": self.place, "kind": self.kind}, weight)


def page(text: str, facets: Mapping[str, Iterable[str]], told: Mapping[str, str], weight: float = 1) -> str:
    """Return a page for the indexer: words and their weight, facets each with its values, and what is told of a hit."""
    filters = "".join(
        f'<i data-pagefind-filter="{name}[data-v]" data-v="{escape(value)}"></i>'
        for name, values in facets.items()
        for value in values
    )
    meta = "".join(
        f'<i data-pagefind-meta="{name}[data-v]" data-v="{escape(value)}"></i>'
        for name, value in {**told, "every": EVERY}.items()
    )
    heavy = f' data-pagefind-weight="{weight}"' if weight != 1 else ""
    return (
        f'<!doctype html><html lang="en"><head><title></title></head>'
        f"<body data-pagefind-body>{meta}{filters}<p{heavy}>{escape(text)}</p></body></html>"
    )


def cards(edition: Edition) -> Iterator[Card]:
    """Yield every card of an edition: report by report all that is said in it and of it, then what is of no report."""
    writer = _Writer(edition)
    for report in edition.reports.values():
        yield from writer.report(report)
        yield from writer.annotations(report.key)
    yield from writer.sources()
    yield from writer.propositions()
    yield from writer.people()
    yield from writer.pages()


class _Writer:
    """Write the cards of one edition."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        rows = compare(edition).rows
        self._standings = {(one.report, one.proposition): one for row in rows for one in row.standings}
        self._renderer = Renderer(edition)
        self._excerpts = evidence.by_record(evidence.excerpts(edition))

    def report(self, report: Report) -> Iterator[Card]:
        frame = Frame(addresses.report(report.key).page, f"reports/{report.key}.md", report.key)
        name = short_name(report)
        for unit in report.units.values():
            place = addresses.report(report.key, unit.id)
            yield Card(_path(place), f"{name}, {pilcrow(unit.id)}", self._plain(unit.digest, frame), "paragraph", name)
        for note in report.notes.values():
            place = addresses.report(report.key, f"n{note.label}")
            yield Card(_path(place), f"{name}, n. {note.label}", self._plain(note.text, frame), "note", name)

    def propositions(self) -> Iterator[Card]:
        for key, record in self._edition.propositions.items():
            place = addresses.proposition(key)
            essay = self._plain(record.body, Frame(place.page, f"propositions/{key}.md"), whole=True)
            fields = record.fields
            words = f"{fields.statement} {fields.affirms_means} {fields.rejects_means} {essay}"
            yield Card(_path(place), fields.statement, words, "proposition", topic=self._topic(key))

    def annotations(self, key: str) -> Iterator[Card]:
        for slug, record in self._edition.annotations_of[key].items():
            yield self._annotation(key, slug, record, self._standings.get((key, slug)))

    def _annotation(self, key: str, slug: str, record: Record[Signed], standing: Standing | None) -> Card:
        found: list[Excerpt] = self._excerpts.get((key, slug), [])
        page = addresses.annotation(key, slug)
        place = addresses.excerpt(key, found[0].id) if found else page
        name = short_name(self._edition.reports[key])
        quotes = " ".join(f"“{excerpt.quote}”" for excerpt in found if excerpt.quote)
        body = self._plain(record.body, Frame(page.page, f"annotations/{key}/{slug}.md"), whole=True)
        kind = str(getattr(record.fields, "kind", "annotation"))
        if standing is None:
            title = f"{name}, {pilcrow(found[0].at)}: {kind}" if found else f"{name}: {kind}"
            return Card(_path(place), title, f"{self._about(record)} {quotes} {body}".strip(), kind, name)
        statement = self._edition.propositions[slug].fields.statement
        word = TERMS[standing.cell].word
        title = f"{name} {word}: {statement}" if standing.stance else f"{name}, {word}: {statement}"
        return Card(_path(place), title, f"{statement} {quotes} {body}", kind, name, self._topic(slug), word)

    def _about(self, record: Record[Signed]) -> str:
        """Return the person, source or quantity that an annotation is about, in words."""
        edition, fields = self._edition, record.fields
        person, source, quantity = (getattr(fields, name, None) or "" for name in ("person", "source", "quantity"))
        words = [
            edition.people[person].fields.name if person in edition.people else "",
            edition.entries[source].title if source in edition.entries else "",
            edition.quantities[quantity].fields.title if quantity in edition.quantities else "",
            getattr(fields, "because", ""),
        ]
        return " ".join(filter(None, words))

    def sources(self) -> Iterator[Card]:
        for key, entry in self._edition.entries.items():
            words = _bare(self._edition.lock.note(entry, "").html)
            yield Card(_path(addresses.source(key)), words, words, "source")

    def people(self) -> Iterator[Card]:
        for key, record in self._edition.people.items():
            fields = record.fields
            words = " ".join([fields.name, *fields.variants, fields.role or ""])
            yield Card(_path(addresses.person(key)), fields.name, words, "person")

    def pages(self) -> Iterator[Card]:
        for path, source in self._edition.pages.items():
            bare = re.sub(r"\A---\n.*?\n---\n", "", source.text, flags=re.DOTALL)
            heading = re.search(r"^# (.+)$", bare, re.MULTILINE)
            words = re.sub(r"\]\([^)]*\)|[#*`>\[\]|]", " ", bare)
            title = heading[1] if heading else path
            yield Card(_path(Address(addresses.of_file(path))), title, " ".join(words.split()), "page")

    def _topic(self, proposition: str) -> str:
        topic = self._edition.propositions[proposition].fields.topic
        record = self._edition.topics.get(topic)
        return record.fields.title if record else topic

    def _plain(self, markdown: str, frame: Frame, whole: bool = False) -> str:
        if not markdown:
            return ""
        return _bare(self._renderer.body(markdown, frame) if whole else self._renderer.inline(markdown, frame))


def _bare(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", _MARKER.sub("", html))).split())


def _path(place: Address) -> str:
    return addresses.from_root(place).removeprefix("/")
