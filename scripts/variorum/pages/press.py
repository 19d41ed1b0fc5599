"""The press: an edition compared once, the templates, and what they ask for."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from .. import addresses, codehost, evidence, inert, names, sharing, values
from ..addresses import Address
from ..bibliography import Entry
from ..compare import MOST_REPORTS, Matrix, Row, Standing, compare
from ..edition import CitingPlace, Edition
from ..evidence import Excerpt
from ..frontmatter import Record
from ..markup import Frame, Renderer, short
from ..quotable import at_publisher, is_addressed
from ..report import natural
from ..words import PLACES, RELATIONS, TERMS, UNSIGNED, Cell, Kind, Stance
from .parts import Part

MOST_SIGNS = 2500
"""Cells that the overview of all propositions and reports shows, each by its sign."""
MOST_CELLS, FEWEST_COLUMNS = 500, 8
"""Cells with their words that one page shows, and reports that stand side by side at least."""
MOST_TOLD = 1200
"""Uses of shared sources, and verdicts on what they are used for, that one page tells of."""
MOST_AUTHORS = 120
"""Reports that one part of a proposition's page holds."""
MOST_PLACES = 5
"""Other places that a note lists before it links to all."""

Group = tuple[str, str, list[Row]]
"""A topic’s title and key, and its rows."""


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one generated file under docs/: its path and its text."""

    path: str
    text: str


class Press:
    """Print pages of one edition from templates."""

    def __init__(self, edition: Edition) -> None:
        """Compare the edition once and prepare the templates."""
        self.edition = edition
        self.matrix: Matrix = compare(edition)
        self.excerpts = evidence.excerpts(edition)
        self.by_place = {key: evidence.by_place(found) for key, found in self.excerpts.items()}
        self.by_record = evidence.by_record(self.excerpts)
        self.badges = names.badges(edition)
        self.renderer = Renderer(edition, self.shown)
        self._order = {key: number for number, key in enumerate(self.matrix.reports)}
        self._templates = _environment()

    def print(self, template: str, page: str, title: str, with_contents: bool = False, **values: Any) -> Page:
        """Fill a template for the page at the address `page`.

        A page stands without the host's sidebars unless it is to have its contents beside it.
        """
        body = self.fill(template, page, **values)
        matter: dict[str, Any] = {"title": inert.title(title), "variorum": template}
        if not with_contents:
            matter["hide"] = ["navigation", "toc"]
        lines = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in matter.items())
        return Page(addresses.file_of(page), f"---\n{lines}---\n\n{inert.fences(_squeeze(body))}\n")

    def fill(self, template: str, page: str, **values: Any) -> Markup:
        """Fill a template, for a page or a piece of one that stands at the address `page`.

        Templates get `to`, which makes the relative address of an `Address`, and `text`, which renders contributed
        running text.
        """

        def to(address: Address) -> str:
            return addresses.link(page, address)

        def text(markdown: str, base: str = "index.md") -> Markup:
            return Markup(self.renderer.inline(markdown, Frame(page, base)))

        given = {"press": self, "edition": self.edition, "matrix": self.matrix, "here": page, "to": to, "text": text}
        return Markup(self._templates.get_template(f"{template}.md.j2").render({**given, **values}))

    def part(self, template: str, part: Part[Any], title: str, **values: Any) -> Page:
        """Fill a template for a part of a long list: it gets `part`, and as `heading` the title with its number."""
        heading = part.title(title)
        return self.print(template, part.page, heading, heading=heading, part=part, **values)

    @cached_property
    def is_large(self) -> bool:
        """Tell whether the matrix has more cells than its overview can show."""
        return len(self.matrix.reports) * len(self.matrix.rows) > MOST_SIGNS

    @cached_property
    def is_many(self) -> bool:
        """Tell whether there are more reports than can stand side by side."""
        return len(self.edition.reports) > MOST_REPORTS

    @cached_property
    def shares_in_brief(self) -> bool:
        """Tell whether shared sources are too many for what each report says of each: then each one's own page does."""
        told = sum(len(one.uses) + len(one.reports) * len(one.conclusions) for one in sharing.shared(self.edition))
        return self.is_many or told > MOST_TOLD

    @cached_property
    def columns(self) -> int:
        """Return how many reports stand side by side on a topic’s page of the matrix; the same for all topics."""
        topics = Counter(record.fields.topic for record in self.edition.propositions.values())
        return max(MOST_CELLS // max(topics.values(), default=1), FEWEST_COLUMNS)

    def cell(self, proposition: str, report: str) -> Address:
        """Return where a cell of the matrix is shown: on the overview, or, of a large one, on its topic’s page."""
        permanent = addresses.cell(proposition, report)
        if not self.is_large:
            return permanent
        topic = self.edition.propositions[proposition].fields.topic
        number = self._order[report] // self.columns + 1
        return Address(addresses.part(f"{addresses.MATRIX}/{topic}", number).page, permanent.fragment)

    def shown(self, address: Address) -> Address:
        """Return where a place of the matrix or of a proposition's page is shown, should it not stand on the first."""
        proposition, _, report = address.fragment.partition("--")
        if address.page == addresses.MATRIX and report in self._order and proposition in self.edition.propositions:
            return self.cell(proposition, report)
        if address.fragment in self._order and address.page.startswith(f"{addresses.PROPOSITIONS}/"):
            number = self._order[address.fragment] // MOST_AUTHORS + 1
            return Address(addresses.part(address.page, number).page, address.fragment)
        return address

    def year(self, report: str) -> str:
        """Return the year of a report, by which its place in a long list is found."""
        return self.edition.reports[report].entry.date[:4] or "undated"

    def body(self, record: Record[Any], page: str, base: str) -> Markup:
        """Render a record's body for a page; `base` is the record's file under docs/."""
        return Markup(self.renderer.body(record.body, Frame(page, base))) if record.body else Markup("")

    def edit(self, path: str) -> str:
        """Return the address at which the code host lets a file of the edition be edited, if there is a host."""
        return codehost.edit(self.edition, path)

    def dispute(self, page: str, title: str) -> str:
        """Return the address of the code host’s form for an objection to the record on `page`, if there is a host."""
        return codehost.dispute(self.edition, page, title)

    def topics_in_order(self) -> list[Group]:
        """Return the topics with their rows, in the topics’ order."""
        groups: dict[str, list[Row]] = {}
        for row in self.matrix.rows:
            groups.setdefault(self.edition.propositions[row.proposition].fields.topic, []).append(row)
        topics = self.edition.topics
        return [(topics[key].fields.title if key in topics else key, key, rows) for key, rows in groups.items()]

    def reference(self, entry: Entry, locator: str = "") -> Markup:
        """Return a source's reference as HTML, ending in a full stop."""
        html = self.edition.lock.note(entry, locator).html
        return Markup(html if re.search(r"[.?!][”’]?(?:</\w+>)*$", html) else html + ".")

    def cited_in(self, entry: Entry) -> list[CitingPlace]:
        """Return the notes that cite a source."""
        return self.edition.citing.get(entry.key, [])

    def statement(self, key: str) -> str:
        """Return a proposition's statement."""
        return self.edition.propositions[key].fields.statement

    def speaker_name(self, key: str) -> str:
        """Return a speaker's family name."""
        if key == UNSIGNED:
            return "the editors"
        record = self.edition.people.get(key)
        return names.family_name(record.fields) if record else key

    def who_name(self, who: str) -> str:
        """Return the name behind a person's key, or the described group as it is."""
        record = self.edition.people.get(who)
        return record.fields.name if record else who

    def decisive(self, standing: Standing) -> Excerpt | None:
        """Return the decisive excerpt of a cell: an author’s who makes it what it is, before that of unsigned text."""
        held = self.by_record.get((standing.report, standing.proposition), [])
        found = [e for e in held if e.role == "own" and e.quote]
        return min(found, key=lambda e: (e.stance != standing.cell, e.speaker == UNSIGNED), default=None)

    def excerpt_for(self, standing: Standing, role: str, index: int) -> list[Excerpt]:
        """Return the excerpts of one judgement or reported view of a cell."""
        found = self.by_record.get((standing.report, standing.proposition), [])
        return [e for e in found if e.role == role and e.index == index]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=inert.finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(addresses=addresses, Kind=Kind, TERMS=TERMS, PLACES=PLACES, Stance=Stance, Cell=Cell)
    environment.globals.update(
        RELATIONS=RELATIONS,
        MOST_REPORTS=MOST_REPORTS,
        MOST_PLACES=MOST_PLACES,
        natural=natural,
        at_publisher=at_publisher,
        is_addressed=is_addressed,
    )
    environment.filters.update(pilcrow=names.pilcrow, date=names.date_in_words, short_name=names.short_name)
    environment.filters.update(amount=values.amount, dated=values.dated)
    environment.filters.update(short=short, code=_code, lines=_lines)
    return environment


def _lines(text: str) -> Markup:
    """Keep the lines of a text within a `pre` element."""
    return Markup("&#10;").join(Markup(str(inert.finalize(line))) for line in text.split("\n"))


def _code(text: str) -> Markup:
    """Show what stands between backticks of our own words as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _squeeze(text: str) -> str:
    """Leave at most one blank line between blocks."""
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()
