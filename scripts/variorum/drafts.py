"""Drafts: the text of a new record of any kind, and the values that each of its fields may take in this edition.

Field names, their order and their meaning come from the models; nothing about a kind is said twice.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from . import layout
from .edition import Edition
from .findings import nearest
from .records import ANNOTATIONS, EditionMatter, ReportMatter, Strict
from .words import UNSIGNED, Kind
from .writing import mapping

SHELVES = {shelf.model.__name__.lower(): (name, shelf) for name, shelf in layout.SHELVES.items()}
"""The kinds of record that stand on a shelf: `proposition`, `person`, …, with the shelf's name."""
BIBLIOGRAPHIC = ("source", "report")
KINDS = (*(str(kind) for kind in Kind), *SHELVES, *BIBLIOGRAPHIC)
"""Everything that `variorum new` can make."""
MACHINE_MADE = frozenset({"proof", "aliases", "waive", "earlier"})
"""Fields that nobody fills in when a record is new."""
_LAST = ("by", "date", "status", "review")
"""Fields that close a record: who, when, and how far it has got."""
_NEEDS_BODY = frozenset({"comment", "reply"})

_MADE_AS = {"by": "editor"} | {name: name for name in (*SHELVES, *BIBLIOGRAPHIC)}
"""What makes the record that a field names."""


class Unfit(Exception):
    """Say why a value cannot stand in a record, with the nearest right one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Describe one field: its name in the file, what it means, what it may be, whether it must be given."""

    name: str
    meaning: str
    values: tuple[str, ...]
    required: bool
    many: bool
    nested: bool
    pattern: str


def model_of(kind: str) -> type[Strict]:
    """Return the model of a kind of record with front matter."""
    if kind in SHELVES:
        return SHELVES[kind][1].model
    if kind in ("report", "edition"):
        return ReportMatter if kind == "report" else EditionMatter
    return ANNOTATIONS[Kind(kind)]


def choices(model: type[BaseModel]) -> Iterator[Choice]:
    """Yield a model's fields in their order, `kind` left out."""
    for name, field in model.model_fields.items():
        if name != "kind":
            kinds = list(_types(field.annotation))
            values = tuple(str(value) for kind in kinds for value in _values(kind))
            yield Choice(
                name=field.alias or name,
                meaning=field.description or "",
                values=values,
                required=field.is_required(),
                many=any(get_origin(kind) is tuple for kind in kinds),
                nested=any(_is_nested(kind) for kind in kinds),
                pattern=_pattern(field),
            )


def compose(kind: str, values: Mapping[str, Any], body: str = "") -> str:
    """Return the text of a record: front matter in the order of its model, then the body."""
    names = [choice.name for choice in choices(model_of(kind))]
    unknown = [name for name in values if name not in names]
    if unknown:
        raise Unfit(f"a {kind} has no field `{unknown[0]}`; {nearest(unknown[0], names)}")
    fields: dict[str, Any] = {"kind": kind} if kind in set(Kind) else {}
    fields |= {name: values[name] for name in [*_first(names), *_LAST] if values.get(name) not in (None, "", ())}
    return f"---\n{mapping(fields)}---\n" + (f"\n{body.strip()}\n" if body.strip() else "")


def _first(names: list[str]) -> list[str]:
    return [name for name in names if name not in _LAST]


def known(edition: Edition, kind: str, field: str, report: str = "") -> tuple[str, ...]:
    """Return the keys that a field may name in this edition, or nothing where it takes free words."""
    if field in ("at", "note") and report in edition.reports:
        held = edition.reports[report]
        labels = [f"n{label}" for label in held.labels]
        return tuple(labels) if field == "note" else (*held.units, *labels)
    if field in ("from", "to") and kind == "relation":
        found = edition.reports.values() if field == "to" else filter(None, [edition.reports.get(report)])
        return tuple(f"{one.key}#{place}" for one in found for place in (*one.units, *(f"n{n}" for n in one.labels)))
    shelves: dict[str, Iterable[str]] = {
        "by": edition.editors,
        "quantity": edition.quantities,
        "person": edition.people,
        "speaker": (*edition.people, UNSIGNED),
        "source": edition.entries,
        "topic": edition.topics,
        "report": edition.reports,
        "proposition": edition.propositions_in_order,
        "to": (f"{key}/{slug}" for key, slug in edition.annotations),
    }
    return tuple(shelves.get(field, ()))


