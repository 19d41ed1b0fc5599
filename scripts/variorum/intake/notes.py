"""The list of notes: which lines begin an entry, under which label, and which lines go on with it.

Labels stay as printed. A gap stays a gap, except that an entry of a list which lost its number between two numbered
neighbours gets the one number that is free there, with a warning.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from .headings import NOTES, heading_like
from .layout import label_of
from .lines import Block, Line, Source, unmark
from .sense import continues, ended, is_address, is_reference, words

Found = dict[int, tuple[str, str]]

#: an address, perhaps broken by blanks, at the end of an entry
_END_OF_ADDRESS = re.compile(r"(?:https?://|www\.)\S+(?: \S*[-/_.=]\S*)*$")
_MONTH = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December|percent|per cent|"
    r"million|billion|years?|days?|of)\b",
    re.I,
)


@dataclass(frozen=True)
class Entry:
    """A line that may begin an entry: its place among the lines, its label and the text behind it."""

    place: int
    label: str
    text: str

    @property
    def number(self) -> int:
        """Return the label as a number, 0 where it is none."""
        return int(self.label) if self.label.isdigit() else 0


def lines(source: Source, taken: Found) -> tuple[Found, list[str]]:
    """Find all lines that belong to notes, as `note` (with label) or `more`, and what is to be warned of."""
    rows = [line for line in source.lines if line.number not in taken]
    warnings: list[str] = []
    if source.dress == "page" and any(line.role == "note" for line in rows):
        found = _feet(rows)
        if found:
            return {**found, **_headed(rows, source, warnings, found)}, warnings
    told = _told(rows)
    headed = _headed(rows, source, warnings, told)
    if told or headed:
        return {**headed, **told}, warnings
    return _unheaded(rows, source), warnings


def _told(rows: list[Line]) -> Found:
    """Take the notes that the source itself marks with their labels."""
    found: Found = {}
    last = 0
    for before, line in zip([None, *rows], rows, strict=False):
        if line.label:
            found[line.number] = ("note", line.label)
            last = int(line.label) if line.label.isdigit() else 0
        elif line.role == "notes" and re.fullmatch(r"\d{1,3}[.)]", line.bullet) and not line.level:
            found[line.number] = ("note", line.bullet.rstrip(".)"))
            last = int(line.bullet.rstrip(".)"))
        elif last and before is not None and before.number in found and label_of(line.text)[0] == str(last + 1):
            found[line.number] = ("note", str(last + 1))
            last += 1
        elif found and _same_entry(before, line, found):
            found[line.number] = ("more", "")
    return found


def _same_entry(before: Line | None, line: Line, found: Found) -> bool:
    """Tell whether a line goes on with the note of the line before it."""
    if line.role == "note":
        return True
    if before is None or before.number not in found:
        return False
    return line.role == "notes" or line.block == before.block or line.block // 1000 == before.block // 1000 > 0


def _feet(rows: list[Line]) -> Found:
    """Take the footnotes of printed pages."""
    found: Found = {}
    last = 0
    feet = [line for line in rows if line.role == "note"]
    for line in feet:
        label, rest = label_of(line.text)
        number = int(label) if label.isdigit() else 0
        plausible = not number or not last or number == 1 or last < number <= last + 4
        if label and plausible and not (_MONTH.match(rest) and number != last + 1):
            found[line.number] = ("note", label)
            last = number or last
        elif found:
            found[line.number] = ("more", "")
    return found


def _entry(place: int, line: Line) -> Entry | None:
    if line.label:
        return Entry(place, line.label, line.text)
    number = re.match(r"(?:.*?)(\d{1,3})[.)]$", line.bullet)
    if number:
        return Entry(place, number[1], line.text)
    label, rest = label_of(line.text)
    if not label.isdigit() or line.level:
        return None
    return Entry(place, label, rest)


def _headed(rows: list[Line], source: Source, warnings: list[str], known: Found) -> Found:
    """Take the entries under headings that say `Notes`."""
    found: Found = {}
    for place, line in enumerate(rows):
        if line.number in known or line.number in found or not _heading(line, source):
            continue
        stop = _stop(rows, place, source)
        if any(row.number in known for row in rows[place + 1 : place + 4]):
            found[line.number] = ("furniture", "notes-heading")
            if sum(row.number in known for row in rows[place + 1 : stop]) >= 0.9 * (stop - place - 1):
                continue
        entries = _chain(
            [e for i in range(place + 1, stop) if rows[i].number not in known and (e := _entry(i, rows[i]))]
        )
        if not entries or entries[0].place > place + 6:
            continue
        found[line.number] = ("furniture", "notes-heading")
        found.update(_filled(rows, entries, stop, source, warnings))
    return found


def _heading(line: Line, source: Source) -> bool:
    text = unmark(line.text).strip(" *_#")
    if not NOTES.match(text) or line.bullet:
        return False
    return bool(line.level) or source.dress != "marked" or line.bold or line.role in ("", "notes")


def _stop(rows: list[Line], place: int, source: Source) -> int:
    """Return where a list of notes must end at the latest: at the next heading that the source shows."""
    for i in range(place + 1, len(rows)):
        line = rows[i]
        if (source.dress == "marked" and line.level) or _heading(line, source):
            return i
        if (
            source.dress == "page"
            and line.size >= 1.1 * source.size
            and heading_like(line.text)
            and not label_of(line.text)[0]
        ):
            return i
    return len(rows)


def _chain(entries: list[Entry]) -> list[Entry]:
    """Choose among possible entries the longest run with rising numbers; a gap costs a little."""
    best: list[float] = []
    back: list[int] = []
    for i, entry in enumerate(entries):
        score, origin = 1.0 - 0.05 * min(entry.number - 1, 15) - 0.6 * bool(_MONTH.match(entry.text)), -1
        for j in range(max(0, i - 400), i):
            step = entry.number - entries[j].number
            if step < 1:
                continue
            here = best[j] + 1.0 - 0.3 * min(step - 1, 8) - (0.6 if _MONTH.match(entry.text) and step > 1 else 0)
            if here > score:
                score, origin = here, j
        best.append(score)
        back.append(origin)
    if not best:
        return []
    at = max(range(len(best)), key=lambda k: (best[k], k))
    chosen = []
    while at >= 0:
        chosen.append(entries[at])
        at = back[at]
    return chosen[::-1]


def _filled(rows: list[Line], entries: list[Entry], stop: int, source: Source, warnings: list[str]) -> Found:
    """Give every line from the first entry on to an entry, as far as the list goes."""
    found: Found = {}
    for entry, after in zip(entries, [*entries[1:], None], strict=False):
        found[rows[entry.place].number] = ("note", entry.label)
        end = after.place if after else stop
        free = after.number - entry.number - 1 if after else 0
        last = rows[entry.place]
        for line in rows[entry.place + 1 : end]:
            if free == 1 and _lost(line, last, source):
                label = str(entry.number + 1)
                found[line.number] = ("note", label)
                warnings.append(
                    f"line {line.number}: a note without its number stands between {entry.label} and "
                    f"{after.label if after else ''}; counted as {label}, which they leave open"
                )
                free = 0
            elif after is None and not _goes_on(last, line, source):
                break
            else:
                found[line.number] = ("more", "")
            last = line
    return found


def _lost(line: Line, last: Line, source: Source) -> bool:
    """Tell whether a line is an entry of its own that lost its number."""
    if source.dress == "marked":
        return bool(line.bullet) and line.block != last.block and not continues(line.text)
    if continues(line.text) or not (ended(last.text) or _END_OF_ADDRESS.search(last.text)):
        return False
    return not source.wrapped and len(words(line.text)) >= 2 and not last.text.endswith(("-", "/"))


def _goes_on(last: Line, line: Line, source: Source) -> bool:
    """Tell whether a line behind the last entry's begin still belongs to it."""
    if source.dress == "marked":
        return (
            line.block == last.block
            or (line.role == "notes" and not line.level)
            or (bool(line.bullet) and not line.level and line.gap == 0)
        )
    if source.dress == "page":
        return line.size == last.size and not (
            line.gap and ended(last.text) and not last.text.rstrip(".").endswith(("-", "/"))
        )
    if source.wrapped:
        return not line.gap or (not ended(last.text) and continues(line.text))
    if last.text.endswith(("-", "/", "_", ",", ";", ":")) or continues(line.text):
        return True
    return (
        not ended(last.text)
        and not _END_OF_ADDRESS.search(last.text)
        and not is_address(line.text)
        and len(words(line.text)) < 40
    )


