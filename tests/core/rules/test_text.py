"""Rules of the text: where the pieces of annotations may begin and end."""

import pytest

from annotator.core.annotations import Mention, QuoteType
from annotator.core.document import Segmentation
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span
from tests.builders import changed, edited_facts, facts, scheme, with_records
from tests.core.rules.told import findings_of, told


def test_a_piece_past_the_end_of_the_text_is_an_error_and_no_other_text_rule_stumbles():
    ghost = Mention(RecordId("T9"), "PER", Fragments.at(2, 99))
    odd = edited_facts("سەلام", lambda a: with_records(a, ghost))
    assert told(odd, "V02") == ["E T9 لام"]
    for rule in ("V04", "V05", "V06", "V07", "V08", "V09", "V14"):
        assert told(odd, rule) == []
    assert told(facts("[سەلام]PER"), "V02") == []


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[ئازاد ]PER هات", ["E T1 ئازاد "]),
        ("لە[ هەولێر]GPE", ["E T1  هەولێر"]),
        ("[گفتوگۆ]Contact.Meet لە[\u00a0هەولێر]EV1.Place", ["E EV1 \u00a0هەولێر"]),
        ("[وتی ]Q1.cue «[باشە]direct»", ["E Q1 وتی "]),
        ("[ئازاد]PER لە [هەولێر]GPE", []),
    ],
)
def test_no_piece_begins_or_ends_with_space(notation, expected):
    assert told(facts(notation), "V04") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeffسەلام", ["bom E \ufeff"]),
        ("سەلام\ufeff", []),
        ("یەک\rدوو\r", ["return E \r"]),
        ("\x00یەک\x07", ["control E \x00"]),
        ("\ud800سەلام", ["surrogate E \ud800"]),
        ("یەک\tدوو\nسێ\u200cچوار", []),
    ],
)
def test_forbidden_characters_are_told_once_for_each_kind(text, expected):
    assert told(facts(text), "V05") == expected


def test_the_number_of_forbidden_characters_is_told():
    (said,) = findings_of(facts("یەک\rدوو\r"), "V05")
    assert said.values == (("place", 3), ("count", 2))


def test_edges_inside_a_grapheme_cluster_are_errors():
    def is_boundary(text, offset):
        return offset != 3

    clusters = facts("[ئازا]PERد [هێز]ORG", is_boundary=lambda text, offset: offset != 4)
    assert told(clusters, "V06") == ["grapheme E T1 ئازا"]
    assert told(facts("ئاز[اد]PER", is_boundary=is_boundary), "V06") == ["grapheme E T1 اد"]
    assert told(facts("[ئازاد]PER"), "V06") == []


def test_a_joiner_alone_at_an_edge_is_an_error():
    def orphans(text, span):
        return text[span.end - 1] == "\u200c"

    assert told(facts("[ئازاد\u200c]PER", orphans_joiner=orphans), "V06") == [
        "joiner E T1 ئازاد\u200c"
    ]
    assert told(facts("[ئازاد]PER", orphans_joiner=orphans), "V06") == []


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[ئازاد،]PER هات", ["W T1 ئازاد،"]),
        ('["ئازاد"]PER هات', ['W T1 "ئازاد"', 'W T1 "ئازاد"']),
        ("[.]PER", ["W T1 ."]),
        ("[ئازاد.]PER", ["W T1 ئازاد."]),
        ("[د.]TITLE ئازاد", []),
        ("[پ.د.]TITLE ئازاد", []),
        ("[٥.]PER", ["W T1 ٥."]),
        ("وتی: «[دێین.]direct»", []),
        ("وتی: «[دێین. ]direct »", []),
        ("وتی [دێین.]indirect", ["W Q1 دێین."]),
        ("وتی [دێین.]indirect پاشان", ["W Q1 دێین."]),
        ("وتی «[دێین،]direct»", ["W Q1 دێین،"]),
        ("[دێین؟]indirect", []),
        ("[ئازاد]PER، هات.", []),
    ],
)
def test_punctuation_at_the_edges(notation, expected):
    assert told(facts(notation), "V07") == expected


