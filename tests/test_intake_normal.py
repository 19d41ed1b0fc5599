"""The normal form: idempotent, with offsets that lead back, and every slice found where it was cut."""

from hypothesis import given
from hypothesis import strategies as st

from variorum.intake import find, normal, same

TEXT = st.text(alphabet=st.sampled_from("abcdéZ  .,-–—“”‘’'\"«»…ﬁﬂ\u00a0\u00ad\n\t01"), max_size=80)


@given(TEXT)
def test_normalising_twice_equals_once(text: str) -> None:
    """Leave a normal text as it is."""
    assert normal(normal(text).text).text == normal(text).text


@given(TEXT)
def test_offsets_lead_back(text: str) -> None:
    """Stand, character by character, for slices of the original in order that give the same character again."""
    form = normal(text)
    assert len(form.starts) == len(form.ends) == len(form.text)
    assert list(form.starts) == sorted(form.starts)
    for place, char in enumerate(form.text):
        start, end = form.span(place, place + 1)
        piece = normal(f"x{text[start:end]}x").text
        assert char in piece or char == " "


@given(TEXT, st.integers(0, 80), st.integers(0, 80))
def test_any_slice_is_found_where_it_was_cut(text: str, one: int, two: int) -> None:
    """Find a slice, and among its places the one from which it came."""
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    piece = normal(text[start:end]).text
    if not piece.strip(" -"):
        return
    places = find(text[start:end], text)
    assert places
    cut = text[start:end]
    lead = len(cut) - len(cut.lstrip(" -–—\u00a0\u00ad\n\t"))
    assert (
        any(start - 1 <= a <= start + lead and b <= end + 1 for a, b in places) or piece[0] in "-" or piece[-1] in "-"
    )


def test_marks_dashes_and_blanks_do_not_count() -> None:
    """Compare texts as a proof does."""
    assert same("a — b", "a—b") and same("a – b", "a-b") and same("“x”  y", '"x" y')
    assert same("o\u00adffice", "oﬃce") and not same("A", "a")
    assert find("the dry summer", "It was. The  dry\nsummer ended.") == [(8, 23)]
