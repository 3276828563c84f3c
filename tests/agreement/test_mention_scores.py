"""Mentions by hand, against every way to pair them, and against seqeval."""

from itertools import permutations

import pytest
from hypothesis import given, settings, strategies as st
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2

from annotator.agreement.mention_scores import MENTION_MEASURES, mention_scores
from annotator.agreement.sheet import Group, Measure
from annotator.agreement.tally import macro
from annotator.core.overlap import shared
from tests.agreement.sets import counts, mention_sets, mentions, shares

STRICT, BOUNDARY, OVERLAP = MENTION_MEASURES


def scores(gold, predicted):
    """True positives, false positives and false negatives of the three measures."""
    sheet = mention_scores(gold, predicted)
    return tuple(counts(sheet.total(measure)) for measure in MENTION_MEASURES)


def test_a_document_by_hand():
    gold = mentions(
        ("PER", 0, 10), ("GPE", 12, 18), ("GPE", 20, 26), ("ORG", 30, 45), ("GPE", 38, 45)
    )
    predicted = mentions(("PER", 0, 10), ("ORG", 12, 18), ("GPE", 20, 28), ("ORG", 30, 45))
    # strict: PER and ORG 30; boundary: ORG 12 as well; overlap: GPE 20 instead of it.
    assert scores(gold, predicted) == ((2, 2, 3), (3, 1, 2), (3, 1, 2))
    sheet = mention_scores(gold, predicted)
    assert shares(sheet.total(STRICT)) == (2 / 4, 2 / 5, 4 / 9)
    rows = sheet.rows(STRICT, Group.LABEL)
    assert {label: counts(tally) for label, tally in rows.items()} == {
        "GPE": (0, 1, 3),
        "ORG": (1, 1, 0),
        "PER": (1, 0, 0),
    }
    assert macro(rows.values()).f1 == pytest.approx((0 + 2 / 3 + 1) / 3)
    assert counts(sheet.rows(OVERLAP, Group.LABEL)["GPE"]) == (1, 0, 2)


def test_labels_of_one_place_each_count_what_they_have():
    sheet = mention_scores(mentions(("GPE", 0, 5)), mentions(("LOC", 0, 5)))
    rows = sheet.rows(BOUNDARY, Group.LABEL)
    assert shares(rows["GPE"]) == (None, 1, 1)
    assert shares(rows["LOC"]) == (1, None, 1)


def test_two_labels_in_one_place_are_two_mentions():
    both, one = mentions(("PER", 0, 5), ("TITLE", 0, 5)), mentions(("TITLE", 0, 5))
    assert scores(both, one) == ((1, 0, 1), (1, 0, 1), (1, 0, 1))
    rows = mention_scores(both, one).rows(BOUNDARY, Group.LABEL)
    assert counts(rows["TITLE"]) == (1, 0, 0)


def test_a_mention_that_is_there_twice_counts_once():
    assert scores(mentions(("PER", 0, 5)), mentions(("PER", 0, 5), ("PER", 0, 5))) == (
        ((1, 0, 0),) * 3
    )


def test_one_long_mention_does_not_find_two():
    assert scores(mentions(("PER", 0, 3), ("PER", 4, 7)), mentions(("PER", 0, 7)))[2] == (1, 0, 1)


def test_all_fragments_must_be_the_same():
    gold = mentions(("ORG", 0, 3, 6, 9))
    assert scores(gold, gold) == ((1, 0, 0),) * 3
    assert scores(gold, mentions(("ORG", 0, 9))) == ((0, 1, 1), (0, 1, 1), (1, 0, 0))
    # What lies in the gap shares no code point.
    assert scores(gold, mentions(("ORG", 3, 6)))[2] == (0, 1, 1)


def test_nothing_predicted_and_nothing_there():
    some, none = mentions(("PER", 0, 5)), mentions()
    for measure in MENTION_MEASURES:
        assert shares(mention_scores(some, none).total(measure)) == (None, 0, 0)
        assert shares(mention_scores(none, some).total(measure)) == (0, None, 0)
        assert shares(mention_scores(none, none).total(measure)) == (None, None, None)


