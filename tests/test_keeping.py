"""What is computed of an edition once: never served for another edition, nor after a change of its files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import variorum.plugin  # noqa: F401  (brings in every module that keeps something)
from variorum.compare import compare
from variorum.edition import KEPT, Edition, load

POSITION = "docs/annotations/vale-2024/freight-to-road.md"


def everything(edition: Edition) -> dict[str, object]:
    return {f"{one.__module__}.{one.__qualname__}": one(edition) for one in KEPT}


def afresh(edition: Edition) -> dict[str, object]:
    """Compute everything where nothing is kept."""
    found = {}
    for one in KEPT:
        found[f"{one.__module__}.{one.__qualname__}"] = one(replace(edition))
    return found


def test_a_change_of_a_file_is_seen_by_everything_that_is_kept(base: Path) -> None:
    before = everything(load(base))
    position = base / POSITION
    position.write_text(position.read_text("utf-8").replace("stance: leans-reject", "stance: affirms"), "utf-8")
    changed = load(base)
    after = everything(changed)
    assert after == afresh(changed)
    assert after["variorum.compare.compare"] != before["variorum.compare.compare"]
    assert after["variorum.evidence.excerpts"] != before["variorum.evidence.excerpts"]


def test_an_edition_made_of_another_keeps_nothing_of_it(base: Path) -> None:
    edition = load(base)
    everything(edition)
    bare = replace(edition, annotations={})
    assert everything(bare) == afresh(bare)
    assert all(standing.record is None for row in compare(bare).rows for standing in row.standings)


def test_what_is_kept_is_what_was_asked_for_first(base: Path) -> None:
    edition = load(base)
    assert compare(edition) is compare(edition)
    assert compare(edition) is not compare(replace(edition))
