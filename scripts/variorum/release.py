"""A release: refused where something is not as it must be for good, recorded, built, and frozen under its date.

The published folder holds the newest edition at its root and every release under `v/<date>/`; releases are only added.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path

from . import checks, codehost, dressing, evidence, history, ledger, permanence, site
from .compare import compare
from .edition import Edition, load
from .ledger import Release
from .rules import Level

FROZEN = "v"
OWNERS = ".github/CODEOWNERS"
_OWNER = "@OWNER"
_BODY = re.compile(r"(<body\b[^>]*>)")


class Refusal(Exception):
    """Say why there is no release, one reason a line."""


@dataclass(frozen=True, slots=True)
class Released:
    """Say what a release did: its day and version, the frozen copy, and how many addresses are new."""

    date: str
    version: str
    frozen: Path
    added: int


def release(root: Path, out: Path, build: Callable[[Path], None], scratch: Path) -> Released:
    """Release the edition under `root` into the folder `out`; `build` builds the site into the folder it is given.

    Raises `Refusal`, and then nothing is changed.
    """
    edition = load(root)
    reasons = [*refusals(edition), *_published(edition, out)]
    if reasons or edition.matter is None:
        raise Refusal("\n".join(reasons))
    made = Release(edition.matter.date, edition.matter.version, edition.fingerprint)
    known = len(edition.ledger.addresses)
    with _recorded(root, edition, made):
        build(scratch)
        missing = dressing.unresolved(scratch, ledger.read(root).addresses)
        if missing:
            raise Refusal("\n".join(f"the build does not have {address}" for address in missing))
    frozen = _publish(scratch, out, made)
    return Released(made.date, made.version, frozen, len(ledger.read(root).addresses) - known)


def refusals(edition: Edition) -> Iterator[str]:
    """Yield why an edition cannot be released: what is a placeholder, wrong, unproved, or released already."""
    matter = edition.matter
    if matter is None:
        yield "docs/index.md does not describe the edition"
        return
    if site.is_placeholder(edition.site):
        yield f"`site_url` in {site.CONFIGURATION} is a placeholder ({edition.site or 'none'}): set your own address"
    if codehost.is_placeholder(matter.repository):
        yield f"`repository` in docs/index.md is a placeholder ({matter.repository or 'none'}): set your own"
    if _OWNER in _text(edition.root / OWNERS):
        yield f"{OWNERS} names {_OWNER}, a placeholder: put in who is to be asked, or delete the file"
    for finding in checks.check(edition):
        if finding.level is Level.ERROR or finding.rule == "reference-stale":
            yield f"{finding.place.path}:{finding.place.line}: {finding.message}"
    for report, found in evidence.excerpts(edition).items():
        for one in found:
            if one.quote and not one.proof:
                yield f"docs/annotations/{report}/{one.slug}.md: the quotation at {one.at} is not proved"
    for before in edition.ledger.releases:
        if before.date >= matter.date:
            yield f"docs/index.md has the date {matter.date}, and there is a release of {before.date}: set this day"
        if before.version == matter.version:
            yield f"version {matter.version} was released on {before.date}: give this one a number of its own"


def _text(path: Path) -> str:
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""


def _published(edition: Edition, out: Path) -> Iterator[str]:
    """Yield what is wrong with the published folder: a frozen edition that is missing, or in the way."""
    for before in edition.ledger.releases:
        if not (out / FROZEN / before.date / "index.html").is_file():
            yield f"{out.name}/ lacks the frozen edition {FROZEN}/{before.date}/: publish into the folder that has it"
    if edition.matter and (out / FROZEN / edition.matter.date).exists():
        yield f"{out.name}/{FROZEN}/{edition.matter.date}/ exists already, and a frozen edition is never changed"


@contextmanager
def _recorded(root: Path, edition: Edition, made: Release) -> Iterator[None]:
    """Write the ledger and the snapshot; take both back where what follows fails."""
    book, shot = root / ledger.FILE, history.path_of(root, made.date)
    before = book.read_text("utf-8") if book.is_file() else None
    shot.parent.mkdir(parents=True, exist_ok=True)
    shot.write_text(history.text(history.snapshot(edition, compare(edition))), "utf-8", newline="\n")
    book.write_text(ledger.added(before or "", permanence.told(edition), made), "utf-8", newline="\n")
    try:
        yield
    except BaseException:
        shot.unlink()
        if before is None:
            book.unlink()
        else:
            book.write_text(before, "utf-8", newline="\n")
        raise


def _publish(built: Path, out: Path, made: Release) -> Path:
    """Put the built site at the root of `out`, whose frozen editions stay, and a frozen copy beside them."""
    out.mkdir(parents=True, exist_ok=True)
    frozen = out / FROZEN / made.date
    part = out / FROZEN / f".{made.date}.part"
    shutil.copytree(built, part)
    for page in part.rglob("*.html"):
        page.write_text(_marked(page.read_text("utf-8"), page.relative_to(part), made), "utf-8", newline="\n")
    part.rename(frozen)
    for old in out.iterdir():
        if old.name != FROZEN and not old.name.startswith("."):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    shutil.copytree(built, out, dirs_exist_ok=True)
    return frozen


def _marked(html: str, path: Path, made: Release) -> str:
    """Say on a frozen page that it is one, and where the newest is."""
    up = "../" * (len(path.parts) - 1 + 2)
    where = escape(path.parent.as_posix() + "/" if path.parent != Path(".") else "")
    told = (
        f'<p class="vr-frozen" role="note">Frozen edition of {made.date}, version {escape(made.version)}: it will not '
        f'change. <a href="{up}{where}">The newest edition of this page</a></p>'
    )
    return _BODY.sub(lambda match: match[1] + told, html, count=1)
