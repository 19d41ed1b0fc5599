"""The correction file of a report: what the rules cannot know, as data, each entry tied to a line by its hash.

`bibliography/imports/<report>.yml` is a list under `corrections:`; an entry reads

    - {line: 38, hash: 0123456789ab, do: level, value: 2, reason: the copy shows no ranks}

and `do` is one of the names in `ACTIONS`. An entry whose line is gone or has changed is an error, never skipped.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from .lines import Block, Input, Line
from .refusal import Refusal

FOLDER = "bibliography/imports"
#: action → what its value must be, and what it does
ACTIONS: dict[str, str] = {
    "heading": "a level (1, 2 …): the line is a heading of that level",
    "paragraph": "nothing: the line begins a paragraph of its own, whatever it looks like",
    "item": "nothing: the line begins a list item",
    "quotation": "nothing: the line begins a block quotation",
    "drop": "a furniture kind: the line is no text of the report's",
    "note": "a label: the line begins the note of that label",
    "join": "nothing: the line goes on with the unit before it",
    "split": "nothing: the line begins a new unit",
    "section": "nothing: a section without a heading begins at the line",
    "level": "a level: the heading at the line has it",
    "children": "a line number: the headings after this one, up to that line, are one level below it",
    "speaker": "a person's key: who speaks from the line on",
    "mend": "{from: …, to: …}: one repair within the line",
}


@dataclass(frozen=True)
class Correction:
    """One entry of the file."""

    line: int
    hash: str
    do: str
    value: object
    reason: str


@dataclass(frozen=True)
class Corrections:
    """All entries of a report, in the order of the file."""

    entries: tuple[Correction, ...] = ()

    def of(self, *actions: str) -> dict[int, Correction]:
        """Return the entries with one of these actions, by line."""
        return {entry.line: entry for entry in self.entries if entry.do in actions}

    def check(self, source: Input) -> None:
        """Refuse entries that no longer fit the text."""
        known = {line.number: line for line in source.lines}
        wrong = []
        for entry in self.entries:
            line = known.get(entry.line)
            if line is None:
                wrong.append(f"line {entry.line} ({entry.do}): the text has no such line, or it is blank")
            elif line.hash != entry.hash:
                wrong.append(
                    f"line {entry.line} ({entry.do}): the line has changed; its hash is now {line.hash}, not "
                    f"{entry.hash}"
                )
            elif entry.do == "mend" and str(_pair(entry)[0]) not in line.text:
                wrong.append(f"line {entry.line} (mend): “{_pair(entry)[0]}” does not stand in the line")
        if wrong:
            raise Refusal(
                "corrections no longer apply:\n  " + "\n  ".join(wrong),
                "Look at each line again; mend the entry or take it out.",
            )

    def texts(self, source: Input) -> Input:
        """Apply the repairs within lines."""
        mends = [entry for entry in self.entries if entry.do == "mend"]
        if not mends:
            return source
        out = []
        for line in source.lines:
            for entry in mends:
                if entry.line == line.number:
                    old, new = _pair(entry)
                    line = replace(line, text=line.text.replace(old, new, 1))
            out.append(line)
        return replace(source, lines=tuple(out))

    def taken(self) -> dict[int, tuple[str, str]]:
        """Return what the entries say of single lines, before any grouping."""
        found: dict[int, tuple[str, str]] = {}
        for entry in self.entries:
            if entry.do == "drop":
                found[entry.line] = ("furniture", str(entry.value))
            elif entry.do == "note":
                found[entry.line] = ("note", str(entry.value))
            elif (
                entry.do in ("heading", "paragraph", "item", "quotation", "split", "section", "speaker")
                or entry.do == "join"
            ):
                found[entry.line] = ("start", "")
        return found

    def freed(self, taken: dict[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
        """Return what is taken, without what a correction gives back to the text."""
        return {number: found for number, found in taken.items() if found[0] != "start"}

    def blocks(self, blocks: list[Block]) -> list[Block]:
        """Fix the kinds of blocks that begin at corrected lines, and join what belongs together."""
        says = self.of("heading", "paragraph", "item", "quotation", "split", "section", "join", "drop")
        voices = self.of("speaker")
        out: list[Block] = []
        for block in blocks:
            entry = says.get(block.first.number)
            if entry is not None:
                block = _fixed(block, entry)
            if block.first.number in voices:
                block = replace(block, speaker=str(voices[block.first.number].value))
            if entry is not None and entry.do == "join":
                place = next((i for i in range(len(out) - 1, -1, -1) if out[i].prose), None)
                if place is not None:
                    out[place] = replace(out[place], lines=out[place].lines + block.lines)
                    continue
            out.append(block)
        return out

    def levels(self, blocks: list[Block]) -> list[Block]:
        """Set the levels that entries give."""
        set_ = self.of("level", "heading")
        parents = self.of("children")
        out: list[Block] = []
        below, until = 0, 0
        for block in blocks:
            number = block.first.number
            if block.kind == "heading":
                if number in parents:
                    below, until = block.level, _number(parents[number])
                elif below and number <= until:
                    block = replace(block, level=below + 1)
                if number in set_ and set_[number].value is not None:
                    block = replace(block, level=_number(set_[number]))
            out.append(block)
        return out


def _fixed(block: Block, entry: Correction) -> Block:
    if entry.do == "heading":
        return replace(block, kind="heading", fixed=True, level=_number(entry))
    if entry.do == "section":
        return replace(block, fresh=True, apart=True)
    if entry.do == "split":
        return replace(block, apart=True)
    if entry.do in ("paragraph", "item", "quotation"):
        return replace(block, kind=entry.do, fixed=True, apart=True)
    return block


def _pair(entry: Correction) -> tuple[str, str]:
    value = entry.value
    if isinstance(value, dict) and set(value) == {"from", "to"}:
        return str(value["from"]), str(value["to"])
    raise Refusal(f"correction of line {entry.line}: `mend` wants value: {{from: …, to: …}}.")


def _number(entry: Correction) -> int:
    if isinstance(entry.value, int):
        return entry.value
    raise Refusal(f"correction of line {entry.line}: `{entry.do}` wants a number as its value.")


def path_of(root: Path, report: str) -> Path:
    """Return where a report's corrections lie in the edition at `root`."""
    return root / FOLDER / f"{report}.yml"


