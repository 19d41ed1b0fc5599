"""Build the edition with other hosts and compare what stands in it: `hosts.py SITE WORK`, from the project's root.

ProperDocs runs the plugin as it is; Zensical builds what `variorum pages` writes. Each is installed, pinned, into a
throw-away environment under WORK, beside what `.venv/` holds. SITE is the site that MkDocs built.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

HOSTS = {"properdocs": "1.6.7", "zensical": "0.0.73"}
KINDS = {"units": ".vr-unit[id]", "notes": ".vr-stub[id]", "annotations": ".vr-item[id]", "cells": "td.vr-cell[id]"}
TIME = 600


def install(name: str, work: Path) -> Path | None:
    """Return the Python of a new environment that holds a host, or None where it does not install."""
    folder = work / name
    venv.create(folder, clear=True, with_pip=True)
    python = folder / "bin" / "python"
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-qq"]
    if subprocess.run([*command, f"{name}=={HOSTS[name]}"], capture_output=True, check=False).returncode:
        return None
    held = f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n"
    for packages in folder.glob("lib/python*/site-packages"):
        (packages / "variorum-audit.pth").write_text(held, "utf-8")
    return python


def properdocs(python: Path, site: Path) -> None:
    """Build with ProperDocs from the project itself."""
    config = Path("mkdocs.yml")
    run([str(python), "-m", "properdocs", "build", "-f", str(config), "--strict", "-d", str(site)], Path.cwd())


def zensical(python: Path, site: Path) -> None:
    """Build with Zensical from written pages, with the project's own `markdown_extensions`."""
    folder = site.parent / "zensical-source"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run([sys.executable, "-m", "variorum.cli", "pages", "--out", str(folder / "docs")], Path.cwd())
    text = Path("mkdocs.yml").read_text("utf-8")
    head = f"site_name: Audit\ndocs_dir: docs\nsite_dir: {site}\ntheme: {{name: material}}\n"
    (folder / "mkdocs.yml").write_text(head + text[text.index("markdown_extensions:") :], "utf-8")
    run([str(python.parent / "zensical"), "build", "-f", "mkdocs.yml"], folder)


def run(command: list[str], folder: Path) -> None:
    """Run a command; raises `RuntimeError` with the end of what it said where it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=TIME,
        env={**os.environ, "NO_COLOR": "1"},
    )
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


def main() -> int:
    """Print counts of each host and what differs; return 1 where something does, or where nothing was compared."""
    site, work = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    ours = standing(site)
    print(f"  mkdocs: {', '.join(f'{len(found)} {kind}' for kind, found in ours.items())}")
    bad = compared = 0
    for name, build in (("properdocs", properdocs), ("zensical", zensical)):
        python = install(name, work)
        if not python:
            print(f"  {name} {HOSTS[name]} does not install here: not compared")
            continue
        target = work / f"{name}-site"
        shutil.rmtree(target, ignore_errors=True)
        try:
            build(python, target)
        except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
            print(f"  {name} {HOSTS[name]} did not build: {error}")
            bad += 1
            continue
        compared += 1
        theirs = standing(target)
        print(f"  {name} {HOSTS[name]}: {', '.join(f'{len(found)} {kind}' for kind, found in theirs.items())}")
        for kind, found in theirs.items():
            for what, ids in (("lacks", ours[kind] - found), ("has besides", found - ours[kind])):
                if ids:
                    bad += 1
                    print(f"    {what} {len(ids)} {kind}, such as {', '.join(sorted(ids)[:3])}")
    print(f"Other hosts: {compared} compared, {bad} differences")
    return bool(bad) or not compared or not all(ours.values())


if __name__ == "__main__":
    sys.exit(main())
