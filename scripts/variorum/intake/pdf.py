"""A PDF as lines: characters with position and size, gathered into words, lines and columns in reading order.

Pdfium reads the file; what it says of each character (origin, box, size, weight) is all that is used. A small raised
number becomes a marker between the private characters. What the page shows only by its look (where a paragraph begins,
what is quoted, what is a footnote) is decided in `layout`.
"""

import ctypes
import re
import time
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from .glyphs import LARGEST, clean_marked
from .layout import Print, arrange
from .lines import END, MARK, Input, Line
from .plain import labels
from .refusal import Refusal

MOST_PAGES = 1500
SECONDS = 90.0
LETTERS = 200_000
"""Characters that a page may have; a full sheet of a newspaper has a tenth of it."""


@dataclass(frozen=True)
class Char:
    """One character as printed: points, from the lower left corner."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Word:
    """Characters of one size on one base line without a gap."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


def read(data: bytes, name: str) -> Input:
    """Read a PDF into printed lines, in reading order."""
    document = _open(data, name)
    started = time.monotonic()
    prints: list[Print] = []
    found = 0
    try:
        for number in range(len(document)):
            if time.monotonic() - started > SECONDS:
                raise Refusal(
                    f"{name} takes too long to read (page {number + 1} of {len(document)}).",
                    "Split it and import the part that holds the report.",
                )
            page, count = _page(document, number)
            prints += page
            found += count
        pages = len(document)
        title = (document.get_metadata_dict().get("Title") or "").strip() or None
    except pdfium.PdfiumError as error:
        raise Refusal(f"{name} is damaged: {error}.", "Fetch it again from its publisher.") from None
    finally:
        document.close()
    if found < 25 * max(1, pages) ** 0.5:
        raise Refusal(
            f"{name} holds pictures of pages, not text.",
            "Run it through text recognition (OCR) first, or find a copy with text.",
        )
    return _source(arrange(prints), title)


def _open(data: bytes, name: str) -> "pdfium.PdfDocument":
    if len(data) > 12 * LARGEST:
        raise Refusal(
            f"{name} is too large ({len(data) // 1_000_000} MB).", "Split it and import the part that holds the report."
        )
    if not data.strip():
        raise Refusal(f"{name} is empty.", "Fetch it again from its publisher.")
    if b"%PDF-" not in data[:2048]:
        raise Refusal(f"{name} is no PDF, whatever its name says.", "Give the file its right ending.")
    if b"%%EOF" not in data[-4096:]:
        raise Refusal(f"{name} is cut short: the end of the PDF is missing.", "Fetch it again from its publisher.")
    try:
        document = pdfium.PdfDocument(data)
        pages = len(document)
    except pdfium.PdfiumError as error:
        if "assword" in str(error) or b"/Encrypt" in data:
            raise Refusal(
                f"{name} is encrypted and asks for a password.", "Save a copy without a password and import that."
            ) from None
        raise Refusal(
            f"{name} is damaged and cannot be opened as a PDF.", "Fetch it again from its publisher."
        ) from None
    if not pages:
        raise Refusal(f"{name} has no pages.", "Fetch it again from its publisher.")
    if pages > MOST_PAGES:
        raise Refusal(
            f"{name} has {pages} pages; import reads at most {MOST_PAGES}.",
            "Split it and import the part that holds the report.",
        )
    return document


def _page(document: "pdfium.PdfDocument", number: int) -> tuple[list[Print], int]:
    page = document[number]
    try:
        width, height = page.get_size()
        text = page.get_textpage()
        count = text.count_chars()
        if count > LETTERS:
            raise Refusal(
                f"page {number + 1} holds {count:,} characters; import reads at most {LETTERS:,} on a page.",
                "Look at that page: it is perhaps not a page of text.",
            )
        chars = _chars(text)
        text.close()
    finally:
        page.close()
    return [
        Print(number + 1, line.text, line.left, line.right, height - line.base, line.size, line.bold, width, height)
        for line in _lines(_words(chars))
    ], sum(not char.text.isspace() for char in chars)


