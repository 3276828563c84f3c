"""DyGIE++: what its `Document` reads out of a line is what was annotated.

DyGIE++ is no package, so what it does with a line is done here again, from the file alone.
"""

import re
from collections import Counter
from itertools import accumulate

import orjson
from hypothesis import given, settings

from annotator.core.annotations import Argument, MentionTarget, SpanTarget
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from annotator.formats.details import argument_name
from annotator.formats.dygie import DYGIE
from annotator.formats.losses import LossKind
from tests.formats.made_articles import articles
from tests.formats.specimens import SCHEME, bundle, with_changed
from tests.formats.written import write

ALLOWED = re.compile(r"doc_key|dataset|sentences|weight|.*(ner|relations|clusters|events)$|_")
A_SENTENCE_EACH = ("_sentence_start", "ner", "relations", "events")


def documents(items):
    _, files, losses = write(DYGIE, items)
    return [orjson.loads(line) for line in next(iter(files.values())).splitlines()], losses


def sentence_of(place, starts, ends):
    """The number of the one sentence that holds a place, as DyGIE++ looks for it."""
    inside = [a <= place[0] <= place[1] <= b for a, b in zip(starts, ends, strict=True)]
    assert sum(inside) == 1
    return inside.index(True)


def prove(document):
    assert all(ALLOWED.match(key) for key in document)
    lengths = [len(sentence) for sentence in document["sentences"]]
    assert all(lengths)
    assert all(len(document[key]) == len(lengths) for key in A_SENTENCE_EACH)
    starts = [0, *accumulate(lengths)][:-1]
    ends = [start + length - 1 for start, length in zip(starts, lengths, strict=True)]
    assert document["_sentence_start"] == starts
    ner = Counter()
    for number, (mentions, events) in enumerate(
        zip(document["ner"], document["events"], strict=True)
    ):
        ner.update((a, b) for a, b, _ in mentions)
        assert all(sentence_of(one, starts, ends) == number for one in mentions)
        triggers = Counter(trigger for (trigger, _), *_ in events)
        assert max(triggers.values(), default=1) == 1
        assert all(sentence_of((one, one), starts, ends) == number for one in triggers)
        for _, *arguments in events:
            places = Counter((a, b) for a, b, _ in arguments)
            assert max(places.values(), default=1) == 1
            assert all(sentence_of(one, starts, ends) == number for one in places)
    assert max(ner.values(), default=1) == 1
    members = Counter(tuple(one) for cluster in document["clusters"] for one in cluster)
    assert max(members.values(), default=1) == 1
    assert members.keys() <= ner.keys()
    assert all(len(cluster) > 1 for cluster in document["clusters"])


