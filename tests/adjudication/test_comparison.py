"""Sets of one text become units that tell who says what."""

import pytest
from msgspec.structs import replace

from annotator.adjudication.choices import Leave, Take
from annotator.adjudication.comparison import Comparison, Voteless, coverage_of
from annotator.adjudication.grouping import Side
from annotator.adjudication.strategies import all_agree, choices_by
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Argument,
    Coverage,
    ImplicitTarget,
    MentionLevel,
    MentionTarget,
    Polarity,
    SetStatus,
    SpanTarget,
    Speaker,
    SpeakerForm,
)
from annotator.core.commands.records import set_status
from annotator.core.ids import Layer, RecordId
from annotator.core.span import Fragments, Span
from tests.adjudication.sets import (
    EMPTY,
    A,
    B,
    C,
    chosen,
    compared,
    finished,
    listed,
    partly,
    sides,
)
from tests.builders import annotated, changed, with_records

TWO = "[ئازاد]PER گوتی «[باش]direct» لە [هەولێر]GPE"


def test_those_who_say_the_same_agree():
    assert listed(compared(TWO, TWO)) == [
        ("mention:0", "agreed", []),
        ("quote:12", "agreed", []),
        ("mention:20", "agreed", []),
    ]


@pytest.mark.parametrize(
    ("other", "differences"),
    [
        ("ئازادی کوڕ", ["missing"]),
        ("[ئازادی]PER کوڕ", ["boundary"]),
        ("[ئازاد]ORGی کوڕ", ["label"]),
        ("[ئازادی]ORG کوڕ", ["boundary", "label"]),
        ("[ئازادی کوڕ]PER", ["boundary"]),
        ("[ئازاد]PER=E1ی کوڕ", ["entity"]),
    ],
)
def test_a_mention_tells_in_what_it_differs(other, differences):
    assert listed(compared("[ئازاد]PERی کوڕ", other)) == [("mention:0", "open", differences)]


def test_what_overlaps_little_under_another_label_is_another_unit():
    found = listed(compared("[شار]GPEی هەولێر", "[شاری هەولێر]ORG"))
    assert [unit[2] for unit in found] == [["missing"], ["missing"]]


def test_nested_mentions_go_with_those_of_their_own_edges():
    one = "[پارێزگای [هەولێر]GPE]ORG"
    other = "پارێزگای [هەولێر]GPE"
    assert listed(compared(one, other)) == [
        ("mention:0", "open", ["missing"]),
        ("mention:9", "agreed", []),
    ]


def test_two_units_that_begin_together_have_two_names():
    one = "[[هەولێر]GPE و سلێمانی]ORG"
    assert [unit[0] for unit in listed(compared(one, one))] == ["mention:0", "mention:0#2"]


def test_attributes_of_mentions_are_compared():
    ours, theirs = sides("[سەرۆک]PER", "[سەرۆک]PER")
    theirs = Side(B, changed(theirs.annotations, "T1", level=MentionLevel.NOM))
    assert listed(Comparison([ours, theirs])) == [("mention:0", "open", ["attribute"])]


def test_an_event_differs_in_its_arguments_only_where_they_are_other_units():
    one = "[ئازاد]PER [چوو]Movement.Go(Agent=T1,Place=T2) بۆ [هەولێر]GPE"
    other = "[ئازاد]ORG [چوو]Movement.Go(Agent=T1,Place=T2) بۆ [هەولێر]GPE"
    assert listed(compared(one, other)) == [
        ("mention:0", "open", ["label"]),
        ("event:6", "agreed", []),
        ("mention:13", "agreed", []),
    ]
    third = "[ئازاد]PER [چوو]Movement.Go(Agent=T2,Place=T1) بۆ [هەولێر]GPE"
    assert ("event:6", "open", ["argument"]) in listed(compared(one, third))


def test_an_event_differs_in_type_trigger_and_attributes():
    one = "بڕیار [درا]Government.Decide"
    assert listed(compared(one, "بڕیار [درا]Justice.Trial")) == [("event:6", "open", ["label"])]
    assert listed(compared(one, "[بڕیار درا]Government.Decide")) == [
        ("event:0", "open", ["boundary"])
    ]
    ours, theirs = sides(one, one)
    theirs = Side(B, changed(theirs.annotations, "EV1", polarity=Polarity.NEGATIVE))
    assert listed(Comparison([ours, theirs])) == [("event:6", "open", ["attribute"])]


