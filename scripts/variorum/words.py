"""The edition's vocabulary: every closed list of values, with the words that explain each.

Field names live in `records`; the values those fields may take live here and nowhere else. Messages, pages, schemas and
data files take their words from these tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Stance(StrEnum):
    """Say where an author stands on a proposition, in order from rejecting to affirming."""

    REJECTS = "rejects"
    LEANS_REJECT = "leans-reject"
    BALANCED = "balanced"
    LEANS_AFFIRM = "leans-affirm"
    AFFIRMS = "affirms"


class Nothing(StrEnum):
    """Say why a cell holds no stance of the author's own that can be compared."""

    DIVIDED = "divided"
    REPORTED_ONLY = "reported-only"
    SILENT = "silent"
    PREDATES = "predates"
    UNCODED = "uncoded"


Cell = Stance | Nothing


class Handling(StrEnum):
    """Say what the author does with a view that the author reports."""

    NEUTRAL = "neutral"
    ENDORSES = "endorses"
    DOUBTS = "doubts"


class Confidence(StrEnum):
    """Say how sure the coder of a position is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Status(StrEnum):
    """Say whether a record has been read by a second person."""

    DRAFT = "draft"
    REVIEWED = "reviewed"


class Coverage(StrEnum):
    """Say how much of a report the edition holds."""

    COMPLETE = "complete"
    IN_PREPARATION = "in preparation"


class NotesState(StrEnum):
    """Say what the copy edited here carries of a report's notes."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    MARKERS_ONLY = "markers-only"
    NONE = "none"


class UnitKind(StrEnum):
    """Say what form a unit has in the report."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTATION = "quotation"


class Kind(StrEnum):
    """Name the kinds of annotation."""

    POSITION = "position"
    FIGURE = "figure"
    COMMENT = "comment"
    ERRATUM = "erratum"
    QUERY = "query"
    RELATION = "relation"
    MENTION = "mention"
    REPLY = "reply"


class Bound(StrEnum):
    """Say how a figure's value is to be taken."""

    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


class FigureStatus(StrEnum):
    """Say what sort of number a figure is."""

    ACTUAL = "actual"
    TARGET = "target"
    ESTIMATE = "estimate"


class Certainty(StrEnum):
    """Say how sure an erratum or a query is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class How(StrEnum):
    """Say how a report brings in a work or a person."""

    NAMED = "named"
    QUOTED = "quoted"
    ALLUDED = "alluded"


class RelationType(StrEnum):
    """Name what one passage does with another: CiTO's term where one cites, the edition's own otherwise."""

    AGREES_WITH = "agreesWith"
    DISAGREES_WITH = "disagreesWith"
    DISPUTES = "disputes"
    SUPPORTS = "supports"
    QUALIFIES = "qualifies"
    EXTENDS = "extends"
    UPDATES = "updates"
    CORRECTS = "corrects"
    DISCUSSES = "discusses"
    CITES_AS_EVIDENCE = "citesAsEvidence"
    CITES_AS_AUTHORITY = "citesAsAuthority"
    CITES_FOR_INFORMATION = "citesForInformation"
    INCLUDES_QUOTATION_FROM = "includesQuotationFrom"
    SHARES_SOURCE_WITH = "sharesSourceWith"
    COINCIDES_WITH = "coincidesWith"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Term:
    """Hold the words for one value: its label on the page and what it means, one sentence."""

    word: str
    meaning: str


TERMS: dict[Cell, Term] = {
    Stance.REJECTS: Term("rejects", "The author plainly denies the proposition."),
    Stance.LEANS_REJECT: Term("leans to reject", "The author denies it, with a real qualification."),
    Stance.BALANCED: Term("balanced", "The author discusses it and keeps both sides, or leaves it open."),
    Stance.LEANS_AFFIRM: Term("leans to affirm", "The author asserts it, with a real qualification."),
    Stance.AFFIRMS: Term("affirms", "The author plainly asserts the proposition."),
    Nothing.DIVIDED: Term("divided", "The authors of one report speak separately and differ."),
    Nothing.REPORTED_ONLY: Term("reported only", "Others’ views are reported; the author takes no position."),
    Nothing.SILENT: Term("silent", "Somebody read it all: the report does not speak to this."),
    Nothing.PREDATES: Term("predates", "The report was published before the matter arose."),
    Nothing.UNCODED: Term("uncoded", "Nobody has looked yet."),
}

RELATIONS: dict[RelationType, str] = {
    RelationType.AGREES_WITH: "agrees with",
    RelationType.DISAGREES_WITH: "disagrees with",
    RelationType.DISPUTES: "disputes",
    RelationType.SUPPORTS: "supports",
    RelationType.QUALIFIES: "qualifies",
    RelationType.EXTENDS: "extends",
    RelationType.UPDATES: "updates",
    RelationType.CORRECTS: "corrects",
    RelationType.DISCUSSES: "discusses",
    RelationType.CITES_AS_EVIDENCE: "cites as evidence",
    RelationType.CITES_AS_AUTHORITY: "cites as authority",
    RelationType.CITES_FOR_INFORMATION: "cites for information",
    RelationType.INCLUDES_QUOTATION_FROM: "quotes from",
    RelationType.SHARES_SOURCE_WITH: "shares a source with",
    RelationType.COINCIDES_WITH: "says much the same as",
    RelationType.CONTRADICTS: "contradicts",
}
"""The words for each type of relation, between one passage and the other."""


@dataclass(frozen=True, slots=True)
class OwnRelation:
    """Hold what a relation of the edition's own means, the heading over such passages, and that heading in brief."""

    meaning: str
    heading: str
    brief: str


OWN_RELATIONS: dict[RelationType, OwnRelation] = {
    RelationType.CONTRADICTS: OwnRelation(
        "The passages exclude each other; neither cites the other.",
        "Passages that contradict each other",
        "contradicting",
    ),
    RelationType.COINCIDES_WITH: OwnRelation(
        "Both passages say the same; neither cites the other.", "Passages that say much the same", "much the same"
    ),
    RelationType.SHARES_SOURCE_WITH: OwnRelation(
        "Both passages rest on the same source.", "Passages that rest on the same source", "of one source"
    ),
}
"""The relations that the editors alone set, where neither author takes up the other, in the order of the page."""

PLACES: dict[Stance, int] = {stance: place for place, stance in enumerate(Stance)}
"""A stance's place on the axis, 0 (rejects) to 4 (affirms)."""

LONGEST_QUOTATION = 15
"""Words that one quotation may have at most (docs/about/rights.md)."""


def side(stance: Stance) -> int:
    """Return -1 for the rejecting side, 1 for the affirming one, 0 for balanced."""
    place = PLACES[stance] - PLACES[Stance.BALANCED]
    return (place > 0) - (place < 0)


UNSIGNED = "editors"
"""The speaker of a report's unsigned text."""


def counted(said: Iterable[tuple[str | None, Stance]]) -> set[Stance]:
    """Return the stances that count: the authors’, or that of unsigned text where no author speaks."""
    held = list(said)
    return {stance for speaker, stance in held if speaker != UNSIGNED} or {stance for _, stance in held}


def joint(said: Iterable[tuple[str | None, Stance]]) -> Cell | None:
    """Return what a report says jointly, from each speaker's stance: one stance, the more qualified of two on one side,
    or `divided`.
    """
    stances = counted(said)
    if not stances:
        return None
    if len({side(stance) for stance in stances}) > 1:
        return Nothing.DIVIDED
    return min(stances, key=lambda stance: abs(PLACES[stance] - PLACES[Stance.BALANCED]))