def load(path: Path) -> Corrections:
    """Read a correction file; a file that does not exist holds no corrections."""
    if not path.exists():
        return Corrections()
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Refusal(f"{path.name} cannot be read: {' '.join(str(error).split())}") from None
    if data is None:
        return Corrections()
    rows = data.get("corrections") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise Refusal(f"{path.name} must hold a list under `corrections:`.")
    return Corrections(tuple(_entry(row, place, path.name) for place, row in enumerate(rows, 1)))


def _entry(row: object, place: int, name: str) -> Correction:
    where = f"{name}, entry {place}"
    if not isinstance(row, dict):
        raise Refusal(f"{where}: an entry is a mapping with line, hash, do and reason.")
    unknown = set(row) - {"line", "hash", "do", "value", "reason", "uncertain"}
    if unknown:
        raise Refusal(f"{where}: unknown field `{sorted(map(str, unknown))[0]}`.")
    line, hash_, do, reason = (
        row.get("line"),
        str(row.get("hash", "")),
        str(row.get("do", "")),
        str(row.get("reason") or "").strip(),
    )
    checks: list[tuple[Callable[[], bool], str]] = [
        (lambda: isinstance(line, int), "`line` must be a number"),
        (
            lambda: bool(re.fullmatch(r"[0-9a-f]{12}", hash_)),
            "`hash` must be twelve hexadecimal digits in quotation marks",
        ),
        (lambda: do in ACTIONS, f"`do` must be one of {', '.join(ACTIONS)}"),
        (lambda: bool(reason), "`reason` is missing"),
    ]
    for holds, message in checks:
        if not holds():
            raise Refusal(f"{where}: {message}.")
    assert isinstance(line, int)
    return Correction(line, hash_, do, row.get("value"), reason)


def place_of(line: Line) -> str:
    """Return the head of an entry for a line, as the correction file wants it.

    >>> place_of(Line(3, "East", "East"))
    'line: 3, hash: "57b84835f21b"'
    """
    return f'line: {line.number}, hash: "{line.hash}"'
