"""This edition's own configuration, laid into an invented edition that has other pages."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent


def configure(edition: Path, nav: str = "", search: bool = True) -> Path:
    """Write `mkdocs.yml` with another navigation, or none; return its path."""
    text = (ROOT / "mkdocs.yml").read_text("utf-8").replace("custom_dir: scripts", f"custom_dir: {ROOT}/scripts")
    before, after = text.index("nav:"), text.index("extra_css")
    text = text[:before] + (f"nav: {nav}\n" if nav else "") + text[after:]
    if not search:
        text = text.replace("- variorum:", "- variorum:\n      search: false")
    (edition / "mkdocs.yml").write_text(text, "utf-8")
    return edition / "mkdocs.yml"
