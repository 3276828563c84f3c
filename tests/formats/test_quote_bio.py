"""Quotes as tags: strict taggers can read them, and the words they tag are those that were marked.

The reader was written for the test, from what the format says of itself.
"""

import sys
from collections import Counter
from itertools import pairwise

from hypothesis import given, settings, strategies as st
from seqeval.scheme import IOB2, IOBES, Entities

from annotator.core.annotations import Quote, QuoteType
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from annotator.formats.losses import LossKind
from annotator.formats.quote_bio import QUOTE_BIO
from annotator.formats.token_view import run_of
from tests.formats.made_articles import articles
from tests.formats.specimens import article_of, bundle, specimens
from tests.formats.written import write

COLUMNS = ("word", "content", "cue", "speaker")
OPTIONS = st.fixed_dictionaries(
    {option.name: st.sampled_from(option.values) for option in QUOTE_BIO.options}
)


def blocks_of(data):
    """Sets by id, each as sentences of rows."""
    found = {}
    for line in data.decode().split("\n")[:-1]:
        if line.startswith("# newdoc id = ") and "\t" not in line:
            sentences = found[line.removeprefix("# newdoc id = ")] = [[]]
        elif line:
            sentences[-1].append(dict(zip(COLUMNS, line.split("\t"), strict=True)))
        else:
            sentences.append([])
    for sentences in found.values():
        assert sentences.pop() == []
    return found


def tagged(items, **options):
    _, files, losses = write(QUOTE_BIO, items, options=options)
    return blocks_of(next(iter(files.values()))), losses


def spans(sentences, column, scheme=IOB2):
    """The words of each part in a column, by its label, as a strict reader of tags finds them."""
    tags = [[row[column] for row in rows] for rows in sentences]
    words = [[row["word"] for row in rows] for rows in sentences]
    return [
        (one.tag, words[one.sent_id][one.start : one.end])
        for entities in Entities(tags, scheme).entities
        for one in entities
    ]


def prove_strict(tags):
    """Nothing goes on that has not begun with the same label."""
    for before, tag in pairwise(["O", *tags]):
        if tag[0] in "IE":
            assert before[0] in "BI"
            assert before[2:] == tag[2:]


