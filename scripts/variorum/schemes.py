"""The dark scheme for readers without scripts: the host's switch needs one, a style sheet in `noscript` does not."""

from __future__ import annotations

import re
from pathlib import Path

DARK = "assets/dark.css"
"""The style sheet that `main.html` names in `noscript`, for screens that prefer the dark."""
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SLATE = re.compile(r"(?<!:not\()\[data-md-color-scheme=\"?slate\"?\]")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def dark(css: str) -> str:
    """Return a style sheet's rules for the dark scheme, as rules for a page that stands in the light one."""
    rules = []
    for selector, declarations in _RULE.findall(_COMMENT.sub("", css)):
        if _SLATE.search(selector):
            rules.append(_SLATE.sub("[data-md-color-scheme=default]", selector.strip()) + "{" + declarations + "}\n")
    return "".join(rules)


def write_dark(site: Path) -> None:
    """Write the dark scheme of a built site, the host's own rules first."""
    sheets = [*sorted(site.glob("assets/stylesheets/*.css")), *sorted(site.glob("assets/*.css"))]
    text = "".join(dark(sheet.read_text("utf-8")) for sheet in sheets if sheet != site / DARK)
    (site / DARK).parent.mkdir(parents=True, exist_ok=True)
    (site / DARK).write_text(text, "utf-8", newline="\n")
