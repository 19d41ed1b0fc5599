"""What the steps of `make audit` need besides the project's own environment, and how it is had: once, into WORK."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
WORK = Path(".build/audit").resolve()
SITE, MODULES, TOOLS = WORK / "site", WORK / "node_modules", WORK / "tools"
PYTHON = TOOLS / "bin" / "python"
UNJUDGED = 3
"""A step ends with this where it could judge nothing; 0 says that it found nothing, 1 that it found something."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PROGRAMS = {
    "node": ("--version", 20, "Node 20 or newer"),
    "npm": ("--version", 8, "npm 8 or newer"),
    "java": ("-version", 11, "Java 11 or newer (a headless runtime will do)"),
}


@cache
def lacking(need: str) -> str:
    """Return why a need cannot be had here, or nothing where it is there now."""
    if need in PROGRAMS:
        return _program(need)
    if need == "browser":
        return "" if browser() else f"no Chromium (looked for: {', '.join(BROWSERS)})"
    return {"site": _site, "modules": _modules, "tools": _tools}[need]()


def browser() -> str | None:
    """Return the path of a Chromium, if there is one."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _program(name: str) -> str:
    question, least, what = PROGRAMS[name]
    if not shutil.which(name):
        return f"{name} is missing: {what} is wanted"
    done = subprocess.run([name, question], capture_output=True, text=True, check=False)
    number = re.search(r"\d+", done.stdout + done.stderr)
    ran = not done.returncode and number
    return "" if ran and int(number[0]) >= least else f"{name} does not run or is too old: {what} is wanted"


def _site() -> str:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(SITE)]
    return "the site does not build" if subprocess.run(command, check=False).returncode else ""


def _modules() -> str:
    """Install what package-lock.json pins; no script of a package runs."""
    if why := lacking("node") or lacking("npm"):
        return why
    made, lock = MODULES / "made.from", (HERE / "package-lock.json").read_text("utf-8")
    if made.is_file() and made.read_text("utf-8") == lock:
        return ""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, WORK / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--silent"]
    if subprocess.run(command, cwd=WORK, check=False).returncode:
        return "npm could not install what package-lock.json pins (no network?)"
    made.write_text(lock, "utf-8")
    return ""


def _tools() -> str:
    """Install what requirements-audit.lock pins into an environment that sees the project's packages too."""
    made, lock = TOOLS / "made.from", Path("requirements-audit.lock").read_text("utf-8") + sys.prefix
    if made.is_file() and made.read_text("utf-8") == lock:
        return ""
    venv.create(TOOLS, clear=True, with_pip=True)
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-qq"]
    if subprocess.run([*command, "--require-hashes", "-r", "requirements-audit.lock"], check=False).returncode:
        return "pip could not install what requirements-audit.lock pins (no network?)"
    ours = f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n"
    packages = TOOLS / os.path.relpath(sysconfig.get_path("purelib"), sys.prefix)
    (packages / "variorum-audit.pth").write_text(ours, "utf-8")
    made.write_text(lock, "utf-8")
    return ""
