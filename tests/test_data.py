"""The data files, read as somebody else would read them: with the csv and json modules alone.

What the pages say is recomputed from the files, so that a page and a file can never tell different counts.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import html5lib
import pytest

from variorum import compare, data, pages, tables
from variorum.edition import load
from variorum.words import Kind

ROOT = Path(__file__).parent.parent
INVENTED = Path(__file__).parent / "editions" / "base"
EDITIONS = pytest.mark.parametrize("root", [ROOT, INVENTED], ids=["five-reports", "invented"])


@cache
def files(root: Path) -> dict[str, str]:
    """Return the data files of an edition by name."""
    return {page.path: page.text for page in data.render(load(root))}


@cache
def printed(root: Path) -> dict[str, str]:
    """Return the generated pages of an edition by path."""
    return {page.path: page.text for page in pages.render(load(root))}


def table(root: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files(root)[f"data/{name}.csv"])))


def sources(root: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(files(root)["data/sources.json"])
    return found


def recount(rows: list[dict[str, str]], first: str, second: str) -> Counter[str]:
    """Count how two reports agree, from the columns report, proposition and side alone."""
    side = {(row["report"], row["proposition"]): row["side"] for row in rows}
    counts: Counter[str] = Counter()
    for proposition in {row["proposition"] for row in rows}:
        a, b = side[first, proposition], side[second, proposition]
        if a and b:
            same, opposite = a == b, int(a) * int(b) == -1
            counts["same" if same else "different" if opposite else "one-balanced"] += 1
        else:
            counts["first-only" if a else "second-only" if b else "neither"] += 1
    return counts


def on_page(markdown: str) -> dict[str, int]:
    """Return the counts that a pair's page prints."""
    tree = html5lib.parse(markdown.split("---\n", 2)[-1], namespaceHTMLElements=False)
    cells = {node.get("data-verdict"): "".join(node.itertext()) for node in tree.iter("td") if node.get("data-verdict")}
    return {verdict: int(text) for verdict, text in cells.items()}


@pytest.mark.parametrize("name", ["positions", "figures"])
def test_every_column_that_the_dictionary_describes_is_filled(name: str) -> None:
    rows = table(ROOT, name)
    assert [column for column in tables.DICTIONARY[f"{name}.csv"] if not any(row[column] for row in rows)] == []


@EDITIONS
def test_each_pair_has_a_page_with_the_counts_of_positions_csv(root: Path) -> None:
    rows = table(root, "positions")
    reports = list(dict.fromkeys(row["report"] for row in rows))
    for older, newer in combinations(reports, 2):
        first, second = sorted((older, newer))
        counts = on_page(printed(root)[f"compare/{first}/{second}.md"])
        expected = recount(rows, older, newer)
        names = {"older-only": "first-only", "newer-only": "second-only"}
        assert counts == {verdict: expected[names.get(verdict, verdict)] for verdict in counts}
        assert set(counts) == {"same", "different", "one-balanced", "older-only", "newer-only", "neither"}
    compared = [path for path in printed(root) if re.fullmatch(r"compare/[^/]+/[^/]+\.md", path)]
    assert len(compared) == len(list(combinations(reports, 2)))


@EDITIONS
def test_the_overview_has_the_same_counts(root: Path) -> None:
    rows = table(root, "positions")
    overview = printed(root)["compare/index.md"]
    for older, newer in combinations(dict.fromkeys(row["report"] for row in rows), 2):
        first, second = sorted((older, newer))
        label = rf'<a href="{first}/{second}/" aria-label="[^"]*: (\d+) on[^"]*, (\d+) one[^"]*, (\d+) on'
        links = re.findall(label, overview)
        expected = recount(rows, older, newer)
        counts = tuple(str(expected[verdict]) for verdict in ("same", "one-balanced", "different"))
        assert links == [counts, counts]


def test_beyond_twelve_reports_the_overview_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert compare.MOST_REPORTS == 12
    monkeypatch.setattr("variorum.pages.press.MOST_REPORTS", 1)
    found = {page.path: page.text for page in pages.render(load(INVENTED)) if page.path.startswith("compare/")}
    assert list(found) == ["compare/index.md"]
    assert "Marsh and Vale" in found["compare/index.md"] and 'href="marsh-2019' not in found["compare/index.md"]


@EDITIONS
def test_positions_have_a_line_for_each_cell_of_the_matrix(root: Path) -> None:
    rows = table(root, "positions")
    matrix = table(root, "matrix")
    cells = {(row["report"], row["proposition"]): row["cell"] for row in rows}
    assert len(cells) == len(rows)
    assert cells == {
        (report, line["proposition"]): cell
        for line in matrix
        for report, cell in line.items()
        if report not in ("proposition", "statement", "topic")
    }


@EDITIONS
def test_a_place_and_a_side_stand_only_where_a_stance_does(root: Path) -> None:
    places = ["rejects", "leans-reject", "balanced", "leans-affirm", "affirms"]
    for row in table(root, "positions"):
        if row["stance"]:
            place = places.index(row["stance"])
            assert (row["place"], row["side"]) == (str(place), str((place > 2) - (place < 2)))
            assert row["cell"] == row["stance"] and row["quote"] and row["at"]
        else:
            assert not row["place"] and not row["side"] and not row["quote"]


