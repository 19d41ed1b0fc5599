"""Run a checker over this project's workflows and those that `variorum init` writes: `workflows.py PROGRAM [WORD …]`.

The files are given by name, since no checker looks for workflows outside of .github/.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PLACES = (".github/workflows", "scripts/variorum/starter/github/workflows")


def main() -> int:
    """Print what the checker says; return 1 where it found something, or where there was nothing to read."""
    files = [str(path) for place in PLACES for path in sorted(Path(place).glob("*.yml"))]
    done = subprocess.run([*sys.argv[1:], *files], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        sys.stdout.write(done.stdout.decode())
    print(f"{len(files)} workflows, {'something was found' if done.returncode else 'nothing found'}")
    return bool(done.returncode) or len(files) <= len(PLACES)


if __name__ == "__main__":
    sys.exit(main())
