"""The ids of sections and units on a report's page: as written or, where one is wrong, as it was most likely meant.

A wrong id is reported once. So that nothing follows from it, the rest of the page is read as if it stood right: the id
that is due is given where nothing else on the page has it, and counting goes on from what is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Complain = Callable[[str, int, str, int, int, str], None]
"""Takes a rule, a line, a message, the column from 0, the length and a hint."""
_IDS = re.compile(r"\{:?[ ]*#([^}\s]+)")
_SECTION = re.compile(r"^s([1-9][0-9]*)$")
_UNIT = re.compile(r"^(s[1-9][0-9]*)p([1-9][0-9]*)$")


class Numbering:
    """Count through a page and tell each section and unit its id."""

    def __init__(self, body: str, complain: Complain) -> None:
        """Look through a page's text for the ids that it has anywhere."""
        self._written = frozenset(_IDS.findall(body))
        self._complain = complain
        self._lines: dict[str, int] = {}
        self._sections, self._units = 0, 0
        self._section, self._as_written = "", ""

    @property
    def due_section(self) -> str:
        """Return the id that the next section should have."""
        return f"s{self._sections + 1}"

    @property
    def due_unit(self) -> str:
        """Return the id that the next unit should have."""
        return f"{self._section or 's1'}p{self._units + 1}"

    def section(self, written: str, line: int, column: int) -> str:
        """Return the id of the section that begins; an empty one has been reported already."""
        due, number = self.due_section, _SECTION.match(written)
        identity = written
        if written in self._lines:
            self._repeated(written, line, column, due)
            identity = self._free(due)
        elif number is None or int(number[1]) > self._sections + 1:
            if written:
                self._misplaced("section-id", f"section `{written}`", due, line, column, len(written))
            units_tell = due not in self._written and f"{due}p1" in self._written
            identity = self._free(due) if number is None or units_tell else written
        found = _SECTION.match(identity)
        self._sections = max(self._sections, int(found[1]) if found else 0)
        self._units, self._section, self._as_written = 0, identity, written or due
        self._lines[identity] = line
        return identity

    def unit(self, written: str, line: int, column: int, quiet: bool) -> str:
        """Return the id of the next unit; where `quiet`, its id line has been reported already."""
        due, parts = self.due_unit, _UNIT.match(written)
        if parts is None or parts[1] not in (self._section, self._as_written):
            if not quiet:
                self._misplaced("unit-id", f"unit `{written}`", due, line, column, len(written))
            return self._take(due, line)
        meant, number = f"{self._section}p{parts[2]}", int(parts[2])
        if meant in self._lines:
            self._repeated(meant, line, column, due)
            return self._take(due, line)
        if number > self._units + 1 and not quiet:
            self._misplaced("unit-id", f"unit `{written}`", due, line, column, len(written))
        self._units = max(self._units, number)
        self._lines[meant] = line
        return meant

    def _take(self, due: str, line: int) -> str:
        identity = self._free(due)
        self._units += identity == due
        self._lines[identity] = line
        return identity

    def _free(self, due: str) -> str:
        """Return the id that is due where nothing on the page has it, else one that no record can name."""
        return due if due not in self._written and due not in self._lines else f"{due}-{len(self._lines)}"

    def _misplaced(self, rule: str, what: str, due: str, line: int, column: int, length: int) -> None:
        self._complain(rule, line, f"the {what} stands where `{due}` is due", column, length, "")

    def _repeated(self, identity: str, line: int, column: int, due: str) -> None:
        said = f"the id `{identity}` stands twice, first on line {self._lines[identity]}"
        self._complain("duplicate-unit", line, said, column, len(identity), f"`{due}` is due here")
