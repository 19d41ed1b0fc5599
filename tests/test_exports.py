"""Exports read by independent readers, all with the same facts."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from pyld import jsonld

from citing_edition import lay
from variorum import csl, exports, pages, tables, webannotation
from variorum.compare import compare
from variorum.database import QUERIES, TABLES, database
from variorum.edition import Edition, load

HERE = Path(__file__).parent
Fact = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return load(lay(tmp_path_factory.mktemp("exports") / "edition"))


@pytest.fixture(scope="module")
def files(edition: Edition) -> dict[str, str | bytes]:
    return {file.path: file.text for file in exports.render(edition)}


@pytest.fixture(scope="module")
def facts(edition: Edition) -> dict[str, Fact]:
    """Return first name, title, year and address of every source, as the edition has them."""
    return {
        key: (entry.authors[0].short if entry.authors else "", entry.title, entry.date[:4], entry["url"])
        for key, entry in edition.entries.items()
    }


def of_csl(items: list[dict[str, Any]]) -> dict[str, Fact]:
    found = {}
    for item in items:
        names = item.get("author") or item.get("editor") or [{}]
        particle = names[0].get("non-dropping-particle", "")
        name = names[0].get("literal") or f"{particle} {names[0].get('family', '')}".strip()
        title = re.sub(r"<[^>]+>", "", item["title"]).split(" [")[0]
        year = str(item["issued"]["date-parts"][0][0]) if "issued" in item else ""
        found[item["id"]] = (name, title, year, item.get("URL", ""))
    return found


def test_bibtex_by_its_own_parser(files: dict[str, str | bytes], facts: dict[str, Fact]) -> None:
    library = bibtexparser.parse_string(str(files["data/bibliography.bib"]))
    assert not library.failed_blocks
    found = {}
    for entry in library.entries:
        field = {name: one.value for name, one in entry.fields_dict.items()}
        name = field.get("author", field.get("editor", "")).split(" and ")[0]
        name = name.strip("{}") if name.startswith("{") else name.split(",")[0]
        title = field["title"].split("} [")[0].strip("{}")
        found[entry.key] = (name, title, field.get("year", ""), field.get("url", ""))
    assert found == {
        key: (name, title.replace("&", r"\&"), year, url) for key, (name, title, year, url) in facts.items()
    }


def test_ris_by_an_independent_reader(files: dict[str, str | bytes], facts: dict[str, Fact]) -> None:
    found = {}
    for one in rispy.loads(str(files["data/bibliography.ris"])):
        names = one.get("authors") or one.get("secondary_authors") or [""]
        found[one["id"]] = (names[0].split(",")[0], one["title"], one.get("year", ""), one.get("urls", [""])[0])
    assert found == facts


def pandoc(text: str, form: str) -> list[dict[str, Any]]:
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "-f", form, "-t", "csljson"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, encoding="utf-8")
    assert not done.stderr
    return list(json.loads(done.stdout))


@pytest.mark.skipif(find_spec("pypandoc") is None, reason="pandoc is not installed (`make references` installs it)")
@pytest.mark.parametrize(
    ("name", "form"), [("bib", "biblatex"), ("bib", "bibtex"), ("json", "csljson"), ("ris", "ris")]
)
def test_every_format_by_pandoc(files: dict[str, str | bytes], facts: dict[str, Fact], name: str, form: str) -> None:
    found = of_csl(pandoc(str(files[f"data/bibliography.{name}"]), form))
    if form == "ris":  # RIS does not tell a body from a person: pandoc takes the last word for the family name
        facts = {key: (name.split(" ")[-1], *rest) for key, (name, *rest) in facts.items()}  # type: ignore[misc]
        found = {key: (name.split(" ")[-1], *rest) for key, (name, *rest) in found.items()}  # type: ignore[misc]
    assert found == facts


def test_csl_json_has_only_fields_of_the_schema(files: dict[str, str | bytes], facts: dict[str, Fact]) -> None:
    items = json.loads(files["data/bibliography.json"])
    known = {
        "id", "type", "title", "author", "editor", "translator", "issued", "accessed", "container-title", "publisher",
        "publisher-place", "volume", "issue", "number", "page", "edition", "genre", "collection-title", "version",
        "language", "URL", "DOI", "ISBN", "custom", "note",
    }  # fmt: skip
    assert {name for item in items for name in item} <= known
    assert of_csl(items) == facts
    assert [item["id"] for item in items] == sorted(facts)


def test_a_report_has_its_reference_as_files(files: dict[str, str | bytes], edition: Edition) -> None:
    for key, report in edition.reports.items():
        assert json.loads(files[f"data/reports/{key}.json"]) == [csl.item(report.entry)]
        assert f"{{{key}," in str(files[f"data/reports/{key}.bib"])
        assert f"ID  - {key}\n" in str(files[f"data/reports/{key}.ris"])


def test_awkward_signs_survive_bibtex() -> None:
    from variorum.formats import bibtex

    text = bibtex(
        {
            "id": "a-1",
            "type": "webpage",
            "title": "50 % of {A} & B_c #1 ~ ^ \\ $",
            "URL": "https://x.example/a_b?c=%20&d=#e",
        }
    )
    entry = bibtexparser.parse_string(text).entries[0]
    assert entry["url"] == "https://x.example/a_b?c=%20&d=#e"
    assert entry["title"] == r"{50 \% of \{A\} \& B\_c \#1 \textasciitilde{} \textasciicircum{} \textbackslash{} \$}"


# Web Annotation


def loader(address: str, options: object) -> dict[str, Any]:
    """Give the terms of the standard context that we use, without the network."""
    assert address == webannotation.STANDARD, f"{address} is not to be fetched"
    document = json.loads((HERE / "contexts" / "anno.json").read_text("utf-8"))
    return {"contextUrl": None, "documentUrl": address, "document": document, "contentType": "application/ld+json"}


def triples(document: dict[str, Any]) -> set[tuple[str, str, str]]:
    data = jsonld.to_rdf(document, {"documentLoader": loader})
    return {(t["subject"]["value"], t["predicate"]["value"], t["object"]["value"]) for t in data["@default"]}


OA = "http://www.w3.org/ns/oa#"


def test_annotations_by_a_json_ld_processor(files: dict[str, str | bytes], edition: Edition) -> None:
    document = json.loads(files["data/annotations/vale-2024.jsonld"])
    told = triples(document)
    ids = {item["id"] for item in document["first"]["items"]}
    assert document["total"] == len(ids) == 3
    own = "https://tolls.aven-edition.org/annotations/vale-2024/freight-to-road/#own-1"
    assert ids >= {own, own.replace("own", "reported")}
    assert (own, OA + "motivatedBy", OA + "classifying") in told
    exact = {o for _, p, o in told if p == OA + "exact"}
    assert exact == {"the dry summer explains the rest", "grain is counted twice", "Kestrel counts every barge"}
    values = {o for _, p, o in told if p == "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"}
    assert {"s2p1", "fn:4", "s2p3"} <= values
    ours = webannotation.terms_address(edition)
    assert {o for _, p, o in told if p == ours + "stance"} == {"leans-reject", "affirms", "silent"}
    proposition = "https://tolls.aven-edition.org/propositions/freight-to-road/"
    assert proposition in {o for _, p, o in told if p == ours + "proposition"}


def test_no_key_is_lost_in_expansion(files: dict[str, str | bytes]) -> None:
    """A term that no context defines would vanish silently."""

    def keys(node: Any) -> set[str]:
        if isinstance(node, dict):
            return {key for key in node if not key.startswith("@")} | {k for v in node.values() for k in keys(v)}
        return {k for one in node for k in keys(one)} if isinstance(node, list) else set()

    document = json.loads(files["data/annotations.jsonld"])
    del document["@context"]
    standard = json.loads((HERE / "contexts" / "anno.json").read_text("utf-8"))["@context"]
    ours = json.loads(files["data/context.jsonld"])["@context"]
    assert keys(document) <= set(standard) | set(ours)


def test_unproved_words_are_in_no_selector(tmp_path: Path) -> None:
    edition = load(lay(tmp_path, proved=False))
    text = json.dumps(webannotation.collections(edition), ensure_ascii=False)
    assert "TextQuoteSelector" not in text
    assert "the dry summer" not in text


# The database


def test_the_worked_queries_answer(edition: Edition) -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database(edition, compare(edition)))
    sides, words, shared = (connection.execute(query).fetchall() for _, query in QUERIES)
    assert sides == [("marsh-2019", "vale-2024", "Tolls drive freight from the river to the road.")]
    assert ("vale-2024", "leans-reject", "s2p1", "the dry summer explains the rest") in words
    assert shared == [("Lock returns 2021", 2, 3)]
    connection.close()


def test_the_database_has_the_columns_that_are_described(edition: Edition) -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database(edition, compare(edition)))
    for table, columns in TABLES.items():
        assert [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] == list(columns)
    connection.close()
    assert database(edition, compare(edition)) == database(edition, compare(edition))


@pytest.mark.parametrize("words", ["=1+1", "+20 per cent", "-3 in 2021", "@vale", "\ttabbed"])
def test_a_cell_holds_the_words_whatever_they_begin_with(words: str) -> None:
    """A quotation is data: a sign before it that keeps a spreadsheet from computing would be a false quotation."""
    text = tables._csv(["quote", "at"], [{"quote": words, "at": "s1p1"}])
    assert [*csv.reader(io.StringIO(text, newline=""))] == [["quote", "at"], [words, "s1p1"]]


def test_the_page_of_files_says_how_to_open_them_in_a_spreadsheet(edition: Edition) -> None:
    assert len([page for page in pages.render(edition) if "import the columns as text" in page.text]) == 1
