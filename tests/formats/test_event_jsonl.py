"""TextEE and OneIE: what their loaders rely on holds, whatever is annotated.

The loaders are not packages, so what they do with a file is done here again, from the file alone.
"""

from collections import Counter
from itertools import chain, pairwise

import orjson
from hypothesis import given, strategies as st

from annotator.core.annotations import Argument, MentionTarget, SpanTarget
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from annotator.formats.details import argument_name
from annotator.formats.event_jsonl import ONEIE, TEXTEE
from annotator.formats.losses import LossKind
from tests.formats.made_articles import articles
from tests.formats.specimens import bundle, specimens, with_changed
from tests.formats.written import write

OPTIONS = st.fixed_dictionaries(
    {option.name: st.sampled_from(option.values) for option in TEXTEE.options}
)


def instances(known, items, **options):
    """The lines of an export as objects, and its losses."""
    report, files, losses = write(known, items, options=options)
    lines = next(iter(files.values())).splitlines()
    assert report.records == len(lines)
    return [orjson.loads(line) for line in lines], losses


def squeezed(text):
    return "".join(text.split())


def prove_places(instance):
    """Places are half-open, inside of the instance, and have the text they tell."""
    tokens = instance["tokens"]
    text = instance.get("text", instance.get("sentence"))
    assert tokens
    assert squeezed(text) == "".join(tokens)
    triggers = [event["trigger"] for event in instance["event_mentions"]]
    for place in chain(instance["entity_mentions"], triggers):
        assert 0 <= place["start"] < place["end"] <= len(tokens)
        assert squeezed(place["text"]) == "".join(tokens[place["start"] : place["end"]])
        assert place["text"] in text


def prove_flat(places):
    """No two share a token, and they come in order: so nothing is mapped to anything else."""
    assert all(one["end"] <= other["start"] for one, other in pairwise(places))


def prove_arguments(instance):
    """Every argument is a mention of the instance, and has one role in its event."""
    mentions = {one["id"]: one for one in instance["entity_mentions"]}
    assert len(mentions) == len(instance["entity_mentions"])
    for event in instance["event_mentions"]:
        fillers = [one["entity_id"] for one in event["arguments"]]
        assert len(set(fillers)) == len(fillers)
        for argument in event["arguments"]:
            mention = mentions[argument["entity_id"]]
            told = {name: mention[name] for name in argument if name not in {"entity_id", "role"}}
            assert argument == {"entity_id": mention["id"], "role": argument["role"], **told}


def prove(instance):
    prove_places(instance)
    prove_flat(instance["entity_mentions"])
    prove_flat([event["trigger"] for event in instance["event_mentions"]])
    prove_arguments(instance)
    assert instance["relation_mentions"] == []


@given(known=st.sampled_from([TEXTEE, ONEIE]), item=articles(), options=OPTIONS)
def test_what_the_loaders_rely_on_holds_in_every_file(known, item, options):
    found, losses = instances(known, [item], **options)
    for instance in found:
        prove(instance)
    words = [token.of(item.bundle.document.text) for token in item.segmentation.tokens]
    assert list(chain.from_iterable(one["tokens"] for one in found)) == words
    names = [one["wnd_id"] for one in found]
    assert len(set(names)) == len(names)
    assert options["window"] == "sentence" or len(found) == bool(words)
    prove_nothing_is_missing(item, found, losses)


def prove_nothing_is_missing(item, found, losses):
    """What is not in the file is told, and what is told to be missing is not there."""
    annotations = item.bundle.sets[0].annotations
    whole = {loss.record for loss in losses if loss.kind.is_whole}
    told = {(loss.record, loss.detail) for loss in losses if loss.kind is LossKind.ARGUMENT}
    mentions = {one["id"] for instance in found for one in instance["entity_mentions"]}
    events = {one["id"]: one for instance in found for one in instance["event_mentions"]}
    for mention in annotations.mentions():
        assert (f"d1-{mention.id}" in mentions) != (mention.id in whole)
    assert whole.issuperset(quote.id for quote in annotations.quotes())
    unwritten = {loss.record for loss in losses if loss.kind is LossKind.EVENT}
    renamed = {(loss.record, loss.detail) for loss in losses if loss.kind is LossKind.RENAMED}
    for event in annotations.events():
        assert (f"d1-{event.id}" in events) != (event.id in unwritten)
        if event.id in unwritten:
            continue
        there = {(one["role"], one["entity_id"]) for one in events[f"d1-{event.id}"]["arguments"]}
        for argument in event.arguments:
            name = argument_name(argument)
            match argument.target:
                case MentionTarget(mention) if (argument.role, f"d1-{mention}") in there:
                    continue
                case SpanTarget() if any(
                    (event.id, f"{name} → {filler}") in renamed
                    for role, filler in there
                    if role == argument.role
                ):
                    continue
            assert (event.id, name) in told


