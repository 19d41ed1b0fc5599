"""What stands in .github: pinned actions, least rights, a form for each intent, someone to review every report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
GITHUB = ROOT / ".github"
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml")) + sorted(
    ROOT.glob("scripts/variorum/starter/github/workflows/*.yml")
)
INTENTS = {"annotation", "dispute", "misreading", "report", "reply"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_rights_are_the_least(path: Path) -> None:
    text, workflow = path.read_text("utf-8"), yaml.safe_load(path.read_text("utf-8"))
    for used in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used), used
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"]
    assert text.count("persist-credentials: false") == text.count("actions/checkout@")
    assert "secrets." not in text


def test_an_action_is_pinned_to_the_same_commit_everywhere() -> None:
    used = {line for path in WORKFLOWS for line in re.findall(r"uses: (.*)", path.read_text("utf-8"))}
    assert len(used) == len({line.split("@")[0] for line in used}), sorted(used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_contributed_text_is_put_into_a_script(path: Path) -> None:
    for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values():
        assert not [step["run"] for step in job["steps"] if "${{" in step.get("run", "")]


def test_whoever_may_write_runs_nothing_of_the_contributors() -> None:
    text = (GITHUB / "workflows" / "comment.yml").read_text("utf-8")
    assert "workflow_run:" in text
    assert "uses:" not in text
    assert "pull-requests: write" in text
    for other in WORKFLOWS:
        if other.name != "comment.yml":
            assert "pull-requests: write" not in other.read_text("utf-8")
            assert "pull_request_target" not in other.read_text("utf-8")


def test_there_is_a_form_and_a_template_for_each_intent() -> None:
    forms = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml")}
    assert set(forms) == INTENTS | {"config"}
    for name in INTENTS:
        ids = [field["id"] for field in forms[name]["body"]]
        assert len(ids) == len(set(ids))
        assert {"name", "description"} <= set(forms[name])
    assert {path.stem for path in (GITHUB / "PULL_REQUEST_TEMPLATE").glob("*.md")} == INTENTS


def test_every_report_has_its_owner() -> None:
    owners = (GITHUB / "CODEOWNERS").read_text("utf-8")
    for report in sorted((ROOT / "docs" / "reports").glob("*.md")):
        assert f"/docs/reports/{report.name} " in owners
        assert f"/docs/annotations/{report.stem}/ " in owners
