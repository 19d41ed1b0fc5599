"""What the panel on the site has to know of the edition: its keys with a few words each, and where a new file goes."""

from __future__ import annotations

from . import codehost
from .edition import Edition
from .markup import short
from .names import short_name
from .published.exchange import Keys, Put
from .words import LONGEST_QUOTATION, TERMS, Stance

PATH = "data/keys.json"


def as_keys(edition: Edition) -> Keys:
    """Return the keys of every shelf, the names taken in each report, and the code host’s address form."""
    matter = edition.matter
    return {
        "title": edition.title,
        "repository": matter.repository if matter else None,
        **codehost.forms(edition),
        "longest_address": codehost.LONGEST_ADDRESS,
        "longest_quotation": LONGEST_QUOTATION,
        "stances": [
            {"key": str(stance), "word": TERMS[stance].word, "meaning": TERMS[stance].meaning} for stance in Stance
        ],
        "reports": {
            key: {
                "name": short_name(report),
                "units": list(report.units),
                "notes": list(report.labels),
                "taken": sorted(slug for held, slug in edition.annotations if held == key),
            }
            for key, report in edition.reports.items()
        },
        "propositions": [_proposition(edition, key) for key in edition.propositions_in_order],
        "quantities": [
            {"key": key, "word": record.fields.title, "unit": record.fields.unit}
            for key, record in edition.quantities.items()
        ],
        "people": [{"key": key, "word": record.fields.name} for key, record in edition.people.items()],
        "editors": [{"key": key, "word": record.fields.name} for key, record in edition.editors.items()],
        "sources": [{"key": key, "word": short(entry)} for key, entry in sorted(edition.entries.items())],
    }


def _proposition(edition: Edition, key: str) -> Put:
    fields = edition.propositions[key].fields
    return {
        "key": key,
        "word": fields.statement,
        "topic": fields.topic,
        "wording": fields.wording,
        "affirms": fields.affirms_means,
        "rejects": fields.rejects_means,
    }
