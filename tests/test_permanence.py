"""Addresses that stay: ledger, aliases, moved ids, redirects, withdrawals, releases, what changed between them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import pytest

from citing_edition import lay
from linked import missing
from released_edition import GONE, MARSH, PAGE, RECORD, Published, change, content, proved
from variorum import checks, dressing, history, layout, ledger, permanence, release
from variorum.compare import compare
from variorum.edition import load
from variorum.findings import Form, show
from variorum.frontmatter import Document, Record
from variorum.ledger import Release
from variorum.names import date_in_words
from variorum.records import Retired


def released(root: Path) -> None:
    """Write the ledger as a release does."""
    edition = load(root)
    made = Release("2026-11-21", "0.0.1", edition.fingerprint)
    (root / layout.LEDGER).write_text(ledger.added("", permanence.told(edition), made), "utf-8")


def lost(root: Path) -> list[str]:
    return permanence.lost(load(root))


def test_the_ledger_is_only_added_to(tmp_path: Path) -> None:
    edition = load(lay(tmp_path, proved=False))
    first = ledger.added("", ["/b/", "/a/"], Release("2026-11-21", "1", "aaa"))
    second = ledger.added(first, ["/c/", "/a/"], Release("2027-01-02", "2", "bbb"))
    assert second.startswith(first.rstrip("\n"))
    held = ledger.parse(second)
    assert {address: date for address, (date, _) in held.addresses.items()} == {
        "/a/": "2026-11-21", "/b/": "2026-11-21", "/c/": "2027-01-02",
    }  # fmt: skip
    assert [one.version for one in held.releases] == ["1", "2"]
    assert held.frozen("bbb") == "v/2027-01-02/" and held.frozen("ccc") == ""
    assert ledger.parse("nonsense\n").faults == (1,)
    assert {
        "/reports/vale-2024/#s2p1",
        "/reports/vale-2024/#fn:4",
        "/matrix/#second-toll--vale-2024",
        "/",
    } <= permanence.told(edition)


def test_a_unit_that_is_gone_is_an_error_with_address_and_file(tmp_path: Path) -> None:
    root = lay(tmp_path, proved=False)
    released(root)
    assert lost(root) == []
    change(root, PAGE, "\n> The guild is cited at length.\n{: #s2p3 }\n", "")
    edition = load(root)
    found = [one for one in checks.check(edition) if one.rule == "lost-address"]
    told = show(found, Form.TEXT, edition.files)
    assert "`/reports/vale-2024/#s2p3`, released on 2026-11-21" in told
    assert PAGE in told


def test_a_moved_unit_keeps_its_address(tmp_path: Path) -> None:
    root = lay(tmp_path, proved=False)
    released(root)
    change(root, PAGE, "\n> The guild is cited at length.\n{: #s2p3 }\n", "")
    change(root, PAGE, "coverage: complete", "coverage: complete\nmoved: {s2p3: s2p2}")
    assert lost(root) == []


def test_a_renamed_proposition_keeps_its_addresses(tmp_path: Path) -> None:
    root = lay(tmp_path, proved=False)
    released(root)
    shutil.move(root / "docs/propositions/second-toll.md", root / "docs/propositions/flood-toll.md")
    shutil.move(root / "docs/annotations/vale-2024/second-toll.md", root / "docs/annotations/vale-2024/flood-toll.md")
    assert "/matrix/#second-toll--vale-2024" in lost(root)
    change(root, "docs/propositions/flood-toll.md", "topic: trade", "topic: trade\naliases: [second-toll]")
    assert lost(root) == []


def test_a_renamed_source_keeps_its_address(tmp_path: Path) -> None:
    root = lay(tmp_path, proved=False)
    released(root)
    change(root, "bibliography/literature.bib", "@article{wen-hua-2016,", "@article{wen-2016,\n  ids = {wen-hua-2016},")
    assert lost(root) == []


# Releases


def site_builder(site: Path) -> None:
    """Stand for a build: every page that the ledger wants, with its ids."""
    root = site.parent / "edition"
    for address in load(root).ledger.addresses:
        path, _, fragment = address.partition("#")
        file = site / path.strip("/") / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as out:
            out.write(f'<body><p id="{fragment}"></p>' if fragment else "<body>")


def test_a_release_records_and_freezes(tmp_path: Path) -> None:
    root, out, site = proved(tmp_path / "edition"), tmp_path / "public", tmp_path / "site"
    assert list(release.refusals(load(root))) == []
    done = release.release(root, out, site_builder, site)
    assert done.frozen == out / "v" / "2026-11-21" and done.added > 50
    assert (out / "reports/vale-2024/index.html").is_file()
    frozen = (done.frozen / "reports/vale-2024/index.html").read_text("utf-8")
    assert '<a href="../../../../reports/vale-2024/">' in frozen
    edition = load(root)
    assert edition.frozen == "v/2026-11-21/"
    snapshot = json.loads((root / "bibliography/releases/2026-11-21.json").read_text("utf-8"))
    assert snapshot["cells"]["vale-2024/freight-to-road"] == {"cell": "leans-reject", "wording": 1}

    # A second one: the first stays, its cells are compared, its day and version cannot be used again.
    assert any("was released on" in reason for reason in release.refusals(edition))
    change(root, "docs/index.md", "version: 0.0.1\ndate: 2026-11-21", "version: 0.0.2\ndate: 2026-12-01")
    change(root, RECORD, "stance: leans-reject", "stance: balanced")
    shutil.rmtree(site)
    before = frozen
    assert release.release(root, out, site_builder, site).added == 0
    assert (done.frozen / "reports/vale-2024/index.html").read_text("utf-8") == before
    first, second = history.read(load(root))
    assert first.moves == ()
    (move,) = second.moves
    assert (move.report, move.proposition, move.before, move.after) == (
        "vale-2024",
        "freight-to-road",
        "leans-reject",
        "balanced",
    )
    assert move.why.startswith("Vale grants a part of the loss")


REFUSED = [
    ("mkdocs.yml", "https://tolls.aven-edition.org/", "https://variorum.example/", "is a placeholder"),
    (
        "docs/index.md",
        "repository: https://code.aven-edition.org/tolls",
        "subtitle: x",
        "`repository` in docs/index.md is a placeholder",
    ),
    ("bibliography/literature.bib", "What a barge costs", "What barges cost", "reference of `kestrel-2018`"),
    (PAGE, "coverage: complete", "coverage: compleat", "compleat"),
]


@pytest.mark.parametrize(("file", "old", "new", "reason"), REFUSED, ids=["site", "repository", "reference", "error"])
def test_a_release_is_refused(tmp_path: Path, file: str, old: str, new: str, reason: str) -> None:
    root = proved(tmp_path / "edition")
    change(root, file, old, new)
    with pytest.raises(release.Refusal, match=reason):
        release.release(root, tmp_path / "public", site_builder, tmp_path / "site")
    assert not (root / layout.LEDGER).exists() and not (tmp_path / "public").exists()


def test_an_unproved_quotation_refuses_a_release(tmp_path: Path) -> None:
    root = lay(tmp_path, proved=False)
    assert any("is not proved" in reason for reason in release.refusals(load(root)))


def test_a_build_that_lacks_an_address_changes_nothing(tmp_path: Path) -> None:
    root = proved(tmp_path / "edition")

    def lacking(site: Path) -> None:
        site_builder(site)
        (site / "matrix/index.html").unlink()

    with pytest.raises(release.Refusal, match="the build does not have /matrix/"):
        release.release(root, tmp_path / "public", lacking, tmp_path / "site")
    assert not (root / layout.LEDGER).exists()
    assert not list((root / layout.RELEASES).glob("*"))


def test_a_published_folder_without_an_earlier_edition_is_refused(tmp_path: Path) -> None:
    root = proved(tmp_path / "edition")
    release.release(root, tmp_path / "public", site_builder, tmp_path / "site")
    change(root, "docs/index.md", "version: 0.0.1\ndate: 2026-11-21", "version: 0.0.2\ndate: 2026-12-01")
    with pytest.raises(release.Refusal, match="lacks the frozen edition v/2026-11-21/"):
        release.release(root, tmp_path / "elsewhere", site_builder, tmp_path / "other")


def test_the_feed_is_atom(tmp_path: Path) -> None:
    root = lay(tmp_path, proved=False)
    edition = load(root)
    shot = history.snapshot(edition, compare(edition))
    tree = ElementTree.fromstring(history.feed(edition, [shot]))
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert tree.findtext("a:id", namespaces=space) == "https://tolls.aven-edition.org/"
    assert [entry.findtext("a:updated", namespaces=space) for entry in tree.iterfind("a:entry", space)] == [
        "2026-11-21T00:00:00Z"
    ]
    assert all(tree.find(f"a:{name}", space) is not None for name in ("title", "updated", "author"))


# Two releases, built and published as `make release` does it


def test_a_lost_address_refuses_a_release_and_says_which(published: Published) -> None:
    assert "`/annotations/marsh-2019/freight-to-road/`, released on 2026-11-21, leads nowhere" in published.refused
    assert f"{MARSH}:1: `/reports/marsh-2019/#s1p3`" in published.refused


def test_a_frozen_edition_never_changes(published: Published) -> None:
    assert content(published.out / "v" / "2026-11-21") == published.first
    assert len(published.first) > 100


def test_both_frozen_and_newest_stand_and_lead_to_the_newest(published: Published) -> None:
    newest = '<link rel="canonical" href="https://tolls.aven-edition.org/reports/vale-2024/">'
    for folder in ("", "v/2026-11-21", "v/2026-12-01"):
        html = (published.out / folder / "reports/vale-2024/index.html").read_text("utf-8")
        assert newest in html
        assert ("Frozen edition of" in html) == bool(folder)
    now = (published.out / "annotations/vale-2024/freight-to-road/index.html").read_text("utf-8")
    assert "https://tolls.aven-edition.org/v/2026-12-01/annotations/vale-2024/freight-to-road/" in now
    assert "cite that one" in (published.out / "cite/vale-2024/index.html").read_text("utf-8")


def test_a_doi_stands_where_a_reader_and_a_machine_cite(published: Published) -> None:
    cite = unescape((published.out / "cite/index.html").read_text("utf-8"))
    assert '<a href="https://doi.org/10.9999/tolls.2"' in cite and "DO  - 10.9999/tolls.2" in cite
    assert '"sameAs":"https://doi.org/10.9999/tolls.2"' in (published.out / "index.html").read_text("utf-8")
    assert "Its DOI: 10.9999/tolls.2." in (published.out / "reports/vale-2024/index.html").read_text("utf-8")
    assert "10.9999" not in (published.out / "v/2026-11-21/cite/index.html").read_text("utf-8")


def test_what_is_said_of_a_withdrawal_can_run_nothing() -> None:
    fields = Retired(
        title="<img src=x onerror=a>", addresses=("/reports/a/#s1p1",), date="2026-12-01", because="</li><script>"
    )
    record = Record('x"><b>', fields, cast(Document, None))
    html = dressing.with_withdrawn("<article></article>", dressing.told("reports/a", {"s1p1": record}))
    assert "<img" not in html and "<script" not in html and "#withdrawn-x&quot;&gt;" in html


def test_every_address_ever_released_is_in_the_published_site(published: Published) -> None:
    told = load(published.root).ledger.addresses
    assert len(told) > 50
    assert dressing.unresolved(published.out, told) == []
    assert dressing.unresolved(published.out / "v" / "2026-12-01", told) == []
    assert dressing.unresolved(published.out, {"/reports/vale-2024/#s9p9": None, "/none/": None}) == [
        "/reports/vale-2024/#s9p9",
        "/none/",
    ]


def test_every_file_that_a_published_page_names_is_there(published: Published) -> None:
    assert missing(published.out) == []
    (published.out / "feed.xml").rename(published.out / "feed.old")
    assert {named.split("/")[-1] for _, named in missing(published.out)} == {"feed.xml"}, "what is missing is found"
    (published.out / "feed.old").rename(published.out / "feed.xml")


def test_a_redirect_has_a_link_and_says_where(published: Published) -> None:
    text = (published.out / "propositions/second-toll/index.html").read_text("utf-8")
    assert '<a href="../flood-toll/">' in text
    assert 'http-equiv="Content-Security-Policy"' in text


def test_what_was_withdrawn_says_what_when_why_and_where_it_still_stands(published: Published) -> None:
    page = unescape((published.out / "annotations/marsh-2019/freight-to-road/index.html").read_text("utf-8"))
    for words in (
        "Withdrawn: Marsh on freight",
        date_in_words("2026-12-01"),
        "Coded from another edition of the report.",
    ):
        assert words in page
    frozen = "v/2026-11-21/annotations/marsh-2019/freight-to-road/"
    assert f'<a href="https://tolls.aven-edition.org/{frozen}">' in page
    assert (published.out / frozen / "index.html").is_file()
    report = (published.out / "reports/marsh-2019/index.html").read_text("utf-8")
    (line,) = re.findall(r'<li id="s1p3">.*?</li>', report)
    assert "Coded from another edition" in line and 'href="../../changes/#withdrawn-marsh-coding"' in line
    assert 'id="withdrawn-marsh-coding"' in (published.out / "changes/index.html").read_text("utf-8")


def test_the_changes_are_told_on_a_page_and_in_the_feed(published: Published) -> None:
    page = (published.out / "changes/index.html").read_text("utf-8")
    feed = (published.out / "feed.xml").read_text("utf-8")
    for text in (page, feed):
        assert "Vale grants a part of the loss" in text
        assert "Withdrawn: Coded from another edition of the report." in text
    assert re.search(r"<b>leans to reject</b> → <b>[^<]+</b>", page)
    told = [entry.findtext(f"{ATOM}updated") for entry in ElementTree.fromstring(feed).findall(f"{ATOM}entry")]
    assert told == ["2026-12-01T00:00:00Z", "2026-11-21T00:00:00Z"]


def test_the_feed_says_how_many_cells_moved(tmp_path: Path) -> None:
    edition = load(lay(tmp_path, proved=False))
    shots = [history.Snapshot(f"2026-1{n}-01", f"1.{n}", {}, tuple(MOVES[:n])) for n in range(3)]
    titles = re.findall("<title>Version (.*?)</title>", history.feed(edition, shots))
    assert titles == ["1.2: 2 cells moved", "1.1: 1 cell moved", "1.0: first release"]
    still = replace(shots[1], moves=())
    assert "Version 1.1: no cells moved" in history.feed(edition, [shots[0], still])


def test_an_entry_of_the_feed_keeps_its_id_and_leads_to_its_release(published: Published) -> None:
    site = "https://tolls.aven-edition.org/"
    ids = []
    for folder in (published.out / "v" / "2026-11-21", published.out):
        tree = ElementTree.parse(folder / "feed.xml").getroot()
        ids.append([tree.findtext(f"{ATOM}id"), *(one.findtext(f"{ATOM}id") for one in tree.iter(f"{ATOM}entry"))])
        for link in tree.iter(f"{ATOM}link"):
            address = f"/{link.get('href', '').removeprefix(site)}"
            assert address == "/feed.xml" or dressing.unresolved(folder, {address: None}) == []
    first, second = ids
    assert first == [second[0], second[2]] == [site, f"{site}changes/#release-2026-11-21"]


def test_a_build_stops_where_a_units_id_is_gone(published: Published, tmp_path: Path) -> None:
    root = shutil.copytree(published.root, tmp_path / "edition")
    change(root, PAGE, "\n> The guild is cited at length.\n{: #s2p3 }\n", "")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode != 0 and not (tmp_path / "site").exists()
    assert "error[lost-address]" in done.stderr
    assert "`/reports/vale-2024/#s2p3`, released on 2026-11-21" in done.stderr and PAGE in done.stderr


MOVES = [history.Move("vale-2024", "freight-to-road", "balanced", after, "") for after in ("affirms", "rejects")]
ATOM = "{http://www.w3.org/2005/Atom}"
RETIRED = [
    ("/reports/vale-2024/#s9p9", "was never released"),
    ("/reports/vale-2024/#s2p1", "still leads somewhere"),
    ("/propositions/second-toll/", "still leads somewhere"),
]


@pytest.mark.parametrize(("address", "reason"), RETIRED)
def test_only_what_is_gone_can_be_retired(published: Published, tmp_path: Path, address: str, reason: str) -> None:
    root = shutil.copytree(published.root, tmp_path / "edition")
    change(root, GONE, "addresses: [", f'addresses: ["{address}", ')
    (found,) = [one for one in checks.check(load(root)) if one.rule == "retired-address"]
    assert reason in found.message and found.place.path == GONE and found.place.line == 3
