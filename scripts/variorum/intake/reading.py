"""A report read: which reader a file gets, how large it may be, and the one call that does everything."""

from pathlib import Path

from . import corrections as correction_files
from . import html, markdown, pdf, plain
from .corrections import Corrections
from .glyphs import LARGEST, decode
from .lines import Input
from .model import Intake
from .refusal import Refusal
from .structure import build

MOST_TEXT, MOST_LINES = 4_000_000, 60_000
FORMS = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf")


def here(path: Path, report: str, corrections: Path | None = None) -> Intake:
    """Import a report in this process, with no bounds but those on its size."""
    source = source_of(path)
    entries = correction_files.load(corrections) if corrections is not None else Corrections()
    entries.check(source)
    return build(source, report, entries)


def source_of(path: Path) -> Input:
    """Read a file into lines, or refuse it with a reason."""
    form = path.suffix.lower()
    if form not in FORMS:
        raise Refusal(
            f"{path.name}: import reads {', '.join(FORMS)}, not “{form or 'no ending'}”.",
            "Save or export the report in one of these forms.",
        )
    data = _bytes(path, form)
    if form == ".pdf":
        source = pdf.read(data, path.name)
    else:
        text = decode(data, path.name)
        if form in (".html", ".htm", ".xhtml"):
            source = html.read(text, path.name)
        else:
            source = plain.read(text) if form == ".txt" else markdown.read(text)
    length = sum(len(line.text) for line in source.lines)
    if length > MOST_TEXT or len(source.lines) > MOST_LINES:
        raise Refusal(
            f"{path.name} holds {length:,} characters in {len(source.lines):,} lines; import reads at most "
            f"{MOST_TEXT:,} in {MOST_LINES:,}.",
            "Is it one report? Split it and import the part that holds it.",
        )
    if not any(char.isalpha() for line in source.lines for char in line.text):
        raise Refusal(f"{path.name} holds no words.", "Look at the file: it is perhaps not the one you mean.")
    return source


def _bytes(path: Path, form: str) -> bytes:
    try:
        size = path.stat().st_size
        largest = 12 * LARGEST if form == ".pdf" else LARGEST
        if path.is_dir():
            raise Refusal(f"{path.name} is a folder, not a file.", "Name the report's file in it.")
        if size > largest:
            raise Refusal(
                f"{path.name} is {size / 1e6:.0f} MB; import reads at most {largest / 1e6:.0f} MB.",
                "A report's text has a few hundred kilobytes: is it the right file?",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise Refusal(f"{path} does not exist.", "Check the name and the folder.") from None
    except OSError as error:
        raise Refusal(
            f"{path.name} cannot be read: {error.strerror or 'unknown reason'}.", "Check the file and its permissions."
        ) from None
