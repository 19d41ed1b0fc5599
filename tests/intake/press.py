"""Print an invented report in every dress that import must undress, and say what import should find in it."""

import re
import textwrap

from .invented import Part, Piece, Report

MARK = re.compile(r"\{\{(\d+)\}\}")


def split_marks(text: str) -> tuple[str, list[tuple[str, int]]]:
    """Return a unit's text without markers, and the markers with their offsets."""
    marks: list[tuple[str, int]] = []
    out = ""
    place = 0
    for match in MARK.finditer(text):
        out += text[place : match.start()]
        marks.append((match[1], len(out)))
        place = match.end()
    return out + text[place:], marks


def expected(report: Report) -> list[tuple[str | None, int, list[tuple[str, str, list[tuple[str, int]]]]]]:
    """Return what import should find: sections with title, level and units of kind, text and marks."""
    found = []
    for part in report.parts:
        units = [
            (_kind(piece), *split_marks(piece.text)) for piece in part.pieces if piece.kind not in ("pull", "caption")
        ]
        found.append((part.title, part.level, units))
    return found


def _kind(piece: Piece) -> str:
    return piece.kind if piece.kind in ("paragraph", "item", "quotation") else "paragraph"


def _spoken(part: Part) -> list[Piece]:
    """Put the speaker's name before the first paragraph of each answer."""
    out = []
    last = ""
    for piece in part.pieces:
        if piece.kind in ("marsh", "oakley"):
            name = "" if piece.kind == last else f"{piece.kind.capitalize()}: "
            last = piece.kind
            out.append(Piece("paragraph", name + piece.text))
        else:
            out.append(piece)
    return out


DRESSES = {
    "glued": "{}",
    "spaced": " {}",
    "bracketed": "[{}]",
    "unicode": None,
    "tag": "<sup>{}</sup>",
    "footnote": "[^{}]",
}