def _unheaded(rows: list[Line], source: Source) -> Found:
    """Take a list of notes without a heading: rising numbers before what reads like references, at the end."""
    candidates = [
        e
        for i, line in enumerate(rows)
        if (e := _entry(i, line)) and not _middle(rows, i, source) and not _large(line, source)
    ]
    chain = _chain(_from_the_end(candidates))
    while chain and not (is_reference(_whole(rows, chain, 0)) and _compact(rows, chain, 0)):
        chain = chain[1:]
    if not chain:
        return {}
    if len(chain) < 0.5 * (chain[-1].number - chain[0].number + 1):
        return {}
    if sum(_compact(rows, chain, k) for k in range(len(chain))) < 0.8 * len(chain):
        return {}
    share = sum(is_reference(_whole(rows, chain, k)) for k in range(len(chain))) / len(chain)
    if share < 0.6 or (len(chain) < 2 and chain[0].place < 0.5 * len(rows)):
        return {}
    if len(chain) == 1 and not re.search(r"https?:|\bIbid\b|\b(?:19|20)\d\d\b", _whole(rows, chain, 0)):
        return {}
    if _spread(rows, chain):
        return _scattered(rows, chain)
    return _filled(rows, chain, len(rows), source, [])


def _large(line: Line, source: Source) -> bool:
    """Tell whether a printed line is set as headings are, never as notes."""
    return source.dress == "page" and (line.bold or line.size > 1.04 * source.size)


