"""Where a link leads: a place in the edition, an open address outside it, or nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import BASE
from variorum.edition import Edition, load
from variorum.links import is_safe, nearest_target, resolve

RECORD = "annotations/vale-2024/freight-to-road.md"


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load(BASE)


@pytest.mark.parametrize(
    ("where", "href", "page", "fragment"),
    [
        ("about/index.md", "../reports/vale-2024.md", "reports/vale-2024", ""),
        ("about/index.md", "../reports/vale-2024.md#s2p1", "reports/vale-2024", "s2p1"),
        ("about/index.md", "../reports/vale-2024.md#fn:4", "reports/vale-2024", "fn:4"),
        ("about/index.md", "../reports/vale%2D2024.md#s2", "reports/vale-2024", "s2"),
        (RECORD, "../../reports/marsh-2019.md#s1p1", "reports/marsh-2019", "s1p1"),
        (RECORD, "../../propositions/freight-to-road.md", "propositions/freight-to-road", ""),
        (RECORD, "../marsh-2019/freight-to-road.md", "annotations/marsh-2019/freight-to-road", ""),
        (RECORD, "../../about/index.md", "about", ""),
        ("reports/vale-2024.md", "#s2p1", "reports/vale-2024", "s2p1"),
        ("index.md", "people/kestrel.md", "people/kestrel", ""),
        ("index.md", "sources/river-board-2022.md", "sources/river-board-2022", ""),
        ("index.md", "matrix.md", "matrix", ""),
    ],
)
def test_a_link_to_a_file_is_its_address(edition: Edition, where: str, href: str, page: str, fragment: str) -> None:
    target = resolve(edition, where, href)
    assert target.inside is not None and not target.fault
    assert (target.inside.page, target.inside.fragment) == (page, fragment)


@pytest.mark.parametrize(
    "href",
    [
        "../reports/vale-2025.md",
        "../reports/vale-2024.md#s9p9",
        "../reports/vale-2024.md#fn:99",
        "../reports/vale-2024",
        "../reports/vale-2024/",
        "/reports/vale-2024.md",
        "../reports/vale-2024.md?x=y",
        "../../outside.md",
        "..\\reports\\vale-2024.md",
        "picture.png",
        "no-such-page.md",
    ],
)
def test_a_link_to_what_is_not_there_is_dead(edition: Edition, href: str) -> None:
    assert resolve(edition, "about/index.md", href).fault == "dead-link"


@pytest.mark.parametrize(
    "href", ["https://aven.example/a?b=c#d", "http://aven.example", "HTTPS://aven.example/", "mailto:a@aven.example"]
)
def test_open_addresses_lead_outside(edition: Edition, href: str) -> None:
    target = resolve(edition, "index.md", href)
    assert (target.outside, target.fault) == (href, "")
    assert is_safe(href)


NOISE = st.text(st.sampled_from("\t\n\r\x00\x01\x1f \x7f\xad\u200b\u200e\u2028\u202e\u2060\ufeff"), max_size=3)


@given(st.sampled_from(["javascript:alert(1)", "vbscript:x", "data:text/html,x", "file:///x"]), st.data())
def test_no_noise_case_or_entity_makes_a_running_address_safe(edition: Edition, href: str, data: st.DataObject) -> None:
    dressed = ""
    for char in href:
        dress = data.draw(
            st.sampled_from([char, char.upper(), f"&#{ord(char)};", f"&#x{ord(char):x};", f"&#{ord(char):07}"])
        )
        dressed += data.draw(NOISE) + dress
    assert resolve(edition, "index.md", dressed).fault
    assert not is_safe(dressed)


@given(st.text(max_size=40))
def test_any_text_resolves_to_exactly_one_thing(edition: Edition, href: str) -> None:
    target = resolve(edition, "index.md", href)
    assert [bool(target.inside), bool(target.outside), bool(target.fault)].count(True) == 1
    assert not target.outside or is_safe(target.outside)


@pytest.mark.parametrize(
    ("where", "href", "hint"),
    [
        ("about/index.md", "../reports/vale-2042.md", "did you mean `../reports/vale-2024.md`?"),
        ("about/index.md", "/reports/vale-2024/", "did you mean `../reports/vale-2024.md`?"),
        ("index.md", "proposition/second-toll.md", "did you mean `propositions/second-toll.md`?"),
        (RECORD, "../../reports/vale-2024.md#s2p9", "did you mean `s2p3`, `s2p2` or `s2p1`?"),
        ("index.md", "quite/elsewhere.md", ""),
    ],
)
def test_a_dead_link_names_what_was_meant(edition: Edition, where: str, href: str, hint: str) -> None:
    assert resolve(edition, where, href).fault == "dead-link"
    assert nearest_target(edition, where, href) == hint


def test_a_link_to_a_file_that_cannot_be_read_is_not_dead_as_well(base: Path) -> None:
    (base / "docs/people/kestrel.md").write_text("---\nname: [\n---\n", "utf-8")
    assert not resolve(load(base), "index.md", "people/kestrel.md").fault
