"""The data: which files there are, what stands in them, and three questions answered with the database."""

from __future__ import annotations

from collections.abc import Iterator

from .. import addresses
from ..database import QUERIES, TABLES
from ..published import FILES as JSON
from ..tables import DICTIONARY
from ..webannotation import TERMS_OURS
from ..words import OWN_RELATIONS
from .press import Page, Press

FILES = {
    "edition.json": "Everything: reports with their digests and notes, propositions, positions, figures, sources.",
    "matrix.csv": "The matrix: a line for each proposition, a column for each report.",
    "positions.csv": "A line for each report and proposition.",
    "figures.csv": "A line for each figure.",
    "sources.json": "Every source with the places that cite it.",
    "bibliography.bib": "The bibliography for BibTeX and BibLaTeX.",
    "bibliography.ris": "The same as RIS.",
    "bibliography.json": "The same as CSL-JSON.",
    "annotations.jsonld": "Every annotation as W3C Web Annotation, a collection for each report.",
    "context.jsonld": "The JSON-LD context of our own terms.",
    "edition.sqlite": "Positions, evidence, figures and sources as a SQLite database.",
}
"""The files under /data/ that others may rely on, each with what it holds."""


def render(press: Press) -> Iterator[Page]:
    """Print the page."""
    yield press.print(
        "files",
        addresses.DATA,
        "Data",
        files=FILES,
        dictionary=DICTIONARY,
        schemas=[(one, [path.removeprefix("data/") for path in one.paths]) for one in JSON],
        tables=TABLES,
        queries=QUERIES,
        terms=TERMS_OURS | {str(type_): own.meaning for type_, own in OWN_RELATIONS.items()},
    )
