"""Annotations as runs of tokens: where they lie, which are kept, how they are tagged."""

from itertools import combinations

import pytest
from hypothesis import given, strategies as st

from annotator.core.annotations import Mention, MentionLevel
from annotator.core.document import Document, Segmentation, Source
from annotator.core.ids import DocumentId, RecordId
from annotator.core.span import Fragments, Span
from annotator.formats.losses import Loss, LossKind
from annotator.formats.token_view import (
    LEVELS,
    NESTING,
    TAGGING,
    Runs,
    TaggedRun,
    Tagging,
    TokenRun,
    covering_run,
    joined_runs,
    run_of,
    sentence_runs,
    tags_of,
)
from tests.builders import annotated, annotation_set, changed, segmentation
from tests.formats.specimens import SCHEME, set_document

TEXT = "یەک دوو. سێ چوار پێنج"
TOKENS = segmentation(TEXT)


def at(start, end):
    return Fragments.at(start, end)


def made(notation, edit=lambda annotations: annotations):
    document, annotations = annotated(notation)
    losses = []
    tokens = segmentation(document.text)
    return Runs(set_document(document, edit(annotations), losses.append, tokens)), losses


@pytest.mark.parametrize(
    ("span", "run"),
    [
        (Span(0, 3), TokenRun(0, 1)),
        (Span(0, 7), TokenRun(0, 2)),
        (Span(1, 3), TokenRun(0, 1, is_exact=False)),
        (Span(0, 5), TokenRun(0, 2, is_exact=False)),
        (Span(2, 5), TokenRun(0, 2, is_exact=False)),
        (Span(3, 4), None),
    ],
)
def test_a_run_is_of_the_tokens_that_share_a_code_point(span, run):
    assert run_of(TOKENS, span) == run


def test_a_run_is_as_long_as_it_has_tokens():
    assert [len(TokenRun(2, 5)), len(TokenRun(2, 2))] == [3, 0]


def test_sentences_are_together_all_tokens():
    assert sentence_runs(TOKENS) == (TokenRun(0, 3), TokenRun(3, 6))


def test_tokens_outside_of_sentences_go_with_the_one_before_and_empty_ones_are_left_out():
    tokens = tuple(Span(n, n + 1) for n in range(0, 10, 2))
    sentences = (Span(2, 5), Span(5, 6), Span(6, 7))
    stray = Segmentation(tokens, sentences, ())
    assert sentence_runs(stray) == (TokenRun(0, 1), TokenRun(1, 3), TokenRun(3, 5))
    assert sentence_runs(Segmentation((), (Span(0, 1),), ())) == ()
    assert sentence_runs(Segmentation(tokens, (), ())) == (TokenRun(0, 5),)


@pytest.mark.parametrize(
    ("run", "number"),
    [
        (TokenRun(0, 2), 0),
        (TokenRun(2, 5), 1),
        (TokenRun(4, 5), 1),
        (TokenRun(1, 3), None),
        (TokenRun(5, 6), None),
    ],
)
def test_a_run_lies_in_the_one_that_holds_all_of_it(run, number):
    assert covering_run((TokenRun(0, 2), TokenRun(2, 5)), run) == number


def test_sentences_are_joined_across_which_a_run_lies():
    sentences = (TokenRun(0, 3), TokenRun(3, 6), TokenRun(6, 9), TokenRun(9, 10))
    assert joined_runs(sentences, []) == sentences
    assert joined_runs(sentences, [TokenRun(0, 3), TokenRun(8, 9)]) == sentences
    assert joined_runs(sentences, [TokenRun(2, 4)]) == (TokenRun(0, 6), *sentences[2:])
    assert joined_runs(sentences, [TokenRun(5, 7), TokenRun(8, 10)]) == (
        TokenRun(0, 3),
        TokenRun(3, 10),
    )
    assert joined_runs(sentences, [TokenRun(0, 10)]) == (TokenRun(0, 10),)
    assert joined_runs((), [TokenRun(0, 1)]) == ()


