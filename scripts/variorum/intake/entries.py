"""Entries of a list of notes: which lines may begin one, which of those do, and which lines go on with it."""

import re
from dataclasses import dataclass

from . import rising
from .layout import label_of
from .lines import Input, Line
from .sense import continues, ended, is_address, words

Found = dict[int, tuple[str, str]]
"""What each line is by its number: `note` with its label, `more`, or `furniture`."""

#: an address, perhaps broken by blanks, at the end of an entry
END_OF_ADDRESS = re.compile(r"(?:https?://|www\.)\S+(?: \S*[-/_.=]\S*)*$")
MONTH = re.compile(
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


def read(place: int, line: Line) -> Entry | None:
    """Read a line as the beginning of an entry; none where it has no label, or no number for one."""
    if line.label:
        return Entry(place, line.label, line.text)
    number = re.match(r"(?:.*?)(\d{1,3})[.)]$", line.bullet)
    if number:
        return Entry(place, number[1], line.text)
    label, rest = label_of(line.text)
    if not label.isdigit() or line.level:
        return None
    return Entry(place, label, rest)


def chain(entries: list[Entry]) -> list[Entry]:
    """Choose among possible entries the longest run with rising numbers; a gap costs a little."""
    numbers = [entry.number for entry in entries]
    dated = [bool(MONTH.match(entry.text)) for entry in entries]

    def alone(place: int) -> float:
        return 1.0 - 0.05 * min(numbers[place] - 1, 15) - 0.6 * dated[place]

    def behind(before: int, place: int) -> float:
        step = numbers[place] - numbers[before]
        return 1.0 - 0.3 * min(step - 1, 8) - (0.6 if dated[place] and step > 1 else 0)

    return [entries[place] for place in rising.heaviest(numbers, alone, behind, reach=400, latest=True)]


def filled(rows: list[Line], entries: list[Entry], stop: int, source: Input, warnings: list[str]) -> Found:
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


def _lost(line: Line, last: Line, source: Input) -> bool:
    """Tell whether a line is an entry of its own that lost its number."""
    if source.dress == "marked":
        return bool(line.bullet) and line.block != last.block and not continues(line.text)
    if continues(line.text) or not (ended(last.text) or END_OF_ADDRESS.search(last.text)):
        return False
    return not source.wrapped and len(words(line.text)) >= 2 and not last.text.endswith(("-", "/"))


def _goes_on(last: Line, line: Line, source: Input) -> bool:
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
        and not END_OF_ADDRESS.search(last.text)
        and not is_address(line.text)
        and len(words(line.text)) < 40
    )
