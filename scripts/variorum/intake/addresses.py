"""Web addresses: blanks within them closed up, and the hyphens that their words lost at line ends given back."""

import re

from .sense import OPEN, SMALL
from .witnesses import Witness, Woven

HOST_ENDS = r"(?:com|org|net|edu|gov|int|mil|info|eu|uk|ru|cn|de|fr|vn|in|au|sg|jp|kr|us|ca|nz|example)"
FILE_ENDS = r"(?:s?html?|pdf|aspx?|php|jsp|cfm|docx?)"


def close(woven: Woven) -> None:
    """Close up the blanks in web addresses."""
    at = 0
    while True:
        match = re.compile(r"(?:https?://|www\.)\S*").search(woven.text, at)
        if not match:
            return
        end = match.end()
        rest = re.match(r"( +)(\S+)", woven.text[end:])
        if rest and _goes_on(match[0], rest[2]):
            blank = len(rest[1])
            before, after = _shown(match[0], rest[2])
            woven.replace(end, end + blank, "", before, after)
            at = match.start()
        else:
            at = end


def _goes_on(address: str, token: str) -> bool:
    """Tell whether the word behind a web address is a piece of it."""
    bare = token.rstrip(".,;:)”’\"'")
    if not bare or not re.match(r"[\w%~#?&=/.+-]", bare) or re.search(r"[“”‘’\"(]", bare):
        return False
    if re.match(r"(?:https?://|www\.)", token):
        return address.endswith("://")
    host = re.sub(r"^https?://", "", address)
    if address.endswith("://"):
        return "." in bare
    if address.endswith((".", "-", "_", "=", "&", "%", "+", "?", "#", "~")) or ("/" not in host and "." not in host):
        dotted = re.match(rf"(?:{HOST_ENDS}|{FILE_ENDS})\b(?!-)|[\w-]+(?:\.[\w-]+)*\.{HOST_ENDS}\b|[a-z0-9_-]+/", bare)
        return (
            bool(dotted)
            if address.endswith(".") or "." not in host
            else bool(re.match(r"[a-z0-9%#]", bare)) or bool(re.search(r"[/_=-]", bare))
        )
    pieced = len(re.findall(r"[-_/=%&]", bare)) >= 2 or bool(
        re.search(rf"\.{FILE_ENDS}$|\d[_-]\d|^[\w%-]+/[\w%-]", bare)
    )
    if address.endswith("/"):
        return pieced or bool(re.search(r"[-_/=%]|^\d{4,}|^[a-z]+\d", bare)) or (bare.endswith("/") and len(bare) > 1)
    if address.endswith("%20") or re.search(rf"[-_]\S*\.{FILE_ENDS}$", bare):
        return True
    if re.match(r"[A-Z]", bare) or address.endswith((",", ";", ")", ":")):
        return False
    return len(re.findall(r"[-_/=]", bare)) >= 2 and bool(re.search(r"\d", bare)) and not re.match(r"\d+[-–]\d+$", bare)


def _shown(address: str, token: str) -> tuple[str, str]:
    """Return the piece of an address around a blank, from slash to slash, as it stood and as it is."""
    start = address.rstrip("/").rfind("/") + 1
    host = re.match(r"https?://[^/]*$", address)
    left = address if host else address[start:]
    right = re.match(r"/*[^/]*", token.rstrip(".,;:)"))
    piece = right[0] if right else token
    return f"{left} {piece}", f"{left}{piece}"


def respell(woven: Woven, seen: Witness) -> None:
    """Give addresses made of words the hyphens back that they lost, where this copy loses hyphens."""
    if not seen.lost:
        return
    prose = re.sub(r"(?:https?://|www\.)\S+", " ", woven.text).lower()
    own = {re.sub(r"['’]", "", word) for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", prose)}
    for match in reversed(list(re.finditer(r"(?:https?://|www\.)[^\s/]+(/\S+)", woven.text))):
        for token in reversed(list(re.finditer(r"\d*[a-z]{4,}", match[1]))):
            around = match[1][: token.start()][-1:], match[1][token.end() :][:1]
            if "-" not in around or around[0] not in ("-", "/", "_"):
                continue
            split = _two(token[0], own, seen)
            if split:
                start = match.start(1) + token.start()
                woven.replace(start, start + len(token[0]), split, token[0], split)


def _two(token: str, own: set[str], seen: Witness) -> str:
    """Split a run of letters into two words that the note, or else the report, knows."""
    digits = re.match(r"\d+", token)
    if digits:
        return f"{digits[0]}-{token[digits.end() :]}" if token[digits.end() :] in own else ""
    if token in own or seen.closed[token]:
        return ""
    best, weight = "", 0
    for place in range(1, len(token)):
        one, two = token[:place], token[place:]
        here = _known(one, own, seen) * _known(two, own, seen)
        if here > weight:
            best, weight = f"{one}-{two}", here
    return best if weight >= 2 else ""


def _known(word: str, own: set[str], seen: Witness) -> int:
    """Weigh how well a word is known: 3 from the note itself, 2 as a word that every text has, 1 from the report."""
    if len(word) >= 2 and word in own:
        return 3
    if word in SMALL or word in OPEN:
        return 2
    return 1 if len(word) >= 4 and seen.closed[word] > 0 else 0
