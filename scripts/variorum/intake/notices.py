"""Blocks that tell by their own words what they are: captions, rights, funding, thanks, share lines, the institute."""

import re
from dataclasses import replace

from .lines import Block
from .sense import ended, is_address, words

PAGE = re.compile(r"^\W*(?:page |p\. ?)?(?:\d{1,3}|[ivxl]{1,6})(?: (?:of|/) \d{1,3})?\W*$", re.I)
_CAPTION = re.compile(
    r"^(?:(?:figure|fig\.|table|chart|map|graph|box|exhibit|infographic)\s*\d+(?:\.\d+)?\s*(?:[.:|–—-]|$)|"
    r"(?:photo|photograph|image|cover (?:image|photo|picture)|picture|credit|photo credit|caption|"
    r"source)s?(?: by)?\s*:|photo by |(?:photo|image) ©)",
    re.I,
)
_CREDIT = re.compile(
    r"\((?:[^()]*(?:reuters|getty|afp|alamy|shutterstock|istock|flickr|wikimedia|commons|epa\b|imago|xinhua|tass\b|"
    r"sputnik|photo|press|images?\b|courtesy|\bvia\b|\bAP\b|unsplash|keystone)[^()]*|"
    r"[A-Z][\w.’' -]+/[A-Z][^()]*|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*/(?:AP|EPA|AFP))\)\.?$|"
    r"(?<!copyright )(?:(?<=\S )©|\bcredit:|\bphoto:)\s*[^.]{2,60}$",
    re.I,
)
_RIGHTS = re.compile(
    r"©|\ball rights reserved\b|\bcopyright(?:ed)?\b|\bno part of this\b|\bcreative commons\b|\blicen[sc]ed under\b|"
    r"\bISBN\b|\bISSN\b|\bviews expressed\b|\bopinions expressed\b|"
    r"\bdoes not (?:necessarily )?(?:reflect|represent)\b|\bdo not (?:necessarily )?(?:reflect|"
    r"represent) the (?:views|position|official)|^(?:suggested citation|how to cite|cite (?:this|as)|citation)\b|"
    r"\btakes? no institutional positions?\b",
    re.I,
)
_FUNDING = re.compile(
    r"\b(?:publication|report|paper|research|study|project|work|brief|article)\b.{0,60}\b(?:funded|financed|"
    r"supported|sponsored|made possible|underwritten)\b|"
    r"\b(?:generous|financial) (?:support|assistance|funding)\b|\bfunding (?:for|was provided)\b|"
    r"\bwith (?:the )?support (?:of|from)\b.{0,40}\b(?:foundation|fund|ministry|agency)\b",
    re.I,
)
_THANKS = re.compile(
    r"^(?:the )?(?:authors?|editors?|i|we)\b.{0,40}\b(?:thanks?|grateful|indebted|gratitude|acknowledges?)\b", re.I
)
_SHARE = re.compile(
    r"^(?:share|tweet|print|e-?mail|subscribe|sign up|follow us|download|read more|read next|related|back to top|"
    r"advertisement|listen|log in|sign in|donate|copy link|save|comments?|newsletter|share this|"
    r"download (?:the )?(?:pdf|report|full report)|"
    r"(?:share|post|follow(?: us)?) (?:on|this) .*|subscribe (?:to|now).*|sign up (?:for|to).*|print this.*|"
    r"view (?:pdf|as pdf)|pdf|\d+ min(?:ute)?s? read|skip to .*|related (?:content|articles|posts|publications|"
    r"reading)|more from .*|get the latest.*|join our.*|want (?:more|to read more).*|click here.*)$",
    re.I,
)
_LABEL = re.compile(
    r"^(?:(?:publication|document|content) type|type|topics?|tags?|keywords?|filed under|categor(?:y|ies)|"
    r"related (?:topics|work|content|publications)|issue areas?|countr(?:y|ies)|regions?|programm?es?|series|"
    r"media contact|contact|reading time|projects?|posted in|published in|language|doi|report (?:no|number)|issue|"
    r"volume)\.?\s*:\s*\S",
    re.I,
)
_INSTITUTE = re.compile(
    r"\b(?:is|was|are) (?:an? |the |one of )[^.]{0,120}\b(?:think[- ]tank|institut(?:e|ion)|organi[sz]ation|"
    r"cent(?:er|re)|foundation|non-?profit|charity|non-?partisan|501\(c\)\(3\)|research network|membership body)",
    re.I,
)
_BIO = re.compile(
    r"^(?:(?:Dr|Prof|Professor|Ambassador|General)\.? )?[A-Z][\w’'.-]+ (?:[A-Z][\w’'.-]* ){0,3}(?:is|was|serves as|"
    r"works as|teaches|directs|holds) (?:currently )?(?:an? |the )?[^.]{0,160}\b(?:fellow|professor|director|"
    r"analyst|scholar|researcher|lecturer|journalist|correspondent|editor|associate|economist|historian|expert|"
    r"chair|president|co-?founder|student|candidate|adviser|advisor|officer)\b"
)


