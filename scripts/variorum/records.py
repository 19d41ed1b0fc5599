"""The records: what the files of the edition say, field by field, and nothing that can be computed.

Each model is the front matter of one kind of file. A field's description is its documentation: messages, JSON Schemas
and the fields page are generated from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from .words import (
    Bound,
    Certainty,
    Confidence,
    Coverage,
    FigureStatus,
    Handling,
    How,
    Kind,
    NotesState,
    RelationType,
    Stance,
    Status,
)

KEY = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
"""The form of every key: small letters, digits, single hyphens."""
LABEL = r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*"
"""The form of a note's label as printed; `3-12` where labels restart by chapter."""
UNIT = r"s[1-9][0-9]*p[1-9][0-9]*"
"""The form of a unit's id."""

Key = Annotated[str, StringConstraints(pattern=f"^{KEY}$")]
Label = Annotated[str, StringConstraints(pattern=f"^{LABEL}$")]
At = Annotated[str, StringConstraints(pattern=f"^(?:{UNIT}|n{LABEL}|s[1-9][0-9]*|front)$")]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$")]
Form = Annotated[str, StringConstraints(pattern=r"^(?:https?://|\{repository\}/)[^\s<>\"]+$")]
Released = Annotated[str, StringConstraints(pattern=r"^/(?:[a-z0-9-]+/)+(?:#[A-Za-z0-9:-]+)?$")]
Passage = Annotated[str, StringConstraints(pattern=f"^{KEY}#(?:{UNIT}|n{LABEL})$")]


