"""`variorum pages`: write the generated pages and data as files, for another site generator."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .. import addresses, checks, data, exports, pages
from ..edition import Edition, load
from ..findings import Form, has_errors, show


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("pages", help="write the generated pages and data as files")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to; it must be empty or absent")
    parser.set_defaults(run=run)


def run(root: Path, given: argparse.Namespace) -> int:
    """Write every page, unless the edition has errors or the folder holds something."""
    edition = load(root)
    found = checks.check(edition)
    if has_errors(found):
        sys.stdout.write(show(found, Form.TEXT, edition.files))
        return 1
    out: Path = given.out
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        print(f"variorum: {out} is not an empty folder; nothing was written", file=sys.stderr)
        return 2
    with _together(out) as part:
        count = 0
        for page in [*_hand_written(edition), *pages.render(edition), *data.render(edition)]:
            _put(part / page.path, page.text.encode())
            count += 1
        for file in exports.render(edition):
            _put(part / file.path, file.text.encode() if isinstance(file.text, str) else file.text)
            count += 1
    print(f"{count} files in {out}")
    print(f"Under another host give the Markdown extension `variorum` the option `root: {root.resolve()}`.")
    return 0


def _hand_written(edition: Edition) -> list[pages.Page]:
    return [pages.Page(path, source.text) for path, source in edition.pages.items() if path not in addresses.PRINTED]


@contextmanager
def _together(out: Path) -> Iterator[Path]:
    """Give a folder to write into, which becomes `out` when all is written; a failure leaves nothing of it.

    Of two commands that write the same folder at once, the later one fails, since the folder is no longer empty.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    try:
        yield part
        part.chmod(0o755)
        if out.exists():
            out.rmdir()
        part.rename(out)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _put(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
