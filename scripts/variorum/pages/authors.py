"""Who of the people has a hand in the edition's own reports: as an author, or as one who speaks in it by turns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .press import Press


@dataclass(frozen=True, slots=True)
class Part:
    """Hold a person's part in a report: whether as an author, and in how many paragraphs they speak by name."""

    report: str
    is_author: bool
    paragraphs: int

    @property
    def word(self) -> str:
        """Return the part in one word, for a list."""
        return "author" if self.is_author else "speaks"


def parts_taken(press: Press) -> dict[str, list[Part]]:
    """Return each person's parts in the reports, in order of date."""
    names = {
        key: {form.casefold() for form in (record.fields.name, *record.fields.variants)}
        for key, record in press.edition.people.items()
    }
    found: dict[str, list[Part]] = {key: [] for key in names}
    for report in press.edition.reports.values():
        authors = {name.full.casefold() for name in report.entry.authors}
        speaking = Counter(unit.speaker for unit in report.units.values())
        for key, forms in names.items():
            is_author = not authors.isdisjoint(forms)
            if is_author or speaking[key]:
                found[key].append(Part(report.key, is_author, speaking[key]))
    return found
