"""Rows of tables: what stands in each column."""

from msgspec.structs import force_setattr

from annotator.core.annotations import Entity, Mention
from annotator.core.document import Metadata
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocuments
from annotator.formats.table_rows import COLUMNS, Table, TableRows
from tests.formats.specimens import SCHEME, bundle


def rows(item, scheme=SCHEME):
    """The rows by table, as dictionaries, and the losses."""
    losses, made = [], {table: [] for table in Table}
    maker = TableRows(scheme)
    for one in SetDocuments([item], losses.append):
        for table, row in maker.of(one):
            made[table].append(dict(zip(COLUMNS, row, strict=True)))
    return made, [(loss.record, loss.kind) for loss in losses]


def test_a_mention_has_a_row():
    entity = Entity(RecordId("E1"), "PER", "ئازاد", (("wikidata", "Q1"), ("viaf", "2")))
    item = bundle(
        "d",
        "ڕستەی یەکەم.\nکاک [ئازاد]PER=E1 لە شار. ڕستەی سێیەم.",
        entity,
        metadata=Metadata(title="ناو"),
    )
    made, losses = rows(item)
    assert made[Table.MENTIONS] == [
        {
            "document": "d",
            "title": "ناو",
            "set": "a1",
            "annotator": "a1",
            "id": "T1",
            "label": "PER",
            "name_ckb": SCHEME.label("PER").name.ckb,
            "name_en": SCHEME.label("PER").name.en,
            "text": "ئازاد",
            "left": "ڕستەی یەکەم. کاک ",
            "right": " لە شار. ڕستەی سێیەم.",
            "sentence": "کاک ئازاد لە شار.",
            "start": 17,
            "end": 22,
            "pieces": "",
            "entity": "ئازاد (E1, wikidata=Q1, viaf=2)",
            "attributes": "",
            "arguments": "",
        }
    ]
    assert (made[Table.EVENTS], made[Table.QUOTES], losses) == ([], [], [])


def test_contexts_have_forty_code_points():
    made, _ = rows(bundle("d", "😀" * 50 + "[ئازاد]PER" + "و" * 50))
    (row,) = made[Table.MENTIONS]
    assert (row["left"], row["right"]) == ("😀" * 40, "و" * 40)


def test_an_event_has_its_arguments_with_their_roles():
    notation = (
        "[ئازاد]PER=E1 [هات]Contact.Meet(Participant=T1,Participant=E1,Topic=EV2,Topic=Q1)"
        " بۆ [شار]EV1.Place و [چوو]Contact.Meet [پێشوازی]Contact.Meet لێ [کرا]EV3.trigger"
        " [بەڵێ]indirect"
    )
    made, losses = rows(bundle("d", notation))
    first, _, last = made[Table.EVENTS]
    assert first["arguments"] == (
        "Participant: ئازاد (T1); Participant: = ئازاد (E1); Place: شار; "
        "Topic: چوو (EV2); Topic: بەڵێ (Q1)"
    )
    assert first["name_en"] == SCHEME.event_type("Contact.Meet").name.en
    assert (last["text"], first["pieces"]) == ("پێشوازی کرا", "")
    pieces = [tuple(map(int, one.split("-"))) for one in last["pieces"].split()]
    text = bundle("d", notation).bundle.document.text
    assert [text[start:end] for start, end in pieces] == ["پێشوازی", "کرا"]
    assert losses == []


def test_a_quote_has_its_parts():
    notation = (
        "[ئازاد]PER=E1 [گوتی]Q1.cue: «[بەڵێ]direct(speaker=T1,addressee=E1,parent=Q2)»."
        " [نەخێر. ئا]mixed [خەڵک]Q2.speaker"
    )
    made, losses = rows(bundle("d", notation))
    first, second = made[Table.QUOTES]
    assert first["arguments"] == (
        "cue: گوتی; speaker: ئازاد (T1); addressee: = ئازاد (E1); parent: نەخێر. ئا (Q2); "
        "mark: «; mark: »"
    )
    assert (first["name_ckb"], first["label"]) == (SCHEME.quote_types[0].name.ckb, "direct")
    assert second["arguments"] == "speaker: خەڵک"
    assert second["sentence"] == "نەخێر. ئا خەڵک"
    assert losses == []


def test_a_piece_of_text_may_have_an_entity():
    item = bundle("d", "[هات]Contact.Meet لە [شار]EV1.Place", Entity(RecordId("E1"), "GPE", "شار"))
    (content,) = item.bundle.sets
    (argument,) = content.annotations.event("EV1").arguments
    target = type(argument.target)(argument.target.fragments, RecordId("E1"))
    force_setattr(argument, "target", target)
    made, losses = rows(item)
    assert made[Table.EVENTS][0]["arguments"] == "Place: شار = شار (E1)"
    assert losses == []


def test_details_are_attributes():
    made, _ = rows(bundle("d", "[هات]Contact.Meet"))
    assert made[Table.EVENTS][0]["attributes"] == ""


def test_labels_that_the_scheme_does_not_have_have_no_names():
    made, _ = rows(bundle("d", "[ئازاد]STRANGE [هات]Strange.Type"))
    names = [made[table][0]["name_en"] for table in (Table.MENTIONS, Table.EVENTS)]
    assert names == ["", ""]


def test_entities_of_no_row_are_lost():
    _, losses = rows(bundle("d", "[ئازاد]PER", Entity(RecordId("E9"), "PER", "کەس")))
    assert losses == [("E9", LossKind.ENTITY)]


def test_spaces_between_sentences_have_a_sentence_of_their_own():
    outside = Mention(RecordId("T9"), "PER", Fragments.at(6, 8))
    made, _ = rows(bundle("d", "یەک.   \n\n   دوو.", outside))
    assert [row["sentence"] for row in made[Table.MENTIONS]] == ["  "]
