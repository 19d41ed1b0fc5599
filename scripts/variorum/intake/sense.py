"""What a piece of text looks like to a reader who does not know its subject: ended, continued, title-cased, dated."""

import re
from collections.abc import Sequence

from .lines import unmark

SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "nor",
        "but",
        "as",
        "vs",
        "via",
        "into",
        "onto",
        "over",
        "under",
        "than",
        "per",
        "de",
        "la",
        "le",
        "von",
        "van",
        "und",
        "et",
        "y",
        "no",
        "not",
        "its",
        "is",
        "are",
    ]
)
#: a line that ends with one of these is not finished, whatever follows
OPEN = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "nor",
        "but",
        "as",
        "into",
        "onto",
        "than",
        "that",
        "which",
        "who",
        "whose",
        "whom",
        "this",
        "these",
        "those",
        "their",
        "its",
        "his",
        "her",
        "our",
        "your",
        "my",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "if",
        "when",
        "while",
        "because",
        "between",
        "among",
        "across",
        "both",
        "either",
        "such",
        "very",
        "more",
        "most",
    ]
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDING = re.compile(
    r"[.?!…:]+[\"”’'»)\]*_]*(?:\s?(?:\[\d{1,3}(?:,\s?\d{1,3})*\]|\(\d{1,3}\)|\d{1,3}))?[\"”’'»)\]*_.]*$"
)
_ADDRESS = re.compile(
    r"^(?:(?:https?://|www\.)\S+(?:\s?\S+)?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:[\w-]+\.)+(?:org|com|net|edu|gov|int|eu|"
    r"de|uk|fr|info|io|example)(?:/\S*)?)$",
    re.I,
)
MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_DATE = re.compile(
    rf"^(?:(?:published|posted|updated|last updated|date)(?: on)?:?\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|"
    rf"sun)day,?\s+)?"
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{MONTHS})\.?(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?,?\s+\d{{4}}|"
    rf"\d{{4}}-\d\d(?:-\d\d)?|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|(?:spring|summer|autumn|fall|winter)\s+\d{{4}}|"
    rf"(?:19|20)\d\d)\.?$",
    re.I,
)
_REFERENCE = re.compile(
    r"https?:|www\.|\b[Ii]bid\b|\b[Oo]p\. ?cit|\b(?:pp?|[Nn]o|[Vv]ol|[Pp]ara|[Aa]rt|[Cc]h|[Ee]ds?)\.\s?\d|\b(?:19|"
    r"20)\d\d\b.*[“”\"‘’'(]|[“\"‘(].*\b(?:19|20)\d\d\b|"
    r",.*\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.*,|^(?:See|Cf\.|On this|Author|Interview|Quoted|Cited|Calculated|"
    r"According)\b|\bUniversity Press\b|\([Ee]ds?\.?\)|\baccessed\b|"
    r"^[A-Z][\w’'-]+(?: [A-Z][\w.’'-]+)*, [‘“']|\bet al\."
)


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without markers and punctuation."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(unmark(text))]


def ended(text: str) -> bool:
    """Tell whether a text closes with the end of a sentence (a marker or a quotation mark may follow it)."""
    bare = unmark(text).rstrip()
    return bool(_ENDING.search(bare)) and not re.search(r"\d:\d{1,3}$", bare)


def leads(text: str) -> bool:
    """Tell whether a text ends with the colon that announces a quotation or a list."""
    return bool(re.search(r":[”\"’']?(?:\s?\d{1,3})?$", unmark(text).rstrip()))


def continues(text: str) -> bool:
    """Tell whether a text begins in the middle of a sentence."""
    bare = unmark(text).lstrip(" \"“‘'([")
    if not bare:
        return False
    if bare[0] in ",;:)]–—%":
        return True
    if re.match(r"by [A-Z]", bare) and is_name(bare):
        return False
    return bare[0].islower() and not re.match(r"[a-z](?:[A-Z]|\))", bare)


def open_ended(text: str) -> bool:
    """Tell whether the last word shows that more must come."""
    bare = unmark(text).rstrip()
    if bare.endswith((",", ";", "-", "–", "—", "&", "/")):
        return True
    last = words(bare)[-1:]
    return bool(last) and last[0] in OPEN and not bare.endswith((".", "?", "!", ":", "”", ")"))


def title_cased(text: str) -> bool:
    """Tell whether all words that count begin with a capital."""
    counted = [w for w in re.findall(r"[^\W\d_][\w’'-]*", unmark(text)) if w.lower() not in SMALL]
    return bool(counted) and sum(w[0].isupper() for w in counted) >= 0.85 * len(counted)


def capitals(text: str) -> bool:
    """Tell whether a text is set in capitals throughout."""
    letters = [char for char in unmark(text) if char.isalpha()]
    return len(letters) >= 3 and sum(char.isupper() for char in letters) >= 0.92 * len(letters)


def is_address(text: str) -> bool:
    """Tell whether a text is nothing but web or mail addresses."""
    parts = [part.strip() for part in re.split(r"\s*[|•·]\s*", text.strip()) if part.strip()]
    return bool(parts) and all(_ADDRESS.match(part) for part in parts)


def is_date(text: str) -> bool:
    """Tell whether a text is a date and nothing else."""
    return bool(_DATE.match(unmark(text).strip(" |•*_")))


def is_reference(text: str) -> bool:
    """Tell whether a text reads like an entry in a list of notes."""
    return bool(_REFERENCE.search(text))


def is_name(text: str) -> bool:
    """Tell whether a text could be a byline: names of persons, perhaps with what they belong to."""
    bare = unmark(text).strip(" *_|")
    bare = re.sub(r"^(?:by|authors?:|written by|edited by)\s+", "", bare, flags=re.I)
    bare = re.sub(r"(?<=[a-z.])\d{1,2}$", "", bare)
    if not bare or len(bare) > 160 or bare[-1] in "?!:;" or re.search(r"\d{3}", bare):
        return False
    people = re.split(r"\s*(?:,|;|\band\b|&|\bwith\b|\|)\s*", bare)
    first = people[0].split()
    person = r"(?:[A-ZÀ-ÞČŠŽŁ][\w’'.-]*|de|van|von|der|bin|al|el|la|di|da)"
    if not 2 <= len(first) <= 5 or not all(re.fullmatch(person, part) for part in first):
        return False
    if {part.lower() for part in first} & (SMALL - {"de", "la", "van", "von"}):
        return False
    rest = " ".join(people[1:])
    return not rest or title_cased(rest)


def middle(values: Sequence[float]) -> float:
    """Return the median, or 0 where there is nothing."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 0.0
