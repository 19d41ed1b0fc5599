"""What the edition's own data files hold, file by file; the code that writes them is checked against these types."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from ..records import KEY, LABEL, UNIT
from ..words import Confidence, Coverage, Handling, How, Nothing, Stance, UnitKind


def said(meaning: str) -> Any:
    """Give a field its meaning."""
    return Field(description=meaning)


def one_of(meaning: str, *kinds: type[StrEnum]) -> Any:
    """Give a field its meaning and the words of the vocabulary that it may be."""
    return Field(description=meaning, json_schema_extra={"enum": [str(one) for kind in kinds for one in kind]})


def form(meaning: str, pattern: str) -> Any:
    """Give a field its meaning and its form."""
    return Field(description=meaning, pattern=pattern)


ReportKey = Annotated[str, form("A report’s key.", f"^{KEY}$")]
PropositionKey = Annotated[str, form("A proposition’s key.", f"^{KEY}$")]
SourceKey = Annotated[str, form("A source’s key in the bibliography.", r"^\S+$")]
PersonKey = Annotated[str, form("A person’s key, or `editors` for unsigned text.", f"^{KEY}$")]
RecordKey = Annotated[str, form("An annotation, `report/slug`.", f"^{KEY}/{KEY}$")]
UnitId = Annotated[str, form("A unit’s id, `s3p2`.", f"^{UNIT}$")]
PlaceId = Annotated[
    str, form("A unit (`s3p2`), section (`s3`) or note (`n12`).", f"^(?:{UNIT}|s[0-9]+|n{LABEL}|front)$")
]
NoteLabel = Annotated[str, form("A note’s label, as printed.", f"^{LABEL}$")]
Path = Annotated[str, form("An address from the site’s root.", "^/")]
StanceWord = Annotated[str, one_of("A stance.", Stance)]
CellWord = Annotated[str, one_of("What a cell of the matrix says.", Stance, Nothing)]
ConfidenceWord = Annotated[str, one_of("How sure the coder is.", Confidence)]
Words = Annotated[str, said("Words of the report, verbatim.")]
PartialDate = Annotated[
    str, form("A day, month, year or span, as far as it is known; empty without one.", r"^(?:[0-9]{4}[0-9/-]*)?$")
]


class Editing(TypedDict):
    """Say which edition this is."""

    title: Annotated[str, said("The edition’s title.")]
    version: Annotated[str, said("The edition’s version.")]
    generated_from: Annotated[str, said("A hash of all files that the edition was made from.")]


class Author(TypedDict):
    """Name an author: by `family` and `given`, or a body by `literal`."""

    family: NotRequired[str]
    given: NotRequired[str]
    literal: NotRequired[str]


class Unit(TypedDict):
    """Hold a paragraph, item or block quotation."""

    id: UnitId
    kind: Annotated[str, one_of("What it is.", UnitKind)]
    digest: Annotated[str, said("What it says, in the editors’ words, as Markdown.")]
    notes: Annotated[list[NoteLabel], said("The notes that are marked in it.")]
    annotations: Annotated[list[RecordKey], said("The records that name it.")]
    speaker: Annotated[PersonKey | None, said("Who speaks, where speakers alternate.")]


class Section(TypedDict):
    """Hold a section with its units, in order."""

    id: Annotated[str, form("The section’s id.", r"^s[0-9]+$")]
    title: Annotated[str | None, said("The heading; null where the report has none.")]
    level: Annotated[int, said("1 for the report’s main headings, 2 for those below.")]
    units: list[Unit]


class Note(TypedDict):
    """Hold a note of a report."""

    label: NoteLabel
    at: Annotated[PlaceId | None, said("Where its marker stands first.")]
    text: Annotated[
        str | None, said("The note in the editors’ form, its sources as keys; null where the copy lacks it.")
    ]
    sources: Annotated[list[SourceKey], said("The sources that it cites.")]
    printed: Annotated[str | None, said("The short form or `ibid.` that the report prints.")]


class Lengths(TypedDict):
    """Count words: of the report, of what is quoted of it, of the digest."""

    text: Annotated[int | None, said("Words of the report’s text; null where it has not been counted.")]
    quoted: int
    digest: int


class ReportData(TypedDict):
    """Hold a report as edited."""

    key: ReportKey
    title: str
    authors: list[Author]
    institution: Annotated[str, said("Who published it.")]
    date: PartialDate
    url: Annotated[str, said("Where its publisher has it.")]
    address: Path
    genre: str
    coverage: Annotated[str, one_of("How much of it the edition holds.", Coverage)]
    scope: Annotated[str, said("What it sets out to do and what it leaves aside.")]
    abstract: Annotated[str, said("What it holds, in the editors’ words.")]
    sections: list[Section]
    notes: list[Note]
    missing_notes: Annotated[list[NoteLabel], said("Notes that are marked and whose text the copy lacks.")]
    words: Lengths


class PropositionData(TypedDict):
    """Hold what is put to every report."""

    id: PropositionKey
    statement: str
    topic: Annotated[str, said("The key of its topic.")]
    since: Annotated[str | None, said("The day on which the matter arose; reports before it predate it.")]
    wording: Annotated[int, said("The number of the present wording.")]
    url: Path


class EvidenceData(TypedDict):
    """Name a passage, with its words where the record quotes them."""

    at: PlaceId
    quote: Annotated[Words | None, said("The words; null where the passage is only named.")]
    verified: Annotated[bool, said("Whether the words are proved to stand there.")]


class Own(TypedDict):
    """Say where one voice of the report stands."""

    stance: StanceWord
    speaker: Annotated[PersonKey | None, said("Who, where authors of one report speak separately.")]
    evidence: list[EvidenceData]
    against: Annotated[list[EvidenceData], said("What in the report pulls the other way.")]


class Reported(TypedDict):
    """Say what view the report reports of others."""

    who: Annotated[list[str], said("People by key, or described groups in words.")]
    via: Annotated[list[str], said("Through whom the author has it.")]
    stance: StanceWord
    author: Annotated[str, one_of("What the author does with the view.", Handling)]
    note: Annotated[PlaceId | None, said("The note that documents it.")]
    evidence: list[EvidenceData]


class PositionData(TypedDict):
    """Hold one report's position on one proposition: one for each pair, whatever the cell says."""

    report: ReportKey
    proposition: PropositionKey
    cell: CellWord
    place: Annotated[int | None, said("0 (rejects) to 4 (affirms); null without one stance of the author’s own.")]
    own: list[Own]
    reported: list[Reported]
    confidence: ConfidenceWord | None
    url: Annotated[Path | None, said("The record’s address; null without one.")]


