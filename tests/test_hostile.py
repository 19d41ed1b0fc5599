"""Attacks repelled: in what `check` says, in what the renderer yields, and on every page that MkDocs builds."""

from __future__ import annotations

import contextlib
import os
import re
import resource
import shutil
from collections import defaultdict
from pathlib import Path

import nh3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs.commands import build
from mkdocs.config import load_config

import chromium
from hostile.dangers import dangers, in_text, plain
from hostile.editions import BASE, hostile
from hostile.payloads import ATTACKS, KEYS
from variorum import bibliography, checks, finish, grammar, inert, markup, prose, quoting
from variorum.edition import Edition, load
from variorum.frontmatter import split
from variorum.links import is_safe
from variorum.markup import Frame, Renderer
from variorum.plugin import adapter
from variorum.source import Source

ROOT = Path(__file__).parent.parent
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HARMLESS = re.compile(
    r"&|^['\"] on|https:evil|^\[x\]\(https://a|^Text|\{\{|\{#__|^#|^```|^--8<|^!!! md|^\$|textless|^///|^=== |^`"
)
"""What reaches pages as the words it is made of, and is no fault in a text; the build shows that it stays words."""


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load(BASE)


@pytest.fixture(scope="module")
def renderer(edition: Edition) -> Renderer:
    return Renderer(edition)


FRAME = Frame("reports/vale-2024", "reports/vale-2024.md", "vale-2024")
TAGS = {*markup._ALLOWED}
ATTRIBUTES = {tag: set(names) - {"rel"} for tag, names in markup._ALLOWED.items() if names}


def same_after_nh3(html: str) -> bool:
    """Tell whether nh3, given the same list, leaves a text as it is; both are read and written by nh3 first."""
    schemes = {"http", "https", "mailto"}
    cleaned = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=schemes, link_rel=None)
    as_read = nh3.clean(
        html,
        tags=TAGS | {"script", "style", "img", "iframe", "svg", "form", "input", "object", "base", "meta", "link"},
        clean_content_tags=set(),
        attributes={
            "*": {
                "href",
                "src",
                "style",
                "onclick",
                "onerror",
                "onload",
                "id",
                "class",
                "title",
                "role",
                "aria-label",
                "start",
            }
        },
        url_schemes=schemes | {"javascript", "data", "vbscript", "file", "blob"},
        link_rel=None,
    )
    return cleaned == as_read


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_survives_rendering(renderer: Renderer, attack: str) -> None:
    for html in (renderer.inline(attack, FRAME), renderer.body(attack, FRAME)):
        assert in_text(html) == []
        assert same_after_nh3(html)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parts=st.lists(
        st.one_of(
            st.sampled_from(ATTACKS), st.text(max_size=12), st.sampled_from(list("<>[]()!`~*_\\\"'{}#&;:\n @^|"))
        ),
        max_size=8,
    )
)
def test_nothing_that_nh3_would_remove_is_rendered(renderer: Renderer, parts: list[str]) -> None:
    text = "".join(parts)
    for html in (renderer.inline(text, FRAME), renderer.body(text, FRAME)):
        assert in_text(html) == []
        assert same_after_nh3(html)


@given(st.text(), st.sampled_from(ATTACKS))
def test_a_value_in_a_template_is_words(text: str, attack: str) -> None:
    for value in (text, attack, text + attack):
        shown = str(inert.finalize(value))
        assert "<" not in shown and "](" not in shown and not shown.startswith(("#", "===", "///", "```", "~~~")), shown
        assert "<" not in inert.title(value) and '"' not in inert.title(value)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return load(hostile(tmp_path_factory.mktemp("attacked"), ATTACKS))


