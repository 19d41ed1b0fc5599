"""`variorum new`: write a valid record of any kind, from flags or by asking."""

from __future__ import annotations

import argparse
import datetime
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .. import checks, drafts, layout, locking, source, works
from ..asking import ask, free
from ..drafts import Choice, Unfit, choices, fit, known, several
from ..edition import Edition, load
from ..findings import Finding, Form, has_errors, show
from ..records import KEY, Evidence, Judgement, ReportedView
from ..words import Kind
from ..writing import Batch

_OF_OTHERS = ("who", "via", "author", "note")
"""Fields of a view that the author reports of others."""
_EVIDENCE = ("at", "quote", "speaker", *_OF_OTHERS)
_ASKED = {"position": ("stance", "at", "quote")}
"""Fields asked for besides those that the model requires; a silent record has none of them."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command, with one subcommand for each kind and one flag for each field."""
    parser = commands.add_parser("new", help="write a new record: " + ", ".join(drafts.KINDS))
    kinds = parser.add_subparsers(required=True, dest="kind", metavar="KIND")
    for kind in drafts.KINDS:
        one = kinds.add_parser(kind, help=_sentence(kind), description=_sentence(kind))
        _places(one, kind)
        _fields(one, kind)
        one.add_argument("--body", metavar="TEXT", help="the record’s own text, Markdown")
        one.add_argument("--print", action="store_true", dest="only_print", help="print the file; write nothing")
        one.set_defaults(run=run)


def run(root: Path, given: argparse.Namespace) -> int:
    """Complete what was given, ask for what is missing, write the files, and take them back where they do not pass."""
    edition = load(root)
    held = {path.relative_to(root).as_posix(): path for path in layout.bibliographies(root)}
    texts: dict[str, str | None] = {name: source.read(root, path).text for name, path in held.items()}
    try:
        written = _compose(root, edition, given)
    except Unfit as error:
        print(f"variorum: {error}", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, EOFError):
        print("\nvariorum: ended before all was answered; nothing was written", file=sys.stderr)
        return 2
    if given.only_print:
        sys.stdout.write("\n".join(written.values()))
        return 0
    taken = [name for name in written if (root / name).exists() and not name.endswith(".bib")]
    if taken:
        print(
            f"variorum: {taken[0]} exists already and is not written over; to change it, edit that file",
            file=sys.stderr,
        )
        return 2
    return _write(root, edition, written, texts)


def _write(root: Path, before: Edition, written: dict[str, str], texts: dict[str, str | None]) -> int:
    batch = Batch(root, written, read={**dict.fromkeys(written), **texts})
    with locking.held(root):
        batch.make()
        edition = load(root)
        found = _new(before, edition)
        if has_errors(found):
            batch.take_back()
    if has_errors(found):
        sys.stdout.write(show(found, Form.TEXT, edition.files))
        print("variorum: it does not pass `variorum check`; nothing was written", file=sys.stderr)
        return 1
    for name in written:
        print(name)
    for finding in found:
        print(f"  {finding.level}[{finding.rule}]: {finding.message}")
    return 0


def _new(before: Edition, after: Edition) -> list[Finding]:
    """Return the findings that were not there before."""
    old = {(found.rule, found.place.path, found.message) for found in checks.check(before)}
    return [one for one in checks.check(after) if (one.rule, one.place.path, one.message) not in old]


# What the flags are


def _sentence(kind: str) -> str:
    if kind == "source":
        return "Add a work to bibliography/literature.bib."
    if kind == "report":
        return "Add a report to the corpus: its entry and its page, in preparation."
    return (drafts.model_of(kind).__doc__ or "").splitlines()[0]


def _places(parser: argparse.ArgumentParser, kind: str) -> None:
    if kind in set(Kind):
        parser.add_argument("report", nargs="?", help="the report’s key")
    if kind == "position":
        parser.add_argument("key", nargs="?", metavar="proposition", help="the proposition’s key")
    elif kind in set(Kind):
        parser.add_argument("--slug", dest="key", help="the file’s name (default: made from what the record is about)")
    else:
        parser.add_argument("key", nargs="?", help="small letters, digits and hyphens")


def _fields(parser: argparse.ArgumentParser, kind: str) -> None:
    if kind in drafts.BIBLIOGRAPHIC:
        if kind == "source":
            parser.add_argument("--type", default="misc", help="its BibLaTeX type: " + ", ".join(works.TYPES))
        for name, meaning in works.FIELDS.items():
            parser.add_argument(f"--{name}", help=meaning)
        if kind == "source":
            return
        parser.add_argument(
            "--text",
            type=Path,
            metavar="FILE",
            help="its text, page or PDF: sections, units and notes are taken from it",
        )
    flags = {choice.name: choice for choice in _flags(kind)}
    for name, choice in flags.items():
        words = f"{choice.meaning}{' One of: ' + ', '.join(choice.values) + '.' if choice.values else ''}"
        # a comma parts several, so that a flag never swallows what follows it
        parser.add_argument(
            "--" + name.replace("_", "-"),
            help=words.replace("%", "%%"),
            metavar="KEY,…" if choice.many and not choice.nested else "VALUE",
        )
    if kind == "position":
        parser.add_argument("--voice", choices=("own", "reported"), default="own", help="whose stance it is")


def _flags(kind: str) -> list[Choice]:
    """Return the fields that a flag fills: flat ones, and for a position those of its first judgement."""
    flat = [choice for choice in choices(drafts.model_of(kind)) if choice.name not in drafts.MACHINE_MADE]
    found = [choice for choice in flat if not choice.nested or choice.name == "own"]
    if kind == "position":
        inner = [*choices(Judgement), *(one for one in choices(ReportedView) if one.name in _OF_OTHERS)]
        found += [choice for choice in inner if not choice.nested]
        found += [choice for choice in choices(Evidence) if choice.name != "proof"]
    return found


