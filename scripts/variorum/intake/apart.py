"""The way in: a file of a stranger's is read in a process of its own, within bounds of memory and time.

Readers of PDFs are large native libraries, and a few hundred bytes can ask for any amount of either. Whatever happens
to them happens to the child; who asked gets the report's structure or a sentence.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
from pathlib import Path

from .model import Intake
from .reading import here
from .refusal import Refusal

MEMORY = 2_000_000_000
"""Bytes that reading one file may take, where the system can tell."""
SECONDS = 120
"""Seconds that reading one file may take."""
TAGS, TEXT = 10_000, 1_000_000
"""Opening signs of tags, and bytes, up to which a text or page is read in this process: no harm comes of so little."""
_CHILD = f"import sys; from {__name__} import child; sys.stdout.buffer.write(child(*sys.argv[1:]))"
_HELP = "Is it the file you mean? Fetch it again from its publisher, or split it and import the part with the report."


def read(path: Path, report: str, corrections: Path | None = None) -> Intake:
    """Import a report; `corrections` is the report's correction file, which need not exist.

    Raises `Refusal` where the file cannot be read, takes too much, or ends the process that reads it.
    """
    return in_a_child(path, report, corrections) if is_wanted(path) else here(path, report, corrections)


def is_wanted(path: Path) -> bool:
    """Tell whether a file is one to read apart."""
    if path.suffix.lower() == ".pdf":
        return True
    try:
        return path.stat().st_size > TEXT or path.read_bytes().count(b"<") > TAGS
    except OSError:
        return False  # whoever reads it says why it cannot be


def in_a_child(path: Path, report: str, corrections: Path | None) -> Intake:
    """Read a file in a child; raises `Refusal` where it has to be refused, takes too much or ends the child."""
    words = [sys.executable, "-c", _CHILD, str(path), report, *([str(corrections)] if corrections else [])]
    try:
        done = subprocess.run(words, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Refusal(f"{path.name} takes longer than {SECONDS} seconds to read.", _HELP) from None
    if done.returncode:
        raise Refusal(f"{path.name} takes more than {MEMORY // 10**9} GB of memory, or breaks its reader.", _HELP)
    found: Intake | tuple[str, str] = pickle.loads(done.stdout)
    if isinstance(found, tuple):
        raise Refusal(*found)
    return found


def child(path: str, report: str, corrections: str = "") -> bytes:
    """Read a file within bounds; return its result, or what it says where it refuses."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        return pickle.dumps(here(Path(path), report, Path(corrections) if corrections else None))
    except Refusal as refusal:
        return pickle.dumps((refusal.message, refusal.help))
