"""Losses are counted by kind and handed on; a kind says whether anything is left."""

import pytest

from annotator.core.annotations import Mention, MentionLevel
from annotator.core.ids import STATUS_ID, Layer, RecordId
from annotator.core.span import Fragments, Span
from annotator.formats.losses import (
    Loss,
    LossKind,
    LossTally,
    LostRecord,
    lost_record,
    unheard,
)
from tests.formats.specimens import bundle, set_document

IN_ANOTHER_SHAPE = {"joined", "head", "widened", "renamed", "detail"}


@pytest.mark.parametrize("kind", LossKind)
def test_a_kind_says_whether_nothing_of_it_is_in_the_file(kind):
    assert kind.is_whole == (kind.value not in IN_ANOTHER_SHAPE)


def test_what_is_in_another_shape_comes_behind_what_is_not_there():
    whole = [kind.is_whole for kind in LossKind]
    assert whole == sorted(whole, reverse=True)
    assert whole.index(False) == list(LossKind).index(LossKind.LEFT_SET) + 1


def test_a_tally_counts_and_hands_on_in_order():
    heard = []
    tally = LossTally(heard.append)
    losses = [
        Loss("d", "s", "T1", LossKind.OVERLAP),
        Loss("d", "s", "T2", LossKind.OVERLAP),
        Loss("d", "s", "T3", LossKind.DETAIL, "level"),
    ]
    for loss in losses:
        tally(loss)
    assert heard == losses
    assert tally.kinds == {LossKind.OVERLAP: 2, LossKind.DETAIL: 1}


def test_a_tally_needs_nobody_to_hand_on_to():
    tally = LossTally()
    tally(Loss("d", "s", "T1", LossKind.EVENT))
    assert tally.kinds.total() == 1
    assert unheard(Loss("d", "s", "T1", LossKind.EVENT)) is None


def test_losses_are_told_apart_by_their_detail():
    assert Loss("d", "s", "T1", LossKind.DETAIL, "level") != Loss("d", "s", "T1", LossKind.DETAIL)


def test_a_record_is_told_by_its_text_its_label_and_its_place():
    losses = []
    one = bundle("d", "😀 [سنە]GPE=E1 [کۆبووەوە]Contact.Meet() گوتی: «[باران]direct()».").bundle
    content, text = one.sets[0], one.document.text
    told = set_document(one.document, content.annotations, losses.append, None)
    for record in (STATUS_ID, "T1", "E1", "EV1", "Q1", "T9"):
        told.lose(record, LossKind.LEFT_SET)
    assert [loss.about for loss in losses] == [
        None,
        LostRecord(Layer.MENTION, "GPE", "سنە", Span(2, 5)),
        LostRecord(Layer.ENTITY, "GPE", "سنە", None),
        LostRecord(Layer.EVENT, "Contact.Meet", "کۆبووەوە", Span(6, 14)),
        LostRecord(Layer.QUOTE, "direct", "باران", Span(text.index("باران"), len(text) - 2)),
        None,
    ]


def test_of_a_long_text_the_beginning_is_told():
    text = "وشە " * 40
    quote = Mention(RecordId("T1"), "GPE", Fragments.at(0, 159), MentionLevel.NAM)
    told = lost_record(quote, text)
    assert (told.text, told.place) == (f"{text[:80]}…", Span(0, 159))


@pytest.mark.parametrize(
    ("kind", "detail", "is_record"),
    [
        (LossKind.OVERLAP, "", True),
        (LossKind.NO_TOKEN, "", True),
        (LossKind.NO_TOKEN, "Participant", False),
        (LossKind.ARGUMENT, "", False),
        (LossKind.QUOTE_PART, "cue", False),
        (LossKind.LEFT_SET, "no text", True),
        (LossKind.DETAIL, "", False),
    ],
)
def test_a_loss_says_whether_the_record_is_gone_or_a_part_of_it(kind, detail, is_record):
    assert Loss("d", "s", "T1", kind, detail).is_record is is_record
