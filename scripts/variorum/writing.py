"""Writing records: a new file never over an old one, a change that touches only what changes.

Texts are edited by spans, so comments, order and line ends stay as they were; files are put in place whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from . import atomic, journal, locking, source
from .frontmatter import Document
from .journal import Step

_PLAIN = re.compile(r"^[^\W\d_][\w .’“”–…()/-]*")
_DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS_OF_YAML = frozenset({"true", "false", "null", "Null", "NULL"})
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
WIDEST = 110
"""Columns that a mapping on one line may take."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace what stands between two offsets of a text."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with all edits made; raises `ValueError` where two of them overlap."""
    parts, at = [], 0
    for edit in sorted(set(edits)):
        if edit.start < at:
            raise ValueError(f"two edits overlap at offset {edit.start}")
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def replace(path: Path, text: str) -> None:
    """Put `text` in the place of a file in one step, with the line ends, mark and rights that the file had."""
    atomic.write(path, like(path.read_bytes(), text))


def like(old: bytes, text: str) -> str:
    """Return `text` with the line ends and the mark that a file's old bytes have."""
    if b"\r\n" in old and old.count(b"\r\n") == old.count(b"\n"):
        text = text.replace("\n", "\r\n")
    return ("\ufeff" if old.startswith(b"\xef\xbb\xbf") else "") + text


class Changed(OSError):
    """Say that a file was changed by somebody else since the command read it."""


@dataclass
class Batch:
    """Hold changes to several files, made together and taken back together.

    `read` holds what the change was worked out from, `None` for a file that must not be there: where a file is another
    by now, nothing is written.
    """

    root: Path
    written: Mapping[str, str]
    moved: Mapping[str, str] = field(default_factory=dict)
    read: Mapping[str, str | None] = field(default_factory=dict)
    _steps: list[Step] = field(default_factory=list)

    def make(self) -> None:
        """Move and write the files; raises `OSError`, and then all is as before."""
        with self.open():
            pass

    @contextmanager
    def open(self, done: str = "") -> Iterator[None]:
        """Move and write the files, and take them back where what is done meanwhile fails or is killed.

        Once the path `done` exists, what is done counts as done, and a kill takes nothing back.
        """
        with locking.held(self.root):
            journal.recover(self.root)
            self._steps = self._planned()
            journal.begin(self.root, self._steps, done)
            try:
                journal.carry_out(self.root, self._steps)
                yield
            except BaseException:
                journal.take_back(self.root)
                raise
            journal.end(self.root)

    def take_back(self) -> None:
        """Give every file back the bytes it had before."""
        with locking.held(self.root):
            back = [Step(step.path, step.new, step.old, step.mode) for step in self._steps]
            journal.begin(self.root, back)
            journal.carry_out(self.root, back)
            journal.end(self.root)

    def _planned(self) -> list[Step]:
        """Return what each file holds before and after; raises where one is not what it was taken for."""
        origins = {new: old for old, new in self.moved.items()}
        for name in {*self.read} & {*self.written, *self.moved}:
            self._want(name, self.read[name])
        steps = []
        for name in dict.fromkeys([*origins, *self.written]):
            path, origin = self.root / name, self.root / origins.get(name, name)
            if name in origins and path.exists():
                raise FileExistsError(17, "there is such a file already", str(path))
            before = origin.read_bytes() if origin.exists() else None
            text = self.written.get(name)
            after = before if text is None else like(before or b"", text).encode()
            mode = origin.stat().st_mode & 0o777 if before is not None else 0o644
            steps.append(Step(name, None if name in origins else before, after, mode))
        steps += [Step(old, (self.root / old).read_bytes(), None) for old in self.moved]
        return [step for step in steps if step.old != step.new]

    def _want(self, name: str, text: str | None) -> None:
        path = self.root / name
        now = source.read(self.root, path).text if path.exists() else None
        if now != text:
            what = "was changed" if text is not None else "was made"
            raise Changed(f"{name} {what} while this command ran; nothing was written. Run it again")


