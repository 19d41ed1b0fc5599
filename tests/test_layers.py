"""Who may import whom: a module uses only what stands in a layer before its own."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "scripts" / "variorum"
LAYERS = (
    {"words"},
    {
        "biblatex",
        "atomic",
        "inert",
        "source",
        "rules",
        "quoting",
        "intake",
        "site",
        "rulebook",
        "locking",
        "searchindex",
        "previews",
        "spool",
    },
    {"findings", "records", "texts", "journal"},
    {"yamltext", "layout", "citations", "plain", "numbering", "codings"},
    {"frontmatter", "bibliography", "ledger", "seals", "watching", "revisions"},
    {"grammar", "csl", "ownwords", "writing", "titles"},
    {"references", "formats", "starter"},
    {"report"},
    {"reader"},
    {"edition"},
    {"addresses", "drafts"},
    {"links", "compare", "names", "evidence", "schema", "renaming", "asking"},
    {"guard", "works", "strips"},
    {"locators", "quotable", "published", "withdrawals", "prose", "markup", "coverage", "elsewhere", "timeline"},
    {"cite", "permanence", "extension", "quotations", "codehost"},
    {"verify", "proofs", "changes"},
    {"checks"},
    {"shares", "notes", "catalogue", "pairs", "sharing", "values", "plots", "telling", "keys"},
    {"offers", "metadata", "webannotation", "database", "history", "tables"},
    {"exports", "drawers"},
    {"pages", "rendering", "indexing"},
    {"data"},
    {"show", "finish", "schemes"},
    {"dressing"},
    {"release"},
    {"plugin", "commands"},
    {"cli"},
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def modules() -> list[tuple[str, Path]]:
    files = [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE]
    return [(path.relative_to(PACKAGE).parts[0].removesuffix(".py"), path) for path in sorted(files)]


def imports(path: Path) -> set[str]:
    """Return the package's own modules that a file imports, by the first part of their name."""
    depth = len(path.relative_to(PACKAGE).parts)
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            found |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
    return {name for name in found if name != "__version__"}


def test_every_module_has_its_layer() -> None:
    assert {name for name, _ in modules()} <= set(RANK)


def test_the_map_of_the_house_names_every_module_once() -> None:
    rows = (PACKAGE.parent / "README.md").read_text("utf-8").splitlines()
    named = [name for row in rows if row.startswith("|") for name in re.findall(r"`(\w+)`", row.rpartition(" | ")[2])]
    folders = {"templates", "theme"}  # no modules
    assert Counter(named) == Counter({name for name, _ in modules()} | folders)


def test_a_module_imports_only_from_layers_before_its_own() -> None:
    wrong = [
        f"{name} imports {other}"
        for name, path in modules()
        for other in imports(path)
        if other != name and RANK[other] >= RANK[name]
    ]
    assert not wrong


def taken(path: Path) -> set[Path]:
    """Return the package's files that a file imports from, wherever in it the import stands."""
    found: set[Path] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            folder = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            for option in (folder, *(folder / alias.name for alias in node.names)):
                found |= {option.with_suffix(".py")} & FILES
    return found - {path}


FILES = {path for _, path in modules()}


def test_no_file_imports_itself_round_about() -> None:
    graph = {path: taken(path) for path in FILES}
    TopologicalSorter(graph).prepare()  # it names the circle
    assert sum(map(len, graph.values())) > len(FILES)


def importers(package: str) -> set[str]:
    """Return the modules that import a package of others."""
    found = set()
    for name, path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            if any(one.split(".")[0] == package for one in named):
                found.add(name)
    return found


def test_only_the_adapter_knows_the_host() -> None:
    assert importers("mkdocs") == {"plugin"}


def test_only_the_bibliography_knows_its_parser() -> None:
    assert importers("bibtexparser") == {"bibliography"}


def test_what_draws_is_loaded_only_where_something_is_drawn() -> None:
    code = "import sys, variorum.cli, variorum.plugin; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False", "it takes longer than to check a small edition"
