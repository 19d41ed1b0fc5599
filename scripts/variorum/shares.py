"""Shares: how many words of a report are digested and how many are quoted."""

from __future__ import annotations

from itertools import chain

from . import quotations, quoting, seals
from .edition import Edition
from .grammar import MARK
from .report import Report


def text_words(edition: Edition, report: Report) -> int | None:
    """Return the words of a report's units, where its seal tells."""
    seal = edition.seals.get(report.key)
    return seal.words if seal else None


def budget(edition: Edition, report: Report) -> int | None:
    """Return the words of a report that may be quoted, where its seal tells."""
    seal = edition.seals.get(report.key)
    return seals.budget(seal) if seal else None


def digest_words(report: Report) -> int:
    """Count the words of a report's digests, markers left out."""
    return sum(quoting.count_words(MARK.sub("", unit.digest)) for unit in report.units.values())


def quoted_words(edition: Edition, report: Report) -> int:
    """Count the words quoted from a report, in records and in digests, the same words in one place once."""
    quoted: dict[str, set[str]] = {}
    records = edition.annotations_of[report.key].values()
    for one in chain(quotations.of_report(report), *(quotations.of_record(report.key, record) for record in records)):
        quoted.setdefault(one.at, set()).add(one.words)
    return sum(len(run) for at in quoted for run in _apart(quoted[at]))


def _apart(quotes: set[str]) -> list[list[str]]:
    """Join quotations of one place that overlap by two words or more, as words; what stands in another goes."""
    runs: list[list[str]] = []
    for quote in sorted(quotes, key=lambda quote: (-len(quote), quote)):
        run = seals.tokens(quote)
        for index, held in enumerate(runs):
            joined = _joined(held, run) or _joined(run, held)
            if joined:
                runs[index] = joined
                break
        else:
            runs.append(run)
    return runs


def _joined(first: list[str], second: list[str]) -> list[str] | None:
    """Return two runs of words as one where the second stands in the first, or begins with its end."""
    length = len(second)
    if any(first[start : start + length] == second for start in range(len(first) - length + 1)):
        return first
    for overlap in range(min(len(first), length) - 1, 1, -1):
        if first[-overlap:] == second[:overlap]:
            return first + second[overlap:]
    return None
