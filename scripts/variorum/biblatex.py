"""BibLaTeX’s words: the types of entries and the fields that there are, and what a misspelt one may have meant."""

from __future__ import annotations

from difflib import get_close_matches

_TYPES = """
article book mvbook inbook bookinbook suppbook booklet collection mvcollection incollection suppcollection dataset
manual misc online patent periodical suppperiodical proceedings mvproceedings inproceedings reference mvreference
inreference report set software thesis unpublished xdata
conference electronic mastersthesis phdthesis techreport www
artwork audio bibnote commentary image jurisdiction legislation legal letter movie music performance review standard
video customa customb customc customd custome customf
"""
TYPES = frozenset(_TYPES.split())
"""The types that BibLaTeX knows, with its aliases and those that it leaves to styles."""
_FIELDS = """
abstract addendum afterword annotation annotator author authortype bookauthor bookpagination booksubtitle booktitle
booktitleaddon chapter commentator date doi edition editor editora editorb editorc editortype editoratype editorbtype
editorctype eid entrysubtype eprint eprintclass eprinttype eventdate eventtitle eventtitleaddon file foreword holder
howpublished indextitle institution introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle
issuetitleaddon iswc journalsubtitle journaltitle journaltitleaddon label language library location mainsubtitle
maintitle maintitleaddon month nameaddon note number organization origdate origlanguage origlocation origpublisher
origtitle pages pagetotal pagination part publisher pubstate reprinttitle series shortauthor shorteditor shorthand
shorthandintro shortjournal shortseries shorttitle subtitle title titleaddon translator type url urldate venue version
volume volumes year
crossref entryset execute gender langid langidopts ids indexsorttitle keywords options presort related relatedoptions
relatedtype relatedstring sortkey sortname sortshorthand sorttitle sortyear xdata xref
address annote archiveprefix hyphenation journal key pdf primaryclass school
translatedtitle
"""
FIELDS = frozenset(_FIELDS.split())
"""The fields that BibLaTeX knows, with its aliases, and `translatedtitle`, which is ours."""
_PRIVATE = frozenset({"eissn"})
"""Fields of other programs that are no slip, though they look like one of BibLaTeX’s."""


def meant(name: str) -> str:
    """Return the field that `name`, in small letters, may be a slip for, or nothing."""
    if name in FIELDS or name in _PRIVATE:
        return ""
    alike = (field for field in sorted(FIELDS) if abs(len(field) - len(name)) < 2)
    return next(iter(get_close_matches(name, alike, n=1, cutoff=0.75)), "")
