"""The bibliography, each source with every place that uses it, and the sources that more than one report uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from .. import addresses, plots, sharing
from ..bibliography import Entry
from ..compare import Standing
from ..evidence import Excerpt
from ..markup import short
from ..names import short_name
from ..sharing import Conclusion, Engagement, Shared, Use
from .parts import parts
from .passages import passage
from .press import Page, Press

MOST_DRAWN = 40
"""Shared sources that the network's picture holds; the list has all."""
MOST_ENTRIES = 1000
"""Entries that one part of the bibliography holds."""
LONGEST = 14
"""Letters of the name after which a part of the bibliography is called."""
MOST_USES = 800
"""Lines that one part of a source's page holds."""
MOST_SHARED, MOST_OPPOSED = 500, 60
"""Shared sources, and conclusions that differ, that the page holds where it tells of them in brief."""


def render(press: Press) -> Iterator[Page]:
    """Print the list by name and date, then every source, then what is shared."""
    entries = sorted(press.edition.entries.values(), key=_order)
    uses = sharing.uses(press.edition)
    shared = {one.source: one for one in sharing.shared(press.edition)}
    for part in parts(
        addresses.SOURCES, entries, MOST_ENTRIES, name=lambda entry: _sorted_by(entry).split(" ")[0][:LONGEST]
    ):
        yield press.part("sources", part, "Sources", shared=shared, many=press.shares_in_brief)
    for entry in press.edition.entries.values():
        yield from _source(press, entry, uses.get(entry.key, []), shared.get(entry.key))
    yield _shared(press, list(shared.values()))


def _source(press: Press, entry: Entry, uses: list[Use], shared: Shared | None) -> Iterator[Page]:
    """Print a source's page: its uses, then, of many reports, what each concludes, in parts."""
    found: list[Use | Conclusion] = [*uses, *(shared.conclusions if shared and press.shares_in_brief else ())]
    for part in parts(addresses.source(entry.key).page, found, MOST_USES, _lines, section=_section):
        yield press.part(
            "source",
            part,
            short(entry),
            entry=entry,
            uses=[one for one in part.items if isinstance(one, Use)],
            conclusions=[one for one in part.items if isinstance(one, Conclusion)],
            shared=shared,
            many=press.shares_in_brief,
        )


def _lines(found: Use | Conclusion) -> int:
    return 1 if isinstance(found, Use) else 1 + len(found.using) + len(found.reporting)


def _section(found: Use | Conclusion) -> str:
    return "where it is cited" if isinstance(found, Use) else "what is concluded"


def _shared(press: Press, shared: list[Shared]) -> Page:
    engaged = sharing.engagements(press.edition)
    page = addresses.SHARED
    many = press.shares_in_brief
    total, shared = len(shared), shared[:MOST_SHARED] if many else shared
    opposed = [(one, conclusion) for one in shared for conclusion in one.opposed if conclusion.is_opposed_in_use]
    passages = {
        (use.source, use.report, at): passage(press, use.report, at, page)
        for one in (() if many else shared)
        for use in one.uses
        for at in (use.units or (use.at,))
    }
    return press.print(
        "shared",
        page,
        "Shared sources",
        shared=shared,
        at_use=at_use,
        total=total,
        many=many,
        opposed=opposed[:MOST_OPPOSED] if many else opposed,
        opposed_total=len(opposed),
        engaged=engaged[:MOST_SHARED] if many else engaged,
        passages=passages,
        picture=Markup("") if press.is_many else network(press, shared, engaged),
    )


def at_use(press: Press, conclusion: Conclusion, standing: Standing) -> Excerpt | None:
    """Return the words with which a report argues where it uses the source; else its decisive ones."""
    ground = conclusion.ground(standing.report)
    found = press.excerpt_for(standing, "own", 0)
    return next((one for one in found if one.quote and one.at in ground), press.decisive(standing))


def network(press: Press, shared: list[Shared], engaged: list[Engagement]) -> Markup:
    """Return the picture of who uses which shared source and who cites whom, as SVG; empty where there is neither."""
    reports = list(press.edition.reports)
    drawn = shared[:MOST_DRAWN]
    citing = [one for one in engaged if one.is_the_report]
    if not drawn and not citing:
        return Markup("")
    links = [
        plots.Link(
            reports.index(report),
            number,
            opposed=any(c.is_opposed_in_use and report in c.using for c in one.conclusions),
        )
        for number, one in enumerate(drawn)
        for report in one.reports
    ]
    links += [plots.Link(reports.index(one.report), reports.index(one.other), is_report=True) for one in citing]
    names = [f"{short_name(press.edition.reports[key])} {press.edition.reports[key].entry.date[:4]}" for key in reports]
    described = [f"{label(press, one)} is used by {_joined(press, one.reports)}." for one in drawn]
    described += [f"{_joined(press, [one.report])} cites {_joined(press, [one.other])}." for one in citing]
    return Markup(
        plots.network(
            "Reports, the sources they share, and who cites whom",
            " ".join(described) + " The same stands in the list below.",
            tuple(names),
            tuple(label(press, one) for one in drawn),
            tuple(links),
        )
    )


def label(press: Press, shared: Shared) -> str:
    """Return a source's label for the picture: byline and year, or where no person signed it title and year."""
    entry = press.edition.entries[shared.source]
    signed = any(name.family for name in entry.names.get("author", ()))
    return short(entry) if signed else f"{entry.date[:4]} {entry.title}".strip()


def _joined(press: Press, keys: list[str]) -> str:
    return ", ".join(short_name(press.edition.reports[key]) for key in keys)


def _order(entry: Entry) -> tuple[str, str, str]:
    return _sorted_by(entry).casefold(), entry.date, entry.key


def _sorted_by(entry: Entry) -> str:
    """Return what a bibliography sorts by: the first name, or the title without its article."""
    if entry.authors:
        first = entry.authors[0]
        return first.literal or f"{first.family} {first.given}"
    return re.sub(r"^(?:the|a|an)\s+|[“”‘’\"'…. \[\]]+", "", entry.title, flags=re.IGNORECASE)
