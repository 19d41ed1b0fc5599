"""The search index put into one order, so that two builds of one state hold the same bytes.

Pagefind 1.5.2 writes the filters, and the values of each, in the order of a hash table that is seeded anew each run;
what refers to a filter by the hash of its bytes differs with it. Later versions sort them: then that can go.
In a guide, the entries that stand for drawers are called by the drawers' names.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cbor2

_MAGIC = b"pagefind_dcd"
_PAGES, _FILTERS = 1, 3
"""Where an index's metadata hold the pages, pairs of fragment and length, and the filters, pairs of name and hash."""


def settle(folder: Path, drawers: Sequence[str] = ()) -> None:
    """Sort the filters of a written index and name the files anew; raises `ValueError` where one is not of its kind.

    The first pages that were indexed stand for the drawers that are named: each has its drawer's name for its fragment,
    which a reader of the index is told without fetching anything.
    """
    entry = folder / "pagefind-entry.json"
    told = json.loads(entry.read_text("utf-8"))
    for language in told["languages"].values():
        meta = folder / f"pagefind.{language['hash']}.pf_meta"
        fields = _read(meta)
        if drawers:
            fields[_PAGES] = [[_named(folder / "fragment", was, drawers), length] for was, length in fields[_PAGES]]
        fields[_FILTERS] = sorted([name, _settled(folder / "filter", was)] for name, was in fields[_FILTERS])
        language["hash"] = _renamed(meta, fields, "pagefind.{}", language["hash"])
    told["languages"] = dict(sorted(told["languages"].items()))
    entry.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")), "utf-8", newline="\n")


def _named(folder: Path, was: str, drawers: Sequence[str]) -> str:
    """Return the drawer that a fragment stands for, and remove the fragment; or its own name where it is a card's."""
    file = folder / f"{was}.pf_fragment"
    number = int(Path(json.loads(_unpacked(file))["url"]).stem)
    if number >= len(drawers):
        return was
    file.unlink()
    return drawers[number]


def _settled(folder: Path, was: str) -> str:
    """Sort the values of a filter; return the hash under which it now stands."""
    file = folder / f"{was}.pf_filter"
    name, values = _read(file)
    return _renamed(file, [name, sorted(values)], "{}", was)


def _read(file: Path) -> list[Any]:
    """Return the fields that a file of the index holds."""
    held: list[Any] = cbor2.loads(_unpacked(file))
    return held


def _unpacked(file: Path) -> bytes:
    packed = gzip.decompress(file.read_bytes())
    if not packed.startswith(_MAGIC):
        raise ValueError(f"{file.name} is no file of a search index")
    return packed[len(_MAGIC) :]


def _renamed(file: Path, fields: list[Any], stem: str, was: str) -> str:
    """Write the fields in the file's place, under the hash of what they are now; return that hash."""
    packed = cbor2.dumps(fields)
    name = was.split("_")[0] + "_" + hashlib.sha256(packed).hexdigest()[: len(was.split("_")[1])]
    file.unlink()
    target = file.with_name(stem.format(name) + file.suffix)
    target.write_bytes(gzip.compress(_MAGIC + packed, mtime=0))
    return name
