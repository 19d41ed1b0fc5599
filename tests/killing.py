"""Writing commands in trouble: killed at the n-th thing they do to the disk, without room, without the right to write.

`python tests/killing.py` takes JSON a line and answers so. It imports the package once and forks for each run. A hook
on the interpreter's own audit events counts files opened for writing, renamed, linked, removed, folders made and
removed, and files put on the disk; at the n-th the child kills itself, and a file that was not yet on the disk is cut
in half first, as a loss of power would leave it.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from variorum import cli, history, layout, release, rendering
from variorum.references import Rendered

MATTERS = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate"}
LIBC = ctypes.CDLL(None)
NEW_MOUNTS, NEW_USER, READ_ONLY, REMOUNT, RECURSIVE, PRIVATE = 0x20000, 0x10000000, 1, 32, 16384, 1 << 18
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def command(*words: str) -> Callable[[Path], int]:
    return lambda root: cli.main(["--root", str(root), *(word.replace("{root}", str(root)) for word in words)])


def references(root: Path) -> int:
    """Run the command with a stand-in for pandoc."""
    rendering.render = lambda works, *_: {work["id"]: Rendered("0" * 12, {}, {}) for work in works}
    return cli.main(["--root", str(root), "references"])


def init(root: Path) -> int:
    return cli.main(["init", str(root / "made"), "--title", "River tolls"])


def publish(root: Path) -> int:
    """Release an edition into a published folder beside it; the site is a page."""

    def build(site: Path) -> None:
        for name in ("index.html", "matrix/index.html", "reports/index.html"):
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(f"<body>{name} of this release</body>", "utf-8")

    release.refusals = lambda _: iter(())
    release.dressing.unresolved = lambda *_: []
    shutil.rmtree(root.parent / f"{root.name}.scratch", ignore_errors=True)
    release.release(root, root / "public", build, root.parent / f"{root.name}.scratch")
    assert (root / layout.LEDGER).is_file() and history.path_of(root, "2026-11-21").is_file()
    return 0


COMMANDS: dict[str, Callable[[Path], int]] = {
    "rename": command("rename", "freight-to-road", "road"),
    "rename a report": command("rename", "marsh-2019", "marsh-2019-river"),
    "import": command("import", "{root}/text.md", "--report", "new-2024", "--scaffold"),
    "verify": command("verify", "--write"),
    "references": references,
    "new": command("new", "person", "ada", "--name", "Ada Weir", "--body", "A person."),
    "code": command("code", "tester", "--take", "{root}/sheet.csv"),
    "pages": command("pages", "--out", "{root}/out/pages"),
    "init": init,
    "release": publish,
}


def run(name: str, root: Path, at: int) -> tuple[int | None, int, str]:
    """Run a command that dies at its `at`-th event; return its exit code, how many events there were, what it said."""
    seen, armed, fsync = [0], [True], os.fsync

    def count(fd: int | None = None) -> None:
        seen[0] += 1
        if seen[0] == at:
            if fd is not None:
                os.ftruncate(fd, os.fstat(fd).st_size // 2)
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(event: str, found: tuple[Any, ...]) -> None:
        if armed[0] and (event in MATTERS or (event == "open" and found[2] & WRITES and _inside(found[0], root))):
            count()

    def put(fd: int) -> None:
        count(fd)
        fsync(fd)

    def killed() -> tuple[int, int]:
        os.fsync = put
        sys.addaudithook(watch)
        code = COMMANDS[name](root)
        armed[0] = False
        return code, seen[0]

    return _forked(killed)


def without_room(name: str, root: Path, limit: int) -> tuple[int | None, int, str]:
    """Run a command that cannot make a file larger than `limit` bytes."""

    def limited() -> tuple[int, int]:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        return COMMANDS[name](root), 0

    return _forked(limited)


def mounted(name: str, root: Path, room: int) -> tuple[int | None, int, str]:
    """Run a command on a disk of its own with `room` bytes left, or one that cannot be written where that is negative.

    `root` is copied there; what the command leaves stands beside it as `<root>.left`. Gives 77 where this system
    allows no mounts.
    """

    def apart() -> tuple[int, int]:
        disk = root.with_name("disk")
        disk.mkdir()
        if not _mounts() or LIBC.mount(b"none", bytes(disk), b"tmpfs", 0, b"size=4m"):
            return 77, 0
        there = Path(shutil.copytree(root, disk / root.name))
        if room < 0:
            LIBC.mount(b"none", bytes(disk), None, REMOUNT | READ_ONLY, None)
        else:
            left = os.statvfs(disk)
            (disk / "ballast").write_bytes(b"x" * max(0, left.f_bavail * left.f_frsize - room))
        code = COMMANDS[name](there)
        shutil.copytree(there, root.with_name(f"{root.name}.left"))
        return code, 0

    return _forked(apart)


def _mounts() -> bool:
    """Give this process mounts of its own; needs root, or a system that lets everybody be root in a place apart."""
    user, group = os.getuid(), os.getgid()
    if LIBC.unshare(NEW_MOUNTS):
        if LIBC.unshare(NEW_USER | NEW_MOUNTS):
            return False
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    return not LIBC.mount(b"none", b"/", None, RECURSIVE | PRIVATE, None)


def _forked(work: Callable[[], tuple[int, int]]) -> tuple[int | None, int, str]:
    back, to = os.pipe()
    child = os.fork()
    if not child:
        code, events, words = 99, 0, io.StringIO()
        try:
            sys.stdout, sys.stderr = io.StringIO(), words
            code, events = work()
        except BaseException as error:
            words.write(f"{type(error).__name__}: {error}")
        finally:
            os.write(to, f"{events}\n{words.getvalue()}".encode()[:60_000])
            os._exit(code)
    os.close(to)
    with os.fdopen(back, "rb") as pipe:
        events, _, said = pipe.read().decode().partition("\n")
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return (None if status == -signal.SIGKILL else status), int(events or 0), said


def _inside(path: object, root: Path) -> bool:
    return isinstance(path, str | Path) and str(path).startswith(str(root))


if __name__ == "__main__":
    for line in sys.stdin:
        how, name, root, number = json.loads(line)
        done = {"kill": run, "limit": without_room, "mount": mounted}[how](name, Path(root), number)
        print(json.dumps(done), flush=True)
