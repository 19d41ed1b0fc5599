"""Lists that grow with the edition stand in parts: nothing is left out, nothing that is promised moves."""

from __future__ import annotations

import json
import posixpath
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from corpus import Size, write
from variorum import addresses, dressing, layout, pages, values
from variorum.edition import Edition, load
from variorum.pages import figures, press, sources
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


FULL = Size(reports=14, units=6, propositions=4, notes=4, sources=2, topics=2, people=9, records=6, quantities=3)
LARGER = Size(reports=34, units=6, propositions=4, notes=4, sources=2, topics=2, people=20, records=6, quantities=3)
FEW = Size(reports=4, units=6, propositions=4, notes=8, sources=2, topics=2, people=5, records=4, quantities=2)
CUT_SHORT = {"shared", "compare"}
"""Lists that say what they leave out, instead of going on in another part."""
POINTING = (
    "As [another says](../../propositions/claim-0.md#report-13), and [there](../../matrix.md#claim-1--report-2).\n"
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Return an invented edition with records of every kind, one of which points into pages that have parts."""
    root = written(tmp_path_factory.mktemp("full"), FULL)
    record = root / "docs/annotations/report-3/relation-1.md"
    record.write_text(record.read_text("utf-8") + POINTING, "utf-8")
    return load(root)


def written(root: Path, size: Size) -> Path:
    """Write an invented edition with a page on rights, which has a line for each report."""
    write(root, size)
    (root / "docs/about/rights.md").write_text("# Rights\n\nAll invented.\n", "utf-8")
    return root


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no list of any page hold more than a handful."""
    for name, module in list(sys.modules.items()):
        for limit, value in list(vars(module).items()) if name.startswith("variorum.pages.") else ():
            if limit.startswith("MOST_") and limit != "MOST_REPORTS" and isinstance(value, int):
                monkeypatch.setattr(module, limit, min(value, 6))
    monkeypatch.setattr(press, "FEWEST_COLUMNS", 3)


def ids(text: str) -> set[str]:
    """Return the ids of a printed page, of its headings too."""
    return set(re.findall(r'\sid="([^"]+)"', text)) | set(re.findall(r"^#+ .*\{#([^}]+)\}$", text, re.MULTILINE))


def test_what_stood_on_one_page_stands_in_its_parts(full: Edition, request: pytest.FixtureRequest) -> None:
    whole = printed(full)
    request.getfixturevalue("tight")
    split = printed(full)
    assert set(whole) <= set(split)
    for page in set(whole) - CUT_SHORT - {"matrix"}:
        held = [text for other, text in split.items() if other == page or other.startswith(f"{page}/list/")]
        missing = {one for one in ids(whole[page]) - set().union(*map(ids, held)) if not one.startswith("vr-")}
        assert not missing, page
    parted = {page.partition("/list/")[0] for page in split if "/list/" in page}
    assert {"engagement", "errata", "figures/amount-0", "about/agreement", "about/rights", "cite"} <= parted
    assert {"reports", "people", "sources", "cite/report-1", "propositions/claim-0", "topics/topic-0"} <= parted


def test_every_link_finds_its_place_whatever_part_it_stands_in(full: Edition, tight: None) -> None:
    found = printed(full)
    assert not dead(found)
    assert "propositions/claim-0/list/3/#report-13" in found["annotations/report-3/relation-1"]


def test_a_few_reports_can_have_too_much_for_one_page_as_well(tight: None, tmp_path: Path) -> None:
    found = printed(load(write(tmp_path, FEW)))
    assert not dead(found)
    assert "matrix/topic-0" in found
    assert 'class="vr-passage"' not in found["shared"]
    assert "compare/report-0/report-1" in found


def dead(found: dict[str, str]) -> list[tuple[str, str]]:
    """Return the links to places on printed pages that are not there."""
    there = {page: ids(text) for page, text in found.items()}
    return [(page, f"{to}#{at}") for page, to, at in links(found) if to in there and at not in there[to]]


def links(found: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield every link of printed pages that names a place: the page, and the page and place that it leads to."""
    for page, text in found.items():
        for way, at in re.findall(r'href="([^":]*)#([^"]+)"', text):
            yield page, posixpath.normpath(posixpath.join(f"/{page}", way)).strip("/"), at


def test_no_page_grows_with_the_reports(full: Edition, tight: None, tmp_path: Path) -> None:
    """What a page still takes for each report more, a thousand times, must leave room for a full list below a MB."""
    small = largest(printed(full))
    large = largest(printed(load(written(tmp_path, LARGER))))
    more = LARGER.reports - FULL.reports
    growing = {kind: (large[kind] - size) * 1000 // more for kind, size in small.items()}
    assert {kind: size for kind, size in growing.items() if size > 350_000} == {}


def largest(found: dict[str, str]) -> dict[str, int]:
    """Return the bytes of the largest page of each kind."""
    sizes: dict[str, int] = {}
    for text in found.values():
        kind = re.search(r'^variorum: "(.+)"$', text, re.MULTILINE)
        assert kind
        sizes[kind[1]] = max(sizes.get(kind[1], 0), len(text.encode()))
    return sizes


def test_the_cells_that_a_release_moved_stand_in_parts_where_they_are_many(full: Edition, tight: None) -> None:
    cells = {
        f"{report}/{key}": {"cell": "uncoded", "wording": 1} for report in full.reports for key in full.propositions
    }
    folder = full.root / layout.RELEASES
    folder.mkdir(parents=True, exist_ok=True)
    released = folder / "2025-01-01.json"
    released.write_text(json.dumps({"date": "2025-01-01", "version": "0.1", "cells": cells, "moves": []}), "utf-8")
    try:
        found = printed(full)
    finally:
        released.unlink()
    assert "56 cells moved" in found["changes"]
    assert 'id="release-2025-01-01"' in found["changes"] or "{#release-2025-01-01}" in found["changes"]
    told = [text for page, text in found.items() if page.startswith("changes/now")]
    assert sum(text.count("</b> → <b>") for text in told) == 56
    assert len(told) == 10


def test_of_very_many_values_the_plot_has_a_row_for_each_period(full: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    found = values.by_quantity(full)["amount-0"]
    monkeypatch.setattr(figures, "MOST_DRAWN", len(found) - 1)
    picture = figures.plot(pages.Press(full), full.quantities["amount-0"], found)
    counts = Counter(value.years[0] for value in found)
    assert len(counts) < len(found)
    for year, count in counts.items():
        assert f">{year} · {count} value{'s' if count > 1 else ''}</text>" in picture