# From the flags to the files


def _compose(root: Path, edition: Edition, given: argparse.Namespace) -> dict[str, str]:
    kind: str = given.kind
    if kind in drafts.BIBLIOGRAPHIC:
        return _bibliographic(root, edition, given)
    report = _asked(edition, given, kind, "report", "") if kind in set(Kind) else ""
    key = _key(edition, given, kind, report) if kind not in set(Kind) or kind == "position" else given.key or ""
    values = _values(edition, given, kind, report)
    body = given.body or ""
    if drafts.needs_body(kind) and not body:
        body = ask(free("body", "The text of the record."))
    if kind == "position":
        values = _position(edition, values, key, given.voice)
    key = key or drafts.slug(edition, kind, report, values)
    return {drafts.path(kind, key, report): drafts.compose(kind, values, body)}


def _values(edition: Edition, given: argparse.Namespace, kind: str, report: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    silent = given.own == "silent" if kind == "position" else False
    for choice in _flags(kind):
        word = getattr(given, choice.name.replace("-", "_"), None)
        options = choice.values or known(edition, kind, choice.name, report)
        wanted = choice.required or (choice.name in _ASKED.get(kind, ()) and not silent)
        if choice.name in ("own", "evidence") or (silent and choice.name in _ASKED["position"]):
            wanted = False
        if word is None:
            word = _by_default(edition, choice.name)
        if word is None and wanted and not (given.only_print and choice.name == "who"):
            if choice.name == "who" and given.voice == "own":
                continue
            word = ask(choice, options)
        if word not in (None, ""):
            values[choice.name] = _fitted(choice, str(word), options)
    return values


def _fitted(choice: Choice, word: str, options: Sequence[str]) -> Any:
    if choice.many and not choice.nested:
        return [fit(choice, part, options) for part in several(word)]
    found = fit(choice, word, options)
    if choice.name in ("value", "low", "high", "order", "wording") and re.fullmatch(r"-?\d+(?:\.\d+)?", found):
        return float(found) if "." in found else int(found)
    return found


def _by_default(edition: Edition, name: str) -> str | None:
    if name == "date":
        return today()
    if name == "by":
        return _handle(edition)
    return None


def today() -> str:
    """Return the day as an ISO date, the build's own where `SOURCE_DATE_EPOCH` names one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = (
        datetime.datetime.now(datetime.UTC) if not epoch else datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    )
    return now.date().isoformat()


def _handle(edition: Edition) -> str | None:
    """Return the editor whose name is Git's, the only one, or the guest; nothing where it has to be asked."""
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, check=False, timeout=5)
        name = done.stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        name = ""
    for key, record in edition.editors.items():
        if name and name in (key, record.fields.name):
            return key
    if len(edition.editors) == 1:
        return next(iter(edition.editors))
    return "guest" if "guest" in edition.editors and not sys.stdin.isatty() else None


def _position(edition: Edition, values: dict[str, Any], proposition: str, voice: str) -> dict[str, Any]:
    inner = {name: values.pop(name) for name in ("stance", "speaker", *_EVIDENCE) if name in values}
    held = edition.propositions.get(proposition)
    wording = held.fields.wording if held else 1
    if values.get("own") == "silent":
        return {**values, **({"wording": wording} if wording > 1 else {})}
    values["wording"] = wording
    evidence = [{name: inner[name] for name in ("at", "quote") if name in inner}]
    if voice == "reported":
        view = {name: inner[name] for name in ("who", "via", "stance", "author", "note") if name in inner}
        return {**values, "own": [], "reported": [{**view, "evidence": evidence}]}
    judgement = {name: inner[name] for name in ("stance", "speaker") if name in inner}
    return {**values, "own": [{**judgement, "evidence": evidence}]}


def _key(edition: Edition, given: argparse.Namespace, kind: str, report: str) -> str:
    if kind == "position":
        given.proposition = given.key
        return _asked(edition, given, kind, "proposition", report)
    key: str = given.key or ask(free("key", "small letters, digits and hyphens", f"^{KEY}$"))
    if not re.fullmatch(KEY, key):
        raise Unfit(f"`{key}` is not a key: small letters, digits and single hyphens")
    return key


def _asked(edition: Edition, given: argparse.Namespace, kind: str, name: str, report: str) -> str:
    options = known(edition, kind, name, report)
    choice = free(name, f"the {name}’s key")
    word = getattr(given, name, None) or ask(choice, options)
    if not options:
        raise Unfit(f"the edition has no {name} yet; make one with `variorum new {name}`")
    return fit(choice, word, options)


def _bibliographic(root: Path, edition: Edition, given: argparse.Namespace) -> dict[str, str]:
    key = _key(edition, given, given.kind, "")
    if key in edition.entries:
        raise Unfit(f"the bibliography has an entry `{key}` already; to change it, edit it there")
    fields = works.described(given.kind, vars(given))
    if given.kind == "source":
        return works.enter(root, "source", given.type, key, fields)
    given.original = given.original or fields["url"]
    given.coverage = given.coverage or "in preparation"
    notes, body = works.page(root, given.text, key, fields["title"])
    values = {**_values(edition, given, "report", key), "notes": notes}
    written = works.enter(root, "report", "report", key, fields)
    return {**written, drafts.path("report", key): drafts.compose("report", values, body)}
