"""References: an entry as CSL-JSON, its rendered form from the lock file, and a plain form where the lock has none.

`citations.lock.json` holds what pandoc made of every source and of every pinpoint cited, keyed by a hash of the
CSL-JSON, so that a build needs no citation processor and a changed source shows in review as a changed reference.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from .bibliography import Entry, Name
from .source import Source

STYLE = "chicago-notes-bibliography"
"""The CSL style of references in notes."""

_TYPES = {
    "article": "article-journal",
    "report": "report",
    "techreport": "report",
    "online": "webpage",
    "book": "book",
    "collection": "book",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "legal": "treaty",
    "video": "motion_picture",
    "dataset": "dataset",
    "misc": "report",  # what CSL calls a document has no printed form in some styles
    "unpublished": "manuscript",
}
_PERIODICALS = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
_LANGUAGES = {
    "english": "en",
    "russian": "ru",
    "chinese": "zh",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "japanese": "ja",
}
_PLAIN_FIELDS = {
    "title": "title",
    "url": "URL",
    "doi": "DOI",
    "isbn": "ISBN",
    "volume": "volume",
    "pages": "page",
    "number": "issue",
    "location": "publisher-place",
    "edition": "edition",
    "type": "genre",
    "series": "collection-title",
    "version": "version",
}


def csl(entry: Entry) -> dict[str, Any]:
    """Turn an entry into a CSL-JSON item (CSL 1.0.2 input schema)."""
    item: dict[str, Any] = {"id": entry.key, "type": _type(entry)}
    for name, target in _PLAIN_FIELDS.items():
        if entry[name]:
            item[target] = entry[name]
    if item["type"] == "report" and "issue" in item:
        item["number"] = item.pop("issue")
    container = (
        entry["journaltitle"] or entry["booktitle"] or (entry["organization"] if item["type"] == "webpage" else "")
    )
    if container:
        item["container-title"] = container
    publisher = (
        entry["publisher"] or entry["institution"] or ("" if item["type"] == "webpage" else entry["organization"])
    )
    if publisher:
        item["publisher"] = publisher
    for role in ("author", "editor", "translator"):
        if entry.names.get(role):
            item[role] = [_csl_name(name) for name in entry.names[role]]
    if entry.date:
        item["issued"] = _csl_date(entry.date)
    if entry["urldate"]:
        item["accessed"] = _csl_date(entry["urldate"])
    if entry["langid"]:
        item["language"] = _LANGUAGES.get(entry["langid"].lower(), entry["langid"])
    return item


def fingerprint(item: Mapping[str, Any], locator: str = "") -> str:
    """Return a short hash of a CSL item and a pinpoint, under the style's name."""
    text = json.dumps([STYLE, item, locator], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Reference:
    """Hold a work's reference as HTML, and whether it came from the lock file."""

    html: str
    locked: bool


@dataclass(frozen=True)
class Lock:
    """Hold the rendered references by hash."""

    rendered: Mapping[str, str] = field(default_factory=dict)

    def note(self, entry: Entry, locator: str = "") -> Reference:
        """Return the reference as a note would have it, without the full stop at its end."""
        held = self.rendered.get(fingerprint(csl(entry), locator))
        if held is not None:
            return Reference(held, True)
        plainly = plain(entry) + (f", {escape(locator)}" if locator else "")
        return Reference(plainly, False)


def read_lock(source: Source | None) -> Lock:
    """Read the lock file; one that is missing or damaged is an empty lock, and every reference stale."""
    try:
        data = json.loads(source.text) if source else {}
        return Lock({str(key): str(value["html"]) for key, value in data["references"].items()})
    except (ValueError, KeyError, TypeError, AttributeError):
        return Lock()


def plain(entry: Entry) -> str:
    """Render a reference without a citation processor: author, title, container, date, address."""
    title = escape(entry.title)
    title = (
        f"“{title}”"
        if _type(entry) in ("webpage", "chapter") or _type(entry).startswith("article")
        else f"<em>{title}</em>"
    )
    container = (
        entry["journaltitle"]
        or entry["booktitle"]
        or entry["organization"]
        or entry["institution"]
        or entry["publisher"]
    )
    parts = [
        escape(", ".join(name.full for name in entry.authors)),
        title,
        escape(container),
        escape(entry.date),
    ]
    if entry["url"]:
        address = escape(entry["url"], quote=True)
        parts.append(f'<a href="{address}">{address}</a>' if re.match(r"https?://", entry["url"]) else address)
    return ", ".join(filter(None, parts))


def _type(entry: Entry) -> str:
    if entry.type == "article":
        return _PERIODICALS.get(entry["entrysubtype"], "article-journal")
    return _TYPES.get(entry.type, "document")


def _csl_name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}


def _csl_date(text: str) -> dict[str, Any]:
    halves = [half for half in text.split("/") if half]
    return {"date-parts": [[int(number) for number in re.findall(r"\d+", half)] for half in halves]}
