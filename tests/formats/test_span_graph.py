"""What of a set becomes spans and arrows, and what is told as lost."""

from msgspec.structs import force_setattr

from annotator.core.annotations import Entity
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocuments
from annotator.formats.span_graph import Node, NodeKind, graph_of, kind_and_label
from tests.builders import changed
from tests.formats.specimens import bundle


def graph(notation, *others, changes=()):
    """The nodes by kind, label and words, the arrows, and the losses of a set."""
    item = bundle("d", notation, *others)
    losses = []
    (one,) = SetDocuments([item], losses.append)
    annotations = one.content.annotations
    for identifier, fields in changes:
        annotations = changed(annotations, identifier, **fields)
    force_setattr(one.content, "annotations", annotations)
    made = graph_of(one)
    text = one.document.text
    return (
        [(node.id, node.full_label, node.span.of(text)) for node in made.nodes],
        [(arrow.source, arrow.label, arrow.target) for arrow in made.arrows],
        [(loss.record, loss.kind, loss.detail) for loss in losses],
    )


def test_mentions_are_spans_and_what_else_they_say_is_lost():
    nodes, arrows, losses = graph("[ئازاد]PER=E1 لە [هەولێر]GPE")
    assert nodes == [("T1", "PER", "ئازاد"), ("T2", "GPE", "هەولێر")]
    assert (arrows, losses) == (
        [],
        [("T1", LossKind.DETAIL, "entity"), ("E1", LossKind.ENTITY, "")],
    )


def test_pieces_follow_each_other():
    nodes, arrows, losses = graph("[نێردەی]NORP لە [ئەمریکا]T1.part بۆ [ئێرە]T1.part")
    assert [node[:2] for node in nodes] == [("T1", "NORP"), ("T1+1", "NORP"), ("T1+2", "NORP")]
    assert arrows == [("T1", "part:next", "T1+1"), ("T1+1", "part:next", "T1+2")]
    assert losses == []


def test_events_lead_to_their_arguments():
    nodes, arrows, losses = graph(
        "[ئازاد]PER=E1 [هات]Contact.Meet(Participant=T1,Participant=E1,Topic=Q1,Cause=EV2)"
        " بۆ [کار]EV1.Place و [گوتی]Contact.Meet [کار دەکەین]indirect"
    )
    assert nodes[1:] == [
        ("EV1", "event:Contact.Meet", "هات"),
        ("EV1.Place5", "part:argument", "کار"),
        ("EV2", "event:Contact.Meet", "گوتی"),
        ("Q1", "quote:indirect", "کار دەکەین"),
    ]
    assert arrows == [
        ("EV1", "Participant", "T1"),
        ("EV1", "Topic", "Q1"),
        ("EV1", "Cause", "EV2"),
        ("EV1", "Place", "EV1.Place5"),
    ]
    assert ("EV1", LossKind.ARGUMENT, "Participant 2") in losses


def test_quotes_lead_to_cue_parties_and_parent():
    nodes, arrows, losses = graph(
        "[ئازاد]PER [گوتی]Q1.cue: [بەڵێ «[نا]direct(speaker=E1,addressee=T1,addressee=E1"
        ",parent=Q1)»"
        " [ئێوە]Q2.addressee]mixed(speaker=T1) [ئازاد]PER=E1"
    )
    assert ("Q1.cue", "part:cue", "گوتی") in nodes
    assert ("Q2.addressee3", "part:addressee", "ئێوە") in nodes
    assert arrows == [
        ("Q1", "cue", "Q1.cue"),
        ("Q1", "speaker", "T1"),
        ("Q2", "addressee", "T1"),
        ("Q2", "addressee", "Q2.addressee3"),
        ("Q2", "parent", "Q1"),
    ]
    assert {loss for loss in losses if loss[0] == "Q2"} == {
        ("Q2", LossKind.QUOTE_PART, "marks"),
        ("Q2", LossKind.QUOTE_PART, "speaker"),
        ("Q2", LossKind.QUOTE_PART, "addressee 2"),
    }


def test_heads_and_entities_of_free_text_are_lost_and_attributes_once():
    words = "[هات]Contact.Meet لە [شار]EV1.Place [ئازاد]PER"
    entity = Entity(RecordId("E9"), "GPE", "شار")
    _, _, before = graph(words, entity)
    (argument,) = bundle("d", words).bundle.sets[0].annotations.event("EV1").arguments
    place = argument.target.fragments
    headed = Fragments(place.spans, Span(place.start, place.start + 1))
    target = type(argument.target)(headed, RecordId("E9"))
    changes = [
        ("EV1", {"arguments": (type(argument)("Place", target),)}),
        ("T1", {"attrs": (("level", "x"), ("facet", "y"))}),
    ]
    _, _, losses = graph(words, entity, changes=changes)
    assert [loss for loss in losses if loss not in before] == [
        ("T1", LossKind.DETAIL, "level"),
        ("T1", LossKind.DETAIL, "facet"),
        ("EV1", LossKind.DETAIL, "Place 1, head"),
        ("EV1", LossKind.DETAIL, "Place 1, entity"),
    ]


def test_labels_tell_their_kind():
    for kind in NodeKind:
        node = Node("1", kind, "A.b", Span(0, 1))
        assert kind_and_label(node.full_label) == (kind, "A.b")
    for label in ("PER", "mention:PER", "event:", "other:x", ":x", ""):
        assert kind_and_label(label) == (NodeKind.MENTION, label)
