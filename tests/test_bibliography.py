"""The bibliography: what stands in an entry is kept, and what is broken in one entry stays there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.bibliography import Entry, merge, parse
from variorum.findings import Finding
from variorum.source import Source

GOOD = "@report{{{key},\n  title = {{Title of {key}}},\n  date = {{2021}},\n}}\n"


def read(text: str) -> tuple[list[Entry], list[Finding]]:
    return parse(Source("bibliography/a.bib", text))


def one(**fields: str) -> Entry:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in {"title": "T", **fields}.items())
    (entry,), found = read(f"@report{{a,\n{lines}}}\n")
    assert not found
    return entry


@given(st.from_regex(r"https://[a-z]{1,8}\.example/[A-Za-z0-9%&=?_~#.,;:@!$'()*+/-]{0,30}", fullmatch=True))
def test_an_address_is_kept_to_the_letter(address: str) -> None:
    assert one(url=address)["url"] == address


def test_escapes_of_other_programs_are_taken_off_an_address() -> None:
    assert one(url=r"https://a.example/x\_y?p=1\&q=2\%20z\#s")["url"] == "https://a.example/x_y?p=1&q=2%20z#s"


@given(st.from_regex(r"[A-Za-z0-9ÄÖÜäöüß&%.,;:!?()/+*='“”’ -]{1,40}", fullmatch=True))
def test_plain_words_are_kept(words: str) -> None:
    title = words.replace("--", "-").replace("--", "-")
    assert one(title=f"x{title}x").title == " ".join(f"x{title}x".split())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"Trade \& tolls, 5\% up", "Trade & tolls, 5% up"),
        (r"R&D at 5% {\"U}ber", "R&D at 5% Über"),
        (r"\'Etudes \c{c}a", "Études ça"),
        ("1914--1918 --- a war~of", "1914–1918 — a war\N{NO-BREAK SPACE}of"),
        ("The {NATO} {{Summit}}", "The NATO Summit"),
        ("two\n    lines", "two lines"),
    ],
)
def test_latex_is_read(written: str, shown: str) -> None:
    assert one(title=written).title == shown


def test_names_are_read_in_parts_and_bodies_whole() -> None:
    entry = one(author="{River Board} and Teal, Ann and Ida von Kestrel and {China} and {Board of Trade and Tolls}")
    assert [name.full for name in entry.authors] == [
        "River Board",
        "Ann Teal",
        "Ida von Kestrel",
        "China",
        "Board of Trade and Tolls",
    ]
    assert [name.short for name in entry.authors][1:3] == ["Teal", "von Kestrel"]
    assert entry.byline == "River Board et al."


BROKEN = {
    "unclosed entry": ("@report{bad,\n  title = {T},\n", "bib-syntax"),
    "unclosed value": ("@report{bad,\n  title = {T,\n  date = {2021},\n}\n", "bib-syntax"),
    "unclosed quotation": ('@report{bad,\n  title = "T,\n  date = {2021},\n}\n', "bib-syntax"),
    "closed too early": ("@report{bad,\n  title = {T}},\n  date = {2021},\n}\n", "bib-syntax"),
    "no equals sign": ("@report{bad,\n  title {T},\n  date = {2021},\n}\n", "bib-syntax"),
    "no comma": ("@report{bad,\n  title = {T}\n  date = {2021},\n}\n", "bib-comma"),
    "no comma behind quotes": ('@report{bad,\n  title = "T"\n  date = "2021",\n}\n', "bib-comma"),
    "no comma behind a number": ("@report{bad,\n  title = {T},\n  year = 2021\n  volume = 3,\n}\n", "bib-comma"),
    "no comma behind names": ("@report{bad,\n  author = {A, B}\n  title = {T},\n}\n", "bib-comma"),
    "no comma behind names that end oddly": ("@report{bad,\n  author = {A and B, C}\n  title = {T},\n}\n", "bib-comma"),
    "closed too early before the title": ("@report{bad,\n  date = {2021}},\n  title = {T},\n}\n", "bib-syntax"),
    "no comma behind the key": ("@report{bad\n  title = {T},\n}\n", "bib-comma"),
    "no key": ("@report{\n  title = {T},\n}\n", "bib-key"),
    "a bad key": ("@report{Bad_Key,\n  title = {T},\n}\n", "bib-key"),
    "an undefined string": ("@report{bad,\n  title = {T},\n  publisher = press,\n}\n", "bib-string"),
    "joined strings": ('@report{bad,\n  title = "T" # "U",\n}\n', "bib-string"),
    "a field twice": ("@report{bad,\n  title = {T},\n  title = {U},\n}\n", "bib-duplicate-field"),
    "a field twice, once in capitals": ("@report{bad,\n  title = {T},\n  TITLE = {U},\n}\n", "bib-duplicate-field"),
    "no title": ("@report{bad,\n  date = {2021},\n}\n", "bib-field"),
    "an empty entry": ("@report{bad}\n", "bib-field"),
    "a bad date": ("@report{bad,\n  title = {T},\n  date = {2021-13},\n}\n", "bib-date"),
    "a bad name": ("@report{bad,\n  title = {T},\n  author = {A, B, C, D},\n}\n", "bib-name"),
    "a bad address": ("@report{bad,\n  title = {T},\n  url = {javascript:alert(1)},\n}\n", "unsafe-link"),
    "HTML": ("@report{bad,\n  title = {<script>},\n}\n", "raw-html"),
    "a hidden character": ("@report{bad,\n  title = {T\u202e},\n}\n", "control-character"),
}


@given(st.sampled_from(list(BROKEN)), st.integers(0, 3))
def test_one_broken_entry_is_one_finding_in_it_and_the_others_load(kind: str, before: int) -> None:
    text, rule = BROKEN[kind]
    good = [GOOD.format(key=f"good-{index}") for index in range(3)]
    entries, found = read("".join([*good[:before], text, *good[before:]]))
    held = {entry.key: entry.title for entry in entries}
    assert {f"good-{index}": f"Title of good-{index}" for index in range(3)}.items() <= held.items()
    start = sum(part.count("\n") for part in good[:before]) + 1
    assert [one.rule for one in found] == [rule]
    assert start <= found[0].place.line < start + text.count("\n")
    assert "bad" in held or "key" in kind


def test_a_defined_string_is_filled_in() -> None:
    (entry,), found = read('@string{rb = "River Board"}\n@report{a,\n  title = {T},\n  institution = rb,\n}\n')
    assert (entry["institution"], found) == ("River Board", [])


def test_of_two_entries_with_one_key_the_first_is_kept_in_a_file_and_between_files() -> None:
    text = GOOD.format(key="a")
    entries, found = read(text + text.replace("Title", "Other"))
    assert ([entry.title for entry in entries], [one.rule for one in found]) == (["Title of a"], ["bib-duplicate-key"])
    held, found = merge([entries, read(text.replace("Title", "Other"))[0]])
    assert (held["a"].title, [one.rule for one in found]) == ("Title of a", ["bib-duplicate-key"])


@given(st.text(st.sampled_from('@{}",=# \nab%\\'), max_size=60))
def test_any_text_is_read(text: str) -> None:
    entries, found = read(text)
    assert all(entry.key or found for entry in entries)
    assert all(one.place.line <= text.count("\n") + 1 for one in found)