class CitingNote(TypedDict):
    """Name a note that cites a source."""

    report: ReportKey
    note: NoteLabel
    at: Annotated[PlaceId | None, said("Where the note’s marker stands first.")]
    locator: Annotated[str | None, said("The place in the source that the note gives.")]


class SourceData(TypedDict):
    """Hold a source with the notes that cite it."""

    key: SourceKey
    type: Annotated[str, said("Its type in the bibliography.")]
    title: str
    date: PartialDate
    url: str | None
    cited_by: list[CitingNote]


class EditionData(TypedDict):
    """Hold the whole edition."""

    edition: Editing
    reports: list[ReportData]
    propositions: list[PropositionData]
    positions: list[PositionData]
    figures: list[dict[str, Any]]
    errata: list[dict[str, Any]]
    relations: list[dict[str, Any]]
    mentions: list[dict[str, Any]]
    sources: list[SourceData]


class UseData(TypedDict):
    """Name a place that uses a source: a note that cites it, or running text that names it."""

    report: ReportKey
    at: PlaceId
    note: NotRequired[NoteLabel]
    units: NotRequired[Annotated[list[UnitId], said("The units that have the note’s marker.")]]
    locator: NotRequired[str | None]
    how: NotRequired[Annotated[str, one_of("How the text has it.", How)]]
    record: NotRequired[Path]


class ConclusionData(TypedDict):
    """Say what the reports that use a source conclude on one proposition."""

    proposition: PropositionKey
    cells: Annotated[dict[str, CellWord], said("What each report’s cell says, by the report’s key.")]
    argued_by: Annotated[list[ReportKey], said("Reports that use the source for it in their own voice.")]
    reported_by: Annotated[list[ReportKey], said("Reports that use it for a view of others.")]
    opposed: Annotated[bool, said("Whether reports stand on different sides.")]
    opposed_in_use: Annotated[bool, said("Whether those do that use the source for it.")]


class SharedSource(TypedDict):
    """Hold a source with every place that uses it."""

    key: SourceKey
    type: Annotated[str, said("Its type in the bibliography.")]
    title: str
    authors: list[str]
    date: PartialDate | None
    url: str | None
    address: Path
    reports: Annotated[list[ReportKey], said("The reports that use it.")]
    cited_by: list[UseData]
    mentioned_by: list[UseData]
    conclusions: Annotated[list[ConclusionData], said("Where several reports use it, what each concludes.")]
