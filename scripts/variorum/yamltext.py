"""Plain YAML with places: what a value is and where it stands, nothing guessed.

YAML 1.1 takes `no` for false, `12:30` for 750 and lets the second of two equal keys win; here only `true`, `false`,
whole numbers and decimals are more than text, and a repeated key, an alias, a tag or deep nesting is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from .findings import Finding
from .source import Place, Source

DEEPEST = 8
"""Levels of nesting that a record may have."""

Path = tuple[str | int, ...]


class _Loader(yaml.CSafeLoader):
    """Resolve only what plain records need."""


_Loader.yaml_implicit_resolvers = {
    first: kept
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    if (
        kept := [
            (tag, pattern)
            for tag, pattern in resolvers
            if tag.rsplit(":", 1)[1] not in ("timestamp", "bool", "int", "float", "merge", "value")
        ]
    )
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$"), list("-0123456789"))


class Matter:
    """Hold a block of YAML: its `data`, the findings, and the place of any value in it."""

    def __init__(self, source: Source, start: int, end: int) -> None:
        """Read the text of `source` between the offsets `start` and `end`."""
        self._source, self._start, self._text = source, start, source.text[start:end]
        self.findings: list[Finding] = []
        self.data: Any = None
        node = self._compose()
        if node is not None and not self.findings:
            self.data = _construct(node)

    def place(self, path: Iterable[str | int], key: bool = False) -> Place:
        """Return the place of the value at `path`, or of its key; of the nearest parent where it is missing."""
        node = self._compose_quietly()
        if node is None:
            return self._source.at(self._start)
        found = _locate(node, tuple(path), key)
        return self._mark(found.start_mark, found.end_mark)

    def _compose(self) -> yaml.Node | None:
        loader = _Loader(self._text)
        try:
            node = loader.get_single_node()
        except yaml.MarkedYAMLError as error:
            self.findings.append(self._syntax(error))
            return None
        except yaml.YAMLError as error:
            position = getattr(error, "position", 0)
            self.findings.append(Finding("yaml-syntax", self._source.at(self._start + position), "a character that YAML does not allow"))
            return None
        finally:
            loader.dispose()
        if node is not None:
            self.findings.extend(self._faults(node))
        return node

    def _compose_quietly(self) -> yaml.Node | None:
        loader = _Loader(self._text)
        try:
            node: yaml.Node | None = loader.get_single_node()
            return node
        except yaml.YAMLError:
            return None
        finally:
            loader.dispose()

    def _syntax(self, error: yaml.MarkedYAMLError) -> Finding:
        mark = error.problem_mark or error.context_mark
        offset = self._start + (mark.index if mark else 0)
        place = self._source.at(min(offset, self._start + len(self._text.rstrip("\n"))))
        problem = error.problem or "cannot be read"
        if "\t" in place.excerpt[: place.column]:
            return Finding("yaml-plain", place, "a tab where YAML wants blanks")
        return Finding("yaml-syntax", place, f"this is not YAML: {problem}")

    def _faults(self, root: yaml.Node) -> Iterator[Finding]:
        """Walk the nodes for what YAML allows and a record does not."""
        seen: set[int] = set()
        waiting: list[tuple[yaml.Node, int]] = [(root, 1)]
        while waiting:
            node, depth = waiting.pop()
            place = self._mark(node.start_mark, node.end_mark)
            if id(node) in seen:
                yield Finding("yaml-plain", place, "an alias (`*name`): write the value out")
                continue
            seen.add(id(node))
            if depth > DEEPEST:
                yield Finding("yaml-plain", place, f"nested more than {DEEPEST} levels deep")
                continue
            if not node.tag.startswith("tag:yaml.org,2002:"):
                yield Finding("yaml-plain", place, f"a tag `{node.tag}`")
            if isinstance(node, yaml.MappingNode):
                yield from self._keys(node)
                waiting += [(value, depth + 1) for _, value in node.value]
            elif isinstance(node, yaml.SequenceNode):
                waiting += [(value, depth + 1) for value in node.value]

    def _keys(self, node: yaml.MappingNode) -> Iterator[Finding]:
        first: dict[str, int] = {}
        for key, _ in node.value:
            place = self._mark(key.start_mark, key.end_mark)
            if not isinstance(key, yaml.ScalarNode):
                yield Finding("yaml-plain", place, "a key that is not a plain word")
            elif key.value in first:
                yield Finding("duplicate-key", place, f"the key `{key.value}` stands twice", f"first on line {first[key.value]}")
            else:
                first[key.value] = place.line

    def _mark(self, start: Any, end: Any) -> Place:
        length = end.index - start.index if end.line == start.line else 1
        return self._source.at(self._start + start.index, max(1, length))


def _construct(node: yaml.Node) -> Any:
    """Build plain data from checked nodes; keys are always text."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _construct(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_construct(value) for value in node.value]
    kind, value = node.tag.rsplit(":", 1)[1], node.value
    if kind == "int":
        return int(value) if len(value) < 20 else value
    if kind == "float":
        return float(value)
    if kind == "bool":
        return value == "true"
    return None if kind == "null" else value


def _locate(node: yaml.Node, path: Path, key: bool) -> yaml.Node:
    """Follow `path` as far as the nodes go."""
    for part in path:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == part), None)
            if pair is None:
                return node
            if key and part == path[-1]:
                return pair[0]
            node = pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
    return node
