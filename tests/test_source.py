"""A place is a line and a column of a file, and an offset into its text: each gives the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.source import Source, Undecodable, read

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60)


@given(TEXTS, st.data())
def test_offset_and_place_give_each_other(text: str, data: st.DataObject) -> None:
    source = Source("a.md", text)
    offset = data.draw(st.integers(0, len(text)))
    place = source.at(offset)
    assert source.offset(place) == offset
    assert place.excerpt == text.split("\n")[place.line - 1]
    assert place.excerpt[place.column - 1 : place.column] == text[offset : offset + 1].strip("\n")


@given(TEXTS, st.integers(-5, 99), st.integers(-5, 99))
def test_a_place_never_leaves_the_file(text: str, offset: int, length: int) -> None:
    place = Source("a.md", text).at(offset, length)
    assert 1 <= place.line <= text.count("\n") + 1
    assert 1 <= place.column <= len(place.excerpt) + 1
    assert 1 <= place.length <= max(1, len(place.excerpt))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark_make_no_difference(tmp_path: Path, end: str, mark: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(mark + f"ä{end}b{end}".encode())
    assert read(tmp_path, path) == Source("a.md", "ä\nb\n")


def test_other_encodings_are_refused_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("name: ä\nrole: über".encode() + "ö".encode("latin-1"))
    with pytest.raises(Undecodable) as error:
        read(tmp_path, path)
    assert (error.value.line, error.value.column, error.value.byte) == (2, 11, 0xF6)
