"""Coders' sheets: what is wrong in them is told, and agreement is what it is."""

from __future__ import annotations

from itertools import product
from math import isclose, isnan, nan
from pathlib import Path

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum import cli, codings
from variorum.compare import compare
from variorum.edition import load
from variorum.source import Source
from variorum.words import PLACES, Nothing, Stance

HEAD = "report,proposition,speaker,voice,stance,unit,date\n"


def sheet(coder: str, *lines: str) -> codings.Sheet:
    read, findings = codings.read(Source(f"docs/codings/{coder}.csv", HEAD + "".join(line + "\n" for line in lines)))
    assert findings == []
    return read


def test_a_wrong_value_is_told_with_the_nearest_and_the_others_count() -> None:
    text = HEAD + "r,p,,own,afirms,s1p1,2026-01-01\nr,q,,own,silent,,2026-01-01\n"
    read, (found,) = codings.read(Source("docs/codings/a.csv", text))
    assert (found.place.line, found.place.column, found.hint) == (2, 10, "did you mean `affirms`?")
    assert [coding.proposition for coding in read.codings] == ["q"]


def test_a_sheet_without_its_columns_is_told() -> None:
    _, (found,) = codings.read(Source("docs/codings/a.csv", "report,stance\n"))
    assert found.rule == "coding-sheet"


def test_agreement_counts_verdicts_and_silence() -> None:
    a = sheet(
        "a", "r,p,,own,affirms,s1p1,d", "r,q,,own,silent,,d", "r,s,,own,rejects,s1p1,d", "r,t,,own,balanced,s1p1,d"
    )
    b = sheet(
        "b",
        "r,p,,own,affirms,s1p1,d",
        "r,q,,own,leans-affirm,s1p1,d",
        "r,s,,own,rejects,s1p1,d",
        "r,t,,own,balanced,s1p1,d",
    )
    found = codings.agreement([a, b], [("r", one) for one in "pqst"])
    assert (found.cells, found.same, found.same_on_silence, found.alpha) == (4, 3, 3, 1.0)
    assert found.differences == (codings.Difference("r", "q", (("a", Nothing.SILENT), ("b", Stance.LEANS_AFFIRM))),)


def by_the_library(units: list[list[float]]) -> float | None:
    """Return what the published library says of units, where it says anything; `nan` stands for a missing value."""
    given = said(units)
    if len({value for values in given for value in values}) < 2 or all(len(values) < 2 for values in given):
        return None
    found = float(krippendorff.alpha(reliability_data=list(zip(*units, strict=True)), level_of_measurement="ordinal"))
    return None if isnan(found) else found


def said(units: list[list[float]]) -> list[list[float]]:
    return [[value for value in values if not isnan(value)] for values in units]


def test_alpha_is_that_of_the_example_in_the_literature() -> None:
    coders = ("123321412", "1233224125 3", " 3332342251", "12332441251")  # Krippendorff 2011, four observers
    units = list(zip(*(f"{coder:12}" for coder in coders), strict=True))
    found = codings.ordinal_alpha([[float(value) for value in values if value != " "] for values in units])
    assert found is not None and round(found, 3) == 0.815


@given(
    st.integers(2, 4).flatmap(
        lambda coders: st.lists(
            st.lists(st.sampled_from([-2.0, -1.0, 0.0, 1.0, 2.0, nan]), min_size=coders, max_size=coders),
            min_size=1,
            max_size=12,
        )
    )
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # the library divides by nothing where alpha is not defined
def test_alpha_is_the_library_s(units: list[list[float]]) -> None:
    theirs, ours = by_the_library(units), codings.ordinal_alpha(said(units))
    assert theirs is ours is None or (theirs is not None and ours is not None and isclose(theirs, ours, abs_tol=1e-9))


def test_alpha_of_this_edition_s_sheets_is_the_library_s() -> None:
    edition = load(Path(__file__).parent.parent)
    cells = [sheet.cells for sheet in edition.codings]
    for reports in [list(edition.reports), *([key] for key in edition.reports)]:
        pairs = list(product(reports, edition.propositions))
        units = [
            [float(PLACES[value]) if isinstance(value := held[pair], Stance) else nan for held in cells]
            for pair in pairs
        ]
        ours, theirs = codings.agreement(edition.codings, pairs).alpha, by_the_library(units)
        assert ours is not None and theirs is not None and isclose(ours, theirs, abs_tol=1e-12)


def test_speakers_are_joined_as_in_the_matrix() -> None:
    read = sheet(
        "a",
        "r,p,vale,own,affirms,s1p1,d",
        "r,p,lind,own,leans-affirm,s1p2,d",
        "r,q,vale,own,affirms,s1p1,d",
        "r,q,lind,own,rejects,s1p2,d",
    )
    assert read.cells == {("r", "p"): Stance.LEANS_AFFIRM, ("r", "q"): Nothing.DIVIDED}


def test_a_difference_that_nobody_settled_makes_the_cell_disputed(base: Path) -> None:
    folder = base / "docs" / "codings"
    folder.mkdir()
    for coder, stance in (("tester", "leans-reject"), ("other", "rejects")):
        line = f"vale-2024,freight-to-road,,own,{stance},s2p1,2026-11-21\n"
        (folder / f"{coder}.csv").write_text(HEAD + line, "utf-8")

    def disputed() -> bool:
        row = compare(load(base)).by_proposition["freight-to-road"]
        return next(cell.disputed for cell in row.standings if cell.report == "vale-2024")

    assert disputed()
    record = base / "docs/annotations/vale-2024/freight-to-road.md"
    record.write_text(
        record.read_text("utf-8").replace("wording: 1", "wording: 1\nruling: The drought is granted."), "utf-8"
    )
    assert not disputed()


def test_a_coder_is_asked_pair_by_pair_and_shown_no_position(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["nonsense", "affirms", "s1p1", ""])
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers))
    assert cli.main(["--root", str(base), "code", "tester"]) == 0
    written = (base / "docs/codings/tester.csv").read_text("utf-8")
    assert "marsh-2019,freight-to-road,,own,affirms,s1p1," in written
    assert "some bulk cargo" not in capsys.readouterr().out


def test_a_handle_that_no_editor_has_codes_nothing(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["--blank", str(base / "sheet.csv")]):
        assert cli.main(["--root", str(base), "code", "testre", *more]) == 2
        said = capsys.readouterr()
        assert "docs/editors/ has no `testre` (did you mean `tester`?)" in said.err
        assert said.out == "" and not (base / "sheet.csv").exists()


def test_a_blank_sheet_is_filled_in_and_taken_back(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "sheet.csv"
    assert cli.main(["--root", str(base), "code", "tester", "--blank", str(blank)]) == 0
    capsys.readouterr()
    assert cli.main(["--root", str(base), "code", "tester", "--take", str(blank)]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"variorum: {blank} is not filled in yet: 4 pairs have no stance\n")
    blank.write_text(blank.read_text("utf-8").replace(",own,,,", ",own,silent,,2026-11-21", 1), "utf-8")
    assert cli.main(["--root", str(base), "code", "tester", "--take", str(blank)]) == 1
    told = capsys.readouterr().out
    assert (told.count("not coded: "), told.count("error[")) == (3, 0)
    blank.write_text(blank.read_text("utf-8").replace(",own,,,", ",own,silent,,2026-11-21"), "utf-8")
    assert cli.main(["--root", str(base), "code", "tester", "--take", str(blank)]) == 0
    assert len(load(base).codings[0].codings) == 4
