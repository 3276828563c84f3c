"""CoNLL columns as strict evaluators and a reader that knows nothing of the writer take them."""

import re
from itertools import product

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2, IOBES, Entities

from annotator.core.annotations import Mention, MentionLevel
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span
from annotator.formats.base import Bundle
from annotator.formats.conll_write import BETWEEN, COLUMNS, CONLL, MARKS
from annotator.formats.losses import LossKind
from annotator.formats.token_view import LEVELS, NESTING, TAGGING
from tests.builders import changed
from tests.formats.specimens import bundle, specimens
from tests.formats.written import read, write

ITEMS = specimens()
SCHEMES = {"bio": IOB2, "bioes": IOBES}


def text_of(items, **options):
    report, files, losses = write(CONLL, items, options=options)
    return files["all.conll"].decode(), losses, report


def independent(text):
    """Sentences of (token, tag), read as everybody's little reader does it."""
    sentences = []
    for block in re.split(r"\n{2,}", text.strip("\n")):
        rows = [line.split() for line in block.split("\n") if not line.startswith("# ")]
        sentences.append([(row[0], row[-1]) for row in rows if row[0] != "-DOCSTART-"])
    return [sentence for sentence in sentences if sentence]


def names(sentences):
    """What is named, by a regular expression over the tags instead of a state machine."""
    found = []
    for sentence in sentences:
        line = " ".join(tag for _, tag in sentence) + " "
        for match in re.finditer(r"(?:B-(\S+) (?:[IE]-\1 )*|S-(\S+) )", line):
            first = line[: match.start()].count(" ")
            last = first + match[0].count(" ")
            words = " ".join(word for word, _ in sentence[first:last])
            found.append((match[1] or match[2], words))
    return found


def test_the_columns_of_two_sentences_are_these():
    one = bundle("d1", "[ئازاد بارزانی]PER لە [هەولێر]GPE. 😀  هات.", sets=("a1",))
    text, losses, report = text_of([one])
    assert text == (
        "-DOCSTART- O\n\nئازاد B-PER\nبارزانی I-PER\nلە O\nهەولێر B-GPE\n. O\n\n"
        "😀 O\nهات O\n. O\n\n"
    )
    assert (report.documents, report.records, losses) == (1, 1, [])


@pytest.mark.parametrize(
    ("options", "beginning"),
    [
        ({"columns": "four_columns"}, "-DOCSTART- -X- -X- O\n\nئازاد _ _ B-PER\nهات _ _ O\n\n"),
        ({"between": "tabs"}, "-DOCSTART-\tO\n\nئازاد\tB-PER\nهات\tO\n\n"),
        ({"tagging": "bioes"}, "-DOCSTART- O\n\nئازاد S-PER\nهات O\n\n"),
        ({"document_marks": "doc_id"}, "# id = d1\nئازاد B-PER\nهات O\n\n"),
        ({"document_marks": "blank_line"}, "ئازاد B-PER\nهات O\n\n"),
        (
            {"columns": "four_columns", "between": "tabs"},
            "-DOCSTART-\t-X-\t-X-\tO\n\nئازاد\t_\t_\tB-PER\nهات\t_\t_\tO\n\n",
        ),
    ],
)
def test_options_change_the_layout(options, beginning):
    assert text_of([bundle("d1", "[ئازاد]PER هات")], **options)[0] == beginning


ALL = list(product(TAGGING.values, COLUMNS.values, BETWEEN.values, MARKS.values, NESTING.values))


@pytest.mark.parametrize(("tagging", "columns", "between", "marks", "nesting"), ALL)
def test_every_layout_is_strict_and_comes_back(tagging, columns, between, marks, nesting):
    options = {"tagging": tagging, "columns": columns, "between": between,
               "document_marks": marks, "nesting": nesting}  # fmt: skip
    _, files, losses = write(CONLL, ITEMS, options=options)
    text = files["all.conll"].decode()
    sentences = independent(text)
    tags = [[tag for _, tag in sentence] for sentence in sentences]
    found = names(sentences)
    assert sum(map(len, Entities(tags, SCHEMES[tagging]).entities)) == len(found)
    mentions = {
        (item.bundle.document.id, content.header.id, mention.id)
        for item in ITEMS
        for content in item.bundle.sets
        for mention in content.annotations.mentions()
    }
    gone = {(one.document, one.set, one.record) for one in losses if one.kind.is_whole}
    assert len(found) == len(mentions - gone)
    bundles, problems = read(CONLL, files)
    assert problems == []
    assert found == [
        (mention.label, mention.fragments.of(one.document.text))
        for one in bundles
        for mention in one.sets[0].annotations.mentions()
    ]
    known = [one.document.id for one in bundles]
    if marks == "doc_id":
        assert known == ["empty", "plain", "rich", "twice.a1", "twice.a2"]
    elif marks == "docstart":
        assert known == [f"all-{number}" for number in range(1, 6)]
    else:
        assert known == ["all"]


