"""What mending works on and with: a text under repair, the document's words as witnesses, and the list of mends."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mend:
    """One repair: what stood there, what stands there now, and the line where it begins."""

    before: str
    after: str
    line: int


@dataclass(frozen=True)
class Witness:
    """The words of a whole document: closed ones and compounds with their hyphens, in lower case, with counts."""

    closed: Counter[str]
    hyphened: Counter[str]
    cased: Counter[str]
    joins: dict[str, int]  # compound closed up → where its hyphen stood
    lost: bool = False  # hyphens were lost in this copy


@dataclass
class Woven:
    """A text under repair, each character with the line it came from."""

    text: str
    lines: list[int]
    mends: list[Mend] = field(default_factory=list)

    def replace(self, start: int, end: int, new: str, before: str | None = None, after: str | None = None) -> None:
        """Put other characters in a place, and list it where `before` is given."""
        line = self.lines[min(start, len(self.lines) - 1)]
        if before is not None and after is not None and before != after:
            self.mends.append(Mend(before, after, line))
        self.text = self.text[:start] + new + self.text[end:]
        self.lines[start:end] = [line] * len(new)


def total(mends: Sequence[Mend]) -> list[dict[str, object]]:
    """Return mends in the form of the JSON, in the order of their lines."""
    return [{"from": m.before, "to": m.after, "line": m.line} for m in sorted(mends, key=lambda m: m.line)]
