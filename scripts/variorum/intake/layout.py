"""Printed lines to reading order: columns, and where by the look of the page something new begins.

It knows nothing of PDF files, only of lines with a place on a page; all measures are points from the upper left corner.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .lines import Line
from .plain import take_bullet
from .sense import ended, is_reference, middle

DEEPEST = 8
"""Columns within columns that a page is read by at most."""


@dataclass(frozen=True)
class Print:
    """A printed line: page from 1, box, size of its letters, and the size of its page."""

    page: int
    text: str
    left: float
    right: float
    top: float
    size: float
    bold: bool
    width: float
    height: float
    column: int = 0


def arrange(prints: list[Print]) -> list[Line]:
    """Put printed lines into reading order and say of each what its place tells."""
    lines: list[Line] = []
    body = _body_size(prints)
    pages: dict[int, list[Print]] = {}
    for line in prints:
        pages.setdefault(line.page, []).append(line)
    common = _common(pages, body)
    for page in sorted(pages):
        for line in _ordered(pages[page], body, _usual(pages[page], common)):
            lines.append(
                Line(
                    len(lines) + 1,
                    line.text,
                    line.text,
                    size=line.size,
                    bold=line.bold,
                    page=line.page,
                    column=line.column,
                    left=line.left,
                    right=line.right,
                    top=line.top,
                )
            )
    return _begun(_noted(lines, pages, body), body)


def _body_size(prints: list[Print]) -> float:
    sizes: Counter[float] = Counter()
    for line in prints:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _common(pages: dict[int, list[Print]], body: float) -> float | None:
    """Return the gutter that most pages of a report in columns share."""
    found = [gutter for page in pages.values() if (gutter := _gutter(page, body)) is not None]
    if len(found) < 2 or len(found) < 0.4 * len(pages):
        return None
    gutter = middle(found)
    return gutter if sum(abs(each - gutter) < 6 for each in found) > 0.6 * len(found) else None


def _usual(lines: list[Print], common: float | None) -> float | None:
    """Return the usual gutter for a page whose last column holds too little to show one."""
    if common is None:
        return None
    beyond = any(abs(line.left - common) < 8 for line in lines)
    crossing = sum(line.left < common - 4 and line.right > common + 4 for line in lines)
    return common if beyond and crossing <= 0.3 * len(lines) else None


def _ordered(lines: list[Print], body: float, usual: float | None = None, within: int = 0) -> list[Print]:
    """Order a page: bands between lines that span its columns, and within a band column after column.

    `within` counts the columns around these lines: beyond a few, what looks like one is scattered print.
    """
    gutter = (_gutter(lines, body) if within < DEEPEST else None) or usual
    if gutter is None:
        return _joined(sorted(lines, key=lambda line: (round(line.top, 1), line.left)))
    out: list[Print] = []
    band: list[Print] = []
    for line in sorted(lines, key=lambda line: (line.top, line.left)):
        if line.left < gutter - 2 and line.right > gutter + 2:
            out += _columns(band, gutter, body, within + 1)
            band = []
            out.append(line)
        else:
            band.append(line)
    return out + _columns(band, gutter, body, within + 1)


def _columns(band: list[Print], gutter: float, body: float, within: int) -> list[Print]:
    if not band:
        return []
    left = [line for line in band if line.right <= gutter + 2]
    right = [replace(line, column=line.column + 1) for line in band if line.right > gutter + 2]
    return _ordered(left, body, within=within) + _ordered(right, body, within=within)


def _gutter(lines: list[Print], body: float) -> float | None:
    """Find a vertical strip that hardly any line crosses and that has full lines on either side."""
    if len(lines) < 8:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    if right - left < 24 * body:
        return None
    text = [line for line in lines if abs(line.size - body) <= 0.25 * body]
    lefts, rights = sorted(line.left for line in text), sorted(line.right for line in text)
    wide = [line for line in text if line.right - line.left > 3]  # nothing narrower can cross: it would end before
    starts, ends = sorted(line.left for line in wide), sorted(line.right for line in wide)
    best: tuple[int, float] | None = None
    for edge in sorted({round(line.left) for line in text if line.left > left + 8 * body}):
        at = edge - 2.0
        before, behind = bisect_right(rights, at + 1), len(lefts) - bisect_left(lefts, at)
        if min(before, behind) < 4:
            continue
        crossing = bisect_left(starts, at - 2) - bisect_right(ends, at + 1)
        if crossing > 0.25 * len(text) or crossing * 3 > min(before, behind) * 2:
            continue
        here = (behind + before - 4 * crossing, -at)
        if best is None or here > best:
            best = (here[0], here[1])
    return -best[1] if best else None


def _joined(lines: list[Print]) -> list[Print]:
    """Put together again what a wide blank parted within one line of running text."""
    out: list[Print] = []
    for line in lines:
        last = out[-1] if out else None
        if (
            last
            and abs(last.top - line.top) < 0.3 * line.size
            and 0 <= line.left - last.right < 3.2 * line.size
            and last.page == line.page
        ):
            out[-1] = replace(last, text=f"{last.text} {line.text}", right=line.right)
        else:
            out.append(line)
    return out


def _noted(lines: list[Line], pages: dict[int, list[Print]], body: float) -> list[Line]:
    """Mark the footnotes: small lines at the foot of a column that begin with a label, and what goes on from them."""
    out = list(lines)
    often = Counter(re.sub(r"\d+", "", line.text).strip() for line in lines)
    for page in pages:
        places = [i for i, line in enumerate(lines) if line.page == page]
        for column in {lines[i].column for i in places}:
            mine = [i for i in places if lines[i].column == column and not _running(lines[i].text, often)]
            _mark_foot(out, mine, body)
    return out


def _running(text: str, often: Counter[str]) -> bool:
    """Tell whether a line is a running foot rather than a note: `4 | Name`, or a name that comes back with a number."""
    if re.match(r"\d{1,3}\s*[|·•]|.*[|·•]\s*\d{1,3}$", text):
        return True
    return often[re.sub(r"\d+", "", text).strip()] >= 2 and not is_reference(text)


def _mark_foot(out: list[Line], places: list[int], body: float) -> None:
    foot: list[int] = []
    for i in reversed(places):
        line = out[i]
        if line.size <= 0.93 * body:
            foot.append(i)
        elif not foot and (
            len(line.text) < 12 or line is out[places[-1]] or line is out[places[-2 if len(places) > 1 else -1]]
        ):
            continue  # a page number or a running foot below the notes
        else:
            break
    foot.reverse()
    while foot and not label_of(out[foot[0]].text)[0]:
        if any(label_of(out[i].text)[0] for i in foot) and _fuller(out, foot):
            break  # a note that goes on from the page before
        foot.pop(0)
    for i in foot:
        out[i] = replace(out[i], role="note")


def _fuller(out: list[Line], foot: list[int]) -> bool:
    first, labelled = foot[0], next(i for i in foot if label_of(out[i].text)[0])
    return labelled - first <= 12 and abs(out[first].size - out[labelled].size) < 0.4


def label_of(text: str) -> tuple[str, str]:
    """Split a note's label from its text; the label is empty where there is none.

    >>> label_of("[12] Vale, Tolls")
    ('12', 'Vale, Tolls')
    """
    match = re.match(
        r"(?:\ue000[sufa]([^\ue001]+)\ue001|\[(\d{1,3})\]|(\d{1,3})[.)]?(?=\s)|(\d{1,3})[.)]?(?=[A-Z“‘\"]))\s*(?=\S)",
        text,
    )
    if not match:
        return "", text
    return next(group for group in match.groups() if group), text[match.end() :]


def _begun(lines: list[Line], body: float) -> list[Line]:
    """Mark the lines with which, by indent, gap or a short line above, a paragraph begins; and find bullets."""
    edges = _edges(lines)
    out: list[Line] = []
    leading = _leading(lines)
    for line in lines:
        last = out[-1] if out else None
        left, right = edges[line.page, line.column]
        bullet, rest = (line.bullet, line.text) if line.bullet else take_bullet(line.text)
        if (
            not line.bullet
            and bullet in ("-", "–", "—")
            and last is not None
            and not ended(last.text)
            and not last.bullet
        ):
            bullet, rest = "", line.text
        follows = last is not None and last.page == line.page and last.column == line.column
        start = bool(bullet)
        gap = 0
        new_style = last is not None and (abs(line.size - last.size) > 0.08 * body or line.bold != last.bold)
        indented = line.left - left > 0.7 * line.size
        if last is not None and follows:
            drop = line.top - last.top
            size = max(line.size, last.size)
            gap = 1 if drop > 1.35 * max(leading.get(round(size, 1), 1.2 * size), 1.05 * size) or drop < 0 else 0
            inward = indented and line.left - last.left > 0.7 * line.size
            word = 0.5 * line.size * (len(line.text.split(" ")[0]) + 1)
            # what is set in on the left is set in on the right as well
            inset = min(line.left, last.left) - left
            stops = ended(last.text) and right - last.right - max(0.0, inset) > max(1.2 * word, 0.06 * (right - left))
            start = start or gap > 0 or new_style or stops or (inward and ended(last.text))
        elif indented:
            # a block quotation that goes on overleaf is indented as it was before
            like = next((o for o in reversed(out) if not o.role and abs(o.size - line.size) < 0.3), None)
            same = (
                like is not None
                and abs(like.indent - int((line.left - left) / max(line.size, 1.0) * 2)) <= 1
                and like.indent > 1
            )
            start = start or (like is not None and ended(like.text) and not same)
        indent = int(max(0.0, line.left - left) / max(line.size, 1.0) * 2)
        out.append(
            replace(
                line,
                text=rest,
                bullet=bullet,
                gap=gap,
                indent=indent,
                start=start,
                short=line.right < right - 0.14 * (right - left),
            )
        )
    return out


def begun_again(lines: Sequence[Line], taken: Collection[int]) -> tuple[Line, ...]:
    """Look again where paragraphs begin, when running heads and page numbers are known and out of the way."""
    kept = [line for line in lines if line.number not in taken and line.role != "note"]
    body = _body_size([Print(line.page, line.text, 0, 0, 0, line.size, False, 0, 0) for line in kept])
    fresh = {line.number: line for line in _begun(kept, body)}
    return tuple(fresh.get(line.number, line) for line in lines)


def _edges(lines: list[Line]) -> dict[tuple[int, int], tuple[float, float]]:
    groups: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.page, line.column), []).append(line)
    found = {}
    for key, group in groups.items():
        long = [line for line in group if len(line.text) > 20] or group
        lefts = Counter(round(line.left) for line in long)
        common = [edge for edge, count in lefts.items() if count >= max(2, 0.2 * len(long))]
        left = min(common) if common else min(line.left for line in long)
        rights = sorted(line.right for line in long)
        found[key] = (float(left), rights[int(len(rights) * 0.9)] if len(rights) > 2 else rights[-1])
    return found


def _leading(lines: list[Line]) -> dict[float, float]:
    drops: dict[float, list[float]] = {}
    for before, line in pairwise(lines):
        if before.page == line.page and before.column == line.column and before.size == line.size:
            drop = line.top - before.top
            if 0.9 * line.size < drop < 2.6 * line.size:
                drops.setdefault(round(line.size, 1), []).append(drop)
    return {size: middle(found) for size, found in drops.items()}
