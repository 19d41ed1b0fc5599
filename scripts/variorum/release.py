"""A release: refused where something is not as it must be for good, recorded, built, and frozen under its date.

The published folder holds the newest edition at its root and every release under `v/<date>/`; releases are only added.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from . import checks, codehost, dressing, evidence, history, journal, layout, ledger, locking, permanence, site
from .compare import compare
from .edition import Edition, load
from .ledger import Release
from .rules import Level
from .writing import Batch

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

    Nobody else writes to the edition meanwhile. Where anything fails, the edition's records are as before; a release
    that was killed is taken back by the next command, and releasing again publishes the rest.
    Raises `Refusal`, and then nothing is changed.
    """
    with locking.held(root):
        journal.recover(root)
        return _released(root, out, build, scratch)


def _released(root: Path, out: Path, build: Callable[[Path], None], scratch: Path) -> Released:
    edition = load(root)
    reasons = [*refusals(edition), *_published(edition, out)]
    if reasons or edition.matter is None:
        raise Refusal("\n".join(reasons))
    made = Release(edition.matter.date, edition.matter.version, edition.fingerprint)
    known = len(edition.ledger.addresses)
    frozen = out / FROZEN / made.date
    with _record(root, edition, made).open(done=str(frozen)):
        build(scratch)
        missing = dressing.unresolved(scratch, ledger.read(root).addresses)
        if missing:
            raise Refusal("\n".join(f"the build does not have {address}" for address in missing))
        _publish(scratch, out, made)
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


def _record(root: Path, edition: Edition, made: Release) -> Batch:
    """Return the change that records a release: its addresses in the ledger, its snapshot."""
    book = root / layout.LEDGER
    before = book.read_text("utf-8") if book.is_file() else ""
    shot = history.path_of(root, made.date).relative_to(root).as_posix()
    return Batch(
        root,
        {
            shot: history.text(history.snapshot(edition, compare(edition))),
            layout.LEDGER: ledger.added(before, permanence.told(edition), made),
        },
    )


def _publish(built: Path, out: Path, made: Release) -> None:
    """Put the built site at the root of `out`, whose frozen editions stay, and a frozen copy beside them.

    All of it is on the disk before anything of `out` changes; then each file is replaced in one step, and the frozen
    copy, which makes the release one, comes last.
    """
    part = out / f".{made.date}.part"
    shutil.rmtree(part, ignore_errors=True)
    try:
        shutil.copytree(built, part / "site")
        shutil.copytree(built, part / FROZEN)
        for page in (part / FROZEN).rglob("*.html"):
            text = page.read_text("utf-8")
            page.write_text(_marked(text, page.relative_to(part / FROZEN), made), "utf-8", newline="\n")
        _replace(part / "site", out)
        (out / FROZEN).mkdir(exist_ok=True)
        (part / FROZEN).rename(out / FROZEN / made.date)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _replace(new: Path, out: Path) -> None:
    """Move every file of a site over the one that stands in its place in `out`; what it lacks goes last."""
    files = {path.relative_to(new) for path in new.rglob("*") if path.is_file()}
    folders = {folder for name in files for folder in name.parents}
    for name in sorted(files):
        target = out / name
        if target.is_dir():
            shutil.rmtree(target)
        for folder in reversed(target.relative_to(out).parents):
            if (out / folder).is_file():
                (out / folder).unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        (new / name).replace(target)
    for path in sorted(out.rglob("*"), reverse=True):
        name = path.relative_to(out)
        if name.parts[0] == FROZEN or name.parts[0].startswith("."):
            continue
        if path.is_dir() and name not in folders:
            shutil.rmtree(path)
        elif path.is_file() and name not in files:
            path.unlink()


def _marked(html: str, path: Path, made: Release) -> str:
    """Say on a frozen page that it is one, and where the newest is."""
    up = "../" * (len(path.parts) - 1 + 2)
    where = escape(path.parent.as_posix() + "/" if path.parent != Path(".") else "")
    told = (
        f'<p class="vr-frozen" role="note">Frozen edition of {made.date}, version {escape(made.version)}: it will not '
        f'change. <a href="{up}{where}">The newest edition of this page</a></p>'
    )
    return _BODY.sub(lambda match: match[1] + told, html, count=1)
