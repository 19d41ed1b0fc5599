"""Rules on quotations and own words, told from the seals, or from the texts where they are held."""

from __future__ import annotations

from collections.abc import Iterator

from .. import ownwords, quotations, seals, texts, verify
from ..edition import Edition
from ..findings import Finding
from ..intake import Refusal
from ..ownwords import Held
from ..quoting import count_words


def quotations_are_proved(edition: Edition) -> Iterator[Finding]:
    """Want a proof beside each quotation of a record, made for these words, this place and this text."""
    for quotation in quotations.of_edition(edition):
        if quotation.record is None or quotation.report not in edition.seals:
            continue
        proved = verify.is_proved(quotation, edition.seals)
        if proved is None:
            yield Finding("quotation-unproved", quotation.place, f"“{quotation.words}” has not been checked yet")
        elif not proved:
            message = f"the proof of “{quotation.words}” was made for other words, another place or another text"
            yield Finding("proof-broken", quotation.place, message)


def units_are_sealed(edition: Edition) -> Iterator[Finding]:
    """Want the units of each complete report to be those of its seal."""
    for key, seal in edition.seals.items():
        report = edition.reports.get(key)
        if report is None or not report.is_complete:
            continue
        sealed = {place for place in seal.places if not place.startswith("n")}
        for unit in report.units.values():
            if unit.id not in sealed:
                yield Finding("seal-mismatch", unit.place, f"the sealed text has no unit `{unit.id}`")
        for place in sorted(sealed - set(report.units)):
            where = report.record.place("coverage")
            yield Finding("seal-mismatch", where, f"the unit `{place}` of the sealed text is not on this page")


def quotations_are_few(edition: Edition) -> Iterator[Finding]:
    """Want at most a tenth of a report quoted, or 300 words; without the text, overlaps are counted twice."""
    quoted: dict[str, dict[str, set[str]]] = {}
    for quotation in quotations.of_edition(edition):
        quoted.setdefault(quotation.report, {}).setdefault(quotation.at, set()).add(quotation.words)
    for key, seal in edition.seals.items():
        if key not in edition.reports or texts.path_of(texts.folder(edition.root), key):
            continue
        words = sum(count_words(words) for held in quoted.get(key, {}).values() for words in _apart(held))
        limit = seals.budget(seal)
        if words > limit * OVERLAP:
            where = edition.reports[key].record.place("coverage")
            yield Finding("quotation-budget", where, f"about {words} words are quoted from `{key}`, {limit} at most")


OVERLAP = 1.15
"""Share by which words quoted twice in part may exceed the limit before a check without the text complains."""


def words_are_our_own(edition: Edition) -> Iterator[Finding]:
    """Want no run of eight words of a report in our text, or of twelve where only its fingerprint is held."""
    held = [one for key in edition.reports if (one := _held(edition, key)) is not None]
    if not held:
        return
    excepted = ownwords.exceptions(edition.root)
    for source in edition.sources():
        yield from ownwords.copied(source, held, excepted)


def _held(edition: Edition, key: str) -> Held | None:
    try:
        text = texts.read(edition.root, key)
    except Refusal:
        text = None
    if text is not None:
        return ownwords.of_text(text)
    return ownwords.of_seal(edition.seals[key]) if key in edition.seals else None


def _apart(quotes: set[str]) -> list[str]:
    """Leave out quotations that stand whole within a longer one."""
    return [quote for quote in quotes if not any(quote != other and quote in other for other in quotes)]
