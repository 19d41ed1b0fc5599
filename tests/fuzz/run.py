"""One target under atheris: its seeds, its corpus in .build/fuzz, and where an input that broke it is kept.

`python tests/fuzz/run.py TARGET FOLDER SECONDS MEGABYTES TIMEOUT`, with atheris on the path; `make fuzz` sees to that.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path.insert(0, str(TESTS))

import atheris  # type: ignore[import-not-found]  # noqa: E402

with atheris.instrument_imports(include=["variorum", "bibtexparser", "fuzz"]):
    from fuzz.targets import CASES, TARGETS


def fuzz(name: str, folder: Path, seconds: str, megabytes: str, timeout: str) -> int:
    """Fuzz one target in a child, so that its end can be told of; return its exit code."""
    corpus, found = folder / name / "corpus", folder / name / "found"
    for made in (corpus, found):
        made.mkdir(parents=True, exist_ok=True)
    for seed in [*TARGETS[name].seeds(), *(path.read_bytes() for path in sorted((CASES / name).glob("*")))]:
        (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    before = set(found.iterdir())
    child = os.fork()
    if not child:
        flags = [f"-max_total_time={seconds}", f"-rss_limit_mb={megabytes}", f"-timeout={timeout}"]
        flags += [f"-artifact_prefix={found}/", "-max_len=40000", "-print_final_stats=1", "-report_slow_units=10"]
        atheris.Setup([f"fuzz {name}", *flags, str(corpus)], TARGETS[name].run)
        atheris.Fuzz()
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    for path in sorted(set(found.iterdir()) - before):
        print(
            f"{name}: {path} breaks it.\n  to keep it: cp {path} tests/fuzz/cases/{name}/what-it-is\n"
            "  then mend the code until `pytest tests/test_fuzzing.py` passes"
        )
    return code


if __name__ == "__main__":
    given, place, *limits = sys.argv[1:]
    sys.exit(1 if fuzz(given, Path(place), *limits) else 0)
