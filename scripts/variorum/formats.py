"""CSL-JSON turned into BibTeX and RIS: one item in, one entry out, so that every export carries the same facts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .csl import LANGUAGES, Item

_BIBTEX = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "dataset": "misc",
    "manuscript": "unpublished",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_RIS = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "document": "ELEC",
    "manuscript": "UNPB",
    "motion_picture": "VIDEO",
    "paper-conference": "CONF",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
_HOUSES = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHERS = {"techreport": "institution", "phdthesis": "school"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PLAIN = {
    "volume": "volume",
    "page": "pages",
    "publisher-place": "address",
    "edition": "edition",
    "genre": "type",
    "collection-title": "series",
    "version": "version",
    "DOI": "doi",
    "ISBN": "isbn",
    "URL": "url",
    "note": "note",
}
_BLANKS = re.compile(r"[ \t\r\n]+")
_VERBATIM = frozenset({"url", "doi", "isbn", "date", "urldate", "year"})
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\N{NO-BREAK SPACE}": "~",
}


def bibtex(work: Item, key: str = "") -> str:
    """Return an item as a BibTeX entry that BibLaTeX reads too: `year` and `month` stand beside `date`."""
    kind = _BIBTEX.get(work["type"], "misc")
    fields: dict[str, str] = {}
    for role in ("author", "editor", "translator"):
        if work.get(role):
            fields[role] = " and ".join(_tex_name(name) for name in work[role])
    fields["title"] = _title(work)
    if work.get("container-title"):
        fields[_HOUSES.get(kind, "howpublished")] = _tex(work["container-title"])
    if work.get("publisher"):
        fields[_PUBLISHERS.get(kind, "publisher")] = _tex(work["publisher"])
    number = work.get("number") or work.get("issue")
    if number:
        fields["number"] = _tex(number)
    for name, target in _PLAIN.items():
        if work.get(name):
            fields[target] = str(work[name]) if target in _VERBATIM else _tex(str(work[name]).replace("–", "--"))
    fields |= _tex_dates(work)
    if work.get("language"):
        fields["langid"] = _LANGIDS.get(str(work["language"]), str(work["language"]))
    lines = [
        f"  {name} = {value if name == 'month' else '{' + value + '}'}," for name, value in fields.items() if value
    ]
    return "\n".join([f"@{kind}{{{key or citation_key(work)},", *lines, "}"]) + "\n"


def citation_key(work: Item) -> str:
    """Return a key that BibTeX allows: an annotation's slash becomes a colon."""
    return re.sub(r"[^A-Za-z0-9:.-]+", "-", str(work["id"]).replace("/", ":").replace("#", ":"))


def ris(work: Item) -> str:
    """Return an item as a RIS record."""
    lines = [("TY", _RIS.get(work["type"], "GEN"))]
    for role, tag in (("author", "AU"), ("editor", "A2"), ("translator", "A4")):
        lines += [(tag, _ris_name(name)) for name in work.get(role, [])]
    translated = work.get("custom", {}).get("translated-title", "")
    number = work.get("number") or work.get("issue", "")
    first, _, last = str(work.get("page", "")).replace("–", "-").partition("-")
    house = str(work.get("container-title", ""))
    lines += [
        ("TI", str(work["title"])),
        ("TT", translated),
        ("T2", house or str(work.get("collection-title", ""))),
        ("T3", str(work.get("collection-title", "")) if house else ""),
        ("PB", str(work.get("publisher", ""))),
        ("CY", str(work.get("publisher-place", ""))),
        ("VL", str(work.get("volume", ""))),
        ("SN" if work["type"] == "report" else "IS", str(number)),
        ("ET", str(work.get("edition", work.get("version", "")))),
        ("M3", str(work.get("genre", ""))),
        ("SP", first),
        ("EP", last),
        ("PY", _date(work, "issued")[:4]),
        ("DA", _ris_date(_date(work, "issued"))),
        ("Y2", _ris_date(_date(work, "accessed"))),
        ("DO", str(work.get("DOI", ""))),
        ("UR", str(work.get("URL", ""))),
        ("LA", str(work.get("language", ""))),
        ("N1", str(work.get("note", ""))),
        ("ID", str(work["id"])),
    ]
    told = [f"{tag}  - {_BLANKS.sub(' ', value).strip()}" for tag, value in lines if value]
    return "\n".join([*told, "ER  - "]) + "\n"


_LANGIDS = {tag: name for name, tag in LANGUAGES.items()}


def _date(work: Item, role: str) -> str:
    """Return the first day of a CSL date as ISO 8601, as far as it is known."""
    parts = work.get(role, {}).get("date-parts") or [[]]
    return "-".join(f"{number:02d}" for number in parts[0])


def _tex_dates(work: Item) -> dict[str, str]:
    spans = work.get("issued", {}).get("date-parts") or []
    date = "/".join("-".join(f"{number:02d}" for number in part) for part in spans)
    fields = {"date": date, "year": date[:4], "urldate": _date(work, "accessed")}
    if spans and len(spans[0]) > 1:
        fields["month"] = MONTHS[spans[0][1] - 1]
    return fields


def _title(work: Item) -> str:
    """Protect a title from a style’s lower-casing, which takes names for words, and put its translation in brackets."""
    title = "{" + _tex(work["title"]) + "}"
    translated = work.get("custom", {}).get("translated-title")
    return f"{title} [{{{_tex(translated)}}}]" if translated else title


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in str(text))


def _tex_name(name: Mapping[str, str]) -> str:
    if name.get("literal"):
        return "{" + _tex(name["literal"]) + "}"
    family = " ".join(filter(None, [name.get("non-dropping-particle"), name.get("family")]))
    return _tex(", ".join(filter(None, [family, name.get("suffix"), name.get("given")])))


def _ris_name(name: Mapping[str, str]) -> str:
    if name.get("literal"):
        return name["literal"]
    family = " ".join(filter(None, [name.get("non-dropping-particle"), name.get("family")]))
    return ", ".join(filter(None, [family, name.get("given"), name.get("suffix")]))


def _ris_date(date: str) -> str:
    return "/".join([*date.split("-"), "", ""][:3]) + "/" if date else ""
