"""What is fuzzed: bytes in, and what must hold of the result, whatever the bytes; each target with its seeds.

A target raises nothing but `AssertionError`, where an invariant is broken. An input that once broke one is kept as a
file under `cases/<target>/`, and `tests/test_fuzzing.py` runs it for good.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from variorum import bibliography, csl, frontmatter, grammar, intake, layout, quoting, seals, verify
from variorum.findings import Finding, Form, show
from variorum.grammar import Page
from variorum.intake import Intake, Refusal, html, normal, pdf
from variorum.intake.corrections import Corrections
from variorum.intake.glyphs import decode
from variorum.intake.structure import build
from variorum.plain import HTML
from variorum.quotations import Quotation
from variorum.records import ANNOTATIONS, EditionMatter, ReportMatter
from variorum.source import Source
from variorum.texts import Text

TESTS = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
MODELS = (ReportMatter, EditionMatter, *ANNOTATIONS.values(), *(shelf.model for shelf in layout.SHELVES.values()))
"""The models of front matter; the first letter of an input says which one reads it: `A` the first."""
CUT = "\n=====\n"
"""Stands between a quotation and the text in which it is looked for."""


@dataclass(frozen=True, slots=True)
class Target:
    """Hold what is done with an input, and inputs to start from."""

    run: Callable[[bytes], object]
    seeds: Callable[[], Iterator[bytes]]


def source(data: bytes, path: str) -> Source:
    """Return bytes as the reader hands them on: text with one kind of line end."""
    return Source(path, data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n"))


def hold(held: Source, findings: Iterable[Finding]) -> None:
    """Want of every finding that it points into the file and can be printed."""
    found = list(findings)
    for one in found:
        assert one.place.path == held.path, one
        assert 1 <= one.place.line <= held.text.count("\n") + 1, one
        assert one.place.excerpt == held.line(one.place.line), one
        assert 1 <= one.place.column <= len(one.place.excerpt) + 1 and one.place.length >= 1, one
    for form in Form:
        show(found, form, 1)


def front_matter(data: bytes) -> None:
    """A file's front matter gives a record or says why not."""
    model = MODELS[(data[0] - ord("A")) % len(MODELS)] if data else ReportMatter
    held = source(data[1:], "docs/a.md")
    document, findings = frontmatter.split(held)
    hold(held, findings)
    if document is None or findings:
        assert findings, "no document, and nothing said"
        return
    fields, findings = frontmatter.read_fields(document, model)
    assert (fields is None) == bool(findings), "no record, and nothing said"
    hold(held, findings)


def front_matter_seeds() -> Iterator[bytes]:
    names = [model.__name__ for model in MODELS]
    for path in sorted((TESTS / "editions").rglob("*.md")):
        data = path.read_bytes()
        kind = re.search(rb"^kind: (\w+)", data, re.MULTILINE)
        folder = path.parent.name
        name = ANNOTATIONS[kind[1].decode()].__name__ if kind and kind[1].decode() in ANNOTATIONS else "EditionMatter"  # type: ignore[index]
        if folder in layout.SHELVES:
            name = layout.SHELVES[folder].model.__name__
        elif folder == "reports":
            name = "ReportMatter"
        yield bytes([ord("A") + names.index(name)]) + data


def bibtex(data: bytes) -> None:
    """A bibliography gives entries that every later step can print, and findings within the file."""
    held = source(data, "bibliography/a.bib")
    entries, findings = bibliography.parse(held)
    merged, more = bibliography.merge([entries])
    hold(held, [*findings, *more])
    for entry in merged.values():
        assert 1 <= entry.place.line <= held.text.count("\n") + 1
        for value in (entry.byline, entry.title, entry.date, *(name.short for name in entry.authors)):
            assert isinstance(value, str)
        csl.item(entry)


def bibtex_seeds() -> Iterator[bytes]:
    for path in sorted((TESTS / "editions").rglob("*.bib")):
        yield path.read_bytes()


