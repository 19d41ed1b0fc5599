"""Verification: every quotation proved against the text, every unit and marker of our page found in it.

A quotation is verbatim or it is an error: what comes near is shown with the difference, what stands elsewhere with its
place, what stands twice as ambiguous. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from . import seals
from .findings import Finding
from .intake import find, normal
from .quotations import Quotation
from .quoting import count_words
from .report import Report
from .seals import Seal
from .texts import Text
from .words import LONGEST_QUOTATION

NEAR = 0.6
"""Likeness, 0 to 1, from which a passage is shown as the nearest one."""


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a quotation that stands in its text, and its slice of the unit's text in code points."""

    quotation: Quotation
    start: int
    end: int


def structure(report: Report, text: Text) -> Iterator[Finding]:
    """Yield where our page and the text differ in units, markers and notes."""
    for unit in report.units.values():
        if unit.id not in text.units:
            yield Finding("text-mismatch", unit.place, f"the text has no unit `{unit.id}`")
        elif unit.marks != text.marks[unit.id]:
            wanted = ", ".join(text.marks[unit.id]) or "none"
            yield Finding("text-mismatch", unit.place, f"the markers of `{unit.id}` are {wanted} in the text")
    if report.is_complete:
        for place in text.units:
            if place not in report.units:
                where = report.record.place("coverage")
                yield Finding("text-mismatch", where, f"the unit `{place}` of the text is not on this page")
    for label in text.notes:
        if label[1:] not in report.notes:
            yield Finding("text-mismatch", report.record.place("notes"), f"the note `{label}` of the text is not here")


def prove(text: Text, quotations: Iterable[Quotation]) -> tuple[list[Found], list[Finding]]:
    """Find each quotation in its unit or note, or say what is wrong with it."""
    found, findings = [], []
    for quotation in quotations:
        places = find(quotation.words, text.normals[quotation.at]) if quotation.at in text.normals else []
        if len(places) == 1:
            found.append(Found(quotation, *places[0]))
        else:
            findings.append(_fault(text, quotation, len(places)))
    return found, [*findings, *_adjacent(text, found)]


def _fault(text: Text, quotation: Quotation, times: int) -> Finding:
    place, shown = quotation.place, f"“{quotation.words}”"
    if times > 1:
        message = f"{shown} stands {times} times in `{quotation.at}`"
        return Finding("quotation-ambiguous", place, message, "quote a word more")
    elsewhere = [unit for unit, normalised in text.normals.items() if find(quotation.words, normalised)]
    if elsewhere:
        return Finding(
            "quotation-mismatch",
            place,
            f"{shown} does not stand in `{quotation.at}`",
            f"it stands in `{'`, `'.join(elsewhere[:3])}`",
        )
    return Finding(
        "quotation-mismatch", place, f"{shown} does not stand in `{quotation.at}`", _nearest(text, quotation)
    )


def _nearest(text: Text, quotation: Quotation) -> str:
    """Return the words of the unit, or failing that of the report, that come nearest, with what differs in brackets."""
    wanted = normal(quotation.words).text.split()
    places = [quotation.at] if quotation.at in text.normals else []
    best: tuple[float, str, list[str]] = (0.0, "", [])
    for place in [*places, *(place for place in text.normals if place not in places)]:
        ratio, words = _best_window(wanted, text.normals[place].text.split())
        if ratio > best[0] + (0.1 if place != quotation.at else 0):
            best = (ratio, place, words)
    if best[0] < NEAR:
        return "nothing in the report comes near"
    return f"nearest in `{best[1]}`: {_difference(wanted, best[2])}"


def _best_window(wanted: list[str], words: list[str]) -> tuple[float, list[str]]:
    best: tuple[float, list[str]] = (0.0, [])
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(" ".join(wanted))
    for start in range(max(1, len(words) - len(wanted) + 1)):
        window = words[start : start + len(wanted)]
        matcher.set_seq1(" ".join(window))
        if matcher.real_quick_ratio() > best[0] and matcher.quick_ratio() > best[0] and matcher.ratio() > best[0]:
            best = (matcher.ratio(), window)
    return best


def _difference(wanted: list[str], words: list[str]) -> str:
    """Show the text's words, with [quoted → printed] where they differ."""
    out = []
    for tag, a, b, c, d in SequenceMatcher(None, wanted, words, autojunk=False).get_opcodes():
        said, printed = " ".join(wanted[a:b]), " ".join(words[c:d])
        out.append(printed if tag == "equal" else f"[{said or 'nothing'} → {printed or 'nothing'}]")
    return " ".join(out)


def _adjacent(text: Text, found: list[Found]) -> Iterator[Finding]:
    """Yield quotations that touch each other and together are longer than one may be."""
    for runs in merged(found).values():
        for run in runs:
            words = count_words(
                text.units.get(run[0].quotation.at, text.notes.get(run[0].quotation.at, ""))[run[0].start : run[-1].end]
            )
            if words > LONGEST_QUOTATION and len(run) > 1:
                last = run[-1].quotation
                yield Finding(
                    "long-quotation", last.place, f"with the words beside it this is a quotation of {words} words"
                )


def merged(found: Iterable[Found]) -> dict[str, list[list[Found]]]:
    """Group quotations of one place that overlap or touch, each group in order."""
    by_place: dict[str, list[Found]] = {}
    for one in found:
        by_place.setdefault(one.quotation.at, []).append(one)
    runs: dict[str, list[list[Found]]] = {}
    for place, held in by_place.items():
        end = -1
        for one in sorted(held, key=lambda f: (f.start, -f.end)):
            if end >= 0 and one.start <= end + 1:
                runs[place][-1].append(one) if one.end > end else None
            else:
                runs.setdefault(place, []).append([one])
            end = max(end, one.end)
    return runs


def found_words(text: Text, found: Iterable[Found]) -> int:
    """Count the words of a report’s text that the quotations found there take up, each once."""
    total = 0
    for place, runs in merged(found).items():
        words = text.units.get(place) or text.notes.get(place, "")
        total += sum(count_words(words[run[0].start : max(one.end for one in run)]) for run in runs)
    return total


def proofs(text: Text, found: Iterable[Found]) -> list[tuple[Quotation, str]]:
    """Return the proof of each quotation found, bound to its words, its place and the text of that place."""
    seal = seals.make(text)
    sums = {place: sealed.sum for place, sealed in seal.places.items()}
    quotations = [one.quotation for one in found]
    return [(one, seals.proof(one.words, one.at, sums[one.at])) for one in quotations]


def is_proved(quotation: Quotation, sealed: Mapping[str, Seal]) -> bool | None:
    """Tell without the text whether a quotation's proof holds; None where it has no proof or there is no seal."""
    seal = sealed.get(quotation.report)
    if not quotation.proof or seal is None:
        return None
    place = seal.places.get(quotation.at)
    return place is not None and quotation.proof == seals.proof(quotation.words, quotation.at, place.sum)
