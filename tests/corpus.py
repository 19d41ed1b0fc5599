"""Invented editions of any size, the same for the same seed: reports, notes, positions, and sources that they share.

A few sources are cited by many reports and most by one: a source's rank is drawn by Zipf's law, half of a report's notes
from the common stock and half from its own shelf. As a script: `python -m corpus FOLDER REPORTS [SEED]`.
"""

# ruff: noqa: E501  (invented records, one a line)
from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

_SYLLABLES = [
    "ba",
    "ke",
    "lo",
    "mi",
    "nu",
    "ra",
    "se",
    "ti",
    "vo",
    "za",
    "dor",
    "fen",
    "gal",
    "hur",
    "jin",
    "kos",
    "lam",
    "mer",
    "nol",
    "pra",
    "quin",
    "rud",
    "sal",
    "tor",
    "ulm",
    "ven",
    "wix",
    "yar",
]
STANCES = ("affirms", "leans-affirm", "balanced", "leans-reject", "rejects")
UNITS_IN_SECTION = 10


@dataclass(frozen=True)
class Size:
    """Say how large an edition is to be; units, notes and own sources are for each report."""

    reports: int
    units: int = 50
    propositions: int = 30
    notes: int = 40
    sources: int = 20
    topics: int = 6
    people: int = 50
    records: int = 0
    """Figures, and as many mentions; of slips and of relations there are half as many; coders' sheets besides."""
    quantities: int = 0


