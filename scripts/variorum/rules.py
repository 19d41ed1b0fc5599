"""The rules: each with its stable id, its level, what it wants and how to mend a breach.

A finding names one of these ids; the ids are public and are never reused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Say what a finding does to a build: an error stops it, a warning is printed."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold one rule's id, what must hold, and the remedy."""

    id: str
    wants: str
    remedy: str
    level: Level = Level.ERROR


_ALL = (
    # files
    Rule("encoding", "A file is UTF-8 text.", "save the file as UTF-8"),
    Rule("empty-file", "A record is not empty.", "write the record, or delete the file"),
    Rule("unexpected-file", "Every file stands where a record of its kind belongs.", "move or delete the file"),
    Rule("file-name", "A file’s name is its record’s key: small letters, digits and hyphens.", "rename the file"),
    Rule("front-matter", "A record opens with front matter between two lines of `---`.", "add the missing fence"),
    Rule("yaml-syntax", "Front matter is valid YAML.", "mend the line; quote a value that holds a colon"),
    Rule("yaml-plain", "Front matter uses no tabs, aliases, tags or deep nesting.", "write the value out plainly"),
    Rule("duplicate-key", "A key stands once in its mapping.", "delete one of the two"),
    # fields
    Rule("unknown-field", "A record has only the fields of its kind.", "correct the name, or delete the field"),
    Rule("missing-field", "A record has every required field of its kind.", "add the field"),
    Rule("wrong-value", "A field’s value is of its type or from its list.", "use one of the allowed values"),
    # the report page
    Rule("report-grammar", "A report’s page holds headings, units and notes, and nothing else.", "see the method page for the forms a report’s page allows"),
    Rule("unit-id", "A unit is followed by its own id line, numbered in order within its section.", "put `{: #s1p1 }` alone on the line below the unit’s text"),
    Rule("duplicate-unit", "An id stands once in a report.", "give the second unit its own number"),
    Rule("section-id", "Sections are numbered s1, s2, … in order.", "write the heading as `## Title {#s2}`"),
    Rule("marker-without-note", "A marker has its note, unless `notes` says that the copy lacks it.", "add the note, or list its label under `notes: missing:`"),
    Rule("note-without-marker", "A note has a marker in the text.", "set the marker `[^label]` where the report has it"),
    Rule("duplicate-note", "A note is defined once.", "delete one of the two definitions"),
    Rule("missing-note-present", "A label listed as missing has no note.", "take the label out of `missing:`"),
    Rule("no-digest", "Every unit of a complete report has its digest.", "write the digest, or set `coverage: in preparation`"),
    Rule("no-report", "A report’s page belongs to an entry of bibliography/reports.bib, and the other way round.", "add the entry or the page"),
    # references between records
    Rule("unknown-place", "A place names a unit or a note of the report.", "name a unit (`s3p2`) or a note (`n12`) that the report has"),
    Rule("unknown-report", "A report named is a report of the corpus.", "use a key of bibliography/reports.bib"),
    Rule("unknown-proposition", "A position’s file name is a proposition’s key.", "correct the file’s name, or add the proposition"),
    Rule("unknown-source", "A source cited has an entry in bibliography/.", "add the work to bibliography/literature.bib, or correct the key"),
    Rule("unknown-person", "A person named by key has a page under docs/people/.", "add docs/people/<key>.md, or correct the key"),
    Rule("unknown-editor", "Whoever signs a record has a page under docs/editors/.", "add docs/editors/<handle>.md, or correct the handle"),
    Rule("unknown-topic", "A topic named has a page under docs/topics/.", "add docs/topics/<key>.md, or correct the key"),
    Rule("unknown-quantity", "A quantity named has a page under docs/quantities/.", "add docs/quantities/<key>.md, or correct the key"),
    Rule("dead-link", "A link in the edition leads to a page and an id that exist.", "correct the address"),
    Rule("unused-source", "A work in literature.bib is cited somewhere.", "cite it, or delete the entry", Level.WARNING),
    Rule("unused-waiver", "A waiver waives something.", "delete the waiver", Level.WARNING),
    # bibliography
    Rule("bib-syntax", "An entry of a .bib file can be read.", "close the braces; write `@type{key, field = {value},}`"),
    Rule("bib-comma", "A comma stands between two fields.", "add the comma"),
    Rule("bib-duplicate-key", "A key stands once in the bibliography.", "delete one of the two entries"),
    Rule("bib-duplicate-field", "A field stands once in an entry.", "delete one of the two fields"),
    Rule("bib-string", "A value is in braces, or names an `@string` that is defined.", "put the value in braces"),
    Rule("bib-key", "A key is small letters, digits and hyphens.", "rename the entry’s key"),
    Rule("bib-field", "An entry has a title, and a report of the corpus author, institution and date.", "add the field"),
    Rule("bib-date", "A date is `2025`, `2025-04`, `2025-04-30` or two of these with a slash.", "write the date that way"),
    Rule("reference-stale", "A source’s rendered reference is in the lock file.", "run `make references`", Level.WARNING),
    # positions and other annotations
    Rule("silent-with-evidence", "A silent record has nothing but `by` and `date`.", "delete the other fields, or say where the report stands"),
    Rule("no-evidence", "A stance rests on at least one quotation.", "give the decisive passage first, with `at` and `quote`"),
    Rule("long-quotation", "A quotation has at most 15 words.", "cut it to the words that decide"),
    Rule("quotation-mismatch", "A quotation occurs word for word in the unit or note it names.", "copy the words from the report"),
    Rule("stale-wording", "A position was coded on the proposition’s present wording.", "look at the position again and set `wording:` to the new number"),
    Rule("divided-speakers", "In one report each speaker has at most one judgement of a proposition.", "merge the two, or name the speaker of each"),
    Rule("low-confidence", "A position that is not of high confidence says why in its body.", "say in a sentence what the doubt is", Level.WARNING),
    # contributed text
    Rule("raw-html", "Contributed text holds no HTML.", "write Markdown instead"),
    Rule("unsafe-link", "A link leads to a page of the edition, to https, http or mailto.", "use such an address"),
    Rule("remote-image", "Contributed text shows no images.", "link to the page instead"),
    Rule("control-character", "Text holds no control characters and no bidirectional overrides.", "delete the character"),
)  # fmt: skip

RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}
