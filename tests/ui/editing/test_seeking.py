"""Going from hit to hit and from finding to finding."""

import pytest

from annotator.core.annotations import Entity
from annotator.core.edits import Change, Edit
from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.ui.editing import seeking
from annotator.ui.editing.searching import Wanted
from annotator.ui.editing.seeking import end_find, go_to_first_hit, show_finding
from annotator.ui.editing.words import Selection

TEXT = "کوردستان جوانە. لە كوردستان بوو؛ کوردستانیش و کوردستان هات"


def sought(d, words, **choices):
    """Ask as the find bar does."""
    d.editor.search.look_for(Wanted(words, **choices))
    return d


def at_hit(d):
    return d.editor.search.number_of(d.editor.selection.span)


@pytest.fixture
def found(desk):
    d = desk(TEXT)
    d.press("Slash")
    sought(d, "کوردستان")
    go_to_first_hit(d.editor)
    return d


def test_the_bar_is_asked_for_with_what_is_selected(desk):
    d = desk(TEXT)
    heard = []
    d.editor.search_wished.add(heard.append)
    d.press("Slash Escape")
    d.select("جوانە").press("Ctrl+F")
    sought(d, "بوو")
    d.select("هات").press("Slash Escape")
    d.at("هات").press("Slash")
    assert heard == ["", "جوانە", "بوو", "بوو"]


def test_hits_are_found_whatever_their_encoding(found):
    assert [hit.of(TEXT) for hit in found.editor.search.hits] == [
        "کوردستان",
        "كوردستان",
        "کوردستان",
        "کوردستان",
    ]


def test_loose_spelling_and_whole_words(desk):
    d = desk("گەورە و گهوره و گەورەتر")
    assert len(sought(d, "گەورە").editor.search.hits) == 2
    assert len(sought(d, "گەورە", is_loose=True).editor.search.hits) == 3
    hits = sought(d, "گەورە", is_loose=True, is_whole=True).editor.search.hits
    assert [hit.of(d.text) for hit in hits] == ["گەورە", "گهوره"]


def test_the_first_hit_is_the_one_from_the_caret_on(desk):
    d = desk(TEXT)
    d.at("بوو").press("Slash")
    sought(d, "کوردستان")
    go_to_first_hit(d.editor)
    assert at_hit(d) == 3
    sought(d, "جوانە")
    go_to_first_hit(d.editor)
    assert d.editor.selection.span.of(d.text) == "جوانە"
    sought(d, "نییە")
    go_to_first_hit(d.editor)
    assert d.editor.selection == Selection.at(d.span("بوو").start)


def test_next_and_previous_go_round_and_say_so(found):
    d = found
    d.press("F3 F3 F3")
    assert (at_hit(d), d.told) == (4, [])
    d.press("F3")
    assert (at_hit(d), d.last[0]) == (1, "notice.search_round_end")
    d.press("Shift+F3")
    assert (at_hit(d), d.last[0]) == (4, "notice.search_round_start")
    d.press("Shift+F3")
    assert at_hit(d) == 3


def test_from_elsewhere_the_next_hit_is_the_one_after_the_caret(found):
    d = found
    d.at("بوو").press("F3")
    assert at_hit(d) == 3
    d.at("بوو").press("Shift+F3")
    assert at_hit(d) == 2
    d.editor.place(Selection.at(0))
    d.press("F3")
    assert at_hit(d) == 1


def test_a_count_skips_hits(found):
    found.press("Alt+2 F3")
    assert at_hit(found) == 3


def test_a_hit_can_be_marked(found):
    end_find(found.editor, is_kept=True)
    found.press("F3 3")
    (mention,) = found.set.mentions()
    assert mention.fragments.spans == (found.span("كوردستان"),)


def test_ending_the_search_keeps_the_hit_or_goes_back(desk):
    d = desk(TEXT)
    d.select("جوانە").press("Slash")
    sought(d, "کوردستان")
    go_to_first_hit(d.editor)
    end_find(d.editor, is_kept=False)
    assert d.editor.selection.span == d.span("جوانە")
    d.press("F3")
    end_find(d.editor, is_kept=False)
    assert at_hit(d) == 2


def test_nothing_is_found(desk):
    d = sought(desk(TEXT), "سلێمانی")
    d.press("F3")
    assert d.refusal() == "refused.no_hits"


def test_without_words_the_next_hit_asks_for_them(desk):
    d = desk(TEXT)
    heard = []
    d.editor.search_wished.add(heard.append)
    d.press("F3")
    assert heard == [""]


