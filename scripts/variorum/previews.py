"""What a preview need not make again: the files of the served site, each known by all that it was made from.

While pages are served, an edit to one record changes few of them, and the host's Markdown and templates, and the
writing of a thousand files, are most of the time. A file stays as it stands only where its text, what its head is
dressed with, and the frame around it, navigation and theme, are the same to the letter. Whatever is made anew is made
beside the site and moved into it at the end, so that a build that fails leaves the site as it was.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache

BESIDE = ".build"
"""The folder of the site in which the host builds; no page has an address that begins with a point."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Hold what a standing file was made from, and of a page what others ask of it: heading, front matter, ids."""

    made_from: bytes
    heading: str = ""
    matter: Mapping[str, Any] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()


class Previews:
    """Keep the files of the build before this one."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.templates = Compiled()
        self._site = Path()
        self._frame = b""
        self._standing: dict[str, Preview] = {}
        self._made: dict[str, Preview] = {}

    def open(self, site: Path) -> Path:
        """Begin a build of the site in a folder; return the folder beside it into which the host is to build."""
        if site != self._site:
            self._site, self._standing = site, {}
        self._made = {}
        return site / BESIDE

    def frame(self, parts: Iterable[str], theme: Iterable[Path]) -> None:
        """Take all that goes into every page besides its own text: `theme` are the folders of overrides."""
        sheets = sorted(file for folder in theme for file in folder.rglob("*") if file.is_file())
        frame = _digest(*parts, *(part for sheet in sheets for part in (str(sheet), sheet.read_bytes())))
        if frame != self._frame:
            self._frame, self._standing, self.templates = frame, {}, Compiled()

    def find(self, path: str, text: str | bytes, dress: Callable[[str], object] = str) -> Preview | None:
        """Return what stands for a file, where it was made from the same text, dress and frame; it is then kept.

        `dress` gives what is put into a page with a heading, besides its text.
        """
        held = self._standing.get(path)
        if held is None or held.made_from != self._made_from(text, dress(held.heading)):
            return None
        self._made[path] = held
        return held

    def keep(
        self,
        path: str,
        text: str | bytes,
        dress: object = "",
        heading: str = "",
        matter: Mapping[str, Any] | None = None,
        ids: Iterable[str] = (),
    ) -> None:
        """Remember what a file of this build is made from."""
        self._made[path] = Preview(self._made_from(text, dress), heading, dict(matter or {}), frozenset(ids))

    def settle(self, kept: Iterable[str]) -> Path:
        """End a build: put what it made into the site, and take away what is neither made nor `kept`, by its path.

        Return the site.
        """
        self._standing = {}  # until all is in its place, nothing is known of the site
        beside = self._site / BESIDE
        stay = {*kept, *_files(beside)}
        waste = Path(tempfile.mkdtemp(prefix=".gone-", dir=self._site))
        for entry in {one.name for one in _seen(self._site)} - {one.partition("/")[0] for one in stay}:
            os.replace(self._site / entry, waste / entry)  # the search index: another one follows
        for gone in {*_files(self._site)} - stay:
            (self._site / gone).unlink()
        _merge(beside, self._site)
        threading.Thread(target=shutil.rmtree, args=(waste, True), daemon=True).start()
        self._standing = self._made
        return self._site

    def _made_from(self, text: str | bytes, dress: object) -> bytes:
        return _digest(self._frame.hex(), str(dress), text)


class Compiled(BytecodeCache):
    """Keep the host's templates compiled, each by its name and the checksum of its text."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._held: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what was compiled of a template, if it is still its text."""
        code = self._held.get((bucket.key, bucket.checksum))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled of a template."""
        self._held[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def _seen(folder: Path) -> list[Path]:
    """Return what stands in a site, but what stands beside it."""
    return [entry for entry in folder.iterdir() if not entry.name.startswith(".")]


def _files(folder: Path) -> Iterator[str]:
    """Yield the files of a site as paths from there."""
    for at, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        way = "" if at == str(folder) else Path(at).relative_to(folder).as_posix() + "/"
        yield from (way + name for name in names)


def _merge(source: Path, target: Path) -> None:
    """Move what a folder holds into another one, over what stands there."""
    for entry in os.scandir(source):
        there = target / entry.name
        if entry.is_dir() and there.is_dir():
            _merge(Path(entry.path), there)
            continue
        if there.is_dir():
            shutil.rmtree(there)
        os.replace(entry.path, there)


def _digest(*parts: str | bytes) -> bytes:
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.digest()
