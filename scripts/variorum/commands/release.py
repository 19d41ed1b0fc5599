"""`variorum release`: build a release and freeze it under its date."""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from ..release import Refusal, release


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "release", help="build a release into the published folder and freeze it under its date"
    )
    parser.add_argument("--out", type=Path, required=True, help="the published folder, with the frozen editions in v/")
    parser.add_argument("--build", required=True, help="the command that builds the site into the folder `{site}`")
    parser.set_defaults(run=run)


def run(root: Path, given: argparse.Namespace) -> int:
    """Release the edition, or say what stands in the way."""

    def build(site: Path) -> None:
        command = [word.replace("{site}", str(site)) for word in shlex.split(given.build)]
        done = subprocess.run(command, cwd=root, check=False)
        if done.returncode:
            raise Refusal(f"the build failed: {command[0]} gave {done.returncode}")

    with tempfile.TemporaryDirectory() as folder:
        try:
            done = release(root, given.out.resolve(), build, Path(folder) / "site")
        except Refusal as refusal:
            print(f"variorum: no release, and nothing was changed:\n{refusal}", file=sys.stderr)
            return 1
    print(f"version {done.version} of {done.date}: {done.added} new addresses, frozen at {done.frozen}")
    print("Commit bibliography/addresses.txt and bibliography/releases/, then publish the folder whole.")
    return 0
