"""What the files hold that follow standards of others, and the keys that the panel on the site reads.

CSL-JSON after its input schema 1.0.2, as far as sources have its fields; annotations after the Web Annotation Data
Model, with the bodies of our own that `data/context.jsonld` names.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from ..words import Handling, Nothing, Stance
from .edition import ConfidenceWord, NoteLabel, ReportKey, UnitId, one_of, said

Address = Annotated[str, said("An address: whole, or from the root of a site that has none of its own yet.")]

CslName = TypedDict(
    "CslName", {"family": str, "given": str, "non-dropping-particle": str, "suffix": str, "literal": str}, total=False
)
CslDate = TypedDict(
    "CslDate",
    {
        "date-parts": Annotated[
            list[Annotated[list[int], Field(min_length=1, max_length=3)]], Field(min_length=1, max_length=2)
        ]
    },
)
CslItem = TypedDict(
    "CslItem",
    {
        "id": Annotated[str, said("The source’s key.")],
        "type": Annotated[str, said("A type of CSL.")],
        "title": str,
        "author": NotRequired[list[CslName]],
        "editor": NotRequired[list[CslName]],
        "translator": NotRequired[list[CslName]],
        "issued": NotRequired[CslDate],
        "accessed": NotRequired[CslDate],
        "container-title": NotRequired[str],
        "collection-title": NotRequired[str],
        "publisher": NotRequired[str],
        "publisher-place": NotRequired[str],
        "volume": NotRequired[str],
        "issue": NotRequired[str],
        "number": NotRequired[str],
        "page": NotRequired[str],
        "edition": NotRequired[str],
        "genre": NotRequired[str],
        "version": NotRequired[str],
        "language": NotRequired[str],
        "URL": NotRequired[str],
        "DOI": NotRequired[str],
        "ISBN": NotRequired[str],
        "note": NotRequired[str],
        "custom": NotRequired[Annotated[dict[str, str], said("`translated-title`: the title in English.")]],
    },
)


class Creator(TypedDict):
    """Name who signed an annotation."""

    id: Address
    type: Literal["Person"]
    name: str


class TextBody(TypedDict):
    """Hold what the editors write."""

    type: Literal["TextualBody"]
    value: str
    format: Literal["text/plain"]
    language: str
    purpose: Literal["describing", "commenting"]


class NamedBody(TypedDict):
    """Name the proposition, relation, person or source that a passage is tied to."""

    type: Literal["SpecificResource"]
    source: Address
    purpose: Literal["classifying", "linking", "identifying"]


class StanceBody(TypedDict):
    """Hold a stance: a term of ours."""

    type: Literal["Stance"]
    proposition: Address
    confidence: ConfidenceWord
    wording: int
    voice: Literal["own", "reported"]
    stance: Annotated[str, one_of("The stance, or `silent`.", Stance, Nothing)]
    label: NotRequired[str]
    speaker: NotRequired[str]
    heldBy: NotRequired[list[str]]
    handling: NotRequired[Annotated[str, one_of("What the author does with a view of others.", Handling)]]


class FigureBody(TypedDict):
    """Hold a number: a term of ours."""

    type: Literal["Figure"]
    quantity: Address
    number: str
    unit: str
    period: NotRequired[str]


class CorrectionBody(TypedDict):
    """Hold what a passage reads and should read: a term of ours."""

    type: Literal["Correction"]
    reads: str
    shouldRead: str


class QuoteSelector(TypedDict):
    """Hold words that are proved to stand there."""

    type: Literal["TextQuoteSelector"]
    exact: str


class Selector(TypedDict):
    """Hold the id of a unit or note, and the words there."""

    type: Literal["FragmentSelector"]
    value: str
    conformsTo: str
    refinedBy: NotRequired[QuoteSelector]


class Target(TypedDict):
    """Hold what an annotation is on: a report's page here, its publisher's, the place, what it does for the stance."""

    type: Literal["SpecificResource"]
    source: Address
    scope: NotRequired[str]
    selector: NotRequired[Selector]
    role: NotRequired[Literal["own", "against", "reported", "plain"]]


class AnnotationData(TypedDict):
    """Hold one annotation."""

    id: Address
    type: Literal["Annotation"]
    creator: list[Creator]
    created: str
    generator: Address
    rights: str
    motivation: Literal[
        "classifying", "describing", "commenting", "editing", "questioning", "linking", "identifying", "replying"
    ]
    label: NotRequired[str]
    body: NotRequired[list[TextBody | NamedBody | StanceBody | FigureBody | CorrectionBody]]
    target: Annotated[list[Target], Field(min_length=1)]


class AnnotationPage(TypedDict):
    """Hold the annotations of a collection."""

    id: Address
    type: Literal["AnnotationPage"]
    partOf: Address
    startIndex: Literal[0]
    items: list[AnnotationData]


class Collection(TypedDict):
    """Hold the annotations of a report."""

    id: Address
    type: Literal["AnnotationCollection"]
    label: str
    total: int
    first: AnnotationPage
    last: Address


Defined = TypedDict("Defined", {"@id": str, "@type": Literal["@id"]})
Terms = dict[str, str | Defined]
Context = TypedDict("Context", {"@context": Terms})
CollectionFile = TypedDict(
    "CollectionFile",
    {
        "@context": tuple[str, Terms],
        "id": Address,
        "type": Literal["AnnotationCollection"],
        "label": str,
        "total": int,
        "first": AnnotationPage,
        "last": Address,
    },
)
CollectionsFile = TypedDict("CollectionsFile", {"@context": tuple[str, Terms], "@graph": list[Collection]})


class Named(TypedDict):
    """Hold a key and a few words on what it names."""

    key: str
    word: str


class Measured(Named):
    """Hold a quantity's key, name and unit."""

    unit: str


class Meant(Named):
    """Hold a stance with its meaning."""

    meaning: str


class Put(Named):
    """Hold a proposition with what counts for either end."""

    topic: str
    wording: int
    affirms: str
    rejects: str


class ReportKeys(TypedDict):
    """Hold the names that a report's records use."""

    name: str
    units: list[UnitId]
    notes: list[NoteLabel]
    taken: Annotated[list[str], said("Slugs of its records.")]


class Forms(TypedDict):
    """Hold the code host's forms, with marks in them that the panel fills."""

    propose: Annotated[str, said("The form for a new file.")]
    edit: Annotated[str, said("The form for a file that there is.")]


class Keys(Forms):
    """Hold every key of the edition, and where a file is proposed."""

    title: str
    repository: str | None
    longest_address: int
    longest_quotation: int
    stances: list[Meant]
    reports: dict[ReportKey, ReportKeys]
    propositions: list[Put]
    quantities: list[Measured]
    people: list[Named]
    editors: list[Named]
    sources: list[Named]