def test_one_can_look_for_things_while_a_question_is_open(desk):
    d = desk("[کۆبووەوە]Contact.Meet لە هەولێر")
    d.at("کۆبووەوە").press("Enter P")
    assert d.mode() == "TargetPicker"
    heard = []
    d.editor.search_wished.add(heard.append)
    d.press("Slash")
    assert (heard, d.mode()) == ([""], "TargetPicker")


def test_hits_in_a_stretch(found):
    search = found.editor.search
    second, third = search.hits[1:3]
    assert list(search.within(Span(second.end - 1, third.start + 1))) == [second, third]
    assert list(search.within(Span(second.end, third.start))) == []
    assert (search.number_of(None), search.number_of(Span(0, 3))) == (0, 0)


FAULTY = "[هەولێر ]GPE=E1 هات و [ئەحمەد ]PER=E2 بوو"


def rules(d):
    return [said.rule for said in d.editor.findings.findings]


def test_findings_are_gone_through_round_and_round(desk):
    d = desk(FAULTY)
    d.editor.place(Selection.at(len(d.text)))
    d.press("F8")
    first = d.editor.findings.findings[0]
    key, values = d.last
    assert (key, values["severity"]) == ("notice.finding", "error")
    assert values["sentence"] == d.catalogue.text(first.key, **dict(first.values))
    assert (d.editor.selection, d.editor.selected) == (Selection.at(0), "T1")
    seen = []
    for chord in ("F8", "F8", "Shift+F8", "Shift+F8"):
        d.press(chord)
        seen.append(d.editor.selected)
    assert seen == ["T2", "T1", "T2", "T1"]


def test_two_findings_at_one_place_are_both_visited(desk):
    d = desk("[هەولێر هات. ئەحمەد ]PER=E1 بوو. [سۆران ]GPE=E2 هات")
    rules_seen = []
    for _ in range(3):
        d.press("F8")
        rules_seen.append((d.editor.selected, d.editor.finding.rule))
    assert rules_seen == [("T1", "V04"), ("T1", "V14"), ("T2", "V04")]
    d.press("Shift+F8")
    assert d.editor.finding.rule == "V14"


def test_hints_come_when_nothing_weightier_is_left(desk):
    d = desk("[کوردستا]GPE=E1نیش و [سۆران ]GPE=E2 هات")
    d.press("F8 F8")
    assert d.editor.selected == "T2"
    d.press("Alt+Shift+Right F8")
    assert (d.editor.selected, d.last[1]["severity"]) == ("T1", "hint")


def test_a_mended_finding_is_not_gone_to(desk):
    d = desk(FAULTY)
    d.press("F8 Alt+Shift+Right F8")
    assert d.editor.selected == "T2"
    d.press("F8")
    assert d.editor.selected == "T2"


def test_in_a_long_document_what_changed_since_the_check_is_passed_over(desk, monkeypatch):
    monkeypatch.setattr(seeking, "QUICK_CHECK", 10)
    d = desk(FAULTY)
    d.press("F8")
    assert d.last[0] == "notice.still_checking"
    d.editor.findings.refresh()
    d.at("هەولێر").press("Alt+Shift+Right")
    d.editor.place(Selection.at(0))
    d.press("F8")
    assert d.editor.selected == "T2"
    assert d.editor.findings.is_stale


def test_nothing_is_found_by_the_rules(desk):
    d = desk("هات")
    before = d.state()
    d.press("F8")
    assert (d.last[0], d.state()) == ("notice.no_findings", before)


def test_what_concerns_only_the_text_selects_the_words(desk):
    d = desk("هات\x07 و")
    d.press("F8")
    assert d.editor.findings.findings[0].record is None
    assert d.editor.selection.span == d.editor.findings.findings[0].span


def test_what_has_no_place_is_only_said(desk):
    d = desk("هات")
    unused = Entity(RecordId("E1"), "GPE", "دهۆک")
    d.open.perform(Edit("edit.link_entity", (Change(None, unused),)))
    d.editor.findings.refresh()
    before = d.editor.selection
    show_finding(d.editor, d.editor.findings.findings[0])
    assert d.last[0] == "notice.finding"
    assert d.editor.selection == before
    d.press("F8")
    assert d.last[0] == "notice.no_findings"


def test_a_required_role_that_is_missing_is_found_and_called_by_name(desk):
    d = desk("[کۆبووەوە]Contact.Meet لە هەولێر", language="ckb")
    d.editor.place(Selection.at(len(d.text)))
    d.press("F8")
    assert "V32" in rules(d)
    role = d.editor.scheme.event_type("Contact.Meet").roles[0]
    assert d.editor.say(role.name) in d.last[1]["sentence"]
    assert role.id not in d.last[1]["sentence"]
    assert d.editor.selected == "EV1"
    d.press("Enter")
    assert d.mode() == "EventFrame"
