"""Run the Nu HTML checker over every page of a built site: `html_checker.py SITE VNU_JAR`; no error may be left.

What the theme writes and no template of ours reaches is left out, by its exact message and place, each with a reason.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

SHOWN = 40
"""At most so many errors are printed."""
THEIRS: tuple[tuple[str, str, str], ...] = (
    (
        "Attribute “autocomplete” is only allowed when the input type is",
        '<input class="md-toggle" data-md-toggle=',
        "Material's base.html: the check boxes behind drawer and search, so that Firefox does not keep them ticked",
    ),
)
"""Beginning of the message, what its extract holds, why it may stay."""


def messages(site: Path, jar: Path) -> list[dict[str, Any]]:
    """Return what the checker says; raises `RuntimeError` where it did not run."""
    command = [
        "java",
        "-Xss4m",
        "-jar",
        str(jar),
        "--format",
        "json",
        "--skip-non-html",
        "--exit-zero-always",
        str(site),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    except (ValueError, KeyError):
        raise RuntimeError(f"the HTML checker did not run: {done.stderr[-600:]}") from None
    return found


def excused(message: dict[str, Any]) -> int | None:
    """Return the number of the exception that holds for a message, or None."""
    for number, (begins, extract, _) in enumerate(THEIRS):
        if message["message"].startswith(begins) and extract in message.get("extract", ""):
            return number
    return None


def main() -> int:
    """Print the errors and what was left out; return 1 where an error stands."""
    site, jar = Path(sys.argv[1]), Path(sys.argv[2])
    pages = sum(1 for _ in site.rglob("*.html"))
    found = messages(site, jar)
    faults = [one for one in found if one["type"] != "info"]
    mine = [one for one in faults if excused(one) is None]
    for one in mine[:SHOWN]:
        page = one.get("url", "").split(site.name + "/", 1)[-1]
        print(f"  {page}:{one.get('lastLine', 0)}: {one['message']}\n    {one.get('extract', '').strip()[:160]}")
    for number, count in sorted(Counter(excused(one) for one in faults if excused(one) is not None).items()):
        print(f"  left out {count}: {THEIRS[number or 0][2]}")
    print(f"{pages} pages, {len(mine)} errors, {len(faults) - len(mine)} of the theme's left out")
    return bool(mine) or not pages


if __name__ == "__main__":
    sys.exit(main())
