"""Plots made at build time as SVG: the values of one quantity, and the network of reports and shared sources.

matplotlib draws; `_sober` then makes the drawing part of the page: no style attribute, no id, no metadata, colours as
classes that the style sheet gives a value in either colour scheme, text as text, a title and a description. The same
input gives the same bytes. It is imported where something is drawn: that takes longer than checking a small edition.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SVG = "http://www.w3.org/2000/svg"
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "p", "h", "<", ">", "*")
"""Shapes by which reports are told apart, in order of date; colour only helps."""
ROW = 34
"""Height of a plot's row; all sizes are in px at the plot's own width."""
_POINTS = 72

_INK, _SOFT, _LINE, _PAPER = "#000000", "#000001", "#000002", "#000003"
_CLASSES = {_INK: "ink", _SOFT: "soft", _LINE: "line", _PAPER: "paper"}
_SETTINGS: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "variorum",
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "path.simplify": False,
    "text.parse_math": False,
}


def _series(number: int) -> str:
    """Return the stand-in colour of the report at a place in the order; its class is `vr-plot-s0` and so on."""
    return f"#0000{16 + number % len(MARKERS):02x}"


_CLASSES |= {_series(number): f"s{number}" for number in range(len(MARKERS))}


@dataclass(frozen=True, slots=True)
class Dot:
    """Hold one value to plot: its row's words, the number or range, the series it belongs to, what sort it is."""

    label: str
    number: str
    low: float
    high: float
    series: int
    hollow: bool = False
    bound: str = ""


@lru_cache(maxsize=256)
def values_plot(title: str, description: str, unit: str, dots: tuple[Dot, ...], from_zero: bool) -> str:
    """Return a dot plot as SVG: a row for each value, in the order given, its words above its mark.

    A range is a bar between two marks; a bound is an arrow; a hollow mark is no result (a target or an estimate).
    It is drawn once for the same values, since drawing takes longer than the rest of their page.
    """
    from matplotlib.ticker import MaxNLocator

    width, height = 360, ROW * len(dots) + 48
    with _settings():
        figure, axes = _canvas(width, height)
        axes.set_position((12 / width, 40 / height, 1 - 24 / width, 1 - 44 / height))
        low, high = min(dot.low for dot in dots), max(dot.high for dot in dots)
        room = (high - low or 1) * 0.06
        axes.set_xlim(0 if from_zero else low - room, high + room)
        axes.set_ylim(len(dots) - 0.4, -0.65)
        for row, dot in enumerate(dots):
            _dot(axes, row, dot)
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=not from_zero))
        axes.xaxis.set_major_formatter(lambda number, _: f"{number:g}")
        axes.tick_params(axis="x", length=4, color=_SOFT, labelcolor=_SOFT, labelsize=10)
        axes.tick_params(axis="y", left=False, labelleft=False)
        axes.set_xlabel(unit, color=_SOFT, fontsize=10, labelpad=2)
        for name, spine in axes.spines.items():
            spine.set_visible(name == "bottom")
            spine.set_color(_SOFT)
        return _sober(figure, title, description)


