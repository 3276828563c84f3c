"""Which suggestions are alike, and how many."""

from annotator.core.ids import Layer
from annotator.core.span import Fragments, Span
from annotator.suggest.likeness import Likenesses
from tests.suggest.readers import suggestion

TEXT = "سوریا و سووریا و دهۆک"


def at(start, end, label="GPE"):
    return suggestion(Layer.MENTION, label, Fragments.at(start, end))


SYRIA, AGAIN, OTHER_LABEL, DUHOK = at(0, 5), at(8, 14), at(8, 14, "LOC"), at(17, 21)


def test_alike_are_those_with_the_same_words_and_label_however_they_are_written():
    alike = Likenesses(TEXT)
    assert alike.of(SYRIA) == alike.of(AGAIN)
    assert len({alike.of(one) for one in (SYRIA, OTHER_LABEL, DUHOK)}) == 3


def test_of_one_in_pieces_the_head_counts_or_the_first():
    alike = Likenesses(TEXT)
    pieces = (Span(8, 14), Span(17, 21))
    with_head = suggestion(Layer.MENTION, "GPE", Fragments(pieces, Span(17, 21)))
    assert alike.of(with_head) == alike.of(DUHOK)
    assert alike.of(suggestion(Layer.MENTION, "GPE", Fragments(pieces))) == alike.of(SYRIA)


def test_they_are_counted_as_they_come_and_go():
    alike = Likenesses(TEXT)
    alike.exchange((), (SYRIA, AGAIN, DUHOK))
    assert [alike.count(one) for one in (SYRIA, DUHOK, OTHER_LABEL)] == [2, 1, 0]
    alike.exchange((AGAIN, DUHOK), (OTHER_LABEL,))
    assert [alike.count(one) for one in (SYRIA, DUHOK, OTHER_LABEL)] == [1, 0, 1]
