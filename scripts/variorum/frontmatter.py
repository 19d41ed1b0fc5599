"""A Markdown file split into front matter and body, and its front matter made a record.

`Document` says what the file holds; `read_fields` validates it against a model and turns every fault into a finding at
the place of the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .findings import Finding, nearest
from .source import Place, Source
from .yamltext import Matter

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
Model = TypeVar("Model", bound=BaseModel)
Fields = TypeVar("Fields", bound=BaseModel, covariant=True)


@dataclass(frozen=True)
class Document:
    """Hold a file's front matter and the offset at which its body begins."""

    source: Source
    matter: Matter
    body_start: int

    @property
    def body(self) -> str:
        """Return the text below the front matter."""
        return self.source.text[self.body_start :]


@dataclass(frozen=True)
class Record(Generic[Fields]):
    """Hold one record: its key, its fields, its body, and where any of it stands in its file."""

    key: str
    fields: Fields
    document: Document

    @property
    def body(self) -> str:
        """Return the record's own text, without blank lines around it."""
        return self.document.body.strip()

    @property
    def path(self) -> str:
        """Return the file's path, relative to the edition's root."""
        return self.document.source.path

    def place(self, *path: str | int) -> Place:
        """Return the place of the value at `path` in the front matter."""
        return self.document.matter.place(path)


def split(source: Source) -> tuple[Document | None, list[Finding]]:
    """Split a file at its fences; give no document where there is no front matter to read."""
    if not source.text.strip():
        return None, [Finding("empty-file", source.on(1), "the file is empty")]
    opening = _FENCE.match(source.text)
    if opening is None:
        return None, [Finding("front-matter", source.on(1), "the file does not open with a line of `---`")]
    start = min(opening.end() + 1, len(source.text))
    closing = _FENCE.search(source.text, start)
    if closing is None:
        return None, [Finding("front-matter", source.on(1), "the front matter has no closing line of `---`")]
    matter = Matter(source, start, closing.start())
    return Document(source, matter, min(closing.end() + 1, len(source.text))), matter.findings


def read_fields(document: Document, model: type[Model]) -> tuple[Model | None, list[Finding]]:
    """Validate the front matter as `model`; give no record where a field is wrong."""
    data = document.matter.data
    if not isinstance(data, dict):
        place = document.source.on(1)
        return None, [Finding("missing-field", place, "the front matter has no fields", nearest("", _names(model)))]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, list(_faults(error.errors(), document.matter, model))


def _faults(errors: Iterable[ErrorDetails], matter: Matter, model: type[BaseModel]) -> Iterator[Finding]:
    for error in errors:
        path = tuple(part for part in error["loc"] if not _is_branch(part, matter.data))
        kind = error["type"]
        name = path[-1] if path else ""
        if kind == "extra_forbidden":
            owner = _model_at(model, path[:-1])
            hint = nearest(str(name), _names(owner) if owner else ())
            yield Finding("unknown-field", matter.place(path, key=True), f"there is no field `{name}`{_within(path)}", hint)
        elif kind == "missing":
            yield Finding("missing-field", matter.place(path[:-1]), f"the field `{name}`{_within(path)} is missing")
        else:
            yield _wrong(error, path, matter)


def _wrong(error: ErrorDetails, path: tuple[str | int, ...], matter: Matter) -> Finding:
    value, context = error["input"], error.get("ctx", {})
    shown = f"`{value}`" if isinstance(value, str | int | float | bool) else "this value"
    field = _dotted(path) or "the record"
    if "expected" in context and error["type"] in ("enum", "literal_error"):
        allowed = re.findall(r"'([^']+)'", str(context["expected"]))
        return Finding("wrong-value", matter.place(path), f"{shown} is not a value of `{field}`", nearest(str(value), allowed))
    if error["type"] == "string_pattern_mismatch":
        return Finding("wrong-value", matter.place(path), f"{shown} is not of the form that `{field}` wants", f"pattern {context['pattern']}")
    said = str(context["error"]) if "error" in context else error["msg"][:1].lower() + error["msg"][1:]
    return Finding("wrong-value", matter.place(path), f"{shown} does not fit `{field}`: {said}")


def _is_branch(part: str | int, data: object) -> bool:
    """Tell the names that pydantic adds for the branches of a union from the names of fields."""
    return isinstance(part, str) and (part.startswith(("tuple[", "literal[", "constrained-", "float", "int")) or part == "str")


def _dotted(path: Iterable[str | int]) -> str:
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _within(path: tuple[str | int, ...]) -> str:
    return f" in `{_dotted(path[:-1])}`" if len(path) > 1 else ""


def _names(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_at(model: type[BaseModel], path: Iterable[str | int]) -> type[BaseModel] | None:
    """Return the model that stands at `path` inside another."""
    current: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int) or current is None:
            continue
        field = next((f for name, f in current.model_fields.items() if part in (name, f.alias)), None)
        current = next(iter(_models(field.annotation)), None) if field else None
    return current


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
