"""The rules that hold between records, as one ordered list of functions, each yielding findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..edition import Edition
from ..findings import Finding, ordered

from . import bibliography, codings, positions, proofs, reports, texts

RULES: tuple[Callable[[Edition], Iterator[Finding]], ...] = (
    reports.every_entry_has_its_page,
    reports.sections_have_units,
    reports.markers_have_notes,
    reports.notes_have_markers,
    reports.speakers_are_known,
    positions.folders_are_reports,
    positions.positions_are_on_propositions,
    positions.wordings_are_present,
    positions.signatures_are_known,
    positions.places_exist,
    positions.quotations_are_short,
    positions.stances_have_evidence,
    positions.speakers_are_distinct,
    positions.silence_is_bare,
    positions.people_are_known,
    positions.doubts_are_explained,
    positions.references_are_known,
    bibliography.propositions_have_topics,
    bibliography.citations_are_known,
    bibliography.sources_are_used,
    bibliography.corpus_is_described,
    bibliography.references_are_fresh,
    texts.text_is_clean,
    texts.quotations_are_short,
    codings.sheets_are_known,
    proofs.quotations_are_proved,
    proofs.units_are_sealed,
    proofs.quotations_are_few,
    proofs.words_are_our_own,
)

def check(edition: Edition) -> list[Finding]:
    """Return all findings, those of loading first, without what records waive with a reason."""
    found = list(edition.findings)
    for rule in RULES:
        found += rule(edition)
    return ordered(_unwaived(edition, found))

def _unwaived(edition: Edition, found: list[Finding]) -> Iterator[Finding]:
    """Drop what a record waives; a waiver that waives nothing is itself a finding."""
    waivers = {(record.path, rule): record for record in edition.annotations.values() for rule in record.fields.waive}
    used = set()
    for finding in found:
        key = (finding.place.path, finding.rule)
        if key in waivers:
            used.add(key)
        else:
            yield finding
    for (path, rule), record in waivers.items():
        if (path, rule) not in used:
            yield Finding("unused-waiver", record.place("waive", rule), f"nothing here breaks `{rule}`")
