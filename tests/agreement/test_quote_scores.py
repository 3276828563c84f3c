"""Quotes by hand; what two sides say of each other."""

import pytest
from hypothesis import given

from annotator.agreement.quote_scores import QUOTE_MEASURES, quote_scores
from annotator.agreement.sheet import Closeness, Group
from annotator.core.annotations import (
    Entity,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteType,
    SpanTarget,
    Speaker,
)
from tests.agreement.sets import counts, place, rich_sets, shares
from tests.builders import annotation_set

EXACT, PARTIAL, CUE, NEAR_CUE, SPEAKER, NEAR_SPEAKER, ENTITY = QUOTE_MEASURES
DIRECT, INDIRECT = QuoteType.DIRECT, QuoteType.INDIRECT


def quote(number, kind, content, *, cue=None, who=None):
    return Quote(f"Q{number}", kind, content, cue=cue, speaker=Speaker(who))


def free(*edges):
    return SpanTarget(place(*edges))


def scored(gold, predicted):
    return quote_scores(annotation_set(*gold), annotation_set(*predicted))


def scores(gold, predicted):
    """True positives, false positives and false negatives of every measure."""
    sheet = scored(gold, predicted)
    return {measure: counts(sheet.total(measure)) for measure in QUOTE_MEASURES}


GOLD = (
    Entity("E1", "PER", "a"),
    Mention("T1", "PER", place(0, 8), entity="E1"),
    quote(1, DIRECT, place(20, 40), cue=place(10, 14), who=MentionTarget("T1")),
    quote(2, INDIRECT, place(60, 80), cue=place(50, 54, 82, 86), who=free(44, 48)),
    quote(3, DIRECT, place(100, 110), who=ImplicitTarget("E1")),
)
PREDICTED = (
    Entity("E5", "PER", "x"),
    Mention("T1", "PER", place(0, 7), entity="E5"),
    quote(1, DIRECT, place(20, 40), cue=place(10, 14), who=MentionTarget("T1")),
    quote(2, DIRECT, place(65, 80), cue=place(50, 54), who=free(0, 7)),
    quote(3, DIRECT, place(104, 120), who=ImplicitTarget("E5")),
)


def test_a_document_by_hand():
    # Q3 shares 6 of 10 and 16: a Dice of 12/26. Q2 shares 15 of 20 and 15, its cue 4 of 8 and 4.
    assert scores(GOLD, PREDICTED) == {
        EXACT: (1, 2, 2),
        PARTIAL: (2, 1, 1),
        CUE: (1, 1, 1),
        NEAR_CUE: (2, 0, 0),
        SPEAKER: (0, 3, 3),
        NEAR_SPEAKER: (1, 2, 2),
        ENTITY: (1, 1, 1),
    }
    sheet = scored(GOLD, PREDICTED)
    assert shares(sheet.total(PARTIAL)) == (2 / 3, 2 / 3, 2 / 3)
    means = {closeness: average.mean for closeness, average in sheet.averages.items()}
    assert means == {
        Closeness.CONTENT: pytest.approx((1 + 30 / 35) / 2),
        Closeness.CUE: pytest.approx((1 + 8 / 12) / 2),
        Closeness.SPEAKER: pytest.approx((14 / 15 + 0) / 2),
        Closeness.TYPE: 0.5,
    }
    rows = sheet.rows(PARTIAL, Group.TYPE)
    assert shares(rows["direct"]) == (2 / 3, 1 / 2, 3 / 5)
    assert shares(rows["indirect"]) == (None, 1, 1)


def test_a_dice_of_a_half_is_enough():
    gold = [quote(1, DIRECT, place(0, 10))]
    assert scores(gold, [quote(1, DIRECT, place(5, 15))])[PARTIAL] == (1, 0, 0)
    assert scores(gold, [quote(1, DIRECT, place(6, 16))])[PARTIAL] == (0, 1, 1)


def test_the_gap_in_a_content_does_not_count():
    gold = [quote(1, DIRECT, place(0, 4, 22, 26))]
    assert scores(gold, [quote(1, DIRECT, place(0, 26))])[PARTIAL] == (0, 1, 1)
    assert scores(gold, gold)[EXACT] == (1, 0, 0)


def test_a_part_that_one_side_lacks_is_missed_or_wrong():
    full = [quote(1, DIRECT, place(10, 20), cue=place(0, 4), who=free(5, 8))]
    bare = [quote(1, DIRECT, place(10, 20))]
    found, back = scores(full, bare), scores(bare, full)
    assert found[NEAR_CUE] == found[NEAR_SPEAKER] == (0, 0, 1)
    assert back[NEAR_CUE] == back[NEAR_SPEAKER] == (0, 1, 0)
    averages = scored(full, bare).averages
    assert (averages[Closeness.CUE].mean, averages[Closeness.SPEAKER].mean) == (0, 0)
    assert scored(bare, bare).averages.keys() == {Closeness.CONTENT, Closeness.TYPE}


def test_a_speaker_without_a_place_goes_by_the_entity():
    gold = (*GOLD[:2], quote(1, DIRECT, place(20, 40), who=ImplicitTarget("E1")))
    predicted = (*PREDICTED[:2], quote(1, DIRECT, place(20, 40), who=ImplicitTarget("E5")))
    found = scores(gold, predicted)
    assert found[SPEAKER] == found[NEAR_SPEAKER] == found[ENTITY] == (1, 0, 0)
    other = (*predicted[:2], Entity("E6", "PER", "y"))
    found = scores(gold, (*other, quote(1, DIRECT, place(20, 40), who=ImplicitTarget("E6"))))
    assert found[SPEAKER] == found[NEAR_SPEAKER] == found[ENTITY] == (0, 1, 1)


def test_of_quotes_with_one_content_the_speaker_tells():
    one = quote(1, DIRECT, place(20, 40), who=free(0, 4))
    other = quote(2, DIRECT, place(20, 40), who=free(6, 9))
    assert scores([one, other], [other, one])[SPEAKER] == (2, 0, 0)
    assert scores([other], [one, other])[SPEAKER] == (1, 1, 0)


def test_a_quote_that_is_there_twice_counts_once():
    one = quote(1, DIRECT, place(20, 40), cue=place(0, 4))
    again = quote(2, DIRECT, place(20, 40), cue=place(0, 4))
    assert scores([one], [one, again])[EXACT] == (1, 0, 0)


def test_nothing_predicted():
    sheet = scored(GOLD, ())
    assert {shares(sheet.total(measure)) for measure in QUOTE_MEASURES} == {(None, 0, 0)}
    assert sheet.averages == {}


@given(rich_sets(), rich_sets())
def test_sides_that_change_places_change_precision_and_recall(gold, predicted):
    there, back = quote_scores(gold, predicted), quote_scores(predicted, gold)
    for measure in QUOTE_MEASURES:
        tally, other = there.total(measure), back.total(measure)
        assert shares(tally) == (other.recall, other.precision, other.f1)
    assert there.total(EXACT).right <= there.total(PARTIAL).right
    assert there.total(CUE).right <= there.total(NEAR_CUE).right
    assert there.total(SPEAKER).right <= there.total(NEAR_SPEAKER).right


@given(rich_sets())
def test_a_set_agrees_with_itself(annotations):
    sheet = quote_scores(annotations, annotations)
    for cell, tally in sheet.tallies.items():
        assert set(shares(tally)) <= {1.0, None}, cell
    assert {average.mean for average in sheet.averages.values()} <= {1.0}
