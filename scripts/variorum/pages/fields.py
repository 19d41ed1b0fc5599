"""The fields page: what each kind of file holds, made from the models."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses, schema
from ..drafts import Choice, choices, model_of
from ..records import Evidence, Examples, Judgement, NotesMatter, ReportedView, Strict
from .press import Page, Press

INNER: dict[str, type[Strict]] = {
    "own": Judgement,
    "reported": ReportedView,
    "evidence": Evidence,
    "examples": Examples,
    "notes": NotesMatter,
}
"""What stands inside a field that holds more than a word."""


def render(press: Press) -> Iterator[Page]:
    """Print each kind's fields in order: name, whether it must be given, what it may be, what it means."""
    kinds = [(kind, _where(kind), _sentence(kind), list(choices(model_of(kind)))) for kind in schema.RECORDS]
    inner = [(name, (model.__doc__ or "").splitlines()[0], list(choices(model))) for name, model in INNER.items()]
    yield press.print("fields", addresses.FIELDS, "Fields", with_contents=True, kinds=kinds, inner=inner)


def table(kind: str) -> str:
    """Return the fields of a kind of record as a Markdown table."""
    lines = ["| field | must | what |", "| --- | --- | --- |"]
    lines += [
        f"| `{one.name}` | {'yes' if one.required else ''} | {_told(one)} |"
        for one in choices(model_of(kind))
        if one.name != "proof"
    ]
    return "\n".join(lines) + "\n"


def _told(one: Choice) -> str:
    values = " · ".join(f"`{value}`" for value in one.values)
    return one.meaning + (f" One of {values}." if values else "")


def _sentence(kind: str) -> str:
    return (model_of(kind).__doc__ or "").splitlines()[0]


def _where(kind: str) -> str:
    return schema.WHERE.get(
        kind,
        "docs/annotations/<report>/<name>.md" if kind != "position" else "docs/annotations/<report>/<proposition>.md",
    )