def test_the_trade_figures_stand_in_one_table_and_one_plot_with_their_years_and_bases() -> None:
    rows = [row for row in table(ROOT, "figures") if row["quantity"] == "bilateral-trade"]
    assert {(row["report"], row["period"], row["value"]) for row in rows} >= {
        ("stent-2020", "2018", "107"),
        ("lo-2025", "2020", "104"),
        ("weitz-2024", "2023", "227.7"),
        ("glantz-freeman-2024", "2023", "240"),
        ("lo-2025", "2024", "245"),
    }
    page = printed(ROOT)["figures/bilateral-trade.md"]
    plot = page[page.index("<svg") : page.index("</svg>")]
    rest = page.replace(plot, "")
    for row in rows:
        assert f">{row['bound']} {row['value']}".replace("> ", ">") in plot
        assert row["period"] in plot and row["period"] in rest
        assert row["quote"].replace("'", "&#39;") in rest
        assert not row["basis"] or (row["basis"] in plot and row["basis"] in rest)
    for report in load(ROOT).reports:
        assert f'href="../../reports/{report}/' in rest, "a report without a value is named too"


@EDITIONS
def test_every_figure_stands_on_its_quantitys_page(root: Path) -> None:
    for row in table(root, "figures"):
        assert row["record"].strip("/") in printed(root)[f"figures/{row['quantity']}.md"]


def test_the_shared_notes_stand_in_one_list_with_what_each_concludes() -> None:
    page = printed(ROOT)["shared.md"]
    for source, notes in {
        "mcfaul-medeiros-2025": ("lo-2025/#fn:44", "korolev-shattuck-2025/#fn:34"),
        "china-russia-2022-joint-statement": ("lo-2025/#fn:16", "korolev-shattuck-2025/#fn:1"),
    }.items():
        section = page[page.index(f'<section id="{source}"') :].split("</section>")[0]
        assert all(note + '"' in section for note in notes)
        (told,) = [one for one in sources(ROOT) if one["key"] == source]
        assert told["conclusions"]
        for conclusion in told["conclusions"]:
            assert f"propositions/{conclusion['proposition']}/" in section


@EDITIONS
def test_sources_tell_who_uses_them(root: Path) -> None:
    edition = load(root)
    told = {one["key"]: one for one in sources(root)}
    assert set(told) == set(edition.entries)
    for key, places in edition.citing.items():
        assert {(one["report"], one["note"]) for one in told[key]["cited_by"]} == {(p.report, p.note) for p in places}
    assert all(one["conclusions"] == [] for one in told.values() if len(one["reports"]) < 2)


@EDITIONS
def test_pages_and_files_are_the_same_each_time(root: Path) -> None:
    assert {page.path: page.text for page in data.render(load(root))} == files(root)
    again = {page.path: page.text for page in pages.render(load(root))}
    assert [path for path, text in printed(root).items() if again[path] != text] == []


@EDITIONS
def test_no_page_sets_a_style_or_the_same_id_twice(root: Path) -> None:
    kinds = ("compare/", "figures/", "people/", "topics/", "shared.md", "engagement.md", "errata.md")
    for path, text in printed(root).items():
        if path.startswith(kinds):
            assert not re.search(r"<[^>]*\sstyle=", text), path
            ids = re.findall(r'<[^>]*\sid="([^"]+)"', text) + re.findall(r"^#+ .*\{#(\S+)\}$", text, re.MULTILINE)
            assert len(ids) == len(set(ids)), (path, [one for one in ids if ids.count(one) > 1])


def test_people_of_two_reports_are_listed_with_each_place_and_variant() -> None:
    listed = printed(ROOT)["people/index.md"].split("{#one}")[0]
    assert 'href="kortunov/"' in listed and 'href="mcfaul/"' in listed
    page = printed(ROOT)["people/kortunov.md"]
    assert "Andrei Kortunov" in page and "weitz-2024" in page and "lo-2025" in page


def test_a_source_that_no_report_uses_says_so_under_no_heading() -> None:
    for path, text in printed(ROOT).items():
        if path.startswith("sources/") and path != "sources/index.md":
            has_places = '<ul class="vr-evidence">' in text
            assert has_places == ("## Cited by" in text) != ("cites or names it." in text), path


def test_where_a_report_cites_another_both_passages_stand_side_by_side() -> None:
    page = printed(ROOT)["engagement.md"].split("{#works}")[0]
    assert 'href="../reports/lo-2025/#fn:6"' in page
    assert re.search(r'href="../reports/weitz-2024/#s\d+p\d+"', page)


def test_every_erratum_and_query_stands_on_the_page() -> None:
    page = printed(ROOT)["errata.md"]
    slips = [(report, slug) for report, slug, _ in load(ROOT).of_kind(Kind.ERRATUM, Kind.QUERY)]
    assert slips and all(f"annotations/{report}/{slug}/" in page for report, slug in slips)
