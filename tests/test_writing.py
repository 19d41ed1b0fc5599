"""Records written: values read back as they were, edits that touch nothing else, files never written over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum import writing
from variorum.frontmatter import Document, split
from variorum.source import Source
from variorum.writing import Batch, Changed, Edit

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
VALUE = st.one_of(TEXT, st.integers(-(10**12), 10**12), st.booleans())
NAME = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(lambda name: name != "quote")  # always text
FLAT = st.dictionaries(NAME, VALUE, min_size=1, max_size=4)


def document(matter: str, body: str = "") -> Document:
    read, findings = split(Source("a.md", f"---\n{matter}---\n{body}"))
    assert read is not None, findings
    return read


@settings(deadline=None)
@given(TEXT)
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    assert document(f"a: {writing.scalar(text)}\n").matter.data == {"a": text}


@settings(deadline=None)
@given(TEXT)
def test_any_text_in_a_flow_is_read_back(text: str) -> None:
    line = writing.scalar(text)
    assert document(f"a: [{line}, {{b: {line}}}]\n").matter.data == {"a": [text, {"b": text}]}


@settings(deadline=None)
@given(
    st.dictionaries(
        NAME,
        st.one_of(VALUE, st.lists(TEXT, max_size=3), FLAT, st.lists(FLAT, min_size=1, max_size=3)),
        min_size=1,
        max_size=4,
    )
)
def test_any_mapping_is_read_back(values: dict[str, Any]) -> None:
    assert document(writing.mapping(values)).matter.data == values


@settings(deadline=None)
@given(TEXT)
def test_a_value_set_changes_that_value_alone(text: str) -> None:
    matter = "a: 1     # kept\nb: >-\n  folded\n  lines\nc: {d: 'x', e: [y, z]} # kept too\n"
    held = document(matter, "The body.\n")
    for path, name in ((("a",), "a"), (("b",), "b"), (("c", "d"), "d"), (("c", "e", 1), "z")):
        changed = writing.apply(held.source.text, [writing.set_value(held, path, text)])
        read, findings = split(Source("a.md", changed))
        assert read is not None, (findings, name)
        data = read.matter.data
        for part in path:
            data = data[part]
        assert data == text
        assert read.body == "The body.\n"
        assert changed.count("# kept") == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\n", "a: 1\nnames: [new]\n"),
        ("names: [old] # why\n", "names: [old, new] # why\n"),
        ("names:\n  - old # why\nb: 2\n", "names:\n  - old\n  - new # why\nb: 2\n"),
        ("names: []\nb: 2\n", "names: [new]\nb: 2\n"),
    ],
)
def test_a_word_added_to_a_list(before: str, after: str) -> None:
    held = document(before)
    assert writing.apply(held.source.text, [writing.add_to_list(held, "names", "new")]) == f"---\n{after}---\n"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        writing.apply("abcdef", [Edit(0, 3, "x"), Edit(2, 4, "y")])


def test_a_new_file_is_never_written_over_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "a.md"
    new = {"folder/a.md": None}
    Batch(tmp_path, {"folder/a.md": "first\n"}, read=new).make()
    with pytest.raises(Changed, match=r"folder/a\.md was made while this command ran"):
        Batch(tmp_path, {"folder/a.md": "second\n"}, read=new).make()
    assert path.read_text("utf-8") == "first\n"
    assert [one.name for one in path.parent.iterdir()] == ["a.md"]


@pytest.mark.parametrize("data", [b"a\r\nb\r\n", b"\xef\xbb\xbfa\nb\n", b"a\nb"])
def test_line_ends_and_marks_stay(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    writing.replace(path, data.decode("utf-8-sig").replace("\r\n", "\n").replace("b", "c"))
    assert path.read_bytes() == data.replace(b"b", b"c")


def test_a_batch_that_cannot_be_made_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a\n", "utf-8")
    (tmp_path / "c.md").mkdir()
    with pytest.raises(OSError):
        Batch(tmp_path, {"a.md": "changed\n", "new/b.md": "b\n", "c.md": "c\n"}).make()
    assert (tmp_path / "a.md").read_text("utf-8") == "a\n"
    assert not (tmp_path / "new" / "b.md").exists()
