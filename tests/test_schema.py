"""The published schemas accept what the check accepts and the site publishes, and refuse what neither would."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from citing_edition import lay
from variorum import data, exports, layout, published, schema, starter
from variorum.edition import Edition, load
from variorum.words import Kind

ROOT = Path(__file__).parent.parent
SCHEMAS = schema.schemas()


def records(edition: Edition) -> list[tuple[str, str, Any]]:
    """Return each record's schema, path and front matter as read."""
    found = [("annotation", record.path, record.document.matter.data) for record in edition.annotations.values()]
    found += [("report", report.record.path, report.record.document.matter.data) for report in edition.reports.values()]
    for shelf, held in layout.SHELVES.items():
        kind = held.model.__name__.lower()
        found += [(kind, record.path, record.document.matter.data) for record in getattr(edition, shelf).values()]
    return found


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_schema_and_says_what_every_field_means(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    for field, told in SCHEMAS[name]["properties"].items():
        assert told.get("description"), (name, field)


def test_every_record_of_this_edition_and_of_a_new_one_is_valid(tmp_path: Path) -> None:
    starter.lay_out(tmp_path, "River tolls", "2026-11-21")
    validators = {name: Draft202012Validator(data) for name, data in SCHEMAS.items()}
    for edition in (load(ROOT), load(tmp_path)):
        found = records(edition)
        assert len(found) > 9
        wrong = [(path, error.message) for name, path, data in found for error in validators[name].iter_errors(data)]
        assert wrong == []
        of_kind = [(data["kind"], path, data) for name, path, data in found if name == "annotation"]
        assert [(path, e.message) for kind, path, data in of_kind for e in validators[kind].iter_errors(data)] == []


SILENT = {"kind": "position", "own": "silent", "by": ["guest"], "date": "2026-11-21"}


@pytest.mark.parametrize(
    "change",
    [
        {"onw": "silent"},
        {"own": "silently"},
        {"date": "21.11.2026"},
        {"by": []},
        {"kind": "opinion"},
        {"confidence": "hi"},
        {"own": [{"stance": "affirms"}]},
    ],
)
def test_what_the_check_refuses_is_refused(change: dict[str, Any]) -> None:
    validator = Draft202012Validator(SCHEMAS["annotation"])
    assert validator.is_valid(SILENT)
    assert not validator.is_valid(SILENT | change)


def test_there_is_one_for_every_kind_of_annotation() -> None:
    assert {str(kind) for kind in Kind} <= set(SCHEMAS)


# The files that the site publishes


@cache
def validator(name: str) -> Draft202012Validator:
    (one,) = [one for one in published.FILES if one.name == name]
    return Draft202012Validator(published.schema(one))


def json_files(edition: Edition) -> dict[str, Any]:
    """Return every JSON file of the site by its path, as read."""
    made = [*data.render(edition), *exports.render(edition)]
    return {file.path: json.loads(file.text) for file in made if file.path.endswith((".json", ".jsonld"))}


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return json_files(load(lay(tmp_path_factory.mktemp("published") / "edition")))


def faults(files: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what the schemas have against files, and files that no schema is for."""
    found = []
    for path, held in files.items():
        if path.startswith("data/schemas/"):
            Draft202012Validator.check_schema(held)
            continue
        one = published.of(path)
        if one is None:
            found.append((path, "has no schema"))
        else:
            found += [(path, error.message[:200]) for error in validator(one.name).iter_errors(held)]
    return found


def test_every_json_file_of_both_editions_is_valid(invented: dict[str, Any]) -> None:
    assert faults(invented) == []
    assert faults(json_files(load(ROOT))) == []
    for one in published.FILES:
        assert invented[one.path]["$schema"] == schema.DIALECT, "each schema is published"


Change = Callable[[Any], object]
MUTATED: list[tuple[str, Change]] = [
    ("data/edition.json", lambda held: held.pop("positions")),
    ("data/edition.json", lambda held: held["positions"][0].update(cell="undecided")),
    ("data/edition.json", lambda held: held["reports"][0]["sections"][0]["units"][0].update(more=1)),
    ("data/edition.json", lambda held: held["positions"][0]["own"][0]["evidence"][0].pop("verified")),
    ("data/edition.json", lambda held: held["figures"].append({"report": "vale-2024", "id": "tolls"})),
    ("data/sources.json", lambda held: held[0].update(cited_by=None)),
    ("data/sources.json", lambda held: held[0].update(address="sources/x/")),
    ("data/bibliography.json", lambda held: held[0].update(publishr="Lock & Weir")),
    ("data/bibliography.json", lambda held: held[0].update(issued={"date-parts": [[]]})),
    ("data/reports/vale-2024.json", lambda held: held[0].pop("title")),
    ("data/annotations/vale-2024.jsonld", lambda held: held.pop("@context")),
    ("data/annotations/vale-2024.jsonld", lambda held: held["first"]["items"][0].update(motivation="reviewing")),
    ("data/annotations/vale-2024.jsonld", lambda held: held["first"]["items"][0].update(target=[])),
    ("data/annotations.jsonld", lambda held: held["@graph"][0].pop("total")),
    ("data/context.jsonld", lambda held: held["@context"].update(stance=1)),
    ("data/keys.json", lambda held: held["propositions"][0].pop("affirms")),
]  # fmt: skip


@pytest.mark.parametrize(("path", "change"), MUTATED)
def test_a_file_with_a_fault_is_not_valid(invented: dict[str, Any], path: str, change: Change) -> None:
    held = json.loads(json.dumps(invented[path]))
    change(held)
    assert faults({path: held})
