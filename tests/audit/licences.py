"""Hold the licence of every installed Python distribution, as its own metadata gives it, against an allow-list."""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, distributions, requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ALLOWED = frozenset(
    [
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "HPND",
        "ISC",
        "MIT",
        "MIT-CMU",
        "MPL-2.0",
        "PSF-2.0",
        "Unlicense",
        "Zlib",
    ]
)
"""SPDX names that may stand in any dependency: permissive ones, and MPL-2.0, which binds its own files alone."""
EXCEPTED = {
    "frozendict": ("LGPL-3.0-only", "comes with PyLD, in the tests alone"),
    "krippendorff": ("GPL-3.0-or-later", "the tests hold our alpha against it"),
}
"""Distributions with another licence that was looked at: which, and why it may stay; none that is needed to run."""
UNSAID = {"axe-playwright-python": "MIT"}
"""Distributions whose metadata say nothing: what the licence file in them says."""
NAMES = {
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD 3-Clause license": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}
"""Names in older metadata, and what they mean in SPDX."""


def stated(one: Distribution) -> str:
    """Return a distribution's licence as an SPDX expression, or as its metadata word it; empty where they do not."""
    meta = one.metadata
    if "License-Expression" in meta:
        return meta["License-Expression"]
    last = [str(line).rsplit(" :: ", 1)[-1] for line in meta.get_all("Classifier") or [] if "License ::" in str(line)]
    text = meta["License"].strip() if "License" in meta else ""
    known = [NAMES[name] for name in last if name in NAMES]
    if known and len(known) == len(last):
        return " OR ".join(known)
    if text and "\n" not in text and text != "UNKNOWN":
        return NAMES.get(text, text)
    return " OR ".join(last) or UNSAID.get(one.name, "")


def allowed(expression: str) -> bool:
    """Say whether an SPDX expression without brackets is allowed: every part of one of its alternatives is."""
    return any(
        all(part.strip() in ALLOWED for part in re.split(r"\bAND\b", choice))
        for choice in re.split(r"\bOR\b", expression)
    )


def needed(name: str) -> set[str]:
    """Return what a distribution needs to run here, itself included, by canonical names."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = canonicalize_name(waiting.pop())
        if one not in found:
            found.add(one)
            asked = [Requirement(line) for line in requires(one) or ()]
            waiting += [each.name for each in asked if each.marker is None or each.marker.evaluate({"extra": ""})]
    return found


def main() -> int:
    """Print what is not allowed and what was excepted; return 1 where something is not allowed."""
    found = {one.name: stated(one) for one in distributions()}
    run = needed("variorum")
    bad = 0
    for name, licence in sorted(found.items(), key=lambda item: item[0].lower()):
        if allowed(licence):
            continue
        if name in EXCEPTED and EXCEPTED[name][0] == licence and canonicalize_name(name) not in run:
            print(f"  excepted {name}: {licence} – {EXCEPTED[name][1]}")
        else:
            bad += 1
            print(f"  {name}: {licence or 'no licence stated'}")
    print(f"{len(found)} distributions, {len(run)} of them needed to run; {bad} with a licence that is not allowed")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
