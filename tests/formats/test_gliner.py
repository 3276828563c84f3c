"""GLiNER examples: spans end with their last token, and labels are words."""

import json

import pytest
from msgspec.structs import replace

from annotator.core.annotations import MentionLevel
from annotator.core.scheme import Wording
from annotator.core.span import Fragments, Span
from annotator.formats.gliner import GLINER, label_words
from annotator.formats.losses import LossKind
from tests.builders import changed
from tests.formats.specimens import SCHEME, bundle, specimens, with_set
from tests.formats.written import write

ITEMS = specimens()


def written(*items, **options):
    report, files, losses = write(GLINER, items, options=options)
    [data] = files.values()
    return json.loads(data), data, losses, report


def words(examples):
    """What is named, as the trainer cuts it out: from the first token to the last one, included."""
    return [
        (label, " ".join(example["tokenized_text"][first : last + 1]))
        for example in examples
        for first, last, label in example["ner"]
    ]


def test_the_file_is_an_array_with_an_example_a_line():
    _, data, losses, report = written(bundle("d1", "[ئازاد بارزانی]PER هات. لە [سنە]GPE."))
    assert data.decode() == (
        '[\n{"id":"d1:1","tokenized_text":["ئازاد","بارزانی","هات","."],"ner":[[0,1,"Person"]]},\n'
        '{"id":"d1:2","tokenized_text":["لە","سنە","."],"ner":[[1,1,"Geopolitical entity"]]}\n]\n'
    )
    assert (report.documents, report.records, losses) == (1, 1, [])
    assert written()[1] == b"[]\n"


def test_spans_are_those_of_the_tokens_of_the_text():
    """Aligned: tokens are those of the text in order, and spans lie inside of their example."""
    examples, _, _, _ = written(*ITEMS)
    assert [word for one in examples for word in one["tokenized_text"]] == [
        token.of(item.bundle.document.text)
        for item in ITEMS
        for _ in item.bundle.sets
        for token in item.segmentation.tokens
    ]
    for one in examples:
        for first, last, _ in one["ner"]:
            assert 0 <= first <= last < len(one["tokenized_text"])
    assert [one["id"] for one in examples] == [
        "empty:1", "plain:1", "rich:1", "rich:2", "rich:3", "twice.a1:1", "twice.a2:1",
    ]  # fmt: skip


def test_mentions_come_back_word_by_word():
    examples, _, losses, _ = written(*ITEMS, label_words="label_ids")
    gone = {(one.document, one.set, one.record) for one in losses if one.kind.is_whole}
    shaped = {
        (one.document, one.set, one.record)
        for one in losses
        if one.kind in (LossKind.WIDENED, LossKind.JOINED)
    }
    found = words(examples)
    kept = 0
    for item in ITEMS:
        document = item.bundle.document
        for content in item.bundle.sets:
            for mention in content.annotations.mentions():
                key = (document.id, content.header.id, mention.id)
                kept += key not in gone
                if key not in gone | shaped:
                    text = mention.fragments.of(document.text)
                    assert (mention.label, text) in found
    assert kept == len(found)


def test_mentions_inside_of_others_are_kept_outer_ones_first():
    examples, _, losses, _ = written(
        bundle("d1", "[[سەرۆکی]TITLE [هەرێم]GPE]PER [[هات]ORG]LOC"), label_words="label_ids"
    )
    assert words(examples) == [
        ("PER", "سەرۆکی هەرێم"),
        ("TITLE", "سەرۆکی"),
        ("GPE", "هەرێم"),
        ("LOC", "هات"),
        ("ORG", "هات"),
    ]
    assert losses == []


@pytest.mark.parametrize(
    ("chosen", "word"),
    [("english_names", "Person"), ("sorani_names", "کەس"), ("label_ids", "PER")],
)
def test_labels_are_called_as_was_chosen(chosen, word):
    assert words(written(bundle("d1", "[ئازاد]PER"), label_words=chosen)[0]) == [(word, "ئازاد")]


def test_two_labels_with_one_name_are_told_apart_by_their_ids():
    alike = replace(
        SCHEME,
        labels=tuple(
            replace(label, name=Wording("کەس", "Person")) if label.id in ("PER", "ORG") else label
            for label in SCHEME.labels
        ),
    )
    made = label_words(alike, "english_names")
    assert (made["PER"], made["ORG"], made["LOC"]) == ("Person (PER)", "Person (ORG)", "Location")
    assert label_words(alike, "label_ids")["PER"] == "PER"


def test_a_label_that_the_scheme_does_not_have_is_its_own_name():
    item = with_set(bundle("d1", "[ئازاد]PER"), lambda each: changed(each, "T1", label="Mensch"))
    assert words(written(item)[0]) == [("Mensch", "ئازاد")]
    [example] = written(item, negatives="of_scheme")[0]
    assert example["ner_labels"][-1] == "Mensch"


def test_labels_of_the_scheme_are_listed_where_every_mention_was_marked():
    enabled = [label.name.en for label in SCHEME.labels if label.is_enabled]
    examples, _, _, _ = written(*ITEMS, negatives="of_scheme")
    assert {tuple(one["ner_labels"]) for one in examples} == {tuple(enabled)}
    assert all("ner_labels" not in one for one in written(*ITEMS)[0])


def test_only_names_are_written_and_offices_unless_all_was_asked_for():
    def lower(annotations):
        made = changed(annotations, "T1", level=MentionLevel.NOM)
        return changed(made, "T2", level=MentionLevel.PRO)

    item = with_set(bundle("d1", "[سەرۆک]TITLE [ئەو]PER [ئازاد]PER"), lower)
    examples, _, losses, _ = written(item, label_words="label_ids")
    assert words(examples) == [("TITLE", "سەرۆک"), ("PER", "ئازاد")]
    assert [(one.record, one.kind) for one in losses] == [
        ("T2", LossKind.LEVEL),
        ("T1", LossKind.DETAIL),
    ]
    examples, _, _, _ = written(item, label_words="label_ids", levels="all")
    assert words(examples) == [("TITLE", "سەرۆک"), ("PER", "ئەو"), ("PER", "ئازاد")]


def test_a_mention_across_sentences_joins_them():
    examples, _, _, _ = written(bundle("d1", "یەک [هات. دوو]ORG هات. [سێ]ORG هات."))
    assert [one["ner"] for one in examples] == [
        [[1, 3, "Organization"]],
        [[0, 0, "Organization"]],
    ]


def test_what_has_another_shape_is_told_and_what_has_no_token_left_out():
    def edit(annotations):
        made = changed(annotations, "T1", fragments=Fragments((Span(3, 5), Span(9, 12))))
        return changed(made, "T2", fragments=Fragments.at(2, 3))

    item = with_set(bundle("d1", "😀😀 [ئازاد]PER [هات]GPE دوو"), edit)
    examples, _, losses, _ = written(item)
    assert words(examples) == [("Person", "ئازاد هات")]
    assert [(one.record, one.kind) for one in losses] == [
        ("T1", LossKind.JOINED),
        ("T2", LossKind.NO_TOKEN),
    ]