def test_a_mixed_quote_may_begin_with_its_own_mark_and_a_direct_one_may_not():
    mixed = facts('["نایەکسانی" زۆرە]mixed')
    marked = [Span(0, 1), Span(10, 11)]
    whole = edited_facts('["نایەکسانی" زۆرە]mixed', lambda a: changed(a, "Q1", marks=tuple(marked)))
    assert told(mixed, "V07") == ['W Q1 "نایەکسانی" زۆرە']
    assert told(whole, "V07") == []
    direct = edited_facts(
        '["نایەکسانی" زۆرە]mixed',
        lambda a: changed(a, "Q1", marks=tuple(marked), type=QuoteType.DIRECT),
    )
    assert told(direct, "V07") == ['W Q1 "نایەکسانی" زۆرە']


def test_fragments_that_only_a_space_divides_are_one():
    assert told(facts("[ئازاد]PER [کەریم]T1.part"), "V08") == ["gap W T1 ئازاد کەریم"]
    assert told(facts("[پێشوازی]Contact.Meet لێ [کرد]EV1.trigger"), "V08") == []


def test_marks_in_disorder_are_an_error():
    marks = (Span(5, 6), Span(4, 5))
    odd = edited_facts("وتی «[باشە]direct»", lambda a: changed(a, "Q1", marks=marks))
    assert told(odd, "V08") == ["marks E Q1 باشە"]
    assert told(facts("وتی «[باشە]direct»"), "V08") == []


def test_edges_off_the_tokens_weigh_by_the_boundary_policy():
    notation = "لە [عێراق]GPEدا و [هەولێر]GPE"
    assert told(facts(notation), "V09") == ["W T1 عێراق"]
    by_stem = facts(notation, scheme=scheme(boundary_policy="stem"))
    assert told(by_stem, "V09") == ["I T1 عێراق"]


def before_da(text, span):
    """A word may be cut before دا."""
    return (span.end, span.end - 2) if text[: span.end].endswith("دا") else (span.end,)


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("لە [عێراق]GPEدا", []),
        ("لە [باکووری عێراق]GPEدا", []),
        ("لە [عێرا]GPEقدا", ["I T1 عێرا"]),
        ("لە ع[ێراق]GPEدا", ["I T1 ێراق"]),
        ("لە[ ]GPEعێراقدا", ["I T1  "]),
    ],
)
def test_an_end_before_clitics_is_right_where_the_guideline_cuts_at_the_stem(notation, expected):
    by_stem = facts(notation, scheme=scheme(boundary_policy="stem"), stem_ends=before_da)
    assert told(by_stem, "V09") == expected


def test_an_end_before_clitics_is_none_where_the_guideline_takes_whole_words():
    assert told(facts("لە [عێراق]GPEدا", stem_ends=before_da), "V09") == ["W T1 عێراق"]


def test_marks_need_not_be_tokens():
    whole_words = Segmentation((Span(0, 3), Span(5, 9)), (Span(0, 10),), (Span(0, 10),))
    assert told(facts("وتی «[باشە]direct»", segmentation=whole_words), "V09") == []


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[ئازاد هات. سارا]PER چوو.", ["sentence W T1 ئازاد هات. سارا"]),
        ("[ئازاد هات\nسارا]PER چوو", ["paragraph E T1 ئازاد هات\nسارا"]),
        ("«[ئازاد هات. سارا چوو]direct»", []),
        ("«[ئازاد هات\nسارا چوو]direct»", ["paragraph E Q1 ئازاد هات\nسارا چوو"]),
        ("«[ئازاد هات]direct\n[سارا چوو]Q1.content»", []),
        (
            "[پێشوازی]Contact.Meet هەبوو. باش [کرا]EV1.trigger.",
            ["sentence W EV1 پێشوازی هەبوو. باش کرا"],
        ),
        ("[وتی]Q1.cue [هات]indirect. پاشان [گوتیشی]Q1.cue.", []),
        ("[کۆبوونەوە]Contact.Meet لە [ماڵ. لە باغ]EV1.Topic", ["sentence W EV1 ماڵ. لە باغ"]),
        ("[ئازاد هات.]PER سارا چوو.", []),
    ],
)
def test_sentences_and_paragraphs_are_crossed_only_by_contents(notation, expected):
    assert told(facts(notation), "V14") == expected