def test_triggers_go_together_by_their_heads():
    ours, theirs = sides("[بڕیار درا]Government.Decide", "[بڕیار درا]Government.Decide")
    heads = [Fragments(Fragments.at(0, 10).spans, head=Fragments.at(*at).spans[0])
             for at in ((0, 5), (6, 9))]  # fmt: skip
    ours = Side(A, changed(ours.annotations, "EV1", trigger=heads[0], type="X.Y"))
    theirs = Side(B, changed(theirs.annotations, "EV1", trigger=heads[1]))
    assert len(listed(Comparison([ours, theirs]))) == 2


def test_quotes_differ_in_each_of_their_parts():
    one = "[ئازاد]PER [گوتی]Q1.cue «[باش [نییە]Q1.speaker]direct(speaker=T1)»"
    assert listed(compared(one, one))[-1][1:] == ("agreed", [])
    text = "[ئازاد]PER گوتی «[باش نییە]direct(speaker=T1)»"
    parts = {
        "[ئازاد]PER [گوتی]Q1.cue «[باش نییە]direct(speaker=T1)»": ["cue"],
        "[ئازاد]PER گوتی «[باش نییە]direct»": ["speaker"],
        "[ئازاد]PER گوتی «[باش نییە]direct(speaker=T1,addressee=T1)»": ["addressee"],
        "[ئازاد]PER گوتی «[باش نییە]indirect(speaker=T1)»": ["boundary", "label"],
        "[ئازاد]PER گوتی «[باش]direct(speaker=T1) نییە»": ["boundary"],
    }
    for other, differences in parts.items():
        assert listed(compared(text, other))[1][2] == differences, other


def test_the_form_of_a_speaker_and_the_quote_around_are_compared():
    one = "«[ئەو گوتی «[باش]direct(parent=Q1)»]direct»"
    other = "«[ئەو گوتی «[باش]direct»]direct»"
    assert listed(compared(one, other))[1][2] == ["parent"]
    ours, theirs = sides("«[باش]direct»", "«[باش]direct»")
    theirs = Side(B, changed(theirs.annotations, "Q1", speaker=Speaker(form=SpeakerForm.CLITIC)))
    assert listed(Comparison([ours, theirs]))[0][2] == ["speaker"]


def test_free_text_and_implicit_targets_are_told_by_text_and_entity():
    plain = "[ئازاد]PER=E1 [چوو]Movement.Go بۆ [شار]EV1.Place"
    ours, theirs = sides(plain, plain)
    assert listed(Comparison([ours, theirs]))[-1] == ("event:6", "agreed", [])
    event = ours.annotations.event("EV1")
    named = SpanTarget(event.arguments[0].target.fragments, RecordId("E1"))
    for target in (named, ImplicitTarget(RecordId("E1"))):
        arguments = (type(event.arguments[0])("Place", target),)
        both = [
            Side(side.id, changed(side.annotations, "EV1", arguments=arguments))
            for side in (ours, theirs)
        ]
        assert listed(Comparison([ours, both[1]]))[-1][2] == ["argument"]
        assert listed(Comparison(both))[-1][2] == []


def test_clusters_are_the_same_where_they_hold_the_same():
    text = "[چوو]Movement.Go و [ڕۆیشت]Movement.Go و [هات]Movement.Go"
    ours, theirs = sides(text, text)

    def clustered(side, name, *events):
        annotations = side.annotations
        for event in events:
            annotations = changed(annotations, event, cluster=name)
        return Side(side.id, annotations)

    one = clustered(ours, "c1", "EV1", "EV2")
    assert [u[1] for u in listed(Comparison([one, clustered(theirs, "x", "EV1", "EV2")]))] == [
        "agreed", "agreed", "agreed"
    ]  # fmt: skip
    assert [u[2] for u in listed(Comparison([one, clustered(theirs, "c1", "EV1", "EV3")]))] == [
        ["attribute"], ["attribute"], ["attribute"]
    ]  # fmt: skip