def test_what_is_not_as_it_was_is_told():
    runs, losses = made("[یەک]PER دوو سێ")
    assert runs.of(at(0, 3), "T1") == TokenRun(0, 1)
    assert losses == []
    assert runs.of(at(3, 4), "T1", "cue") is None
    assert runs.of(Fragments((Span(0, 2), Span(5, 6))), "T1", "x") == TokenRun(0, 2, is_exact=False)
    assert losses == [
        Loss("d1", "a1", "T1", LossKind.NO_TOKEN, "cue"),
        Loss("d1", "a1", "T1", LossKind.JOINED, "x"),
        Loss("d1", "a1", "T1", LossKind.WIDENED, "x"),
    ]


def labels(runs, **options):
    return [(one.label, one.run.first, one.run.last) for one in runs.flat(SCHEME, **options)]


NESTED = "[سەرۆکی [هەرێم]GPE]PER و [[هەولێر]GPE ئێرە]LOC"


def test_the_outermost_is_kept_or_the_innermost():
    runs, losses = made(NESTED)
    assert labels(runs) == [("PER", 0, 2), ("LOC", 3, 5)]
    assert {loss.record for loss in losses} == {"T2", "T4"}
    assert {loss.kind for loss in losses} == {LossKind.OVERLAP}
    runs, losses = made(NESTED)
    assert labels(runs, innermost=True) == [("GPE", 1, 2), ("GPE", 3, 4)]
    assert {loss.record for loss in losses} == {"T1", "T3"}


def test_of_mentions_as_long_as_each_other_the_first_of_the_scheme_is_kept():
    runs, losses = made("[[هەولێر]GPE]ORG")
    assert labels(runs) == [("ORG", 0, 1)]
    assert [loss.record for loss in losses] == ["T2"]
    crossing = "[یەک [دوو]PER]PER سێ"
    runs, losses = made(crossing, lambda each: changed(each, "T2", fragments=at(4, 10)))
    assert labels(runs) == [("PER", 0, 2)]
    assert [loss.record for loss in losses] == ["T2"]


def test_a_label_outside_of_the_scheme_comes_behind_all_others_of_its_length():
    runs, losses = made("[[هەولێر]GPE]PER", lambda each: changed(each, "T1", label="X"))
    assert labels(runs) == [("GPE", 0, 1)]
    assert [(loss.record, loss.kind) for loss in losses] == [("T1", LossKind.OVERLAP)]


def test_overlays_never_come_in_and_other_levels_only_when_asked_for():
    def lower(annotations):
        return changed(annotations, "T2", level=MentionLevel.NOM)

    runs, losses = made("[سەرۆک]TITLE [ئەو]PER [ئاشنا]PER", lower)
    assert labels(runs) == [("PER", 2, 3)]
    assert [(loss.record, loss.kind) for loss in losses] == [
        ("T1", LossKind.OVERLAY),
        ("T2", LossKind.LEVEL),
    ]
    runs, _ = made("[سەرۆک]TITLE [ئەو]PER [ئاشنا]PER", lower)
    assert labels(runs, names_only=False) == [("PER", 1, 2), ("PER", 2, 3)]


def test_a_mention_without_a_token_is_told():
    runs, losses = made("[یەک]PER دوو", lambda each: changed(each, "T1", fragments=at(3, 4)))
    assert runs.flat(SCHEME) == []
    assert losses == [Loss("d1", "a1", "T1", LossKind.NO_TOKEN)]


def test_what_is_kept_tells_that_it_was_widened_and_joined():
    pieces = Fragments((Span(0, 2), Span(8, 9)))
    runs, losses = made("[یەک]PER دوو سێ", lambda each: changed(each, "T1", fragments=pieces))
    [kept] = runs.flat(SCHEME)
    assert kept == TaggedRun(TokenRun(0, 3, is_exact=False), "PER", "T1")
    assert [(loss.record, loss.kind) for loss in losses] == [
        ("T1", LossKind.JOINED),
        ("T1", LossKind.WIDENED),
    ]


@pytest.mark.parametrize("innermost", [False, True])
def test_a_mention_in_pieces_does_not_take_words_from_another_one(innermost):
    def apart(annotations):
        pieces = Fragments((Span(0, 3), Span(8, 10)))
        return changed(annotations, "T1", fragments=pieces)

    runs, losses = made("[یەک]PER [دوو]GPE سێ", apart)
    kept = runs.flat(SCHEME, innermost=innermost)
    assert kept == [TaggedRun(TokenRun(1, 2), "GPE", "T2")]
    assert losses == [Loss("d1", "a1", "T1", LossKind.OVERLAP)]


