"""A web page as lines: one line per block element, in the order of the page, with the role that tags and names tell.

The page goes through an HTML5 parser (lexbor). Nothing is thrown away but what a browser does not show either: what
stands outside the article keeps its text and gets a furniture kind.
"""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from . import tags
from .glyphs import clean_marked
from .lines import END, MARK, Input, Line, unmark
from .plain import labels, show_marks, take_bullet
from .refusal import Refusal

_TARGET = re.compile(r"#(.+)$")
_NOTE_NAME = re.compile(
    r"(?:^|[_:.-])(?:e|f|foot|end)?(?:n|nt|tn|note|ref|edn|ftn|cite|_ftn)s?[_:.-]?(?:note|ref)?[_:.-]?\d+$|^_(?:ftn|"
    r"edn)\d+|^\d+$",
    re.I,
)
_BACK = re.compile(r"^[\s↩↑⤴^︎]*(?:back|return)?[\s↩↑⤴^︎]*$", re.I)


@dataclass
class _Piece:
    """A block element while it is being read."""

    parts: list[str] = field(default_factory=list)
    level: int = 0
    bullet: str = ""
    roles: tuple[str, ...] = ()
    ids: list[str] = field(default_factory=list)
    inside: bool = False  # within the article
    bold: int = 0


@dataclass
class _Walk:
    """What the walk through the page has gathered so far."""

    main: int
    pieces: list[_Piece] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)


def read(text: str, name: str = "the page") -> Input:
    """Read a page into lines; a line is a block element, or a part of it between two line breaks."""
    tree = LexborHTMLParser(text)
    body = tree.body
    if body is None:
        raise Refusal(f"{name} holds no page.", "Save the whole page from the browser and run the command again.")
    walk = _Walk(tags.article(tree, body))
    _close(walk, _descend(body, walk, _Piece(inside=walk.main == body.mem_id), 0))
    lines = _lines(walk)
    if sum(len(line.text) for line in lines) < 1 or not any(line.text.strip() for line in lines):
        raise Refusal(
            f"{name} holds no text: perhaps the page is filled by a script when it opens.",
            "Open the page in a browser, save it from there, and import that file; or use the report's PDF.",
        )
    return Input(tuple(lines), "marked", title=tags.title(tree))


def _descend(node: LexborNode, walk: _Walk, piece: _Piece, depth: int) -> _Piece:
    """Read the children of a block element, closing a line wherever a block element begins or ends."""
    if depth > 150:
        piece.parts.append(re.sub(r"\s+", " ", node.text(separator=" ")))
        return piece
    for child in node.iter(include_text=True):
        if child.is_text_node:
            piece.parts.append(re.sub(r"[ \t\r\n\f]+", " ", child.text_content or ""))
            continue
        tag = (child.tag or "").lower()
        if tag in tags.HIDDEN or not tag or tag[0] == "-":
            continue
        if tags.invisible(child):
            continue
        if tag == "br":
            piece.parts.append("\n")
        elif tag in tags.BLOCKS:
            _close(walk, piece)
            inner = _opened(child, tag, piece, walk)
            inner = _descend(child, walk, inner, depth + 1)
            _close(walk, inner)
            # the mark of a list item is spent with its first line
            piece = replace(piece, parts=[], ids=[], bullet="" if tag in ("p", "div", "ul", "ol") else piece.bullet)
        else:
            _inline(child, tag, walk, piece, depth)
    return piece


def _opened(node: LexborNode, tag: str, outer: _Piece, walk: _Walk) -> _Piece:
    roles = outer.roles
    inside = outer.inside or node.mem_id == walk.main
    for role in tags.roles(node, tag):
        roles += (role,)
    level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0
    bullet = (
        tags.ordinal(node)
        if tag == "li"
        else outer.bullet
        if tag in ("p", "div") and outer.bullet and not outer.parts
        else ""
    )
    ident = node.attributes.get("id")
    ids = [*outer.ids, *walk.pending, *([ident] if ident else [])]
    walk.pending.clear()
    return _Piece([], level, bullet, roles, ids, inside)