def most_pairs(ours, theirs, go_together):
    """The most pairs that any order of the longer side gives."""
    if len(ours) > len(theirs):
        ours, theirs = theirs, ours
    return max(sum(map(go_together, ours, chosen)) for chosen in permutations(theirs, len(ours)))


TESTS = {
    STRICT: lambda a, b: a.label == b.label and a.fragments.spans == b.fragments.spans,
    BOUNDARY: lambda a, b: a.fragments.spans == b.fragments.spans,
    OVERLAP: lambda a, b: a.label == b.label and shared(a.fragments, b.fragments) > 0,
}


@given(mention_sets(), mention_sets())
def test_no_other_way_finds_more(gold, predicted):
    sides = [
        list({(m.label, m.fragments.spans): m for m in side.mentions()}.values())
        for side in (gold, predicted)
    ]
    sheet = mention_scores(gold, predicted)
    for measure, test in TESTS.items():
        best = most_pairs(*sides, test)
        expected = best, len(sides[1]) - best, len(sides[0]) - best
        assert counts(sheet.total(measure)) == expected
    assert sheet.total(STRICT).right <= sheet.total(BOUNDARY).right
    assert sheet.total(STRICT).right <= sheet.total(OVERLAP).right


@given(mention_sets(most=8), mention_sets(most=8))
def test_sides_that_change_places_change_precision_and_recall(gold, predicted):
    there, back = mention_scores(gold, predicted), mention_scores(predicted, gold)
    assert there.tallies.keys() == back.tallies.keys()
    for cell, tally in there.tallies.items():
        other = back.tallies[cell]
        assert shares(tally) == (other.recall, other.precision, other.f1)


@given(mention_sets(most=8))
def test_a_set_agrees_with_itself(annotations):
    for tally in mention_scores(annotations, annotations).tallies.values():
        assert set(shares(tally)) <= {1.0, None}
        assert (tally.false_positives, tally.false_negatives) == (0, 0)


tags = st.lists(
    st.sampled_from(["O", "B-PER", "I-PER", "B-GPE", "I-GPE", "B-ORG"]), min_size=6, max_size=12
)


def valid(found):
    """The tags with every I- that follows nothing of its kind as B-."""
    before = "O"
    for tag in found:
        kind = tag[2:]
        before = f"B-{kind}" if tag.startswith("I-") and before[2:] != kind else tag
        yield before


def of_tags(found):
    """The mentions of tags, a token being one code point."""
    told = []
    for number, tag in enumerate(found):
        if tag.startswith("B-"):
            told.append([tag[2:], number, number + 1])
        elif tag.startswith("I-"):
            told[-1][2] = number + 1
    return mentions(*told)


@settings(max_examples=100)
@given(tags, tags)
def test_flat_strict_scores_are_those_of_seqeval(gold, predicted):
    size = min(len(gold), len(predicted))
    gold, predicted = (["B-PER", *valid(side[:size])] for side in (gold, predicted))
    sheet = mention_scores(of_tags(gold), of_tags(predicted))
    theirs = classification_report(
        [gold], [predicted], mode="strict", scheme=IOB2, output_dict=True, zero_division=0
    )
    rows = sheet.rows(STRICT, Group.LABEL)
    assert rows.keys() == theirs.keys() - {"micro avg", "macro avg", "weighted avg"}
    for label, tally in {**rows, "micro avg": sheet.total(STRICT)}.items():
        expected = theirs[label]["precision"], theirs[label]["recall"], theirs[label]["f1-score"]
        assert [share or 0 for share in shares(tally)] == pytest.approx(expected)
        assert tally.gold == theirs[label]["support"]
    assert macro(rows.values()).f1 == pytest.approx(theirs["macro avg"]["f1-score"])


def test_measures_are_in_the_order_of_strictness():
    assert MENTION_MEASURES == (Measure.STRICT, Measure.BOUNDARY, Measure.OVERLAP)
