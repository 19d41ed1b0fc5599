"""Plain YAML with places: what a value is and where it stands, nothing guessed.

YAML 1.1 takes `no` for false, `12:30` for 750 and lets the second of two equal keys win; here only `true`, `false`,
whole numbers and decimals are more than text, and a repeated key, an alias, a tag or deep nesting is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

import yaml

from .findings import Finding, cut
from .source import Place, Source

DEEPEST = 8
"""Levels of nesting that a record may have."""

Path = tuple[str | int, ...]

_OPEN = "is not closed, or lacks a comma or a quotation mark"
_MISFIT = "this line does not fit the ones above it"
_COLON = "put a value that holds a colon in quotation marks"
_FAULTS: dict[str, tuple[str, str, bool]] = {
    "while parsing a flow sequence": (f"a list `[…]` that {_OPEN}", "", True),
    "while parsing a flow mapping": (f"a mapping `{{…}}` that {_OPEN}", "", True),
    "while parsing a flow node": ("an item is missing here, or a bracket is not closed", "", False),
    "while scanning a quoted scalar": ("a quotation mark that is not closed", "", True),
    "while parsing a quoted scalar": ("a backslash between double quotation marks", "use single ones", False),
    "while scanning a simple key": ("a line that is not `field: value`", "", True),
    "while parsing a block mapping": (_MISFIT, "mend its indentation, or a quotation mark before it", False),
    "while parsing a block collection": (_MISFIT, "mend its indentation, or begin it with `- `", False),
    "while parsing a block node": ("a value cannot begin like this", "put it in quotation marks", False),
    "while scanning for the next token": ("a value cannot begin like this", "put it in quotation marks", False),
    "while scanning an alias": ("a value cannot begin with `*`", "put it in quotation marks", True),
    "while scanning an anchor": ("a value cannot begin with `&`", "put it in quotation marks", True),
    "while parsing a node": ("a value cannot begin with `!`", "put it in quotation marks", False),
    "mapping values are not allowed in this context": ("a second colon in one value", _COLON, False),
    "block sequence entries are not allowed in this context": ("a list begins on a line of its own", "", False),
}
"""What libyaml says, in a contributor’s words: message, hint, and whether the fault is where the context begins."""

_APOSTROPHE = re.compile(r"(?:^|[:,\-\[{])\s*'[^']*\w'(?=\w)")


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
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$"), list("-0123456789")
)


class Matter:
    """Hold a block of YAML: its `data`, the findings, and the place of any value in it."""

    def __init__(self, source: Source, start: int, end: int) -> None:
        """Read the text of `source` between the offsets `start` and `end`."""
        self._source, self._start, self._text = source, start, source.text[start:end]
        self.findings: list[Finding] = []
        self.data: Any = None
        try:
            if _is_suspect(self._text):
                self.findings += self._forbidden()
            node = self._compose()
            if _levels(node) > DEEPEST:
                self.findings += self._forbidden()
        except yaml.MarkedYAMLError as error:
            self.findings.append(self._syntax(error))
        except yaml.YAMLError as error:
            self.findings.append(self._character(error))
        else:
            self.findings += _repeated(node, self._mark)
            self.data = None if self.findings else _construct(node)

    def place(self, path: Iterable[str | int], key: bool = False) -> Place:
        """Return the place of the value at `path`, or of its key; of the nearest parent where it is missing.

        What is missing from the whole block is due at its opening fence.
        """
        node = self._compose()
        found = _locate(node, tuple(path), key)
        if found is node and not isinstance(node, yaml.ScalarNode):
            return self._source.on(max(1, self._source.at(self._start).line - 1), 1, 3)
        return self._mark(found)

    def span(self, path: Iterable[str | int]) -> tuple[int, int]:
        """Return where the value at `path` begins and ends, as offsets; the nearest parent's where missing."""
        found = _locate(self._compose(), tuple(path), False)
        return self._start + found.start_mark.index, self._start + found.end_mark.index

    def _compose(self) -> yaml.Node:
        """Read the nodes, or one empty node where the block is empty or has faults."""
        node = None if self.findings else yaml.compose(self._text, Loader=_Loader)
        nowhere = yaml.Mark("", 0, 0, 0, "", 0)
        return node or yaml.ScalarNode("tag:yaml.org,2002:null", "", nowhere, nowhere)

    def _forbidden(self) -> Iterator[Finding]:
        """Yield what YAML allows and a record does not.

        Events come one at a time, so that nesting without end is left at the first level too many.
        """
        depth = 0
        for event in yaml.parse(self._text, Loader=_Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > DEEPEST:
                yield Finding("yaml-plain", self._mark(event), f"nested more than {DEEPEST} levels deep")
                return
            if isinstance(event, yaml.AliasEvent):
                yield self._unplain(event, "an alias")
            elif getattr(event, "anchor", None):
                yield self._unplain(event, "an anchor")
            elif getattr(event, "tag", None):
                yield self._unplain(event, "a tag")

    def _syntax(self, error: yaml.MarkedYAMLError) -> Finding:
        """Say in plain words what libyaml stumbled over, at the fault and not where it was noticed."""
        fault = _FAULTS.get(error.context or "") or _FAULTS.get(error.problem or "")
        said, hint, at_context = fault or (f"this is not YAML: {error.problem}", "", False)
        mark = error.context_mark if at_context and error.context_mark else error.problem_mark
        offset = min(mark.index if mark else 0, len(self._text.rstrip("\n")))
        place = self._source.at(self._start + offset, len(self._text) if at_context else 1)
        before = place.excerpt[: place.column - 1]
        if apostrophe := _APOSTROPHE.search(place.excerpt):
            said, hint = (
                "an apostrophe ends a value between single quotation marks",
                "put the value between double ones",
            )
            return Finding("yaml-syntax", self._source.on(place.line, apostrophe.end()), said, hint)
        tab = re.match(r"[ ]*(\t)", place.excerpt)
        if tab:
            place = self._source.on(place.line, tab.start(1) + 1)
            return Finding("yaml-plain", place, "a tab where YAML wants blanks")
        if hint == _COLON and ":" not in before:
            said, hint = _MISFIT, "mend its indentation, or the line before it"
        return Finding("yaml-syntax", place, said, hint)

    def _character(self, error: yaml.YAMLError) -> Finding:
        """Point at a character that YAML does not allow; libyaml counts bytes."""
        before = self._text.encode()[: getattr(error, "position", 0)].decode("utf-8", "ignore")
        place = self._source.at(self._start + len(before))
        return Finding("control-character", place, f"the character U+{ord(self._text[len(before)]):04X}")

    def _unplain(self, event: Any, what: str) -> Finding:
        """Say that a value begins with an alias, an anchor or a tag."""
        start: int = event.start_mark.index
        found = re.match(r"[^\s,\]}]+", self._text[start:])
        word = found[0] if found else ""
        return Finding("yaml-plain", self._source.at(self._start + start, len(word)), f"{what} `{cut(word)}`")

    def _mark(self, found: Any) -> Place:
        """Return the place of a node or event; of one on several lines the first."""
        start, end = found.start_mark.index, found.end_mark.index
        return self._source.at(self._start + start, len(self._text[start:end].split("\n")[0].rstrip()))


_SIGNS = re.compile(r"[&*!]")
_MARGIN = re.compile(r"^[-? ]{200}", re.MULTILINE)
_MOST_OPENINGS = 200


def _is_suspect(text: str) -> bool:
    """Tell whether a block may hold an anchor, an alias or a tag, or nest so deep that it is not safe to read whole."""
    return bool(_SIGNS.search(text) or text.count("[") + text.count("{") > _MOST_OPENINGS or _MARGIN.search(text))


def _levels(root: yaml.Node) -> int:
    """Return how deep collections nest."""
    level, nodes = 0, [root]
    while nodes := [node for node in nodes if isinstance(node, yaml.CollectionNode)]:
        level += 1
        nodes = [child for node in nodes for child in _children(node)]
    return level


def _children(node: yaml.CollectionNode) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield value
    else:
        yield from node.value


def _repeated(root: yaml.Node, mark: Callable[[yaml.Node], Place]) -> Iterator[Finding]:
    """Yield the keys that stand twice in their mapping, or are no plain words."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            waiting += [value for _, value in node.value]
            first: dict[str, yaml.Node] = {}
            for key, _ in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    yield Finding("yaml-plain", mark(key), "a key that is not a plain word")
                elif key.value in first:
                    said = f"the key `{key.value}` stands twice"
                    yield Finding("duplicate-key", mark(key), said, f"first on line {mark(first[key.value]).line}")
                else:
                    first[key.value] = key


def _construct(node: yaml.Node) -> Any:
    """Build plain data from checked nodes; keys are always text."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _construct(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_construct(value) for value in node.value]
    kind, value = node.tag.rsplit(":", 1)[1], node.value
    if kind in ("int", "float") and len(value) < 20:
        number = int(value) if kind == "int" else float(value)
        return number if str(number) == value else value  # `0.10` may be a version, and is no tenth
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
                return cast(yaml.Node, pair[0])
            node = pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
    return node
