"""Evidence: every passage that records take from a report, gathered under the unit or note it stands in.

An excerpt's id is the place and the record's name (`s3p2-vassal`), so that a cell of the matrix leads to the words and
the words lead back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .edition import Edition, once
from .frontmatter import Record
from .records import Annotation, Evidence, Figure, Judgement, Position, Relation, ReportedView, Signed
from .words import Handling, Kind, Stance


class Role(StrEnum):
    """Say what an excerpt does for its record."""

    OWN = "own"
    AGAINST = "against"
    REPORTED = "reported"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Hold one passage named by a record: where it stands, its words if quoted, and what it is evidence of."""

    id: str
    report: str
    at: str
    quote: str
    proof: str
    slug: str
    kind: Kind
    role: Role
    index: int
    stance: Stance | None = None
    speaker: str = ""
    who: tuple[str, ...] = ()
    author: Handling | None = None


@once
def excerpts(edition: Edition) -> dict[str, list[Excerpt]]:
    """Return every report's excerpts, in order of record; ids are unique within a report."""
    found: dict[str, list[Excerpt]] = {key: [] for key in edition.reports}
    counts: Counter[tuple[str, str]] = Counter()
    for (report, slug), record in edition.annotations.items():
        if report not in found:
            continue
        for excerpt in _of_record(report, slug, record):
            counts[report, excerpt.id] += 1
            number = counts[report, excerpt.id]
            found[report].append(_numbered(excerpt, number) if number > 1 else excerpt)
    return found


def by_place(found: list[Excerpt]) -> dict[str, list[Excerpt]]:
    """Group excerpts by the unit or note that they stand in."""
    places: dict[str, list[Excerpt]] = {}
    for excerpt in found:
        places.setdefault(excerpt.at, []).append(excerpt)
    return places


def by_record(found: dict[str, list[Excerpt]]) -> dict[tuple[str, str], list[Excerpt]]:
    """Group all excerpts by report and record, in each record's order."""
    records: dict[tuple[str, str], list[Excerpt]] = {}
    for report, held in found.items():
        for excerpt in held:
            records.setdefault((report, excerpt.slug), []).append(excerpt)
    return records


def _numbered(excerpt: Excerpt, number: int) -> Excerpt:
    fields = {name: getattr(excerpt, name) for name in Excerpt.__slots__}
    return Excerpt(**{**fields, "id": f"{excerpt.id}-{number}"})


def _of_record(report: str, slug: str, record: Record[Signed]) -> Iterator[Excerpt]:
    fields = record.fields
    if isinstance(fields, Position):
        yield from _of_position(report, slug, fields)
    elif isinstance(fields, Relation):
        key, _, place = fields.origin.partition("#")
        if key == report:
            yield Excerpt(
                f"{place}-{slug}",
                report,
                place,
                fields.quote or "",
                fields.proof or "",
                slug,
                fields.kind,
                Role.PLAIN,
                0,
            )
    elif getattr(fields, "at", None):
        yield _plain(report, slug, fields)  # type: ignore[arg-type]


def _plain(report: str, slug: str, fields: Annotation) -> Excerpt:
    at, quote, proof = (getattr(fields, name, None) or "" for name in ("at", "quote", "proof"))
    speaker = fields.attributed_to or "" if isinstance(fields, Figure) else ""
    return Excerpt(f"{at}-{slug}", report, at, quote, proof, slug, fields.kind, Role.PLAIN, 0, speaker=speaker)


def _of_position(report: str, slug: str, fields: Position) -> Iterator[Excerpt]:
    for index, judgement in enumerate(() if fields.own == "silent" else fields.own):
        for role, pieces in ((Role.OWN, judgement.evidence), (Role.AGAINST, judgement.against)):
            for piece in pieces:
                yield _piece(report, slug, piece, role, index, judgement)
    for index, view in enumerate(fields.reported):
        for piece in view.evidence:
            yield _piece(report, slug, piece, Role.REPORTED, index, view)


def _piece(report: str, slug: str, piece: Evidence, role: Role, index: int, owner: Judgement | ReportedView) -> Excerpt:
    reported = owner if isinstance(owner, ReportedView) else None
    return Excerpt(
        id=f"{piece.at}-{slug}",
        report=report,
        at=piece.at,
        quote=piece.quote or "",
        proof=piece.proof or "",
        slug=slug,
        kind=Kind.POSITION,
        role=role,
        index=index,
        stance=owner.stance,
        speaker=owner.speaker or "" if isinstance(owner, Judgement) else "",
        who=reported.who if reported else (),
        author=reported.author if reported else None,
    )
