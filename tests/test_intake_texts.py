"""What import must hold for the edition's own reports: on their texts, where these are at hand, and without them."""

import os
import time
from pathlib import Path

import pytest
import yaml

from variorum.intake import FORMS, read

ROOT = Path(__file__).parents[1]
TEXTS = Path(os.environ.get("VARIORUM_TEXTS") or ROOT / "texts")
IMPORTS = ROOT / "bibliography" / "imports"
HELD = sorted(p for p in TEXTS.glob("*") if p.suffix in FORMS and p.stem != "README") if TEXTS.is_dir() else []


@pytest.mark.parametrize("path", HELD, ids=lambda path: path.stem)
@pytest.mark.parametrize("corrected", [True, False])
def test_reports(path: Path, corrected: bool) -> None:
    """Lose no line, count markers without a gap, and be quick."""
    begun = time.process_time()
    intake = read(path, path.stem, IMPORTS / f"{path.stem}.yml" if corrected else None)
    assert time.process_time() - begun < 2
    assert set(intake.input_lines) == set(intake.places())
    labels = [m.label for unit in intake.units for m in unit.marks]
    counted = [int(label) for label in [*intake.front_marks, *labels]]
    assert counted == list(range(1, len(counted) + 1))
    assert all(0 <= m.offset <= len(unit.text) for unit in intake.units for m in unit.marks)


def test_corrections_stay_few() -> None:
    """Keep to 25 corrections in all, each with a reason."""
    rows = [row for path in IMPORTS.glob("*.yml") for row in yaml.safe_load(path.read_text("utf-8"))["corrections"]]
    assert len(rows) <= 25 and all(row["reason"] for row in rows)


def test_no_rule_knows_a_report() -> None:
    """Find neither the reports' keys nor their authors' names in the rules."""
    code = "".join(p.read_text("utf-8").lower() for p in (ROOT / "scripts" / "variorum" / "intake").glob("*.py"))
    names = {
        part for path in IMPORTS.glob("*.yml") for part in path.stem.split("-") if part.isalpha() and len(part) > 3
    }
    assert names and not [name for name in names if name in code]
