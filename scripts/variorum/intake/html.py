"""A web page as lines: one line per block element, in the order of the page, with the role that tags and names tell.

The page goes through an HTML5 parser (lexbor). Nothing is thrown away but what a browser does not show either: what
stands outside the article keeps its text and gets a furniture kind.
"""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .glyphs import clean_marked
from .lines import END, MARK, Line, Source, unmark
from .plain import labels, show_marks, take_bullet
from .refusal import Refusal

_HIDDEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "head",
        "iframe",
        "object",
        "canvas",
        "video",
        "audio",
        "select",
        "option",
        "datalist",
        "dialog",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "button",
        "label",
        "legend",
        "caption",
    ]
)
_TAG_ROLES = {
    "nav": "navigation",
    "footer": "imprint",
    "figcaption": "caption",
    "figure": "caption",
    "caption": "caption",
    "tr": "table",
    "form": "share",
    "button": "share",
    "blockquote": "quotation",
    "address": "address",
}
_NAME_ROLES: tuple[tuple[str, str], ...] = (
    (r"pull-?quote|pullquote|callout-quote|tweetable|blockquote--pull", "pull-quote"),
    (r"footnotes?|endnotes?|references-list|(?:^|[\s_-])notes(?:$|[\s_-])", "notes"),
    (r"share|social|subscribe|newsletter|signup|sign-up|print-link|download", "share"),
    (r"breadcrumb|menu|navbar|site-nav|pagination|skip-link|skip-to", "navigation"),
    (r"related|recommend|read-?more|more-from|promo|sidebar|cookie|advert|comments?(?:$|[\s_-])", "related"),
    (r"caption|credit|wp-caption", "caption"),
    (r"table-of-contents|(?:^|[\s_-])toc(?:$|[\s_-])", "contents"),
    (r"author-?(?:bio|info|box|about)|about-?(?:the-?)?author|contributor", "about-the-author"),
    (r"by-?line|(?:^|[\s_-])authors?(?:$|[\s_-])", "author"),
    (r"(?:^|[\s_-])(?:pub(?:lish(?:ed)?)?-?)?date(?:$|[\s_-])|timestamp", "date"),
    (r"sub-?title|(?:^|[\s_-])(?:deck|dek|standfirst)(?:$|[\s_-])", "subtitle"),
    (r"copyright|(?:^|[\s_-])legal", "rights"),
)
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


def read(text: str, name: str = "the page") -> Source:
    """Read a page into lines; a line is a block element, or a part of it between two line breaks."""
    tree = LexborHTMLParser(text)
    body = tree.body
    if body is None:
        raise Refusal(f"{name} holds no page.", "Save the whole page from the browser and run the command again.")
    walk = _Walk(_article(tree, body))
    _close(walk, _descend(body, walk, _Piece(inside=walk.main == body.mem_id), 0))
    lines = _lines(walk)
    if sum(len(line.text) for line in lines) < 1 or not any(line.text.strip() for line in lines):
        raise Refusal(
            f"{name} holds no text: perhaps the page is filled by a script when it opens.",
            "Open the page in a browser, save it from there, and import that file; or use the report's PDF.",
        )
    return Source(tuple(lines), "marked", title=_title(tree))


def _title(tree: LexborHTMLParser) -> str | None:
    for selector in ('meta[property="og:title"]', 'meta[name="citation_title"]', 'meta[name="dc.title"]'):
        node = tree.css_first(selector)
        content = (node.attributes.get("content") or "").strip() if node else ""
        if content:
            return content
    node = tree.css_first("head title")
    return node.text().strip() or None if node else None


