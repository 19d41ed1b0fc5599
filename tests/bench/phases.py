"""One build of ours with a stopwatch at each phase: `python -m bench.phases RESULT [mkdocs' arguments]`.

The build is the very one that `mkdocs build` makes; around some functions the clock is read. Time within a phase
that another phase takes is the other's alone; what no phase takes is the host's: MkDocs, Material, Python-Markdown.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import time
from collections.abc import Callable, Iterator
from functools import wraps
from inspect import isfunction
from pathlib import Path
from typing import Any

import variorum

PHASES: dict[str, tuple[str, ...]] = {
    "load": ("variorum.edition.load",),
    "check": ("variorum.checks.check",),
    "compare": ("variorum.compare.compare", "variorum.pairs.pairs", "variorum.sharing.*"),
    "pages": ("variorum.pages.render", "variorum.data.render", "variorum.exports.render"),
    "finish": ("variorum.catalogue.cards", "variorum.dressing.*", "variorum.finish.*", "variorum.indexing.*"),
}
"""What is timed, by phase; each by the place where it is defined, a star for all that a module offers."""
ENGINE = ("load", "check", "compare", "pages")
HOST = "host"


class Stopwatch:
    """Charge the time that passes to the phase that is on top."""

    def __init__(self) -> None:
        """Start with the host."""
        self.seconds: dict[str, float] = dict.fromkeys((*PHASES, HOST), 0.0)
        self._stack = [HOST]
        self._since = time.perf_counter()

    def enter(self, phase: str) -> None:
        """Let a phase begin within the one that runs."""
        self._charge()
        self._stack.append(phase)

    def leave(self) -> None:
        """Let the phase on top end."""
        self._charge()
        self._stack.pop()

    def _charge(self) -> None:
        now = time.perf_counter()
        self.seconds[self._stack[-1]] += now - self._since
        self._since = now

    def end(self) -> dict[str, float]:
        """Return the seconds of each phase until now."""
        self._charge()
        return {phase: round(self.seconds[phase], 4) for phase in (*PHASES, HOST)}

    def around(self, phase: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that is timed; what it yields, step by step."""

        @wraps(call)
        def timed(*given: Any, **named: Any) -> Any:
            self.enter(phase)
            try:
                result = call(*given, **named)
            finally:
                self.leave()
            return self._stepped(phase, result) if isinstance(result, Iterator) else result

        return timed

    def _stepped(self, phase: str, steps: Iterator[Any]) -> Iterator[Any]:
        while True:
            self.enter(phase)
            try:
                step = next(steps)
            except StopIteration:
                return
            finally:
                self.leave()
            yield step


def functions() -> dict[str, list[Callable[..., Any]]]:
    """Return the functions that are timed, by phase; raises `AttributeError` where the package has one no longer."""
    return {phase: [call for name in names for call in _named(name)] for phase, names in PHASES.items()}


def _named(name: str) -> list[Callable[..., Any]]:
    path, _, wanted = name.rpartition(".")
    module = importlib.import_module(path)
    if wanted != "*":
        return [getattr(module, wanted)]
    offered = [(one, call) for one, call in vars(module).items() if isfunction(call) and call.__module__ == path]
    return [call for one, call in offered if not one.startswith("_")]


def _put(watch: Stopwatch) -> None:
    """Put the stopwatch around each function, wherever a module of the package has it by name."""
    for found in pkgutil.walk_packages(variorum.__path__, "variorum."):
        importlib.import_module(found.name)
    held = [module for name, module in sys.modules.items() if name.split(".")[0] == "variorum"]
    for phase, calls in functions().items():
        for call in calls:
            timed = watch.around(phase, call)
            for module in held:
                for name, value in list(vars(module).items()):
                    if value is call:
                        setattr(module, name, timed)


def main() -> None:
    """Build, and write the seconds of each phase into the file that is named first."""
    watch = Stopwatch()
    _put(watch)
    from mkdocs.__main__ import cli

    result = Path(sys.argv[1])
    try:
        cli(sys.argv[2:], standalone_mode=False)
    finally:
        result.write_text(json.dumps(watch.end()), "utf-8")


if __name__ == "__main__":
    main()
