"""The quantities, and each quantity with every value that a report gives for it, in a table and, where three can be
compared, in a plot."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup

from .. import addresses, plots, values
from ..frontmatter import Record
from ..names import short_name
from ..records import Quantity
from ..values import YEAR, Value
from ..words import FigureStatus
from .parts import parts
from .press import Page, Press

MOST_QUANTITIES, MOST_VALUES, MOST_PERIODS = 1000, 300, 200
"""Quantities that one part of the list holds; values that one part of a quantity's page does, and periods."""
MOST_DRAWN = 60
"""Rows that a plot has: one for each value, and of more values one for each period."""


def render(press: Press) -> Iterator[Page]:
    """Print the list of quantities by topic, then every quantity."""
    found = values.by_quantity(press.edition)
    if press.is_many:
        listed = [(topic, key) for topic, keys in by_topic(press) for key in keys]
        for part in parts(addresses.FIGURES, listed, MOST_QUANTITIES):
            groups = [(topic, [key for _, key in held]) for topic, held in groupby(part.items, key=lambda one: one[0])]
            yield press.part("many-figures", part, "Figures", values=found, topics=groups)
    else:
        yield press.print("figures", addresses.FIGURES, "Figures", values=found, topics=by_topic(press))
    for key, record in press.edition.quantities.items():
        yield from _quantity(press, key, record, found.get(key, []))


def by_topic(press: Press) -> list[tuple[str, list[str]]]:
    """Return the topics' keys in order, each with its quantities; those of no topic stand last, under an empty key."""
    topics = sorted(press.edition.topics, key=lambda key: press.edition.topics[key].fields.order)
    groups: dict[str, list[str]] = {key: [] for key in [*topics, ""]}
    for key, record in press.edition.quantities.items():
        topic = record.fields.topic or ""
        groups[topic if topic in groups else ""].append(key)
    return [(topic, sorted(keys)) for topic, keys in groups.items() if keys]


def _quantity(press: Press, key: str, record: Record[Quantity], found: list[Value]) -> Iterator[Page]:
    """Print a quantity's page, its values in parts; of many reports the first part says what differs, by period."""
    page = addresses.quantity(key).page
    giving = {value.report for value in found}
    kin = [other for topic, keys in by_topic(press) if topic == (record.fields.topic or "") for other in keys]
    periods = values.periods(found)
    for part in parts(page, found, MOST_VALUES, name=lambda value: value.fields.period or "no period"):
        yield press.part(
            "quantity",
            part,
            record.fields.title,
            record=record,
            body=press.body(record, page, f"quantities/{key}.md") if part.is_first else "",
            periods=periods[:MOST_PERIODS] if part.is_first else [],
            periods_total=len(periods),
            without=[report for report in press.edition.reports if report not in giving],
            plot=plot(press, record, found) if part.is_first else "",
            in_spans=len(values.comparable(found)) > MOST_DRAWN,
            kin=[other for other in kin if other != key] if record.fields.topic else [],
        )


def plot(press: Press, record: Record[Quantity], found: list[Value]) -> Markup:
    """Return the plot of a quantity's comparable values as SVG; empty where there are too few, or too many to read."""
    shown = values.comparable(found)
    each = len(shown) <= MOST_DRAWN
    dots = [_dot(press, value) for value in shown] if each else list(_spans(shown))
    if not dots or len(dots) > MOST_DRAWN:
        return Markup("")
    unit = shown[0].fields.unit
    described = "; ".join(f"{dot.label}: {dot.number}" for dot in dots)
    row = "value, in order of period" if each else "period, from the least value to the greatest"
    text = f"A row for each {row}; {unit}. {described}. The same numbers stand in the table."
    from_zero = unit != YEAR and min(dot.low for dot in dots) >= 0
    return Markup(plots.values_plot(record.fields.title, text, unit, tuple(dots), from_zero))


def _dot(press: Press, value: Value) -> plots.Dot:
    return plots.Dot(
        label=_label(press, value),
        number=value.number,
        low=value.ends[0],
        high=value.ends[1],
        series=list(press.edition.reports).index(value.report),
        hollow=value.fields.status is not FigureStatus.ACTUAL,
        bound=str(value.fields.bound or ""),
    )


def _spans(shown: list[Value]) -> Iterator[plots.Dot]:
    """Yield a row for each period: its values' least and greatest."""
    periods: dict[object, list[Value]] = {}
    for value in shown:
        periods.setdefault(value.years or value.fields.period, []).append(value)
    for found in periods.values():
        low, high = min(value.ends[0] for value in found), max(value.ends[1] for value in found)
        name = "–".join(map(str, found[0].years)) or found[0].fields.period or "no period named"
        label = f"{name[:LONGEST]} · {len(found)} {'value' if len(found) == 1 else 'values'}"
        number = values.plain(low) if low == high else f"{values.plain(low)}–{values.plain(high)}"
        yield plots.Dot(label, number, low, high, series=0)


def _label(press: Press, value: Value) -> str:
    """Return a row's words: period, report, and what sets the value apart."""
    fields = value.fields
    apart = [str(fields.status)] if fields.status is not FigureStatus.ACTUAL else []
    apart += [fields.basis.split(";")[0]] if fields.basis else []
    name = short_name(press.edition.reports[value.report])
    words = " · ".join(filter(None, [fields.period, name, *apart]))
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


LONGEST = 42
"""Characters of a row's words that a plot has room for."""
