"""Close what line ends and conversions broke: words cut by hyphens, compounds that lost theirs, addresses with blanks.

The rest of the document is the witness: a compound seen elsewhere with its hyphen gets it back, a word seen elsewhere
closed is closed up. Every mend is listed; the report's own misspellings stay.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from . import addresses
from .addresses import FILE_ENDS, HOST_ENDS
from .glyphs import SOFT
from .lines import Block, unmark
from .witnesses import Mend, Witness, Woven

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+(?:['’][^\W\d_]+)*)*")
#: second members that are not written closed with a whole word before them
_TAILS = (
    "based|oriented|dominated|backed|driven|related|funded|sponsored|imposed|minded|leaning|centered|centred|facing|"
    "industrial|controlled|aligned|mandated|linked|owned"
)
_PREFIXES = frozenset(
    [
        "self",
        "non",
        "post",
        "pre",
        "anti",
        "pro",
        "ex",
        "semi",
        "quasi",
        "neo",
        "multi",
        "cross",
        "co",
        "well",
        "ill",
        "high",
        "low",
        "long",
        "short",
        "second",
        "third",
        "first",
        "two",
        "three",
        "four",
        "five",
        "six",
        "half",
        "full",
        "large",
        "small",
        "state",
        "north",
        "south",
        "east",
        "west",
        "mid",
        "near",
        "then",
        "so",
        "one",
        "all",
    ]
)
_LOOSE = frozenset(
    ["re", "co", "pre", "de", "un", "in", "over", "under", "out", "up", "on", "off", "non", "sub", "inter", "super"]
)
#: names that are written with a capital inside
_CAMELS = frozenset(
    [
        "YouTube",
        "TikTok",
        "WeChat",
        "LinkedIn",
        "PayPal",
        "WhatsApp",
        "DeepSeek",
        "OpenAI",
        "GitHub",
        "FedEx",
        "BioNTech",
        "SinoVac",
        "SpaceX",
        "PowerPoint",
        "JavaScript",
        "AstraZeneca",
        "HarperCollins",
        "NordStream",
        "MasterCard",
        "MediaTek",
        "AliExpress",
        "EuroMaidan",
        "ProPublica",
        "NetEase",
        "BuzzFeed",
        "FireEye",
        "CrowdStrike",
        "GlobalData",
        "EuropaGas",
        "SmartCity",
        "DataReportal",
    ]
)


def witness(texts: Iterable[str]) -> Witness:
    """Count the words of a document; words at the ends of lines, where something may be lost, are left out."""
    closed: Counter[str] = Counter()
    hyphened: Counter[str] = Counter()
    cased: Counter[str] = Counter()
    for text in texts:
        bare = unmark(text)
        if bare.rstrip().endswith(("-", SOFT)):
            bare = re.sub(r"\S+$", "", bare.rstrip())
        bare = " ".join(token for token in bare.split() if not _address_like(token))
        for word in _WORD.findall(bare):
            lower = word.lower()
            if "-" in word:
                hyphened[lower] += 1
                for part in lower.split("-"):
                    closed[part] += 1
                parts = lower.split("-")
                for one, two in pairwise(parts):
                    hyphened[f"{one}-{two}"] += len(parts) > 2
            else:
                closed[re.sub(r"['’]s$", "", lower)] += 1
            cased[word] += 1
    joins = {word.replace("-", ""): word.index("-") for word in hyphened if word.count("-") == 1}
    found = Witness(closed, hyphened, cased, joins)
    lost = {word.lower() for word in cased if _compound(word, found)}
    return Witness(closed, hyphened, cased, joins, len(lost) >= 2)


def _address_like(token: str) -> bool:
    """Tell whether a token is an address or a piece of a broken one: neither is a witness for words."""
    if "://" in token or token.startswith("www."):
        return True
    return token.count("-") > 2 or ("/" in token and any(char in token.replace("/", "", 1) for char in "-_/."))


def mend(block: Block, seen: Witness) -> tuple[str, list[Mend]]:
    """Return the text of a block on one line, markers inside, and the list of mends."""
    woven = _weave(block, seen)
    addresses.close(woven)
    if re.search(r"https?://|www\.", woven.text):
        addresses.respell(woven, seen)
    _compounds(woven, seen)
    _pattern(woven, re.compile(r"(?<=[^\W\d_])([—/]) (?=[^\W\d_])"))
    _pattern(woven, re.compile(r"(?<=[^\W\d_]) (—)(?=[^\W\d_])"))
    _blanks(woven)
    return woven.text.strip(), woven.mends


def _weave(block: Block, seen: Witness) -> Woven:
    """Put the lines of a block one behind the other, deciding at each end what joins them."""
    parts: list[str] = []
    places: list[int] = []
    mends: list[Mend] = []
    for line in block.lines:
        text = line.text.strip()
        if not text:
            continue
        if parts:
            # two lines are enough to see what a joint cuts
            drop, link, shown = _joint("".join(parts[-3:]), text, seen)
            end = places[-1]
            if drop:
                parts[-1] = parts[-1][:-drop]
                del places[-drop:]
            if shown:
                mends.append(Mend(shown[0], shown[1], end))
            parts.append(link)
            places += [end] * len(link)
        parts.append(text)
        places += [line.number] * len(text)
    return Woven("".join(parts), places, mends)


def _joint(left: str, right: str, seen: Witness) -> tuple[int, str, tuple[str, str] | None]:
    """Decide what stands between two lines: how many characters go, what comes in, and the mend to list."""
    head = re.match(r"[^\W\d_]+(?:['’][^\W\d_]+)*", right)
    cut = re.search(r"([^\s\ue001]*?)([^\W\d_]+)[-\u00ad]$", left)
    if re.search(r"(?:https?://|www\.)\S*[-/_.=&?%#]$", left) and not left.endswith("."):
        return 0, "", (f"{_last(left)} {_first(right)}", f"{_last(left)}{_first(right)}")
    if re.search(r"(?:https?://|www\.)\S*\.$", left) and re.match(rf"{HOST_ENDS}\b|{FILE_ENDS}\b|[a-z0-9.-]+/", right):
        return 0, "", (f"{_last(left)} {_first(right)}", f"{_last(left)}{_first(right)}")
    if left.endswith("—") and not left.endswith(" —"):
        return 0, "", None
    if right.startswith("—") and not right.startswith("— ") and not left.endswith(" "):
        return 0, "", None
    if not left.endswith(("-", SOFT)):
        again = re.search(r"([^\W\d_]{3,})-(?:to|by|for|on)$", left)
        if again and head and head[0].lower() == again[1].lower():
            return 0, "-", (f"{again[0]} {head[0]}", f"{again[0]}-{head[0]}")
        return 0, " ", None
    if left.endswith(SOFT):
        return 1, "", (f"{_last(left[:-1])}- {_first(right)}", f"{_last(left[:-1])}{_first(right)}")
    if head is None or cut is None:
        digits = bool(re.search(r"\S-$", left)) and bool(re.match(r"\w", right))
        return (
            (0, "", (f"{_last(left)} {_first(right)}", f"{_last(left)}{_first(right)}")) if digits else (0, " ", None)
        )
    if head[0] in ("and", "or", "to", "und", "bis", "et"):
        return 0, " ", None
    if _closes(cut[1], cut[2], head[0], seen):
        return 1, "", (f"{cut[2]}- {head[0]}", f"{cut[2]}{head[0]}")
    return 0, "", (f"{cut[1]}{cut[2]}- {head[0]}", f"{cut[1]}{cut[2]}-{head[0]}")


def _closes(before: str, left: str, right: str, seen: Witness) -> bool:
    """Tell whether a hyphen at a line's end only cut a word."""
    one, two = left.lower(), re.sub(r"['’]s$", "", right.lower())
    if right[0].isupper() and not left.isupper():
        return False
    closed, hyphened = seen.closed[one + two], seen.hyphened[f"{one}-{two}"]
    if closed != hyphened:
        return closed > hyphened
    if before.endswith("-") or one in _PREFIXES or re.fullmatch(_TAILS, two):
        return False
    # two words of the document's own make a compound; a mere syllable is in no document
    return not (seen.closed[one] and seen.closed[two] and len(one) > 2 and len(two) > 2)


