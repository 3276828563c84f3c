"""Rules of the quote layer."""

import pytest

from annotator.core.annotations import Entity, Evidence, SpanTarget, Speaker, SpeakerForm
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from tests.builders import changed, edited_facts, facts, party, scheme, with_records
from tests.core.rules.told import told


def test_content_holds_a_word():
    assert told(facts('وتی "[ …]direct"'), "V40") == ["E Q1  …"]
    assert told(facts('وتی "[بەڵێ]direct"'), "V40") == []


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("وتی [کە دێن]indirect", ["W Q1 کە دێن"]),
        ("[وتی]Q1.cue [کە دێن]indirect", []),
        ('وتی "[دێین]direct"', []),
    ],
)
def test_an_indirect_quote_has_a_cue(notation, expected):
    assert told(facts(notation), "V44") == expected


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[بەڵێ [وتی]Q1.cue دێین]indirect", ["cue E Q1 بەڵێ وتی دێین"]),
        ("[بەڵێ [ئازاد]PER دێت]indirect(speaker=T1)", ["speaker E Q1 بەڵێ ئازاد دێت"]),
        ("[بەڵێ [ئەو]Q1.speaker دێت]indirect", ["speaker E Q1 بەڵێ ئەو دێت"]),
        ("[بەڵێ]indirect [وتی]Q1.cue [ئازاد]PER [دێین]Q1.content", []),
        ("[ئازاد]PER [وتی]Q1.cue [دێین]indirect(speaker=T1)", []),
        ("[دێین]indirect(speaker=T9)", []),
        ("[دێین]indirect(speaker=E9)", []),
        ("[ئەو [[وتی]Q2.cue دێن]indirect(parent=Q1)]indirect", []),
    ],
)
def test_cue_and_speaker_stand_outside_the_content(notation, expected):
    assert told(facts(notation), "V45") == expected


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        (Speaker(party("T1"), SpeakerForm.NAME, Evidence.EXPLICIT), []),
        (Speaker(party("E1"), SpeakerForm.NAME, Evidence.IMPLICIT), ["name W Q1 دێین"]),
        (Speaker(None, SpeakerForm.NONE, Evidence.EXPLICIT), ["explicit W Q1 دێین"]),
        (Speaker(SpanTarget(Fragments.at(0, 5)), SpeakerForm.NOMINAL, Evidence.EXPLICIT), []),
        (Speaker(party("E1"), SpeakerForm.CLITIC, Evidence.ANAPHORIC), []),
    ],
)
def test_form_and_evidence_agree_with_what_is_marked(speaker, expected):
    given = edited_facts(
        "[ئازاد]PER=E1 وتی [دێین]indirect", lambda a: changed(a, "Q1", speaker=speaker)
    )
    assert told(given, "V46") == expected


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[ئازاد]PER=E1 وتی [دێین]indirect(speaker=T1)", []),
        ("[شاخ]LOC=E1 وتی [دێین]indirect(speaker=T1)", ["W Q1 دێین"]),
        ("[شاخ]LOC وتی [دێین]indirect(speaker=T1)", ["W Q1 دێین"]),
        ("[ئازاد]PER=E1 [سەرۆک]TITLE=E1 وتی [دێین]indirect(speaker=T2)", []),
        ("[شاخ]LOC=E1 وتی [دێین]indirect(speaker=E1)", ["W Q1 دێین"]),
        ("[شاخ]Q1.speaker وتی [دێین]indirect", []),
        ("وتی [دێین]indirect(speaker=T9)", []),
        ("وتی [دێین]indirect", []),
    ],
)
def test_speakers_are_of_a_kind_that_speaks(notation, expected):
    assert told(facts(notation), "V47") == expected
    assert told(facts(notation, scheme=scheme(speaker_labels=frozenset())), "V47") == []


def test_the_entity_of_a_free_speaker_counts():
    hill = Entity(RecordId("E1"), "LOC", "شاخ")
    speaker = Speaker(SpanTarget(Fragments.at(0, 3), RecordId("E1")))
    given = edited_facts(
        "شاخ وتی [دێین]indirect",
        lambda a: changed(with_records(a, hill), "Q1", speaker=speaker),
    )
    assert told(given, "V47") == ["W Q1 دێین"]


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[ئەو وتی [دێن]indirect(parent=Q1)]indirect", []),
        ("[ئەو]indirect وتی [دێن]indirect(parent=Q1)", ["outside E Q2 دێن"]),
        ("[ئەو]indirect(parent=Q1)", ["cycle E Q1 ئەو"]),
        (
            "[[ئەو]indirect(parent=Q1)]indirect(parent=Q2)",
            ["cycle E Q2 ئەو"],
        ),
        ("[ئەو]indirect(parent=Q9)", []),
        ("[یەک]indirect و [دوو [سێ]indirect(parent=Q1)]Q1.content", []),
    ],
)
def test_nested_quotes_lie_in_their_parents(notation, expected):
    assert told(facts(notation), "V48") == expected


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[ئازاد]PER=E1 [دێین]indirect(speaker=T1) [دێین]indirect(speaker=E1)", ["W Q2 دێین"]),
        ("[ئازاد]PER [دێین]indirect(speaker=T1) [دێین]indirect(speaker=T1)", ["W Q2 دێین"]),
        ("[دێین]indirect(speaker=T9) [دێین]indirect(speaker=T9)", ["W Q2 دێین"]),
        ("[دێین]indirect(speaker=E1) [دێین]indirect(speaker=E2)", []),
        ("[دێین]indirect [دێین]indirect", []),
        ("[ئەو]Q1.speaker [دێین]indirect [ئەو]Q2.speaker [دێین]indirect", ["W Q2 دێین"]),
        ("[دێین]indirect(speaker=E1) [ناچین]indirect(speaker=E1)", []),
    ],
)
def test_a_saying_told_twice_is_tied_together(notation, expected):
    assert told(facts(notation), "V49") == expected


def test_sayings_are_compared_in_the_folded_form_and_clusters_tie_them():
    notation = "[دێین]indirect(speaker=E1) [ديین]indirect(speaker=E1)"

    def fold(text):
        return text.replace("ي", "ێ")

    assert told(facts(notation, fold=fold), "V49") == ["W Q2 ديین"]
    tied = edited_facts(
        notation,
        lambda a: changed(changed(a, "Q1", cluster="C1"), "Q2", cluster="C1"),
        fold=fold,
    )
    assert told(tied, "V49") == []


def test_free_speakers_with_an_entity_are_that_entity():
    speaker = Speaker(SpanTarget(Fragments.at(0, 2), RecordId("E1")))
    given = edited_facts(
        "ئەو [دێین]indirect(speaker=E1) [دێین]indirect",
        lambda a: changed(a, "Q2", speaker=speaker),
    )
    assert told(given, "V49") == ["W Q2 دێین"]