@settings(max_examples=settings.default.max_examples // 3)
@given(item=articles(), options=OPTIONS)
def test_tags_are_strict_and_what_is_missing_is_told(item, options):
    found, losses = tagged([item], **options)
    rows = [row for sentence in found["d1"] for row in sentence]
    text, annotations = item.bundle.document.text, item.bundle.sets[0].annotations
    assert [row["word"] for row in rows] == [token.of(text) for token in item.segmentation.tokens]
    for sentence in found["d1"]:
        for column in COLUMNS[1:]:
            prove_strict([row[column] for row in sentence])
    told = {(loss.record, loss.kind, loss.detail) for loss in losses}
    tokens = set()
    for quote in annotations.quotes():
        if (quote.id, LossKind.QUOTE, "") in told:
            continue
        runs = [run_of(item.segmentation, span) for span in quote.content.spans]
        tokens |= {n for run in runs if run for n in range(run.first, run.last)}
        for run in filter(None, runs):
            labels = {row["content"][2:] for row in rows[run.first : run.last]}
            assert labels == {quote.type.value}
        is_told = (quote.id, LossKind.QUOTE_PART, "cue") in told
        if quote.cue is not None and not is_told:
            run = next(filter(None, (run_of(item.segmentation, s) for s in quote.cue.spans)))
            assert rows[run.first]["cue"] != "O"
    assert tokens == {n for n, row in enumerate(rows) if row["content"] != "O"}
    assert {record for record, _, _ in told}.issuperset(one.id for one in annotations.mentions())


SAID = (
    "[سەرۆک]PER [جەختی]Q1.cue لە «[ئاشتی]direct(speaker=T1)» و [ژیان]Q1.content [کردەوە]Q1.cue. "
    "[سەرۆک]PER [گوتی]Q2.cue [باشە. وەرن]indirect(speaker=T2,addressee=T1)."
)


def test_each_part_has_its_column_and_each_piece_its_tags():
    found, losses = tagged([bundle("d1", SAID)])
    assert spans(found["d1"], "content") == [
        ("direct", ["ئاشتی"]),
        ("direct", ["ژیان"]),
        ("indirect", ["باشە", "."]),
        ("indirect", ["وەرن"]),
    ]
    assert [words for _, words in spans(found["d1"], "cue")] == [["جەختی"], ["کردەوە"], ["گوتی"]]
    assert spans(found["d1"], "speaker") == [("SPEAKER", ["سەرۆک"])] * 2
    told = [(loss.record, loss.kind, loss.detail) for loss in losses if loss.record[0] == "Q"]
    assert told == [
        ("Q2", LossKind.DETAIL, "content.sentences"),
        ("Q2", LossKind.QUOTE_PART, "addressees"),
        ("Q1", LossKind.DETAIL, "marks, fragments"),
    ]


def test_a_document_can_be_one_block():
    found, losses = tagged([bundle("d1", SAID)], window="document", tagging="bioes")
    assert len(found["d1"]) == 1
    assert spans(found["d1"], "content", IOBES)[-1] == ("indirect", ["باشە", ".", "وەرن"])
    assert not any(loss.detail == "content.sentences" for loss in losses)


NESTED = (
    "[سەرۆک]PER [گوتی]Q1.cue [ئەوان [دەڵێن]Q2.cue [باشە]indirect(speaker=E1)]"
    "indirect(speaker=T1) [ئەو]PER=E1"
)


def test_of_quotes_inside_of_others_the_outermost_is_kept_or_the_innermost():
    found, losses = tagged([bundle("d1", NESTED)])
    assert spans(found["d1"], "content") == [("indirect", ["ئەوان", "دەڵێن", "باشە"])]
    assert spans(found["d1"], "cue") == [("CUE", ["گوتی"])]
    assert [loss.record for loss in losses if loss.kind is LossKind.QUOTE] == ["Q2"]
    found, losses = tagged([bundle("d1", NESTED)], nesting="innermost")
    assert spans(found["d1"], "content") == [("indirect", ["باشە"])]
    assert spans(found["d1"], "cue") == [("CUE", ["دەڵێن"])]
    told = [(loss.record, loss.kind, loss.detail) for loss in losses if loss.record[0] == "Q"]
    assert told == [("Q2", LossKind.QUOTE_PART, "speaker"), ("Q1", LossKind.QUOTE, "")]


def test_quotes_share_a_cue_and_a_speaker_but_not_a_part_of_them():
    notation = (
        "[[سەرۆکی]Q3.speaker هەرێم]PER [[گوتی]Q2.cue]Q1.cue [باشە]indirect(speaker=T1) "
        "[وەرن]indirect(speaker=T1) [نا]indirect"
    )
    found, losses = tagged([bundle("d1", notation)])
    assert spans(found["d1"], "cue") == [("CUE", ["گوتی"])]
    assert spans(found["d1"], "speaker") == [("SPEAKER", ["سەرۆکی", "هەرێم"])]
    assert [(loss.record, loss.detail) for loss in losses if loss.record[0] == "Q"] == [
        ("Q3", "speaker")
    ]


def test_pieces_that_share_a_word_are_one():
    notation = "[لە هەو]indirectلێ[ر]Q1.contentدا هات [لە]direct"
    found, losses = tagged([bundle("d1", notation)])
    assert spans(found["d1"], "content") == [
        ("indirect", ["لە", "هەولێردا"]),
        ("direct", ["لە"]),
    ]
    assert (LossKind.WIDENED, "content") in [(loss.kind, loss.detail) for loss in losses]


def test_every_set_begins_with_its_id():
    found, _ = tagged(specimens())
    assert list(found) == ["empty", "plain", "rich", "twice.a1", "twice.a2"]


def test_many_quotes_in_many_sentences_take_their_time_and_no_more():
    """Four times as many take about four times as many calls, not sixteen times."""

    def calls(count):
        text = "باشە هات. " * count
        quotes = [
            Quote(RecordId(f"Q{n + 1}"), QuoteType.INDIRECT, Fragments.at(10 * n, 10 * n + 4))
            for n in range(count)
        ]
        item = article_of("d1", text, quotes)
        made = Counter()
        sys.setprofile(lambda frame, event, _: made.update([event]))
        try:
            _, losses = tagged([item])
        finally:
            sys.setprofile(None)
        assert losses == []
        return made["call"]

    assert calls(400) < 5 * calls(100)