def _chars(textpage: "pdfium.PdfTextPage") -> list[Char]:
    handle = textpage.raw
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = raw.FS_MATRIX()
    found: list[Char] = []
    fonts: dict[int, bool] = {}
    for index in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, index)
        generated = raw.FPDFText_IsGenerated(handle, index)
        if code in (0, 0xFFFE, 0xFFFF, 10, 13) or (generated and code != 2):
            continue
        char = "-" if code == 2 else chr(code)
        if 0xD800 <= code <= 0xDFFF or char.isspace():
            continue
        # the loose box is as wide as the pen moves; the ink of a 1 or a full stop is narrower
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        size = raw.FPDFText_GetFontSize(handle, index)
        if raw.FPDFText_GetMatrix(handle, index, matrix):
            if abs(matrix.b) > abs(matrix.a):  # set sideways: a margin note of the printer's, or a map
                continue
            size *= (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
        found.append(Char(char, box.left, box.right, y.value, round(size, 1), _bold(handle, index, fonts)))
    return found


def _bold(handle: object, index: int, fonts: dict[int, bool]) -> bool:
    weight = raw.FPDFText_GetFontWeight(handle, index)
    if weight >= 600:
        return True
    object_ = raw.FPDFText_GetTextObject(handle, index)
    key = ctypes.cast(object_, ctypes.c_void_p).value or 0
    if key not in fonts:
        buffer = ctypes.create_string_buffer(200)
        flags = ctypes.c_int()
        length = raw.FPDFText_GetFontInfo(handle, index, buffer, 200, flags)
        fontname = buffer.raw[: max(0, min(length, 200) - 1)].decode("utf-8", "replace")
        fonts[key] = bool(re.search(r"bold|black|heavy|semibold|demi", fontname, re.I))
    return fonts[key]


def _words(chars: list[Char]) -> list[Word]:
    """Gather characters that follow each other closely on one base line."""
    words: list[Word] = []
    held: list[Char] = []
    for char in chars:
        last = held[-1] if held else None
        if last and (
            abs(char.base - last.base) > 0.06 * last.size
            or abs(char.size - last.size) > 0.06 * last.size
            or not -0.6 * last.size < char.left - last.right < 0.16 * last.size
        ):
            words.append(_word(held))
            held = []
        held.append(char)
    if held:
        words.append(_word(held))
    return words


def _word(chars: list[Char]) -> Word:
    bold = sum(char.bold for char in chars) * 2 > len(chars)
    return Word(
        "".join(char.text for char in chars),
        chars[0].left,
        max(c.right for c in chars),
        chars[0].base,
        chars[0].size,
        bold,
    )


def _lines(words: list[Word]) -> list[Word]:
    """Gather words into printed lines; a wide gap (a column's, a table's) parts them."""
    rows: list[list[Word]] = []
    bases: dict[int, list[int]] = {}
    raised: list[Word] = []
    for word in sorted(words, key=lambda w: -w.size):
        if (
            _may_be_marker(word)
            and _host(
                word, [rows[i] for key in range(int(word.base) - 12, int(word.base) + 1) for i in bases.get(key, [])]
            )
            is not None
        ):
            # before it is taken for part of a line of another column that happens to stand as high
            raised.append(word)
            continue
        row = _row(word, rows, bases)
        if row is not None:
            rows[row].append(word)
        else:
            rows.append([word])
            for key in range(int(word.base) - 1, int(word.base) + 2):
                bases.setdefault(key, []).append(len(rows) - 1)
    parted = [part for row in rows for part in _parts(sorted(row, key=lambda w: w.left))]
    for word in sorted(raised, key=lambda w: w.left):
        host = _host(word, parted)
        if host is None:
            parted.append([word])
        else:
            shown = "".join(f"{MARK}s{label}{END}" for label in labels(word.text.strip(",. ")))
            parted[host] = sorted(
                [*parted[host], Word(shown, word.left, word.right, parted[host][0].base, 0.0, False)],
                key=lambda w: w.left,
            )
    return [_line(part) for part in parted]


def _row(word: Word, rows: list[list[Word]], bases: dict[int, list[int]]) -> int | None:
    for index in bases.get(int(word.base), []):
        first = rows[index][0]
        if abs(first.base - word.base) <= 0.08 * first.size and word.size > 0.55 * first.size:
            return index
    return None


def _may_be_marker(word: Word) -> bool:
    return bool(re.fullmatch(r"[\[(]?\d{1,3}(?:[,–-]\d{1,3})*[\])]?[,.]?|[*†‡§]{1,3}", word.text))


def _host(word: Word, rows: list[list[Word]]) -> int | None:
    """Return the line over which a small raised word hangs."""
    for index, row in enumerate(rows):
        first = max(row, key=lambda w: w.size)
        rise = word.base - first.base
        if not (word.size < 0.85 * first.size and 0.08 * first.size < rise < 0.75 * first.size):
            continue
        near = 0.6 * first.size
        if any(other.left - near <= word.right and word.left <= other.right + near for other in row):
            return index
    return None


def _parts(row: list[Word]) -> list[list[Word]]:
    parts: list[list[Word]] = [[row[0]]]
    for before, word in pairwise(row):
        if word.left - before.right > 1.15 * max(before.size, word.size):
            parts.append([])
        parts[-1].append(word)
    return parts


def _line(words: list[Word]) -> Word:
    text = words[0].text
    for before, word in pairwise(words):
        gap = word.left - before.right
        close = word.text.startswith(MARK) or gap < 0.1 * max(before.size, word.size, 1.0)
        text += word.text if close and not (before.text.startswith(MARK) and gap > 1) else " " + word.text
    set_ = [word for word in words if word.size]
    length = sum(len(word.text) for word in set_)
    bold = sum(len(word.text) for word in set_ if word.bold) >= 0.8 * length
    size = max(set_, key=lambda w: len(w.text)).size if set_ else words[0].size
    base = max(set_, key=lambda w: len(w.text)).base if set_ else words[0].base
    return Word(text, words[0].left, max(word.right for word in words), base, size, bold)


def _source(lines: list[Line], title: str | None) -> Input:
    sizes: dict[float, int] = {}
    cleaned: list[Line] = []
    for line in lines:
        text = clean_marked(line.text)
        if text:
            cleaned.append(line.__class__(**{**line.__dict__, "number": len(cleaned) + 1, "text": text}))
            sizes[line.size] = sizes.get(line.size, 0) + len(text)
    body = max(sizes, key=lambda size: sizes[size])
    lengths = sorted(len(line.text) for line in cleaned if line.size == body)
    width = lengths[int(len(lengths) * 0.85)] if lengths else 0
    return Input(tuple(cleaned), "page", True, width, body, title)
