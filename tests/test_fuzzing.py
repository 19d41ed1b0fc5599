"""What fuzzing found stays mended, and each target still holds for the inputs that fuzzing starts from."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz.targets import CASES, TARGETS

KEPT = sorted(path for path in CASES.glob("*/*") if path.is_file())


@pytest.mark.parametrize("name", TARGETS)
def test_every_seed_holds(name: str) -> None:
    seeds = list(TARGETS[name].seeds())
    assert seeds
    for seed in seeds:
        TARGETS[name].run(seed)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_is_mended(path: Path) -> None:
    TARGETS[path.parent.name].run(path.read_bytes())
