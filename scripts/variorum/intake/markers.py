"""Note markers: every place that might be one, and the choice of those that are.

A report's markers count up: 1, 2, 3 … So all possible markers are gathered in order, each with the weight of its dress
(a superscript weighs much, a number behind a blank little), and the rising sequence of greatest weight is chosen; a
number left out costs, and more so when the list of notes has it. Years, ratios, decimals, list numbers, ordinals do
not fit the sequence, and most are no candidates to begin with.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from . import rising
from .lines import MARKED, SUBSCRIPTED
from .sense import MONTHS


@dataclass(frozen=True)
class Candidate:
    """A place that may be a marker: text number, the slice to cut out, label and weight."""

    text: int
    start: int
    end: int
    label: str
    weight: float
    sure: bool = False  # the source shows it as a marker

    @property
    def number(self) -> int:
        """Return the label as a number, 0 where it is none."""
        return int(self.label) if self.label.isdigit() else 0


MOST = 4000  # candidates looked at together
_AFTER = r"(?=$|[\s”’\"'»)\].,;:!?–—\ue000-]|[A-Z“‘(])"
_N = r"([1-9]\d{0,2})"
#: dress → (pattern, weight); group 1 is the label, the whole match is cut out
_DRESSES: tuple[tuple[str, float], ...] = (
    (rf"(?<=[^\W\d][.,;:!?…”’\"'»)\]]){_N}{_AFTER}", 3.0),  # word.12 word”12
    (rf"(?<=[”’\"»)\]%][.,;:!?”’\"»)\]]){_N}{_AFTER}", 3.0),  # word.”12 15%.12
    (rf"(?<=[.?!…][”’\"»)\]]){_N}{_AFTER}", 3.0),
    (rf"(?<=[%)\]”»]){_N}{_AFTER}", 2.0),
    (rf"(?<=(?<!\d)(?:19|20)\d\d[.,;:)”]){_N}(?=$|[\s”)])", 2.4),  # 2022.1
    (rf"(?<=(?<!\d)(?:19|20)\d\d[.,][”’]){_N}(?=$|[\s)])", 2.4),
    (rf"(?<=(?<![\d.,])(?:19|20)\d\d){_N}(?=$|[\s.,;:)”])", 0.9),  # 20221
    (rf"(?<=\d[.;!?]){_N}(?=$|\s+[A-Z“‘(])", 0.9),  # 5.3 at a sentence's end
    (rf"(?<=[^\W\d_]{{3}}){_N}(?=$|[\s.,;:!?”)])", 1.3),  # word12
    (rf"(?<=[^\W\d]{{2}}[.?!…”’)]) +{_N}(?=$|\s+[A-Z“‘(])", 1.6),  # word. 12 Word
    (rf"(?<=[.?!,][”’)]) +{_N}(?=$|\s+[^\W\d])", 1.8),
    (rf"(?<=[”’)][.?!,;]) +{_N}(?=$|\s+[^\W\d])", 1.8),
    (rf"(?<=\d[.?!]) +{_N}(?=$|\s+[A-Z“‘])", 0.9),
    (rf"(?<=[^\s\d]{{2}}) ?\[{_N}\](?!\()", 4.0),  # word.[12]
    (rf"(?<=\d[.,;:)”]) ?\[{_N}\](?!\()", 4.0),
    (rf"(?<=(?:19|20)\d\d) ?\[{_N}\](?!\()", 3.0),
    (rf"(?<=[.?!,;”’]) ?\({_N}\)(?=$|\s)", 1.2),  # word.(12)
    (rf"(?<=[^\W\d]{{3}})\({_N}\)(?=$|[\s.,;:])", 1.0),
)
_PATTERNS = tuple((re.compile(pattern), weight) for pattern, weight in _DRESSES)
_LISTED = re.compile(r"(?<=\S) ?\[(\d{1,3}(?:\s?[,;]\s?\d{1,3})+|\d{1,3}\s?[–-]\s?\d{1,3})\]")
_GLUED_LIST = re.compile(r"(?<=[^\W\d][.,;:!?”’\"'»)])(\d{1,3}(?:,\s?\d{1,3}){1,4})(?=$|\s)")
_STOPS = re.compile(
    rf"(?:\b(?:no|nos|p|pp|vol|vols|art|arts|fig|figs|sec|ch|chap|par|para|paras|ed|eds|v|vs|c|ca|approx|op|cf|"
    rf"{MONTHS})\.|\b[A-Z]\.)\s?$",
    re.I,
)
_UNITS = re.compile(r"(?:\b(?:k|c|m|d)?m|\b(?:ft|mi|sq|in|yd|10|CO|NO|SO|PM|CH|H))$")
_NAMES = re.compile(
    r"(?:covid|mi|article|section|chapter|table|figure|page|phase|type|level|track|brics|group|su|channel|highway|"
    r"boeing|windows|iphone|web|area|route|flight|unit|zone|grade|version|vision|agenda|horizon|fortune|top)$",
    re.I,
)


def candidates(number: int, text: str) -> list[Candidate]:
    """Gather the possible markers of one text, in order, none over another."""
    found: list[Candidate] = []
    for match in MARKED.finditer(text):
        style, label = match[1], match[2]
        exponent = style in "su" and bool(_UNITS.search(text[: match.start()]))
        weight = {"s": 6.0, "u": 5.5, "f": 9.0, "a": 8.0}[style]
        found.append(Candidate(number, match.start(), match.end(), label, 0.4 if exponent else weight, not exponent))
    shown = [(c.start, c.end) for c in found]
    plain: dict[tuple[int, int], Candidate] = {}
    for match in [*_LISTED.finditer(text), *_GLUED_LIST.finditer(text)]:
        for each in _listed(number, match):
            plain[each.start, int(each.label)] = each
    for pattern, weight in _PATTERNS:
        for match in pattern.finditer(text):
            weight_here = _weighed(text, match, weight)
            if weight_here <= 0:
                continue
            here = Candidate(number, match.start(), match.end(), match[1], weight_here)
            known = plain.get((here.start, here.number))
            if known is None or known.weight < weight_here:
                plain[here.start, here.number] = here
    found += [c for c in plain.values() if not any(a < c.end and c.start < b for a, b in shown)]
    return sorted(found, key=lambda c: (c.start, c.number))


def _listed(number: int, match: re.Match[str]) -> Iterable[Candidate]:
    parts = re.split(r"\s?[,;]\s?", match[1])
    span = re.fullmatch(r"(\d+)\s?[–-]\s?(\d+)", match[1])
    if span and 0 < int(span[2]) - int(span[1]) < 10:
        parts = [str(n) for n in range(int(span[1]), int(span[2]) + 1)]
    elif span:
        return []
    rising = all(int(a) < int(b) for a, b in pairwise(parts))
    return [Candidate(number, match.start(), match.end(), part, 2.2) for part in parts] if rising else []


def _weighed(text: str, match: re.Match[str], weight: float) -> float:
    """Lower the weight of a place that something else explains better."""
    before, after = text[max(0, match.start() - 250) : match.start()], text[match.end() : match.end() + 40]
    if _STOPS.search(before[-14:]) and not before.endswith(("”", "’")):
        return 0.0
    if re.match(
        r"[:/.,]\d|[-–]\d|\s?%|\s?(?:percent|per cent|million|billion|trillion)\b|[°$€£]|st\b|nd\b|rd\b|th\b", after
    ):
        return 0.0
    if before.endswith((":", ",")) and re.search(r"\d[:,]$", before) and not re.search(r"(?:19|20)\d\d[:,]$", before):
        return 0.0
    if re.search(r"(?:https?://|www\.)\S*$", before):
        return 0.0
    word = re.search(r"[^\W\d_]+$", before)
    if word and (_NAMES.search(word[0]) or word[0].isupper()):
        return 0.0
    if re.search(r"(?:^|\s)[-–(]?$", before):
        return 0.0
    if match[0].startswith(" ") and re.match(
        r"\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\b", after
    ):
        return 0.0
    return weight


def choose(found: Sequence[Candidate], labels: set[str]) -> list[Candidate]:
    """Choose the candidates that are markers, given the labels that the list of notes has."""
    named = [c for c in found if not c.number and c.sure]
    numbered = [c for c in found if c.number]
    notes = {int(label) for label in labels if label.isdigit()}
    shown = sum(c.sure for c in numbered)
    weighed = [(c, _with_notes(c, notes, shown)) for c in numbered]
    chain = _chain(weighed, notes)
    if not _believable(chain, notes):
        chain = [c for c in chain if c.sure]
    again = _repeated(numbered, chain, notes)
    return sorted([*named, *chain, *again], key=lambda c: (c.text, c.start, c.number))


def choose_anew(found: Sequence[Candidate], labels: Sequence[str]) -> list[Candidate]:
    """Choose the markers of a report whose count begins anew with each chapter or page; labels are `chapter-label`.

    Every note gets a number in one long count, and every candidate stands in it at each place where its label fits.
    """
    places: dict[int, list[int]] = {}
    for place, label in enumerate(labels, 1):
        tail = label.rsplit("-", 1)[-1]
        if tail.isdigit():
            places.setdefault(int(tail), []).append(place)
    spread = [replace(c, label=str(place)) for c in found if c.number for place in reversed(places.get(c.number, ()))]
    chain = _chain([(c, c.weight) for c in spread], set(range(1, len(labels) + 1)), single=True)
    named = [c for c in found if not c.number and c.sure]
    numbered = [replace(c, label=labels[c.number - 1]) for c in chain]
    return sorted([*named, *numbered], key=lambda c: (c.text, c.start, c.number))


def _with_notes(candidate: Candidate, notes: set[int], shown: int) -> float:
    weight = candidate.weight
    if notes:
        weight += 0.5 if candidate.number in notes else -1.2
    if shown >= 3 and not candidate.sure:
        weight -= 1.2  # the source shows its markers; a bare number is rarely one
    return weight


def _chain(weighed: list[tuple[Candidate, float]], notes: set[int], single: bool = False) -> list[Candidate]:
    """Return the rising sequence of greatest weight; with `single`, one place holds one marker at most."""
    lowest = min(notes, default=1)
    if len(weighed) > MOST:
        # no report has so many markers: only the plain ones are looked at, so that the time stays bounded
        weighed = sorted(
            sorted(weighed, key=lambda pair: -pair[1])[:MOST],
            key=lambda pair: (pair[0].text, pair[0].start, pair[0].number),
        )
    found = [candidate for candidate, _ in weighed]
    numbers = [candidate.number for candidate in found]

    def alone(place: int) -> float:
        return weighed[place][1] - _cost(max(0, numbers[place] - lowest), found[place].sure)

    def behind(before: int, place: int) -> float | None:
        one, other = found[place], found[before]
        over = other.text == one.text and other.end > one.start
        if over and (single or other.start != one.start):
            return None
        return weighed[place][1] - _cost(numbers[place] - numbers[before] - 1, one.sure)

    return _firm([found[place] for place in rising.heaviest(numbers, alone, behind, reach=600)], notes)


def _cost(missed: int, sure: bool) -> float:
    return min(1.1 * missed, 5.5 if sure else 9.0)


def _firm(chain: list[Candidate], notes: set[int]) -> list[Candidate]:
    """Drop weak members that no neighbour in the count supports."""
    numbers = {c.number for c in chain}
    return [
        c
        for c in chain
        if c.weight >= 1.5 or c.number - 1 in numbers or c.number + 1 in numbers or (c.number == 1 and 1 in notes)
    ]


def _believable(chain: Sequence[Candidate], notes: set[int]) -> bool:
    """Tell whether bare numbers, with no other witness, really are a sequence of markers."""
    if notes or not chain:
        return True
    bare = [c for c in chain if not c.sure]
    if not bare:
        return True
    spread = chain[-1].number - chain[0].number + 1
    strong = max(c.weight for c in bare) >= 2.4
    if len(chain) == 1:
        return chain[0].number == 1 and chain[0].weight >= 3.0
    return (
        chain[0].number <= 3 and len(chain) >= 0.7 * spread and (len(chain) >= 3 or (chain[0].number == 1 and strong))
    )


def _repeated(numbered: Sequence[Candidate], chain: Sequence[Candidate], notes: set[int]) -> list[Candidate]:
    """Take also the shown markers that the count passes over: a note cited a second time, a count that begins anew."""
    taken = {(c.text, c.start, c.number) for c in chain}
    numbers = {c.number for c in chain}
    return [
        c
        for c in numbered
        if c.sure
        and (c.text, c.start, c.number) not in taken
        and (c.number in notes or (not notes and (c.number in numbers or c.weight >= 8)))
    ]


def cut(text: str, chosen: Sequence[Candidate]) -> tuple[str, list[tuple[str, int]]]:
    """Remove the chosen markers and return the text with (label, offset) pairs; offsets are in code points of the text.

    Whatever the source showed raised but was not chosen goes back into the text, raised again.
    """
    out = ""
    marks: list[tuple[str, int]] = []
    place = 0
    for candidate in sorted(chosen, key=lambda c: (c.start, c.number)):
        if candidate.start >= place:
            out += _restored(text[place : candidate.start])
            place = candidate.end
        out_stripped = out.rstrip()
        if len(out_stripped) < len(out):
            # "time. 18 Word": the blank before the marker goes with it when another follows
            out = out_stripped + (" " if text[place : place + 1].isalnum() else "")
            marks.append((candidate.label, len(out_stripped)))
            continue
        marks.append((candidate.label, len(out)))
    out += _restored(text[place:])
    kept = re.sub(r" {2,}", " ", out)
    if kept != out:
        marks = [(label, len(re.sub(r" {2,}", " ", out[:offset]))) for label, offset in marks]
    stripped = kept.strip()
    lead = len(kept) - len(kept.lstrip())
    return stripped, [(label, min(max(0, offset - lead), len(stripped))) for label, offset in marks]


def _restored(text: str) -> str:
    return MARKED.sub(
        lambda m: (
            m[2].translate(SUBSCRIPTED) if m[1] in "su" and m[2].isdigit() else m[2] if m[1] in "su" else f"[{m[2]}]"
        ),
        text,
    )
