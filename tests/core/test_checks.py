"""Checking a whole set: order, severity, odd data, sentences in both languages, and speed."""

import re
import string
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

import annotator.core.rules
from annotator.core.annotations import (
    Argument,
    Entity,
    Event,
    EventTarget,
    Evidence,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteTarget,
    QuoteType,
    SpanTarget,
    Speaker,
    SpeakerForm,
)
from annotator.core.checks import RULES, Finding, Severity, blocks_export, check_set, errors_of
from annotator.core.findings import EXCERPT_LENGTH, finding
from annotator.core.ids import Layer, RecordId, record_id
from annotator.core.scheme import FillerKind
from annotator.core.span import Fragments, Span
from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from tests.builders import annotation_set, document, edited_facts, facts, segmentation, with_records

SOUND = (
    "[ئازاد کەریم]PER=E1 لە [هەولێر]GPE=E2 [کۆبووەوە]Contact.Meet(Participant=T1,Place=T2)\n"
    '[سارا]PER=E3 [وتی]Q1.cue: "[ئێمە دێین]direct(speaker=T3)".'
)


def test_sound_work_has_no_findings():
    assert check_set(facts(SOUND)) == ()
    assert check_set(facts("")) == ()


def test_findings_come_in_reading_order():
    odd = facts('[شتێک]MISC "[هات]Contact.Meet [ئازاد،]PER=E1 [بەغدا]ORG=E1')
    assert [(said.rule, said.record) for said in check_set(odd)] == [
        ("V23", "T1"),
        ("V42", None),
        ("V32", "EV1"),
        ("V07", "T2"),
        ("V20", "T3"),
    ]


def test_a_finding_without_a_place_comes_first():
    spare = Entity(RecordId("E7"), "GPE", "بەغدا")
    found = check_set(edited_facts("[شتێک]MISC", lambda a: with_records(a, spare)))
    assert [(said.rule, said.span) for said in found] == [("V21", None), ("V23", Span(0, 4))]


def test_places_of_findings_lie_inside_the_text():
    ghost = Mention(RecordId("T1"), "NEW", Fragments.at(2, 99))
    beyond = Mention(RecordId("T2"), "NEW", Fragments.at(50, 99))
    odd = edited_facts("سەلام", lambda a: with_records(a, ghost, beyond))
    assert {said.span for said in check_set(odd)} == {Span(2, 5), None}
    nothing = edited_facts("", lambda a: with_records(a, ghost))
    assert {said.span for said in check_set(nothing)} == {None}


def test_only_errors_block_the_export():
    said = [finding("V14.sentence", Severity.WARNING), finding("V43", Severity.INFO)]
    assert not blocks_export(said)
    assert blocks_export([*said, finding("V14.paragraph", Severity.ERROR)])
    assert not blocks_export(())


def test_a_code_gives_the_rule_and_the_key():
    said = finding("V14.sentence", Severity.WARNING, record=RecordId("T1"), text="یەک")
    assert said == Finding(
        "V14", Severity.WARNING, RecordId("T1"), None, "finding.V14.sentence", (("text", "یەک"),)
    )
    assert said.title_key == "rule.V14"


def test_long_texts_are_cut_at_a_grapheme_cluster():
    text = "ئ" * 60
    long = facts(f"[{text}]NEW", is_boundary=lambda _, offset: offset % 7 == 0)
    assert long.excerpt(Fragments.at(0, 60)) == "ئ" * 35 + "…"
    assert long.excerpt(Fragments.at(0, 40)) == "ئ" * EXCERPT_LENGTH
    nowhere = replace(long, is_boundary=lambda _, offset: offset == 0)
    assert nowhere.excerpt(Fragments.at(0, 60)) == "…"


def test_every_rule_has_its_own_number():
    numbers = [rule.id for rule in RULES]
    assert len(set(numbers)) == len(numbers)
    assert {rule.layer for rule in RULES} <= {None, *Layer}


def codes_in_the_sources():
    """Every code that a rule can give, read from the sources of the rules."""
    made = {f"V31.{kind.value}" for kind in FillerKind}
    made |= {f"V41.{case}" for case in ("direct", "mixed", "indirect", "unfilled")}
    made |= {f"V50.{layer}" for layer in ("mention", "event", "quote")}
    for path in Path(annotator.core.rules.__file__).parent.glob("*.py"):
        numbers = re.compile(r'(?<!FunctionRule\()"(V\d\d(?:\.[a-z]+)?)"')
        made |= set(numbers.findall(path.read_text(encoding="utf-8")))
    return made


def test_the_codes_are_read_from_the_sources():
    assert {"V02", "V14.sentence", "V25", "V31.label", "V49"} <= codes_in_the_sources()
    assert not {"V31", "V41", "V05"} & codes_in_the_sources()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence_and_every_rule_a_title(language):
    texts = load_catalogue(language).texts
    sentences = {key.removeprefix("finding.") for key in texts if key.startswith("finding.V")}
    assert codes_in_the_sources() == sentences
    assert {f"rule.{rule.id}" for rule in RULES} <= set(texts)


def test_both_languages_have_the_same_sentences_with_the_same_fields():
    english, sorani = load_catalogue("en"), load_catalogue("ckb")
    ours = [
        key for key in english.texts if key.startswith(("finding.", "rule.", "defect.", "refused."))
    ]
    assert {key: fields(english.texts[key]) for key in ours} == {
        key: fields(sorani.texts[key]) for key in ours
    }


