"""Sections that are no text of the report's: authors, thanks, institute, rights, what to read next."""

import re
from dataclasses import replace

from . import notices
from .lines import Block

HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "about-the-author",
        re.compile(
            r"^(?:about (?:the )?(?:authors?|contributors?|editors?|speakers?|experts?)|(?:the )?(?:authors?|"
            r"contributors?)(?:’ biograph(?:y|ies))?|author (?:bio|biography|information)|biograph(?:y|ies)|"
            r"notes on contributors)$",
            re.I,
        ),
    ),
    ("acknowledgements", re.compile(r"^(?:authors?[’']s? )?acknowledge?ments?$", re.I)),
    (
        "contents",
        re.compile(r"^(?:table of )?contents$|^in this (?:report|paper|issue|brief|article)$|^on this page$", re.I),
    ),
    (
        "references",
        re.compile(
            r"^(?:further reading|references|bibliography|works cited|(?:select(?:ed)? )?sources|"
            r"recommended reading)$",
            re.I,
        ),
    ),
    (
        "rights",
        re.compile(
            r"^(?:disclaimer|copyright|rights and permissions|imprint|legal notice|how to cite.*|suggested citation|"
            r"conflicts? of interest|declaration.*)$",
            re.I,
        ),
    ),
    ("funding", re.compile(r"^funding(?: statement)?$|^financial support$", re.I)),
    (
        "related",
        re.compile(
            r"^(?:related (?:content|articles|posts|publications|reading|work)|read (?:more|next)|more from .*|"
            r"you may also like|recent (?:posts|publications)|latest.*|recommended.*|comments?|leave a reply|"
            r"share(?: this.*)?|follow us.*|subscribe.*|contact(?: us)?|topics|tags)$",
            re.I,
        ),
    ),
    (
        "about-the-institute",
        re.compile(
            r"^about (?:us|(?:the|our) [\w’' -]{3,60}|(?-i:[A-Z][\w&.’-]*(?: (?:for|of|on|and|the|"
            r"[A-Z][\w&.’-]*)){0,7}))$",
            re.I,
        ),
    ),
)


def sections(blocks: list[Block]) -> list[Block]:
    """Mark everything under a heading that announces no text of the report's: authors, thanks, institute, sharing."""
    out: list[Block] = []
    kind, level = "", 0
    cites = notices.citation(blocks)
    for i, block in enumerate(blocks):
        if block.kind in ("heading", "title") and not block.fixed:
            found = (
                next((name for name, pattern in HEADS if pattern.match(block.bare.strip(" :"))), "")
                if block.kind == "heading"
                else ""
            )
            if found == "references" and _listed(blocks, i):
                found = ""
            if found:
                kind, level = found, block.first.level
                out.append(replace(block, kind="furniture", detail=found))
                continue
            if block.kind == "title" or not (kind and level and block.first.level > level):
                kind = ""
        if kind and block.kind in ("", "heading") and not block.fixed:
            detail = notices.within(block) or ("rights" if cites and notices.cited(block, cites) else kind)
            out.append(replace(block, kind="furniture", detail=detail))
            continue
        out.append(block)
    return out


def _listed(blocks: list[Block], place: int) -> bool:
    after = next((b for b in blocks[place + 1 :] if b.kind != "furniture"), None)
    return after is not None and after.kind == "note"
