"""Coverage, the others on a matter, the walk through a source's places, the time line, the catalogue of the search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum import catalogue, coverage, elsewhere, evidence, quotable, timeline
from variorum.addresses import Address
from variorum.catalogue import Card
from variorum.compare import Row, compare
from variorum.edition import load
from variorum.elsewhere import Stop
from variorum.pages import Press, pairs, people, propositions, records, reports
from variorum.seals import Seal, Sealed
from variorum.words import RELATIONS, RelationType


def test_the_bar_and_the_coverage_note_count_the_same_paragraphs(base: Path) -> None:
    edition = load(base)
    excerpts = evidence.excerpts(edition)
    for key, report in edition.reports.items():
        by_place = evidence.by_place(excerpts[key])
        marks = coverage.marks(report, by_place, coverage.contested(compare(edition)))
        assert [mark.unit for mark in marks] == list(report.units)
        assert coverage.bare(report, by_place) == [mark.unit for mark in marks if not mark.records]
        assert sum(mark.first for mark in marks) == sum(bool(section.units) for section in report.sections)


def test_excerpts_of_one_judgement_stand_together_and_none_is_lost(base: Path) -> None:
    for found in evidence.excerpts(load(base)).values():
        for held in evidence.by_place(found).values():
            groups = coverage.gather(held)
            assert sorted(e.id for group in groups for e in group) == sorted(e.id for e in held)
            assert all(len({(e.slug, e.role) for e in group}) == 1 for group in groups)


def test_the_others_are_all_reports_but_one_and_of_many_those_who_speak(base: Path) -> None:
    edition = load(base)
    row = compare(edition).rows[0]
    first = row.standings[0].report
    assert [one.report for one in elsewhere.others(row, first)] == [key for key in edition.reports if key != first]
    crowd = replace(row, standings=tuple(replace(row.standings[0], report=f"r{n}") for n in range(40)))
    assert len(elsewhere.others(crowd, "r0")) <= elsewhere.MOST_OTHERS


@given(st.integers(2, 12), st.data())
def test_a_walk_leads_round_and_back_by_the_same_way(total: int, data: st.DataObject) -> None:
    places = [Stop("r", f"n{number}") for number in range(total)]
    here = data.draw(st.sampled_from(places))
    walk = elsewhere.walk(places, here)
    assert walk is not None and walk.total == total and places[walk.number - 1] == here
    after = elsewhere.walk(places, walk.after)
    assert after is not None and after.before == here


def test_one_place_is_no_walk() -> None:
    assert elsewhere.walk([Stop("r", "n1")], Stop("r", "n1")) is None
    assert elsewhere.walk([Stop("r", "n1"), Stop("r", "n2")], Stop("r", "n3")) is None


def test_the_original_is_opened_at_the_words(base: Path) -> None:
    whole = next(iter(load(base).reports.values()))
    assert quotable.original(whole, "well-known") == whole.fields.original  # perhaps the publisher’s front page
    path = base / "docs" / "reports" / f"{whole.key}.md"
    told = f"online: {whole.fields.original}#top\noriginal:"
    path.write_text(path.read_text("utf-8").replace("original:", told, 1), "utf-8")
    report = next(one for one in load(base).reports.values() if one.key == whole.key)
    address = quotable.original(report, "well-known, “so” & so")
    assert address.startswith(whole.fields.original + "#:~:text=")
    assert not re.search(r"[-,&“ ]", address.partition("text=")[2])
    assert quotable.original(report, "") == whole.fields.original


def test_a_publisher_s_front_page_is_not_called_the_original(base: Path) -> None:
    key = next(iter(load(base).reports))
    path = base / "docs" / "reports" / f"{key}.md"
    path.write_text(re.sub(r"original: .*", "original: https://aven.example", path.read_text("utf-8")), "utf-8")
    edition = load(base)
    report = next(page.text for page in reports.render(Press(edition)) if page.path == f"reports/{key}.md")
    assert quotable.original(edition.reports[key], "dear") == ""
    assert "Its publisher’s site" in report and ">original</a>" not in report and "Read the original" not in report


def test_the_time_line_keeps_the_order_and_the_badges_apart(base: Path) -> None:
    line = timeline.line(load(base).reports.values())
    assert line is not None
    places = [point.place for point in line.points]
    assert places == sorted(places) and all(0 <= place <= 100 for place in places)
    assert [place for _, place in line.years] == sorted(place for _, place in line.years)
    assert timeline.line([]) is None


def test_reports_of_one_day_stand_above_each_other(base: Path) -> None:
    report = next(iter(load(base).reports.values()))
    line = timeline.line([report] * 4)
    assert line is not None and [point.level for point in line.points] == [0, 1, 2, 3]


def test_of_many_reports_the_line_has_a_bar_for_each_year() -> None:
    here = Address("reports", "year")
    bars = timeline.bars([("1990", 2, here), ("1991", 4, here), ("1999", 1, here), ("undated", 3, here)])
    assert [(bar.year, bar.place, bar.width, bar.height) for bar in bars] == [
        (1990, 0, 10, 50),
        (1991, 10, 10, 100),
        (1999, 90, 10, 25),
    ]
    assert [bar.year for bar in bars if bar.is_named] == [1990]
    assert timeline.bars([("undated", 3, here)]) == ()


def test_every_paragraph_note_and_record_has_its_card(base: Path) -> None:
    edition = load(base)
    cards = list(catalogue.cards(edition))
    places = {card.place for card in cards}
    for key, report in edition.reports.items():
        assert {f"reports/{key}/#{unit}" for unit in report.units} <= places
        assert {f"reports/{key}/#fn:{label}" for label in report.notes} <= places
    assert {f"propositions/{key}/" for key in edition.propositions} <= places
    assert sum(card.kind == "position" for card in cards) == len(edition.positions)
    assert not any(re.search(r"<\w|\[\^|\]\(", card.text) for card in cards if card.kind != "page")


@pytest.mark.parametrize("words", ['"><script>', "a & b", "<b>bold</b>"])
def test_a_card_holds_words_as_words(words: str) -> None:
    html = Card("a/#b", words, words, words).html
    assert "<script" not in html and "<b>" not in html and "& b" not in html.replace("&amp; b", "")


def test_the_words_that_bear_on_a_proposition_are_those_of_its_paragraphs_each_once(base: Path) -> None:
    edition = load(base)
    report = edition.reports["vale-2024"]
    found = [e for e in evidence.excerpts(edition)["vale-2024"] if e.slug == "freight-to-road"]
    places = {excerpt.at for excerpt in found}
    assert len(found) > len([at for at in places if at.startswith("s")]) > 0 and any(
        at.startswith("n") for at in places
    )
    sealed = {place: Sealed("", 10 * number) for number, place in enumerate([*report.units, "n4"], 1)}
    known = replace(edition, seals={"vale-2024": Seal("vale-2024", sealed, frozenset())})
    extent = coverage.extent(known, report, [*found, *found])
    assert set(extent.units) == {at for at in places if at.startswith("s")}
    assert set(extent.notes) == {at for at in places if at.startswith("n")}
    assert extent.words == sum(sealed[unit].words for unit in extent.units)
    assert extent.whole == sum(sealed[unit].words for unit in report.units)
    assert extent.percent == 100 * extent.words / extent.whole


def test_without_a_seal_the_paragraphs_are_counted_and_no_words(base: Path) -> None:
    edition = replace(load(base), seals={})
    report = edition.reports["vale-2024"]
    extent = coverage.extent(edition, report, evidence.excerpts(edition)["vale-2024"])
    assert extent.units and extent.words is extent.whole is extent.percent is None
    assert coverage.extent(edition, report, []).units == ()


def test_a_proposition_page_says_how_much_of_each_report_bears_on_it(base: Path) -> None:
    edition = load(base)
    page = next(page for page in propositions.render(Press(edition)) if page.path == "propositions/freight-to-road.md")
    told = re.findall(r'vr-extent">(.*?)</p>', page.text)
    assert len(told) == sum(slug == "freight-to-road" for _, slug in edition.positions)
    assert all(re.match(r"(<b>[\d,]+</b> of [\d,]+ words|\d+ of \d+ paragraphs) bear on it", one) for one in told)


@pytest.fixture
def divided(base: Path) -> Press:
    """Return an edition in which the speakers of one report differ on a proposition."""
    record = base / "docs/annotations/vale-2024/freight-to-road.md"
    held = re.sub(r"\nby:.*", "", record.read_text("utf-8").split("own:")[0], flags=re.DOTALL)
    own = "".join(
        f"  - stance: {stance}\n    speaker: {speaker}\n    evidence: [{{at: s1p1}}, {{at: s1p1, quote: as it is}}]\n"
        for stance, speaker in (("affirms", "kestrel"), ("rejects", "vale"), ("balanced", "editors"))
    )
    (base / "docs/people/vale.md").write_text("---\nname: Ada Vale\n---\n", "utf-8")
    signed = "confidence: high\nwording: 1\nby: [tester]\ndate: 2026-11-21\nstatus: draft\n"
    record.write_text(f"{held}own:\n{own}{signed}---\n", "utf-8")
    return Press(load(base))


def _axes(press: Press, row: Row) -> Iterator[str]:
    """Yield the axis of a row as it is for few reports and for many."""
    macros = "{% import 'macros.md.j2' as m %}"
    for call in ("m.axis(press, press.matrix, row, here='vale-2024')", "m.crowd(row, 'vale-2024')"):
        yield press._templates.from_string(f"{macros}{{{{ {call} }}}}").render(press=press, row=row)


def test_a_divided_report_stands_on_the_axis_where_each_of_its_authors_does(divided: Press) -> None:
    row = divided.matrix.by_proposition["freight-to-road"]
    assert row.by_report["vale-2024"].cell == "divided"
    few, many = _axes(divided, row)
    assert re.search(r'aria-label="[^"]*Vale divided: rejects, affirms', few)
    assert re.search(r'aria-label="[^"]*; divided: 1"', many)
    for axis in (few, many):
        assert re.findall(r'vr-badge vr-(\w+) vr-divided vr-here">', axis) == ["rejects", "affirms"]


def test_a_divided_report_counts_among_those_that_speak(divided: Press) -> None:
    row = divided.matrix.by_proposition["freight-to-road"]
    assert row.speaking == len(row.stances) + 1
    crowd = replace(row, standings=tuple(replace(row.by_report["vale-2024"], report=f"r{n}") for n in range(40)))
    assert elsewhere.others(crowd, "r0")
    printed = {page.path: page.text for page in (*propositions.render(divided), *pairs.render(divided))}
    assert f"{row.speaking} of {len(divided.matrix.reports)} speak" in printed["propositions/index.md"]
    page = printed["compare/marsh-2019/vale-2024.md"]
    assert "## A report is divided (1)" in page and "freight-to-road" in page.split("{#divided}")[1]
    assert "freight-to-road" not in page.split("{#divided}")[0]


def test_a_digest_is_told_once_for_each_author_with_all_words_taken_from_it(divided: Press) -> None:
    page = next(page for page in propositions.render(divided) if page.path == "propositions/freight-to-road.md")
    body = page.text.split('<section id="vale-2024"')[1].split("</section>")[0]
    assert body.count('class="vr-digest"') == body.count('class="vr-passage"') == body.count("<q ") == 3


def test_who_speaks_in_a_report_is_not_left_without_a_passage(base: Path) -> None:
    (base / "docs/people/vale.md").write_text("---\nname: Ada Vale\n---\n", "utf-8")
    report = base / "docs/reports/vale-2024.md"
    report.write_text(report.read_text("utf-8").replace("{: #s1p1 }", "{: #s1p1 speaker=vale }"), "utf-8")
    pages = {page.path: page.text for page in people.render(Press(load(base)))}
    assert re.search(r'(Author|Speaks) .*href="../../reports/vale-2024/"', pages["people/vale.md"])
    assert "No passage" not in pages["people/vale.md"]
    assert re.search(r'href="vale/".*reports/vale-2024/">(author|speaks)<', pages["people/index.md"])


def test_a_figure_that_is_had_from_somebody_stands_on_their_page(base: Path) -> None:
    figure = "kind: figure\nquantity: freight\nvalue: 12\nstatus: actual\nunit: percent\nat: s1p1\nquote: as it is\n"
    signed = "by: [tester]\ndate: 2026-11-21\n"
    target = base / "docs/annotations/vale-2024/from-both.md"
    target.write_text(f"---\n{figure}attributed_to: I. Kestrel and the guild\n{signed}---\n", "utf-8")
    pages = {page.path: page.text for page in people.render(Press(load(base)))}
    assert re.search(r'vr-kind">figure</span> <span class="vr-soft">attributed by \w+', pages["people/kestrel.md"])
    target.write_text(f"---\n{figure}attributed_to: the Kestrel company\n{signed}---\n", "utf-8")
    pages = {page.path: page.text for page in people.render(Press(load(base)))}
    assert 'vr-kind">figure' not in pages["people/kestrel.md"]


@pytest.mark.parametrize(
    ("names", "family"),
    [
        ("name: Tan Weiming\nsort: Tan, Weiming", "Tan"),
        ("name: Ada van der Weir\nsort: Weir, Ada van der", "Weir"),
        ("name: Ada Weir", "Weir"),
        ("name: Voltaire the Elder\nsort: Voltaire the Elder", "Voltaire the Elder"),
    ],
)
def test_a_person_is_called_by_the_family_name_wherever_it_stands(base: Path, names: str, family: str) -> None:
    (base / "docs/people/weir.md").write_text(f"---\n{names}\nrole: miller\n---\n", "utf-8")
    signed = "by: [tester]\ndate: 2026-11-21\n"
    mention = f"---\nkind: mention\nat: s1p1\nquote: as it is\nperson: weir\nhow: quoted\n{signed}---\n"
    (base / "docs/annotations/vale-2024/mention-weir.md").write_text(mention, "utf-8")
    figure = "kind: figure\nquantity: freight\nvalue: 12\nstatus: actual\nunit: percent\nat: s1p1\nquote: as it is\n"
    record = f"---\n{figure}attributed_to: I. Kestrel and {family}\n{signed}---\n"
    (base / "docs/annotations/vale-2024/from-both.md").write_text(record, "utf-8")
    press = Press(load(base))
    page = next(page.text for page in people.render(press) if page.path == "people/weir.md")
    assert f"{family}’s words, quoted by Vale" in page and 'vr-kind">figure' in page
    assert press.speaker_name("weir") == family


def test_people_stand_in_order_of_their_family_names(base: Path) -> None:
    for key, names in {"tan": "name: Tan Weiming\nsort: Tan, Weiming", "abel": "name: Zoe Abel"}.items():
        (base / f"docs/people/{key}.md").write_text(f"---\n{names}\n---\n", "utf-8")
    listed = next(page.text for page in people.render(Press(load(base))) if page.path == "people/index.md")
    assert listed.index("Zoe Abel") < listed.index("Ida Kestrel") < listed.index("Tan Weiming")


def test_a_mention_in_unsigned_text_is_by_the_editors(base: Path) -> None:
    path = base / "docs/reports/vale-2024.md"
    path.write_text(path.read_text("utf-8").replace("#s1p1 }", "#s1p1 speaker=editors }"), "utf-8")
    mention = "kind: mention\nat: s1p1\nquote: as it is\nperson: kestrel\nhow: named\nby: [tester]\ndate: 2026-11-21"
    (base / "docs/annotations/vale-2024/mention-kestrel.md").write_text(f"---\n{mention}\n---\n", "utf-8")
    page = next(page.text for page in people.render(Press(load(base))) if page.path == "people/kestrel.md")
    assert '>named</span> <span class="vr-soft">by the editors</span>' in page


def test_a_relation_is_told_in_the_same_words_on_every_page(base: Path) -> None:
    for type_ in RelationType:
        relation = f"kind: relation\nfrom: vale-2024#s1p1\nto: marsh-2019#s1p1\ntype: {type_}\n"
        record = f"---\n{relation}by: [tester]\ndate: 2026-11-21\n---\n"
        (base / f"docs/annotations/vale-2024/relation-{type_.lower()}.md").write_text(record, "utf-8")
    press = Press(load(base))
    printed = {page.path: page.text for module in (reports, records, pairs) for page in module.render(press)}
    for type_, words in RELATIONS.items():
        own = printed[f"annotations/vale-2024/relation-{type_.lower()}.md"]
        assert f"<p>{words.capitalize()} <a" in own
        assert f"</span> {words} <a" in printed["reports/vale-2024.md"]
        assert f">{words}</span>" in printed["compare/marsh-2019/vale-2024.md"]
