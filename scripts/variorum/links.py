"""Links between the edition's files: a relative `.md` link made an address, or found dead.

Contributors link as GitHub does (`../reports/lo-2025.md#s3p2`); the engine resolves and checks each such link itself,
so that no host needs to.
"""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote, urlsplit

from . import addresses, layout
from .addresses import Address
from .edition import Edition
from .findings import nearest

_BLANK = re.compile(r"[\x00-\x20\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_OPENINGS = {"https": "https://", "http": "http://", "mailto": "mailto:"}
_OPEN_SCHEMES = tuple(_OPENINGS)


@dataclass(frozen=True, slots=True)
class Target:
    """Say where a link leads: a place in the edition, an outside address, or a fault by its rule."""

    inside: Address | None = None
    outside: str = ""
    fault: str = ""


def resolve(edition: Edition, base: str, href: str) -> Target:
    """Resolve `href` as written in the file `base` (relative to docs/)."""
    address = _BLANK.sub("", html.unescape(href))
    try:
        parts = urlsplit(address)
    except ValueError:
        return Target(fault="unsafe-link")
    if parts.scheme or address.startswith("//"):
        scheme = parts.scheme.lower()
        return (
            Target(outside=address)
            if scheme in _OPEN_SCHEMES and address.lower().startswith(_OPENINGS[scheme])
            else Target(fault="unsafe-link")
        )
    if address.startswith("/") or "\\" in address or parts.query:
        return Target(fault="dead-link")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path))) if parts.path else base
    if not path.endswith(".md") or path.startswith("../"):
        return Target(fault="dead-link")
    found = _address(path, unquote(parts.fragment))
    if _exists(edition, path, found) or unread(edition, path):
        return Target(inside=found)
    return Target(fault="dead-link")


def is_safe(href: str) -> bool:
    """Tell whether an address is relative, or leads to https, http or mail."""
    address = _BLANK.sub("", html.unescape(href))
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if address.startswith(("//", "\\", "/\\")):
        return False
    return not parts.scheme or address.lower().startswith(_OPENINGS.get(parts.scheme.lower(), ":"))


def _address(path: str, fragment: str) -> Address:
    """Return the address of a file under docs/; some records stand on a page of another name."""
    folder, _, key = path.removesuffix(".md").partition("/")
    special = {"quantities": addresses.quantity, "editors": addresses.editor, "topics": addresses.topic}
    special["retired"] = addresses.withdrawn
    if folder in special and key:
        return special[folder](key)
    return Address(addresses.of_file(path), fragment)


def _exists(edition: Edition, path: str, address: Address) -> bool:
    """Tell whether a page and, where the engine makes its ids, a fragment on it exist."""
    folder, _, rest = addresses.of_file(path).partition("/")
    fragment = address.fragment
    if folder == "reports" and rest:
        report = edition.reports.get(rest)
        return report is not None and (not fragment or report.has(_place(fragment)))
    if folder == "annotations":
        key, _, slug = rest.partition("/")
        return (key, slug) in edition.annotations and not fragment
    if folder == "propositions" and rest:
        return rest in edition.propositions and (not fragment or fragment in edition.reports)
    if folder == "sources" and rest:
        return rest in edition.entries and not fragment
    if folder in layout.SHELVES and rest:
        return rest in getattr(edition, folder)
    if folder == "compare" and rest:
        keys = rest.split("/")
        return len(keys) == 2 and set(keys) <= set(edition.reports) and addresses.pair(*keys).page == address.page
    single = {
        addresses.RULES,
        addresses.FIELDS,
        addresses.EDITORS,
        addresses.MATRIX,
        addresses.AGREEMENT,
        addresses.SHARED,
        addresses.ENGAGEMENT,
        addresses.ERRATA,
        addresses.CHANGES,
        addresses.DATA,
    }
    return path in edition.pages or address.page in single | addresses.FOLDERS


def unread(edition: Edition, path: str) -> bool:
    """Tell whether a file under docs/ is there and has faults: to lead to it, or name its record, is no second one."""
    return any(finding.place.path == f"{layout.DOCS}/{path}" for finding in edition.findings)


def lacks(edition: Edition, shelf: str, key: str) -> bool:
    """Tell whether a shelf of records, `reports` or one of the layout's, has no file for `key`."""
    return key not in getattr(edition, shelf) and not unread(edition, f"{shelf}/{key}.md")


def nearest_target(edition: Edition, base: str, href: str) -> str:
    """Return what a dead link was most likely meant to lead to, or nothing."""
    written, _, fragment = html.unescape(href).partition("#")
    folder = posixpath.dirname(base)
    path = posixpath.normpath(posixpath.join(folder, unquote(written))) if written else base
    path = re.sub(r"^[./]+", "", path).removesuffix(".md") + ".md"
    report = edition.reports.get(path.removeprefix("reports/").removesuffix(".md"))
    if fragment and report:
        return nearest(_place(fragment), [*report.units, *(section.id for section in report.sections)])
    held = {f"{shelf}/{key}.md" for shelf in ("reports", *layout.SHELVES) for key in getattr(edition, shelf)}
    held |= {f"annotations/{key}/{slug}.md" for key, slug in edition.annotations} | set(edition.pages)
    close = get_close_matches(path, held, n=1)
    return f"did you mean `{posixpath.relpath(close[0], folder or '.')}`?" if close else ""


def _place(fragment: str) -> str:
    """Turn a fragment back into a place: `fn:12` → `n12`."""
    match = re.match(r"fn(?:ref\d*)?:(.+)$", fragment)
    return f"n{match[1]}" if match else fragment