class Strict(BaseModel):
    """Refuse fields that a record does not have, and never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Evidence(Strict):
    """Name a unit or note of the report and the words in it."""

    at: At = Field(description="The unit (`s3p2`) or note (`n12`) that the words stand in.")
    quote: Words | None = Field(
        None, description="The words themselves, verbatim, at most 15; left out in further evidence."
    )
    proof: Words | None = Field(None, description="Written by `variorum verify --write`; not by hand.")


class Judgement(Strict):
    """Say where one voice of the report stands on the proposition, and on what words that rests."""

    stance: Stance = Field(description="Where the author stands.")
    speaker: Key | None = Field(
        None,
        description="The person’s key where authors of one report speak separately; `editors` for unsigned text.",
    )
    evidence: tuple[Evidence, ...] = Field(
        min_length=1, description="The passages that it rests on, the decisive one first; one to three are enough."
    )
    against: tuple[Evidence, ...] = Field((), description="What in the report pulls the other way.")


class ReportedView(Strict):
    """Say that the author reports others as holding a view on the proposition."""

    who: tuple[Words, ...] = Field(min_length=1, description="People by key, or a described group in words.")
    via: tuple[Words, ...] = Field((), description="Through whom the author has it.")
    stance: Stance = Field(description="Where they are said to stand.")
    author: Handling = Field(Handling.NEUTRAL, description="What the author does with the view.")
    note: At | None = Field(None, description="The note that documents it (`n7`).")
    evidence: tuple[Evidence, ...] = Field(min_length=1, description="Where the report says so.")

    @model_validator(mode="before")
    @classmethod
    def _one_is_a_list(cls, data: object) -> object:
        if isinstance(data, dict):
            return {
                name: [value] if name in ("who", "via") and isinstance(value, str) else value
                for name, value in data.items()
            }
        return data


class Signed(Strict):
    """Say who wrote a record and when."""

    by: tuple[Key, ...] = Field(min_length=1, description="The handles of those who wrote the record.")
    date: Day = Field(description="The day of writing, `2026-11-30`.")
    waive: dict[str, Words] = Field({}, description="Rules that this record is excused from, each with the reason.")
    aliases: tuple[Key, ...] = Field((), description="Names the record had before.")


class Position(Signed):
    """Record where one report stands on one proposition; the path is its key."""

    kind: Literal[Kind.POSITION]
    own: Literal["silent"] | tuple[Judgement, ...] = Field(
        description="`silent`, or the author’s judgement, one for each speaker; `[]` with reported views alone."
    )
    reported: tuple[ReportedView, ...] = Field(
        (), description="Views that the author reports of others; shown, never counted."
    )
    confidence: Confidence = Field(
        Confidence.HIGH, description="How sure the coding is; say why in the body when it is not high."
    )
    ruling: Words | None = Field(None, description="Where the blind coders differed: how that was settled, and why.")
    wording: int = Field(1, ge=1, description="The number of the proposition’s wording that was coded.")
    status: Status = Field(Status.DRAFT, description="Whether a second person has read it.")


class Figure(Signed):
    """Record a number that the report gives for a named quantity."""

    kind: Literal[Kind.FIGURE]
    quantity: Key = Field(description="The key of a page under docs/quantities/.")
    value: float | int | None = Field(None, description="The number, in `unit`.")
    low: float | int | None = Field(None, description="The lower end of a range.")
    high: float | int | None = Field(None, description="The upper end of a range.")
    bound: Bound | None = Field(None, description="How the number is to be taken.")
    status: FigureStatus = Field(FigureStatus.ACTUAL, description="Whether it is a result, a target or an estimate.")
    unit: Words = Field(description="The unit of measurement, as on the quantity’s page.")
    period: Words | None = Field(None, description="The year, month or span that the number is for.")
    basis: Words | None = Field(None, description="Whose data it is, where the report says.")
    at: At = Field(description="The unit or note that gives it.")
    quote: Words = Field(description="The words that give it, verbatim.")
    proof: Words | None = Field(None, description="Written by `variorum verify --write`.")
    attributed_to: Words | None = Field(None, description="To whom the report attributes the number.")
    review: Status = Field(Status.DRAFT, description="Whether a second person has read it.")

    @model_validator(mode="after")
    def _one_number(self) -> Figure:
        if self.value is None and self.low is None and self.high is None:
            raise ValueError("give `value`, or `low` and `high`")
        return self


class Comment(Signed):
    """Record a remark of the editors on a passage; the body is the remark."""

    kind: Literal[Kind.COMMENT]
    at: At = Field(description="The unit or note.")
    quote: Words | None = Field(None, description="The words it is about.")
    proof: Words | None = Field(None, description="Written by `variorum verify --write`.")
    title: Words | None = Field(None, description="A short heading.")
    status: Status = Field(Status.DRAFT, description="Whether a second person has read it.")


class Erratum(Signed):
    """Record a slip that changes a meaning, and what the passage should read."""

    kind: Literal[Kind.ERRATUM, Kind.QUERY]
    at: At = Field(description="The unit or note.")
    quote: Words = Field(description="The words in question, verbatim.")
    proof: Words | None = Field(None, description="Written by `variorum verify --write`.")
    reads: Words = Field(description="What it says.")
    should_read: Words = Field(description="What it should say, or for a query, might.")
    because: Words = Field(description="On what ground, with a citation.")
    certainty: Certainty = Field(description="How sure that is.")
    status: Status = Field(Status.DRAFT, description="Whether a second person has read it.")


class Relation(Signed):
    """Record what a passage of this report does with a passage of another."""

    kind: Literal[Kind.RELATION]
    origin: Passage = Field(alias="from", description="The passage of this report, `report#s3p2` or `report#n12`.")
    to: Passage = Field(description="The passage of this or another report.")
    type: RelationType = Field(description="What the first does with the second.")
    quote: Words | None = Field(None, description="The deciding words of the first passage.")
    proof: Words | None = Field(None, description="Written by `variorum verify --write`.")
    status: Status = Field(Status.DRAFT, description="Whether a second person has read it.")


class Mention(Signed):
    """Record that the running text names, quotes or alludes to a work or a person."""

    kind: Literal[Kind.MENTION]
    at: At = Field(description="The unit or note.")
    source: Key | None = Field(None, description="The key of the work, where it can be identified with certainty.")
    person: Key | None = Field(None, description="The key of the person.")
    printed: Words | None = Field(None, description="The name as the report prints it.")
    how: How = Field(description="Whether it is named, quoted or alluded to.")
    quote: Words | None = Field(None, description="The words that do it.")
    proof: Words | None = Field(None, description="Written by `variorum verify --write`.")
    status: Status = Field(Status.DRAFT, description="Whether a second person has read it.")

    @model_validator(mode="after")
    def _something(self) -> Mention:
        if self.source is None and self.person is None:
            raise ValueError("name a `source` or a `person`")
        return self


class Reply(Signed):
    """Record an author’s answer to a record on the author’s report; the body is the answer."""

    kind: Literal[Kind.REPLY]
    to: Words = Field(description="The record answered, `report/slug`.")


Annotation = Position | Figure | Comment | Erratum | Relation | Mention | Reply

ANNOTATIONS: dict[Kind, type[Signed]] = {
    Kind.POSITION: Position,
    Kind.FIGURE: Figure,
    Kind.COMMENT: Comment,
    Kind.ERRATUM: Erratum,
    Kind.QUERY: Erratum,
    Kind.RELATION: Relation,
    Kind.MENTION: Mention,
    Kind.REPLY: Reply,
}


def parts(model: BaseModel, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], BaseModel]]:
    """Yield a record and every model nested in it, each with its path in the front matter."""
    yield path, model
    for name in _nesting(type(model)):
        value = getattr(model, name)
        if isinstance(value, tuple):
            for index, part in enumerate(value):
                yield from parts(part, (*path, name, index))


@cache
def _nesting(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of a model that may hold a list of models."""
    return tuple(name for name, field in model.model_fields.items() if _lists_models(field.annotation))


def _lists_models(annotation: object) -> bool:
    given = get_args(annotation)
    if get_origin(annotation) is tuple:
        return isinstance(given[0], type) and issubclass(given[0], BaseModel)
    return any(_lists_models(one) for one in given)


class Examples(Strict):
    """Give an invented sentence for either end of a proposition, and why it is coded so."""

    affirms: Words = Field(description="A sentence that affirms.")
    rejects: Words = Field(description="A sentence that rejects.")


