"""Text that reaches a page as the characters it is: no HTML, and nothing that the host's Markdown would act on.

Generated pages are Markdown, and the host puts a page's title into its own templates as it comes. So every value
that a template prints goes through `finalize`, and every title through `title`.
"""

from __future__ import annotations

import re
from html import escape

from markupsafe import Markup

_ACTIVE = re.compile(r"[\\`*_{}\[\]!^~<>&\"'\n]|(?<![^\n ])[#+=:|/-]|://|www\.|@")
_OURS = re.compile(r"\{#[a-z][A-Za-z0-9-]*\}|#{2,6}")
_FENCE = re.compile(r"^([> \t]*)(`{3,}|~{3,})", re.MULTILINE)


def finalize(value: object) -> object:
    """Return a value as a template may print it: markup as it is, text with each active character as an entity.

    A heading's rank and id, `##` and `{#s2}`, are all that templates write in Markdown's own signs.
    """
    if type(value) is str and ("\x02" in value or "\x03" in value):
        value = value.replace("\x02", "").replace("\x03", "")  # the parser's own marks
    if type(value) is not str or not _ACTIVE.search(value) or _OURS.fullmatch(value):
        return value
    return Markup(_ACTIVE.sub(_entity, value))


def title(text: str) -> str:
    """Return a title as HTML on one line, for the templates of a host that prints it as it comes."""
    return escape(" ".join(text.split()))


def fences(html: str) -> str:
    """Return finished HTML in which no line opens a block of code: a host looks for these before it sees HTML."""
    return (
        _FENCE.sub(lambda match: match[1] + "".join(map(_numbered, match[2])), html)
        if "```" in html or "~~~" in html
        else html
    )


def _entity(match: re.Match[str]) -> str:
    return "".join(map(_numbered, match[0]))


def _numbered(char: str) -> str:
    return f"&#{ord(char)};"