def test_two_events_of_one_type_on_one_trigger_stay_two():
    text = "[ئازاد]PER و [شیلان]PER [[چوون]Movement.Go(Agent=T1)]Movement.Go(Agent=T2)"
    comparison = compared(text, text)
    assert [unit[1] for unit in listed(comparison)] == ["agreed"] * 4


GOING = "[ئازاد]PER و [شیلان]PER [چوون]Movement.Go"


def going(*who):
    """A finished set in which each of these, in this order, has an event on the one trigger."""
    _, annotations = annotated(GOING)
    event = annotations.event("EV1")
    events = (
        replace(
            event,
            id=RecordId(f"EV{number}"),
            arguments=(Argument("Theme", MentionTarget(RecordId(mention))),),
        )
        for number, mention in enumerate(who, 1)
    )
    return finished(with_records(annotations, *events))


def test_events_on_one_trigger_are_paired_by_who_takes_part():
    comparison = Comparison([Side(A, going("T1", "T2")), Side(B, going("T2", "T1"))])
    gold = chosen(comparison, *choices_by(all_agree, comparison.against(EMPTY)))
    assert [unit[1:] for unit in listed(comparison, gold)] == [("taken", [])] * 4
    changing = Comparison([Side(A, going("T1", "T2")), Side(B, going("T2"))])
    first, second = [unit for unit in listed(changing) if unit[0].startswith("event")]
    assert (first[2], second[2]) == (["missing"], [])


def test_each_of_two_events_on_one_trigger_is_left_out_by_itself():
    comparison = Comparison([Side(A, going("T1", "T2")), Side(B, going("T1", "T2"))])
    one, other = (unit.key for unit in comparison.against(EMPTY).listed[2:])

    def states(gold):
        return [unit[1] for unit in listed(comparison, gold)[2:]]

    gold = chosen(comparison, Leave(one))
    assert states(gold) == ["left", "agreed"]
    both = chosen(comparison, Leave(other), gold=gold)
    assert states(both) == ["left", "left"]
    assert states(chosen(comparison, Take(one, A), gold=both)) == ["taken", "left"]
    assert states(chosen(comparison, Take(other, B), gold=gold)) == ["left", "taken"]
    assert states(chosen(comparison, Leave(other))) == ["agreed", "left"]


def test_what_was_left_out_is_looked_at_again_beside_what_was_taken():
    sets = [Side(A, going("T1", "T2")), Side(B, going("T1", "T2"))]
    comparison = Comparison(sets)
    one, other = (unit.key for unit in comparison.against(EMPTY).listed[2:])
    gold = chosen(comparison, Take(one, A), Leave(other))
    news = Comparison([*sets, Side(C, going("T1"))])
    assert [unit[1] for unit in listed(news, gold)[2:]] == ["taken", "unsettled"]


def test_the_order_of_attributes_and_marks_says_nothing():
    pairs = ("facet", "place"), ("subtype", "party")
    ours, theirs = sides("[هەولێر]GPE=E1", "[هەولێر]GPE=E1")
    one, other = (
        changed(changed(side.annotations, "T1", attrs=told), "E1", kb=told)
        for side, told in ((ours, pairs), (theirs, pairs[::-1]))
    )
    assert listed(Comparison([Side(A, one), Side(B, other)])) == [("mention:0", "agreed", [])]


def test_three_annotators_fall_into_camps():
    comparison = compared("[ئازاد]PER چوو", "[ئازاد]ORG چوو", "[ئازاد]PER چوو")
    (unit,) = comparison.against(EMPTY).listed
    assert unit.camps == ((A, C), (B,))
    assert unit.camp_of(C) == (A, C)
    assert not unit.is_agreed


