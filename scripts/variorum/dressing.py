"""The built pages dressed: metadata into each head, ids that moved back to where their matter is now, redirects.

A page is dressed once, as HTML in hand, before its policy is made and before it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

from . import addresses, finish, metadata, permanence
from .addresses import Address
from .edition import Edition, once
from .frontmatter import Record
from .names import date_in_words
from .offers import offer
from .records import Retired
from .withdrawals import withdrawn

_TITLE = re.compile(r"<h1[^>]*>(?P<title>.*?)</h1>", re.DOTALL)
_NOISE = re.compile(r"<(a|button)\b[^>]*class=\"(?:headerlink|vr-cite)\"[^>]*>.*?</\1>", re.DOTALL)
REDIRECT = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Moved: {name}</title>
<link rel="canonical" href="{canonical}">
<meta name="robots" content="noindex">
<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>
<script src="{script}" data-to="{to}" data-moved="{moved}"></script>
</head>
<body><main><article><h1>Moved</h1><p>This page now stands at <a href="{to}">{name}</a>.</p></article></main></body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Dress:
    """Hold what a page of the edition wears besides its own HTML: head, foot, the ids it had, what it has no more."""

    head: str
    foot: str
    former: Mapping[str, str]
    gone: Mapping[str, str]


def dress(edition: Edition, page: str, heading: str) -> Dress:
    """Return what belongs to the page at an address, under its heading as it is read there.

    What its script offers to cite stands in the foot: a reader waits for what is in the head.
    """
    head = metadata.head(edition, page, heading)
    offered = offer(edition, page)
    foot = metadata.script(offered) if offered is not None else ""
    return Dress(head, foot, _moved(edition).get(page, {}), told(page, _withdrawn(edition).get(page, {})))


def dressed(html: str, worn: Dress) -> str:
    """Return the HTML of a page with what belongs into its head and its foot, and with the ids that it had."""
    html = html.replace("</head>", worn.head + "\n</head>", 1)
    if worn.foot:
        before, _, after = html.rpartition("</body>")
        html = f"{before}{worn.foot}\n</body>{after}"
    for old, new in worn.former.items():
        html = with_former_id(html, old, new)
    return with_withdrawn(html, worn.gone)


def with_former_id(html: str, old: str, new: str) -> str:
    """Put an id that was given up inside the element that has its matter now."""
    pattern = re.compile(rf'(<[a-z][a-z0-9]*\b[^>]*\sid="{re.escape(escape(new))}"[^>]*>)')
    return pattern.sub(rf'\1<span class="vr-former" id="{escape(old)}"></span>', html, count=1)


def with_withdrawn(html: str, gone: Mapping[str, str]) -> str:
    """Put what is told of each thing withdrawn from a page at its end, where nothing has the id that it had."""
    if not gone:
        return html
    there = finish.ids(html)
    lines = [line for old, line in gone.items() if old not in there]
    end = html.rfind("</article>")
    if not lines or end < 0:
        return html
    return f"{html[:end]}<section><h2>Withdrawn from this page</h2><ul>{''.join(lines)}</ul></section>{html[end:]}"


def told(page: str, gone: Mapping[str, Record[Retired]]) -> dict[str, str]:
    """Return a line on each thing withdrawn from a page, by the id that it had."""
    return {old: _told(page, old, record) for old, record in sorted(gone.items())}


def _told(page: str, old: str, record: Record[Retired]) -> str:
    way = escape(addresses.link(page, addresses.withdrawn(record.key)))
    told = f"withdrawn on {date_in_words(record.fields.date)}: {escape(record.fields.because)}"
    return f'<li id="{escape(old)}"><b>{escape(record.fields.title)}</b>, <a href="{way}">{told}</a></li>'


def redirects(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield a page for each retired page's address, as path and HTML; it keeps and translates the fragment."""
    pages: dict[str, str] = {}
    fragments: dict[str, dict[str, str]] = {}
    for old, new in permanence.aliases(edition).items():
        if old.page != new.page:
            if not old.fragment:
                pages[old.page] = new.page
            elif old.fragment != new.fragment:
                fragments.setdefault(old.page, {})[old.fragment] = new.fragment
    for page, target in sorted(pages.items()):
        moved = " ".join(f"{old}={new}" for old, new in sorted(fragments.get(page, {}).items()))
        to = addresses.link(page, Address(target))
        text = REDIRECT.format(
            name=escape(f"/{target}/"),
            to=escape(to),
            canonical=escape((edition.site or "/") + target + "/"),
            script=escape(addresses.link(page, Address("assets")) + "moved.js"),
            moved=escape(moved),
        )
        yield f"{page}/index.html", text


@once
def _moved(edition: Edition) -> dict[str, dict[str, str]]:
    """Return for each page the ids it had and where their matter stands on it now."""
    found: dict[str, dict[str, str]] = {}
    for old, new in permanence.aliases(edition).items():
        if old.page == new.page and old.fragment and new.fragment:
            found.setdefault(new.page, {})[old.fragment] = new.fragment
    return found


@once
def _withdrawn(edition: Edition) -> dict[str, dict[str, Record[Retired]]]:
    """Return for each page the ids on it that were withdrawn, with the record of that."""
    found: dict[str, dict[str, Record[Retired]]] = {}
    for address, record in withdrawn(edition).items():
        page, _, fragment = address.partition("#")
        if fragment:
            found.setdefault(page.strip("/"), {})[fragment] = record
    return found


def heading(html: str) -> str:
    """Return a page’s heading as a reader reads it."""
    found = _TITLE.search(html)
    bare = re.sub(r"<[^>]+>", "", _NOISE.sub("", found["title"])) if found else ""
    return " ".join(unescape(bare).split())


def unresolved(site: Path, told: Mapping[str, object]) -> list[str]:
    """Return the addresses of the ledger that a built site does not have, by file and by id."""
    ids: dict[str, set[str]] = {}
    missing = []
    for address in told:
        path, _, fragment = address.partition("#")
        file = site / path.strip("/") / "index.html"
        if not file.is_file():
            missing.append(address)
            continue
        if fragment:
            held = ids.get(path)
            if held is None:
                held = ids[path] = finish.ids(file.read_text("utf-8"))
                held |= _carried(file) | _forwarded(held, file)
            if fragment not in held:
                missing.append(address)
    return missing


def _forwarded(ids: set[str], file: Path) -> set[str]:
    """Return the cells that the overview of a large matrix leads on to; it names their reports and propositions."""
    named = re.findall(r' data-reports="([^"]*)"', file.read_text("utf-8"))
    return {f"{one}--{report}" for one in ids for held in named for report in held.split()} if named else set()


def _carried(file: Path) -> set[str]:
    """Return the ids that a redirect page carries on."""
    text = file.read_text("utf-8")
    found = re.search(r'<script src="[^"]*moved\.js" data-to="([^"]*)" data-moved="([^"]*)">', text)
    if found is None:
        return set()
    target = (file.parent / unescape(found[1]) / "index.html").resolve()
    there = finish.ids(target.read_text("utf-8")) if target.is_file() else set()
    moved = dict(pair.split("=") for pair in unescape(found[2]).split())
    return {one for one in there if one not in moved} | {old for old, new in moved.items() if new in there}
