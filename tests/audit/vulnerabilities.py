"""Ask what is publicly known against the packages that the locks pin: `vulnerabilities.py PIP_AUDIT`.

The question goes to a service: to the package index first, to OSV where that knows no advisories. Where neither answers
nothing is judged.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from needs import UNJUDGED

LOCKS = tuple(sorted(path.name for path in Path().glob("requirements*.lock")))
SERVICES = ("pypi", "osv")
KNOWN: dict[str, str] = {}
"""Advisories that were looked at and do not concern us: their id, and why."""
WAIT = 15


def answer(program: str, service: str, lock: Path) -> list[dict[str, Any]]:
    """Return what a service says of each package of a lock; of those that it does not know it says nothing."""
    command = [
        program, "--requirement", str(lock), "--disable-pip", "--vulnerability-service", service, "--format", "json",
        "--progress-spinner", "off", "--timeout", str(WAIT), *(f"--ignore-vuln={known}" for known in KNOWN),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        said: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return []
    return [one for one in said if "vulns" in one]


def serving(program: str) -> str | None:
    """Return a service that answers, asked for one package alone."""
    first = re.search(r"^[\w.-]+==.*?(?=^\S)", Path(LOCKS[0]).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    with tempfile.TemporaryDirectory() as folder:
        probe = Path(folder) / "probe.txt"
        probe.write_text(first[0] if first else "", "utf-8")
        return next((service for service in SERVICES if answer(program, service, probe)), None)


def main() -> int:
    """Print the advisories; return 1 where there is one, `UNJUDGED` where no service answers."""
    program = sys.argv[1]
    service = serving(program)
    if service is None:
        print(f"no service for advisories can be reached from here (asked: {', '.join(SERVICES)}): NOTHING WAS JUDGED")
        return UNJUDGED
    answers = {lock: answer(program, service, Path(lock)) for lock in LOCKS}
    found = {one["name"]: one for said in answers.values() for one in said}
    bad = [(one, advisory) for one in found.values() for advisory in one["vulns"]]
    for one, advisory in bad:
        mended = ", ".join(advisory["fix_versions"]) or "none yet"
        print(f"  {one['name']} {one['version']}: {advisory['id']}, mended in {mended}")
    silent = [lock for lock, said in answers.items() if not said]
    print(
        f"{len(found)} packages asked of {service}, {len(bad)} advisories"
        + "".join(f"; {x}: NO ANSWER" for x in silent)
    )
    return 1 if bad else UNJUDGED if silent else 0


if __name__ == "__main__":
    sys.exit(main())
