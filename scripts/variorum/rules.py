"""The rules: each with its stable id, its level, what it wants and how to mend a breach.

A finding names one of these ids; the ids are public and are never reused.
"""

# ruff: noqa: E501 (the rules are a table)

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
    Rule("yaml-syntax", "Front matter is valid YAML.", "mend the line; quote a value that holds a colon, between double marks where it holds an apostrophe"),
    Rule("yaml-plain", "Front matter uses no tabs, aliases, tags or deep nesting.", "indent with blanks, write each value out, put text in quotation marks"),
    Rule("duplicate-key", "A key stands once in its mapping.", "delete one of the two"),
    # fields
    Rule("unknown-field", "A record has only the fields of its kind.", "correct the name, or delete the field"),
    Rule("missing-field", "A record has every required field of its kind.", "add the field"),
    Rule("wrong-value", "A field’s value is of its type or from its list.", "write a value that the field takes"),
    # the report page
    Rule("report-grammar", "A report’s page holds headings, units and notes, and nothing else.", "write paragraphs, items (`- …`) and quotations (`> …`), each a unit with its id line"),
    Rule("unit-id", "A unit is followed by its own id line, numbered in order within its section.", "put `{: #s1p1 }` alone on the line below the unit’s text; number units 1, 2, 3 in each section"),
    Rule("duplicate-unit", "An id stands once in a report.", "give the second its own number"),
    Rule("section-id", "Sections are numbered s1, s2, … in order.", "write the heading as `## Title {#s2}`; number sections 1, 2, 3"),
    Rule("marker-without-note", "A marker has its note, unless `notes` says that the copy lacks it.", "add the note, or list its label under `notes: missing:`"),
    Rule("note-without-marker", "A note has a marker in the text.", "set the marker `[^label]` where the report has it"),
    Rule("duplicate-note", "A note is defined once.", "delete one of the two definitions"),
    Rule("empty-note", "A note has a text.", "write what the note cites or adds, or list its label under `notes: missing:`"),
    Rule("missing-note-present", "A label listed as missing has no note.", "take the label out of `missing:`"),
    Rule("no-digest", "Every unit of a complete report has its digest.", "write the digest, or set `coverage: in preparation`"),
    Rule("no-report", "A report’s page belongs to an entry of bibliography/reports.bib, and the other way round.", "add the entry or the page"),
    # references between records
    Rule("unknown-place", "A place names a unit or a note of the report.", "name a unit (`s3p2`) or a note (`n12`) that the report has"),
    Rule("unknown-report", "A report named is a report of the corpus.", "use a key of bibliography/reports.bib"),
    Rule("unknown-proposition", "A position’s file name is a proposition’s key.", "correct the file’s name, or add the proposition"),
    Rule("unknown-source", "A source cited has an entry in bibliography/.", "add the work to bibliography/literature.bib, or correct the key"),
    Rule("citation-form", "A citation is `[see @key, p. 12; @other-key]`.", "write the key, then a comma and the place; write `\\@` where no citation is meant"),
    Rule("unknown-person", "A person named by key has a page under docs/people/.", "add docs/people/<key>.md, or correct the key"),
    Rule("unknown-editor", "Whoever signs a record has a page under docs/editors/.", "add docs/editors/<handle>.md, or correct the handle"),
    Rule("unknown-topic", "A topic named has a page under docs/topics/.", "add docs/topics/<key>.md, or correct the key"),
    Rule("unknown-quantity", "A quantity named has a page under docs/quantities/.", "add docs/quantities/<key>.md, or correct the key"),
    Rule("dead-link", "A link in the edition leads to a page and an id that exist.", "correct the address"),
    Rule(
        "duplicate-source",
        "A work has one entry.",
        "cite the older key everywhere, and delete the younger entry",
        Level.WARNING,
    ),
    Rule("unused-source", "A work in literature.bib is cited somewhere.", "cite it, or delete the entry", Level.WARNING),
    Rule("unused-waiver", "A waiver waives something.", "delete the waiver", Level.WARNING),
    # bibliography
    Rule("bib-syntax", "An entry of a .bib file can be read.", "close the braces; write `@type{key, field = {value},}`"),
    Rule("bib-comma", "A comma stands behind the key and between two fields.", "add the comma"),
    Rule("bib-duplicate-key", "A key stands once in the bibliography.", "delete one of the two entries"),
    Rule("bib-duplicate-field", "A field stands once in an entry.", "delete one of the two fields"),
    Rule("bib-string", "A value is in braces, or names an `@string` that is defined.", "put the value in braces; strings are not joined with #"),
    Rule("bib-key", "A key is small letters, digits and hyphens.", "give the entry a key of small letters, digits and hyphens"),
    Rule("bib-field", "An entry has a title, and a report of the corpus author, institution and date.", "add the field"),
    Rule("bib-name", "A name is `Family, Given` or `Given Family`, and names are joined by `and`.", "join names by `and`; put a body’s name in double braces"),
    Rule("bib-date", "A date is `2025`, `2025-04`, `2025-04-30` or two of these with a slash.", "write the date so: `2025`, `2025-04`, `2025-04-30`, or two with a slash"),
    Rule("bib-spelling", "An entry’s type is one of BibLaTeX’s, and no field is a slip for one of its fields.", "correct the name; where BibLaTeX has no such type, write `@misc`", Level.WARNING),
    Rule("lost-address", "An address that was released leads somewhere for good.", "bring the id back, or name it under `aliases:` of what took its place (a unit’s, section’s or note’s under `moved:` of its report); what is withdrawn for good gets a record under docs/retired/"),
    Rule("retired-address", "What docs/retired/ names was released, and leads nowhere any more.", "delete the address from the record"),
    Rule("ledger-line", "A line of the ledger is an address with its day, or a release.", "take the line back as it was: the ledger is only added to"),
    Rule("reference-stale", "A source’s rendered reference is in the lock file.", "run `variorum references`, in this repository `make references`", Level.WARNING),
    # positions and other annotations
    Rule("silent-with-evidence", "A silent record has nothing but `by` and `date`.", "delete the other fields, or say where the report stands"),
    Rule("no-evidence", "A stance rests on at least one quotation.", "give the decisive passage first, with `at` and `quote`"),
    Rule("long-quotation", "A quotation has at most 15 words.", "cut it to the words that decide: at most 15"),
    Rule("curly-marks", "A quotation is written without curly marks round it.", "leave the marks out, or write straight ones in their place; where they are the report’s own, put straight ones round them"),
    Rule("quotation-ambiguous", "A quotation stands once only in its unit.", "quote a word more"),
    Rule("quotation-unproved", "A quotation is proved against the text.", "run `variorum verify --write` where the text is held; a maintainer will do it", Level.WARNING),
    Rule("proof-broken", "A proof belongs to the quotation, place and text it was made for.", "run `variorum verify --write` where the text is held"),
    Rule("quotation-budget", "At most a tenth of a report’s words is quoted, or 300.", "shorten or drop quotations"),
    Rule("text-mismatch", "Units, markers and notes on a report’s page are those of its text.", "mend the page, or the correction file of the import"),
    Rule("seal-mismatch", "Units on a report’s page are those of its seal.", "run `variorum verify --write` where the text is held"),
    Rule("own-words", "Our text repeats no run of a report’s words outside quotation marks.", "say it in other words, or quote it"),
    Rule("quotation-mismatch", "A quotation occurs word for word in the unit or note it names.", "copy the words from the report"),
    Rule("stale-wording", "A position was coded on the proposition’s present wording.", "look at the position again and set `wording:` to the new number"),
    Rule("later-matter", "A position is on a matter that had arisen when the report was published.", "delete the record, or mend the `since:` of the proposition; where the report foresees the matter, say so under `waive:`", Level.WARNING),
    Rule("divided-speakers", "In one report each speaker has at most one judgement of a proposition.", "merge the two, or name the speaker of each"),
    Rule("coding-sheet", "A coder’s sheet has its columns, and names what exists.", "correct the value"),
    Rule("low-confidence", "A position that is not of high confidence says why in its body.", "say in a sentence what the doubt is", Level.WARNING),
    Rule("figure-unit", "A figure is in the unit of its quantity.", "give the number in that unit; where the report’s cannot be turned into it, say so under `waive:`", Level.WARNING),
    Rule("no-body", "A comment or a reply says something in its body.", "write it below the front matter, or delete the file"),
    # contributed text
    Rule("raw-html", "Contributed text holds no HTML.", "write Markdown instead; put what should be seen as it is between backticks"),
    Rule("unsafe-link", "A link leads to a page of the edition, to https, http or mailto.", "use such an address"),
    Rule("remote-image", "Contributed text shows no images.", "link to the page instead"),
    Rule("nesting", "A paragraph has at most 20,000 characters, and brackets in it stand at most twelve deep.", "close the brackets; divide the paragraph"),
    Rule("control-character", "Text holds no control characters and no bidirectional overrides.", "delete the character"),
)  # fmt: skip

RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}