def test_entities_are_paired_by_their_mentions_and_listed_once_gold_has_them():
    ours, theirs = sides("[هەولێر]GPE=E1", "[هەولێر]GPE=E1")
    theirs = Side(B, changed(theirs.annotations, "E1", name="شاری هەولێر"))
    comparison = Comparison([ours, theirs])
    assert listed(comparison) == [("mention:0", "agreed", [])]
    gold = chosen(comparison, Take("mention:0", A))
    assert listed(comparison, gold) == [
        ("entity:0", "unsettled", ["name"]),
        ("mention:0", "taken", []),
    ]
    gold = chosen(comparison, Take("entity:0", B), gold=gold)
    assert [entity.name for entity in gold.entities()] == ["شاری هەولێر"]
    assert [unit[1] for unit in listed(comparison, gold)] == ["taken", "taken"]


def test_entities_of_one_name_are_one_where_no_mention_tells():
    one = "[چوو]Movement.Go(Agent=E1) [ئازاد]PER=E1"
    both = [Side(side.id, side.annotations) for side in sides(one, one)]
    other = finished(annotated("[چوو]Movement.Go(Agent=E1) [ئازاد]PER=E1")[1])
    records = {i: r for i, r in other.records.items() if i != "T1"}
    silent = Side(B, AnnotationSet(records, other.last_numbers))
    assert listed(Comparison([both[0], silent])) == [
        ("event:0", "agreed", []),
        ("mention:4", "open", ["missing"]),
    ]


def test_who_is_not_finished_has_no_vote():
    begun = annotated("[ئازاد]PER")[1]
    told = [*sides("[ئازاد]PER", "[ئازاد]PER"), Side(C, begun)]
    comparison = Comparison(told)
    assert comparison.voteless == (Voteless(C),)
    assert comparison.against(EMPTY).listed[0].voters == (A, B)
    everybody = Comparison(told, takes_unfinished=True)
    assert everybody.voteless == ()
    assert everybody.against(EMPTY).listed[0].voters == (A, B, C)


def test_a_layer_that_one_has_not_looked_at_is_not_decided_about():
    ours, theirs = sides("[ئازاد]PER [چوو]Movement.Go", "[ئازاد]PER [چوو]Movement.Go")
    theirs = Side(B, partly(theirs.annotations, events=Coverage.PARTIAL))
    comparison = Comparison([ours, theirs])
    assert comparison.compared == {Layer.ENTITY, Layer.MENTION, Layer.QUOTE}
    assert comparison.voteless == (Voteless(B, Layer.EVENT),)
    assert listed(comparison) == [("mention:0", "agreed", [])]


def test_what_only_somebody_without_a_vote_has_is_not_decided_about():
    ours, theirs, third = sides("[ئازاد]PER چوو", "[ئازاد]PER چوو", "[ئازاد]PER [چوو]PER")
    third = Side(C, partly(third.annotations, mentions=Coverage.PARTIAL))
    comparison = Comparison([ours, theirs, third])
    assert listed(comparison) == [("mention:0", "agreed", [])]


def test_one_alone_has_nothing_to_agree_with():
    comparison = compared("[ئازاد]PER")
    assert (listed(comparison), comparison.compared) == ([], frozenset())


def test_what_was_left_out_stays_so_until_somebody_says_something_else():
    comparison = compared("[ئازاد]PER چوو", "[ئازاد]ORG چوو")
    gold = chosen(comparison, Leave("mention:0"))
    assert listed(comparison, gold) == [("mention:0", "left", ["label"])]
    again = compared("[ئازاد]PER چوو", "[ئازاد]PER چوو")
    assert listed(again, gold) == [("mention:0", "left", [])]
    news = compared("[ئازاد]PER چوو", "[ئازاد]LOC چوو")
    assert listed(news, gold) == [("mention:0", "unsettled", ["label"])]


def test_what_was_taken_stays_so_until_somebody_says_something_else():
    comparison = compared("[ئازاد]PER چوو", "[ئازاد]ORG چوو")
    gold = chosen(comparison, Take("mention:0", A))
    assert listed(comparison, gold) == [("mention:0", "taken", ["label"])]
    units = comparison.against(gold)
    assert (units.listed[0].like, units.decided, units.open, units.agreed) == ((A,), 1, (), ())
    news = compared("[ئازاد چوو]PER", "[ئازاد]ORG چوو")
    assert listed(news, gold) == [("mention:0", "unsettled", ["boundary", "label"])]


