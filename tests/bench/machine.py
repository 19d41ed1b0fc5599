"""What the figures were measured on: processors, memory, system, versions, and how busy it was."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

OURS = ("mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions", "pagefind", "pydantic")
THEIRS = ("zensical", "Sphinx", "myst-parser", "sphinxcontrib-bibtex", "furo", "mkdocs-bibtex", "mkdocs-material")


def described() -> dict[str, str]:
    """Return the machine in words, and the versions of what stands in this environment."""
    memory = _field("/proc/meminfo", "MemTotal")
    return {
        "processors": f"{os.cpu_count()} × {_field('/proc/cpuinfo', 'model name') or platform.machine()}",
        "memory": f"{int(memory.split()[0]) / 1024**2:.0f} GB" if memory else "unknown",
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "here": ", ".join(f"{name} {version(name)}" for name in OURS),
    }


def others(python: Path) -> str:
    """Return the versions of what stands in the environment of the others, or nothing where there is none."""
    code = (
        "import sys; from importlib.metadata import version as v; print(', '.join(f'{n} {v(n)}' for n in sys.argv[1:]))"
    )
    if not python.exists():
        return ""
    done = subprocess.run([str(python), "-c", code, *THEIRS], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def load() -> float:
    """Return how many processes wanted a processor in the last minute."""
    return round(os.getloadavg()[0], 1)


def _field(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
