"""References: what the lock file holds of each source in each style, and a plain form where it holds none.

`citations.lock.json` has what pandoc made of every source and of every pinpoint cited, bound to a hash of the source's
CSL-JSON, so that a build needs no citation processor and a changed source shows in review as a changed reference.
What the bibliography says already is not said again: a work's titles and its address stand there alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape, unescape

from .bibliography import Entry
from .csl import Item, item, type_of
from .source import Source
from .titles import PutBy, Unfitting

PLACE = "⟦place⟧"
"""What a template of the lock has where the place in the work goes."""
TITLE, VERSION, DATE, YEAR = "⟦title⟧", "⟦version⟧", "⟦date⟧", "⟦year⟧"
"""What the templates of this edition's own parts have where each of these goes."""
_SAFE = re.compile(
    r"""(?:[^<>]|</?(?:em|i|strong|b|sup|sub|span)>|<a\ rel="noopener\ noreferrer"\ href="(?:https?://|⟦address⟧)[^"<>]*">|</a>)*""",
    re.VERBOSE,
)


class Style(StrEnum):
    """Name a style of references."""

    CHICAGO = "chicago"
    APA = "apa"
    MLA = "mla"


STYLES: dict[Style, tuple[str, str]] = {
    Style.CHICAGO: ("Chicago notes", "chicago-notes-bibliography"),
    Style.APA: ("APA", "apa"),
    Style.MLA: ("MLA", "modern-language-association"),
}
"""Each style's name for readers, and the CSL file that makes it."""


class Form(StrEnum):
    """Say what part of a style's apparatus a rendered text is."""

    ENTRY = "entry"  # for the list of works
    TEXT = "text"  # the note in Chicago, the parenthesis in the text in APA and MLA
    AT = "at"  # the same with PLACE in it


@dataclass(frozen=True, slots=True)
class Reference:
    """Hold a work's reference as HTML, and whether it came from the lock file."""

    html: str
    locked: bool


@dataclass(frozen=True, slots=True)
class Rendered:
    """Hold what the lock has of one work: the hash it was made from, texts by style and form, notes by pinpoint."""

    hash: str
    texts: Mapping[tuple[Style, Form], str]
    pinpoints: Mapping[str, str]


@dataclass(frozen=True)
class Lock:
    """Hold the rendered references by key, and the works that must be told apart from others."""

    rendered: Mapping[str, Rendered] = field(default_factory=dict)
    rivals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def note(self, entry: Entry, locator: str = "") -> Reference:
        """Return the reference as a note would have it, without the full stop at its end."""
        held = self.fresh(item(entry)) if entry.key in self.rendered else None
        text = held and (held.pinpoints.get(locator) if locator else held.texts.get((Style.CHICAGO, Form.TEXT)))
        if text:
            return Reference(text, True)
        return Reference(plain(entry) + (f", {escape(locator)}" if locator else ""), False)

    def text(self, work: Item, style: Style, form: Form) -> str | None:
        """Return a work's text in a style, or nothing where the lock has none that is fresh."""
        held = self.fresh(work)
        return held.texts.get((style, form)) if held else None

    def fresh(self, work: Item) -> Rendered | None:
        """Return what is rendered of a work, unless the work has changed since."""
        held = self.rendered.get(work["id"])
        return held if held and held.hash == self.fingerprint(work) else None

    def fingerprint(self, work: Item) -> str:
        """Return a short hash of a work and of what it must be told apart from, under the styles' names."""
        styles = [name for _, name in STYLES.values()]
        text = json.dumps([styles, work, self.rivals.get(work["id"], ())], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def rivals(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """Return for each of several works by the same names in the same year all their titles: they share 2020a, 2020b."""
    groups: dict[tuple[object, str], list[Entry]] = {}
    for entry in entries:
        if entry.authors:
            groups.setdefault((entry.authors, entry.date[:4]), []).append(entry)
    shared = [group for group in groups.values() if len(group) > 1]
    return {entry.key: tuple(sorted(one.title for one in group)) for group in shared for entry in group}


def read_lock(source: Source | None, entries: Iterable[Entry] = ()) -> Lock:
    """Read the lock file; one that is missing or damaged is an empty lock, and every reference stale."""
    known = {entry.key: entry for entry in entries}
    told_apart = rivals(known.values())
    references = {}
    try:
        data = json.loads(source.text) if source else {}
        for key, value in data["references"].items():
            with contextlib.suppress(Unfitting):  # the work’s title is another now: its reference alone is stale
                references[str(key)] = _rendered(value, known.get(key))
        return Lock(references, told_apart)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Lock({}, told_apart)


def write_lock(rendered: Mapping[str, Rendered], entries: Mapping[str, Entry]) -> str:
    """Return the lock file's text: works in order of their keys, a line for each text."""
    references = {}
    for key in sorted(rendered):
        held, put_by = rendered[key], PutBy(entries.get(key), {})
        texts = {_join(style, form): put_by.short(held.texts[style, form]) for style, form in sorted(held.texts)}
        pinpoints = {locator: put_by.short(text) for locator, text in sorted(held.pinpoints.items())}
        references[key] = {
            "of": held.hash,
            **({"forms": put_by.forms} if put_by.forms else {}),
            **texts,
            **({"at": pinpoints} if pinpoints else {}),
        }
    return json.dumps({"references": references}, ensure_ascii=False, indent=1) + "\n"


def plain(entry: Entry) -> str:
    """Render a reference without a citation processor: author, title, container, date, address."""
    title = escape(entry.title)
    title = (
        f"“{title}”"
        if type_of(entry) in ("webpage", "chapter") or type_of(entry).startswith("article")
        else f"<em>{title}</em>"
    )
    if entry["translatedtitle"]:
        title += f" [{escape(entry['translatedtitle'])}]"
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


def bare(html: str) -> str:
    """Return a reference as plain text."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def _join(style: Style, form: Form) -> str:
    return f"{style}-{form}"


def _rendered(value: Mapping[str, object], entry: Entry | None) -> Rendered:
    forms = value.get("forms", {})
    if not isinstance(forms, dict):
        raise TypeError("forms are a mapping")
    put_by, texts = PutBy(entry, forms), {}
    for style in Style:
        for form in Form:
            text = value.get(_join(style, form))
            if isinstance(text, str):
                texts[style, form] = _clean(put_by.whole(text))
    pinpoints = value.get("at", {})
    if not isinstance(pinpoints, dict):
        raise TypeError("pinpoints are a mapping")
    return Rendered(
        str(value["of"]), texts, {str(key): _clean(put_by.whole(str(text))) for key, text in pinpoints.items()}
    )


def _clean(html: str) -> str:
    """Refuse what no citation processor writes: the lock is a contributed file like any other."""
    if not _SAFE.fullmatch(html):
        raise ValueError("a reference holds markup that is not a reference’s")
    return html
