"""The start of an edition: a small invented one, laid out as files, that builds and passes the check as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..writing import Batch

FOLDER = Path(__file__).parent
_HIDDEN = ("gitignore", "github")
"""What begins with a dot where it is laid out."""


def lay_out(folder: Path, title: str, date: str) -> int:
    """Write the files under `folder`, with the title and day put in, all or none; return how many they are."""
    laid = dict(files(title, date))
    Batch(folder, laid, read=dict.fromkeys(laid)).make()
    return len(laid)


def files(title: str, date: str) -> Iterator[tuple[str, str]]:
    """Yield each file's path and text."""
    plain = title.replace("\\", "\\\\").replace('"', '\\"')
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            first, *rest = path.relative_to(FOLDER).parts
            name = "/".join(["." + first if first in _HIDDEN else first, *rest])
            text = path.read_text("utf-8").replace('"{title}"', f'"{plain}"').replace("{title}", title)
            yield name, text.replace("{date}", date)
