"""A Markdown file split into front matter and body, and its front matter made a record.

`Document` says what the file holds; `read_fields` validates it against a model and turns every fault into a finding at
the place of the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .findings import Finding, cut, nearest
from .records import At, Day, Form, Key, Label, Passage, Url
from .source import Place, Source
from .yamltext import Matter, Path

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
Model = TypeVar("Model", bound=BaseModel)
Fields = TypeVar("Fields", bound=BaseModel, covariant=True)

_WANTED = {
    "tuple_type": "a list",
    "string_type": "text",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
}
"""What a field wants, by pydantic’s name for the fault."""
_FORMS = {
    get_args(form)[1].pattern: words
    for form, words in (
        (Key, "small letters, digits and single hyphens"),
        (Label, "letters, digits and single hyphens"),
        (At, "a unit `s3p2`, a note `n12`, a section `s3`, or `front`"),
        (Day, "a day as `2026-11-30`"),
        (Url, "an address that begins with `https://`"),
        (Form, "an address that begins with `https://` or `{repository}/`"),
        (Passage, "`report#s3p2` or `report#n12`"),
    )
}
"""The forms of text that `records` asks for, in words."""


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

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Return the place of the value at `path` in the front matter, or of its key."""
        return self.document.matter.place(path, key)


def split(source: Source) -> tuple[Document | None, list[Finding]]:
    """Split a file at its fences; give no document where there is no front matter to read."""
    if not source.text.strip():
        return None, [Finding("empty-file", source.on(1), "the file is empty")]
    opening = _FENCE.match(source.text)
    if opening is None:
        return None, [Finding("front-matter", source.on(1, 1, 200), "the file does not open with a line of `---`")]
    start = min(opening.end() + 1, len(source.text))
    closing = _FENCE.search(source.text, start)
    if closing is None:
        return None, [Finding("front-matter", source.on(1, 1, 3), "the front matter has no closing line of `---`")]
    matter = Matter(source, start, closing.start())
    return Document(source, matter, min(closing.end() + 1, len(source.text))), matter.findings


def read_fields(document: Document, model: type[Model]) -> tuple[Model | None, list[Finding]]:
    """Validate the front matter as `model`; give no record where a field is wrong."""
    data = document.matter.data
    if not isinstance(data, dict):
        place = document.source.on(1, 1, 3)
        return None, [Finding("missing-field", place, "the front matter has no fields", nearest("", _names(model)))]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, list(_faults(error.errors(), document.matter, model))


@dataclass(frozen=True, slots=True)
class _Fault:
    """Hold a fault that pydantic found, its path in the front matter, and the union that it is in a branch of."""

    error: ErrorDetails
    path: Path
    union: Path | None


def _faults(errors: Iterable[ErrorDetails], matter: Matter, model: type[BaseModel]) -> Iterator[Finding]:
    faults = [_located(error, matter.data) for error in errors]
    absent = {fault.path for fault in faults if fault.error["type"] == "missing"}
    for fault in faults:
        if fault.error["type"] == "extra_forbidden":
            meant = get_close_matches(str(fault.path[-1]), _beside(absent, fault.path), n=1)
            absent -= {(*fault.path[:-1], name) for name in meant}
            yield _unknown(fault.path, matter, model)
    for fault in faults:
        branches = [other for other in faults if fault.union is not None and other.union == fault.union] or [fault]
        deep = [other for other in branches if other.path != other.union]
        if fault.path in absent:
            yield _missing(fault.path, matter, model)
        elif fault.error["type"] not in ("missing", "extra_forbidden") and fault in (deep or branches[:1]):
            yield _wrong([fault.error] if deep else [other.error for other in branches], fault.path, matter, model)


def _located(error: ErrorDetails, data: Any) -> _Fault:
    """Tell the names of fields in a fault's path from those that pydantic gives to the branches of a union."""
    path: list[str | int] = []
    union, value, last = None, data, len(error["loc"]) - 1
    for index, part in enumerate(error["loc"]):
        held = isinstance(value, dict) and part in value
        if held or isinstance(part, int) or (error["type"] == "missing" and index == last):
            path.append(part)
            value = value[part] if held or (isinstance(value, list) and isinstance(part, int)) else None
        else:
            union = tuple(path)
    return _Fault(error, tuple(path), union)


def _beside(paths: Iterable[Path], path: Path) -> list[str]:
    return [str(other[-1]) for other in paths if other[:-1] == path[:-1]]


