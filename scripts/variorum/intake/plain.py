"""A text file as lines: what is blank, what is indented, whether it was wrapped by hand."""

import re
from dataclasses import replace
from itertools import pairwise

from .glyphs import clean
from .headings import KNOWN
from .lines import END, MARK, SUPERSCRIPTS, Input, Line
from .sense import ended

_UNICODE = re.compile(r"(?<=[^\s\d])([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?:[,⸴ʼ,] ?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})*)")
_TAG = re.compile(r"<sup>((?:(?!</?sup).){0,60})</sup>", re.I)
_CARET = re.compile(r"\^(\d{1,3})\^")
_BULLET = re.compile(r"^([•‣▪●◦■□►▸✓*·]|[-–—])\s+(?=\S)")


def show_marks(text: str) -> str:
    """Put the markers that a text shows by superscripts, in whatever way, between the private characters."""
    text = _TAG.sub(_tagged, text)
    text = _CARET.sub(lambda m: f"{MARK}s{m[1]}{END}", text)
    return _UNICODE.sub(_unicoded, text)


def _tagged(match: re.Match[str]) -> str:
    inner = re.sub(r"<[^>]*>|[\[\]()\\]", "", match[1]).strip()
    if re.fullmatch(r"[\d,;\s–-]+|[*†‡§]+|[a-z]", inner):
        return "".join(f"{MARK}s{label}{END}" for label in labels(inner))
    return inner


def _unicoded(match: re.Match[str]) -> str:
    return "".join(f"{MARK}u{label}{END}" for label in labels(match[1].translate(SUPERSCRIPTS)))


def labels(text: str) -> list[str]:
    """Read one label or a list of labels: `12`, `3, 4`, `7–9`.

    >>> labels("7–9")
    ['7', '8', '9']
    """
    found: list[str] = []
    for part in re.split(r"[,;\s]+", text.strip()):
        span = re.fullmatch(r"(\d{1,3})[–-](\d{1,3})", part)
        if span and int(span[1]) < int(span[2]) <= int(span[1]) + 9:
            found += [str(n) for n in range(int(span[1]), int(span[2]) + 1)]
        elif part:
            found.append(part)
    return found


def take_bullet(text: str) -> tuple[str, str]:
    """Split a list mark from the text behind it; without one the mark is empty."""
    match = _BULLET.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def read(text: str) -> Input:
    """Read a plain text into lines; one input line is one line."""
    lines: list[Line] = []
    gap = page = 0
    for number, raw in enumerate(text.split("\n"), 1):
        page += raw.count("\f")
        cleaned = clean(raw.replace("\f", ""))
        if not cleaned.strip():
            gap += 1
            continue
        body = cleaned.lstrip()
        bullet, rest = take_bullet(body)
        if bullet in ("-", "–", "—") and not _may_list(lines):
            bullet, rest = "", body
        lines.append(Line(number, show_marks(rest), raw, gap, len(cleaned) - len(body), bullet=bullet, page=page + 1))
        gap = 0
    lines = _starred(lines)
    wrapped, width = shape(lines)
    return Input(tuple(lines), "plain", wrapped, width)


def _starred(lines: list[Line]) -> list[Line]:
    """Take a star behind a name or title for a marker, where a line further down begins with one."""
    head = next((i for i, line in enumerate(lines[:15]) if re.search(r"[^\W\d]\*$", line.text)), None)
    foot = next((i for i, line in enumerate(lines) if head is not None and i > head and line.bullet == "*"), None)
    if head is None or foot is None or sum(line.bullet == "*" for line in lines) != 1:
        return lines
    out = list(lines)
    out[head] = replace(lines[head], text=f"{lines[head].text[:-1]}{MARK}s*{END}")
    out[foot] = replace(lines[foot], bullet="", label="*", role="note")
    return out


def _may_list(lines: list[Line]) -> bool:
    # a dash may also go on with the sentence of the line above
    return not lines or bool(lines[-1].bullet) or bool(KNOWN.match(lines[-1].text)) or ended(lines[-1].text)


def shape(lines: list[Line]) -> tuple[bool, int]:
    """Tell whether lines were wrapped by hand, and how many characters a full line has."""
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < 4:
        return False, 0
    long = lengths[int(len(lengths) * 0.95)]
    pairs = [(a, b) for a, b in pairwise(lines) if b.gap == 0]
    if long > 140 or len(pairs) < 0.35 * len(lines):
        return False, 0
    open_pairs = sum(1 for a, _ in pairs if not ended(a.text))
    if open_pairs < 0.35 * len(pairs):
        return False, 0
    full = [len(a.text) for a, b in pairs if not ended(a.text)]
    return True, sorted(full)[int(len(full) * 0.8)]
