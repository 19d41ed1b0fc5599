"""Import: a publisher's text, page or PDF → sections, units, markers, notes and furniture.

How a report is cut, and why, is said in docs/about/index.md.

`read` is the whole of it; `Refusal` is the one error it raises for an input that cannot be read.
"""

from .apart import read
from .model import Furniture, Intake, Mark, Note, Section, Unit
from .normal import Normal, find, normal, same
from .reading import FORMS, source_of
from .refusal import Refusal
from .scaffold import scaffold

__all__ = [
    "FORMS",
    "Furniture",
    "Intake",
    "Mark",
    "Normal",
    "Note",
    "Refusal",
    "Section",
    "Unit",
    "find",
    "normal",
    "read",
    "same",
    "scaffold",
    "source_of",
]
