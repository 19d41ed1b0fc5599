"""The rules that hold between records, as one ordered list of functions, each yielding findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .. import rules
from ..edition import Edition
from ..findings import Finding, nearest, ordered
from . import bibliography, codings, files, intruders, ledger, positions, proofs, reports, texts

RULES: tuple[Callable[[Edition], Iterator[Finding]], ...] = (
    files.stand_where_they_belong,
    files.only_pages_are_published,
    intruders.files_are_plain,
    intruders.pages_are_pages,
    intruders.values_are_clean,
    intruders.entries_are_clean,
    reports.every_entry_has_its_page,
    reports.sections_have_units,
    reports.markers_have_notes,
    reports.notes_have_markers,
    reports.notes_are_written,
    reports.speakers_are_known,
    positions.folders_are_reports,
    positions.positions_are_on_propositions,
    positions.matters_had_arisen,
    positions.wordings_are_present,
    positions.signatures_are_known,
    positions.places_exist,
    positions.quotations_are_short,
    positions.quotations_are_bare,
    positions.stances_have_evidence,
    positions.speakers_are_distinct,
    positions.silence_is_bare,
    positions.people_are_known,
    positions.doubts_are_explained,
    positions.remarks_are_written,
    positions.references_are_known,
    positions.units_are_of_the_quantity,
    bibliography.propositions_have_topics,
    bibliography.citations_are_known,
    bibliography.citations_are_readable,
    bibliography.sources_are_used,
    bibliography.sources_stand_under_one_key,
    bibliography.corpus_is_described,
    bibliography.references_are_fresh,
    ledger.released_addresses_stand,
    ledger.withdrawn_addresses_are_gone,
    ledger.ledger_is_readable,
    texts.text_is_clean,
    texts.quotations_are_short,
    codings.sheets_are_known,
    proofs.quotations_are_proved,
    proofs.units_are_sealed,
    proofs.quotations_are_few,
    proofs.words_are_our_own,
)

FIRM = frozenset({"raw-html", "unsafe-link", "remote-image", "control-character"})
"""Rules that keep readers safe; no record is excused from them."""


def check(edition: Edition) -> list[Finding]:
    """Return all findings, those of loading first, without what records waive with a reason."""
    found = list(edition.findings)
    for rule in RULES:
        found += rule(edition)
    return ordered(_unwaived(edition, found))


def _unwaived(edition: Edition, found: list[Finding]) -> Iterator[Finding]:
    """Drop what a record waives; a waiver that waives nothing, or may not, is itself a finding."""
    waivers = {(record.path, rule): record for record in edition.annotations.values() for rule in record.fields.waive}
    used = set()
    for finding in found:
        key = (finding.place.path, finding.rule)
        if key in waivers and finding.rule not in FIRM:
            used.add(key)
        else:
            yield finding
    for (path, rule), record in waivers.items():
        place = record.place("waive", rule, key=True)
        if rule not in rules.RULES:
            yield Finding("unused-waiver", place, f"there is no rule `{rule}`", nearest(rule, rules.RULES))
        elif rule in FIRM:
            yield Finding("unused-waiver", place, f"`{rule}` cannot be waived")
        elif (path, rule) not in used:
            yield Finding("unused-waiver", place, f"nothing here breaks `{rule}`")
