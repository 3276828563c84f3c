"""Triggers and arguments by hand; what two sides say of each other."""

from hypothesis import given

from annotator.agreement.event_scores import EVENT_MEASURES, event_scores
from annotator.agreement.sheet import Group, Measure
from annotator.core.annotations import (
    Argument,
    Entity,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteTarget,
    QuoteType,
    SpanTarget,
)
from tests.agreement.sets import counts, place, rich_sets, shares
from tests.builders import annotation_set

TRI_I, TRI_C, ARG_I, ARG_C, ATTACHED_I, ATTACHED_C = EVENT_MEASURES


def free(*edges):
    """A target that is a free piece of text."""
    return SpanTarget(place(*edges))


def event(number, kind, trigger, *arguments):
    """An event; each argument is a role and a target."""
    return Event(f"EV{number}", kind, trigger, tuple(Argument(*each) for each in arguments))


def scores(gold, predicted):
    """True positives, false positives and false negatives of every measure."""
    sheet = event_scores(annotation_set(*gold), annotation_set(*predicted))
    return {measure: counts(sheet.total(measure)) for measure in EVENT_MEASURES}


GOLD = (
    event(
        1, "Meet", place(10, 16), ("Who", free(0, 8)), ("Who", free(20, 30)), ("At", free(40, 44))
    ),
    event(2, "Attack", place(50, 54), ("By", free(60, 70))),
    event(3, "Die", place(80, 84)),
)
PREDICTED = (
    event(
        1, "Meet", place(10, 16), ("Who", free(0, 8)), ("At", free(20, 30)), ("At", free(90, 95))
    ),
    event(2, "Protest", place(50, 54), ("By", free(60, 70))),
)


def test_a_document_by_hand():
    assert scores(GOLD, PREDICTED) == {
        TRI_I: (2, 0, 1),
        TRI_C: (1, 1, 2),
        ARG_I: (2, 2, 2),
        ARG_C: (1, 3, 3),
        ATTACHED_I: (2, 2, 2),
        ATTACHED_C: (1, 3, 3),
    }
    sheet = event_scores(annotation_set(*GOLD), annotation_set(*PREDICTED))
    assert shares(sheet.total(TRI_I)) == (1, 2 / 3, 4 / 5)
    types = sheet.rows(TRI_C, Group.TYPE)
    assert {name: counts(tally) for name, tally in types.items()} == {
        "Attack": (0, 0, 1), "Die": (0, 0, 1), "Meet": (1, 0, 0), "Protest": (0, 1, 0),
    }  # fmt: skip
    roles = sheet.rows(ARG_C, Group.ROLE)
    assert {name: counts(tally) for name, tally in roles.items()} == {
        "At": (0, 2, 1), "By": (0, 1, 1), "Who": (1, 0, 1),
    }  # fmt: skip
    assert counts(sheet.rows(ARG_C, Group.TYPE)["Meet"]) == (1, 2, 2)


def test_an_argument_of_another_event_of_the_type_is_right_but_not_attached():
    gold = (event(1, "Meet", place(0, 4), ("Who", free(10, 14))), event(2, "Meet", place(20, 24)))
    predicted = (
        event(1, "Meet", place(0, 4)), event(2, "Meet", place(20, 24), ("Who", free(10, 14))),
    )  # fmt: skip
    found = scores(gold, predicted)
    assert (found[TRI_C], found[ARG_C], found[ATTACHED_C]) == ((2, 0, 0), (1, 0, 0), (0, 1, 1))


def test_triggers_go_together_by_their_heads():
    light_verb = place(0, 5, 20, 28, head=(0, 5))
    for trigger, is_found in ((place(0, 5), True), (place(20, 28), False), (place(3, 9), True)):
        found = scores([event(1, "Meet", light_verb)], [event(1, "Meet", trigger)])
        assert found[TRI_C] == ((1, 0, 0) if is_found else (0, 1, 1))
    whole = place(0, 5, 20, 28)
    assert scores([event(1, "Meet", whole)], [event(1, "Meet", place(20, 28))])[TRI_C] == (1, 0, 0)


def test_arguments_go_together_from_a_dice_of_a_half_on():
    gold = [event(1, "Meet", place(0, 4), ("Who", free(10, 20)))]
    for edges, is_found in (
        ((10, 14), True),
        ((10, 13), False),
        ((15, 25), True),
        ((16, 26), False),
    ):
        predicted = [event(1, "Meet", place(0, 4), ("Who", free(*edges)))]
        assert scores(gold, predicted)[ARG_C] == ((1, 0, 0) if is_found else (0, 1, 1))


