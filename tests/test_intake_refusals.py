"""Bad input gets a sentence and an exit code, never a traceback; correction files are checked as strictly."""

from pathlib import Path

import pytest

from variorum.commands.intake import write_scaffold
from variorum.intake import Refusal, read
from variorum.intake.command import run
from variorum.intake.reading import source_of

PDF = (Path(__file__).parent / "intake" / "cases" / "pdf" / "endnotes.pdf").read_bytes()
SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("latin.txt", "Caf\xe9\n".encode("latin-1") * 9, "not in UTF-8"),
        ("binary.txt", bytes(range(256)) * 40, "binary file"),
        ("paper.txt", PDF, "not a text file"),
        ("numbers.txt", b"12 13\n14\n", "no words"),
        ("spoilt.txt", ("\ufffd" * 20 + "ab").encode(), "earlier conversion"),
        ("short.pdf", PDF[: len(PDF) // 2], "cut short"),
        ("scan.pdf", SCAN, "pictures of pages"),
        ("damaged.pdf", b"%PDF-1.4\n" + bytes(range(256)) + b"%%EOF", "damaged"),
        ("page.pdf", b"<html></html>", "no PDF"),
        ("nothing.html", b"<html><body><script>1</script><div></div></body></html>", "no text"),
        ("report.docx", b"PK", "import reads"),
    ],
)
def test_refusals(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    """Say what is wrong with the file."""
    path = tmp_path / name
    path.write_bytes(data)
    code, message = run(path, "any")
    assert code == 1 and says in message and name in message and "Traceback" not in message


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    """Refuse 200 MB by the size alone."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert "200 MB" in run(path, "any")[1]


def test_an_encrypted_pdf_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    """Name the password as the reason."""
    path = tmp_path / "locked.pdf"
    path.write_bytes((Path(__file__).parent / "intake" / "cases" / "locked" / "locked.pdf").read_bytes())
    assert "password" in run(path, "any")[1]


def corrected(
    folder: Path, rows: str, text: str = "Heading One\n\nA first sentence stands here.\n\nAnd a second one.\n"
) -> tuple[Path, Path]:
    """Write a text and a correction file for it."""
    source, file = folder / "report.txt", folder / "report.yml"
    source.write_text(text, encoding="utf-8")
    hashes = {f"HASH{line.number}": line.hash for line in source_of(source).lines}
    for name, value in hashes.items():
        rows = rows.replace(name, value)
    file.write_text(f"corrections:\n{rows}", encoding="utf-8")
    return source, file


def test_corrections_apply(tmp_path: Path) -> None:
    """Join, drop and mend by line and hash."""
    rows = (
        '  - {line: 5, hash: "HASH5", do: join, reason: sense}\n'
        '  - {line: 3, hash: "HASH3", do: mend, value: {from: first, to: last}, reason: sense}\n'
    )
    source, file = corrected(tmp_path, rows)
    assert [unit.text for unit in read(source, "any", file).units] == ["A last sentence stands here. And a second one."]
    source, file = corrected(tmp_path, '  - {line: 5, hash: "HASH5", do: drop, value: caption, reason: sense}\n')
    intake = read(source, "any", file)
    assert [unit.text for unit in intake.units] == ["A first sentence stands here."]
    assert ("caption", 5) in [(piece.kind, piece.line) for piece in intake.furniture]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ('  - {line: 5, hash: "000000000000", do: join, reason: sense}\n', "has changed"),
        ('  - {line: 4, hash: "000000000000", do: join, reason: sense}\n', "no such line"),
        ('  - {line: 5, hash: "HASH5", do: join}\n', "`reason` is missing"),
        ('  - {line: 5, hash: "HASH5", do: glue, reason: sense}\n', "`do` must be one of"),
        (
            '  - {line: 5, hash: "HASH5", do: mend, value: {from: x1, to: y}, reason: sense}\n',
            "does not stand in the line",
        ),
        ("  - 5\n", "an entry is a mapping"),
    ],
)
def test_corrections_that_do_not_fit_are_errors(tmp_path: Path, rows: str, says: str) -> None:
    """Never skip a correction in silence."""
    source, file = corrected(tmp_path, rows)
    with pytest.raises(Refusal, match=says):
        read(source, "any", file)


def test_scaffold_never_overwrites(tmp_path: Path) -> None:
    """Write a page once, and leave it alone afterwards."""
    source, _ = corrected(
        tmp_path, "", "Dear Water\n\nIntroduction\n\nIt is dear.1\n\nNotes\n\n1. Vale, Locks, 2019.\n"
    )
    (tmp_path / "report.yml").unlink()
    code, _ = write_scaffold(source, "vale-2024", tmp_path)
    page = (tmp_path / "docs" / "reports" / "vale-2024.md").read_text(encoding="utf-8")
    assert code == 0 and "## Introduction {#s1}" in page and "[^1]\n{: #s1p1 }" in page and page.endswith("[^1]: …\n")
    assert write_scaffold(source, "vale-2024", tmp_path)[0] == 1
