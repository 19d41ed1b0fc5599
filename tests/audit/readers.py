"""Read what the edition publishes with readers of others: `readers.py SITE WORK`, from the project's root.

Report pages by extruct and html-metadata, CITATION.cff by cffconvert, the bibliography by pandoc. What cannot share
`.venv/` has an environment of its own under WORK, from a lock; npm's has been installed into WORK before.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from needs import UNJUDGED

from variorum.edition import Edition, load
from variorum.report import Report

HERE = Path(__file__).parent
PANDOC = ("tests/test_exports.py", "tests/test_references.py")
"""Tests that pandoc takes part in; `make test` leaves these parts out where pandoc is not installed."""


def environment(work: Path, lock: str, beside: bool = False) -> Path:
    """Return the Python of an environment made from a lock, with what `.venv/` holds `beside` it or not."""
    folder, wanted = work / Path(lock).stem, Path(lock).read_text("utf-8")
    python, made = folder / "bin" / "python", folder / "made.from"
    if made.is_file() and made.read_text("utf-8") == wanted:
        return python
    venv.create(folder, clear=True, with_pip=True)
    run([str(python), "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--require-hashes", "-r", lock])
    if beside:
        held = f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n"
        for packages in folder.glob("lib/python*/site-packages"):
            (packages / "variorum-audit.pth").write_text(held, "utf-8")
    made.write_text(wanted, "utf-8")
    return python


def run(command: list[str]) -> str:
    """Run a command and return what it printed; raises `RuntimeError` with the end of its complaint."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError((done.stdout + done.stderr).strip()[-1200:])
    return done.stdout


def citation_file(python: Path) -> Iterator[str]:
    """Yield what cffconvert has against CITATION.cff, or where what it makes of it lacks a fact."""
    program = [str(python.parent / "cffconvert"), "-i", "CITATION.cff"]
    try:
        run([*program, "--validate"])
        told = run([*program, "-f", "bibtex"])
    except RuntimeError as error:
        yield f"CITATION.cff: {error}"
        return
    for fact in ("Variorum contributors", "a comparative annotated edition of policy reports"):
        if fact not in told:
            yield f"CITATION.cff as BibTeX lacks “{fact}”"


def facts(report: Report) -> dict[str, Any]:
    """Return what every reader is to find on a report's page."""
    entry = report.entry
    return {
        "title": report.title,
        "authors": [name.full for name in entry.authors],
        "institution": entry["institution"],
        "date": entry.date.split("/")[0],
        "type": "report",
    }


def by_extruct(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same from the page's schema.org description, as extruct gives it."""
    nodes = [node for block in told["json-ld"] for node in block.get("@graph", [block])]
    (report,) = [node for node in nodes if node["@type"] == "Report"]
    return {
        "title": report["name"],
        "authors": [one["name"] for one in report["author"]],
        "institution": report["publisher"]["name"],
        "date": report["datePublished"],
        "type": "report",
    }


def by_html_metadata(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same from the page's tags, as html-metadata gives them: one alone stands without a list."""
    tags = told["highwirePress"]
    names = tags["author"] if isinstance(tags["author"], list) else [tags["author"]]
    institution = tags.get("technical_report_institution", "")
    return {
        "title": tags["title"],
        "authors": [" ".join(reversed(name.split(", ", 1))) for name in names],
        "institution": institution,
        "date": tags["publication_date"].replace("/", "-"),
        "type": "report" if institution and "journal_title" not in tags else "article",
    }


def report_pages(edition: Edition, site: Path, python: Path, modules: Path) -> Iterator[str]:
    """Yield where what an extractor finds on a report's page is not what the edition has."""
    pages = {key: str(site / "reports" / key / "index.html") for key in edition.reports}
    extractors = (
        ("extruct", by_extruct, [str(python), str(HERE / "extracted.py")]),
        ("html-metadata", by_html_metadata, ["node", str(HERE / "extracted.cjs"), str(modules.resolve())]),
    )
    for name, read, command in extractors:
        told = json.loads(run([*command, *pages.values()]))
        for key, report in edition.reports.items():
            found, wanted = read(told[pages[key]]), facts(report)
            yield from (
                f"{key} by {name}: {what} is {found[what]!r}, and should be {value!r}"
                for what, value in wanted.items()
                if found[what] != value
            )
        print(f"  {name}: {len(pages)} report pages read")


def by_pandoc(python: Path) -> Iterator[str]:
    """Yield that the tests that pandoc takes part in failed, or left it out."""
    done = subprocess.run(
        [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "pandoc", *PANDOC],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    last = done.stdout.strip().splitlines()[-1:] or [done.stderr[-600:]]
    print(f"  pandoc: {last[0]}")
    if done.returncode or "skipped" in last[0]:
        yield f"with pandoc: {done.stdout[-1200:]}"


def main() -> int:
    """Print what each reader found wrong; return 1 where one did, `UNJUDGED` where the readers cannot be had."""
    site, work = Path(sys.argv[1]), Path(sys.argv[2])
    try:
        readers = environment(work, "requirements-readers.lock")
        pandoc = environment(work, "requirements-cite.lock", beside=True)
    except RuntimeError as error:
        print(f"pip could not install the readers of others: NOTHING WAS JUDGED\n{error}")
        return UNJUDGED
    checks = (
        citation_file(readers),
        report_pages(load(Path.cwd()), site, readers, work / "node_modules"),
        by_pandoc(pandoc),
    )
    wrong = [line for check in checks for line in check]
    for line in wrong:
        print(f"  {line}")
    print(f"Readers of others: {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
