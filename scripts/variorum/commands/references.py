"""`variorum references`: render every source’s reference into the lock file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..edition import load
from ..rendering import MissingTool, refresh


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("references", help="render references into the lock file (needs pandoc)")
    parser.set_defaults(run=run)


def run(root: Path, _given: argparse.Namespace) -> int:
    """Refresh the lock file."""
    try:
        changed = refresh(load(root), root)
    except MissingTool as error:
        print(f"variorum: {error}", file=sys.stderr)
        return 2
    print(f"{changed} references changed")
    return 0