def fields(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


TEXT = 'ئازاد وتی: "ئێمە دێین بۆ هەولێر." سارا و 😀 ‌ئەوان\nلە بەغدا، کۆبوونەوە «باش» ـیەم.'
numbers = st.integers(1, 5)
spans = st.builds(
    lambda start, length: Span(start, start + length),
    st.integers(0, len(TEXT) + 3),
    st.integers(1, 30),
)
fragments = st.lists(spans, min_size=1, max_size=3).map(Fragments.merged)
ids = {
    layer: numbers.map(lambda n, layer=layer: record_id(layer, n))
    for layer in (Layer.MENTION, Layer.ENTITY, Layer.EVENT, Layer.QUOTE)
}
any_id = st.one_of(*ids.values())
parties = st.one_of(
    st.builds(MentionTarget, any_id),
    st.builds(SpanTarget, fragments, st.none() | any_id),
    st.builds(ImplicitTarget, any_id),
)
targets = parties | st.builds(EventTarget, any_id) | st.builds(QuoteTarget, any_id)
roles = st.sampled_from(["Participant", "Topic", "Place", "Attacker", "Winner"])
attrs = st.sampled_from([(), (("facet", "place"),), (("facet", "x"),), (("tense", "past"),)])
records = st.one_of(
    st.builds(
        Mention,
        ids[Layer.MENTION],
        st.sampled_from(["PER", "GPE", "TITLE", "MISC", "NEW"]),
        fragments,
        entity=st.none() | any_id,
        attrs=attrs,
    ),
    st.builds(Entity, ids[Layer.ENTITY], st.sampled_from(["PER", "TITLE", "NEW"]), st.just("ناو")),
    st.builds(
        Event,
        ids[Layer.EVENT],
        st.sampled_from(["Contact.Meet", "Conflict.Attack", "Conflict.War"]),
        fragments,
        st.lists(st.builds(Argument, roles, targets), max_size=3).map(tuple),
        attrs=attrs,
    ),
    st.builds(
        Quote,
        ids[Layer.QUOTE],
        st.sampled_from(QuoteType),
        fragments,
        marks=st.lists(spans, max_size=4).map(tuple),
        cue=st.none() | fragments,
        speaker=st.builds(
            Speaker, st.none() | parties, st.sampled_from(SpeakerForm), st.sampled_from(Evidence)
        ),
        addressees=st.lists(parties, max_size=2).map(tuple),
        parent=st.none() | any_id,
        attrs=attrs,
    ),
)
CATALOGUES = [load_catalogue(language) for language in LANGUAGES]


@settings(deadline=None)
@given(st.lists(records, max_size=12), st.sampled_from([TEXT, TEXT[:9], ""]))
def test_odd_data_is_told_and_never_raises(some, text):
    odd = replace(
        facts(""),
        annotations=annotation_set(*some),
        document=document(text),
        segmentation=segmentation(text),
    )
    found = check_set(odd)
    assert found == check_set(odd)
    assert errors_of(odd) == tuple(said for said in found if said.severity is Severity.ERROR)
    starts = [-1 if said.span is None else said.span.start for said in found]
    assert all(before <= after for before, after in pairwise(starts))
    assert all(said.span is None or said.span.end <= len(text) for said in found)
    for said in found:
        for catalogue in CATALOGUES:
            assert "{" not in catalogue.text(said.key, **dict(said.values))


UNIT = (
    "[ئازاد کەریم]PER=E1 لە [شاری [هەولێر]GPE=E2]LOC [کۆبووەوە]Contact.Meet(Participant=E1)"
    ' و [وتی]Q1.cue: "[ئێمە دێین]direct(speaker=E1)".\n'
)


def _large(units):
    """Notation of many units with six annotations each; ids in parentheses stay the first ones."""
    return "".join(UNIT.replace("Q1.cue", f"Q{n + 1}.cue") for n in range(units))


def calls_of(act):
    """How many calls of functions an act takes: its cost, whatever else the machine is doing."""
    count = 0

    def note(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


def test_the_cost_of_a_check_grows_with_the_annotations_and_no_faster():
    small, large = facts(_large(100)), facts(_large(400))
    assert len(large.annotations) == 2000
    assert {said.rule for said in check_set(large)} == {"V16", "V49"}
    check_set(small)
    assert calls_of(lambda: check_set(large)) < 4.5 * calls_of(lambda: check_set(small))


@pytest.mark.parametrize("shape", ["nested", "same", "crossing"])
def test_no_shape_of_overlap_costs_more_than_its_size(shape):
    small, large = crowd(shape, 300), crowd(shape, 1200)
    assert len(check_set(large)) >= 1199
    check_set(small)
    assert calls_of(lambda: check_set(large)) < 5 * calls_of(lambda: check_set(small))


def crowd(shape, many):
    """Facts with `many` mentions of which each lies over the others in one way."""
    ends = {
        "nested": lambda n: (n, 2 * many - n),
        "same": lambda n: (0, many),
        "crossing": lambda n: (n, many + n),
    }[shape]
    text = "ئ" * (2 * many)
    mentions = [
        Mention(record_id(Layer.MENTION, n + 1), "PER", Fragments.at(*ends(n))) for n in range(many)
    ]
    return replace(
        facts(""),
        annotations=annotation_set(*mentions),
        document=document(text),
        segmentation=segmentation(text),
    )
