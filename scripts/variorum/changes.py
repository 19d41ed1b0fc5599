"""What a change of the edition's files does to the edition: cells, propositions, quotations, references, addresses.

Two editions are compared, not two sets of lines, so a reader of the result sees the effect and nothing of the form.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from . import addresses, permanence
from .addresses import Address
from .bibliography import Entry
from .compare import Standing, compare
from .edition import Edition
from .evidence import Excerpt, excerpts
from .records import Position
from .withdrawals import withdrawn

Cell = tuple[str, str]
"""A report and a proposition."""
Quoted = dict[tuple[str, str, str, str], Excerpt]
"""Quotations by report, record, place and words."""
_UNTOLD = {"proof", "by", "date", "quote", "aliases"}
"""Fields whose change is no change of what an annotation says, or is told elsewhere."""


@dataclass(frozen=True, slots=True)
class Change:
    """Say what changed, from what to what; one side is empty where a thing is new or gone."""

    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Changes:
    """Hold what changed, by heading, in the order of reading."""

    cells: tuple[Change, ...]
    positions: tuple[Change, ...]
    propositions: tuple[Change, ...]
    stale: tuple[Change, ...]
    quotations: tuple[Change, ...]
    others: tuple[Change, ...]
    digests: tuple[Change, ...]
    references: tuple[Change, ...]
    lost: tuple[Change, ...]

    @property
    def any(self) -> bool:
        """Tell whether anything changed at all."""
        return any(getattr(self, field.name) for field in dataclasses.fields(self))


def between(before: Edition, after: Edition) -> Changes:
    """Compare two states of an edition."""
    name = _Names(after)
    old = {(name.report(report), name.proposition(key)): one for (report, key), one in _standings(before).items()}
    new = _standings(after)
    return Changes(
        cells=tuple(_cells(old, new)),
        positions=tuple(_positions(old, new)),
        propositions=tuple(_propositions(before, after)),
        stale=tuple(_stale(before, after)),
        quotations=tuple(_quotations(_quoted(before, name), _quoted(after, name))),
        others=tuple(_differing(_annotations(before, name), _annotations(after, name))),
        digests=tuple(_differing(_digests(before, name), _digests(after, name))),
        references=tuple(_differing(_references(before, name), _references(after, name))),
        lost=tuple(_lost(before, after)),
    )


class _Names:
    """Know what the records of an earlier state are called now, by the aliases that renaming leaves."""

    def __init__(self, edition: Edition) -> None:
        self._reports = {alias: key for key, report in edition.reports.items() for alias in report.fields.aliases}
        self._propositions = {
            alias: key for key, record in edition.propositions.items() for alias in record.fields.aliases
        }
        self._slugs = {
            (report, alias): slug
            for (report, slug), record in edition.annotations.items()
            for alias in record.fields.aliases
        }
        self._others = {
            alias: key
            for shelf in (edition.people, edition.quantities)
            for key, record in shelf.items()
            for alias in record.fields.aliases
        }
        self._works = {
            alias.strip(): key for key, entry in edition.entries.items() for alias in entry["ids"].split(",")
        }

    def report(self, key: str) -> str:
        return self._reports.get(key, key)

    def proposition(self, key: str) -> str:
        return self._propositions.get(key, key)

    def annotation(self, report: str, slug: str) -> tuple[str, str]:
        now = self.report(report)
        return now, self._slugs.get((now, slug), slug)

    def work(self, key: str) -> str:
        return self._works.get(key, key)

    def text(self, words: str) -> str:
        """Return running text with the present names in its links and citations."""
        known = self._reports | self._propositions | self._others | self._works
        return (
            re.sub(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", lambda match: known.get(match[0], match[0]), words)
            if known
            else words
        )


def _standings(edition: Edition) -> dict[Cell, Standing]:
    return {(one.report, one.proposition): one for row in compare(edition).rows for one in row.standings}


def _cells(old: Mapping[Cell, Standing], new: Mapping[Cell, Standing]) -> Iterator[Change]:
    """Yield the cells of the matrix that say another thing."""
    for cell in _keys(old, new):
        before, after = (str(side[cell].cell) if cell in side else "" for side in (old, new))
        if before != after:
            yield Change("/".join(cell), before, after)


def _positions(old: Mapping[Cell, Standing], new: Mapping[Cell, Standing]) -> Iterator[Change]:
    """Yield what changed in a position beside its cell: a speaker's stance, a reported view, how sure it is."""
    for cell in _keys(old, new):
        before, after = (_told(side[cell]) if cell in side else {} for side in (old, new))
        if before and after:
            for change in _differing(before, after):
                yield Change(f"{'/'.join(cell)}, {change.what}", change.before, change.after)


def _told(standing: Standing) -> dict[str, str]:
    """Return what a position says beside its cell, by name."""
    told = {f"reported of {', '.join(view.who)}": f"{view.stance}, {view.author}" for view in standing.reported}
    told |= {one.speaker: str(one.stance) for one in standing.own if one.speaker}
    if standing.record:
        fields: Position = standing.record.fields
        told |= {"confidence": str(fields.confidence), "status": str(fields.status), "wording": str(fields.wording)}
        told |= {"ruling": fields.ruling} if fields.ruling else {}
    return told