def test_every_attack_is_named_wherever_it_stands(attacked: Edition) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for finding in checks.check(attacked):
        found[finding.place.path].add(finding.rule)
    telling = {
        "raw-html",
        "unsafe-link",
        "dead-link",
        "remote-image",
        "control-character",
        "report-grammar",
        "unknown-field",
        "front-matter",
    }
    missed = [
        (attack, name)
        for number, attack in enumerate(ATTACKS)
        if not HARMLESS.search(attack)
        for name in (
            f"about/page-{number}",
            f"people/who-{number}",
            f"propositions/claim-{number}",
            f"annotations/attack-{number}/comment",
            f"reports/attack-{number}",
        )
        if not found[f"docs/{name}.md"] & telling
    ]
    assert not missed


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site from attacks although `check` names them: what it might overlook must not run either."""
    seen = [attack for attack in ATTACKS if not UNSEEN.search(attack)]
    bundles = tuple("\n\n".join(seen[start::9]) for start in range(9)) + tuple(
        " ".join(seen[start::3]) for start in range(3)
    )
    root = hostile(tmp_path_factory.mktemp("built"), bundles)
    text = (ROOT / "mkdocs.yml").read_text("utf-8").replace("custom_dir: scripts", f"custom_dir: {ROOT}/scripts")
    text = re.sub(r"^nav:.*?(?=^\w)", "", text, flags=re.MULTILINE | re.DOTALL)
    (root / "mkdocs.yml").write_text(text.replace("- variorum:\n", "- variorum:\n      search: false\n"), "utf-8")
    patch = pytest.MonkeyPatch()
    patch.setattr(adapter, "has_errors", lambda found: False)
    try:
        build.build(load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"), strict=False))
    finally:
        patch.undo()
    return root / "site"


def test_nothing_runs_on_any_page_of_a_hostile_edition(built: Path) -> None:
    theirs = finish.scripts((built / "404.html").read_text("utf-8"))
    assert theirs
    pages = sorted(built.rglob("*.html"))
    assert len(pages) > 100
    faults: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for danger in dangers(page.read_text("utf-8"), frozenset(map(plain, theirs))):
            faults[danger].add(page.relative_to(built).as_posix())
    assert not [f"{danger}: {sorted(found)[:3]}" for danger, found in sorted(faults.items())]


def test_the_policy_lets_no_other_script_run(built: Path) -> None:
    page = built / "matrix" / "index.html"
    theirs = finish.scripts((built / "404.html").read_text("utf-8"))
    html = page.read_text("utf-8").replace("<main", "<script>pwned()</script><main", 1)
    assert finish.policy(html, theirs) == finish.policy(page.read_text("utf-8"), theirs)


@pytest.mark.parametrize("key", KEYS, ids=repr)
def test_no_such_name_is_a_key(tmp_path: Path, key: str) -> None:
    root = shutil.copytree(BASE, tmp_path / "edition")
    record = (root / "docs/people/kestrel.md").read_text("utf-8")
    with contextlib.suppress(OSError):
        (root / "docs/people" / f"{key}.md").write_text(record, "utf-8")
    for name in ("bibliography/reports.bib", "docs/annotations/vale-2024/freight-to-road.md"):
        path = root / name
        path.write_text(
            path.read_text("utf-8").replace("marsh-2019,", f"{key},").replace("who: [kestrel]", f"who: [{key!r}]"),
            "utf-8",
        )
    found = load(root)
    assert (key not in found.people and key not in found.reports) or key == "con"
    assert not [path for path in tmp_path.parent.rglob("passwd*")]
    for entry in found.entries:
        assert re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", entry) or any(
            f.rule == "bib-key" for f in checks.check(found)
        )


@pytest.mark.parametrize("what", ["file", "folder", "record", "broken", "bibliography"])
def test_a_link_out_of_the_tree_is_refused_and_not_followed(tmp_path: Path, what: str) -> None:
    root = shutil.copytree(BASE, tmp_path / "edition")
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "token.md").write_text("# a secret of the machine\n", "utf-8")
    target, source = {
        "file": ("docs/about/token.md", secret / "token.md"),
        "folder": ("docs/more", secret),
        "record": ("docs/people/token.md", secret / "token.md"),
        "broken": ("docs/about/nothing.md", secret / "nothing.md"),
        "bibliography": ("bibliography/more.bib", secret / "token.md"),
    }[what]
    (root / target).symlink_to(source)
    edition = load(root)
    assert any(finding.rule == "unexpected-file" and finding.place.path == target for finding in checks.check(edition))
    assert not any("a secret" in source.text for source in edition.sources())


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    root = shutil.copytree(BASE, tmp_path / "edition")
    os.mkfifo(root / "docs/about/endless.md")
    assert "unexpected-file" in {finding.rule for finding in checks.check(load(root))}


@pytest.mark.parametrize("name", ["evil.html", "evil.svg", "evil.js", "page.markdown", "assets/javascripts/bundle.js"])
def test_what_a_host_would_publish_as_it_is_is_refused(tmp_path: Path, name: str) -> None:
    root = shutil.copytree(BASE, tmp_path / "edition")
    path = root / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("<script>pwned()</script>", "utf-8")
    assert "unexpected-file" in {finding.rule for finding in checks.check(load(root))}


@pytest.mark.parametrize(
    "matter",
    [
        "template: redirect.html",
        "title: </title><script>",
        "description: '\"><img>'",
        'title: "\\x3cscript>"',
        "extra: 1",
    ],
)
def test_a_page_has_no_fields_but_plain_ones(tmp_path: Path, matter: str) -> None:
    root = shutil.copytree(BASE, tmp_path / "edition")
    for text in (f"---\n{matter}\n---\n# A page\n", f"{matter}\n\n# A page\n"):
        (root / "docs/about/rogue.md").write_text(text, "utf-8")
        assert any(finding.place.path == "docs/about/rogue.md" for finding in checks.check(load(root)))


@pytest.mark.parametrize("value", ["\\u003cscript\\u003e", "\\x00", "\\u202e", "\\x01", "\\uFFFE"])
def test_an_escape_hides_nothing(tmp_path: Path, value: str) -> None:
    root = shutil.copytree(BASE, tmp_path / "edition")
    (root / "docs/people/kestrel.md").write_text(f'---\nname: "Ida {value}Kestrel"\n---\n', "utf-8")
    assert {finding.rule for finding in checks.check(load(root))} & {"raw-html", "control-character"}


def test_a_file_of_fifty_megabytes_is_not_read(tmp_path: Path) -> None:
    root = shutil.copytree(BASE, tmp_path / "edition")
    with (root / "docs/reports/marsh-2019.md").open("ab") as file:
        file.truncate(50_000_000)
    assert any("larger than" in finding.message for finding in checks.check(load(root)))


LONG = 20_000
BLOWN = [
    unit * (LONG // len(unit))
    for unit in (
        "[",
        "[a](",
        "![",
        "`",
        "``a`",
        "*a",
        "_a_",
        "<a",
        "{: #",
        "[^",
        "[@a; ",
        "“",
        "&",
        "\\",
        "~~~\n",
        "- > ",
        "a@",
        "[a]: ",
        "<!--",
        "'\"",
        "@a{b,",
        "}}",
        "\n\n",
        "a,",
        "=={",
    )
]
BLOWN += [
    "a" * LONG + "!",
    "[" + "a@b-" * (LONG // 4),
    "[@" + "a-" * (LONG // 2),
    "s1p1" * (LONG // 4),
    " " * LONG + "x",
    "<" + "a:" * (LONG // 2),
]


def everything(edition: Edition, renderer: Renderer, text: str) -> None:
    """Do with a text all that is done with contributed text."""
    faults = list(prose.faults(edition, Source("docs/about/x.md", text), 0, text, "about/x.md"))
    list(quoting.quotations(text)), quoting.count_words(text)
    document, _ = split(Source("docs/reports/x.md", f"---\na: b\n---\n{text}"))
    if document:
        grammar.parse(document)
    split(Source("docs/x.md", f"---\n{text}\n---\n"))
    bibliography.parse(Source("bibliography/x.bib", f"@report{{a, title = {{{text}}}}}\n{text}"))
    is_safe(text), inert.finalize(text), inert.fences(text)
    if not faults:  # what the host could not read in time is refused before
        renderer.body(text, FRAME)


GUARD = 240
"""Seconds of processor time after which a text counts as one that is never done with: far beyond what any needs."""


@pytest.mark.parametrize("text", BLOWN, ids=lambda text: repr(text[:6]))
def test_no_expression_blows_up(renderer: Renderer, edition: Edition, text: str) -> None:
    """Whatever backtracks without end is ended by the system, in a child that has nothing else to do."""
    child = os.fork()
    if not child:
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (GUARD, GUARD))
            everything(edition, renderer, text)
            os._exit(0)
        except BaseException:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_hundred_thousand_notes_are_read_and_asked_for(tmp_path: Path) -> None:
    root = shutil.copytree(BASE, tmp_path / "edition")
    page = root / "docs/reports/marsh-2019.md"
    count = 100_000
    marks = "".join(f"[^{number}]" + "\n" * (number % 1000 == 0) for number in range(2, count + 1))
    notes = "\n".join(f"[^{number}]: Again." for number in range(2, count + 1))
    units = "".join(f"\nAgain.{line}\n{{: #s1p{number} }}\n" for number, line in enumerate(marks.split("\n"), 2))
    text = page.read_text("utf-8").replace("{: #s1p1 }\n", f"{{: #s1p1 }}\n{units}") + notes + "\n"
    page.write_text(text, "utf-8")
    edition = load(root)
    report = edition.reports["marsh-2019"]
    assert len(report.labels) == count and all(report.has(f"n{number}") for number in range(1, count + 1, 10))
    assert not [finding for finding in checks.check(edition) if finding.rule != "reference-stale"]


@chromium.needed
def test_in_a_browser_nothing_of_theirs_runs_and_the_theme_still_works(built: Path) -> None:
    """One page of every kind: no call, no dialog, no request to another host, no complaint of the policy at ours."""
    kinds: dict[tuple[str, ...], str] = {}
    for path in sorted(built.rglob("index.html")):
        name = path.relative_to(built).parent.as_posix()
        parts = name.split("/")
        leaf = re.sub(r"-?\d+$", "", parts[-1]) if len(parts) > 2 else ""
        kinds[parts[0], leaf, str(len(parts))] = name
    watch = (
        "window.ran = []; window.pwned = n => window.ran.push(n); window.broken = [];"
        "document.addEventListener('securitypolicyviolation', e => window.broken.push(e.violatedDirective + ' ' +"
        " e.blockedURI + ' ' + e.sourceFile));"
    )
    with chromium.served(built) as address, chromium.page() as page:
        page.send("Page.addScriptToEvaluateOnNewDocument", source=watch)
        page.send("Network.enable")
        for name in kinds.values():
            page.go(f"{address}/{name}/".replace("/./", "/"))
            assert page.ask("window.ran.concat(window.broken)") == [], name
            theme = "['__search', '__drawer'].map(id => document.getElementById(id)).map(e => e && e.tagName)"
            assert page.ask(theme) == ["INPUT", "INPUT"], name
            assert page.ask("document.querySelectorAll('[data-md-component=palette] input').length") > 0, name
        assert len(kinds) > 12
        assert page.ask("typeof window.pwned") == "function" and len(page.requests) > len(kinds)
        elsewhere = [url for url in page.requests if not url.startswith((address, "data:", "about:"))]
        assert not elsewhere and not page.dialogs and not page.errors
