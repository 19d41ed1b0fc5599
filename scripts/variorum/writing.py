"""Writing records: a new file never over an old one, a change that touches only what changes.

Texts are edited by spans, so comments, order and line ends stay as they were; files are put in place whole.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from . import atomic
from .frontmatter import Document

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


def create(path: Path, text: str) -> None:
    """Write a new file whole; raises `FileExistsError`, and writes nothing, where there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = _part(path, text)
    try:
        os.link(part, path)
    finally:
        part.unlink()


def replace(path: Path, text: str) -> None:
    """Put `text` in the place of a file in one step, with the line ends, mark and rights that the file had."""
    old = path.read_bytes()
    if b"\r\n" in old and old.count(b"\r\n") == old.count(b"\n"):
        text = text.replace("\n", "\r\n")
    atomic.write(path, ("\ufeff" if old.startswith(b"\xef\xbb\xbf") else "") + text)


@dataclass
class Batch:
    """Hold changes to several files, made together and taken back together."""

    root: Path
    written: Mapping[str, str]
    moved: Mapping[str, str] = field(default_factory=dict)
    _old: dict[Path, bytes | None] = field(default_factory=dict)

    def make(self) -> None:
        """Move and write the files; where one cannot be written, take all of it back and raise."""
        try:
            for old, new in self.moved.items():
                self._move(self.root / old, self.root / new)
            for name, text in self.written.items():
                self._write(self.root / name, text)
        except OSError:
            self.take_back()
            raise

    def take_back(self) -> None:
        """Give every file back the bytes it had before."""
        for path, data in self._old.items():
            if data is None:
                path.unlink(missing_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

    def _move(self, old: Path, new: Path) -> None:
        if new.exists():
            raise FileExistsError(17, "there is such a file already", str(new))
        self._old.setdefault(old, old.read_bytes())
        self._old.setdefault(new, None)
        new.parent.mkdir(parents=True, exist_ok=True)
        old.rename(new)
        if not any(old.parent.iterdir()):
            old.parent.rmdir()

    def _write(self, path: Path, text: str) -> None:
        if path.exists():
            self._old.setdefault(path, path.read_bytes())
            replace(path, text)
        else:
            create(path, text)
            self._old.setdefault(path, None)


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


def _part(path: Path, text: str, mode: int = 0o644) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        part.chmod(mode)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part