def _propositions(before: Edition, after: Edition) -> Iterator[Change]:
    """Yield propositions that are new, gone, reworded, or coded by another definition."""
    renamed = {alias: key for key, record in after.propositions.items() for alias in record.fields.aliases}
    for key in _keys(before.propositions, after.propositions):
        old, new = before.propositions.get(key), after.propositions.get(key)
        if old and not new and key in renamed:
            yield Change(f"{key}, key", key, renamed[key])
        elif not old or not new:
            yield Change(key, old.fields.statement if old else "", new.fields.statement if new else "")
        else:
            for name, label in (
                ("statement", ""),
                ("affirms_means", ", affirming"),
                ("rejects_means", ", rejecting"),
                ("since", ", since"),
            ):
                first, second = getattr(old.fields, name), getattr(new.fields, name)
                if first != second:
                    yield Change(key + label, first or "", second or "")


def _stale(before: Edition, after: Edition) -> Iterator[Change]:
    """Yield positions that were coded on an earlier wording and are not looked at again yet."""
    old = {(key, number) for key, number, _ in _old_wordings(before)}
    for key, number, present in _old_wordings(after):
        if (key, number) not in old:
            yield Change(key, f"wording {number}", f"wording {present}")


def _old_wordings(edition: Edition) -> Iterator[tuple[str, int, int]]:
    for (report, slug), record in edition.positions.items():
        proposition = edition.propositions.get(slug)
        if proposition and record.fields.wording != proposition.fields.wording:
            yield f"{report}/{slug}", record.fields.wording, proposition.fields.wording


def _quotations(old: Quoted, new: Quoted) -> Iterator[Change]:
    """Yield quotations that are new, dropped, or no longer proved; a new one says whether it is proved."""
    for key in _keys(old, new):
        where, quote = f"{key[0]}/{key[1]}, {key[2]}", f"“{key[3]}”"
        first, second = old.get(key), new.get(key)
        if second is None:
            yield Change(where, quote, "")
        elif first is None:
            yield Change(where, "", quote + ("" if second.proof else ", not verified"))
        elif bool(first.proof) != bool(second.proof):
            yield Change(where, f"{quote}, {_proved(first)}", f"{quote}, {_proved(second)}")


def _proved(excerpt: Excerpt) -> str:
    return "proved" if excerpt.proof else "not verified"


def _quoted(edition: Edition, name: _Names) -> Quoted:
    found: Quoted = {}
    for report, held in excerpts(edition).items():
        found |= {(*name.annotation(report, one.slug), one.at, one.quote): one for one in held if one.quote}
    return found


def _annotations(edition: Edition, name: _Names) -> dict[str, str]:
    """Return what each annotation says that is not a position, in a line."""
    found = {}
    for (report, slug), record in edition.annotations.items():
        if not isinstance(record.fields, Position):
            data = record.fields.model_dump(mode="json", by_alias=True, exclude=_UNTOLD, exclude_defaults=True)
            kind = data.pop("kind")
            said = [f"{field} {value}" for field, value in data.items()] + ([record.body] if record.body else [])
            found["/".join(name.annotation(report, slug))] = name.text(f"{kind}: {'; '.join(said)}")
    return found


def _digests(edition: Edition, name: _Names) -> dict[str, str]:
    return {
        f"{name.report(key)}#{unit.id}": name.text(unit.digest)
        for key, report in edition.reports.items()
        for unit in report.units.values()
    }


def _references(edition: Edition, name: _Names) -> dict[str, str]:
    """Return what each entry of the bibliography says, in a line."""
    return {name.work(key): _reference(entry) for key, entry in edition.entries.items()}


def _reference(entry: Entry) -> str:
    names = [f"{role}: {' and '.join(one.full for one in held)}" for role, held in entry.names.items()]
    return "; ".join(
        [
            entry.type,
            *names,
            *(f"{field}: {value}" for field, value in entry.fields.items() if field not in ("ids", *entry.names)),
        ]
    )


def _lost(before: Edition, after: Edition) -> Iterator[Change]:
    """Yield the permanent addresses, and the hand-written pages, that now lead nowhere."""
    aliases = {addresses.from_root(old) for old in permanence.aliases(after)}
    kept = _addresses(after) | aliases | set(withdrawn(after))
    yield from (Change(address) for address in sorted(_addresses(before) - kept))


def _addresses(edition: Edition) -> set[str]:
    """Return the permanent addresses and the hand-written pages."""
    pages = {addresses.from_root(Address(addresses.of_file(path))) for path in edition.pages}
    return permanence.told(edition) | pages


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for key in _keys(before, after):
        if before.get(key, "") != after.get(key, ""):
            yield Change(key, before.get(key, ""), after.get(key, ""))


def _keys(before: Iterable[Any], after: Iterable[Any]) -> list[Any]:
    return sorted({*before, *after})
