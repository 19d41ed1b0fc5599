"""Build the edition with other hosts and compare what stands in it: `hosts.py SITE PYTHON WORK`, from its root.

ProperDocs runs the plugin as it is; Zensical builds what `variorum pages` writes. PYTHON has both beside the project's
own packages; SITE is the site that MkDocs built.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

KINDS = {"units": ".vr-unit[id]", "notes": ".vr-stub[id]", "annotations": ".vr-item[id]", "cells": "td.vr-cell[id]"}
TIME = 900


def properdocs(python: Path, folder: Path) -> Path:
    """Build with ProperDocs from the project itself."""
    site = folder / "site"
    run([str(python), "-m", "properdocs", "build", "-f", "mkdocs.yml", "--strict", "-d", str(site)], Path.cwd())
    return site


def zensical(python: Path, folder: Path) -> Path:
    """Build with Zensical from written pages, as docs/about/may-2027.md says."""
    run([sys.executable, "-m", "variorum.cli", "pages", "--out", str(folder / "docs")], Path.cwd())
    text = Path("mkdocs.yml").read_text("utf-8")
    extensions = text[text.index("markdown_extensions:") :]
    rooted = extensions.replace("\n  - variorum\n", f"\n  - variorum: {{root: {Path.cwd()}}}\n")
    if rooted == extensions:
        raise RuntimeError("mkdocs.yml does not end with the extension `variorum`")
    head = "site_name: Audit\ndocs_dir: docs\nsite_dir: site\ntheme: {name: material}\n"
    (folder / "mkdocs.yml").write_text(head + rooted, "utf-8")
    run([str(python.parent / "zensical"), "build", "-f", "mkdocs.yml"], folder)
    return folder / "site"


HOSTS: dict[str, Callable[[Path, Path], Path]] = {"properdocs": properdocs, "zensical": zensical}


def run(command: list[str], folder: Path) -> None:
    """Run a command; raises `RuntimeError` with the end of what it said where it fails."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=TIME,
        env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError((done.stdout + done.stderr).strip()[-800:])


def standing(site: Path) -> dict[str, set[str]]:
    """Return for each kind what stands in a built site, as `page#id`."""
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for page in site.rglob("*.html"):
        tree = LexborHTMLParser(page.read_text("utf-8"))
        place = page.relative_to(site).as_posix()
        for kind, chosen in KINDS.items():
            found[kind] |= {f"{place}#{one.attributes['id']}" for one in tree.css(chosen)}
    return found


def counted(found: dict[str, set[str]]) -> str:
    """Return how many of each kind there are, in words."""
    return ", ".join(f"{len(ids)} {kind}" for kind, ids in found.items())


def differences(ours: dict[str, set[str]], theirs: dict[str, set[str]]) -> list[str]:
    """Return what one site has and the other has not, a line for each kind."""
    return [
        f"{what} {len(ids)} {kind}, such as {', '.join(sorted(ids)[:3])}"
        for kind in KINDS
        for what, ids in (("lacks", ours[kind] - theirs[kind]), ("has besides", theirs[kind] - ours[kind]))
        if ids
    ]


def main() -> int:
    """Print counts of each host and what differs; return 1 where something does, or where a kind is missing in all."""
    site, python, work = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    ours = standing(site)
    print(f"  mkdocs: {counted(ours)}")
    bad = 0
    for name, build in HOSTS.items():
        shutil.rmtree(work / name, ignore_errors=True)
        (work / name).mkdir(parents=True)
        try:
            theirs = standing(build(python, work / name))
        except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
            bad += 1
            print(f"  {name} did not build: {error}")
            continue
        told = differences(ours, theirs)
        bad += len(told)
        print(f"  {name}: {counted(theirs)}", *(f"    {line}" for line in told), sep="\n")
    print(f"{counted(ours)} in MkDocs' build; {len(HOSTS)} other hosts, {bad} differences in counts and ids")
    return bool(bad) or not all(ours.values())


if __name__ == "__main__":
    sys.exit(main())