def report(data: bytes) -> None:
    """A report's page is read without loss: what is not in the result is in a finding."""
    held = source(b"---\ngenre: report\n---\n" + data, "docs/reports/a.md")
    document, findings = frontmatter.split(held)
    assert document is not None and not findings
    page, findings = grammar.parse(document)
    hold(held, findings)
    units = [unit.id for section in page.sections for unit in section.units]
    assert len(units) == len(set(units)), "two units of one id"
    if not findings and not HTML.search(document.body):
        lost = words(document.body) - words(printed(page))
        assert not lost, f"lost: {lost}"


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def printed(page: Page) -> str:
    """Return every word that a page was read to have."""
    parts = [page.title, *page.marks]
    for section in page.sections:
        parts += [section.title or section.supplied or "", section.id, *section.marks]
        for unit in section.units:
            parts += [unit.digest, unit.id, *(["speaker", unit.speaker] if unit.speaker else [])]
    for note in page.notes:
        parts += [note.label, note.text]
    return "\n".join(parts)


def report_seeds() -> Iterator[bytes]:
    for path in sorted((TESTS / "editions").glob("*/docs/reports/*.md")):
        yield path.read_bytes().partition(b"\n---\n")[2]


def imported(read: Intake) -> None:
    """Want of an import that no line is lost and that the page it begins is one."""
    assert set(read.input_lines) == set(read.places()), "a line is lost"
    text = intake.scaffold(read)
    document, findings = frontmatter.split(Source("docs/reports/a.md", text))
    assert document is not None and not findings, findings
    _, findings = grammar.parse(document)
    assert not findings, findings


def page(data: bytes) -> None:
    """A web page is imported or refused."""
    try:
        held = html.read(decode(data, "a.html"), "a.html")
        imported(build(held, "a", Corrections()))
    except Refusal:
        return


def page_seeds() -> Iterator[bytes]:
    for path in sorted((TESTS / "intake" / "cases").rglob("*.html")):
        yield path.read_bytes()


def document(data: bytes) -> None:
    """A PDF is imported or refused."""
    try:
        held = pdf.read(data, "a.pdf")
        imported(build(held, "a", Corrections()))
    except Refusal:
        return


def document_seeds() -> Iterator[bytes]:
    for path in sorted((TESTS / "intake" / "cases").rglob("*.pdf")):
        yield path.read_bytes()
    from hostile.documents import plain_pdf

    yield plain_pdf("Dear Water", "The river fell, and nobody paid for it.1", "1. Vale, Locks, 2019.")


def anchor(data: bytes) -> None:
    """A quotation is found where it stands, at a slice that is the quotation, or its want is explained."""
    words_, _, text = source(data, "").text.partition(CUT)
    whole, wanted = normal(text), normal(words_)
    assert normal(whole.text).text == whole.text, "a normal form has another"
    assert len(whole.text) == len(whole.starts) == len(whole.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(whole.starts, whole.ends, strict=True))
    places = intake.find(words_, whole)
    for start, end in places:
        assert normal(text[start:end]).text.lower() == wanted.text.lower(), "another passage than the one quoted"
    for _, taken in quoting.quotations(text):
        assert taken in text
    unit = intake.Unit("s1p1", "paragraph", text, (), None, (1,))
    held = Text("a", Intake("a", None, (intake.Section("s1", None, 1, (unit,)),), (), (), (), ()))
    one = Quotation("a", "s1p1", words_, Source("docs/a.md", words_), 0)
    found, findings = verify.prove(held, [one])
    assert bool(found) == (len(places) == 1) and (found or findings)
    for quotation, proof in verify.proofs(held, found):
        assert verify.is_proved(replace(quotation, proof=proof), {"a": seals.make(held)})


def anchor_seeds() -> Iterator[bytes]:
    text = (TESTS / "texts" / "vale-2024.md").read_text("utf-8")
    for path in sorted((TESTS / "editions" / "base" / "docs" / "annotations").rglob("*.md")):
        for quote in re.findall(r'quote: "([^"]+)"', path.read_text("utf-8")):
            yield f"{quote}{CUT}{text}".encode()
    yield f'the “dry — summer”{CUT}The "dry-summer" of ’19; the ‘dry’ sum\u00admer'.encode()


TARGETS = {
    "front-matter": Target(front_matter, front_matter_seeds),
    "bibtex": Target(bibtex, bibtex_seeds),
    "report": Target(report, report_seeds),
    "html": Target(page, page_seeds),
    "pdf": Target(document, document_seeds),
    "quotation": Target(anchor, anchor_seeds),
}