@settings(max_examples=settings.default.max_examples // 2)
@given(item=articles())
def test_what_its_loader_relies_on_holds_in_every_file(item):
    found, losses = documents([item])
    for document in found:
        prove(document)
        words = [word for sentence in document["sentences"] for word in sentence]
        assert words == [token.of(item.bundle.document.text) for token in item.segmentation.tokens]
        prove_nothing_is_missing(item, document, losses)


def prove_nothing_is_missing(item, document, losses):
    annotations = item.bundle.sets[0].annotations
    whole = {loss.record for loss in losses if loss.kind.is_whole}
    labels = Counter(label for mentions in document["ner"] for _, _, label in mentions)
    kept = (mention for mention in annotations.mentions() if mention.id not in whole)
    assert labels == Counter(mention.label for mention in kept)
    unwritten = {loss.record for loss in losses if loss.kind is LossKind.EVENT}
    there = Counter(event[0][1] for events in document["events"] for event in events)
    written = [event for event in annotations.events() if event.id not in unwritten]
    assert there == Counter(event.type for event in written)
    told = {(loss.record, loss.detail) for loss in losses if loss.kind is LossKind.ARGUMENT}
    roles = Counter(
        one[2] for events in document["events"] for event in events for one in event[1:]
    )
    wanted = Counter(
        argument.role
        for event in written
        for argument in event.arguments
        if (event.id, argument_name(argument)) not in told
    )
    # Two arguments on the same words with the same role are one.
    assert roles <= wanted
    assert roles.keys() == wanted.keys()
    for event in written:
        for argument in event.arguments:
            if not isinstance(argument.target, MentionTarget | SpanTarget):
                assert (event.id, argument_name(argument)) in told


def test_a_line_is_a_document_with_tokens_counted_from_its_start():
    notation = (
        "[[سەرۆکی]TITLE [هەرێم]GPE=E2]PER=E1 هات.\n"
        "[سەرۆک]PER=E1 [پێشوازی]Contact.Meet(Participant=T4,Place=T3)"
        " [لە میوان]EV1.Topic [کرد]EV1.trigger [ئەوێ]Contact.Call(Participant=T1)."
    )
    (found,), losses = documents([bundle("d1", notation)])
    assert found == {
        "doc_key": "d1",
        "dataset": SCHEME.id,
        "sentences": [
            ["سەرۆکی", "هەرێم", "هات", "."],
            ["سەرۆک", "پێشوازی", "لە", "میوان", "کرد", "ئەوێ", "."],
        ],
        "_sentence_start": [0, 4],
        "ner": [[[0, 1, "PER"], [0, 0, "TITLE"], [1, 1, "GPE"]], [[4, 4, "PER"]]],
        "relations": [[], []],
        "events": [
            [],
            [
                [[5, "Contact.Meet"], [4, 4, "Participant"], [6, 7, "Topic"]],
                [[9, "Contact.Call"]],
            ],
        ],
        "clusters": [[[0, 1], [4, 4]]],
    }
    told = [(loss.record, loss.kind, loss.detail) for loss in losses]
    assert told == [
        ("EV1", LossKind.HEAD, "trigger"),
        ("EV1", LossKind.ARGUMENT, "Place=T3"),
        ("EV2", LossKind.ARGUMENT, "Participant=T1"),
        ("E1", LossKind.DETAIL, "label, name"),
        ("E2", LossKind.DETAIL, "label, name"),
    ]


def test_a_trigger_of_several_words_is_the_first_of_them():
    (found,), losses = documents([bundle("d1", "[پێشوازی کرد]Contact.Meet [پێشوازی]Contact.Call")])
    assert found["events"] == [[[[0, "Contact.Meet"]], [[2, "Contact.Call"]]]]
    assert [(loss.record, loss.kind) for loss in losses] == [("EV1", LossKind.HEAD)]


def test_a_free_filler_is_written_as_its_words_without_its_entity():
    item = bundle("d1", "[هەولێر]GPE=E1 [هات]Contact.Meet")
    free = SpanTarget(Fragments.at(0, 3), RecordId("E1"))
    item = with_changed(item, "EV1", arguments=(Argument("Place", free),))
    (found,), losses = documents([item])
    assert found["events"] == [[[[1, "Contact.Meet"], [0, 0, "Place"]]]]
    told = [(loss.kind, loss.detail) for loss in losses if loss.record == "EV1"]
    assert told == [(LossKind.WIDENED, "Place"), (LossKind.DETAIL, "Place.entity")]


def test_a_text_without_words_is_not_written():
    found, losses = documents([bundle("d1", "[ ]GPE")])
    assert found == []
    assert [(loss.record, loss.kind) for loss in losses] == [("T1", LossKind.NO_TOKEN)]


def test_of_two_on_the_same_words_one_is_written():
    notation = "[[هەولێر]GPE]ORG [[کۆبووەوە]Contact.Meet لە]Contact.Call"
    (found,), losses = documents([bundle("d1", notation)])
    assert found["ner"] == [[[0, 0, "GPE"]]]
    assert found["events"] == [[[[1, "Contact.Call"]]]]
    told = [(loss.record, loss.kind) for loss in losses]
    assert told == [
        ("T1", LossKind.OVERLAP),
        ("EV1", LossKind.HEAD),
        ("EV2", LossKind.EVENT),
    ]


def test_a_mention_across_sentences_is_told():
    (found,), losses = documents([bundle("d1", "لە [هەولێر بوو. ئەو]GPE هات.")])
    assert found["ner"] == [[], []]
    assert [(loss.record, loss.kind) for loss in losses] == [("T1", LossKind.MENTION)]


def test_an_argument_stands_in_the_sentence_of_its_trigger_and_has_one_role():
    notation = (
        "[هەولێر]GPE [کۆبووەوە]Contact.Meet(Place=T1,Participant=T1,Participant=T2). [سەرۆک]PER هات"
    )
    (found,), losses = documents([bundle("d1", notation)])
    assert found["events"] == [[[[1, "Contact.Meet"], [0, 0, "Participant"]]], []]
    assert [loss.detail for loss in losses] == ["Participant=T2", "Place=T1"]
