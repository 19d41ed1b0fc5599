"""Rules on positions and the other annotations: what they name exists, what they claim rests on words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..drafts import needs_body
from ..edition import Edition
from ..findings import Finding, cut, nearest
from ..frontmatter import Record
from ..links import lacks, unread
from ..quoting import count_words, is_between_curly_marks
from ..records import Evidence, Figure, Mention, Position, Relation, Reply, Signed, parts
from ..report import Report
from ..source import Place
from ..words import LONGEST_QUOTATION, UNSIGNED, Confidence

Path = tuple[str | int, ...]


def folders_are_reports(edition: Edition) -> Iterator[Finding]:
    """Want each folder under docs/annotations/ to be named after a report."""
    folders = {report: edition.annotations[report, slug].path for report, slug in reversed(list(edition.annotations))}
    for report, path in folders.items():
        if lacks(edition, "reports", report):
            said = f"there is no report `{report}`"
            yield Finding("unknown-report", Place(path), said, nearest(report, edition.reports))


def positions_are_on_propositions(edition: Edition) -> Iterator[Finding]:
    """Want each position's file to be named after a proposition."""
    for (_, slug), record in edition.positions.items():
        if lacks(edition, "propositions", slug):
            said = f"there is no proposition `{slug}`"
            yield Finding("unknown-proposition", Place(record.path), said, nearest(slug, edition.propositions))


def matters_had_arisen(edition: Edition) -> Iterator[Finding]:
    """Want no view on a matter that arose after the report; a silent record holds none."""
    for (key, slug), record in edition.positions.items():
        report, proposition = edition.reports.get(key), edition.propositions.get(slug)
        if report is None or proposition is None or record.fields.own == "silent":
            continue
        since = proposition.fields.since
        if report.predates(since):
            said = f"the report is of {report.entry.date}; the matter arose on {since}"
            yield Finding("later-matter", record.place("own", key=True), said)


def wordings_are_present(edition: Edition) -> Iterator[Finding]:
    """Want each position to be coded on the proposition's present wording."""
    for (_, slug), record in edition.positions.items():
        proposition = edition.propositions.get(slug)
        if proposition and record.fields.wording != proposition.fields.wording:
            said = f"coded on wording {record.fields.wording}; the present one is {proposition.fields.wording}"
            yield Finding("stale-wording", record.place("wording"), said)


def signatures_are_known(edition: Edition) -> Iterator[Finding]:
    """Want a page for whoever signs, and each handle once."""
    for record in edition.annotations.values():
        for index, handle in enumerate(record.fields.by):
            if lacks(edition, "editors", handle):
                said = f"docs/editors/ has no `{handle}`"
                yield Finding("unknown-editor", record.place("by", index), said, nearest(handle, edition.editors))
            elif handle in record.fields.by[:index]:
                said = f"`{handle}` stands twice in `by`"
                yield Finding("wrong-value", record.place("by", index), said, "name each once")


def places_exist(edition: Edition) -> Iterator[Finding]:
    """Want each place named to be a unit or note of the report."""
    for (key, _), record in edition.annotations.items():
        report = edition.reports.get(key)
        if report is None:
            continue
        for path, place in places(record.fields):
            if not report.has(place):
                said = f"`{key}` has no `{place}`"
                yield Finding("unknown-place", record.place(*path), said, _near(report, place))


def quotations_are_short(edition: Edition) -> Iterator[Finding]:
    """Want at most 15 words in a quotation."""
    for record in edition.annotations.values():
        for path, quote in quotes(record.fields):
            count = count_words(quote)
            if count > LONGEST_QUOTATION:
                yield Finding("long-quotation", record.place(*path), f"a quotation of {count} words")


def quotations_are_bare(edition: Edition) -> Iterator[Finding]:
    """Want no curly marks round the whole of a quotation; between straight ones they are the report’s."""
    for record in edition.annotations.values():
        for path, quote in quotes(record.fields):
            place = record.place(*path)
            if is_between_curly_marks(quote) and place.excerpt[place.column - 1] == quote[0]:
                yield Finding("curly-marks", place, f"the marks of `{cut(quote)}` are taken into the quotation")


def stances_have_evidence(edition: Edition) -> Iterator[Finding]:
    """Want words under the first, decisive piece of evidence of each stance."""
    for record in edition.positions.values():
        for path, first in _decisive(record.fields):
            if not first.quote:
                yield Finding("no-evidence", record.place(*path), "the decisive evidence has no `quote`")


def speakers_are_distinct(edition: Edition) -> Iterator[Finding]:
    """Want at most one judgement for each speaker."""
    for record in edition.positions.values():
        if record.fields.own == "silent":
            continue
        counts = Counter(judgement.speaker for judgement in record.fields.own)
        for index, judgement in enumerate(record.fields.own):
            if counts[judgement.speaker] > 1 and index:
                name = f"`{judgement.speaker}`" if judgement.speaker else "the author"
                yield Finding("divided-speakers", record.place("own", index), f"a second judgement for {name}")


def silence_is_bare(edition: Edition) -> Iterator[Finding]:
    """Want no views of others in a silent record; evidence is no field of one."""
    for record in edition.positions.values():
        if record.fields.own == "silent" and record.fields.reported:
            place = record.place("reported", key=True)
            yield Finding("silent-with-evidence", place, "a silent record with `reported`", "write `own: []`")


