"""Measure pages of a built site with Lighthouse, as on a phone, and weigh them: `lighthouse.py SITE LIGHTHOUSE`.

A page's weight is what its HTML names and loads at once — itself, style sheets, scripts with what they import — each
compressed with gzip, without pictures. The site is served compressed, as hosts do.

Performance is a matter of time, so a machine that is slow or busy with other things can only lower it: where a page
misses its mark, the run is judged only on a machine that Lighthouse holds to be fast enough and that is ours alone.
"""

from __future__ import annotations

import gzip
import json
import os
import posixpath
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from needs import UNJUDGED, browser
from selectolax.lexbor import LexborHTMLParser

LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
HEAVIEST = 250 * 1024
TRIES = 3
"""Performance is measured again, up to so often, while below the mark."""
TIME = 300
FAST = 1000
"""Lighthouse's own mark for its `benchmarkIndex`, below which it calls a processor slower than it expects."""
FREE = 0.9
"""The part of the processors that must be ours, before and after a run, for it to be judged."""
HOPELESS = 0.5
"""The part below which there is no use in trying again."""
_SPIN = "import time; end = time.monotonic() + 0.5\nwhile time.monotonic() < end: pass\nprint(time.process_time())"
FLAGS = "--headless=new --no-sandbox --disable-quic --disable-background-networking"
_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")


@cache
def packed(path: Path) -> bytes:
    """Return a file compressed."""
    return gzip.compress(path.read_bytes(), 9, mtime=0)


class Handler(SimpleHTTPRequestHandler):
    """Serve files compressed, over connections that stay open."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with a file, or with a folder's index."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = packed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on a free port; yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def loaded(site: Path, page: str) -> set[Path]:
    """Return the files that a page loads at once, itself included; `page` is a folder of the site, "" the home page."""
    html = site / page / "index.html"
    tree = LexborHTMLParser(html.read_text("utf-8"))
    links = [one.attributes.get("href") for one in tree.css("link[rel=stylesheet], link[rel=modulepreload]")]
    scripts = [one.attributes.get("src") for one in tree.css("script[src]")]
    found, waiting = {html}, [html.parent / one for one in (*links, *scripts) if one]
    while waiting:
        file = Path(posixpath.normpath(waiting.pop()))
        if file in found:
            continue
        found.add(file)
        if file.suffix == ".js" and ".min." not in file.name:
            waiting += [file.parent / name for name in _IMPORT.findall(file.read_text("utf-8"))]
    return found


def weight(site: Path, page: str) -> int:
    """Return the compressed bytes that a page loads at once."""
    return sum(len(packed(file)) for file in loaded(site, page))


@dataclass(frozen=True)
class Run:
    """Hold one run: the scores out of 100, what of the three that must be whole failed, how good the machine was."""

    scores: dict[str, int]
    failed: tuple[str, ...]
    index: float = 0
    free: float = 0

    @property
    def quiet(self) -> bool:
        """Say whether a poor performance is the page's fault."""
        return self.index >= FAST and self.free >= FREE


def free() -> float:
    """Return the part of the processors that we get when we ask for all of them, half a second long."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    busy = [subprocess.Popen([sys.executable, "-c", _SPIN], stdout=subprocess.PIPE, text=True) for _ in range(cores)]
    return min(1.0, sum(float(one.communicate()[0]) for one in busy) / (cores * 0.5))


def once(address: str, program: Path) -> Run:
    """Measure a page once; where Lighthouse does not run, all scores are 0."""
    command = [
        str(program), address, "--quiet", "--output=json", "--output-path=stdout", f"--chrome-flags={FLAGS}",
        f"--only-categories={','.join(LEAST)}", "--no-enable-error-reporting",
    ]  # fmt: skip
    before = free()
    environment = {**os.environ, "CHROME_PATH": browser() or ""}
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=TIME)
    except subprocess.SubprocessError as error:
        why = str(getattr(error, "stderr", None) or error)[-600:]
        return Run(dict.fromkeys(LEAST, 0), (f"Lighthouse did not run: {why}",))
    report = json.loads(done.stdout)
    given = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in LEAST}
    index = float(report["environment"]["benchmarkIndex"])
    return Run(given, tuple(lost(report)), index, min(before, free()))


def lost(report: dict[str, Any]) -> Iterator[str]:
    """Yield what keeps the scores that have nothing to do with time from being whole."""
    for name in ("accessibility", "best-practices", "seo"):
        for part in report["categories"][name]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                items = (audit.get("details") or {}).get("items") or [{}]
                node = items[0].get("node", {}).get("snippet", "")
                yield f"{name}: {audit['title']} ({len(items)}) {node[:160]}"


def measured(address: str, program: Path) -> list[Run]:
    """Return up to `TRIES` runs; none follows one that misses no mark, or one that others' work has spoilt."""
    runs: list[Run] = []
    while len(runs) < TRIES:
        runs.append(once(address, program))
        short = {name for name, least in LEAST.items() if runs[-1].scores[name] < least}
        if not short or (short == {"performance"} and runs[-1].free < HOPELESS):
            break
    return runs


def chosen(site: Path) -> list[str]:
    """Return the pages to measure: home, the longest report, the matrix, the longest proposition."""
    longest = [
        max(
            (one.parent for one in site.glob(f"{folder}/*/index.html")),
            key=lambda one: (one / "index.html").stat().st_size,
        )
        for folder in ("reports", "propositions")
    ]
    return ["", longest[0].relative_to(site).as_posix(), "matrix", longest[1].relative_to(site).as_posix()]


def judged(page: str, runs: list[Run], heavy: int) -> int:
    """Print what came of a page; return 0, 1 where it misses a mark, `UNJUDGED` where the machine may be to blame."""
    best = {name: max(run.scores[name] for run in runs) for name in LEAST}
    short = [name for name, least in LEAST.items() if best[name] < least]
    each = ", ".join(f"{run.scores['performance']} (index {run.index:.0f}, {run.free:.0%} ours)" for run in runs)
    marks = ", ".join(f"{name} {mark}" for name, mark in best.items())
    print(f"  {page or 'home'}: {marks}; {heavy / 1024:.0f} KB compressed; performance of each run: {each}")
    for name in short:
        print(f"    {name}: {best[name]}, wanted {LEAST[name]}")
    for line in runs[-1].failed if short else ():
        print(f"    {line}")
    if heavy > HEAVIEST:
        print(f"    heavier than {HEAVIEST // 1024} KB")
    if heavy > HEAVIEST or set(short) - {"performance"}:
        return 1
    if short and not all(run.quiet for run in runs):
        print(f"    performance NOT JUDGED: wanted are an index of {FAST} and {FREE:.0%} of the processors in each run")
        return UNJUDGED
    return bool(short)


def main() -> int:
    """Print scores and weight of each page; return 1 where one misses its mark."""
    site, program = Path(sys.argv[1]), Path(sys.argv[2])
    pages = chosen(site)
    with served(site) as root:
        codes = [
            judged(page, measured(f"{root}{page}/" if page else root, program), weight(site, page)) for page in pages
        ]
    bad, unjudged = codes.count(1), codes.count(UNJUDGED)
    print(f"{len(pages)} pages, {bad} miss a mark, {unjudged} with performance below {LEAST['performance']} not judged")
    return 1 if bad else UNJUDGED if unjudged else 0


if __name__ == "__main__":
    sys.exit(main())
