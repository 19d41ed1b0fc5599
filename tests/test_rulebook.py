"""Each rule has an example that breaks it and a mend that does not; the rules page shows them."""

from __future__ import annotations

import html
import json
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from messages import lacking
from variorum import checks, cli, pages, rulebook, starter
from variorum.edition import load
from variorum.rules import RULES

DAY = "2026-11-30"
STARTER = dict(starter.files("An edition", DAY))
TEXT = Path(__file__).parent / "starter" / "vale-2024.md"
EXAMPLES = {
    rule: replace(one, wrong=one.wrong.replace("{date}", DAY), right=one.right.replace("{date}", DAY))
    for rule, one in rulebook.examples().items()
}


def lay(files: dict[str, bytes], folder: Path) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def laid_over(files: dict[str, str], example: rulebook.Example, mended: bool = False) -> dict[str, bytes]:
    """Return an edition's files with the example in them, wrong or mended."""
    laid = {name: text.encode() for name, text in files.items()}
    new = example.right if mended else example.wrong
    if example.file not in files:
        if not mended or example.right:
            laid[example.file] = new.encode(example.bytes if not mended else "utf-8")
    elif example.right:
        if files[example.file].count(example.right) != 1:
            raise ValueError(f"{example.file} does not hold once: {example.right}")
        laid[example.file] = files[example.file].replace(example.right, new).encode()
    else:
        laid[example.file] = (files[example.file] + new).encode()
    return laid


def broken(example: rulebook.Example, mended: bool, folder: Path, capsys: pytest.CaptureFixture[str]) -> Counter[str]:
    """Return how often each rule is broken in the starting edition with the example in it."""
    if example.text:
        lay({name: text.encode() for name, text in STARTER.items()}, folder)
        (folder / "texts").mkdir()
        shutil.copy(TEXT, folder / "texts")
        assert cli.main(["--root", str(folder), "verify", "--write"]) == 0, capsys.readouterr().out
        held = {name: (folder / name).read_text("utf-8") for name in STARTER}
        lay(laid_over(held, example, mended), folder)
        capsys.readouterr()
        cli.main(["--root", str(folder), "verify", "--format", "json"])
        found = json.loads(capsys.readouterr().out)
        assert all(one[name] for one in found for name in ("file", "line", "column", "rule", "remedy"))
        told = Counter(one["rule"] for one in found)
    else:
        lay(laid_over(STARTER, example, mended), folder)
        told = Counter()
    checked = checks.check(load(folder))
    assert not [said for one in checked if (said := lacking(folder, one))]
    return told + Counter(one.rule for one in checked)


def test_every_rule_has_an_example() -> None:
    assert set(EXAMPLES) == set(RULES)


@pytest.mark.parametrize("rule", [rule for rule, example in EXAMPLES.items() if example.test])
def test_the_example_breaks_its_rule_and_the_mend_does_not(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("VARIORUM_TEXTS", raising=False)
    wrong = broken(EXAMPLES[rule], False, tmp_path / "wrong", capsys)
    right = broken(EXAMPLES[rule], True, tmp_path / "right", capsys)
    if rule == "reference-stale":  # without a lock file every reference is stale, the mended one too
        assert wrong[rule]
    else:
        assert wrong[rule] > right[rule]
    assert not [one for one in right if RULES[one].level == "error"]


def test_too_much_quoted(tmp_path: Path) -> None:
    lay({name: text.encode() for name, text in STARTER.items()}, tmp_path)
    (tmp_path / "texts").mkdir()
    shutil.copy(TEXT, tmp_path / "texts")
    cli.main(["--root", str(tmp_path), "verify", "--write"])
    shutil.rmtree(tmp_path / "texts")
    for number in range(40):
        record = (
            f'---\nkind: comment\nat: s2p1\nquote: "w{number} {"word " * 13}"\nby: [guest]\ndate: {DAY}\n---\nOne.\n'
        )
        lay({f"docs/annotations/vale-2024/comment-{number}.md": record.encode()}, tmp_path)
    assert "quotation-budget" in {found.rule for found in checks.check(load(tmp_path))}


def test_all_waivers_stand_on_the_page_with_their_reasons(tmp_path: Path) -> None:
    lay({name: text.encode() for name, text in STARTER.items()}, tmp_path)
    for number, reason in enumerate(("The doubt is the author’s own.", "A second one.")):
        text = (
            "---\nkind: position\nown:\n  - stance: affirms\n    evidence: [{at: s1p1, quote: nobody}]\n"
            f"confidence: low\nwaive: {{low-confidence: {json.dumps(reason, ensure_ascii=False)}}}\n"
            f"by: [guest]\ndate: {DAY}\n---\n"
        )
        proposition = STARTER["docs/propositions/freight-to-road.md"]
        lay({f"docs/propositions/p-{number}.md": proposition.encode()}, tmp_path)
        lay({f"docs/annotations/vale-2024/p-{number}.md": text.encode()}, tmp_path)
    assert "low-confidence" not in {found.rule for found in checks.check(load(tmp_path))}
    page = next(page for page in pages.render(load(tmp_path)) if page.path == "about/rules.md").text
    told = html.unescape(page.partition("{#waivers}")[2])
    for name in (
        "vale-2024/p-0",
        "vale-2024/p-1",
        "#low-confidence",
        "The doubt is the author’s own.",
        "A second one.",
    ):
        assert name in told


def test_the_page_shows_each_rule_with_its_example_line_by_line(tmp_path: Path) -> None:
    lay({name: text.encode() for name, text in STARTER.items()}, tmp_path)
    page = next(page for page in pages.render(load(tmp_path)) if page.path == "about/rules.md")
    text = html.unescape(page.text)
    for rule, example in rulebook.examples().items():
        assert f"{{#{rule}}}" in page.text
        assert example.wrong in text
        assert example.right in text
