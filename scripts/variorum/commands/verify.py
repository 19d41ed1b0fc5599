"""`variorum verify`: prove every quotation against the texts, where they are held."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .. import ownwords, proofs, quotations, seals, texts, verify
from ..edition import Edition, load
from ..findings import Finding, Form, has_errors, show
from ..intake import Refusal
from ..quotations import Quotation
from ..texts import Text


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("verify", help="prove every quotation against the reports’ texts")
    parser.add_argument("--write", action="store_true", help="write proofs beside the evidence, and the seals")
    parser.add_argument("--format", choices=[*map(str, Form)], default=str(Form.TEXT))
    parser.set_defaults(run=run)


def run(root: Path, given: argparse.Namespace) -> int:
    """Verify every report whose text is held; write proofs and seals of what is found, where asked to."""
    if texts.missing(root):
        told = f"VARIORUM_TEXTS names {texts.named()}, which is no folder; nothing was checked"
        print(f"variorum: {told}", file=sys.stderr)
        return 2
    edition, form = load(root), Form(given.format)
    findings: list[Finding] = []
    proved: list[tuple[Quotation, str]] = []
    held: list[Text] = []
    for key in edition.reports:
        text = _text(root, key)
        if text is None:
            continue
        held.append(text)
        wrong, right = _one(edition, text)
        findings += wrong
        proved += right
    findings += _own_words(edition, root, held)
    refused = len(texts.held(root, edition.reports)) - len(held)
    if form is not Form.TEXT or held:
        sys.stdout.write(show(findings, form, edition.files))
    if form is Form.TEXT or not held:  # what a program reads stays clean
        told = _told(edition, len(held), len(proved), refused)
        print(told, file=sys.stdout if form is Form.TEXT else sys.stderr)
    if given.write and held:
        sealed = {seals.path_of(text.report): seals.written(seals.make(text)) for text in held}
        files = proofs.write(root, proved, beside=sealed)
        print(f"proofs written in {files} files, {len(held)} seals written")
    return 1 if has_errors(findings) or refused else 0


def _told(edition: Edition, held: int, proved: int, refused: int) -> str:
    """Say what was checked, or that nothing was and what is left."""
    if held:
        return f"{held} of {_many(len(edition.reports), 'text')} held; {_many(proved, 'quotation')} proved"
    evidence = [one for one in quotations.of_edition(edition) if one.record is not None]
    left = sum(verify.is_proved(one, edition.seals) is not True for one in evidence)
    why = "no text could be read" if refused else f"no text is held in {texts.named()}"
    return f"nothing was checked: {why}; {_many(left, 'quotation')} {'is' if left == 1 else 'are'} still unproved"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _text(root: Path, report: str) -> Text | None:
    try:
        return texts.read(root, report)
    except Refusal as refusal:
        print(f"variorum: {refusal}", file=sys.stderr)
        return None


def _one(edition: Edition, text: Text) -> tuple[list[Finding], list[tuple[Quotation, str]]]:
    report = edition.reports[text.report]
    mine = [quotation for quotation in quotations.of_edition(edition) if quotation.report == text.report]
    found, findings = verify.prove(text, mine)
    findings = [*verify.structure(report, text), *findings]
    words, limit = verify.found_words(text, found), seals.budget(seals.make(text))
    if words > limit:
        message = f"{words} words are quoted from `{text.report}`, {limit} at most"
        findings.append(Finding("quotation-budget", report.record.place("coverage"), message))
    return findings, verify.proofs(text, found)


def _own_words(edition: Edition, root: Path, held: list[Text]) -> list[Finding]:
    known = [ownwords.of_text(text) for text in held]
    excepted = ownwords.exceptions(root)
    return [found for source in edition.sources() for found in ownwords.copied(source, known, excepted)]