def fit(choice: Choice, word: str, options: Iterable[str]) -> str:
    """Return `word`, completed to the one option that it begins; raises `Unfit` where it is none of them."""
    allowed = list(options)
    if choice.pattern and not allowed and not re.search(choice.pattern, word):
        raise Unfit(f"`{word}` is not of the form that `{choice.name}` wants: {choice.meaning}")
    if not allowed or word in allowed:
        return word
    begun = [option for option in allowed if option.startswith(word)] or [
        option for option in allowed if word in option
    ]
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise Unfit(f"`{word}` may be {_listed(begun)}")
    raise Unfit(
        f"`{word}` is not a value of `{choice.name}`; {nearest(word, allowed) or 'it may be ' + _listed(allowed)}"
        + (f"; a new one: `variorum new {_MADE_AS[choice.name]}`" if choice.name in _MADE_AS else "")
    )


def several(word: str) -> list[str]:
    """Return the values that a field of many is given in one word, parted by commas."""
    return [part.strip() for part in re.split(r"[,;]", word) if part.strip()]


def slug(edition: Edition, kind: str, report: str, values: Mapping[str, Any]) -> str:
    """Return a name for a new annotation that no other record of the report has: what it is about, then a number."""
    forms: dict[str, list[Any]] = {
        "figure": [values.get("quantity"), values.get("period")],
        "mention": [kind, values.get("source") or values.get("person")],
        "reply": [kind, str(values.get("to", "")).partition("/")[2]],
        "relation": [kind, str(values.get("from", "")).partition("#")[2], str(values.get("to", ""))],
    }
    about = forms.get(kind, [kind, values.get("at")])
    name = re.sub(r"[^a-z0-9]+", "-", "-".join(str(part) for part in about if part).lower()).strip("-")
    taken = {held for key, held in edition.annotations if key == report} | set(edition.propositions)
    options = [name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))]
    return next(option for option in options if option not in taken)


def path(kind: str, key: str, report: str = "") -> str:
    """Return the path of a new record, relative to the edition's root."""
    if kind in SHELVES:
        return f"{SHELVES[kind][1].folder}/{key}.md"
    return f"{layout.REPORTS}/{key}.md" if kind == "report" else f"{layout.ANNOTATIONS}/{report}/{key}.md"


def needs_body(kind: str) -> bool:
    """Tell whether a record of this kind says what it says in its body."""
    return kind in _NEEDS_BODY


def entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Return a BibLaTeX entry; raises `Unfit` where a value's braces do not match."""
    lines = [f"@{kind}{{{key},\n"]
    for name, value in fields.items():
        if value.count("{") != value.count("}"):
            raise Unfit(f"the braces in `{name}` do not match: {value}")
        lines.append(f"  {name} = {{{value if name in _VERBATIM else _tex(value)}}},\n")
    return "".join([*lines, "}\n"])


_VERBATIM = frozenset({"url", "doi", "date", "urldate", "isbn", "issn", "pages"})


def _tex(text: str) -> str:
    return re.sub(r"(?<!\\)([&%$#_])", r"\\\1", text)


def _listed(options: list[str], most: int = 8) -> str:
    return ", ".join(f"`{option}`" for option in options[:most]) + (" …" if len(options) > most else "")


def _types(annotation: Any) -> Iterator[Any]:
    """Yield the types behind an annotation, `None` and wrappers left out."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _types(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _types(part)
    elif annotation is not type(None):
        yield annotation


def _values(kind: Any) -> Iterator[Any]:
    if get_origin(kind) is Literal:
        yield from get_args(kind)
    elif isinstance(kind, type) and issubclass(kind, StrEnum):
        members: list[Any] = list(kind)
        yield from members


def _is_nested(kind: Any) -> bool:
    parts = [part for part in (kind, *get_args(kind)) if isinstance(part, type)]
    return any(issubclass(part, BaseModel) for part in parts) or get_origin(kind) is dict


def _pattern(field: FieldInfo) -> str:
    """Return the pattern of a field's text, wherever pydantic keeps it."""
    found = [getattr(one, "pattern", None) for one in field.metadata]
    for part in (field.annotation, *get_args(field.annotation)):
        found += [getattr(one, "pattern", None) for one in get_args(part)[1:]]
    return next((str(one) for one in found if one), "")
