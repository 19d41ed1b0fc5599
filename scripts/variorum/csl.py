"""Sources as CSL-JSON (CSL 1.0.2 input schema): the one form from which references and exports are made."""

from __future__ import annotations

import re
from typing import Any

from .bibliography import Entry, Name

Item = dict[str, Any]
"""A CSL-JSON item: `id`, `type`, and the fields of the schema; what the schema lacks stands under `custom`."""

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
LANGUAGES = {
    "english": "en",
    "russian": "ru",
    "chinese": "zh",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "japanese": "ja",
}
"""Language tags by the bibliography’s names of languages."""
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


def item(entry: Entry) -> Item:
    """Turn an entry into a CSL-JSON item."""
    made: Item = {"id": entry.key, "type": type_of(entry)}
    for name, target in _PLAIN_FIELDS.items():
        if entry[name]:
            made[target] = entry[name].replace("--", "–") if name == "pages" else entry[name]
    if made["type"] == "report" and "issue" in made:
        made["number"] = made.pop("issue")
    made |= _housed(entry, made["type"] == "webpage")
    for role in ("author", "editor", "translator"):
        if entry.names.get(role):
            made[role] = [_name(name) for name in entry.names[role]]
    if entry.date:
        made["issued"] = date(entry.date)
    if entry["urldate"]:
        made["accessed"] = date(entry["urldate"])
    if entry["langid"]:
        made["language"] = language(entry)
    if entry["translatedtitle"]:
        made["custom"] = {"translated-title": entry["translatedtitle"]}
    return made


def type_of(entry: Entry) -> str:
    """Return an entry's CSL type."""
    if entry.type == "article":
        return _PERIODICALS.get(entry["entrysubtype"], "article-journal")
    return _TYPES.get(entry.type, "document")


def language(entry: Entry) -> str:
    """Return the tag of the language that an entry names; the name itself where it has no tag here."""
    return LANGUAGES.get(entry["langid"].lower(), entry["langid"])


def date(text: str) -> dict[str, Any]:
    """Turn `2025-07` or a span with a slash into CSL's date."""
    halves = [half for half in text.split("/") if half]
    return {"date-parts": [[int(number) for number in re.findall(r"\d+", half)] for half in halves]}


def _housed(entry: Entry, online: bool) -> Item:
    """Return what an entry stands in and who published it."""
    container = entry["journaltitle"] or entry["booktitle"] or (entry["organization"] if online else "")
    publisher = entry["publisher"] or entry["institution"] or ("" if online else entry["organization"])
    return {name: value for name, value in (("container-title", container), ("publisher", publisher)) if value}


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}
