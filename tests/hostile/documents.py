"""Documents that strangers might give to import: PDFs and pages made to take memory, time or the reader's life."""

from __future__ import annotations

import zlib


def pdf(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of numbered objects, the first the catalogue, with a table of where each stands."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream with its length."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), entries, data)


def plain_pdf(*lines: str) -> bytes:
    """Return a PDF of one page with these lines, nothing in it compressed."""
    shown = b"".join(b"(%s) Tj 0 -14 Td\n" % line.encode("latin-1") for line in lines)
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            4: stream(b"BT /F 11 Tf 72 700 Td\n" + shown + b"ET"),
            5: b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
        }
    )


def page(content: bytes, more: dict[int, bytes] | None = None) -> bytes:
    """Return a PDF of one page with this content, and further objects from number 6 on."""
    own = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>"
    root = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: own, 4: content}
    return pdf({**root, **(more or {})})


def form(number: int, content: bytes) -> bytes:
    """Return a drawing that may draw object `number` as X."""
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % number)


def packed(data: bytes) -> bytes:
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode")


def pages(kids: bytes, count: int) -> bytes:
    own = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), 3: own})


SHOWN = b"BT /F 11 Tf 72 700 Td (The river fell.) Tj ET "
PDFS = {
    "a form that draws itself": page(stream(b"/X Do"), {6: form(6, b"/X Do /X Do")}),
    "letters without end": page(
        packed(b"BT /F 11 Tf 72 700 Td " + b"(The river fell, and nobody paid.) Tj " * 20_000 + b"ET")
    ),
    "two hundred megabytes in one stream": page(packed(SHOWN + b" " * 200_000_000)),
    "pages that hold themselves": pages(b"2 0 R 2 0 R", 2_000_000_000),
    "more pages than there are": pages(b"3 0 R", 1_400),
    "a million brackets": page(stream(b"BT ET"), {7: b"[" * 1_000_000}),
    "a length that lies": plain_pdf("The river fell.").replace(b"/Length ", b"/Length 9999999"),
    "a length below nothing": plain_pdf("The river fell.").replace(b"/Length ", b"/Length -1"),
    "nothing but zeros": b"%PDF-1.7\n" + bytes(1_000_000) + b"%%EOF",
    "half of one": plain_pdf("The river fell.")[:300],
    "no byte at all": b"",
    "a key that is not given": plain_pdf("The river fell.").replace(
        b"/Root 1", b"/Encrypt<</Filter/Standard/V 9>>/Root 1"
    ),
}
"""PDFs that `import` must refuse or read within its bounds."""
ENDLESS = page(stream(b"/X Do"), {n: form(n + 1, b"/X Do /X Do" if n < 45 else SHOWN) for n in range(6, 46)})
"""A PDF whose one page draws each of forty forms twice as often as the one before."""
WORD = b"<p>A word about the river. "
WEB = {
    "a hundred thousand letters in bold": WORD + b"<b>" * 100_000 + b"deep",
    "a hundred thousand spans": WORD + b"<span>" * 100_000 + b"deep",
    "links within links": WORD + b"<a href='#fn1'>1" * 11_000,
    "one attribute of ten megabytes": b"<p class='" + b"a " * 5_000_000 + b"'>A word.</p>",
    "five thousand attributes": b"<p " + b" ".join(b"a%d=1" % number for number in range(5_000)) + b">A word.</p>",
    "entities that grow": b"<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
    + WORD
    + b"&b;&lt;&bogus;&#x110000;" * 20_000,
    "fifty megabytes": WORD * 1_900_000,
    "nothing but zeros": WORD + bytes(100_000),
    "half a tag": WORD + b"<div class='",
}
"""Web pages of the same kind."""
