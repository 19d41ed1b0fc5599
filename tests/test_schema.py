"""The published schemas accept the records that the check accepts, and refuse what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from variorum import layout, schema, starter
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
    for field, data in SCHEMAS[name]["properties"].items():
        assert data.get("description"), (name, field)


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
