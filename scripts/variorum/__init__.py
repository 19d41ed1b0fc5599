"""Variorum: a comparative annotated edition of policy reports, read from plain files and published as a static site."""

from __future__ import annotations

__version__ = "0.1.0"
