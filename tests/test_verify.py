"""Quotations proved against an invented report's text, seals, own words, and proofs written beside the evidence."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum import checks, cli, intake, ownwords, proofs, quotations, seals, texts, verify
from variorum.edition import Edition, load
from variorum.findings import Finding
from variorum.source import Source
from variorum.texts import Text

HERE = Path(__file__).parent
ROOT = HERE.parent
WORDS = st.lists(
    st.sampled_from(["river", "toll", "lock", "barge", "weir", "grain", "road", "board", "guild", "summer"]),
    min_size=0,
    max_size=60,
)


@pytest.fixture
def edition_with_text(base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay the invented text beside the base edition."""
    monkeypatch.delenv("VARIORUM_TEXTS", raising=False)
    (base / "texts").mkdir()
    shutil.copy(HERE / "texts" / "vale-2024.md", base / "texts" / "vale-2024.md")
    return base


def text_of(root: Path) -> Text:
    text = texts.read(root, "vale-2024")
    assert text is not None
    return text


def seal(root: Path, text: Text) -> None:
    assert proofs.write(root, [], beside={seals.path_of(text.report): seals.written(seals.make(text))}) == 0


def proved(edition: Edition, text: Text) -> list[Finding]:
    mine = [one for one in quotations.of_edition(edition) if one.report == text.report]
    return verify.prove(text, mine)[1]


def change(root: Path, old: str, new: str, file: str = "docs/annotations/vale-2024/freight-to-road.md") -> None:
    path = root / file
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new), "utf-8")


@pytest.mark.parametrize("form", intake.FORMS)
def test_a_text_is_held_whatever_ending_import_takes_it_under(edition_with_text: Path, form: str) -> None:
    held = edition_with_text / "texts"
    (held / "vale-2024.md").rename(held / f"vale-2024{form}")
    assert texts.held(edition_with_text, ["vale-2024"]) == ["vale-2024"]
    if form == ".markdown":
        assert "s2p1" in text_of(edition_with_text).units


def test_the_invented_text_has_the_units_of_its_page(edition_with_text: Path) -> None:
    edition, text = load(edition_with_text), text_of(edition_with_text)
    assert list(text.units) == ["s1p1", "s2p1", "s2p2", "s2p3"]
    assert list(verify.structure(edition.reports["vale-2024"], text)) == []


def test_one_letter_changed_is_caught_with_the_difference(edition_with_text: Path) -> None:
    change(edition_with_text, "explains the rest", "explained the rest")
    (found,) = proved(load(edition_with_text), text_of(edition_with_text))
    assert found.rule == "quotation-mismatch"
    assert "[explained → explains]" in found.hint
    assert (found.place.line, found.place.excerpt.count("explained")) == (6, 1)


def test_a_quotation_moved_to_another_unit_names_its_own(edition_with_text: Path) -> None:
    change(edition_with_text, "{at: s2p1, quote", "{at: s2p3, quote")
    (found,) = proved(load(edition_with_text), text_of(edition_with_text))
    assert "stands in `s2p1`" in found.hint


def test_a_quotation_that_stands_twice_is_ambiguous(edition_with_text: Path) -> None:
    change(edition_with_text, "the dry summer explains the rest", "the")
    (found,) = proved(load(edition_with_text), text_of(edition_with_text))
    assert found.rule == "quotation-ambiguous"


def test_two_paragraphs_swapped_are_caught(edition_with_text: Path) -> None:
    path = edition_with_text / "texts" / "vale-2024.md"
    text = path.read_text("utf-8")
    first = "The locks were counted twice a day, and nobody checked the clerks who kept the books."
    second = next(line for line in text.splitlines() if line.startswith("The board says"))
    path.write_text(text.replace(first, "¤").replace(second, first).replace("¤", second), "utf-8")
    edition = load(edition_with_text)
    assert proved(edition, text_of(edition_with_text))
    assert list(verify.structure(edition.reports["vale-2024"], text_of(edition_with_text)))


def test_proofs_are_written_beside_the_evidence_and_nothing_else_changes(edition_with_text: Path) -> None:
    edition, text = load(edition_with_text), text_of(edition_with_text)
    record = edition_with_text / "docs/annotations/vale-2024/freight-to-road.md"
    before = record.read_text("utf-8")
    found, _ = verify.prove(text, [one for one in quotations.of_edition(edition) if one.report == "vale-2024"])
    assert proofs.write(edition_with_text, verify.proofs(text, found)) == 1
    after = record.read_text("utf-8")
    assert after.count("proof: ") == 3
    for proof in {piece.split("}")[0] for piece in after.split(", proof: ")[1:]}:
        after = after.replace(f", proof: {proof}", "")
    assert after == before
    assert proofs.write(edition_with_text, verify.proofs(text, [])) == 0


