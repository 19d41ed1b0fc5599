"""Bytes to clean characters: encodings, ligatures, soft hyphens, odd blanks. The first thing done to any input."""

import re
import unicodedata

from .lines import END, MARK
from .refusal import Refusal

LARGEST = 12_000_000  # bytes; a report of a thousand pages has three million, a web page some more for its tags
LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "ĳ": "ij",
    "Ĳ": "IJ",
}
SOFT = "\u00ad"
_BLANKS = dict.fromkeys(
    map(
        ord,
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v\x1c\x1d\x1e\x1f\x85",
    ),
    " ",
)
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\ufffc\u200e\u200f\u202a\u202b\u202c\u202d\u202e"), "")
_TABLE: dict[int, str] = {
    **_BLANKS,
    **_NOTHING,
    **{ord(k): v for k, v in LIGATURES.items()},
    0x2010: "-",
    0x2011: "-",
    0xF0B7: "•",
    0xF0A7: "•",
    0xF0D8: "•",
    0x2022: "•",
    0x2043: "•",
}
_PRIVATE = re.compile("[\ue000-\uf8ff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SOFT_INSIDE = re.compile(f"{SOFT}(?=\\S)")


def clean(text: str) -> str:
    """Bring the characters of one line into one form; a soft hyphen stays only where it ends the line."""
    text = unicodedata.normalize("NFC", text.translate(_TABLE))
    return _SOFT_INSIDE.sub("", _PRIVATE.sub("", text)).rstrip()


def clean_marked(text: str) -> str:
    """Do the same for a text that already carries markers of ours."""
    parts = re.split(f"({MARK}[^{END}]*{END})", text)
    cleaned = [part if part.startswith(MARK) else _inner(part) for part in parts]
    return "".join(cleaned).strip()


def _inner(part: str) -> str:
    text = unicodedata.normalize("NFC", part.translate(_TABLE))
    return _SOFT_INSIDE.sub("", _PRIVATE.sub("", text))


def decode(data: bytes, name: str) -> str:
    """Return the text of a file, or refuse what is no text in a known encoding."""
    if not data.strip():
        raise Refusal(f"{name} is empty.", "Save the report's text into it and run the command again.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _checked(_try(data, "utf-16", name), name)
    if data.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0")):
        raise Refusal(
            f"{name} is not a text file, whatever its name says.",
            "Give the file its right ending (.pdf?) or export it as text.",
        )
    if b"\x00" in data[:100_000]:
        raise Refusal(f"{name} is a binary file, not a text.", "Export the report as text, Markdown, HTML or PDF.")
    return _checked(_try(data, "utf-8-sig", name), name)


def _try(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refusal(
            f"{name} is not in UTF-8: line {line} holds a byte (0x{data[error.start]:02x}) that cannot be read.",
            "Save it as UTF-8; from an older Windows text, `iconv -f WINDOWS-1252 -t UTF-8` does it.",
        ) from None


def _checked(text: str, name: str) -> str:
    sample = text[:200_000]
    odd = sum(1 for char in sample if ord(char) < 32 and char not in "\n\r\t\f\v")
    if odd > len(sample) / 100:
        raise Refusal(
            f"{name} holds control characters instead of text.", "Export the report as text, Markdown, HTML or PDF."
        )
    if not text.strip("\ufeff \n\r\t\f\v\u00a0"):
        raise Refusal(f"{name} holds nothing but blanks.", "Save the report's text into it and run the command again.")
    if text.count("\ufffd") > len(text) / 500:
        raise Refusal(
            f"{name} was spoilt by an earlier conversion: it is full of replacement characters.",
            "Export it again, as UTF-8.",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")
