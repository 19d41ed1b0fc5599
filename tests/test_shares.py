"""How much of a report is quoted: each word once, however often it is quoted."""

from __future__ import annotations

from pathlib import Path

from variorum import shares
from variorum.edition import load


def quoted(base: Path, *words: str) -> int:
    pieces = "".join(f'      - {{at: s2p1, quote: "{one}"}}\n' for one in words)
    record = base / "docs/annotations/vale-2024/freight-to-road.md"
    record.write_text(
        f"---\nkind: position\nown:\n  - stance: rejects\n    evidence:\n{pieces}by: [tester]\ndate: 2026-11-21\n---\n",
        "utf-8",
    )
    edition = load(base)
    return shares.quoted_words(edition, edition.reports["vale-2024"]) - 1  # the digest quotes a word as well


def test_words_quoted_twice_count_once(base: Path) -> None:
    assert quoted(base, "the dry summer", "the dry summer") == 3
    assert quoted(base, "the dry summer explains", "dry summer") == 4
    assert quoted(base, "the dry summer explains", "summer explains the rest") == 6
    assert quoted(base, "the dry summer", "explains the rest") == 6


def test_the_share_is_known_only_with_a_seal(base: Path) -> None:
    edition = load(base)
    assert shares.text_words(edition, edition.reports["vale-2024"]) is None
    assert shares.budget(edition, edition.reports["vale-2024"]) is None