def _last(text: str) -> str:
    return text.split()[-1] if text.split() else ""


def _first(text: str) -> str:
    return text.split()[0].rstrip(".,;:)") if text.split() else ""


def _compound(word: str, seen: Witness) -> str:
    """Return a closed-up compound with its hyphen, or nothing where the word is as it should be."""
    lower = word.lower()
    place = seen.joins.get(lower, 0)
    if not place or len(word) < 6:
        return ""
    hyphened = seen.hyphened[f"{lower[:place]}-{lower[place:]}"]
    if word[place].isupper():
        return f"{word[:place]}-{word[place:]}" if not word.isupper() else ""
    # re-elect and reelect, co-operate and cooperate are two spellings, not a loss
    loose = lower[:place] in _LOOSE or seen.closed[lower] > 1
    return f"{word[:place]}-{word[place:]}" if not loose and hyphened >= seen.closed[lower] else ""


def _lost_compound(word: str, seen: Witness) -> str:
    """Return the compound behind a word which no other place of the document shows, in a copy that loses hyphens."""
    if seen.cased[word] > 2 or len(word) < 6:
        return ""
    camel = re.fullmatch(r"([A-Z]?[a-z]+)([A-Z][a-z]+)", word)
    if camel and word not in _CAMELS and not re.match(r"(?:Mc|Mac|De|Di|Du|Le|La|Fitz|O|Van|Von|Da|Del)$", camel[1]):
        return f"{camel[1]}-{camel[2]}"
    tail = re.fullmatch(rf"([A-Za-z]{{4,}})({_TAILS})", word)
    if tail and seen.closed[tail[1].lower()]:
        return f"{tail[1]}-{tail[2]}"
    return ""


