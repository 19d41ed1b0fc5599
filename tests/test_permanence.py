"""Addresses that stay: the ledger, aliases and moved ids, redirects, releases, and what changed between them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from citing_edition import build, lay
from variorum import checks, dressing, history, ledger, permanence, release
from variorum.compare import compare
from variorum.edition import load
from variorum.findings import Form, show
from variorum.ledger import Release

RECORD = "docs/annotations/vale-2024/freight-to-road.md"
PAGE = "docs/reports/vale-2024.md"


def change(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text, (file, old)
    (root / file).write_text(text.replace(old, new), "utf-8")


def proved(target: Path) -> Path:
    """Lay the edition with every quotation proved: the report whose text is not held has none."""
    root = lay(target)
    (root / "docs/annotations/marsh-2019/freight-to-road.md").write_text(
        "---\nkind: position\nown: silent\nby: [tester]\ndate: 2026-11-21\n---\n", "utf-8"
    )
    return root


def released(root: Path) -> None:
    """Write the ledger as a release does."""
    edition = load(root)
    made = Release("2026-11-21", "0.0.1", edition.fingerprint)
    (root / ledger.FILE).write_text(ledger.added("", permanence.told(edition), made), "utf-8")


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


@pytest.fixture(scope="module")
def moved_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return an edition released, then changed with aliases, and its site; built once for all who ask."""
    top = tmp_path_factory.getbasetemp() / "moved"
    root = top / "edition"
    if top.exists():
        return root, top / "site"
    lay(root, proved=False)
    released(root)
    shutil.move(root / "docs/propositions/second-toll.md", root / "docs/propositions/flood-toll.md")
    shutil.move(root / "docs/annotations/vale-2024/second-toll.md", root / "docs/annotations/vale-2024/flood-toll.md")
    change(root, "docs/propositions/flood-toll.md", "topic: trade", "topic: trade\naliases: [second-toll]")
    change(root, PAGE, "\n> The guild is cited at length.\n{: #s2p3 }\n", "")
    change(root, RECORD, "at: s2p3", "at: s2p2")
    change(root, PAGE, "coverage: complete", "coverage: complete\nmoved: {s2p3: s2p2}")
    return root, build(root, top / "site")


def test_every_released_address_is_in_the_build(moved_site: tuple[Path, Path]) -> None:
    root, site = moved_site
    told = load(root).ledger.addresses
    assert len(told) > 50
    assert dressing.unresolved(site, told) == []
    assert dressing.unresolved(site, {"/reports/vale-2024/#s9p9": None, "/none/": None}) == [
        "/reports/vale-2024/#s9p9",
        "/none/",
    ]


def test_a_redirect_has_a_link_and_says_where(moved_site: tuple[Path, Path]) -> None:
    _, site = moved_site
    text = (site / "propositions/second-toll/index.html").read_text("utf-8")
    assert '<a href="../flood-toll/">' in text
    assert 'http-equiv="Content-Security-Policy"' in text


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
    assert not (root / ledger.FILE).exists() and not (tmp_path / "public").exists()


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
    assert not (root / ledger.FILE).exists()
    assert list((root / history.FOLDER).iterdir()) == []


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