def people_are_known(edition: Edition) -> Iterator[Finding]:
    """Want a page for each speaker and person named by key."""
    for record in edition.annotations.values():
        for path, key in people(record.fields):
            if lacks(edition, "people", key):
                said = f"docs/people/ has no `{key}`"
                yield Finding("unknown-person", record.place(*path), said, nearest(key, edition.people))


def doubts_are_explained(edition: Edition) -> Iterator[Finding]:
    """Want a body where the confidence is not high."""
    for record in edition.positions.values():
        if record.fields.confidence is not Confidence.HIGH and not record.body:
            said = f"`{record.fields.confidence}` confidence, and the body does not say why"
            yield Finding("low-confidence", record.place("confidence"), said)


def remarks_are_written(edition: Edition) -> Iterator[Finding]:
    """Want a body where it is what the record says: in a comment and in a reply."""
    for record in edition.annotations.values():
        kind = str(vars(record.fields)["kind"])
        if needs_body(kind) and not record.body.strip(" \n…"):
            yield Finding("no-body", record.place("kind"), f"the {kind} says nothing")


def references_are_known(edition: Edition) -> Iterator[Finding]:
    """Want quantities, sources, other passages and records answered to exist."""
    for record in edition.annotations.values():
        fields = record.fields
        if isinstance(fields, Figure) and lacks(edition, "quantities", fields.quantity):
            said, hint = f"docs/quantities/ has no `{fields.quantity}`", nearest(fields.quantity, edition.quantities)
            yield Finding("unknown-quantity", record.place("quantity"), said, hint)
        if isinstance(fields, Mention) and fields.source and fields.source not in edition.entries:
            said = f"bibliography/ has no `{fields.source}`"
            yield Finding("unknown-source", record.place("source"), said, nearest(fields.source, edition.entries))
        if isinstance(fields, Reply):
            yield from _answered(edition, record, fields)
        if isinstance(fields, Relation):
            yield from _passages(edition, record, fields)


def units_are_of_the_quantity(edition: Edition) -> Iterator[Finding]:
    """Want a figure in the unit of its quantity."""
    for record in edition.annotations.values():
        fields = record.fields
        quantity = edition.quantities.get(fields.quantity) if isinstance(fields, Figure) else None
        if quantity and isinstance(fields, Figure) and fields.unit != quantity.fields.unit:
            said = f"`{cut(fields.unit)}` for a quantity in `{cut(quantity.fields.unit)}`"
            yield Finding("figure-unit", record.place("unit"), said)


def places(fields: Signed) -> Iterator[tuple[Path, str]]:
    """Yield each place that a record names, with its path in the front matter."""
    for path, model in parts(fields):
        at = vars(model).get("at")
        if isinstance(at, str):
            yield (*path, "at"), at
        note = vars(model).get("note")
        if isinstance(note, str):
            yield (*path, "note"), note


def quotes(fields: Signed) -> Iterator[tuple[Path, str]]:
    """Yield each quotation of a record, with its path."""
    for path, model in parts(fields):
        quote = vars(model).get("quote")
        if isinstance(quote, str):
            yield (*path, "quote"), quote


def people(fields: Signed) -> Iterator[tuple[Path, str]]:
    """Yield each person that a record names by key, with its path; a described group has a blank in it."""
    for path, model in parts(fields):
        speaker = vars(model).get("speaker")
        if speaker and speaker != UNSIGNED:
            yield (*path, "speaker"), speaker
        person = vars(model).get("person")
        if isinstance(person, str):
            yield (*path, "person"), person
        for name in ("who", "via"):
            for index, who in enumerate(vars(model).get(name) or ()):
                if who.islower() and " " not in who:
                    yield (*path, name, index), who


def _decisive(fields: Position) -> Iterator[tuple[Path, Evidence]]:
    if fields.own != "silent":
        for index, judgement in enumerate(fields.own):
            yield ("own", index, "evidence", 0), judgement.evidence[0]
    for index, view in enumerate(fields.reported):
        yield ("reported", index, "evidence", 0), view.evidence[0]


def _passages(edition: Edition, record: Record[Signed], fields: Relation) -> Iterator[Finding]:
    for name, passage in (("from", fields.origin), ("to", fields.to)):
        key, _, place = passage.partition("#")
        report = edition.reports.get(key)
        if lacks(edition, "reports", key):
            said = f"there is no report `{key}`"
            yield Finding("unknown-report", record.place(name), said, nearest(key, edition.reports))
        elif report and not report.has(place):
            yield Finding("unknown-place", record.place(name), f"`{key}` has no `{place}`", _near(report, place))


def _answered(edition: Edition, record: Record[Signed], fields: Reply) -> Iterator[Finding]:
    known = {"/".join(key) for key in edition.annotations}
    if fields.to not in known and not unread(edition, f"annotations/{fields.to}.md"):
        yield Finding("dead-link", record.place("to"), f"there is no record `{fields.to}`", nearest(fields.to, known))


def _near(report: Report, place: str) -> str:
    """Say which places the report has near one that it has not."""
    if place.startswith("n"):
        return nearest(place, [f"n{label}" for label in report.labels])
    section = place.partition("p")[0]
    inside = next(([unit.id for unit in one.units] for one in report.sections if one.id == section), [])
    held = inside or [one.id for one in report.sections]
    return f"`{section if inside else report.key}` has `{held[0]}` to `{held[-1]}`" if held else ""
