"""An edition put into the source form of other tools: its reports with paragraphs and notes, and one `.bib`.

Records (annotations, propositions, people, sources) have no counterpart there: they are left out, to the others'
advantage, or each becomes a plain page with its quotations and its text. Nothing is compared, nothing linked back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from variorum import evidence
from variorum.bibliography import Entry
from variorum.citations import Citation, groups
from variorum.compare import MOST_REPORTS
from variorum.edition import Edition
from variorum.report import Report

Cite = Callable[[Citation], str] | None
"""How a citation is written there; None: as it is here."""
WORKS = "works.bib"
_ALONE = "---\norphan: true\n---\n"
"""Says to Sphinx that a page stands in no navigation: like ours, it holds the reports only where they are few."""
_TYPES = {"report": "techreport", "thesis": "phdthesis", "online": "misc", "dataset": "misc", "video": "misc"}
_KNOWN = frozenset(
    {"article", "book", "incollection", "inproceedings", "techreport", "phdthesis", "misc", "unpublished"}
)
_FIELDS = {"journaltitle": "journal", "location": "address"}
_KEPT = frozenset({"title", "journal", "publisher", "institution", "booktitle", "volume", "number", "pages", "url"})
_WANTED = {"article": ("journal",), "techreport": ("institution",), "phdthesis": ("school",), "book": ("publisher",)}
"""Fields without which the others' BibTeX styles stop or warn."""
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]]*)\]\([^()]*\)")


class File(NamedTuple):
    """Hold a file to be written: its path in the source folder, and what is in it."""

    path: str
    text: str


def sphinx(edition: Edition, records: bool = False) -> Iterator[File]:
    """Yield the source of a Sphinx project: MyST, citations as roles of sphinxcontrib-bibtex, furo."""
    yield File(
        "conf.py",
        'project = "Bench"\nextensions = ["myst_parser", "sphinxcontrib.bibtex"]\nbibtex_bibfiles = ["works.bib"]\n'
        'html_theme = "furo"\nlanguage = "en"\nexclude_patterns = ["site", "trees"]\n',
    )
    few = len(edition.reports) <= MOST_REPORTS
    listed = "".join(f"reports/{key}\n" for key in edition.reports if few)
    linked = "" if few else "\n".join(f"- [](reports/{key}.md)" for key in edition.reports) + "\n"
    yield File("index.md", f"# Bench\n\n```{{toctree}}\n{listed}bibliography\n```\n\n{linked}")
    yield File("bibliography.md", "# Bibliography\n\n```{bibliography}\n```\n")
    yield File(WORKS, bib(edition))
    for report in edition.reports.values():
        yield File(f"reports/{report.key}.md", ("" if few else _ALONE) + _page(report, _as_role))
    for path, text in _records(edition, _as_role) if records else ():
        yield File(path, _ALONE + text)


def mkdocs_bibtex(edition: Edition, records: bool = False) -> Iterator[File]:
    """Yield the source of a project for MkDocs with mkdocs-bibtex: Pandoc's citations, as the edition has them."""
    listed = "\n".join(f"- [{report.title}](reports/{report.key}.md)" for report in edition.reports.values())
    yield File("docs/index.md", f"# Bench\n\n{listed}\n")
    yield File(WORKS, bib(edition))
    for report in edition.reports.values():
        yield File(f"docs/reports/{report.key}.md", _page(report, None))
    for path, text in _records(edition, None) if records else ():
        yield File(f"docs/{path}", text)


def _records(edition: Edition, cite: Cite) -> Iterator[File]:
    """Yield a plain page for each record and source: its heading, what it quotes, its text."""
    quoted = evidence.by_record(evidence.excerpts(edition))
    for (key, slug), record in edition.annotations.items():
        words = "\n\n".join(f"> {one.quote} ({one.at})" for one in quoted.get((key, slug), ()) if one.quote)
        yield File(f"annotations/{key}/{slug}.md", f"# {key}: {slug}\n\n{words}\n\n{_told(record.body, cite)}\n")
    for key, proposition in edition.propositions.items():
        fields = proposition.fields
        means = f"Affirms: {fields.affirms_means}\n\nRejects: {fields.rejects_means}"
        body = _told(proposition.body, cite)
        yield File(f"propositions/{key}.md", f"# {fields.statement}\n\n{means}\n\n{body}\n")
    for key, person in edition.people.items():
        yield File(f"people/{key}.md", f"# {person.fields.name}\n\n{_told(person.body, cite)}\n")
    for key, entry in edition.entries.items():
        yield File(f"sources/{key}.md", f"# {entry.title or key}\n\n{_told(f'[@{key}]', cite)}\n")


def bib(edition: Edition) -> str:
    """Return the bibliography as the others' BibTeX readers take it."""
    return "\n".join(map(_entry, edition.entries.values()))


def _entry(entry: Entry) -> str:
    kind = _TYPES.get(entry.type, entry.type)
    kind = kind if kind in _KNOWN else "misc"
    held = {_FIELDS.get(name, name): value for name, value in entry.fields.items()}
    fields = {name: _escaped(value) for name, value in held.items() if name in _KEPT}
    fields |= {name: "n.p." for name in _WANTED.get(kind, ()) if name not in fields}
    fields["year"] = entry.date[:4] or "n.d."
    for role, names in entry.names.items():
        if role in ("author", "editor"):
            fields[role] = " and ".join(
                f"{{{_escaped(name.literal)}}}" if name.literal else _escaped(f"{name.family}, {name.given}")
                for name in names
            )
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{entry.key},\n{lines}}}\n"


def _escaped(value: str) -> str:
    return re.sub(r"(?<!\\)([&%#_$])", r"\\\1", value.replace("{", "").replace("}", ""))


def _page(report: Report, cite: Cite) -> str:
    parts = [f"# {report.title}"]
    for section in report.sections:
        parts.append(f"## {section.title or section.supplied or section.id}")
        parts += [_told(unit.digest, cite) for unit in section.units]
    for note in report.notes.values():
        parts.append(f"[^{note.label}]: " + _told(note.text, cite).replace("\n", "\n    "))
    return "\n\n".join(parts) + "\n"


def _told(markdown: str, cite: Cite) -> str:
    """Return a unit's or note's words: links as their words alone, citations as the other tool has them."""
    out, last = [], 0
    for start, end, citations in groups(markdown) if cite else ():
        out += [markdown[last:start], "; ".join(map(cite, citations)) if cite else ""]
        last = end
    return _LINK.sub(r"\g<text>", "".join(out) + markdown[last:])


def _as_role(citation: Citation) -> str:
    return " ".join(filter(None, [citation.prefix, f"{{cite:p}}`{citation.key}`"])) + (
        f", {citation.locator}" if citation.locator else ""
    )
