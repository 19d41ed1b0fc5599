"""Say what `make audit` needs besides Python and this machine has not; ends with 1 where something is missing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WANTED = {
    "node": (("--version",), 18, "Node 18.16 or newer, for Lighthouse"),
    "npm": (("--version",), 8, "npm 8 or newer, which installs Lighthouse and the HTML checker"),
    "java": (("-version",), 11, "Java 11 or newer (a headless runtime will do), for the Nu HTML checker"),
}


def lacking(program: str) -> str:
    """Return what to say on a program that is absent or too old, or nothing."""
    question, least, what = WANTED[program]
    if not shutil.which(program):
        return f"{program} is missing: {what}"
    said = subprocess.run([program, *question], capture_output=True, text=True, check=False)
    number = re.search(r"(\d+)[.\d]*", said.stdout + said.stderr)
    if said.returncode or not number or int(number[1]) < least:
        return f"{program} does not run or is too old: {what}"
    return ""


def browser() -> str | None:
    """Return the path of a Chromium, if there is one."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def main() -> int:
    """Print what is missing, one a line."""
    missing = [said for program in WANTED if (said := lacking(program))]
    if not browser():
        missing.append(f"Chromium is missing (looked for: {', '.join(BROWSERS)}), for Lighthouse")
    for line in missing:
        print(f"make audit: {line}", file=sys.stderr)
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
