"""Ask on the terminal for what a new record lacks, and offer what may stand there."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from .drafts import Choice, Unfit, fit, several


def free(name: str, meaning: str, pattern: str = "") -> Choice:
    """Describe a field that must be given and takes any words, or those that a pattern fits."""
    return Choice(name, meaning, (), required=True, many=False, nested=False, pattern=pattern)


def ask(choice: Choice, options: Iterable[str] = ()) -> str:
    """Ask on the terminal until the answer fits; raises `Unfit` where nobody is there to answer."""
    if not sys.stdin.isatty():
        raise Unfit(
            f"`--{choice.name.replace('_', '-')}` is missing: {choice.meaning}".replace(
                "`--report`", "the report"
            ).replace("`--proposition`", "the proposition")
        )
    allowed = list(options)
    _offer(allowed)
    shown = f" [{', '.join(allowed)}]" if 0 < len(allowed) <= 12 else ""
    while True:
        answer = input(f"{choice.name} – {choice.meaning}{shown}\n> ").strip()
        try:
            parts = several(answer) if choice.many else filter(None, [answer])
            if fitting := ",".join(fit(choice, part, allowed) for part in parts):
                return fitting
        except Unfit as error:
            print(f"  {error}")


def _offer(options: list[str]) -> None:
    """Let the tabulator complete the options, where the terminal can."""
    try:
        import readline
    except ImportError:
        return
    readline.set_completer_delims(" ,")
    readline.set_completer(lambda text, state: next(iter([o for o in options if o.startswith(text)][state:]), None))
    readline.parse_and_bind("tab: complete")