def _middle(rows: list[Line], i: int, source: Source) -> bool:
    """Tell whether a wrapped line only happens to begin with a number."""
    return (
        source.wrapped
        and i > 0
        and not rows[i].gap
        and not ended(rows[i - 1].text)
        and not _END_OF_ADDRESS.search(rows[i - 1].text)
        and not is_reference(rows[i].text)
    )


def _from_the_end(candidates: list[Entry]) -> list[Entry]:
    return [entry for entry in candidates if entry.number]


def _whole(rows: list[Line], chain: list[Entry], k: int) -> str:
    end = chain[k + 1].place if k + 1 < len(chain) else min(len(rows), chain[k].place + 6)
    return " ".join([chain[k].text, *(line.text for line in rows[chain[k].place + 1 : min(end, chain[k].place + 6)])])[
        :700
    ]


def _compact(rows: list[Line], chain: list[Entry], k: int) -> bool:
    """Tell whether the entry is not followed by text of the body before the next one."""
    end = chain[k + 1].place if k + 1 < len(chain) else chain[k].place + 1
    between = rows[chain[k].place + 1 : end]
    return sum(len(line.text) for line in between) < 1200 and not any(line.bullet in ("•", "▪") for line in between)


def _spread(rows: list[Line], chain: list[Entry]) -> bool:
    """Tell whether the entries stand at the feet of pages, with the body's text in between."""
    gaps = [b.place - a.place for a, b in pairwise(chain)]
    inside = 0
    for a, b in pairwise(chain):
        parted = [i for i in range(a.place + 1, b.place) if rows[i].gap]
        inside += sum(len(line.text) for line in rows[parted[0] : b.place]) if parted else 0
    return bool(gaps) and inside > 0.5 * sum(len(line.text) for line in rows[chain[0].place : chain[-1].place + 1])


def _scattered(rows: list[Line], chain: list[Entry]) -> Found:
    found: Found = {}
    starts = {entry.place for entry in chain}
    for entry in chain:
        found[rows[entry.place].number] = ("note", entry.label)
        for i in range(entry.place + 1, len(rows)):
            if i in starts or rows[i].gap:
                break
            found[rows[i].number] = ("more", "")
    return found


def stripped(block: Block) -> Block:
    """Take the label off the text of a note."""
    line = block.first
    label, rest = label_of(line.text)
    if label and label == block.detail.split("-")[-1] and not line.label and not re.search(r"\d", line.bullet):
        return replace(block, lines=(replace(line, text=rest), *block.lines[1:]))
    return block


def scoped(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """Write labels as `chapter-label` where the count begins anew, and return the blocks and all labels in order."""
    numbers = [(i, int(b.detail)) for i, b in enumerate(blocks) if b.kind == "note" and b.detail.isdigit()]
    begins = [i for (i, n), (_, before) in zip(numbers[1:], numbers, strict=False) if n == 1 and before >= 1]
    if not begins:
        return blocks, [b.detail for b in blocks if b.kind == "note"]
    out = []
    chapter = 1
    for i, block in enumerate(blocks):
        chapter += i in begins
        if block.kind == "note" and block.detail.isdigit():
            block = replace(block, detail=f"{chapter}-{block.detail}")
        out.append(block)
    return out, [b.detail for b in out if b.kind == "note"]
