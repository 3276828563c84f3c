"""Rules of the mention layer."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import MentionLevel
from tests.builders import changed, edited_facts, facts, scheme
from tests.core.rules.told import told


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[[ئازاد]PER]PER", ["mention E T2 ئازاد"]),
        ("[[ئازاد]PER]ORG", []),
        ("[ئازاد]PER و [ئازاد]PER", []),
        ("[[باشە]indirect]indirect", ["quote E Q2 باشە"]),
        ("[[باشە]indirect]mixed", []),
    ],
)
def test_exact_duplicates(notation, expected):
    assert told(facts(notation), "V15") == expected


def crossed(notation, **ends):
    """The facts of the notation with the ends of some mentions moved."""

    def edit(annotations):
        for identifier, end in ends.items():
            old = annotations.mention(identifier).fragments
            span = replace(old.spans[0], end=end)
            moved = replace(old, spans=(span, *old.spans[1:]))
            annotations = changed(annotations, identifier, fragments=moved)
        return annotations

    return edited_facts(notation, edit)


def test_crossing_mentions_are_told_at_the_later_one():
    assert told(crossed("[یەک دوو]PER سێ", T1=5), "V16") == []
    both = crossed("[یەک]ORG [دوو سێ]ORG چوار", T1=7)
    assert told(both, "V16") == ["crossing W T2 دوو سێ"]


def test_each_later_fragment_names_one_mention_that_it_crosses():
    three = crossed("[ا]ORG [ب]ORG [پ]ORG ت", T1=4, T2=6, T3=7)
    assert told(three, "V16") == ["crossing W T2 ب پ ", "crossing W T3 پ ت"]


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[سەرۆکی [ئەمریکا]GPE]TITLE", []),
        ("[شاری [ئازاد]PER]GPE", ["nesting W T2 ئازاد"]),
        ("[سەرۆکی [لیژنەی [ئەمریکا]GPE]ORG]TITLE", []),
        ("[[ئازاد]PER کەریم]PER", ["nesting W T2 ئازاد"]),
        ("[شاری [ئازاد]NEW]GPE", []),
        ("[شاری [ئازاد]PER]NEW", []),
        ("[ئازاد]PER و [سارا]PER", []),
        ("[[ئازاد]PER]TITLE", []),
        ("[[باڵی [ئازاد]PER]ORG]TITLE", []),
    ],
)
def test_nesting_follows_the_matrix_of_the_scheme(notation, expected):
    assert told(facts(notation), "V16") == expected


def test_what_lies_in_the_gap_of_a_discontinuous_mention_is_not_nested_in_it():
    assert told(facts("[سەرۆکی]ORG [سارا]PER [پێشوو]T1.part"), "V16") == []


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[[بەغدا]GPE]ORG", ["W T2 بەغدا"]),
        ("[[سەرۆک]PER]TITLE", []),
        ("[بەغدا]GPE و [بەغدا]ORG", []),
    ],
)
def test_two_labels_on_one_piece_of_text(notation, expected):
    assert told(facts(notation), "V17") == expected


def test_labels_for_import_only_are_warned_about():
    assert told(facts("[شتێک]MISC و [ئازاد]PER و [نوێ]NEW"), "V23") == ["W T1 شتێک"]


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[عێراق]GPE و [عێراقدا]GPE", ["I T2 عێراقدا"]),
        ("[هەولێرەوە]GPE لە [هەولێر]GPE", ["I T1 هەولێرەوە"]),
        ("[کوردستانیش]GPE و [کوردستان]GPE", ["I T1 کوردستانیش"]),
        ("[بەغدا]GPE و [عێراق]GPE", []),
        ("[عێراق]GPE و [عێراقدا]ORG", []),
    ],
)
def test_a_clitic_kept_here_and_cut_there(notation, expected):
    assert told(facts(notation), "V25") == expected


def test_clitics_are_compared_in_the_folded_form_and_only_on_names():
    def fold(text):
        return text.replace("ي", "ی")

    notation = "[ئێراني]GPE و [ئێرانیدا]GPE"
    assert told(facts(notation), "V25") == []
    assert told(facts(notation, fold=fold), "V25") == ["I T2 ئێرانیدا"]
    noun = edited_facts(notation, lambda a: changed(a, "T1", level=MentionLevel.NOM), fold=fold)
    assert told(noun, "V25") == []


def test_a_scheme_without_nesting_warns_of_every_nested_mention():
    flat = facts("[سەرۆکی [ئەمریکا]GPE]TITLE", scheme=scheme(nesting={}))
    assert told(flat, "V16") == ["nesting W T2 ئەمریکا"]