MEETING = (
    "[سەرۆک]PER=E1 لە [هەولێر]GPE=E2 [کۆبووەوە]Contact.Meet(Participant=T1,Place=T2,Place=T3). "
    "لە [سلێمانی]GPE [[قسەی]EV3.Topic کرد]Contact.Meet(Participant=T3,Topic=T3,Participant=E2)"
    " [قسەی]Contact.Call."
)


def test_a_sentence_is_an_instance_with_its_mentions_and_events():
    (first, second), losses = instances(TEXTEE, [bundle("d1", MEETING)])
    assert (first["doc_id"], first["wnd_id"], first["lang"]) == ("d1", "d1-0", "ckb")
    assert first["text"] == "سەرۆک لە هەولێر کۆبووەوە."
    assert first["entity_mentions"][0] == {
        "id": "d1-T1",
        "entity_id": "d1-E1-T1",
        "entity_type": "PER",
        "entity_subtype": "PER",
        "mention_type": "NAM",
        "text": "سەرۆک",
        "start": 0,
        "end": 1,
    }
    assert second["entity_mentions"][0]["entity_id"] == "d1-T3-T3"
    (event,) = first["event_mentions"]
    assert event["trigger"] == {"text": "کۆبووەوە", "start": 3, "end": 4}
    assert [(one["role"], one["entity_id"], one["text"]) for one in event["arguments"]] == [
        ("Participant", "d1-T1", "سەرۆک"),
        ("Place", "d1-T2", "هەولێر"),
    ]
    told = {(loss.record, loss.detail) for loss in losses if loss.kind is LossKind.ARGUMENT}
    assert told == {("EV1", "Place=T3"), ("EV2", "Topic=T3"), ("EV2", "Participant=E2")}
    events = [(one["id"], one["trigger"]["text"]) for one in second["event_mentions"]]
    assert events == [("d1-EV2", "قسەی کرد"), ("d1-EV3", "قسەی")]


def test_an_argument_of_another_sentence_needs_the_whole_document():
    (found,), losses = instances(TEXTEE, [bundle("d1", MEETING)], window="document")
    roles = [(one["role"], one["entity_id"]) for one in found["event_mentions"][0]["arguments"]]
    assert roles == [("Participant", "d1-T1"), ("Place", "d1-T2"), ("Place", "d1-T3")]
    assert not any(loss.record == "EV1" for loss in losses)


def test_oneie_calls_an_instance_a_sentence_and_wants_its_pieces_from_elsewhere():
    (first, _), _ = instances(ONEIE, [bundle("d1", MEETING)])
    assert (first["sent_id"], first["sentence"]) == ("d1-0", "سەرۆک لە هەولێر کۆبووەوە.")
    assert {"pieces", "token_lens", "text", "lang"}.isdisjoint(first)
    assert first["event_mentions"][0]["arguments"][0] == {
        "entity_id": "d1-T1",
        "role": "Participant",
        "text": "سەرۆک",
    }


NAMED = ("هەولێر", "ئاشتی")


def roles_of(instance, number=0):
    arguments = instance["event_mentions"][number]["arguments"]
    return [(one["role"], one["entity_id"]) for one in arguments]


def told_of(losses, record):
    return [(loss.kind, loss.detail) for loss in losses if loss.record == record]


