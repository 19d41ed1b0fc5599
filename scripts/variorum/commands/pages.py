"""`variorum pages`: write the generated pages and data as files, for another site generator."""

from __future__ import annotations

import argparse
import sys
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
    count = 0
    for page in [*_hand_written(edition), *pages.render(edition), *data.render(edition)]:
        target = out / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page.text, "utf-8", newline="\n")
        count += 1
    for file in exports.render(edition):
        target = out / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.text.encode() if isinstance(file.text, str) else file.text)
        count += 1
    print(f"{count} files in {out}")
    print(f"Under another host give the Markdown extension `variorum` the option `root: {root.resolve()}`.")
    return 0


def _hand_written(edition: Edition) -> list[pages.Page]:
    return [pages.Page(path, source.text) for path, source in edition.pages.items() if path not in addresses.PRINTED]
