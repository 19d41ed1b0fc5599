"""A work that is new to the bibliography, or a report that is new to the corpus: its entry, and a report's page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import drafts, layout, source
from .asking import ask, free
from .drafts import Unfit, fit
from .frontmatter import split
from .intake import Refusal, command
from .source import Source

LITERATURE = f"{layout.BIBLIOGRAPHY}/literature.bib"
TYPES = ("report", "article", "book", "incollection", "online", "misc", "unpublished", "thesis")
FIELDS = {
    "author": "a person as family, given; a body in braces, {River Board}; several joined by “ and ”",
    "title": "the work’s title",
    "date": "2025, 2025-04 or 2025-04-30",
    "institution": "who published a report",
    "journaltitle": "the journal",
    "publisher": "the publisher of a book",
    "url": "where it can be read",
    "doi": "its DOI",
}
_NAME = r"(?:\{.*\}|[^\s,{}]+|(?:(?! and )[^,])+,(?:(?! and ).)*)"
_PATTERNS = {"author": f"^{_NAME}(?: and {_NAME})*$"}
"""Without a comma or braces the last word of a body’s name would be taken for a family’s."""
_NEEDED = {"source": ("title",), "report": ("author", "title", "institution", "date", "url")}


def described(kind: str, given: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a work's entry as given; what an entry of its kind cannot do without is asked for."""
    fields = {}
    for name, meaning in FIELDS.items():
        value, choice = given.get(name), free(name, meaning, _PATTERNS.get(name, ""))
        if value is None and name in _NEEDED[kind]:
            value = ask(choice)
        if value:
            fields[name] = fit(choice, value, ())
    return fields


def enter(root: Path, kind: str, form: str, key: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Return the bibliography, path → text, with an entry of BibLaTeX type `form` at the end of its file."""
    bib = layout.CORPUS_BIB if kind == "report" else LITERATURE
    old = source.read(root, root / bib).text if (root / bib).exists() else ""
    return {bib: old.rstrip("\n") + "\n" * (2 if old.strip() else 0) + drafts.entry(form, key, fields)}


def page(root: Path, text: Path | None, key: str, title: str) -> tuple[dict[str, Any], str]:
    """Return what the copy carries of the notes, and the body of a report's page, with empty digests.

    They are taken from the report's text where there is one; raises `Unfit` where it cannot be read.
    """
    if text is None:
        return {"state": "none"}, f"# {title}"
    try:
        started = command.start(text, key, root, title)
    except Refusal as refusal:
        raise Unfit(str(refusal)) from refusal
    document, findings = split(Source(text.name, started))
    if document is None:
        raise Unfit(findings[0].message)
    return document.matter.data["notes"], document.body