@pytest.mark.parametrize("tagging", TAGGING.values)
def test_a_strict_report_finds_nothing_to_mend(tagging):
    text, _, _ = text_of(ITEMS, tagging=tagging)
    sentences = independent(text)
    tags = [[tag for _, tag in sentence] for sentence in sentences]
    report = classification_report(
        tags, tags, mode="strict", scheme=SCHEMES[tagging], output_dict=True
    )
    assert report["micro avg"]["f1-score"] == 1.0
    assert report["micro avg"]["support"] == len(names(sentences))


def test_the_tokens_are_those_of_the_text():
    text, _, _ = text_of(ITEMS, document_marks="doc_id")
    words = [word for sentence in independent(text) for word, _ in sentence]
    assert words == [
        token.of(item.bundle.document.text)
        for item in ITEMS
        for _ in item.bundle.sets
        for token in item.segmentation.tokens
    ]


def test_two_columns_with_a_space_are_those_of_other_kurdish_corpora():
    """Each line a token, one space and a tag, or nothing: no marks, no comments."""
    text, _, _ = text_of(ITEMS, document_marks="blank_line")
    assert re.fullmatch(r"(?:(?:[^\s]+ (?:O|[BI]-[A-Z]+)\n)+\n)+", text)


def test_a_mention_across_sentences_joins_them():
    text = "یەک هات. دوو هات. سێ هات."
    one = bundle("d1", text)
    other = bundle("d1", "یەک [هات. دوو]ORG هات. سێ هات.")
    assert other.bundle.document.text == text
    assert len(independent(text_of([one])[0])) == 3
    joined = independent(text_of([other])[0])
    assert [len(sentence) for sentence in joined] == [6, 3]
    assert names(joined) == [("ORG", "هات . دوو")]


def test_mentions_by_noun_are_written_where_all_were_asked_for():
    def lower(item):
        [content] = item.bundle.sets
        lowered = changed(content.annotations, "T1", level=MentionLevel.NOM)
        sets = (replace(content, annotations=lowered),)
        return replace(item, bundle=Bundle(item.bundle.document, sets))

    one = lower(bundle("d1", "[سەرۆک]PER هات"))
    text, losses, _ = text_of([one])
    assert names(independent(text)) == []
    assert [(loss.record, loss.kind) for loss in losses] == [("T1", LossKind.LEVEL)]
    text, losses, _ = text_of([one], levels="all")
    assert LEVELS.values == ("names", "all")
    assert names(independent(text)) == [("PER", "سەرۆک")]
    assert [(one.record, one.kind, one.detail) for one in losses] == [
        ("T1", LossKind.DETAIL, "level")
    ]


def test_a_label_with_spaces_is_renamed_and_told():
    item = bundle("d1", "[ئازاد بارزانی]PER هات")
    [content] = item.bundle.sets
    renamed = changed(content.annotations, "T1", label="Person name")
    sets = (replace(content, annotations=renamed),)
    text, losses, _ = text_of([replace(item, bundle=Bundle(item.bundle.document, sets))])
    assert names(independent(text)) == [("Person_name", "ئازاد بارزانی")]
    assert [(loss.kind, loss.detail) for loss in losses] == [(LossKind.RENAMED, "Person_name")]


def test_offsets_are_of_code_points_and_edges_inside_of_words_are_widened():
    item = bundle("d1", "😀😀 [هەولێر]GPEدا  «[سنە]GPE»")
    text, losses, _ = text_of([item])
    assert names(independent(text)) == [("GPE", "هەولێردا"), ("GPE", "سنە")]
    assert [(loss.record, loss.kind) for loss in losses] == [("T1", LossKind.WIDENED)]
    assert item.bundle.sets[0].annotations.mention("T1").fragments.envelope == Span(3, 9)


WORDS = 9
SPACED = "یەک. " * WORDS
EDGES = st.tuples(st.integers(0, WORDS - 1), st.integers(1, 3), st.sampled_from(["PER", "ORG"]))


@given(
    st.lists(EDGES, max_size=6),
    st.sampled_from(ALL),
)
def test_whatever_is_written_comes_back(placed, layout):
    mentions = [
        Mention(
            RecordId(f"T{n}"), label, Fragments.at(5 * first, 5 * min(first + count, WORDS) - 1)
        )
        for n, (first, count, label) in enumerate(placed, 1)
    ]
    tagging, columns, between, marks, nesting = layout
    options = {"tagging": tagging, "columns": columns, "between": between,
               "document_marks": marks, "nesting": nesting}  # fmt: skip
    _, files, losses = write(CONLL, [bundle("d1", SPACED, *mentions)], options=options)
    lost = {one.record for one in losses}
    kept = sorted(
        (one for one in mentions if one.id not in lost), key=lambda one: one.fragments.start
    )
    [read_back], problems = read(CONLL, files)
    found = [
        (one.label, one.fragments.of(read_back.document.text).split())
        for one in read_back.sets[0].annotations.mentions()
    ]
    assert problems == []
    assert found == [
        (one.label, one.fragments.of(SPACED).replace(".", " .").split()) for one in kept
    ]