def dress(text: str, style: str) -> str:
    """Put the markers of a text into one dress."""
    if style == "unicode":
        return MARK.sub(lambda m: m[1].translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")), text)
    return MARK.sub(lambda m: str(DRESSES[style]).format(m[1]), text)


def text_open(report: Report, style: str = "glued") -> str:
    """Print as text: one paragraph a line, blank lines between."""
    rows = [
        report.title,
        "",
        ", ".join(report.authors) if len(report.authors) > 2 else " and ".join(report.authors),
        report.date,
        "",
    ]
    for part in report.parts:
        rows += [part.title, ""]
        for piece in _spoken(part):
            lead = "• " if piece.kind == "item" else ""
            rows += [lead + dress(piece.text, style)]
            if piece.kind != "item":
                rows.append("")
        rows += [""] if rows[-1] else []
    if report.notes:
        rows += ["Notes", ""]
        rows += [f"{label}. {text}" for label, text in report.notes.items()]
    rows += ["", "About the Author", "", report.biography, ""] if report.biography else []
    return "\n".join(rows) + "\n"


def text_tight(report: Report, cut: int = 2) -> str:
    """Print as text from a PDF: no blank lines, every `cut`-th paragraph broken by a page in mid-sentence."""
    rows = [
        "© 2024 The Aven Society. All rights reserved.",
        report.title,
        *report.authors,
        "About the Authors",
        report.biography,
    ]
    count = 0
    for part in report.parts:
        rows.append(part.title)
        for piece in part.pieces:
            text = dress(piece.text, "glued")
            count += 1
            if piece.kind == "paragraph" and count % cut == 0:
                place = _middle(text)
                rows += [text[:place], text[place + 1 :]]
            else:
                rows.append(("• " if piece.kind == "item" else "") + text)
    rows += [f"{label} {text}" for label, text in report.notes.items()]
    rows.append(report.institute)
    return "\n".join(rows) + "\n"


def _middle(text: str) -> int:
    """Return the place of a blank near the middle, with lower case on both sides."""
    for match in re.finditer(r"(?<=[a-z]) (?=[a-z])", text):
        if match.start() > len(text) / 2:
            return match.start()
    return text.index(" ", len(text) // 2)


def text_wrapped(report: Report, width: int = 54, column: int = 31) -> str:
    """Print as text from two columns: wrapped by hand, capitals for headings, a blank line where a column ends."""
    rows: list[str] = []
    for part in report.parts:
        rows += textwrap.wrap(part.title.upper(), width - 18)
        for piece in part.pieces:
            if piece.kind in ("pull", "caption"):
                continue
            lead = "• " if piece.kind == "item" else ""
            rows += [
                f"{row} " for row in textwrap.wrap(lead + dress(piece.text, "glued"), width, break_long_words=False)
            ]
            rows.append("")
    rows += ["NOTES"] if report.notes else []
    for label, text in report.notes.items():
        rows += textwrap.wrap(f"{label}. {text}", width, break_long_words=False)
    out: list[str] = []
    for number, row in enumerate(rows, 1):
        out.append(row)
        inside = (
            row.strip()
            and not re.search(r"[.?!:”\"]\d*\s*$", row)
            and not row.isupper()
            and number < len(rows)
            and rows[number].strip()
        )
        if number % column == 0 and inside and "NOTES" not in rows[:number]:
            out.append("")
    return "\n".join(out) + "\n"


def markdown(report: Report, style: str = "footnote", running: bool = False) -> str:
    """Print as Markdown, with footnotes of its own or with superscript tags and a list of notes."""
    rows = [f"# {report.title}", "", " and ".join(f"**{name}**" for name in report.authors), "", report.date, ""]
    for number, part in enumerate(report.parts):
        rows += [f"{'#' * (part.level + 1)} {part.title}", ""]
        for piece in _spoken(part):
            lead = {"item": "- ", "quotation": "> "}.get(piece.kind, "")
            rows += [""] if rows[-1].startswith("- ") and not lead else []
            rows.append(lead + dress(piece.text, style))
            rows += [] if piece.kind == "item" else [""]
        if running and number % 2:
            rows += [f"#### {report.title}", ""]
    if report.notes:
        rows.append("")
    if report.notes and style == "footnote":
        rows += [f"[^{label}]: {text}" for label, text in report.notes.items()]
    elif report.notes:
        rows += ["## Endnotes", "", *[f"{label}. {text}" for label, text in report.notes.items()]]
    return "\n".join(rows) + "\n"


def html(report: Report, anchors: bool = True) -> str:
    """Print as a web page with navigation, a share bar and a footer around the article."""
    rows = [
        "<!doctype html><html><head><title>",
        report.title,
        " – Aven Society</title><style>p{margin:0}</style></head><body>",
        '<nav><a href="/">Home</a> <a href="/papers">Papers</a></nav><main><article>',
        f"<h1>{report.title}</h1><p class='byline'>By {' and '.join(report.authors)}</p><time>{report.date}</time>",
        '<div class="share-bar"><a href="#">Share</a> <a href="#">Tweet</a></div>',
    ]
    listed = False
    for part in report.parts:
        rows.append(f"<h{part.level + 1}>{part.title}</h{part.level + 1}>")
        for piece in _spoken(part):
            if listed and piece.kind != "item":
                rows.append("</ul>")
                listed = False
            if piece.kind == "item" and not listed:
                rows.append("<ul>")
                listed = True
            rows.append(_element(piece, anchors))
        if listed:
            rows.append("</ul>")
            listed = False
    if report.notes:
        rows.append("<h2>Notes</h2><ol>")
        for label, text in report.notes.items():
            back = f' <a href="#ref{label}">↩</a>' if anchors else ""
            rows.append(f"<li id='fn{label}'>{text}{back}</li>" if anchors else f"<li>{text}</li>")
        rows.append("</ol>")
    rows.append("</article></main><footer>© 2024 Aven Society</footer></body></html>")
    return "\n".join(rows)


def _element(piece: Piece, anchors: bool) -> str:
    link = '<sup><a href="#fn{0}" id="ref{0}">{0}</a></sup>' if anchors else "<sup>{0}</sup>"
    text = MARK.sub(lambda m: link.format(m[1]), piece.text)
    if piece.kind == "pull":
        return f'<aside class="pullquote"><p>{text}</p></aside>'
    if piece.kind == "caption":
        return f"<figure><img src='x.jpg' alt=''><figcaption>{text}</figcaption></figure>"
    if piece.kind == "quotation":
        return f"<blockquote><p>{text}</p></blockquote>"
    return f"<li>{text}</li>" if piece.kind == "item" else f"<p>{text}</p>"