def write(root: Path, size: Size, seed: int = 2026) -> Path:
    """Write an edition under `root`, which is made; return it."""
    rng = random.Random(seed)
    words = sorted({"".join(rng.choices(_SYLLABLES, k=rng.randint(1, 3))) for _ in range(3000)})
    works = [f"work-{number}" for number in range(size.reports * size.sources)]
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(works))))
    _shelves(root, size, rng, words)
    _bibliography(root, size, rng, words, works)
    for number in range(size.reports):
        key = f"report-{number}"
        own = works[number * size.sources : (number + 1) * size.sources]
        common = rng.choices(works, cum_weights=weights, k=size.notes // 2)
        cited = [*own, *common, *rng.choices(own, k=size.notes)][: size.notes]
        _put(root, f"docs/reports/{key}.md", _report(size, rng, words, cited))
        for index in range(size.propositions):
            _put(root, f"docs/annotations/{key}/claim-{index}.md", _position(size, rng, words))
    if size.records:
        _records(root, size, random.Random(seed + 1), words)  # of its own, so that all else stays as it is without
    return root


def _records(root: Path, size: Size, rng: random.Random, words: list[str]) -> None:
    """Write what the smaller editions do without: figures, mentions, slips, relations, coders' sheets."""
    quantities = [f"amount-{number}" for number in range(size.quantities)]
    weights = [1 / (rank + 3) for rank in range(size.quantities)]
    for number, key in enumerate(quantities):
        matter = f"title: {_line(rng, words, 4)}\nmeasures: {_line(rng, words, 10)}.\nunit: tonnes\n"
        _put(root, f"docs/quantities/{key}.md", f"---\n{matter}topic: topic-{number % size.topics}\n---\n")
    for number in range(size.reports):
        for index in range(size.records):
            for name, matter in _kinds(size, rng, words, number, index, rng.choices(quantities, weights)[0]):
                text = f"---\n{matter}by: [tester]\ndate: 2026-11-21\n---\n\n{_line(rng, words, 20)}.\n"
                _put(root, f"docs/annotations/report-{number}/{name}-{index}.md", text)
    _sheets(root, size, rng)


def _kinds(
    size: Size, rng: random.Random, words: list[str], number: int, index: int, quantity: str
) -> Iterator[tuple[str, str]]:
    """Yield the records of one round, by the first part of their names: their front matter without the signature."""

    def quoted() -> str:
        return f'at: {_place(size, rng)}\nquote: "{_line(rng, words, 6).lower()}"\n'

    yield (
        "figure",
        f"kind: figure\nquantity: {quantity}\nvalue: {rng.randint(1, 9000)}\nstatus: {rng.choice(['actual', 'estimate'])}\n"
        f"unit: tonnes\nperiod: '{rng.randint(1990, 2025)}'\nbasis: {_line(rng, words, 2)}\n{quoted()}",
    )
    other = rng.choice([one for one in range(size.reports) if one != number])
    about = rng.choice([f"person: person-{rng.randrange(size.people)}", f"source: report-{other}"])
    yield "mention", f"kind: mention\nhow: named\n{about}\n{quoted()}"
    if index % 2:
        kind, because = rng.choice(["erratum", "query"]), _line(rng, words, 15)
        slip = f"reads: {_line(rng, words, 4)}\nshould_read: {_line(rng, words, 4)}\nbecause: {because}.\ncertainty: likely\n"
        yield "slip", f"kind: {kind}\n{slip}{quoted()}"
        ends = f"from: report-{number}#{_place(size, rng)}\nto: report-{other}#{_place(size, rng)}\n"
        yield "relation", f"kind: relation\n{ends}type: {rng.choice(['contradicts', 'coincidesWith'])}\n"


def _sheets(root: Path, size: Size, rng: random.Random) -> None:
    """Write the sheets of two coders who differ now and then."""
    for coder in ("one", "two"):
        lines = [
            f"report-{number},claim-{index},,own,{rng.choice(STANCES[: 1 + number % 2])},{_place(size, rng)},2026-11-21"
            for number in range(size.reports)
            for index in range(size.propositions)
        ]
        head = "report,proposition,speaker,voice,stance,unit,date"
        _put(root, f"docs/codings/coder-{coder}.csv", "\n".join([head, *lines]) + "\n")
        _put(root, f"docs/editors/coder-{coder}.md", f"---\nname: Coder {coder}\ncoder: Invented.\n---\n")


def _shelves(root: Path, size: Size, rng: random.Random, words: list[str]) -> None:
    _put(
        root,
        "docs/index.md",
        "---\ntitle: Invented\nversion: 1.0.0\ndate: 2026-11-21\n---\n# Invented\n\nAll invented.\n",
    )
    _put(root, "docs/about/index.md", "# About\n\nAn invented edition.\n")
    _put(root, "docs/editors/tester.md", "---\nname: A. Tester\n---\n")
    for index in range(size.topics):
        _put(root, f"docs/topics/topic-{index}.md", f"---\ntitle: {_line(rng, words, 3)}\norder: {index + 1}\n---\n")
    for index in range(size.people):
        _put(root, f"docs/people/person-{index}.md", f"---\nname: {_name(rng, words)}\n---\n{_line(rng, words, 9)}.\n")
    for index in range(size.propositions):
        means = f"affirms_means: {_line(rng, words, 12)}.\nrejects_means: {_line(rng, words, 12)}.\n"
        matter = f"statement: {_line(rng, words, 9)}.\ntopic: topic-{index % size.topics}\n{means}"
        _put(root, f"docs/propositions/claim-{index}.md", f"---\n{matter}---\n{_line(rng, words, 60)}.\n")


def _bibliography(root: Path, size: Size, rng: random.Random, words: list[str], works: list[str]) -> None:
    corpus = [
        f"@report{{report-{number},\n  author = {{{_name(rng, words, bib=True)}}},\n  title = {{{_line(rng, words, 6)}}},\n"
        f"  institution = {{{_line(rng, words, 2)}}},\n  date = {{{rng.randint(1990, 2025)}-{rng.randint(1, 12):02d}}},\n}}\n"
        for number in range(size.reports)
    ]
    literature = [
        f"@article{{{key},\n  author = {{{_name(rng, words, bib=True)}}},\n  title = {{{_line(rng, words, 7)}}},\n"
        f"  journaltitle = {{{_line(rng, words, 3)}}},\n  date = {{{rng.randint(1960, 2025)}}},\n"
        f"  url = {{https://{rng.choice(words)}.example/{key}}},\n}}\n"
        for key in works
    ]
    _put(root, "bibliography/reports.bib", "\n".join(corpus))
    for start in range(0, len(literature), 10_000):
        _put(root, f"bibliography/literature-{start // 10_000}.bib", "\n".join(literature[start : start + 10_000]))


def _report(size: Size, rng: random.Random, words: list[str], cited: list[str]) -> str:
    parts = [
        f"---\ngenre: policy report\ncoverage: complete\nscope: {_line(rng, words, 14)}.\nabstract: {_line(rng, words, 25)}.\n"
        f"original: https://publisher.example/{rng.choice(words)}\nnotes: {{state: complete}}\n---\n# {_line(rng, words, 6)}\n"
    ]
    marks: dict[int, list[int]] = {}
    for note in range(1, size.notes + 1):
        marks.setdefault(rng.randrange(size.units), []).append(note)
    for unit in range(size.units):
        section, place = divmod(unit, UNITS_IN_SECTION)
        if not place:
            parts.append(f"## {_line(rng, words, 4)} {{#s{section + 1}}}\n")
        held = "".join(f"[^{note}]" for note in marks.get(unit, []))
        parts.append(f"{_line(rng, words, rng.randint(25, 60))}.{held}\n{{: #s{section + 1}p{place + 1} }}\n")
    for note, key in enumerate(cited, 1):
        parts.append(f"[^{note}]: [@{key}, p. {rng.randint(1, 400)}] {_line(rng, words, rng.randint(0, 12) + 1)}.")
    return "\n".join(parts) + "\n"


def _position(size: Size, rng: random.Random, words: list[str]) -> str:
    fate = rng.random()
    signed = "by: [tester]\ndate: 2026-11-21\n"
    if fate < 0.3:
        return f"---\nkind: position\nown: silent\n{signed}---\n"
    own = f"own:\n  - stance: {rng.choice(STANCES)}\n    evidence: [{_evidence(size, rng, words)}, {_evidence(size, rng, words)}]\n"
    reported = ""
    if fate > 0.8:
        who = f"person-{rng.randrange(size.people)}"
        reported = f"reported:\n  - {{who: [{who}], stance: {rng.choice(STANCES)}, evidence: [{_evidence(size, rng, words)}]}}\n"
    return f"---\nkind: position\n{own}{reported}{signed}---\n{_line(rng, words, 30)}.\n"


def _evidence(size: Size, rng: random.Random, words: list[str]) -> str:
    return f'{{at: {_place(size, rng)}, quote: "{_line(rng, words, 8).lower()}"}}'


def _place(size: Size, rng: random.Random) -> str:
    section, place = divmod(rng.randrange(size.units), UNITS_IN_SECTION)
    return f"s{section + 1}p{place + 1}"


def _line(rng: random.Random, words: list[str], count: int) -> str:
    return " ".join(rng.choices(words, k=count)).capitalize()


def _name(rng: random.Random, words: list[str], bib: bool = False) -> str:
    family, given = rng.choice(words).capitalize(), rng.choice(words).capitalize()
    return f"{family}, {given}" if bib else f"{given} {family}"


def _put(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Size(int(sys.argv[2])), *map(int, sys.argv[3:]))
