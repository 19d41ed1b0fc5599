"""What machines read in the pages' heads: reports as reports, our pages as ours, nothing that rates the truth."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib
import pytest
from pyld import jsonld

from citing_edition import build, lay
from variorum import csl, metadata
from variorum.edition import Edition, load
from variorum.formats import bibtex

SCHEMA = "https://schema.org"
BASE = "https://tolls.aven-edition.org"
Site = tuple[Edition, Path]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("metadata")
    root = lay(folder / "edition")
    return load(root), build(root, folder / "site")


def page(site: Site, address: str) -> Element:
    return html5lib.parse((site[1] / address / "index.html").read_text("utf-8"), namespaceHTMLElements=False)


def tags(tree: Element) -> dict[str, list[str]]:
    """Return the page's named tags as a reference manager's translator gathers them."""
    found = defaultdict(list)
    for node in tree.iter("meta"):
        if node.get("name"):
            found[str(node.get("name")).lower()].append(node.get("content") or "")
    return found


def item_type(found: dict[str, list[str]]) -> str:
    """Choose an item's type as Zotero's Embedded Metadata does."""
    if "citation_technical_report_institution" in found:
        return "report"
    return "journalArticle" if "citation_title" in found else "webpage"


def links(tree: Element) -> dict[str, list[str]]:
    found = defaultdict(list)
    for node in tree.iter("link"):
        found[str(node.get("rel"))].append(str(node.get("href")))
    return found


def graph(tree: Element) -> list[dict[str, Any]]:
    """Return the page's JSON-LD, expanded by a processor, with types and names without their vocabulary."""
    (block,) = [node for node in tree.iter("script") if node.get("type") == "application/ld+json"]
    data = json.loads(block.text or "")

    def loader(address: str, options: object) -> dict[str, Any]:
        assert address == SCHEMA
        document = {"@context": {"@vocab": SCHEMA + "/"}}
        return {"contextUrl": None, "documentUrl": address, "document": document, "contentType": "application/ld+json"}

    expanded = jsonld.expand(data, {"documentLoader": loader})
    assert expanded, "nothing could be read"
    return list(data["@graph"])


def test_a_report_is_in_the_language_that_its_entry_names(tmp_path: Path) -> None:
    root = lay(tmp_path, proved=False)
    file = root / "bibliography/reports.bib"
    told = file.read_text("utf-8").replace("{vale-2024,", "{vale-2024,\n  langid = {Spanish},")
    file.write_text(told, "utf-8")
    edition = load(root)
    vale, marsh = (metadata.head(edition, f"reports/{key}", "") for key in ("vale-2024", "marsh-2019"))
    assert '<meta name="citation_language" content="es">' in vale and '"inLanguage":"es"' in vale
    assert '<meta name="citation_language" content="en">' in marsh
    assert "langid = {spanish}" in bibtex(csl.item(edition.entries["vale-2024"]))


def test_a_report_is_seen_as_a_report(site: Site) -> None:
    for key, report in site[0].reports.items():
        found = tags(page(site, f"reports/{key}"))
        assert item_type(found) == "report"
        assert found["citation_title"] == [report.title]
        assert found["citation_author"] == [f"{name.family}, {name.given}" for name in report.entry.authors]
        assert found["citation_technical_report_institution"] == [report.entry["institution"]]
        assert found["citation_publication_date"] == [report.entry.date.replace("-", "/")]
        assert found["citation_public_url"] == [report.fields.original]


def test_our_digest_is_never_given_as_the_reports_text(site: Site) -> None:
    for key in site[0].reports:
        found = tags(page(site, f"reports/{key}"))
        assert not {name for name in found if "fulltext" in name or "abstract" in name or "pdf" in name}


def test_every_other_page_describes_this_edition(site: Site) -> None:
    for address in ("", "matrix", "propositions/freight-to-road", "annotations/vale-2024/freight-to-road", "cite"):
        found = tags(page(site, address))
        assert item_type(found) == "webpage"
        assert found["dc.ispartof"] == ["River tolls, read side by side"]
        assert found["dc.creator"] == ["A. Tester"]


def test_schema_org(site: Site) -> None:
    kinds = {
        "reports/vale-2024": {"CreativeWork", "WebPage", "Report"},
        "annotations/vale-2024/freight-to-road": {"CreativeWork", "WebPage", "Report", "Claim"},
        "propositions/freight-to-road": {"CreativeWork", "WebPage", "DefinedTerm"},
        "matrix": {"CreativeWork", "WebPage", "Dataset"},
        "people/kestrel": {"CreativeWork", "WebPage"},
    }
    for address, expected in kinds.items():
        assert {node["@type"] for node in graph(page(site, address))} == expected, address
    report = next(node for node in graph(page(site, "reports/vale-2024")) if node["@type"] == "Report")
    assert report["author"] == [{"@type": "Person", "name": "Tom Vale"}]
    assert report["datePublished"] == "2024-06-02" and report["url"] == "https://aven.example/dear-water"
    web = next(node for node in graph(page(site, "reports/vale-2024")) if node["@type"] == "WebPage")
    assert web["isBasedOn"] == {"@id": report["@id"]}
    claim = next(n for n in graph(page(site, "annotations/vale-2024/freight-to-road")) if n["@type"] == "Claim")
    assert claim["appearance"] == {"@id": report["@id"]}
    assert claim["text"] == "the dry summer explains the rest"
    data = next(node for node in graph(page(site, "matrix")) if node["@type"] == "Dataset")
    for one in data["distribution"]:
        assert (site[1] / one["contentUrl"].removeprefix(BASE + "/")).is_file(), one
    assert "ClaimReview" not in "".join(file.read_text("utf-8") for file in site[1].rglob("*.html"))


def test_signposting_leads_to_files_that_are_there(site: Site) -> None:
    for address in ("", "matrix", "reports/vale-2024", "annotations/vale-2024/freight-to-road"):
        found = links(page(site, address))
        for rel in ("describedby", "item", "alternate describedby", "alternate feed"):
            for href in found[rel]:
                path = urljoin(f"/{address}/".replace("//", "/"), href)
                assert (site[1] / path.lstrip("/")).is_file(), (address, rel, href)
    assert links(page(site, "reports/vale-2024"))["cite-as"] == ["https://aven.example/dear-water"]
    assert links(page(site, "matrix"))["cite-as"] == [f"{BASE}/matrix/"]


def test_a_title_cannot_break_out_of_the_head(tmp_path: Path) -> None:
    from variorum import metadata

    root = lay(tmp_path, proved=False)
    bib = root / "bibliography/reports.bib"
    bib.write_text(bib.read_text("utf-8").replace("{Dear water, dearer roads}", '{</script><b>"Dear"}'), "utf-8")
    told = metadata.head(load(root), "reports/vale-2024", "x")
    assert "<b>" not in told and told.count("</script>") == 1