BEFORE = "ئازاد و [ئازاد]PER=E1 [چوو]Movement.Go(Theme=T1)"
ONCE_MORE = "[ئازاد]PER=E1 و [ئازاد]PER=E1 [چوو]Movement.Go(Theme=T2)"
WIDER = "ئازاد [و ئازاد]PER=E1 [چوو]Movement.Go(Theme=T1)"


STILL = {"mention:8": "taken", "event:14": "taken"}


@pytest.mark.parametrize(
    ("now", "states"),
    [
        ([ONCE_MORE, BEFORE], STILL | {"mention:0": "open"}),
        ([BEFORE, BEFORE, ONCE_MORE], STILL | {"mention:0": "open"}),
        (
            [BEFORE, BEFORE, WIDER],
            {"mention:6": "unsettled", "entity:6": "unsettled", "event:14": "taken"},
        ),
    ],
)
def test_what_is_said_elsewhere_opens_no_decision(now, states):
    """Units are named by where they begin, and a mention or an entity begins earlier here."""
    comparison = compared(BEFORE, BEFORE)
    gold = chosen(comparison, *choices_by(all_agree, comparison.against(EMPTY)))
    assert {key: state for key, state, _ in listed(compared(*now), gold)} == states


def test_a_decision_is_known_again_by_the_same_letters():
    """Stamps lie in project files: what makes them must not change, else everything is open."""
    ours, theirs = sides("[ئازاد]PER=E1 [چوو]Movement.Go(Theme=T1)", "ئازاد چوو")
    comparison = Comparison([ours, theirs])
    gold = chosen(comparison, Take("mention:0", A), Take("event:6", A))
    stamps = [record.provenance.detail for record in gold.annotations()]
    assert stamps == ["a1#11e8fff3,600a8825,–", "a1#26c35155,75d50d4f,–"]


def test_what_nobody_has_any_more_is_shown_as_long_as_gold_has_it():
    gold = chosen(compared("[ئازاد]PER", "[ئازاد]PER"), Take("mention:0", A))
    comparison = compared("ئازاد", "ئازاد")
    assert listed(comparison, gold) == [("mention:0", "unsettled", ["missing"])]
    assert comparison.against(gold).listed[0].spans == Fragments.at(0, 5).spans
    gold = chosen(comparison, Leave("mention:0"), gold=gold)
    assert listed(comparison, gold) == []
    assert len(gold) == 0


def test_what_the_adjudicator_made_by_hand_is_decided():
    comparison = compared("[ئازاد]PER چوو", "[ئازاد]ORG چوو")
    by_hand = annotated("[ئازاد]LOC [چوو]PER")[1]
    assert listed(comparison, by_hand) == [("mention:0", "taken", ["label"])]


def test_the_text_of_a_unit_is_all_that_is_said():
    unit = compared("[ئازادی]PER کوڕ", "[ئازادی کوڕ]PER").against(EMPTY).listed[0]
    assert unit.spans == (Fragments.at(0, 6).spans[0], Fragments.at(0, 10).spans[0])


def test_the_text_of_a_unit_is_also_what_gold_was_changed_to():
    comparison = compared("[ئازاد]PER چوو", "[ئازاد]PER چوو")
    gold = chosen(comparison, Take("mention:0", A))
    (unit,) = comparison.against(gold).listed
    assert unit.spans == (Span(0, 5),)
    gold = changed(gold, "T1", fragments=Fragments.at(0, 9))
    (unit,) = comparison.against(gold).listed
    assert unit.spans == (Span(0, 5), Span(0, 9))


@pytest.mark.parametrize("layer", [Layer.MENTION, Layer.EVENT, Layer.QUOTE, Layer.ENTITY])
def test_the_coverage_of_a_layer(layer):
    fields = {Layer.EVENT: "events", Layer.QUOTE: "quotes"}
    field = fields.get(layer, "mentions")
    status = partly(EMPTY, **{field: Coverage.NONE}).status
    assert coverage_of(status, layer) is Coverage.NONE
    done = EMPTY.apply(set_status(EMPTY, SetStatus.COMPLETE)).status
    assert coverage_of(done, layer) is Coverage.COMPLETE
