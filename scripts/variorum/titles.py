"""Titles as the styles print them, told in the bibliography's own words, so that these stand in the bibliography alone.

A style changes a title's capitals, and what stands between its words; the words stay. So a printed title is told by
its form: `x` for a word as the bibliography has it, `A` and `a` for one with a capital and with a small letter first,
`AA` and `aa` for one in capitals and in small letters; what stands between the words is itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape

from .bibliography import Entry

ADDRESS = "⟦address⟧"
"""What a text of the lock has where the work's address goes."""
_FORMS: Mapping[str, Callable[[str], str]] = {
    "x": str,
    "A": lambda word: word[:1].upper() + word[1:],
    "a": lambda word: word[:1].lower() + word[1:],
    "AA": str.upper,
    "aa": str.lower,
}
_GAP = r"(?:<[^<>]+>|&\w+;|[^\w<>&])+"
"""What may stand between two words of a title as a style prints it: tags, entities, marks."""
_PART = re.compile(rf"(?P<gap>{_GAP})|(?P<word>\w+)")
_MARK = re.compile(r"⟦(title|translation) (\d+)⟧")


class Unfitting(LookupError):
    """Say that a form is not one of this work's titles."""


class PutBy:
    """Put by, of a work's texts, its titles as they are printed, and its address; and put them back."""

    def __init__(self, entry: Entry | None, forms: Mapping[str, Iterable[str]]) -> None:
        """Take the work's entry, none for a part of this edition, and the forms of the titles that were put by."""
        named = {"translation": entry["translatedtitle"], "title": entry.title} if entry else {}
        self._words = {name: words for name, title in named.items() if (words := re.findall(r"\w+", title))}
        self._forms = {name: list(forms.get(name, ())) for name in self._words}
        self._address = escape(entry["url"], quote=True) if entry else ""

    @property
    def forms(self) -> dict[str, list[str]]:
        """Return the forms of the titles that were put by, under `title` and `translation`."""
        return {name: found for name, found in sorted(self._forms.items()) if found}

    def short(self, text: str) -> str:
        """Return a text with marks where the titles and the address stand."""
        if self._address:
            text = text.replace(self._address, ADDRESS)
        for name, words in self._words.items():
            pattern = re.compile(_GAP.join(words), re.IGNORECASE)
            text = pattern.sub(lambda found, name=name: self._mark(name, found[0]), text, count=1)  # type: ignore[misc]
        return text

    def whole(self, text: str) -> str:
        """Return a text with titles and address where the marks stand; raises `Unfitting` where a form fits none."""
        if self._address:
            text = text.replace(ADDRESS, self._address)
        try:
            return _MARK.sub(lambda mark: _printed(self._forms[mark[1]][int(mark[2]) - 1], self._words[mark[1]]), text)
        except LookupError as error:
            raise Unfitting(text) from error

    def _mark(self, name: str, printed: str) -> str:
        form = _form(printed, self._words[name])
        if form is None:
            return printed
        if form not in self._forms[name]:
            self._forms[name].append(form)
        return f"⟦{name} {self._forms[name].index(form) + 1}⟧"


def _form(printed: str, words: list[str]) -> str | None:
    """Return the form of a printed title with these words, or nothing where it has one of its own."""
    told, left = "", iter(words)
    for part in _PART.finditer(printed):
        if part["gap"]:
            told += part["gap"]
            continue
        word = next(left, "")
        code = next((code for code, formed in _FORMS.items() if formed(word) == part["word"]), None)
        if code is None:
            return None
        told += code
    return told if _printed(told, words) == printed else None


def _printed(form: str, words: list[str]) -> str:
    """Return a title in a form; raises `LookupError` where it is a form of other words."""
    parts, left = list(_PART.finditer(form)), iter(words)
    if sum(part["word"] is not None for part in parts) != len(words):
        raise LookupError("the title has more words than its form, or fewer")
    return "".join(part["gap"] or _FORMS[part["word"]](next(left)) for part in parts)
