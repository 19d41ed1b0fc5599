"""The bench's pure parts: ratios and what is wanted of them, the stopwatch, the sources that other tools are given."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench import converter, payload, phases, running, tables
from bench.ratios import Spread, growth, ratios, spread, within
from bench.results import Extra, Measured, Results, verdicts
from corpus import Size, write
from variorum.bibliography import Entry
from variorum.edition import Edition, load


def result(runs: list[Measured], extras: tuple[Extra, ...] = ()) -> Results:
    machine = {"processors": "2", "memory": "4 GB", "system": "Linux", "python": "3.11", "here": "mkdocs 1"}
    return Results(machine, "1 May 2027", "abc", (0.5, 1.5), tuple(runs), extras, ((2.0, 1.5), (4.0, 1.5)))


def measured(size: int, number: int, builder: str, seconds: float, **more: object) -> Measured:
    given: dict[str, object] = {"processor": seconds, "memory": 10, "pages": 1, **more}
    return Measured(size, number, builder, seconds, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return load(write(tmp_path_factory.mktemp("bench"), Size(2, units=12, propositions=2, notes=5, sources=3)))


def test_a_ratio_is_of_the_same_round_and_rounds_without_a_pair_do_not_count() -> None:
    assert ratios({1: 2.0, 2: 9.0, 3: 5.0}, {1: 1.0, 2: 3.0, 4: 1.0}) == Spread(2.0, 2.5, 3.0, 2)
    assert ratios({1: 2.0}, {2: 1.0}) is None
    assert spread([3.0, 1.0, 2.0]) == Spread(1.0, 2.0, 3.0, 3)
    assert Spread(1, 2, 3, 3).show() == "1.00–2.00–3.00"
    assert Spread(2, 2, 2, 1).show() == "2.00"


def test_growth_is_cost_for_each_report() -> None:
    assert growth({100: 50.0, 1000: 1000.0}, 100, 1000) == 2.0
    assert growth({100: 50.0}, 100, 1000) is None


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    assert [within("it", "≤ 1", 1, value).word for value in (None, 1.0, 1.01)] == ["not measured", "met", "missed"]


def test_verdicts_name_what_is_missed() -> None:
    phased = {"load": 1.0, "check": 1.0, "compare": 0.0, "pages": 0.0, "finish": 1.0, "host": 2.0}
    runs = [measured(100, 1, "variorum", 5.0, phases=phased), measured(100, 1, "material", 4.0)]
    runs.append(measured(100, 1, "mkdocs-bibtex", 6.0, processor=3.0))
    runs.append(measured(100, 1, "sphinx", 9.0, failure="was stopped after 9 s"))
    extra = Extra(100, 2_000_000, "shared/index.html", {"word": 300_000}, (3.0,), {}, {})
    words = {one.what: one.word for one in verdicts(result(runs, (extra,)))}
    assert words["100 reports: the whole build over plain Material"] == "met"
    assert words["100 reports: over mkdocs-bibtex, reports alone"] == "missed", (
        "by the processor, though not by the clock"
    )
    assert words["100 reports: over Sphinx, reports alone"] == "not measured"
    assert words["100 reports: the engine’s share of the build"] == "missed"
    assert words["100 reports: the largest page"] == "missed"
    assert words["100 reports: the search payload of one query"] == "met"
    assert words["an edit under `make serve`, this edition"] == "missed", "the slowest edit counts"


def test_the_tables_replace_the_measured_part_of_the_page_and_nothing_else() -> None:
    page = "# Speed\n\nWords.\n\n## Measured\n\nold\n\n### old too\n\n## After\n\nMore.\n"
    runs = [measured(10, 1, "variorum", 3.0), measured(10, 1, "material", 2.0)]
    runs.append(measured(10, 1, "sphinx", 9.0, failure="was stopped after 9 s"))
    made = tables.put(page, result(runs))
    assert made.startswith("# Speed\n\nWords.\n\n## Measured\n") and made.endswith("\n## After\n\nMore.\n")
    assert "old" not in made
    assert "| This build | 1.50 |" in made
    assert "was stopped after 9 s" in made
    assert tables.put(made, result(runs)) == made
    with pytest.raises(ValueError, match="Measured"):
        tables.put("# Speed\n", result(runs))


def test_the_stopwatch_charges_the_inner_phase_and_each_step_of_a_generator(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(phases.time, "perf_counter", lambda: now[0])
    watch = phases.Stopwatch()

    def passing(seconds: float) -> None:
        now[0] += seconds

    compare = watch.around("compare", lambda: passing(2))

    def render():  # type: ignore[no-untyped-def]
        for _ in range(2):
            passing(1)
            compare()
            yield None

    for _ in watch.around("pages", render)():
        passing(10)
    told = watch.end()
    assert (told["pages"], told["compare"], told["host"]) == (2, 4, 20)


def test_what_is_timed_is_still_there() -> None:
    assert set(phases.functions()) == set(phases.PHASES)


def test_sphinx_is_given_the_same_texts_notes_and_works(edition: Edition) -> None:
    files = dict(converter.sphinx(edition))
    page = files["reports/report-0.md"]
    report = edition.reports["report-0"]
    assert all(unit.digest in page for unit in report.units.values())
    assert re.findall(r"^\[\^(\d+)\]: ", page, re.MULTILINE) == list(report.notes)
    assert page.count("{cite:p}`work-") == 5 and "[@" not in page
    assert files["works.bib"].count("@article{work-") == 6
    assert all(f"\nreports/{key}\n" in files["index.md"] for key in edition.reports)
    assert not any(path.startswith("annotations/") for path in files)


def test_beyond_a_dozen_the_reports_leave_the_navigation_of_the_others_as_of_ours(tmp_path: Path) -> None:
    many = load(write(tmp_path, Size(13, units=1, propositions=1, notes=1, sources=1)))
    files = dict(converter.sphinx(many))
    assert files["index.md"].count("](reports/report-") == 13
    assert "\nreports/report-0\n" not in files["index.md"]
    assert files["reports/report-0.md"].startswith("---\norphan: true\n")


def test_mkdocs_bibtex_keeps_the_brackets_and_records_become_pages_on_request(edition: Edition) -> None:
    files = dict(converter.mkdocs_bibtex(edition, records=True))
    assert files["docs/reports/report-1.md"].count("[@work-") == 5
    records = [path for path in files if path.startswith("docs/annotations/")]
    assert len(records) == len(edition.annotations) == 4
    own = next(record for key, record in edition.annotations.items() if getattr(record.fields, "own", "") != "silent")
    assert any(own.body.strip() in text for text in files.values())


def test_a_work_is_written_as_bibtex_readers_want_it(edition: Edition) -> None:
    known: Entry = edition.entries["report-0"]
    held = converter.bib(edition)
    assert f"@techreport{{report-0,\n  title = {{{known.title}}}," in held
    assert re.search(r"@article\{work-0,\n.*  journal = \{.+\},\n.*  year = \{\d{4}\},\n  author = \{", held, re.DOTALL)
    assert "journaltitle" not in held and "@report{" not in held


def test_memory_is_that_of_a_process_and_its_children() -> None:
    code = "import sys; held = bytearray(80_000_000); print('ready', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout and child.stdout.readline()
        assert running.resident(child.pid) > 80_000_000
        assert running.resident(os.getpid()) > 80_000_000 + running.resident(child.pid) // 2
        child.communicate()


def test_searches_are_for_common_middling_and_rare_words() -> None:
    assert payload.queries(["road road road toll", "road toll barge of the"]) == ["road", "toll", "barge", "road toll"]
    assert payload.queries([]) == []


def test_the_page_on_speed_has_the_part_that_is_printed() -> None:
    page = (Path(__file__).parent.parent / "docs" / "about" / "performance.md").read_text("utf-8")
    assert page.count(f"\n{tables.HEADING}\n") == 1
