"""Web Annotations as a client finds its way through them: selectors give back the text."""

import io
import json

import pytest
from msgspec.structs import force_setattr, replace

from annotator.core.annotations import Entity
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span
from annotator.formats.web_annotation import WEB_ANNOTATION, iri, knowledge_iri
from tests.builders import changed
from tests.formats.specimens import bundle, context, specimens
from tests.formats.written import write


def page(items, **values):
    _, files, losses = write(WEB_ANNOTATION, items, **values)
    assert losses == []
    (data,) = files.values()
    return json.loads(data)


def by_id(items):
    return {one["id"].removeprefix("urn:x-nishan:"): one for one in page(items)["items"]}


def resources(annotation):
    """The targets and bodies of an annotation that are pieces of text."""
    target = annotation["target"]
    targets = target if isinstance(target, list) else [target]
    return [
        one
        for one in (*targets, *annotation["body"])
        if isinstance(one, dict) and "selector" in one
    ]


def words(annotation, purpose):
    return [
        one["value"]
        for one in annotation["body"]
        if one["purpose"] == purpose and one["type"] == "TextualBody"
    ]


def links(annotation, purpose):
    return [
        one["source"].removeprefix("urn:x-nishan:d:a1:")
        for one in annotation["body"]
        if one["purpose"] == purpose and "selector" not in one and "source" in one
    ]


def test_selectors_of_both_kinds_give_back_the_text():
    texts = {iri(item.bundle.document.id): item.bundle.document.text for item in specimens()}
    checked = 0
    for annotation in page(specimens())["items"]:
        for resource in resources(annotation):
            text = texts[resource["source"]]
            position, quote = resource["selector"]
            assert position["type"] == "TextPositionSelector"
            assert quote["type"] == "TextQuoteSelector"
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert text[max(start - 32, 0) : end + 32] == around
            checked += 1
    assert checked > 20


def test_it_is_one_page_with_the_standard_context_named_and_an_item_a_line():
    _, files, _ = write(WEB_ANNOTATION, specimens())
    (data,) = files.values()
    made = json.loads(data)
    assert made["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert made["type"] == "AnnotationPage"
    lines = data.splitlines()
    assert len(lines) == len(made["items"]) + 2
    ids = [one["id"] for one in made["items"]]
    assert len(set(ids)) == len(ids)
    assert {one["type"] for one in made["items"]} == {"Annotation"}
    assert page([])["items"] == []


def test_mentions_are_tagged_and_identified():
    entity = Entity(RecordId("E1"), "PER", "ئازاد", (("wikidata", "Q1"), ("viaf", "1 2")))
    found = by_id([bundle("d", "[ئازاد]PER=E1 لە [شار]GPE", entity)])
    mention, entity = found["d:a1:T1"], found["d:a1:E1"]
    assert words(mention, "tagging") == ["mention"]
    assert words(mention, "classifying") == ["PER"]
    assert links(mention, "identifying") == ["E1"]
    assert mention["creator"] == [{"id": "urn:x-nishan:annotator:a1", "type": "Person"}]
    assert entity["target"] == "urn:x-nishan:d"
    assert words(entity, "identifying") == ["ئازاد"]
    assert links(entity, "linking") == [
        "http://www.wikidata.org/entity/Q1", "urn:x-nishan:kb:viaf:1%202",
    ]  # fmt: skip


def test_what_is_in_pieces_has_a_target_for_each():
    found = by_id([bundle("d", "[نێر]NORP لە [ئێرە]T1.part")])
    exact = [one["selector"][1]["exact"] for one in found["d:a1:T1"]["target"]]
    assert exact == ["نێر", "ئێرە"]


def test_arguments_and_parts_of_quotes_are_links_with_their_roles():
    notation = (
        "[ئازاد]PER=E1 [هات]Contact.Meet(Participant=T1,Participant=E1,Topic=Q1,Topic=EV2)"
        " [بۆ]EV1.Place [چوو]Contact.Meet «[بەڵێ]direct(speaker=T1,addressee=E1,parent=Q2)»"
        " [وتی]Q1.cue [نەخێر]indirect"
    )
    found = by_id([bundle("d", notation)])
    linked = [
        (name, one["target"].rpartition(":")[2], *words(one, "tagging"), *links(one, "linking"),
         *(two["selector"][1]["exact"] for two in resources(one)))
        for name, one in found.items()
        if one["motivation"] == "linking"
    ]  # fmt: skip
    assert [one[1:] for one in linked] == [
        ("EV1", "Participant", "T1"),
        ("EV1", "Participant", "E1"),
        ("EV1", "Place", "بۆ"),
        ("EV1", "Topic", "EV2"),
        ("EV1", "Topic", "Q1"),
        ("Q1", "cue", "وتی"),
        ("Q1", "speaker", "T1"),
        ("Q1", "addressee", "E1"),
        ("Q1", "parent", "Q2"),
        ("Q1", "mark", "«"),
        ("Q1", "mark", "»"),
    ]


def test_heads_entities_and_attributes_are_described():
    item = bundle("d", "[هات]Contact.Meet [شار]EV1.Place [ئازاد]PER=E1")
    (content,) = item.bundle.sets
    (argument,) = content.annotations.event("EV1").arguments
    place = argument.target.fragments
    headed = Fragments(place.spans, Span(place.start, place.start + 2))
    target = type(argument.target)(headed, RecordId("E1"))
    annotations = changed(
        content.annotations, "EV1", arguments=(type(argument)("Place", target),),
        attrs=(("tense", "past"),), trigger=Fragments((Span(0, 3),), Span(0, 1)), cluster="c",
    )  # fmt: skip
    force_setattr(content, "annotations", annotations)
    found = by_id([item])
    assert words(found["d:a1:EV1"], "describing") == ["cluster=c", "head=0-1", "tense=past"]
    linked = found["d:a1:EV1.1"]
    assert words(linked, "describing") == [f"head={place.start}-{place.start + 2}"]
    assert links(linked, "identifying") == ["E1"]


def test_what_nobody_in_particular_has_made_has_no_creator():
    item = bundle("d", "[ئازاد]PER")
    (content,) = item.bundle.sets
    force_setattr(content, "header", replace(content.header, annotators=()))
    assert "creator" not in by_id([item])["d:a1:T1"]


def test_times_are_told_unless_the_bytes_must_be_the_same():
    _, files, _ = write(WEB_ANNOTATION, [bundle("d", "[ئازاد]PER")])
    assert "created" not in next(iter(files.values())).decode()
    stream = io.BytesIO()
    dated = replace(context(), is_reproducible=False)
    WEB_ANNOTATION.write([bundle("d", "[ئازاد]PER")], stream, dated)
    (item,) = json.loads(stream.getvalue())["items"]
    assert item["created"] == "2026-11-25T09:00:00Z"


@pytest.mark.parametrize(
    ("base", "value", "expected"),
    [
        ("wikidata", "Q1", "http://www.wikidata.org/entity/Q1"),
        ("wikidata", "https://x.org/1", "https://x.org/1"),
        ("geonames", "http://x.org/1", "http://x.org/1"),
        ("ناو", "a/b", "urn:x-nishan:kb:%D9%86%D8%A7%D9%88:a%2Fb"),
    ],
)
def test_knowledge_bases_have_iris(base, value, expected):
    assert knowledge_iri(base, value) == expected
