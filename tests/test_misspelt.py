"""A misspelt key or value, of any field of any kind of record, is told at its place with the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from test_contributing import EXAMPLES
from variorum import drafts, rulebook, starter
from variorum.findings import Finding
from variorum.frontmatter import _models, read_fields, split
from variorum.source import Source
from variorum.words import Kind

STARTER = dict(starter.files("An edition", "2026-11-30"))
FILES = {
    **{str(drafts_kind): text for _, text in EXAMPLES for drafts_kind in re.findall(r"^kind: (\w+)", text, re.M)},
    "proposition": STARTER["docs/propositions/freight-to-road.md"],
    "topic": STARTER["docs/topics/trade.md"],
    "quantity": STARTER["docs/quantities/river-freight.md"],
    "person": STARTER["docs/people/kestrel.md"],
    "editor": STARTER["docs/editors/guest.md"],
    "retired": rulebook.examples()["retired-address"].wrong.replace("{date}", "2026-11-30"),
    "report": STARTER["docs/reports/vale-2024.md"],
    "edition": STARTER["docs/index.md"],
}
KEY = re.compile(r"(?:^|[{,] ?|^ *- )(?P<key>[a-z_]+): ", re.M)


def found(kind: str, text: str) -> list[Finding]:
    document, findings = split(Source("docs/a.md", text))
    assert document, findings
    return read_fields(document, drafts.model_of(kind))[1]


def keys() -> Iterator[tuple[str, int, str]]:
    """Yield each key in each example, with its offset; `kind` chooses the model and is told by the reader."""
    for kind, text in FILES.items():
        matter = text[: text.index("\n---", 4)]
        for match in KEY.finditer(matter):
            inside = matter[: match.start()].count('"') % 2
            if match["key"] != "kind" and not inside:
                yield kind, match.start("key"), match["key"]


def values() -> Iterator[tuple[str, int, str]]:
    """Yield each value in an example that is one of a list, with its offset."""
    words = {str(value) for kind in FILES for value in _allowed(kind)}
    for kind, text in FILES.items():
        matter = text[: text.index("\n---", 4)]
        for match in re.finditer(r": (?P<value>[a-z-]+)(?=$|[ ,}])", matter, re.M):
            if match["value"] in words and not matter[: match.start()].endswith("kind"):
                yield kind, match.start("value"), match["value"]


def _allowed(kind: str) -> Iterator[str]:
    models = [drafts.model_of(kind)]
    for model in models:
        for choice in drafts.choices(model):
            yield from choice.values
        models += [inner for field in model.model_fields.values() for inner in _inner(field.annotation)]


def _inner(annotation: object) -> Iterator[type[drafts.Strict]]:
    yield from (one for one in _models(annotation) if issubclass(one, drafts.Strict))


def test_every_kind_has_an_example() -> None:
    assert set(FILES) == {*map(str, Kind), *drafts.SHELVES, "report", "edition"}
    assert not [kind for kind, text in FILES.items() if found(kind, text)]


@pytest.mark.parametrize(("kind", "offset", "key"), list(keys()))
def test_a_misspelt_key_is_told_with_the_right_one(kind: str, offset: int, key: str) -> None:
    swapped = key[:2] + key[2:4][::-1] + key[4:]
    wrong = swapped if len(key) > 4 and swapped != key else key + key[-1]
    text = FILES[kind]
    told = found(kind, text[:offset] + wrong + text[offset + len(key) :])
    assert [
        one for one in told if one.rule == "unknown-field" and f"`{wrong}`" in one.message and f"`{key}`" in one.hint
    ]
    assert not [one for one in told if one.rule == "missing-field"], "one slip, one finding"


@pytest.mark.parametrize(("kind", "offset", "value"), list(values()))
def test_a_misspelt_value_is_told_with_the_right_one(kind: str, offset: int, value: str) -> None:
    wrong = value[:-1] + "x" + value[-1]
    text = FILES[kind]
    (told,) = found(kind, text[:offset] + wrong + text[offset + len(value) :])
    assert told.rule == "wrong-value"
    assert f"`{value}`" in told.hint + told.message
    assert (told.place.line, told.place.excerpt[told.place.column - 1 :][: len(wrong)]) == (
        text[:offset].count("\n") + 1,
        wrong,
    )