def _article(tree: LexborHTMLParser, body: LexborNode) -> int:
    """Return the memory id of the element that holds the article: the smallest landmark with most of the paragraphs."""
    best, most = body, 0
    whole = sum(len(p.text()) for p in body.css("p, li"))
    for node in tree.css("article, main, [role=main], #content, .entry-content, .article-body, .post-content"):
        held = sum(len(p.text()) for p in node.css("p, li"))
        if held > most * 1.02 or (held >= most * 0.98 and len(node.text()) < len(best.text())):
            best, most = node, max(held, most)
    return best.mem_id if most >= 0.5 * whole and most else body.mem_id


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
        if tag in _HIDDEN or not tag or tag[0] == "-":
            continue
        if _invisible(child):
            continue
        if tag == "br":
            piece.parts.append("\n")
        elif tag in _BLOCKS:
            _close(walk, piece)
            inner = _opened(child, tag, piece, walk)
            inner = _descend(child, walk, inner, depth + 1)
            _close(walk, inner)
            # the mark of a list item is spent with its first line
            piece = replace(piece, parts=[], ids=[], bullet="" if tag in ("p", "div", "ul", "ol") else piece.bullet)
        else:
            _inline(child, tag, walk, piece, depth)
    return piece


def _invisible(node: LexborNode) -> bool:
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "")
    return "hidden" in attributes or "display:none" in style


def _opened(node: LexborNode, tag: str, outer: _Piece, walk: _Walk) -> _Piece:
    roles = outer.roles
    inside = outer.inside or node.mem_id == walk.main
    for role in _roles(node, tag):
        roles += (role,)
    level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0
    bullet = (
        _ordinal(node)
        if tag == "li"
        else outer.bullet
        if tag in ("p", "div") and outer.bullet and not outer.parts
        else ""
    )
    ident = node.attributes.get("id")
    ids = [*outer.ids, *walk.pending, *([ident] if ident else [])]
    walk.pending.clear()
    return _Piece([], level, bullet, roles, ids, inside)


def _ordinal(node: LexborNode) -> str:
    """Return the mark of a list item: its number in an ordered list, else a bullet."""
    parent = node.parent
    if parent is None or parent.tag != "ol":
        return "•"
    start = parent.attributes.get("start") or "1"
    place = int(start) if start.isdigit() and len(start) < 4 else 1
    for sibling in parent.iter():
        if sibling.mem_id == node.mem_id:
            break
        place += sibling.tag == "li"
    return f"{place}."


def _roles(node: LexborNode, tag: str) -> list[str]:
    found = [_TAG_ROLES[tag]] if tag in _TAG_ROLES else []
    attributes = node.attributes
    if tag in ("body", "html", "main", "article"):
        return found
    kind = attributes.get("role") or ""
    if kind in ("navigation", "banner", "search", "contentinfo"):
        found.append("navigation" if kind != "contentinfo" else "imprint")
    if kind in ("doc-endnotes", "doc-footnote"):
        found.append("notes")
    if tag == "aside":
        found.append("aside")
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    if names.strip():
        found += [role for pattern, role in _NAME_ROLES if re.search(pattern, names)][:1]
    return found


def _inline(node: LexborNode, tag: str, walk: _Walk, piece: _Piece, depth: int) -> None:
    attributes = node.attributes
    ident = attributes.get("id") or (attributes.get("name") if tag == "a" else None)
    if ident:
        piece.ids.append(ident)
    if tag == "a" and _reference(node, walk, piece):
        return
    if tag in ("sup", "span") and _superscript(node, tag, walk, piece):
        return
    if tag == "img":
        return
    before = len(piece.parts)
    if any((child.tag or "") in _BLOCKS for child in node.iter()):
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


def _superscript(node: LexborNode, tag: str, walk: _Walk, piece: _Piece) -> bool:
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
        role = _role(piece, label)
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


def _role(piece: _Piece, label: str) -> str:
    """Decide between the roles that the surrounding elements claim; the article's own text has none."""
    if label:
        return "note"
    weak = ("notes", "author", "date", "subtitle", "quotation", "aside")
    strong = [role for role in piece.roles if role not in weak]
    if strong:
        first = strong[0]
        return "caption" if "caption" in strong else first
    if not piece.inside:
        return "navigation" if "aside" not in piece.roles else "related"
    for role in ("notes", "aside", "quotation", "author", "date", "subtitle"):
        if role in piece.roles:
            return role
    return ""
