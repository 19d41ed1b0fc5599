"""Measure the build beside those of others, on the same invented editions; print the tables and write them down.

`python -m bench --sizes 10x3,100x3`: sizes in reports, each with its rounds. What was measured is kept run by run, so
that `--resume` goes on where a bench of the same state of the project ended.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from variorum.edition import load

from . import builders, machine, payload, results, serving, tables
from .builders import OURS, ROOT, Builder
from .results import Extra, Measured
from .running import run

WORK = ROOT / ".build" / "bench"
PAGE = ROOT / "docs" / "about" / "performance.md"
MATTERS = ("scripts", "tests/bench", "tests/corpus.py", "requirements.lock", "requirements-bench.lock", "mkdocs.yml")


class Log:
    """Keep each run in a file as soon as it ended, and know those of the same state of the project."""

    def __init__(self, path: Path, state: str, resume: bool) -> None:
        """Open the file; without `resume`, empty it."""
        self._path, self._state = path, state
        held = path.read_text("utf-8").splitlines() if resume and path.is_file() else []
        kept = [json.loads(line) for line in held]
        self.kept = {(one["kind"], *one["key"]): one["value"] for one in kept if one["state"] == state}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(line + "\n" for line in held), "utf-8")

    def keep(self, kind: str, key: tuple[int | str, ...], value: object) -> None:
        """Write down one value."""
        self.kept[kind, *key] = value
        with self._path.open("a", encoding="utf-8") as out:
            out.write(json.dumps({"state": self._state, "kind": kind, "key": key, "value": value}) + "\n")


def main() -> int:
    """Measure, print, write; return 1 where nothing of our own could be measured.

    Interrupted (Ctrl-C) or told to end, it prints and writes what there is.
    """
    given = _arguments()
    state, short = _state()
    log = Log(WORK / "runs.jsonl", state, given.resume)
    start = machine.load()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    served: list[tuple[float, float]] | str = "interrupted"
    try:
        served = _served(log)
        for size, rounds in given.sizes:
            _size(size, rounds, given.limit, log)
    except KeyboardInterrupt:
        print("interrupted: this is what there is", flush=True)
    told = {**machine.described(), "others": machine.others(WORK / "venv" / "bin" / "python")}
    date = time.strftime("%-d %B %Y", time.gmtime())
    held = {
        "machine": told,
        "date": date,
        "state": short,
        "busy": (start, machine.load()),
        "runs": [value for key, value in log.kept.items() if key[0] == "run"],
        "extras": [value for key, value in log.kept.items() if key[0] == "extra"],
        "serving": served,
    }
    (WORK / "results.json").write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", "utf-8")
    whole = results.read(held)
    print("\n" + tables.text(whole))
    if given.page:
        PAGE.write_text(tables.put(PAGE.read_text("utf-8"), whole), "utf-8", newline="\n")
        print(f"Written to {PAGE.relative_to(ROOT)} and {(WORK / 'results.json').relative_to(ROOT)}")
    return 0 if any(run.builder == OURS and not run.failure for run in whole.runs) else 1


def _served(log: Log) -> list[tuple[float, float]] | str:
    """Measure edits under `mkdocs serve`, first of all: later, builds of thousands of pages have filled the memory."""
    if ("serving",) not in log.kept:
        log.keep("serving", (), serving.measure())
        print(f"edits under `mkdocs serve`: {log.kept['serving',]} s", flush=True)
    found: list[tuple[float, float]] | str = log.kept["serving",]
    return found


def _size(size: int, rounds: int, limit: float, log: Log) -> None:
    """Measure every builder at one size, round by round, each round beginning with another; then look at our site."""
    work = WORK / str(size)
    print(f"{size} reports: writing the sources", flush=True)
    found = builders.prepare(work, size, WORK / "venv")
    missing = {one.name: one.missing for one in found if one.missing}
    missing |= _slow(log, size)
    sources = {one.name: one.sources for one in found}
    extra = Extra(size, 0, "", "not measured", (), sources, missing)
    for number in range(1, rounds + 1):
        extra = replace(extra, check=(*extra.check, _check(size, number, found[0], limit, log)))
        for one in found[(number - 1) % len(found) :] + found[: (number - 1) % len(found)]:
            if one.name not in missing and _measured(size, number, one, limit, log).failure:
                missing[one.name] = "failed"
            log.keep("extra", (size,), asdict(extra))
    largest, page, payloads = _site(size, found[0], log)
    log.keep("extra", (size,), asdict(replace(extra, largest=largest, largest_page=page, payload=payloads)))


def _slow(log: Log, size: int) -> dict[str, str]:
    """Return who failed at a smaller size, or was stopped there, and is not tried again."""
    held = [Measured(**value) for key, value in log.kept.items() if key[0] == "run"]
    return {
        one.builder: f"not run: at {one.size} reports it {one.failure}"
        for one in held
        if one.failure and one.size < size
    }


def _measured(size: int, number: int, builder: Builder, limit: float, log: Log) -> Measured:
    kept, ours = log.kept.get(("run", size, number, builder.name)), builder.name == OURS
    if kept and (not ours or ("site", size) in log.kept):  # our site is looked at after the last round
        return Measured(**kept)
    builders.clear(builder)
    where = WORK / str(size)
    extra = {"PYTHONPATH": str(ROOT / "tests"), "SOURCE_DATE_EPOCH": "1700000000"} if ours else None
    done = run(builder.command, builder.folder, where / f"{builder.name}.log", limit, extra)
    pages = sum(1 for _ in builder.site.rglob("*.html"))
    phases = json.loads((where / "phases.json").read_text("utf-8")) if ours and not done.failure else {}
    found = Measured(size, number, builder.name, done.seconds, done.processor, done.memory, pages, done.failure, phases)
    log.keep("run", (size, number, builder.name), asdict(found))
    if not ours:
        builders.clear(builder)
    print(
        f"  round {number}: {builder.name:22} {done.seconds:8.1f} s {done.processor:8.1f} s of processor "
        f"{done.memory / results.MEGABYTE:6.0f} MB {pages:6} pages {done.failure}",
        flush=True,
    )
    return found


def _check(size: int, number: int, ours: Builder, limit: float, log: Log) -> float:
    kept = log.kept.get(("check", size, number))
    if kept is None:
        command = (sys.executable, "-m", "variorum.cli", "check")
        kept = run(command, ours.folder, WORK / str(size) / "check.log", limit).seconds
        log.keep("check", (size, number), kept)
        print(f"  round {number}: {'variorum check':22} {kept:8.1f} s", flush=True)
    return float(kept)


def _site(size: int, ours: Builder, log: Log) -> tuple[int, str, dict[str, int] | str]:
    """Return the bytes and the address of our largest page, and what searches on our site fetch."""
    kept = log.kept.get(("site", size))
    if kept is None:
        pages = {path.relative_to(ours.site).as_posix(): path.stat().st_size for path in ours.site.rglob("*.html")}
        largest = max(pages, key=lambda path: pages[path], default="")
        words = payload.queries(
            unit.digest for report in load(ours.folder).reports.values() for unit in report.units.values()
        )
        kept = [pages.get(largest, 0), largest, payload.measure(ours.site, words) if largest else "no site"]
        log.keep("site", (size,), kept)
    return kept[0], kept[1], kept[2]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", type=lambda text: list(_sizes(text)), default="10x3,100x3", help="10x3,100x3,1000x1")
    parser.add_argument("--limit", type=float, default=1200, help="seconds after which a build is stopped")
    parser.add_argument("--resume", action="store_true", help="go on where a bench of the same state ended")
    parser.add_argument("--no-page", dest="page", action="store_false", help="leave the page in the docs as it is")
    return parser.parse_args()


def _sizes(text: str) -> Iterator[tuple[int, int]]:
    for part in text.replace(" ", ",").split(","):
        size, _, rounds = part.partition("x")
        if part:
            yield int(size), int(rounds or 3)


def _state() -> tuple[str, str]:
    """Return what the figures depend on, as a hash, and the commit in short, with a plus where files differ from it."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    commit, changed = git("rev-parse", "HEAD").strip(), git("diff", "HEAD", "--", *MATTERS)
    trees = git("ls-tree", "HEAD", *MATTERS)
    return hashlib.sha256((trees + changed).encode()).hexdigest(), commit[:7] + ("+" if changed else "")


if __name__ == "__main__":
    sys.exit(main())
