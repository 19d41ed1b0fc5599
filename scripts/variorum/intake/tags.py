"""What an element of a web page says of itself: by its tag, its ARIA role, its classes and its id."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

# fmt: off
HIDDEN = frozenset([
    "script", "style", "noscript", "template", "svg", "math", "head", "iframe", "object", "canvas", "video",
    "audio", "select", "option", "datalist", "dialog",
])
BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul", "button", "label", "legend", "caption",
])
# fmt: on
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


def title(tree: LexborHTMLParser) -> str | None:
    """Return what the page calls itself in its head."""
    for selector in ('meta[property="og:title"]', 'meta[name="citation_title"]', 'meta[name="dc.title"]'):
        node = tree.css_first(selector)
        content = (node.attributes.get("content") or "").strip() if node else ""
        if content:
            return content
    node = tree.css_first("head title")
    return node.text().strip() or None if node else None


def article(tree: LexborHTMLParser, body: LexborNode) -> int:
    """Return the memory id of the element that holds the article: the smallest landmark with most of the paragraphs."""
    best, most = body, 0
    whole = sum(len(p.text()) for p in body.css("p, li"))
    for node in tree.css("article, main, [role=main], #content, .entry-content, .article-body, .post-content"):
        held = sum(len(p.text()) for p in node.css("p, li"))
        if held > most * 1.02 or (held >= most * 0.98 and len(node.text()) < len(best.text())):
            best, most = node, max(held, most)
    return best.mem_id if most >= 0.5 * whole and most else body.mem_id


def invisible(node: LexborNode) -> bool:
    """Tell whether the page itself hides an element."""
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "")
    return "hidden" in attributes or "display:none" in style


def ordinal(node: LexborNode) -> str:
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


def roles(node: LexborNode, tag: str) -> list[str]:
    """Return the roles that an element claims by its tag, its ARIA role, its classes and its id."""
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


def settled(claimed: Sequence[str], inside: bool) -> str:
    """Decide between the roles that the surrounding elements claim; the article's own text has none.

    `inside` says whether the element stands in the article.
    """
    weak = ("notes", "author", "date", "subtitle", "quotation", "aside")
    strong = [role for role in claimed if role not in weak]
    if strong:
        first = strong[0]
        return "caption" if "caption" in strong else first
    if not inside:
        return "navigation" if "aside" not in claimed else "related"
    for role in ("notes", "aside", "quotation", "author", "date", "subtitle"):
        if role in claimed:
            return role
    return ""
