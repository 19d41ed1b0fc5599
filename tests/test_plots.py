"""Plots: SVG that a strict page can hold, the same each time, with its words as text and a description."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from variorum import plots
from variorum.plots import SVG, Dot, Link

CSS = Path(__file__).parent.parent / "scripts" / "variorum" / "theme" / "assets" / "comparisons.css"
DOTS = (
    Dot("2018 · Marsh", "107", 107, 107, 0),
    Dot("2020 · Vale & Lind", "over 240", 240, 240, 1, bound="over"),
    Dot("2021 · Vale", "under 12", 12, 12, 1, bound="under"),
    Dot("2024 · Marsh · target", "15–25", 15, 25, 0, hollow=True),
)
LINKS = (Link(0, 0), Link(1, 0, opposed=True), Link(1, 1), Link(1, 0, is_report=True))


def values() -> str:
    return plots.values_plot("Tonnage", "Four values.", "tons", DOTS, True)


def network() -> str:
    return plots.network("Who uses what", "Two reports.", ("Marsh 2019", "Vale 2024"), ("Returns 2021", "Guild"), LINKS)


def words(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter(f"{{{SVG}}}text")]


def test_nothing_in_it_needs_a_policy_or_clashes_on_a_page() -> None:
    for svg in (values(), network()):
        for node in ElementTree.fromstring(svg).iter():
            assert not {"style", "id", "clip-path"} & set(node.attrib), node.attrib
            assert node.tag.removeprefix(f"{{{SVG}}}") in {"svg", "g", "path", "text", "title", "desc"}
        assert "href" not in svg and "url(" not in svg and "<!" not in svg and "<?" not in svg


def test_every_colour_is_a_class_that_the_style_sheet_knows() -> None:
    sheet = CSS.read_text("utf-8")
    many = tuple(Dot(str(n), str(n), n, n, n) for n in range(len(plots.MARKERS)))
    for svg in (values(), network(), plots.values_plot("T", "D", "tons", many, True)):
        assert not re.search(r'(?:fill|stroke)="(?!none)', svg)
        for name in re.findall(r"vr-plot-\w+-(?:fill|stroke)", svg):
            assert f".{name}" in sheet, name


def test_title_and_description_come_first() -> None:
    root = ElementTree.fromstring(values())
    assert [(node.tag.removeprefix(f"{{{SVG}}}"), node.text) for node in list(root)[:2]] == [
        ("title", "Tonnage"),
        ("desc", "Four values."),
    ]
    assert root.get("role") == "img"


def test_each_value_stands_as_text_beside_its_mark() -> None:
    found = words(values())
    assert {text for dot in DOTS for text in (dot.label, dot.number)} <= set(found)
    assert "tons" in found and "0" in found


def test_reports_and_sources_stand_as_text() -> None:
    assert {"Marsh 2019", "Vale 2024", "Returns 2021", "Guild"} <= set(words(network()))
    assert network().count("stroke-dasharray") == 1


def test_a_long_name_stands_on_lines_of_its_own_and_inside_the_picture() -> None:
    svg = plots.network(
        "T", "D", ("Marsh",), ("A very long title of a treaty on tolls and on everything else",), (Link(0, 0),)
    )
    lines = [line for line in words(svg) if line != "Marsh"]
    assert len(lines) == 2 and all(len(line) <= plots.LONGEST for line in lines) and lines[-1].endswith("…")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)), min_size=3, max_size=6))
def test_any_numbers_can_be_drawn(numbers: list[tuple[float, float]]) -> None:
    dots = tuple(Dot(f"row {n}", "x", min(pair), max(pair), n) for n, pair in enumerate(numbers))
    assert {dot.label for dot in dots} <= set(words(plots.values_plot("T", "D", "tons", dots, False)))


def test_markup_in_a_name_stays_text() -> None:
    svg = plots.values_plot("<b>&", "<script>", "tons", (Dot("$x_1$ <i>", "1", 1, 1, 0), *DOTS[:2]), True)
    assert "<script" not in svg and "<i>" not in svg
    assert "$x_1$ <i>" in words(svg)


def test_another_process_draws_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("font.size: 33\nlines.linewidth: 9\n", "utf-8")
    here = str(Path(__file__).parent)
    code = f"import sys; sys.path.insert(0, {here!r}); import test_plots as t; print(t.values(), t.network())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{values()} {network()}\n"