def test_without_the_text_a_proof_holds_until_something_changes(edition_with_text: Path) -> None:
    edition, text = load(edition_with_text), text_of(edition_with_text)
    found, _ = verify.prove(text, [one for one in quotations.of_edition(edition) if one.report == "vale-2024"])
    proofs.write(edition_with_text, verify.proofs(text, found))
    seal(edition_with_text, text)
    shutil.rmtree(edition_with_text / "texts")

    def rules() -> set[str]:
        return {found.rule for found in checks.check(load(edition_with_text))} - {"reference-stale"}

    assert rules() == set()
    change(edition_with_text, "the dry summer explains the rest", "the dry summer explains it all")
    assert rules() == {"proof-broken"}
    change(edition_with_text, "the dry summer explains it all", "the dry summer explains the rest")
    change(edition_with_text, "at: s2p3, quote", "at: s1p1, quote")
    assert rules() == {"proof-broken"}


def test_a_paragraph_pasted_into_an_annotation_fails_with_and_without_the_text(edition_with_text: Path) -> None:
    text = text_of(edition_with_text)
    seal(edition_with_text, text)
    path = edition_with_text / "docs/annotations/vale-2024/freight-to-road.md"
    path.write_text(path.read_text("utf-8") + "\n" + text.units["s2p3"] + "\n", "utf-8")
    assert "own-words" in {found.rule for found in checks.check(load(edition_with_text))}
    shutil.rmtree(edition_with_text / "texts")
    assert "own-words" in {found.rule for found in checks.check(load(edition_with_text))}


def test_eight_words_are_found_with_the_text_and_quotation_marks_excuse_them(edition_with_text: Path) -> None:
    held = [ownwords.of_text(text_of(edition_with_text))]
    copied = Source("docs/x.md", "He says the guild prints her numbers as if they were his.")
    quoted = Source("docs/x.md", "He says “the guild prints her numbers as if they were” his.")
    assert [found.rule for found in ownwords.copied(copied, held, frozenset())] == ["own-words"]
    assert list(ownwords.copied(quoted, held, frozenset())) == []


def test_an_official_name_with_a_reason_is_excepted(edition_with_text: Path) -> None:
    held = [ownwords.of_text(text_of(edition_with_text))]
    copied = Source("docs/x.md", "He says the guild prints her numbers as if they were his.")
    excepted = frozenset({"guild prints her numbers"})
    assert list(ownwords.copied(copied, held, excepted)) == []


@given(
    before=WORDS,
    shared=st.lists(st.text("abcdefgh", min_size=3, max_size=7), min_size=seals.GUARANTEE, max_size=30),
    after=WORDS,
)
def test_winnowing_finds_every_shared_run_of_twelve_words(
    before: list[str], shared: list[str], after: list[str]
) -> None:
    mark = seals.winnowed(shared)
    assert mark & seals.winnowed([*before, *shared, *after])
    assert mark & set(seals.grams([*before, *shared, *after]))


def test_a_seal_survives_writing_and_reading(edition_with_text: Path) -> None:
    seal = seals.make(text_of(edition_with_text))
    assert seals.read(Source("seal", seals.written(seal))) == seal


def test_a_damaged_seal_is_no_seal() -> None:
    assert seals.read(Source("seal", "{")) is None
    assert seals.read(Source("seal", '{"places": 3}')) is None


def test_a_folder_of_texts_that_is_none_is_an_error_and_proves_nothing(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VARIORUM_TEXTS", "../mistyped")
    assert cli.main(["--root", str(base), "verify", "--write"]) == 2
    said = capsys.readouterr()
    assert "../mistyped, which is no folder; nothing was checked" in said.err
    assert said.out == ""


def test_without_a_text_it_says_that_nothing_was_checked_and_what_is_left(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("VARIORUM_TEXTS", raising=False)
    assert cli.main(["--root", str(base), "verify"]) == 0
    left = sum(one.record is not None for one in quotations.of_edition(load(base)))
    said = f"nothing was checked: no text is held in texts/; {left} quotations are still unproved\n"
    assert capsys.readouterr().out == said


def test_a_text_that_cannot_be_read_is_no_success(edition_with_text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (edition_with_text / "texts" / "vale-2024.md").write_bytes(b"")
    assert cli.main(["--root", str(edition_with_text), "verify"]) == 1
    assert "nothing was checked: no text could be read" in capsys.readouterr().out


def held_texts() -> bool:
    return bool(texts.held(ROOT, load(ROOT).reports))


@pytest.mark.skipif(not held_texts(), reason="the reports’ texts are not held here (texts/ or VARIORUM_TEXTS)")
def test_every_quotation_of_this_edition_is_proved() -> None:
    command = [sys.executable, "-m", "variorum.cli", "verify"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