def test_pieces_with_nothing_but_a_space_between_them_are_as_good_as_one():
    pieces = Fragments((Span(0, 3), Span(4, 7)))
    runs, _ = made("[یەک]PER [دوو]GPE سێ", lambda each: changed(each, "T1", fragments=pieces))
    assert [tagged.record for tagged in runs.flat(SCHEME)] == ["T1"]


def test_what_does_not_fit_keeps_no_other_out_and_is_told_once():
    pieces = Fragments((Span(0, 2), Span(4, 7)))
    runs, losses = made("[یەک]PER [دوو]GPE سێ", lambda each: changed(each, "T1", fragments=pieces))
    kept = runs.flat(SCHEME, fits=lambda run, mention: len(run) == 1)
    assert kept == [TaggedRun(TokenRun(1, 2), "GPE", "T2")]
    assert losses == [Loss("d1", "a1", "T1", LossKind.MENTION)]


WORDS = 12
SPACED = " ".join(["وشە"] * WORDS)
PLACES = st.tuples(st.integers(0, 4 * WORDS - 2), st.integers(1, 16)).map(
    lambda pair: (pair[0], min(pair[0] + pair[1], 4 * WORDS - 1))
)
LABELS = st.sampled_from(["PER", "ORG", "GPE", "DATE", "UNKNOWN"])


@given(st.lists(st.tuples(PLACES, LABELS), max_size=14), st.booleans())
def test_flattening_keeps_as_much_as_it_may(placed, innermost):
    """No two that are kept share a token, and each that is not shares one with one that comes
    before it: at least as long, or as short where the innermost is wanted.
    """
    mentions = [
        Mention(RecordId(f"T{number}"), label, at(*place))
        for number, (place, label) in enumerate(placed, 1)
    ]
    tokens = segmentation(SPACED)
    losses = []
    document = Document(DocumentId("d1"), SPACED, Source(None, "0" * 64))
    runs = Runs(set_document(document, annotation_set(*mentions), losses.append, tokens))
    kept = runs.flat(SCHEME, innermost=innermost)
    assert kept == sorted(kept, key=lambda one: one.run.first)
    for one, other in combinations(kept, 2):
        assert one.run.last <= other.run.first
    covering = {each.id: run_of(tokens, each.fragments.envelope) for each in mentions}
    for one in kept:
        assert one.run == covering[one.record]
    out = {loss.record for loss in losses if loss.kind is LossKind.OVERLAP}
    without = {identifier for identifier, run in covering.items() if run is None}
    assert {one.record for one in kept} | out | without == set(covering)
    assert out.isdisjoint(one.record for one in kept)
    sign = -1 if innermost else 1
    for identifier in out:
        run = covering[identifier]
        assert any(
            one.run.first < run.last
            and run.first < one.run.last
            and sign * len(one.run) >= sign * len(run)
            for one in kept
        )


def test_tags_begin_and_go_on():
    runs = [
        TaggedRun(TokenRun(1, 2), "PER", "T1"),
        TaggedRun(TokenRun(2, 5), "GPE", "T2"),
        TaggedRun(TokenRun(6, 8), "ORG", "T3"),
    ]
    assert tags_of(8, runs, Tagging.BIO) == [
        "O", "B-PER", "B-GPE", "I-GPE", "I-GPE", "O", "B-ORG", "I-ORG",
    ]  # fmt: skip
    assert tags_of(8, runs, Tagging.BIOES) == [
        "O", "S-PER", "B-GPE", "I-GPE", "E-GPE", "O", "B-ORG", "E-ORG",
    ]  # fmt: skip
    assert tags_of(3, [TaggedRun(TokenRun(5, 7), "PER", "T1")], Tagging.BIO, first=4) == [
        "O", "B-PER", "I-PER",
    ]  # fmt: skip
    assert tags_of(0, [], Tagging.BIO) == []


def test_the_choices_are_those_that_can_be_asked_for():
    assert (NESTING.default, LEVELS.default) == ("outermost", "names")
    assert [Tagging(value) for value in TAGGING.values] == list(Tagging)
