"""The ledger of addresses: every address ever released, one a line, and the releases. Lines are only ever added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .layout import LEDGER

_LINE = re.compile(r"^(?P<date>\d{4}-\d{2}-\d{2}) (?P<address>/\S*)$")
_RELEASE = re.compile(r"^# release (?P<date>\d{4}-\d{2}-\d{2}) (?P<version>\S+) (?P<fingerprint>\S+)$")
HEAD = """\
# Every address that was ever released, with the day of its first release. `variorum release` adds lines;
# none is ever changed or removed. An id that is given up needs an alias in its record.
"""


@dataclass(frozen=True, slots=True)
class Release:
    """Hold one release: its day, its version and what it was made from."""

    date: str
    version: str
    fingerprint: str


@dataclass(frozen=True)
class Ledger:
    """Hold every released address with the day of its first release and its line, and the releases in order."""

    addresses: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    releases: tuple[Release, ...] = ()
    faults: tuple[int, ...] = ()

    def frozen(self, fingerprint: str) -> str:
        """Return the path of the frozen copy that was made from just this, `v/2026-11-30/`, or nothing."""
        found = [one.date for one in self.releases if one.fingerprint == fingerprint]
        return f"v/{found[-1]}/" if found else ""


def read(root: Path) -> Ledger:
    """Read the ledger; one that is missing is empty."""
    path = root / LEDGER
    return parse(path.read_text("utf-8")) if path.is_file() else Ledger()


def parse(text: str) -> Ledger:
    """Read a ledger's text; `faults` are the lines that are of no known form."""
    held: dict[str, tuple[str, int]] = {}
    releases, faults = [], []
    for number, line in enumerate(text.splitlines(), 1):
        match, release = _LINE.match(line), _RELEASE.match(line)
        if match:
            held.setdefault(match["address"], (match["date"], number))
        elif release:
            releases.append(Release(release["date"], release["version"], release["fingerprint"]))
        elif line.strip() and not line.startswith("#"):
            faults.append(number)
    return Ledger(held, tuple(releases), tuple(faults))


def added(text: str, told: Iterable[str], release: Release) -> str:
    """Return the ledger's text with a release's line and its new addresses at the end."""
    held = parse(text)
    lines = [f"# release {release.date} {release.version} {release.fingerprint}"]
    lines += [f"{release.date} {address}" for address in sorted(set(told)) if address not in held.addresses]
    return (text or HEAD).rstrip("\n") + "\n" + "\n".join(lines) + "\n"