def _inline(node: LexborNode, tag: str, walk: _Walk, piece: _Piece, depth: int) -> None:
    attributes = node.attributes
    ident = attributes.get("id") or (attributes.get("name") if tag == "a" else None)
    if ident:
        piece.ids.append(ident)
    if tag == "a" and _reference(node, walk, piece):
        return
    if tag in ("sup", "span") and _superscript(node, tag, piece):
        return
    if tag == "img":
        return
    before = len(piece.parts)
    if any((child.tag or "") in tags.BLOCKS for child in node.iter()):
        inner = _descend(node, walk, replace(piece, parts=[], ids=[]), depth + 1)
        _close(walk, replace(piece))
        piece.parts.clear()
        piece.ids.clear()
        _close(walk, inner)
        return
    _descend(node, walk, piece, depth + 1)
    if tag in ("b", "strong"):
        piece.bold += sum(len(part) for part in piece.parts[before:])


def _reference(node: LexborNode, walk: _Walk, piece: _Piece) -> bool:
    """Take an anchor that leads to a note of this page for a marker, one that leads back for nothing."""
    shown = re.sub(r"[\[\]()\s.]", "", node.text())
    match = _TARGET.search(node.attributes.get("href") or "")
    kind = (
        f"{node.attributes.get('role') or ''} {node.attributes.get('class') or ''} {node.attributes.get('rel') or ''}"
    )
    if "backlink" in kind or "backref" in kind or (match and _BACK.match(node.text())):
        return True
    if not match or not re.fullmatch(r"\d{1,3}|[*†‡§]+|[a-z]|[ivx]{1,5}", shown):
        return False
    target = unquote(match[1])
    if not (_NOTE_NAME.search(target) or "noteref" in kind or "footnote" in kind):
        return False
    if not "".join(piece.parts).strip() and (target in walk.targets.values() or _leads_back(target, walk)):
        # at the head of a note the number leads back to the text: it is the note's own label
        piece.parts.append(f"{shown}. ")
        return True
    walk.targets.setdefault(target, shown)
    piece.parts.append(f"{MARK}a{shown}{END}")
    return True


def _leads_back(target: str, walk: _Walk) -> bool:
    return "ref" in target.lower() and bool(walk.targets)


def _superscript(node: LexborNode, tag: str, piece: _Piece) -> bool:
    if tag == "span" and not re.search(
        r"super|footnote|noteref", f"{node.attributes.get('class')} {node.attributes.get('style')}"
    ):
        return False
    if node.css_first("a") is not None:
        return False
    shown = re.sub(r"[\[\]()]", "", node.text()).strip()
    if not re.fullmatch(r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*|[*†‡§]+", shown):
        return False
    piece.parts.append("".join(f"{MARK}s{label}{END}" for label in labels(shown)))
    return True


def _close(walk: _Walk, piece: _Piece) -> None:
    if "".join(piece.parts).strip(" \n"):
        walk.pieces.append(replace(piece, parts=list(piece.parts), ids=list(piece.ids)))
        piece.ids.clear()
    elif piece.ids:
        walk.pending += [ident for ident in piece.ids if ident not in walk.pending][-8:]
        piece.ids.clear()
    piece.parts.clear()
    piece.bold = 0


def _lines(walk: _Walk) -> list[Line]:
    lines: list[Line] = []
    noted = {target: label for target, label in walk.targets.items()}
    for block, piece in enumerate(walk.pieces, 1):
        label = next((noted[ident] for ident in piece.ids if ident in noted), "")
        role = "note" if label else tags.settled(piece.roles, piece.inside)
        joined = re.sub(r" *\n *", "\n", "".join(piece.parts)).strip()
        parts = [part for part in re.split(r"\n", joined)]
        shift = 0
        for part in parts:
            text = re.sub(r" {2,}", " ", show_marks(clean_marked(part)))
            if not text:
                shift += 1  # an empty line between two line breaks ends a paragraph
                continue
            if label:
                text = re.sub(rf"^\[?{re.escape(label)}[\].)]*\s+", "", text)
            bullet, rest = take_bullet(text)
            bullet = bullet if bullet not in ("-", "–", "—") or piece.bullet else ""
            rest = rest if bullet else text
            bold = bool(piece.bold) and piece.bold >= 0.9 * len(unmark(text)) and len(parts) == 1
            lines.append(
                Line(
                    len(lines) + 1,
                    rest,
                    text,
                    level=piece.level,
                    bullet=piece.bullet or bullet,
                    role=role,
                    label=label,
                    block=block * 1000 + shift,
                    bold=bold and len(text) <= 100 and not piece.bullet,
                )
            )
            label = ""
    return lines
