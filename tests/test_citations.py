"""Citations in running text: each key, what stands around it, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.citations import Citation, cited, groups, unreadable, without_code

KEYS = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
WORDS = st.from_regex(r"[a-zäé]{1,8}( [a-zäé]{1,8}){0,2}", fullmatch=True)
PARTS = st.tuples(st.just("") | WORDS, KEYS, st.just("") | WORDS)


def read(text: str) -> list[tuple[str, str, str]]:
    return [(one.prefix, one.key, one.locator) for one in cited(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[@lo-2025]", [("", "lo-2025", "")]),
        ("a [see @lo-2025, p. 12] b", [("see", "lo-2025", "p. 12")]),
        ("[@a, p. 1; cf. @b-2, ch. 3, n. 4]", [("", "a", "p. 1"), ("cf.", "b-2", "ch. 3, n. 4")]),
        ("[see @a,\ntable 3]", [("see", "a", "table 3")]),
        ("[@Lo-2025; @lo_2025, p. 1]", [("", "Lo-2025", ""), ("", "lo_2025", "p. 1")]),
        ("so it did![@a, p. 1]", [("", "a", "p. 1")]),
        ("[@a] and [@b]", [("", "a", ""), ("", "b", "")]),
    ],
)
def test_a_citation_is_read(text: str, parts: list[tuple[str, str, str]]) -> None:
    assert read(text) == parts
    assert unreadable(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "@a without brackets",
        "[a@b.org]",
        r"[\@a]",
        "[text](@a)",
        "[@a](b.md)",
        "`[@a]`",
        "``[@a] ` [@b]``",
        "~~~\n[@a]\n~~~\n",
        "```yaml\n[@a]\n```\n",
        "[not\n\n@a]",
        "[^1]",
    ],
)
def test_what_is_none_is_left_alone(text: str) -> None:
    assert (read(text), unreadable(text)) == ([], [])


@pytest.mark.parametrize("text", ["[@a: p. 12]", "[@a p. 12]", "[@a, p. 1; p. 2]", "[see @a; and so on]", "[@a;]"])
def test_one_that_cannot_be_read_is_told(text: str) -> None:
    assert read(f"x {text}") == []
    assert unreadable(f"x {text}") == [(2, text)]


@pytest.mark.parametrize(
    "text", [r"\`[@a]\`", "`x\n[@a]\n`", "`` [@a] `", "  a ``` [@a]", "```\n[@a]\n", "~~~ [@a] ~~~"]
)
def test_what_only_looks_like_code_is_looked_at(text: str) -> None:
    assert read(text) == [("", "a", "")]


@given(st.lists(PARTS, min_size=1, max_size=4), WORDS, WORDS)
def test_citations_written_are_read_again_with_their_places(
    parts: list[tuple[str, str, str]], before: str, after: str
) -> None:
    inside = "; ".join(
        f"{prefix} @{key}, {locator}".strip().removesuffix(", ").rstrip(",") for prefix, key, locator in parts
    )
    text = f"{before} [{inside}] {after}"
    ((start, end, found),) = groups(text)
    assert text[start:end] == f"[{inside}]"
    assert [(one.prefix, one.key, one.locator) for one in found] == parts
    assert all(text[one.offset :].startswith("@" + one.key) for one in found)
    offsets = [one.offset for one in found]
    assert offsets == sorted(set(offsets))


@given(st.text(st.sampled_from("`~[@a] \n\\x"), max_size=60))
def test_blanking_code_moves_nothing(text: str) -> None:
    bare = without_code(text)
    assert len(bare) == len(text)
    assert all(now in (then, " ") for then, now in zip(text, bare, strict=True))
    assert [index for index, char in enumerate(bare) if char == "\n"] == [
        i for i, char in enumerate(text) if char == "\n"
    ]
    assert all(isinstance(one, Citation) for one in cited(text))