def test_two_events_of_one_type_on_one_trigger_are_one():
    twice = [
        event(1, "Meet", place(0, 4), ("Who", free(10, 14))),
        event(2, "Meet", place(0, 4), ("Who", free(20, 24)), ("Who", free(10, 14))),
    ]
    once = [event(1, "Meet", place(0, 4), ("Who", free(10, 14)), ("Who", free(20, 24)))]
    found = scores(once, twice)
    assert (found[TRI_C], found[ARG_C], found[ATTACHED_C]) == ((1, 0, 0), (2, 0, 0), (2, 0, 0))


def test_two_types_on_one_trigger_are_two():
    both = [event(1, "Attack", place(0, 4)), event(2, "Die", place(0, 4))]
    found = scores(both, [event(1, "Die", place(0, 4))])
    assert (found[TRI_I], found[TRI_C]) == ((1, 0, 1), (1, 0, 1))
    sheet = event_scores(annotation_set(*both), annotation_set(event(1, "Die", place(0, 4))))
    assert counts(sheet.rows(TRI_I, Group.TYPE)["Die"]) == (1, 0, 0)


def test_of_triggers_alike_those_with_more_in_common_are_paired():
    gold = [event(1, "Meet", place(0, 10), ("Who", free(20, 24)))]
    predicted = [
        event(1, "Meet", place(0, 5)), event(2, "Meet", place(5, 10), ("Who", free(20, 24))),
    ]  # fmt: skip
    assert scores(gold, predicted)[ATTACHED_C] == (1, 0, 0)
    assert scores(gold, predicted[::-1])[ATTACHED_C] == (1, 0, 0)


def test_every_kind_of_target_stands_where_it_points():
    others = (
        Mention("T1", "PER", place(20, 24)),
        Quote("Q1", QuoteType.DIRECT, place(30, 40)),
        event(2, "Die", place(50, 54)),
    )
    gold = (
        event(
            1, "Meet", place(0, 4),
            ("Who", MentionTarget("T1")), ("On", QuoteTarget("Q1")), ("After", EventTarget("EV2")),
        ), *others,
    )  # fmt: skip
    predicted = (
        event(
            1, "Meet", place(0, 4),
            ("Who", free(20, 24)), ("On", free(30, 40)), ("After", free(50, 54)),
        ), event(2, "Die", place(50, 54)),
    )  # fmt: skip
    assert scores(gold, predicted)[ATTACHED_C] == (3, 0, 0)


def known(number, name, *edges, mention=1):
    """An entity with one mention."""
    entity = f"E{number}"
    return (
        Entity(entity, "PER", name), Mention(f"T{mention}", "PER", place(*edges), entity=entity),
    )  # fmt: skip


def test_what_the_text_does_not_name_goes_by_the_entity():
    gold = (*known(1, "a", 20, 24), event(1, "Meet", place(0, 4), ("Who", ImplicitTarget("E1"))))
    same = (
        *known(7, "other name", 20, 25, mention=3),
        event(1, "Meet", place(0, 4), ("Who", ImplicitTarget("E7"))),
    )
    assert scores(gold, same)[ARG_C] == (1, 0, 0)
    named = (
        *known(7, "b", 20, 25, mention=3),
        event(1, "Meet", place(0, 4), ("Who", MentionTarget("T3"))),
    )
    assert scores(gold, named)[ARG_C] == (1, 0, 0)
    assert scores(named, gold)[ARG_C] == (1, 0, 0)
    elsewhere = (
        *known(1, "b", 30, 34), event(1, "Meet", place(0, 4), ("Who", ImplicitTarget("E1"))),
    )  # fmt: skip
    assert scores(gold, elsewhere)[ARG_C] == (0, 1, 1)
    unknown = (event(1, "Meet", place(0, 4), ("Who", free(20, 24))),)
    assert scores(gold, unknown)[ARG_C] == (0, 1, 1)


def test_nothing_predicted():
    sheet = event_scores(annotation_set(*GOLD), annotation_set())
    assert {shares(sheet.total(measure)) for measure in EVENT_MEASURES} == {(None, 0, 0)}


@given(rich_sets(), rich_sets())
def test_sides_that_change_places_change_precision_and_recall(gold, predicted):
    there, back = event_scores(gold, predicted), event_scores(predicted, gold)
    for measure in EVENT_MEASURES:
        tally, other = there.total(measure), back.total(measure)
        assert shares(tally) == (other.recall, other.precision, other.f1)
    assert there.total(TRI_C).right <= there.total(TRI_I).right
    assert there.total(ARG_C).right <= there.total(ARG_I).right
    assert there.total(ATTACHED_C).right <= there.total(ATTACHED_I).right


@given(rich_sets())
def test_a_set_agrees_with_itself(annotations):
    sheet = event_scores(annotations, annotations)
    for cell, tally in sheet.tallies.items():
        assert set(shares(tally)) <= {1.0, None}, cell


def test_measures_come_in_order():
    assert EVENT_MEASURES[0] is Measure.TRIGGER_IDENTIFIED
