"""The MkDocs adapter: the only package that knows the host."""

from .adapter import VariorumPlugin

__all__ = ["VariorumPlugin"]