def test_a_free_filler_is_a_mention_of_its_own_unless_there_is_one_on_the_same_words():
    notation = (
        "[هەولێر]GPE [باسی]Contact.Meet [[ئاشتی و]EV1.Topic ژیان]EV2.Topic"
        " [کرد]Contact.Call [[هەولێر]GPE]EV1.Place[دا]EV2.Place [لە [هەولێر]GPE]EV2.Place"
    )
    (found,), losses = instances(TEXTEE, [bundle("d1", notation)])
    free = [one for one in found["entity_mentions"] if one["entity_type"] == "VALUE"]
    assert [(one["id"], one["mention_type"], one["text"]) for one in free] == [
        ("d1-V1", "VALUE", "ئاشتی و")
    ]
    assert roles_of(found) == [("Place", "d1-T2"), ("Topic", "d1-V1")]
    # It shares a word with another free filler, and the end of a word is all of it.
    assert roles_of(found, 1) == [("Place", "d1-T2")]
    kinds = [kind for kind, _ in told_of(losses, "EV2")]
    assert kinds == [
        LossKind.RENAMED,
        LossKind.WIDENED,
        LossKind.ARGUMENT,
        LossKind.ARGUMENT,
    ]


def test_of_two_roles_of_one_mention_the_first_of_the_scheme_is_kept():
    notation = "[هەولێر]GPE [کۆبووەوە]Contact.Meet(Place=T1,Participant=T1,Participant=T1)"
    (found,), losses = instances(TEXTEE, [bundle("d1", notation)])
    assert roles_of(found) == [("Participant", "d1-T1")]
    assert told_of(losses, "EV1") == [(LossKind.ARGUMENT, "Place=T1")]


def test_of_two_triggers_on_one_word_the_first_is_kept():
    notation = "[[کۆبووەوە]Contact.Meet ئەوان]Contact.Call"
    (found,), losses = instances(TEXTEE, [bundle("d1", notation)])
    assert [one["id"] for one in found["event_mentions"]] == ["d1-EV1"]
    assert told_of(losses, "EV2") == [(LossKind.EVENT, "")]


def test_nouns_and_pronouns_come_in_unless_only_names_are_wanted():
    item = next(one for one in specimens() if one.bundle.document.id == "rich")
    inner, losses = instances(TEXTEE, [item], nesting="innermost")
    levels = {one["mention_type"] for each in inner for one in each["entity_mentions"]}
    assert "NOM" not in levels
    assert (LossKind.OVERLAP, "") in told_of(losses, "T20")
    _, losses = instances(TEXTEE, [item], nesting="innermost", levels="names")
    assert told_of(losses, "T20") == [(LossKind.LEVEL, "")]


def test_the_sets_of_a_document_are_documents_of_their_own():
    found, _ = instances(ONEIE, [bundle("d1", "[هەولێر]GPE", sets=("b", "a"))])
    assert [one["doc_id"] for one in found] == ["d1.a", "d1.b"]
    counted = Counter(one["id"] for each in found for one in each["entity_mentions"])
    assert counted == {"d1.a-T1": 1, "d1.b-T1": 1}


def test_a_free_filler_has_its_entity_unless_its_words_have_another():
    item = bundle("d1", "[هەولێر]GPE=E1 بە ئاشتی [کۆبووەوە]Contact.Meet [ئەو]PER=E2")
    text = item.bundle.document.text
    known = RecordId("E2")
    places = [Fragments.at(text.index(word), text.index(word) + len(word)) for word in NAMED]
    arguments = tuple(Argument("Topic", SpanTarget(place, known)) for place in places)
    (found,), losses = instances(TEXTEE, [with_changed(item, "EV1", arguments=arguments)])
    assert roles_of(found) == [("Topic", "d1-T1"), ("Topic", "d1-V1")]
    (free,) = [one for one in found["entity_mentions"] if one["id"] == "d1-V1"]
    assert free["entity_id"] == "d1-E2-V1"
    details = [detail for kind, detail in told_of(losses, "EV1") if kind is LossKind.DETAIL]
    assert details == ["Topic.entity"]
    prove(found)
    assert told_of(losses, "E2") == [(LossKind.DETAIL, "label, name")]


def test_events_stand_in_the_order_of_the_words_that_are_taken_for_their_triggers():
    notation = "[لە]Contact.Meet [کۆبووەوە]Contact.Call [کرد]EV1.trigger"
    item = bundle("d1", notation)
    trigger = item.bundle.sets[0].annotations.event("EV1").trigger
    item = with_changed(item, "EV1", trigger=Fragments(trigger.spans, trigger.spans[1]))
    (found,), losses = instances(TEXTEE, [item])
    assert [one["trigger"]["text"] for one in found["event_mentions"]] == ["کۆبووەوە", "کرد"]
    assert told_of(losses, "EV1") == [(LossKind.HEAD, "trigger")]