class Proposition(Strict):
    """State what is put to every report, and how it is coded; the body is the editors’ reading."""

    statement: Words = Field(description="One plain sentence.")
    topic: Key = Field(description="The key of a page under docs/topics/.")
    wording: int = Field(1, ge=1, description="The number of the present wording.")
    earlier: tuple[Words, ...] = Field((), description="The wordings before it, oldest first.")
    since: Day | None = Field(None, description="The day on which the matter arose; reports before it predate it.")
    affirms_means: Words = Field(description="What counts as affirming.")
    rejects_means: Words = Field(description="What counts as rejecting.")
    examples: Examples | None = Field(None, description="A worked example for either end.")
    aliases: tuple[Key, ...] = Field((), description="Keys the proposition had before.")


class Topic(Strict):
    """Name a group of propositions and its place in the order."""

    title: Words = Field(description="The group’s name.")
    order: int = Field(ge=1, description="Its place on the matrix.")


class Quantity(Strict):
    """Say what a figure measures; the body says what differs between the values and why."""

    title: Words = Field(description="The quantity’s name.")
    measures: Words = Field(description="What is counted, one sentence.")
    unit: Words = Field(description="The unit that its figures are given in.")
    topic: Key | None = Field(None, description="The topic it belongs to.")
    compare: Words | None = Field(None, description="How two values are compared, and what makes them not comparable.")
    aliases: tuple[Key, ...] = Field((), description="Keys the quantity had before.")


class Person(Strict):
    """Identify a person cited, quoted or named; the body says who they are."""

    name: Words = Field(description="The name in the form used here.")
    sort: Words | None = Field(
        None,
        description="The name by which it is sorted, `Weir, Ada`; what stands before the comma is the family name.",
    )
    variants: tuple[Words, ...] = Field((), description="Other forms as printed in the reports.")
    role: Words | None = Field(None, description="Who they are, in a few words.")
    aliases: tuple[Key, ...] = Field((), description="Keys the person had before.")


class Editor(Strict):
    """Identify someone who signs records or codes positions."""

    name: Words = Field(description="The name to be shown and cited.")
    orcid: Words | None = Field(None, description="The ORCID identifier, where there is one.")
    coder: Words | None = Field(None, description="What kind of coder this is.")


class Retired(Strict):
    """Say that what was released has been withdrawn and has no successor; its addresses go on leading to that."""

    title: Words = Field(description="What stood there.")
    addresses: tuple[Released, ...] = Field(
        min_length=1, description="Its addresses, as the ledger has them; a page’s takes those on the page with it."
    )
    date: Day = Field(description="The day on which it was withdrawn.")
    because: Words = Field(description="Why.")


class NotesMatter(Strict):
    """Say what the copy carries of the report’s notes."""

    state: NotesState = Field(description="What the copy carries.")
    missing: tuple[Label, ...] = Field((), description="Labels whose text the copy lacks.")
    printed: dict[str, Words] = Field({}, description="Label → the short form or ibid. as the report prints it.")


class ReportMatter(Strict):
    """Describe a report as edited here; its bibliographic data stand in bibliography/reports.bib."""

    genre: Words = Field(description="What sort of text it is.")
    coverage: Coverage = Field(description="How much of it the edition holds.")
    scope: Words = Field(description="What it sets out to do and what it leaves aside.")
    abstract: Words = Field(description="What it holds, in our words.")
    funder: Words | None = Field(None, description="Who paid for it, where it says.")
    original: Url = Field(description="Where the publisher has it.")
    notes: NotesMatter = Field(description="What the copy carries of its notes.")
    online: Url | None = Field(None, description="The publisher’s web page, where it is HTML and has the text itself.")
    pages: dict[str, Words] = Field({}, description="Unit → the publisher’s page that it begins on, where known.")
    moved: dict[str, At] = Field(
        {}, description="Id of a section, unit or note given up → the one that has its matter."
    )
    aliases: tuple[Key, ...] = Field((), description="Keys the report had before.")


class EditionMatter(Strict):
    """Describe the edition; the body of docs/index.md opens its home page."""

    title: Words = Field(description="The edition’s title.")
    subtitle: Words | None = Field(None, description="What it reads.")
    question: Words | None = Field(None, description="The question the home page leads with.")
    version: Words = Field(description="The edition’s version.")
    date: Day = Field(description="The day of that version.")
    repository: Url | None = Field(None, description="Where pull requests go.")
    doi: Words | None = Field(None, description="The DOI of the released edition, once it has one.")
    propose: Form | None = Field(
        None,
        description="The code host’s form for a new file, with `{repository}`, `{folder}`, `{file}`, `{path}`, `{text}`"
        " in it (default: GitHub’s, branch `main`).",
    )
    edit: Form | None = Field(
        None,
        description="The code host’s form for a file that there is, with `{repository}` and `{path}` in it.",
    )
    dispute: Form | None = Field(
        None,
        description="The code host’s form for an objection, with `{repository}`, `{title}` and `{address}` in it.",
    )
