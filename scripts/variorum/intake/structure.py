"""Lines to a report: every step by name, in order, from what single lines show to sections with numbered units."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import (
    contents,
    echoes,
    front,
    furniture,
    headings,
    layout,
    margins,
    markers,
    mending,
    notes,
    notices,
    paragraphs,
    ranks,
    speakers,
    titles,
)
from .corrections import Corrections
from .lines import Block, Input, unmark
from .model import Furniture, Intake, Mark, Note, Section, Unit
from .sense import capitals


@dataclass(frozen=True)
class _Text:
    """A block with its mended text, its markers taken out."""

    block: Block
    text: str
    marks: tuple[Mark, ...]


def build(source: Input, report: str, corrections: Corrections) -> Intake:
    """Find the structure of a report."""
    source = corrections.texts(source)
    taken = {**margins.lines(source), **corrections.taken()}
    if source.dress == "page":
        source = replace(source, lines=layout.begun_again(source.lines, taken))
    taken.update(echoes.lines(source, taken))
    listed, warnings = notes.lines(source, corrections.freed(taken))
    taken.update(listed)
    taken.update(corrections.taken())
    blocks = corrections.blocks(paragraphs.group(source, taken))
    blocks = headings.find(notices.notices(blocks), source)
    blocks = titles.mark(blocks, source)
    blocks, entries = contents.mark(blocks)
    blocks = titles.copies(front.mark(blocks, source))
    blocks = notices.patterns(furniture.sections(blocks))
    blocks = echoes.find(_excerpt(blocks), source)
    blocks = echoes.find(paragraphs.joined(blocks, source), source)
    blocks = paragraphs.kinds(paragraphs.joined(blocks, source), source)
    blocks = speakers.find(blocks)
    blocks = speakers.gaps(speakers.boxes(blocks), source)
    blocks = corrections.levels(ranks.settle(blocks, source, entries))
    return _assembled(source, report, blocks, [*source.warnings, *warnings])


def _excerpt(blocks: list[Block]) -> list[Block]:
    """Take a line of capitals above a heading numbered from 2 on for a running header: the text begins mid-report."""
    heads = [i for i, b in enumerate(blocks) if b.kind in ("heading", "title")]
    if len(heads) < 2 or heads[0] or heads[1] != 1:
        return blocks
    number = headings.leading_number(blocks[1].bare)
    if number < 2 or not capitals(blocks[0].bare):
        return blocks
    return [replace(blocks[0], kind="furniture", detail="running-header"), *blocks[1:]]


def _assembled(source: Input, report: str, blocks: list[Block], warnings: list[str]) -> Intake:
    seen = mending.witness(line.text for line in source.lines)
    blocks = [notes.stripped(block) if block.kind == "note" else block for block in blocks]
    mended = [mending.mend(block, seen) for block in blocks]
    mends = [each for _, found in mended for each in found]
    blocks, labels = notes.scoped(blocks)
    texts = _placed(_marked(blocks, [text for text, _ in mended], labels))
    sections = _sections(texts)
    found, doubles = _notes(texts)
    front = tuple(mark.label for text in texts if _front(text.block) for mark in text.marks)
    used = (
        {m.label for s in sections for m in s.marks}
        | {m.label for s in sections for u in s.units for m in u.marks}
        | set(front)
    )
    missing = _missing(used, {note.label for note in found})
    title = next((text.text for text in texts if text.block.kind == "title"), None)
    return Intake(
        report=report,
        title=title,
        sections=sections,
        notes=found,
        missing_notes=missing,
        furniture=tuple(_furniture(text) for text in texts if text.block.kind in ("furniture", "title")),
        mended=tuple(mends),
        front_marks=front,
        warnings=tuple([*warnings, *doubles, *_warned(title, used, found, missing)]),
        input_lines=tuple(line.number for line in source.lines),
    )


def _front(block: Block) -> bool:
    return block.kind == "title" or (block.kind == "furniture" and block.detail in ("author", "subtitle"))


def _marked(blocks: Sequence[Block], texts: Sequence[str], labels: Sequence[str]) -> list[_Text]:
    """Find the markers of the whole report at once, and cut them out of the texts."""
    found: list[markers.Candidate] = []
    for number, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        if block.prose or block.kind == "heading" or _front(block):
            skip = len(text) - len(headings.strip_number(text)) if block.kind == "heading" else 0
            found += [c for c in markers.candidates(number, text) if c.start >= skip]
    chosen: dict[int, list[markers.Candidate]] = {}
    anew = any("-" in label for label in labels)
    for candidate in markers.choose_anew(found, labels) if anew else markers.choose(found, set(labels)):
        chosen.setdefault(candidate.text, []).append(candidate)
    out = []
    for number, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        bare, marks = markers.cut(text, chosen.get(number, []))
        out.append(_Text(block, bare, tuple(Mark(label, offset) for label, offset in marks)))
    return out


def _placed(texts: Sequence[_Text]) -> list[_Text]:
    """Give what is nothing but markers to the unit or heading before it, or set it aside where there is none."""
    out: list[_Text] = []
    for text in texts:
        if not text.block.prose or text.text:
            out.append(text)
            continue
        last = out[-1] if out else None
        if last is None or not (last.block.prose or last.block.kind == "heading"):
            out.append(replace(text, block=replace(text.block, kind="furniture", detail="other")))
            continue
        marks = tuple(Mark(mark.label, len(last.text)) for mark in text.marks)
        block = replace(last.block, lines=last.block.lines + text.block.lines)
        out[-1] = _Text(block, last.text, last.marks + marks)
    return out


def _sections(texts: Sequence[_Text]) -> tuple[Section, ...]:
    sections: list[Section] = []
    numbered = headings.numbered([t.text for t in texts if t.block.kind == "heading"])
    for text in texts:
        block = text.block
        lines = tuple(line.number for line in block.lines)
        if block.kind == "heading":
            name = headings.strip_number(text.text) if numbered else text.text
            shift = len(text.text) - len(name)
            marks = tuple(Mark(m.label, max(0, m.offset - shift)) for m in text.marks)
            sections.append(Section(f"s{len(sections) + 1}", name, block.level or 1, (), marks, lines))
        elif block.prose and text.text:
            if not sections or block.fresh:
                sections.append(Section(f"s{len(sections) + 1}", None, 1))
            last = sections[-1]
            unit = Unit(
                f"{last.id}p{len(last.units) + 1}",
                block.kind or "paragraph",
                text.text,
                text.marks,
                block.speaker,
                lines,
            )
            sections[-1] = replace(last, units=(*last.units, unit))
    return tuple(sections)


def _notes(texts: Sequence[_Text]) -> tuple[tuple[Note, ...], list[str]]:
    """Gather the notes; a label that comes twice keeps both texts, with a warning."""
    found: list[Note] = []
    warnings: list[str] = []
    for text in texts:
        if text.block.kind != "note":
            continue
        label = text.block.detail
        lines = tuple(line.number for line in text.block.lines)
        double = next((i for i, note in enumerate(found) if note.label == label), None)
        if double is not None:
            warnings.append(f"line {lines[0]}: a second note has the label {label}; its text is kept behind the first")
            first = found[double]
            found[double] = Note(label, f"{first.text} ¶ {text.text}", first.lines + lines)
            continue
        found.append(Note(label, text.text, lines))
    return tuple(found), warnings


def _missing(used: set[str], noted: set[str]) -> tuple[str, ...]:
    """Return the labels without a note: those of markers, and those that the count itself leaves out."""
    labels = used | noted
    if any(re.fullmatch(r"\d+-\d+", label) for label in labels):
        return tuple(sorted(used - noted, key=lambda label: [int(n) for n in re.findall(r"\d+", label)]))
    numbers = sorted(int(label) for label in labels if label.isdigit())
    gaps = {str(n) for n in range(numbers[0], numbers[-1] + 1)} if numbers and noted else set[str]()
    return tuple(
        sorted(
            (used | gaps) - noted, key=lambda label: (not label.isdigit(), int(label) if label.isdigit() else 0, label)
        )
    )


def _warned(title: str | None, used: set[str], noted: Sequence[Note], missing: Sequence[str]) -> list[str]:
    found = []
    if title is None:
        found.append("the text holds no title; take it from the report's cover or page")
    if used and not noted:
        found.append(f"{len(used)} markers, no list of notes in this copy")
    elif missing:
        found.append(f"no text of note {', '.join(missing)} in this copy")
    unused = [note.label for note in noted if note.label not in used]
    if unused:
        found.append(f"no marker found for note {', '.join(unused)}")
    numbers = sorted(int(label) for label in used if label.isdigit())
    if numbers:
        gaps = [str(n) for n in range(1, numbers[-1]) if n not in numbers and (not noted or str(n) not in unused)]
        if gaps:
            found.append(f"the count of markers leaves out {', '.join(gaps)}")
    return found


def _furniture(text: _Text) -> Furniture:
    block = text.block
    shown = text.text or " ".join(unmark(line.raw).strip() for line in block.lines)
    lines = tuple(line.number for line in block.lines)
    return Furniture(block.detail or block.kind, shown, lines[0], lines)
