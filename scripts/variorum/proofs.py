"""Proofs written beside the evidence they belong to, and nothing else of a file touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from .quotations import Quotation
from .source import Source
from .writing import Batch


def write(root: Path, proved: Iterable[tuple[Quotation, str]], beside: Mapping[str, str] | None = None) -> int:
    """Write each record's proofs into its file, together with the files `beside`; return how many records changed.

    Raises `OSError`, and then nothing is changed.
    """
    files: dict[str, list[tuple[Quotation, str]]] = {}
    for quotation, proof in proved:
        if quotation.record is not None and quotation.proof != proof:
            files.setdefault(quotation.source.path, []).append((quotation, proof))
    before = {name: held[0][0].source for name, held in files.items()}
    written = {
        name: with_proofs(before[name], {quotation.path[:-1]: proof for quotation, proof in held})
        for name, held in sorted(files.items())
    }
    if written or beside:
        Batch(root, {**written, **(beside or {})}, read={name: source.text for name, source in before.items()}).make()
    return len(files)


def with_proofs(source: Source, proofs: Mapping[tuple[str | int, ...], str]) -> str:
    """Return a record's text with `proof:` set in the mappings at the given paths of its front matter."""
    text = source.text
    start = text.index("\n") + 1
    end = text.index("\n---", start) + 1
    root = yaml.compose(text[start:end], Loader=yaml.CSafeLoader)
    edits: list[tuple[int, int, str]] = []
    for path, proof in proofs.items():
        edits.append(_edit(text, start, _at(root, path), proof))
    for begin, stop, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[stop:]
    return text


def _at(node: yaml.Node | None, path: tuple[str | int, ...]) -> yaml.MappingNode:
    for part in path:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == part)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
    if not isinstance(node, yaml.MappingNode):
        raise ValueError(f"no mapping at {path}")
    return node


def _edit(text: str, start: int, mapping: yaml.MappingNode, proof: str) -> tuple[int, int, str]:
    """Return where a proof goes: over an old one, before a closing brace, or on a line below the quotation."""
    held = {key.value: (key, value) for key, value in mapping.value}
    if "proof" in held:
        value = held["proof"][1]
        return start + value.start_mark.index, start + value.end_mark.index, proof
    key, quote = held["quote"]
    if mapping.flow_style:
        after = start + quote.end_mark.index
        return after, after, f", proof: {proof}"
    after = start + quote.end_mark.index
    line_end = text.index("\n", after - 1 if text[after - 1] == "\n" else after)
    return line_end, line_end, f"\n{' ' * key.start_mark.column}proof: {proof}"
