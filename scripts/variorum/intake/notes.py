"""The list of notes: where it stands, and how the notes are labelled.

Labels stay as printed. A gap stays a gap, except that an entry of a list which lost its number between two numbered
neighbours gets the one number that is free there, with a warning.
"""

import re
from dataclasses import replace

from . import entries, unheaded
from .entries import Found
from .headings import NOTES, heading_like
from .layout import label_of
from .lines import Block, Input, Line, unmark


def lines(source: Input, taken: Found) -> tuple[Found, list[str]]:
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
    return unheaded.find(rows, source), warnings


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
        if label and plausible and not (entries.MONTH.match(rest) and number != last + 1):
            found[line.number] = ("note", label)
            last = number or last
        elif found:
            found[line.number] = ("more", "")
    return found


def _headed(rows: list[Line], source: Input, warnings: list[str], known: Found) -> Found:
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
        held = entries.chain(
            [e for i in range(place + 1, stop) if rows[i].number not in known and (e := entries.read(i, rows[i]))]
        )
        if not held or held[0].place > place + 6:
            continue
        found[line.number] = ("furniture", "notes-heading")
        found.update(entries.filled(rows, held, stop, source, warnings))
    return found


def _heading(line: Line, source: Input) -> bool:
    text = unmark(line.text).strip(" *_#")
    if not NOTES.match(text) or line.bullet:
        return False
    return bool(line.level) or source.dress != "marked" or line.bold or line.role in ("", "notes")


def _stop(rows: list[Line], place: int, source: Input) -> int:
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
