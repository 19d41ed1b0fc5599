"""JSON Schemas of the records, made from their models: for editors, for the panel on the site, for readers of data."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from . import layout
from .drafts import KINDS, SHELVES, model_of
from .records import ANNOTATIONS
from .words import Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
RECORDS = (*(kind for kind in KINDS if kind != "source"), "edition")
"""The kinds of file that have front matter."""
WHERE = {
    "annotation": f"{layout.ANNOTATIONS}/*/*.md",
    "report": f"{layout.REPORTS}/*.md",
    **{kind: f"{shelf.folder}/*.md" for kind, (_, shelf) in SHELVES.items()},
    "edition": layout.INDEX,
}
"""Where the files stand that each schema is for."""


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of each kind of record by its name, and `annotation`, which chooses by `kind`."""
    made = {kind: schema(kind) for kind in RECORDS}
    made["annotation"] = _annotation()
    return made


def schema(kind: str) -> dict[str, Any]:
    """Return the schema of one kind of record."""
    model = model_of(kind)
    data: dict[str, Any] = _plain(model.model_json_schema(by_alias=True))
    if kind in ANNOTATIONS:
        data["properties"]["kind"] = {"const": kind, "description": "The kind of annotation."}
        data["required"] = ["kind", *(name for name in data.get("required", ()) if name != "kind")]
    return {"$schema": DIALECT, "title": kind, **{key: value for key, value in data.items() if key != "title"}}


@cache
def files() -> tuple[tuple[str, str], ...]:
    """Return each schema's path on the site and its text; they are made from models alone."""
    return tuple(
        (f"data/schemas/{name}.schema.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        for name, data in sorted(schemas().items())
    )


def _annotation() -> dict[str, Any]:
    models = list(dict.fromkeys(ANNOTATIONS.values()))
    _, shared = models_json_schema([(model, "validation") for model in models], by_alias=True)
    branches = [
        {
            "if": {"properties": {"kind": {"const": kind}}},
            "then": {"$ref": f"#/$defs/{ANNOTATIONS[Kind(kind)].__name__}"},
        }
        for kind in map(str, Kind)
    ]
    return {
        "$schema": DIALECT,
        "title": "annotation",
        "description": "A record anchored to a report; `kind` says which fields it has.",
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": [str(kind) for kind in Kind], "description": "The kind of annotation."}},
        "allOf": branches,
        "$defs": _plain(shared["$defs"]),
    }


def _plain(part: Any) -> Any:
    """Take out what only pydantic needs, and allow what its reading allows: numbers as text, one word as a list."""
    if isinstance(part, list):
        return [_plain(one) for one in part]
    if not isinstance(part, dict):
        return part
    kept = {name: _plain(value) for name, value in part.items() if not (name == "title" and isinstance(value, str))}
    if kept.get("type") == "string" and not {"enum", "const"} & set(kept) and re.search(kept.get("pattern", ""), "1"):
        kept["type"] = ["string", "number"]
    for name in ("who", "via"):
        held = kept.get("properties", {}).get(name) if isinstance(kept.get("properties"), dict) else None
        if held:
            kept["properties"][name] = {**held, "type": ["array", "string"]}
    return kept
