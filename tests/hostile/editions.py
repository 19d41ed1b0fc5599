"""An edition in which every text that a contributor can write is an attack."""

# ruff: noqa: E501  (invented records, one a line)
from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

BASE = Path(__file__).parent.parent / "editions" / "base"


def hostile(target: Path, attacks: tuple[str, ...]) -> Path:
    """Lay an edition over the base one in which record number n has attack n in all of its fields and its body."""
    shutil.copytree(BASE, target, dirs_exist_ok=True)
    bib, literature = [], []
    for number, attack in enumerate(attacks):
        key = f"attack-{number}"
        bib.append(_entry("report", key, attack, {"institution": attack, "date": f"2020-01-{number % 28 + 1:02d}"}))
        literature.append(
            _entry(
                "article",
                f"work-{number}",
                attack,
                {
                    "journaltitle": attack,
                    "url": attack,
                    "doi": attack,
                    "note": attack,
                    "pages": attack,
                    "date": "2019",
                    "translatedtitle": attack,
                },
            )
        )
        for name, (fields, body) in _records(key, number, attack).items():
            path = target / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"---\n{_yaml(fields)}---\n{body}\n", "utf-8")
    for name, entries in (("reports", bib), ("literature", literature)):
        path = target / "bibliography" / f"{name}.bib"
        path.write_text(path.read_text("utf-8") + "\n" + "\n".join(entries), "utf-8")
    return target


def _records(key: str, number: int, attack: str) -> dict[str, tuple[dict[str, Any], str]]:
    signed = {"by": ["tester"], "date": "2026-11-21"}
    at, quote = {"at": "s1p1"}, {"quote": attack}
    line = attack.replace("\n\n", "\n").replace("\n", "\n  ")
    view = {
        "who": [attack, f"who-{number}"],
        "via": [attack],
        "stance": "affirms",
        "note": "n1",
        "evidence": [{**at, **quote}],
    }
    judged = {
        "stance": "affirms",
        "speaker": f"who-{number}",
        "evidence": [{**at, **quote}],
        "against": [{**at, **quote}],
    }
    report = {
        "genre": attack,
        "coverage": "complete",
        "scope": attack,
        "abstract": attack,
        "funder": attack,
        "original": "https://a.example/",
        "notes": {"state": "complete", "printed": {"1": attack}},
        "pages": {"s1p1": attack},
    }
    page = f"# {line}\n\n## {line} {{#s1}}\n\n{line}[^1]\n{{: #s1p1 speaker=who-{number} }}\n\n[^1]: {line} [{line} @work-{number}, {line}]"
    annotations: dict[str, tuple[dict[str, Any], str]] = {
        "figure": (
            {
                "quantity": f"amount-{number}",
                "value": number,
                "unit": attack,
                "period": attack,
                "basis": attack,
                "attributed_to": attack,
            },
            attack,
        ),
        "comment": ({"title": attack}, attack),
        "erratum": ({"reads": attack, "should_read": attack, "because": attack, "certainty": "certain"}, attack),
        "query": ({"reads": attack, "should_read": attack, "because": attack, "certainty": "certain"}, attack),
        "relation": ({"from": f"{key}#s1p1", "to": "vale-2024#s1p1", "type": "disputes"}, attack),
        "mention": ({"source": f"work-{number}", "person": f"who-{number}", "printed": attack, "how": "named"}, attack),
    }
    records = {
        f"annotations/{key}/{kind}.md": (
            {"kind": kind, **signed, **({} if kind == "relation" else at), **quote, **fields},
            body,
        )
        for kind, (fields, body) in annotations.items()
    }
    return {
        **records,
        f"annotations/{key}/reply.md": ({"kind": "reply", **signed, "to": f"{key}/comment"}, attack),
        f"annotations/{key}/freight-to-road.md": (
            {"kind": "position", **signed, "own": [judged], "reported": [view], "ruling": attack, "confidence": "low"},
            attack,
        ),
        f"annotations/{key}/claim-{number}.md": ({"kind": "position", **signed, "own": [], "reported": [view]}, attack),
        f"reports/{key}.md": (report, page),
        f"propositions/claim-{number}.md": (
            {
                "statement": attack,
                "topic": f"matter-{number}",
                "affirms_means": attack,
                "rejects_means": attack,
                "earlier": [attack],
                "examples": {"affirms": attack, "rejects": attack},
            },
            attack,
        ),
        f"topics/matter-{number}.md": ({"title": attack, "order": number + 2}, attack),
        f"quantities/amount-{number}.md": (
            {"title": attack, "measures": attack, "unit": attack, "compare": attack, "topic": f"matter-{number}"},
            attack,
        ),
        f"people/who-{number}.md": ({"name": attack, "sort": attack, "variants": [attack], "role": attack}, attack),
        f"editors/hand-{number}.md": ({"name": attack, "orcid": attack, "coder": attack}, attack),
        f"about/page-{number}.md": (
            {"title": attack, "description": attack},
            f"# {attack}\n\n{attack}\n\n- {attack}\n\n> {attack}\n\n    {attack}",
        ),
    }


def _yaml(fields: dict[str, Any]) -> str:
    """Write fields as JSON, which is YAML; escapes hide from whoever reads the file's text alone."""
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())


def _entry(kind: str, key: str, attack: str, fields: dict[str, str]) -> str:
    lines = [f"  author = {{{_braced(attack)}, Ada and {{{_braced(attack)}}}}},", f"  title = {{{_braced(attack)}}},"]
    lines += [f"  {name} = {{{_braced(value)}}}," for name, value in fields.items()]
    return f"@{kind}{{{key},\n" + "\n".join(lines) + "\n}\n"


def _braced(text: str) -> str:
    """Keep what would close a BibTeX value from closing it."""
    return (
        text
        if text.count("{") == text.count("}") and not text.startswith("}")
        else text.replace("{", "(").replace("}", ")")
    )