def within(block: Block) -> str:
    text = block.bare
    if is_address(text):
        return "address"
    if _CAPTION.match(text):
        return "caption"
    if _RIGHTS.search(text) and len(words(text)) <= 90:
        return "rights"
    return ""


def notices(blocks: list[Block]) -> list[Block]:
    """Mark captions anywhere, and the notices with which a text begins, before headings are looked for."""
    out: list[Block] = []
    opening = True
    for block in blocks:
        detail = ""
        if not block.kind and not block.fixed and not block.first.level:
            found = _pattern(block, opening and len(words(block.bare)) >= 6, False)
            detail = found if opening or found in ("caption", "label") else ""
        if not block.kind and not detail and len(words(block.bare)) >= 25:
            opening = False
        out.append(replace(block, kind="furniture", detail=detail) if detail else block)
    return out


def patterns(blocks: list[Block]) -> list[Block]:
    """Mark the blocks that tell by their own words what they are."""
    heads = [i for i, b in enumerate(blocks) if b.kind == "heading"]
    start = heads[0] if heads else 0
    units = [i for i, b in enumerate(blocks) if b.prose]
    tail = max((i for i, b in enumerate(blocks) if b.kind == "note"), default=-1)
    close = max(tail + 1, 1) if tail > 0.4 * len(blocks) else units[int(len(units) * 0.9)] if units else 0
    cites = citation(blocks)
    out: list[Block] = []
    for i, block in enumerate(blocks):
        detail = ""
        if block.kind in ("", "heading") and not block.fixed:
            detail = _pattern(block, i < start or i >= close, 0 < tail < i)
            if not detail and cites and block.kind == "" and cited(block, cites):
                detail = "rights"
            if block.kind == "heading" and detail not in ("share", "caption", "address", "label"):
                detail = ""
        out.append(replace(block, kind="furniture", detail=detail) if detail else block)
    return _trailing(out, tail)


def citation(blocks: list[Block]) -> re.Pattern[str] | None:
    """Return what a line that cites this very report looks like: its title behind a year."""
    for block in blocks:
        if block.kind == "title" and len(words(block.bare)) >= 3:
            return re.compile(r"\(?(?:19|20)\d\d\)?.*" + re.escape(block.bare[:60]), re.I)
    return None


def cited(block: Block, pattern: re.Pattern[str]) -> bool:
    return len(words(block.bare)) <= 60 and bool(pattern.search(block.bare))


def _pattern(block: Block, edge: bool, behind: bool) -> str:
    text = block.bare
    count = len(words(text))
    if not block.first.bullet and count <= 90 and (_CAPTION.match(text) or (count <= 70 and _CREDIT.search(text))):
        return "caption"
    if is_address(text):
        return "address"
    if count <= 9 and not ended(text) and _SHARE.match(text.strip(" :›»>")):
        return "share"
    if count <= 30 and _LABEL.match(text) and not block.first.bullet:
        return "label"
    told = _FUNDING.search(text) if edge and count <= 120 else None
    if behind and _institute(text, count):
        return "about-the-institute"
    notice = _RIGHTS.search(text)
    if told and not (notice and notice.start() < told.start()):
        return "funding"
    if count <= 110 and notice and (edge or count <= 45) and not block.first.bullet:
        return "rights"
    if edge and count <= 200 and _THANKS.search(text):
        return "acknowledgements"
    if edge and count <= 160 and _BIO.match(text):
        return "about-the-author"
    if edge and _institute(text, count) and re.search(r"\b(?:think[- ]tank|non-?partisan|non-?profit|501\(c\))", text):
        return "about-the-institute"
    if edge and count <= 3 and PAGE.match(text):
        return "page-number"
    return ""


def _institute(text: str, count: int) -> bool:
    return (
        count <= 200
        and bool(_INSTITUTE.search(text))
        and bool(re.match(r"The |[A-Z]{2,}|[A-Z][\w’'-]+ (?:is|was)\b|(?:[A-Z][\w’'-]+ ){2,6}", text))
    )


def _trailing(blocks: list[Block], tail: int) -> list[Block]:
    """Give what is left behind the notes the kind of the furniture before it; the report has ended there."""
    if tail < 0.4 * len(blocks) or len(blocks) - tail > max(6, 0.15 * len(blocks)):
        return blocks
    if any(b.kind == "heading" and len(blocks) > i + 3 for i, b in enumerate(blocks) if i > tail):
        return blocks
    out = list(blocks)
    kind = "imprint"
    for i in range(tail + 1, len(out)):
        block = out[i]
        if block.kind == "furniture":
            kind = block.detail if block.detail.startswith("about") else kind
        elif not block.fixed:
            out[i] = replace(block, kind="furniture", detail=kind)
    return out