def scalar(value: object) -> str:
    """Return a value as YAML on one line that is read back as that value, within a flow too."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return format(Decimal(str(value)), "f")
    text = str(value)
    plain = _PLAIN.fullmatch(text) and text not in _WORDS_OF_YAML and not text.endswith(" ")
    if plain or _DAY.fullmatch(text):
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """Return text in double quotation marks, as YAML reads them."""
    return _UNPRINTABLE.sub(_escaped, json.dumps(text, ensure_ascii=False))


def mapping(values: Mapping[str, Any], indent: int = 0) -> str:
    """Return a mapping as YAML lines: lists of words and small mappings on one line, the rest as blocks."""
    lead = " " * indent
    lines = []
    for name, value in values.items():
        if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
            lines.append(_nested(name, value, indent))
        else:
            lines.append(f"{lead}{_pair(name, value)}\n")
    return "".join(lines)


def set_value(document: Document, path: Sequence[str | int], value: object) -> Edit:
    """Return the edit that sets the value at `path` of the front matter, or adds it as its mapping's last key.

    Raises `KeyError` where there is no mapping to add it to.
    """
    if _holds(document.matter.data, path):
        start, end = document.matter.span(path)
        while end > start and document.source.text[end - 1] == "\n":  # a block scalar ends with its last line's end
            end -= 1
        return Edit(start, end, scalar(value))
    if len(path) != 1:
        raise KeyError(path)
    start = document.source.text.rindex("---", 0, document.body_start)
    return Edit(start, start, mapping({str(path[0]): value}))


def add_to_list(document: Document, name: str, word: str) -> Edit:
    """Return the edit that adds a word to the list `name` of the front matter, which is made where there is none."""
    held = document.matter.data.get(name)
    if held is None:
        return (
            set_value(document, [name], [word]) if name not in document.matter.data else _emptied(document, name, word)
        )
    start, end = document.matter.span([name])
    if held:
        last, after = document.matter.span([name, len(held) - 1])
        text = document.source.text
        if text[start] == "[":
            return Edit(after, after, f", {scalar(word)}")
        dash = text.rindex("-", 0, last)
        column = dash - (text.rfind("\n", 0, dash) + 1)
        return Edit(after, after, f"\n{' ' * column}- {scalar(word)}")
    return Edit(start, end, f"[{scalar(word)}]")


def _emptied(document: Document, name: str, word: str) -> Edit:
    start, end = document.matter.span([name])
    return Edit(start, end, f" [{scalar(word)}]")


def _holds(data: Any, path: Sequence[str | int]) -> bool:
    for part in path:
        held = part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))
        if not held:
            return False
        data = data[part]
    return True


def _nested(name: str, value: Any, indent: int) -> str:
    lead = " " * indent
    flow = _flow(value)
    if flow is not None and len(lead) + len(name) + 2 + len(flow) <= WIDEST:
        return f"{lead}{_key(name)}: {flow}\n"
    if isinstance(value, Mapping):
        return f"{lead}{_key(name)}:\n{mapping(value, indent + 2)}"
    return f"{lead}{_key(name)}:\n" + "".join(_item(part, indent + 2) for part in value)


def _item(part: Any, indent: int) -> str:
    lead = " " * indent
    if not isinstance(part, Mapping):
        return f"{lead}- {scalar(part)}\n"
    flow = _flow(part)
    if flow is not None and "at" in part:
        return f"{lead}- {flow}\n"
    return f"{lead}- {mapping(part, indent + 2)[indent + 2 :]}"


def _flow(value: Any) -> str | None:
    """Return a flat value on one line, or nothing where it is not flat."""
    if isinstance(value, Mapping):
        if any(isinstance(part, Mapping | list | tuple) for part in value.values()):
            return None
        return "{" + ", ".join(_pair(name, part) for name, part in value.items()) + "}"
    flat = [_flow(part) if isinstance(part, Mapping) and "at" in part else part for part in value]
    if any(part is None or isinstance(part, Mapping | list | tuple) for part in flat):
        return None
    shown = [str(one) if isinstance(part, Mapping) else scalar(part) for one, part in zip(flat, value, strict=True)]
    return "[" + ", ".join(shown) + "]"


def _pair(name: str, value: object) -> str:
    """Return a field with its value; words of a report stand in quotation marks whatever they are."""
    return f"{_key(name)}: {quoted(str(value)) if name == 'quote' else scalar(value)}"


def _key(name: str) -> str:
    return (
        name
        if re.fullmatch(r"[a-z][a-z0-9_-]*", name) and name not in _WORDS_OF_YAML
        else json.dumps(name, ensure_ascii=False)
    )


def _escaped(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
