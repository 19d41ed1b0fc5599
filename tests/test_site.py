"""The built site: ids equal the records', and markers, notes, sources, cells and strips lead to each other."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from linked import missing
from variorum import evidence
from variorum.edition import Edition, load
from variorum.finish import policy

ROOT = Path(__file__).parent.parent
BASE = "http://site.test"
NO_REQUEST = ("canonical", "prev", "next", "cite-as", "license", "type", "author")
"""What a page’s head says of other addresses without a browser asking for them."""


class Site:
    """A built site, parsed page by page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = sorted(folder.rglob("*.html"))

    def page(self, address: str) -> LexborHTMLParser:
        return self.pages[address]

    @cached_property
    def pages(self) -> dict[str, LexborHTMLParser]:
        parsed = {}
        for file in self.files:
            name = "/" + file.relative_to(self.folder).as_posix().removesuffix("index.html")
            parsed[name] = LexborHTMLParser(file.read_text("utf-8"))
        return parsed

    def ids(self, address: str) -> list[str]:
        return [node.attributes["id"] or "" for node in self.page(address).css("[id]")]

    def links(self, address: str) -> list[str]:
        """Return where the links of a page's text lead, as absolute addresses on the site."""
        return [urljoin(BASE + address, a.attributes["href"] or "") for a in self.page(address).css("article a[href]")]


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load(ROOT)


@pytest.fixture(scope="module")
def site(built_site: Path) -> Site:
    return Site(built_site)


def test_the_ids_on_a_report_are_the_records(site: Site, edition: Edition) -> None:
    for key, report in edition.reports.items():
        ids = site.ids(f"/reports/{key}/")
        assert [i for i in ids if re.fullmatch(r"s\d+p\d+", i)] == list(report.units)
        assert [i for i in ids if re.fullmatch(r"s\d+", i)] == [section.id for section in report.sections]
        assert [i[3:] for i in ids if i.startswith("fn:")] == report.labels
        assert {i.partition(":")[2] for i in ids if i.startswith("fnref")} == set(report.marks)


def test_no_id_stands_twice_on_a_page(site: Site) -> None:
    for address in site.pages:
        ids = site.ids(address)
        assert len(ids) == len(set(ids)), address


def test_every_link_leads_somewhere(site: Site) -> None:
    held = {address: set(site.ids(address)) for address in site.pages}
    dead = []
    for address in site.pages:
        if address == "/404.html":
            continue
        for target in site.links(address):
            if not target.startswith(BASE):
                continue
            page, fragment = urldefrag(target)
            path = unquote(page.removeprefix(BASE))
            there = path in held or (site.folder / path.lstrip("/")).is_file()
            if not there or (fragment and path in held and unquote(fragment) not in held[path]):
                dead.append((address, target))
    assert not dead


def test_every_file_that_a_page_names_is_there(site: Site) -> None:
    assert missing(site.folder) == []


def test_from_a_note_over_the_source_to_the_other_reports_note_and_back(site: Site) -> None:
    lo, theirs = f"{BASE}/reports/lo-2025/#fn:44", f"{BASE}/reports/korolev-shattuck-2025/#fn:34"
    source = "/sources/mcfaul-medeiros-2025/"
    assert BASE + source in site.links("/reports/lo-2025/")
    assert {lo, theirs} <= set(site.links(source))
    assert theirs in site.links("/reports/lo-2025/")
    assert lo in site.links("/reports/korolev-shattuck-2025/")


def test_a_marker_leads_to_its_note_and_the_note_back(site: Site, edition: Edition) -> None:
    for key, report in edition.reports.items():
        links = set(site.links(f"/reports/{key}/"))
        for label in report.marks:
            assert f"{BASE}/reports/{key}/#fn:{label}" in links
            assert f"{BASE}/reports/{key}/#fnref:{label}" in links


def test_each_cell_leads_to_its_words_and_the_words_back(site: Site, edition: Edition) -> None:
    matrix = set(site.links("/matrix/"))
    for key, found in evidence.excerpts(edition).items():
        report = set(site.links(f"/reports/{key}/"))
        ids = set(site.ids(f"/reports/{key}/"))
        for slug in {excerpt.slug for excerpt in found if excerpt.slug in edition.propositions}:
            theirs = {f"{BASE}/reports/{key}/#{excerpt.id}" for excerpt in found if excerpt.slug == slug}
            assert theirs & matrix, (key, slug)
            assert f"{BASE}/matrix/#{slug}--{key}" in report
        assert {excerpt.id for excerpt in found} <= ids


def test_every_page_has_a_policy_that_it_satisfies(site: Site) -> None:
    for file in site.files:
        text = file.read_text("utf-8")
        held = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
        assert held is not None and held[1] == policy(text), file
        assert not re.search(r"<[a-z]+[^>]*\son[a-z]+=", text), file


def test_nothing_is_asked_of_another_host(site: Site) -> None:
    for address, page in site.pages.items():
        for node in page.css("[src], [srcset], [data], [action], link[href]"):
            if node.tag == "link" and node.attributes.get("rel") in NO_REQUEST:
                continue
            for name in ("src", "srcset", "data", "action", *(["href"] if node.tag == "link" else [])):
                asked = urljoin(BASE + address, node.attributes.get(name) or "")
                assert asked.startswith((BASE, "data:")), (address, node.tag, asked)


def test_the_original_is_one_step_away(site: Site, edition: Edition) -> None:
    for key, report in edition.reports.items():
        assert any(link.rstrip("/") == report.fields.original.rstrip("/") for link in site.links(f"/reports/{key}/"))


def test_a_build_with_errors_leaves_the_last_good_site(tmp_path: Path) -> None:
    copy = tmp_path / "edition"
    for name in ("docs", "bibliography", "scripts", "mkdocs.yml", "Makefile", "pyproject.toml", "requirements.lock"):
        source = ROOT / name
        shutil.copytree(source, copy / name) if source.is_dir() else shutil.copy(source, copy / name)
    (copy / "site").mkdir()
    (copy / "site" / "index.html").write_text("the last good one", "utf-8")
    record = next((copy / "docs" / "annotations").rglob("*.md"))
    record.write_text(record.read_text("utf-8").replace("kind:", "knid:", 1), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "error[missing-field]" in done.stderr + done.stdout
    assert (copy / "site" / "index.html").read_text("utf-8") == "the last good one"


@pytest.mark.parametrize(
    ("address", "tab", "path"),
    [
        ("/propositions/vassal/", "Propositions", ["Home", "Propositions"]),
        ("/people/xi/", "People", ["Home", "People"]),
        ("/sources/lo-2025/", "Sources", ["Home", "Sources"]),
        ("/topics/balance/", "Compare", ["Home", "Compare", "Topics"]),
        ("/compare/lo-2025/stent-2020/", "Compare", ["Home", "Compare"]),
        ("/annotations/lo-2025/vassal/", "Reports", ["Home", "Reports", "Lo"]),
    ],
)
def test_a_page_that_no_navigation_names_says_where_it_belongs(
    site: Site, address: str, tab: str, path: list[str]
) -> None:
    page = site.page(address)
    assert [node.text(strip=True) for node in page.css(".md-tabs__item--active")] == [tab]
    assert [node.text(strip=True) for node in page.css(".md-path__item")] == path