def _dot(axes: Axes, row: int, dot: Dot) -> None:
    colour, marker = _series(dot.series), MARKERS[dot.series % len(MARKERS)]
    start = axes.get_xlim()[0]
    axes.plot([start, dot.low], [row + 0.16] * 2, color=_LINE, linewidth=1, solid_capstyle="butt")
    if dot.high > dot.low:
        axes.plot([dot.low, dot.high], [row + 0.16] * 2, color=colour, linewidth=2.5, solid_capstyle="butt")
    numbers = [dot.low] if dot.low == dot.high else [dot.low, dot.high]
    axes.plot(
        numbers,
        [row + 0.16] * len(numbers),
        linestyle="none",
        marker=marker,
        markersize=8,
        markerfacecolor=_PAPER if dot.hollow else colour,
        markeredgecolor=colour,
        markeredgewidth=2,
        clip_on=False,
    )
    ways = {"over": 22, "under": -22}
    if dot.bound in ways:
        axes.annotate(
            "",
            xy=(dot.high, row + 0.16),
            xytext=(ways[dot.bound], 0),
            textcoords="offset points",
            arrowprops={"arrowstyle": "<-", "color": colour, "linewidth": 1.5, "shrinkA": 0, "shrinkB": 5},
            annotation_clip=False,
        )
    axes.text(0, row - 0.24, dot.label, transform=axes.get_yaxis_transform(), color=_INK, va="center", fontsize=11)
    axes.text(
        1, row - 0.24, dot.number, transform=axes.get_yaxis_transform(), color=_INK, ha="right", va="center",
        fontsize=11, fontweight="bold",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """Join a report to a source it uses, or to another report that it takes up, by their places in the lists."""

    report: int
    target: int
    is_report: bool = False
    opposed: bool = False


@lru_cache(maxsize=16)
def network(
    title: str, description: str, reports: tuple[str, ...], sources: tuple[str, ...], links: tuple[Link, ...]
) -> str:
    """Return the network as SVG: reports by date at the left, sources at the right, a line for each use.

    An arrow between reports leads from the citing one to the cited. A dashed line marks a source whose users conclude
    opposite things from it. Names stand on two lines at most. As `values_plot`, it is drawn once for the same values.
    """
    lefts, rights = [_wrapped(name, SHORTER) for name in reports], [_wrapped(name, LONGEST) for name in sources]
    height = 36 * max(len(reports), len(sources), 2) + 8
    with _settings():
        left = _room(lefts, 6.8) + BEND
        right = left + 96
        width = right + 12 + _room(rights, 6)
        figure, axes = _canvas(width, height)
        axes.set_position((0, 0, 1, 1))
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        axes.axis("off")
        starts = [(left, _spread(row, len(reports), height)) for row in range(len(reports))]
        ends = [(right, _spread(row, len(sources), height)) for row in range(len(sources))]
        for link in links:
            _link(axes, link, starts, ends)
        for number, (name, (x, y)) in enumerate(zip(lefts, starts, strict=True)):
            axes.plot(
                x, y, linestyle="none", marker=MARKERS[number % len(MARKERS)], markersize=9, color=_series(number)
            )
            _write(axes, x - BEND, y, name, ha="right", fontsize=11, fontweight="bold")
        for name, (x, y) in zip(rights, ends, strict=True):
            axes.plot(x, y, linestyle="none", marker="o", markersize=5, markerfacecolor=_PAPER, markeredgecolor=_INK)
            _write(axes, x + 9, y, name, ha="left", fontsize=10)
        return _sober(figure, title, description)


SHORTER, LONGEST = 18, 22
"""Characters on a line of a report's and a source's name in the network; a third line is cut off."""
BEND = 38.0
"""Room between the reports' names and their marks, for the arrows from one to another."""


def _wrapped(name: str, longest: int) -> list[str]:
    return textwrap.wrap(name, longest, max_lines=2, placeholder=" …")


def _room(names: Iterable[list[str]], letter: float) -> float:
    """Return the width that the longest line needs, for letters of a width that common fonts keep within."""
    return letter * max((len(line) for lines in names for line in lines), default=0) + 6


def _write(axes: Axes, x: float, y: float, lines: list[str], **how: Any) -> None:
    """Write a name line by line, so that each is aligned by the reader's own font."""
    for number, line in enumerate(lines):
        axes.text(x, y + 13 * (number - (len(lines) - 1) / 2), line, color=_INK, va="center", **how)


def _link(axes: Axes, link: Link, starts: list[tuple[float, float]], ends: list[tuple[float, float]]) -> None:
    start, colour = starts[link.report], _series(link.report)
    if not link.is_report:
        end = ends[link.target]
        style: Any = (0, (4, 3)) if link.opposed else "solid"
        axes.plot([start[0], end[0]], [start[1], end[1]], color=colour, linewidth=1.5, linestyle=style)
        return
    end = starts[link.target]
    bend = min(0.5, 1.7 * BEND / abs(end[1] - start[1]))
    axes.annotate(
        "",
        xy=end,
        xytext=start,
        arrowprops={
            "arrowstyle": "-|>",
            "color": colour,
            "linewidth": 1.8,
            "shrinkA": 8,
            "shrinkB": 8,
            "connectionstyle": f"arc3,rad={-bend if end[1] < start[1] else bend}",
        },
    )


def _spread(row: int, count: int, height: float) -> float:
    return height * (row + 0.5) / count


def _settings() -> AbstractContextManager[None]:
    """Return matplotlib's own defaults and ours, whatever the machine's settings are."""
    import matplotlib

    given: dict[Any, Any] = {**matplotlib.rcParamsDefault, **_SETTINGS}
    return matplotlib.rc_context(given)


def _canvas(width: float, height: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / _POINTS, height / _POINTS), dpi=_POINTS)
    figure.patch.set_visible(False)
    axes = figure.add_subplot()
    axes.patch.set_visible(False)
    return figure, axes


