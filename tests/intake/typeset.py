"""Set an invented report as a PDF: one or two columns, running heads, raised markers, footnotes or endnotes.

Needs reportlab; the printed files are kept beside the tests, so that only a change here needs it again.
"""

import io
import re
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from .invented import Report
from .press import MARK

SERIF, BOLD = "Times-Roman", "Times-Bold"
HEIGHT, WIDTH = 792.0, 612.0


@dataclass(frozen=True)
class Style:
    """How a report is set."""

    columns: int = 1
    notes: str = "end"  # end | foot
    indent: bool = False  # paragraphs begin with an indent instead of a gap
    hyphenate: bool = False
    size: float = 10.5


@dataclass
class Page:
    """The page under the pen."""

    canvas: Canvas
    style: Style
    header: str
    number: int = 1
    column: int = 0
    y: float = HEIGHT - 90
    feet: list[list[list[tuple[str, bool]]]] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Return the width of a column."""
        return (WIDTH - 144 - 24 * (self.style.columns - 1)) / self.style.columns

    @property
    def left(self) -> float:
        """Return the left edge of the column."""
        return 72 + self.column * (self.width + 24)

    def bottom(self) -> float:
        """Return how far down text may go."""
        return 80 + sum(len(lines) for lines in self.feet) * 9.6 + (8 if self.feet else 0)

    def turn(self) -> None:
        """Go to the next column or page."""
        if self.column + 1 < self.style.columns:
            self.column += 1
            self.y = HEIGHT - 90
            return
        self.finish()
        self.number += 1
        self.column = 0
        self.y = HEIGHT - 90

    def finish(self) -> None:
        """Print head, number and footnotes of the page."""
        self.canvas.setFont(SERIF, 8)
        if self.number > 1:
            self.canvas.drawString(72, HEIGHT - 50, self.header)
        self.canvas.drawCentredString(WIDTH / 2, 40, str(self.number))
        y = 80 + sum(len(lines) for lines in self.feet) * 9.6 - 12
        for lines in self.feet:
            for line in lines:
                _draw(self.canvas, line, 72, y, 8.0, SERIF)
                y -= 9.6
        self.feet = []
        self.canvas.showPage()


def _runs(text: str) -> list[tuple[str, bool]]:
    """Cut a text into words, each with whether it is raised and glued to the one before."""
    runs: list[tuple[str, bool]] = []
    for word in text.split():
        place = 0
        first = True
        for match in MARK.finditer(word):
            if word[place : match.start()]:
                runs.append((("" if first else "\0") + word[place : match.start()], False))
                first = False
            runs.append((match[1], True))
            first = False
            place = match.end()
        if word[place:]:
            runs.append((("" if first else "\0") + word[place:], False))
    return runs


def _width(run: tuple[str, bool], size: float, font: str) -> float:
    return float(stringWidth(run[0].strip("\0"), font, size * 0.6 if run[1] else size))


def _wrap(
    text: str, width: float, size: float, font: str, first: float = 0.0, hyphenate: bool = False
) -> list[list[tuple[str, bool]]]:
    lines: list[list[tuple[str, bool]]] = [[]]
    used = first
    blank = float(stringWidth(" ", font, size))
    for run in _runs(text):
        glued = run[1] or run[0].startswith("\0")
        need = _width(run, size, font) + (0 if glued or not lines[-1] else blank)
        if used + need > width and lines[-1] and not glued:
            cut = _cut(run[0], width - used - blank, size, font) if hyphenate else None
            if cut:
                lines[-1].append((cut[0] + "-", False))
                run = (cut[1], False)
            lines.append([])
            used = 0.0
            need = _width(run, size, font)
        lines[-1].append(run)
        used += need
    return lines


def _cut(word: str, room: float, size: float, font: str) -> tuple[str, str] | None:
    if not re.fullmatch(r"[a-z]{8,}[.,]?", word):
        return None
    for place in range(len(word) - 4, 3, -1):
        if word[place - 1] not in "aeiou" and word[place] in "aeiou":
            continue
        if stringWidth(word[:place] + "-", font, size) <= room:
            return word[:place], word[place:]
    return None


def _draw(canvas: Canvas, line: list[tuple[str, bool]], x: float, y: float, size: float, font: str) -> None:
    blank = float(stringWidth(" ", font, size))
    for i, run in enumerate(line):
        if i and not run[1] and not run[0].startswith("\0"):
            x += blank
        canvas.setFont(font, size * 0.6 if run[1] else size)
        canvas.drawString(x, y + (size * 0.35 if run[1] else 0), run[0].strip("\0"))
        x += _width(run, size, font)


def _set(
    page: Page, text: str, report: Report, size: float, font: str = SERIF, inset: float = 0.0, first: float = 0.0
) -> None:
    style = page.style
    for i, line in enumerate(_wrap(text, page.width - 2 * inset, size, font, first, style.hyphenate and font == SERIF)):
        marks = [run[0] for run in line if run[1] and run[0] in report.notes] if style.notes == "foot" else []
        feet = [_wrap(f"{{{{{label}}}}} {report.notes[label]}", WIDTH - 144, 8.0, SERIF) for label in marks]
        extra = sum(len(lines) for lines in feet) * 9.6 + (8 if feet and not page.feet else 0)
        if page.y - size * 1.25 < page.bottom() + extra:
            page.turn()
        page.feet += feet
        page.y -= size * 1.25
        _draw(page.canvas, line, page.left + inset + (first if i == 0 else 0), page.y, size, font)


def pdf(report: Report, style: Style) -> bytes:
    """Return the report as a PDF."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle(report.title)
    page = Page(canvas, style, report.title)
    _title(page, report)
    for part in report.parts:
        size = {1: 14.0, 2: 12.0}[part.level]
        page.y -= 10
        if page.y < page.bottom() + 60:
            page.turn()
        _set(page, part.title, report, size, BOLD)
        page.y -= 3
        for place, piece in enumerate(part.pieces):
            _piece(page, report, piece.kind, piece.text, place)
    if style.notes == "end" and report.notes:
        page.y -= 10
        _set(page, "Endnotes", report, 14.0, BOLD)
        page.y -= 3
        for label, text in report.notes.items():
            _set(page, f"{label}. {text}", report, 9.0)
    page.finish()
    canvas.save()
    return out.getvalue()


def _title(page: Page, report: Report) -> None:
    columns = page.style
    page.style = Style(1, columns.notes)
    _set(page, report.title, report, 20.0, BOLD)
    page.y -= 8
    for name in report.authors:
        _set(page, name, report, 11.5)
    _set(page, report.date, report, columns.size)
    page.style = columns
    page.canvas.setFont(SERIF, 8)
    page.turn()
    while page.column:
        page.turn()


def _piece(page: Page, report: Report, kind: str, text: str, place: int) -> None:
    size = page.style.size
    if kind == "pull":
        page.y -= 8
        _set(page, text, report, size * 1.4, BOLD, 10)
        page.y -= 8
    elif kind == "caption":
        page.y -= 30
        _set(page, text, report, 8.5, SERIF)
        page.y -= 10
    elif kind == "item":
        _set(page, "• " + text, report, size, SERIF, 8)
        page.y -= 2
    elif kind == "quotation":
        page.y -= 5
        _set(page, text, report, size, SERIF, 22)
        page.y -= 5
    else:
        _set(page, text, report, size, SERIF, 0, 14 if page.style.indent and place else 0)
        page.y -= 0 if page.style.indent else 6
