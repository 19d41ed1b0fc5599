"""What stands in .github: pinned actions, least rights, a form for each intent, someone to review every report.

The forms are held against the schemas that check-jsonschema brings with it; nothing is asked of the network.
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from variorum import codehost, pages
from variorum.edition import load
from variorum.release import refusals

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


FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")
SCHEMAS = {
    "vendor.github-issue-forms": FORMS,
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "vendor.github-workflows": WORKFLOWS,
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_code_host_can_read_its_forms(schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, SCHEMAS[schema])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_objection_opens_its_form_with_the_record_filled_in(base: Path) -> None:
    index = base / "docs" / "index.md"
    index.write_text(index.read_text("utf-8").replace("version:", "repository: https://github.com/a/b\nversion:", 1))
    edition = load(base)
    asked = urlsplit(codehost.dispute(edition, "annotations/vale-2024/freight-to-road", "Vale on: “a & b”"))
    assert f"{asked.netloc}{asked.path}" == "github.com/a/b/issues/new"
    query = {name: value for name, (value,) in parse_qs(asked.query).items()}
    assert query.pop("title") == "Dispute: Vale on: “a & b”"
    assert query.pop("record").endswith("/annotations/vale-2024/freight-to-road/")
    form = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE" / query.pop("template")).read_text("utf-8"))
    assert "record" in [field["id"] for field in form["body"]]
    assert not query
    made = {page.path: html.unescape(page.text) for page in pages.render(edition)}
    for path, record in (
        ("annotations/vale-2024/freight-to-road.md", "docs/annotations/vale-2024/freight-to-road.md"),
        ("propositions/freight-to-road.md", "docs/propositions/freight-to-road.md"),
        ("reports/vale-2024.md", "docs/reports/vale-2024.md"),
    ):
        assert f'href="https://github.com/a/b/edit/main/{record}"' in made[path]


def test_another_host_has_forms_of_its_own(base: Path) -> None:
    index = base / "docs" / "index.md"
    forms = (
        "repository: https://git.aven.example/a/b/\npropose: '{repository}/_new/main/?filename={path}&value={text}'\n"
        "edit: '{repository}/_edit/main/{path}'\ndispute: '{repository}/issues/new?title={title}&body={address}'\n"
    )
    index.write_text(index.read_text("utf-8").replace("version:", f"{forms}version:", 1))
    edition = load(base)
    assert not [one for one in edition.findings if one.place.path == "docs/index.md"]
    assert codehost.edit(edition, "docs/a b.md") == "https://git.aven.example/a/b/_edit/main/docs/a%20b.md"
    assert codehost.dispute(edition, "p", "x").startswith(
        "https://git.aven.example/a/b/issues/new?title=Dispute%3A%20x&"
    )
    assert codehost.forms(edition)["propose"].startswith("{repository}/_new/")


@pytest.mark.parametrize(
    ("repository", "is_one"),
    [
        (None, True),
        ("https://github.com/OWNER/REPOSITORY", True),
        ("https://github.com/aven/REPO", True),
        ("https://code.example/aven/tolls", True),
        ("https://github.com/aven/REPORTS", False),
        ("https://github.com/owner/repo", False),
    ],
)
def test_a_placeholder_is_told_from_a_repository(repository: str | None, is_one: bool) -> None:
    assert codehost.is_placeholder(repository) == is_one


def test_a_release_refuses_owners_that_nobody_has_put_in(base: Path) -> None:
    owners = base / ".github" / "CODEOWNERS"
    owners.parent.mkdir()
    owners.write_bytes((GITHUB / "CODEOWNERS").read_bytes())
    assert [one for one in refusals(load(base)) if "CODEOWNERS" in one and "@OWNER" in one]
    owners.write_text("* @aven/editors\n", "utf-8")
    assert not [one for one in refusals(load(base)) if "CODEOWNERS" in one]


def test_every_report_has_its_owner() -> None:
    owners = (GITHUB / "CODEOWNERS").read_text("utf-8")
    for report in sorted((ROOT / "docs" / "reports").glob("*.md")):
        assert f"/docs/reports/{report.name} " in owners
        assert f"/docs/annotations/{report.stem}/ " in owners