def _sober(figure: Figure, title: str, description: str) -> str:
    """Turn a drawing into an SVG element for a page; without ids, so that many can stand there."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    out = io.BytesIO()
    FigureCanvasSVG(figure)
    figure.savefig(out, format="svg", metadata={"Date": None})
    root = ElementTree.fromstring(out.getvalue())
    _inline_uses(root)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}defs"):
                parent.remove(child)
    for element in root.iter():
        element.attrib.pop("id", None)
        element.attrib.pop("clip-path", None)
        _to_attributes(element)
    box = root.attrib["viewBox"]
    root.attrib.clear()
    root.attrib.update({"viewBox": box, "class": "vr-plot", "role": "img", "data-pagefind-ignore": "all"})
    for name, text in (("desc", description), ("title", title)):
        element = ElementTree.Element(f"{{{SVG}}}{name}")
        element.text = text
        root.insert(0, element)
    ElementTree.register_namespace("", SVG)
    text = ElementTree.tostring(root, encoding="unicode")
    return re.sub(r"\n\s*", "\n", text).replace("\n\n", "\n")


def _inline_uses(root: ElementTree.Element) -> None:
    """Put what `use` refers to in its place, since ids of several drawings on a page would clash."""
    held = {element.get("id"): element for element in root.iter() if element.get("id")}
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag == f"{{{SVG}}}use":
                name = (child.get("{http://www.w3.org/1999/xlink}href") or child.get("href") or "").removeprefix("#")
                parent[place] = _placed(held[name], child)


def _placed(shape: ElementTree.Element, use: ElementTree.Element) -> ElementTree.Element:
    group = ElementTree.Element(
        f"{{{SVG}}}path", {"d": shape.get("d", ""), "style": _joined(shape.get("style"), use.get("style"))}
    )
    group.set("transform", f"translate({use.get('x', '0')} {use.get('y', '0')})")
    return group


def _joined(*styles: str | None) -> str:
    return "; ".join(style for style in styles if style)


def _to_attributes(element: ElementTree.Element) -> None:
    """Write a style as presentation attributes, and its colours as classes (`vr-plot-s0-fill`)."""
    styles = dict(part.split(":", 1) for part in element.attrib.pop("style", "").split(";") if ":" in part)
    given = {name.strip(): value.strip() for name, value in styles.items()}
    classes: list[str] = []
    for name in ("fill", "stroke"):
        colour = given.get(name)
        if colour in _CLASSES:
            classes.append(f"vr-plot-{_CLASSES[given.pop(name)]}-{name}")
    if element.tag == f"{{{SVG}}}text":
        given = _text_attributes(given)
        if not classes:
            classes.append("vr-plot-ink-fill")
    elif element.tag == f"{{{SVG}}}path" and "fill" not in given and not any("-fill" in one for one in classes):
        classes.append("vr-plot-ink-fill")
    if classes:
        element.set("class", " ".join(classes))
    for name, value in given.items():
        element.set(name, value)


def _text_attributes(given: dict[str, str]) -> dict[str, Any]:
    """Read the `font` shorthand, which is no attribute; the family is the page's."""
    font = given.pop("font", "")
    size = re.search(r"([\d.]+)px", font) or re.search(r"([\d.]+)px", given.get("font-size", ""))
    kept = {name: value for name, value in given.items() if name in ("text-anchor", "font-weight")}
    if size:
        kept["font-size"] = size[1]
    if re.search(r"\b(?:bold|700)\b", font):
        kept["font-weight"] = "bold"
    return kept
