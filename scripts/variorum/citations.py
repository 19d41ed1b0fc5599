"""Citations in running text, in Pandoc's manner: `[see @key, p. 12; @other-key]`.

Only the bracketed form is read; a locator is whatever follows the key and a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_INSIDE = r"(?:[^\[\]\n]|\n(?![ \t]*\n))*"
_NAME = r"[A-Za-z0-9](?:[\w.:+/-]*\w)?"
GROUP = rf"\[(?P<group>(?>{_INSIDE}?(?<![\w.\\])@{_NAME}){_INSIDE}+)\](?!\()"
"""A bracket that holds at least one key, right or wrong, and is not the text of a link."""

_GROUP = re.compile(GROUP)
_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[ \t]*[\w+.-]*[ \t]*\n.*?^(?P=fence)[ \t]*$"
    r"|(?<![\\`])(?P<ticks>`+)(?!`)[^\n]*?[^`\n](?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
_ONE = re.compile(rf"^(?P<prefix>.*?)(?<![\w.\\])@(?P<key>{_NAME})(?:\s*,\s*(?P<locator>.*))?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Citation:
    """Hold one key with what stands before it and the place in the source; offsets count code points."""

    key: str
    prefix: str
    locator: str
    offset: int


def parts(group: str, offset: int = 0) -> list[Citation] | None:
    """Read the inside of one bracket; give nothing where a part of it has no key."""
    found, start = [], 0
    for part in group.split(";"):
        match = _ONE.match(part.strip())
        if match is None:
            return None
        at = offset + group.index("@" + match["key"], start)
        prefix, locator = (" ".join((match[name] or "").split()) for name in ("prefix", "locator"))
        found.append(Citation(match["key"], prefix, locator, at))
        start += len(part) + 1
    return found


def groups(text: str) -> Iterator[tuple[int, int, list[Citation]]]:
    """Yield each bracket of citations in `text` as start, end and its parts."""
    for match in _GROUP.finditer(text):
        found = parts(match["group"], match.start("group"))
        if found:
            yield match.start(), match.end(), found


def cited(text: str) -> list[Citation]:
    """Return every citation in `text` outside code, in order."""
    if "@" not in text:
        return []
    return [citation for _, _, found in groups(without_code(text)) for citation in found]


def unreadable(text: str) -> list[tuple[int, str]]:
    """Return the brackets outside code that hold a key and are no citation, each with its offset."""
    if "@" not in text:
        return []
    found = _GROUP.finditer(without_code(text))
    return [(match.start(), match[0]) for match in found if parts(match["group"]) is None]


def without_code(text: str) -> str:
    """Blank out code, keeping every offset and line end.

    Only what every Markdown parser takes for code is blanked: fences at the margin, spans on one line. What hides in
    anything else is looked at.
    """
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text) if "`" in text or "~~~" in text else text