def _unknown(path: Path, matter: Matter, model: type[BaseModel]) -> Finding:
    name, owner = str(path[-1]), _model_at(model, path[:-1])
    held = _value(matter.data, path[:-1])
    home = _home(owner, name) if owner else ""
    place = matter.place(path, key=True)
    if home and _value(matter.data, ("own",)) == "silent":
        return Finding("silent-with-evidence", place, f"a silent record with `{name}`")
    if home:
        hint = f"`{name}` belongs inside `{home}`"
    elif len(path) > 1 and name in _names(model):
        hint = f"`{name}` belongs at the left margin"
    else:
        hint = nearest(name, [other for other in _names(owner) if other not in held] if owner else ())
    return Finding("unknown-field", place, f"there is no field `{name}`{_within(path)}", hint)


def _missing(path: Path, matter: Matter, model: type[BaseModel]) -> Finding:
    message = f"the field `{path[-1]}`{_within(path)} is missing"
    return Finding("missing-field", matter.place(path[:-1]), message, _described(model, path))


def _wrong(errors: list[ErrorDetails], path: Path, matter: Matter, model: type[BaseModel]) -> Finding:
    """Say what stands where something else is wanted; `errors` are those of all branches of a union."""
    error, value, field = errors[0], errors[0]["input"], _dotted(path)
    allowed = [word for one in errors for word in re.findall(r"'([^']+)'", str(one.get("ctx", {}).get("expected", "")))]
    shown = _shown(value)
    if error["type"] == "value_error":
        return Finding("missing-field", matter.place(path), str(error["ctx"]["error"]))
    if value is None or value == "" or error["type"] == "too_short":
        rule = "no-evidence" if path[-1:] == ("evidence",) else "wrong-value"
        hint = nearest("", allowed) or _described(model, path)
        return Finding(rule, matter.place(path, key=True), f"the field `{field}` is empty", hint)
    if error["type"] == "string_pattern_mismatch":
        form = _FORMS.get(error["ctx"]["pattern"]) or _described(model, path)
        return Finding("wrong-value", matter.place(path), f"{shown} is not of the form that `{field}` wants", form)
    wanted = [f"`{word}`" for word in allowed] if len(errors) > 1 else []
    wanted += [_WANTED[one["type"]] for one in errors if one["type"] in _WANTED]
    close = nearest(str(value), allowed) if len(errors) == 1 or get_close_matches(str(value), allowed) else ""
    if wanted:
        said = f"{shown} where `{field}` wants {' or '.join(dict.fromkeys(wanted))}"
    elif allowed:
        said = f"{shown} is not a value of `{field}`"
    else:
        said = f"{shown} does not fit `{field}`: {error['msg'][:1].lower()}{error['msg'][1:]}"
    hint = close or (_described(model, path) if wanted else "")
    if wanted == ["a list"] and isinstance(value, str) and _model_at(model, path) is None:
        hint = f"write `[{cut(value)}]`"
    return Finding("wrong-value", matter.place(path), said, hint)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return f"`{value}`".lower()
    if isinstance(value, str | int | float):
        return f"`{cut(str(value))}`"
    return "a list" if isinstance(value, list) else "a mapping"


def _value(data: Any, path: Path) -> Any:
    """Return what stands at `path`, or an empty text."""
    for part in path:
        try:
            data = data[part]
        except (LookupError, TypeError):
            return ""
    return data


def _dotted(path: Path) -> str:
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _within(path: Path) -> str:
    return f" in `{_dotted(path[:-1])}`" if len(path) > 1 else ""


def _described(model: type[BaseModel], path: Path) -> str:
    """Return what the field at `path` is for, in the words of its model."""
    named = tuple(part for part in path if isinstance(part, str))
    owner = _model_at(model, named[:-1])
    fields = owner.model_fields.items() if owner and named else ()
    field = next((field for name, field in fields if named[-1] in (name, field.alias)), None)
    return (field.description or "").rstrip(".") if field else ""


def _home(model: type[BaseModel], name: str) -> str:
    """Return the path of the field inside which a field called `name` belongs."""
    for outer, field in model.model_fields.items():
        for inner in _models(field.annotation):
            deeper = _home(inner, name)
            if name in _names(inner) or deeper:
                return f"{outer}.{deeper}" if deeper else outer
    return ""


def _names(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
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
