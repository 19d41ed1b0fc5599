"""Lines to blocks, and blocks that a page, a column, a caption or a pull quote cut in two back to one.

First `group` parts the lines wherever their form or look says so, rather once too often; then, when headings and
furniture are known, `joined` closes by sense what belongs together.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from .headings import KNOWN, heading_like
from .lines import Block, Input, Line, join, unmark
from .sense import capitals, continues, ended, is_date, leads, open_ended, title_cased, words

#: line number → (kind, detail): what was found about single lines before any grouping
Taken = Mapping[int, tuple[str, str]]

_NUMBERED_ITEM = re.compile(r"^(?:\(?(\d{1,2}|[a-h]|[ivx]{1,4})[)]|(\d{1,2})\.)\s+(?=\S)")
_NUMBERED_HEADING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.)\s+[A-ZÀ-Þ“‘\"]")
_TURN = re.compile(
    r"(?:Nonetheless|Nevertheless|However|Yet|Still|Even so|Thus|Hence|Therefore|In contrast|By contrast|Instead|"
    r"Conversely)\b"
)
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){1,4}$|\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Sen|Rep|No|vs|cf|approx|etc)\.$")


def group(source: Input, taken: Taken) -> list[Block]:
    """Part the lines into blocks; lines taken beforehand become blocks of their kind."""
    blocks: list[Block] = []
    held: list[Line] = []
    anchor = 0  # the block that `more` lines go on with
    for line, after in zip(source.lines, [*source.lines[1:], None], strict=True):
        kind, detail = taken.get(line.number, ("", ""))
        if kind == "start":
            kind = ""
            blocks += _flushed(held)
            held = []
        if kind:
            blocks += _flushed(held)
            held = []
            if kind == "more" and blocks:
                blocks[anchor] = join([blocks[anchor], Block((line,))])
            else:
                anchor = len(blocks) if kind == "note" or detail == "pull-quote" else anchor
                blocks.append(Block((line,), "note" if kind == "note" else "furniture", detail))
            continue
        if held and (_parts(held, line, source) or _titles(held[-1], line, after, source)):
            blocks += _flushed(held)
            held = []
        held.append(line)
    return blocks + _flushed(held)


def _flushed(held: list[Line]) -> list[Block]:
    return [Block(tuple(held))] if held else []


def _parts(held: list[Line], line: Line, source: Input) -> bool:
    """Tell whether a line begins another block than the lines before it."""
    last = held[-1]
    if source.dress == "marked":
        return last.block != line.block
    if line.role != last.role or line.bullet:
        return True
    if source.dress == "page":
        if line.page != last.page or line.column != last.column:
            return True
        if is_date(line.text) or is_date(last.text):
            return True
        return line.start or _heads(last, line) or bool(_item(line.text)[0] and ended(last.text))
    if line.gap or not source.wrapped:
        return True
    return _parts_wrapped(held, line, source)


def _titles(last: Line, line: Line, after: Line | None, source: Input) -> bool:
    """Tell whether a short title-cased line between two sentences, in a text without blank lines, is a heading."""
    if source.dress != "plain" or not source.wrapped or after is None or after.gap or not ended(last.text):
        return False
    room = len(line.text) + 1 + len(after.text.split(" ")[0])
    fits = heading_like(line.text, 10) and title_cased(line.text) and not ended(line.text)
    return fits and room <= 0.7 * source.width and not continues(after.text) and not after.bullet


def _parts_wrapped(held: list[Line], line: Line, source: Input) -> bool:
    last = held[-1]
    if capitals(line.text) != capitals(last.text) and _heads(last, line):
        return True
    if _item(line.text)[0] and ended(last.text):
        return True
    if len(held) == 1 and KNOWN.match(last.text) and not continues(line.text):
        return True
    room = len(last.text) + 1 + len(line.text.split(" ")[0])
    if (
        re.match(r"[Bb]y [A-Z]", line.text)
        and len(held) == 1
        and len(words(line.text)) <= 8
        and room <= 0.7 * source.width
    ):
        return True
    if ended(last.text):
        # a line that leaves room for the next word was ended on purpose; so was one before an indented line
        return room <= 0.8 * source.width or (line.indent > 0 and line.indent != last.indent)
    if (
        _NUMBERED_HEADING.match(last.text)
        and len(held) == 1
        and room <= 0.9 * source.width
        and not continues(line.text)
    ):
        return True
    if len(held) == 1 and not continues(line.text) and not open_ended(last.text) and len(words(last.text)) <= 10:
        return room <= 0.6 * source.width
    return False


def _heads(last: Line, line: Line) -> bool:
    """Tell whether a line in capitals meets one that is not: a heading above its text, or below the text before."""
    if not capitals(last.text) and not capitals(line.text):
        return False
    if capitals(last.text) == capitals(line.text):
        return False
    upper = last if capitals(last.text) else line
    lower = ended(last.text) if upper is line else not continues(line.text)
    return lower and len(words(upper.text)) <= 14 and len(unmark(upper.text)) >= 4


def _item(text: str) -> tuple[str, str]:
    """Split the number of a list item from its text."""
    match = _NUMBERED_ITEM.match(text)
    return (match[0].strip(), text[match.end() :]) if match else ("", text)


#: what may stand within a paragraph without being part of it
BETWEEN = ("furniture", "note")


def joined(blocks: list[Block], source: Input) -> list[Block]:
    """Make one block of the parts of a paragraph, whatever furniture stands between them."""
    out: list[list[Block]] = []
    cut = _cut_by_pages(blocks, source)
    last: int | None = None  # place in `out` of the last unit, while nothing but furniture came after it
    for block in blocks:
        if block.prose and last is not None and _belong(out[last][0], out[last][-1], block, source, cut):
            out[last].append(block)
            continue
        out.append([block])
        if block.prose:
            last = len(out) - 1
        elif block.kind not in BETWEEN:
            last = None
    return [parts[0] if len(parts) == 1 else join(parts) for parts in out]


def _belong(head: Block, before: Block, block: Block, source: Input, cut: bool) -> bool:
    """Tell whether a block goes on with the one before it; `head` is the part with which that one begins."""
    if block.apart or block.first.bullet or block.fresh:
        return False
    if head.kind == "quotation" and block.kind != "quotation" and ended(before.text):
        return False
    if block.kind == "quotation" and head.kind != "quotation":
        return False
    listed = head.kind == "item" or bool(head.first.bullet)
    if listed and not (continues(block.text) or open_ended(before.text)):
        return False  # items often have no full stop: only what cannot begin anew goes on with one
    open_end = not ended(before.text) or bool(_ABBREVIATION.search(before.bare) and continues(block.text))
    if source.dress == "marked":
        if before.first.block == block.first.block:
            return True
        return open_end and (continues(block.text) or open_ended(before.text))
    if _numbered(before, block):
        return False
    if open_end:
        return True
    if continues(block.text) and not leads(before.text):
        return True
    if cut and not block.first.gap and _afterthought(block):
        return True
    here, there = before.lines[-1], block.first
    turned = (here.page, here.column) != (there.page, there.column)
    return (
        source.dress == "page"
        and turned
        and not here.short
        and not there.start
        and not leads(before.text)
        and abs(here.size - there.size) < 0.6
    )


def _cut_by_pages(blocks: list[Block], source: Input) -> bool:
    """Tell whether a text without blank lines or wrapping breaks its paragraphs where pages and columns end."""
    if source.dress != "plain" or source.wrapped:
        return False
    units = [block for block in blocks if block.prose and len(words(block.bare)) > 8]
    return sum(continues(b.text) and not ended(a.text) and not b.first.gap for a, b in pairwise(units)) >= 3


def _afterthought(block: Block) -> bool:
    """Tell whether a block is one sentence that takes back or concludes what stands before it.

    In a text cut by pages such a sentence is rather the end of a paragraph than one of its own.
    """
    single = not re.search(r"[.?!][”’)]?\d* [A-Z“]", block.bare)
    return single and ended(block.text) and len(words(block.bare)) <= 40 and bool(_TURN.match(block.bare))


def _numbered(before: Block, block: Block) -> bool:
    return bool(_item(block.text)[0]) and (leads(before.text) or bool(_item(before.text)[0]))


def kinds(blocks: list[Block], source: Input) -> list[Block]:
    """Say of each unit whether it is a paragraph, an item or a quotation."""
    out: list[Block] = []
    quoting = False
    for block in blocks:
        if block.prose and not block.fixed:
            before = next((b for b in reversed(out) if b.kind not in BETWEEN), None)
            kind = _kind(block, before, quoting, source)
            quoting = kind == "quotation" and _unclosed(block.bare, quoting)
            if kind == "item" and not block.first.bullet:
                number, rest = _item(block.first.text)
                first = replace(block.first, text=rest, bullet=number)
                block = replace(block, lines=(first, *block.lines[1:]))
            block = replace(block, kind=kind)
        out.append(block)
    return out


def _kind(block: Block, before: Block | None, quoting: bool, source: Input) -> str:
    if block.first.bullet:
        return "item"
    if _item(block.text)[0] and _in_list(block, before):
        return "item"
    if block.first.role == "quotation" or quoting or block.kind == "quotation":
        return "quotation"
    if before is not None and before.prose and leads(before.text):
        bare = re.sub(r"\s?(?:\d{1,3}|\[[\d,; –-]+\]|\(\d{1,3}\))$", "", block.bare)
        if re.match(r"[“\"‘'„«]", bare) and re.search(r"[”\"’'“»][.,]?$", bare) and not _two_quotes(bare):
            return "quotation"
        if re.match(r"[“„«]", bare) and _unclosed(bare, False):
            return "quotation"
    if source.dress == "page" and _set_in(block, before):
        return "quotation"
    return "paragraph"


def _two_quotes(text: str) -> bool:
    # “…” he said, “…”: the author speaks in between, so it is a paragraph
    return bool(re.search(r"”[^“]*[\w]{3}[^“]*“", text))


def _unclosed(text: str, quoting: bool) -> bool:
    return (
        (quoting or text.startswith("“"))
        and text.count("“") > text.count("”")
        and text.count("“") - text.count("”") == 1
    )


def _in_list(block: Block, before: Block | None) -> bool:
    number = re.sub(r"\W", "", _item(block.text)[0])
    if before is not None and before.kind == "item":
        return True
    return number in ("1", "a", "i") and (before is None or before.kind in ("heading", "") or ended(before.text))


def _set_in(block: Block, before: Block | None) -> bool:
    """Tell whether a printed block stands in from the left edge on all its lines, below a text that does not."""
    if len(block.lines) < 2 or before is None or not before.prose:
        return False
    if before.kind == "item":
        return False
    return all(line.indent >= 2 for line in block.lines)
