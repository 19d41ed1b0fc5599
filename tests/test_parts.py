"""Lists that grow with the edition stand in parts: nothing is left out, nothing that is promised moves."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from corpus import Size, write
from variorum import addresses, dressing, pages
from variorum.edition import Edition, load
from variorum.pages import press, sources
from variorum.pages.parts import parts

SMALL = Size(reports=14, units=4, propositions=4, notes=3, sources=2, topics=2, people=3)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Return an invented edition of more reports than have pair pages."""
    return load(write(tmp_path_factory.mktemp("large"), SMALL))


def printed(edition: Edition) -> dict[str, str]:
    """Return every page by its address."""
    return {addresses.of_file(page.path): page.text for page in pages.render(edition)}


def test_a_list_that_fits_has_one_part() -> None:
    (only,) = parts("sources", ["a", "b"], 2)
    assert (only.page, only.items, only.title("Sources")) == ("sources", ["a", "b"], "Sources")


def test_no_part_weighs_more_than_it_may() -> None:
    found = list(parts("sources", [1, 2, 3, 9, 1], 4, lambda item: item))
    assert [part.items for part in found] == [[1, 2], [3], [9], [1]]
    assert [(part.page, part.first) for part in found][:2] == [("sources", 1), ("sources/list/2", 3)]


def test_every_source_stands_in_one_part_and_keeps_its_page(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = printed(edition)
    monkeypatch.setattr(sources, "MOST_ENTRIES", 10)
    split = printed(edition)
    listed = [text for page, text in split.items() if page == "sources" or page.startswith("sources/list/")]
    assert len(listed) == 5
    ids = [one for text in listed for one in re.findall(r'<li id="([^"]+)"', text)]
    assert sorted(ids) == sorted(edition.entries)
    assert set(whole) <= set(split)


def test_every_cell_of_a_large_matrix_is_found_from_its_permanent_address(
    edition: Edition, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(press, "MOST_SIGNS", 10)
    monkeypatch.setattr(press, "MOST_CELLS", 10)
    monkeypatch.setattr(press, "FEWEST_COLUMNS", 3)
    found, here = printed(edition), pages.Press(edition)
    overview = found["matrix"]
    for proposition, report in product(edition.propositions, edition.reports):
        shown = here.cell(proposition, report)
        assert f'id="{shown.fragment}"' in found[shown.page]
        leading = f'<a href="{addresses.link("matrix", addresses.Address(shown.page))}" data-reports="([^"]*)"'
        assert report in re.search(leading, overview)[1].split()  # type: ignore[index]
    (tmp_path / "matrix").mkdir()
    (tmp_path / "matrix" / "index.html").write_text(overview, "utf-8")
    cells = {
        f"/matrix/#{addresses.cell(*pair).fragment}": "" for pair in product(edition.propositions, edition.reports)
    }
    assert dressing.unresolved(tmp_path, cells) == []
    assert dressing.unresolved(tmp_path, {"/matrix/#claim-0--nobody": ""}) == ["/matrix/#claim-0--nobody"]


def test_a_dozen_reports_more_and_no_page_holds_them_all_with_their_words(edition: Edition) -> None:
    found = printed(edition)
    assert "shared/list/2" not in found
    assert 'class="vr-passage"' not in found["shared"], "passages stand on each source’s own page"
    assert not any(page.startswith("compare/") for page in found)
