"""Addresses: where every record stands on the site, and the way from one page to another.

A page's address is its path without slashes at the ends (`reports/lo-2025`; the home page is the empty one). Addresses
are permanent; this module is the only one that makes them.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import lru_cache

HOME, MATRIX, REPORTS, PROPOSITIONS, SOURCES = "", "matrix", "reports", "propositions", "sources"
FIGURES, PEOPLE, EDITORS, AGREEMENT = "figures", "people", "about/editors", "about/agreement"
COMPARE, TOPICS, SHARED, ENGAGEMENT, ERRATA = "compare", "topics", "shared", "engagement", "errata"
CITE, CHANGES, DATA = "cite", "changes", "data"
RULES, FIELDS, RIGHTS = "about/rules", "about/fields", "about/rights"
FOLDERS = frozenset({REPORTS, PROPOSITIONS, SOURCES, FIGURES, PEOPLE, COMPARE, TOPICS, CITE})
"""Pages that have others below them: each is its folder's index."""
PRINTED = frozenset({"index.md", "about/rights.md"})
"""Hand-written files whose text we print within a page of our own."""


@dataclass(frozen=True, slots=True)
class Address:
    """Hold a page's path and a fragment on it."""

    page: str
    fragment: str = ""


def report(key: str, place: str = "") -> Address:
    """Return a report's page, or a unit, section or note (`n12`) on it."""
    return Address(f"reports/{key}", fragment(place))


def excerpt(report_key: str, identity: str) -> Address:
    """Return a piece of evidence in the strip below its unit or note."""
    return Address(f"reports/{report_key}", identity)


def fragment(place: str) -> str:
    """Return the fragment of a unit, section or note: `s3p2`, `s3`, `fn:12`; the title's is empty."""
    if place.startswith("n"):
        return "fn:" + place[1:]
    return "" if place == "front" else place


def proposition(key: str) -> Address:
    """Return a proposition's page."""
    return Address(f"propositions/{key}")


def annotation(report_key: str, slug: str) -> Address:
    """Return the page of a position or another annotation."""
    return Address(f"annotations/{report_key}/{slug}")


def cell(proposition_key: str, report_key: str) -> Address:
    """Return a cell of the matrix."""
    return Address(MATRIX, f"{proposition_key}--{report_key}")


def quantity(key: str) -> Address:
    """Return a quantity's page."""
    return Address(f"figures/{key}")


def person(key: str) -> Address:
    """Return a person's page."""
    return Address(f"people/{key}")


def editor(key: str) -> Address:
    """Return an editor's place on the editors' page."""
    return Address(EDITORS, key)


def topic(key: str) -> Address:
    """Return a topic's page."""
    return Address(f"topics/{key}")


def pair(one: str, other: str) -> Address:
    """Return the page of two reports; their keys stand in alphabetical order."""
    first, second = sorted((one, other))
    return Address(f"compare/{first}/{second}")


def release(date: str) -> Address:
    """Return where the page of changes tells of a release."""
    return Address(CHANGES, f"release-{date}")


def moves(release: str) -> Address:
    """Return the page of all cells that moved with a release, or since the last (`now`)."""
    return Address(f"{CHANGES}/{release}")


def withdrawn(key: str) -> Address:
    """Return where the page of changes tells of something withdrawn."""
    return Address(CHANGES, f"withdrawn-{key}")


def source(key: str) -> Address:
    """Return a source's page."""
    return Address(f"sources/{key}")


def cite(key: str = "") -> Address:
    """Return the page that cites a report, place by place; without a key the edition's own."""
    return Address(f"{CITE}/{key}" if key else CITE)


def part(page: str, number: int) -> Address:
    """Return where a part of a page's long list stands; no key can be told apart from it (`sources/list/2`)."""
    return Address(page if number == 1 else f"{page}/list/{number}")


def of_file(path: str) -> str:
    """Return the page that a Markdown file under docs/ becomes: `about/rights.md` → `about/rights`."""
    bare = path.removesuffix(".md")
    return "" if bare == "index" else bare.removesuffix("/index")


def file_of(page: str) -> str:
    """Return the Markdown file for a page; a page that has others below it is its folder's index."""
    if not page:
        return "index.md"
    return f"{page}/index.md" if page in FOLDERS else f"{page}.md"


def link(start: str, target: Address) -> str:
    """Return the relative address of `target` for a page that stands at `start`."""
    if target.page == start:
        return f"#{target.fragment}" if target.fragment else "./"
    return _way(start, target.page) + (f"#{target.fragment}" if target.fragment else "")


def from_root(target: Address) -> str:
    """Return an address from the site's root, as the ledger and the data have it: `/reports/lo-2025/#s3p2`."""
    return (f"/{target.page}/" if target.page else "/") + (f"#{target.fragment}" if target.fragment else "")


@lru_cache(maxsize=1 << 16)
def _way(start: str, page: str) -> str:
    return posixpath.relpath("/" + page, "/" + start) + "/"