def _compounds(woven: Woven, seen: Witness) -> None:
    tokens = re.finditer(r"\S+", woven.text)
    spans = [m.span() for m in tokens if "://" in m[0] or "@" in m[0] or m[0].startswith("www.")]
    for match in reversed(list(re.finditer(r"[^\W\d_]{6,}", woven.text))):
        if any(a <= match.start() < b for a, b in spans):
            continue
        if (
            woven.text[match.end() : match.end() + 1] == "-"
            or woven.text[max(0, match.start() - 1) : match.start()] == "-"
        ):
            parts = _compound(match[0], seen) if re.search("[a-z][A-Z]", match[0]) else ""
        else:
            parts = _compound(match[0], seen)
        if parts and not seen.lost and not re.search("[a-z][A-Z]", match[0]):
            parts = ""
        parts = parts or (_lost_compound(match[0], seen) if seen.lost else "")
        if parts:
            woven.replace(match.start(), match.end(), parts, match[0], parts)


def _pattern(woven: Woven, pattern: re.Pattern[str]) -> None:
    """Take out a blank on one side of a dash or slash that joins two words."""
    for match in reversed(list(pattern.finditer(woven.text))):
        left = re.search(r"\S+$", woven.text[: match.start()])
        right = re.match(r"\S+", woven.text[match.end() :])
        one, two = (left[0] if left else ""), (right[0] if right else "")
        if match[1] == "/" and (one.startswith(("http", "www")) or not two[:1].isupper() or "/" in one):
            continue
        woven.replace(match.start(), match.end(), match[1], f"{one}{match[0]}{two}", f"{one}{match[1]}{two}")


def _blanks(woven: Woven) -> None:
    for match in reversed(list(re.finditer(r" {2,}", woven.text))):
        woven.replace(match.start(), match.end(), " ")
