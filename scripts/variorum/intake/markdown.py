"""A Markdown file as lines: headings, lists, block quotations and footnotes that it marks itself."""

import re
from dataclasses import replace

from .glyphs import clean
from .lines import END, MARK, Input, Line
from .plain import show_marks, take_bullet

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_FOOTNOTE = re.compile(r"^\[\^([^\]\s]+)\]:\s*(.*)$")
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
_NUMBER = re.compile(r"^(\d{1,3}[.)])\s+(?=\S)")
_RULE = re.compile(r"^(?:[-*_]\s*){3,}$|^[=-]{3,}$")
_IMAGE = re.compile(r"^!\[([^\]]*)\]\([^)]*\)$")
_ID = re.compile(r"\s*\{[#.:][^}]*\}$")


def inline(text: str) -> str:
    """Take emphasis, links, escapes and tags out of a Markdown line; markers stay, in our own form."""
    text = _REFERENCE.sub(lambda m: f"{MARK}f{m[1]}{END}", text)
    text = re.sub(r"\[(\d{1,3})\]\(#[^)\s]*\)", lambda m: f"{MARK}a{m[1]}{END}", text)
    text = re.sub(r"\[<sup>(\d{1,3})</sup>\]\(#[^)\s]*\)", lambda m: f"{MARK}a{m[1]}{END}", text)
    text = show_marks(text)
    text = re.sub(r"!\[([^\]]{0,300})\]\([^)]{0,600}\)", r"\1", text)
    text = re.sub(r"\[([^\][]{1,400})\]\((?:[^()\s]|\([^)\s]{0,200}\)){0,600}(?:\s\"[^\"]{0,200}\")?\)", r"\1", text)
    text = re.sub(r"<((?:https?://|mailto:)[^>\s]+)>", r"\1", text)
    text = re.sub(r"</?(?:a|b|i|em|strong|u|span|small|br|p|div|center|font)\b[^>]*>", "", text, flags=re.I)
    text = re.sub(r"(?<![\\\w*])(\*{1,3})(?=\S)(.{1,800}?)(?<=\S)\1(?![\w*])", r"\2", text)
    text = re.sub(r"(?<![\\\w*])(\*{1,3})(?=\S)(.{1,800}?)(?<=\S)\1(?![\w*])", r"\2", text)
    text = re.sub(r"(?<![\\\w])(_{1,2})(?=\S)(.{1,800}?)(?<=\S)\1(?!\w)", r"\2", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!<>~|^$&])", r"\1", text)


def read(text: str) -> Input:
    """Read a Markdown text into lines; one input line is one line."""
    lines: list[Line] = []
    gap = block = 0
    fenced = False
    start = _front_matter(text, lines)
    for number, raw in enumerate(text.split("\n"), 1):
        if number <= start:
            continue
        cleaned = clean(raw)
        if not cleaned.strip():
            gap += 1
            continue
        if re.match(r"\s*(```|~~~)", cleaned):
            fenced = not fenced
        line = _line(number, raw, cleaned, gap)
        if (
            line.role == "rule"
            and lines
            and not gap
            and re.match(r"^[=-]{3,}$", cleaned.strip())
            and _titled(lines[-1])
        ):
            # a line of dashes directly under a text makes it a heading
            lines[-1] = replace(lines[-1], level=1 if cleaned.strip()[0] == "=" else 2)
            lines.append(replace(line, block=lines[-1].block, text=""))
            continue
        if not _goes_on(lines, line, gap):
            block += 1
        elif lines:
            line = replace(line, level=lines[-1].level, role=line.role or lines[-1].role)
        lines.append(replace(line, block=block))
        gap = 0
    return Input(tuple(_boldened(_ruled(lines))), "marked")


def _ruled(lines: list[Line]) -> list[Line]:
    """Take a mark in a block without words for a rule: it says nothing and is accounted for."""
    worded = {line.block for line in lines if line.text.strip()}
    return [line if line.block in worded or line.label else replace(line, text="", role="rule") for line in lines]


def _front_matter(text: str, lines: list[Line]) -> int:
    if not text.startswith("---\n"):
        return 0
    rows = text.split("\n")
    for end, row in enumerate(rows[1:], 2):
        if row.strip() in ("---", "..."):
            for number, raw in enumerate(rows[:end], 1):
                lines.append(Line(number, clean(raw), raw, role="metadata", block=-number))
            return end
    return 0


def _line(number: int, raw: str, cleaned: str, gap: int) -> Line:
    body = cleaned.lstrip()
    indent = len(cleaned) - len(body)
    quoted = body.startswith(">")
    if quoted:
        body = body.lstrip("> ")
    heading = _HEADING.match(body)
    note = _FOOTNOTE.match(body)
    image = _IMAGE.match(body)
    if heading:
        return Line(number, inline(_ID.sub("", heading[2])), raw, gap, indent, level=len(heading[1]))
    if note:
        return Line(number, inline(note[2]), raw, gap, indent, role="note", label=note[1])
    if image:
        return Line(number, inline(image[1]), raw, gap, indent, role="caption")
    if _RULE.match(body):
        return Line(number, "", raw, gap, indent, role="rule")
    if body.startswith("|") and body.count("|") > 1:
        return Line(number, inline(body), raw, gap, indent, role="table")
    bullet, rest = take_bullet(body) if body[:1] and body[0] in "-*+•" else ("", body)
    if body.startswith("+ "):
        bullet, rest = "•", body[2:].lstrip()
    number_mark = _NUMBER.match(rest)
    if number_mark:
        bullet, rest = bullet + number_mark[1], rest[number_mark.end() :]
    role = "quotation" if quoted else ""
    return Line(number, inline(rest), raw, gap, indent, bullet=bullet, role=role)


def _titled(line: Line) -> bool:
    return not (line.level or line.bullet or line.role or not line.text)


def _goes_on(lines: list[Line], line: Line, gap: int) -> bool:
    """Tell whether a line belongs to the block of the line before it."""
    if not lines or line.level or line.bullet or line.label or line.role in ("rule", "table", "caption"):
        return False
    last = lines[-1]
    if last.label or last.role == "note":
        # an indented line goes on with the footnote even behind a blank one
        return gap == 0 or line.indent >= 2
    return gap == 0 and not last.level and last.role == line.role and last.role not in ("rule", "table", "caption")


def _boldened(lines: list[Line]) -> list[Line]:
    """Take a short paragraph that is bold from end to end for what it looks like: a heading of the lowest rank."""
    sizes: dict[int, int] = {}
    for line in lines:
        sizes[line.block] = sizes.get(line.block, 0) + 1
    out = []
    for line in lines:
        bold = re.fullmatch(r"\s*(\*\*|__)(?!\s)([^*_]+)\1:?\s*", line.raw)
        fits = bold and sizes[line.block] == 1 and _titled(line) and len(line.text) <= 100
        out.append(replace(line, bold=True) if fits else line)
    return out
