"""The published JSON files, and a JSON Schema for each, made from the types that their writers are checked against."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from ..records import Erratum, Figure, Mention, Relation, Signed
from ..schema import DIALECT
from .edition import EditionData, Path, ReportKey, SharedSource
from .exchange import CollectionFile, CollectionsFile, Context, CslItem, Keys

FOLDER = "data/schemas/files"
UNPUBLISHED = frozenset({"waive", "aliases", "proof"})
"""Fields of a record that stay in its file."""


@dataclass(frozen=True, slots=True)
class Published:
    """Describe a kind of JSON file: its name, the paths it has, what it holds, and the type of that."""

    name: str
    paths: tuple[str, ...]
    holds: str
    type: Any

    @property
    def path(self) -> str:
        """Return where its schema stands."""
        return f"{FOLDER}/{self.name}.schema.json"


FILES = (
    Published("edition", ("data/edition.json",), "Everything.", EditionData),
    Published("sources", ("data/sources.json",), "Sources with the places that use them.", list[SharedSource]),
    Published("bibliography", ("data/bibliography.json", "data/reports/*.json"), "Sources as CSL-JSON.", list[CslItem]),
    Published("annotations", ("data/annotations.jsonld",), "The collections of all reports.", CollectionsFile),
    Published("collection", ("data/annotations/*.jsonld",), "A report’s annotations.", CollectionFile),
    Published("context", ("data/context.jsonld",), "The terms of our own.", Context),
    Published("keys", ("data/keys.json",), "The keys that a new record may name.", Keys),
)
"""Every JSON file under /data/ but the schemas themselves."""
_RECORDS: dict[str, type[Signed]] = {"figures": Figure, "errata": Erratum, "relations": Relation, "mentions": Mention}


def of(path: str) -> Published | None:
    """Return what describes the file at a path of the site."""
    return next((one for one in FILES if any(fnmatch(path, form) for form in one.paths)), None)


def schema(one: Published) -> dict[str, Any]:
    """Return the schema of a kind of file: no field is allowed that its type does not have."""
    made = TypeAdapter(one.type).json_schema(mode="serialization")
    if one.type is EditionData:
        for field, model in _RECORDS.items():
            record = _record(model)
            made["$defs"] |= record.pop("$defs")
            made["properties"][field]["items"] = record
    return {"$schema": DIALECT, **_closed(made), "title": one.name, "description": one.holds}


@cache
def files() -> tuple[tuple[str, str], ...]:
    """Return each schema's path on the site and its text; they are made from types alone."""
    return tuple((one.path, json.dumps(schema(one), ensure_ascii=False, indent=1) + "\n") for one in FILES)


def _record(model: type[Signed]) -> dict[str, Any]:
    """Return the schema of a record as it is published: its name, its own fields, whether its words are proved."""
    made = model.model_json_schema(mode="serialization", by_alias=True)
    added = {"report": ReportKey, "id": str, "verified": bool, "url": Path}
    fields = {name: TypeAdapter(held).json_schema() for name, held in added.items()}
    fields |= {name: held for name, held in made["properties"].items() if name not in UNPUBLISHED}
    return {"type": "object", "properties": fields, "required": list(fields), "$defs": made.get("$defs", {})}


def _closed(part: Any) -> Any:
    """Leave out the names that pydantic makes up, and allow an object no field that it does not have."""
    if isinstance(part, list):
        return [_closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    kept = {name: _closed(value) for name, value in part.items() if not (name == "title" and isinstance(value, str))}
    return kept | {"additionalProperties": False} if "properties" in kept and kept.get("type") == "object" else kept
