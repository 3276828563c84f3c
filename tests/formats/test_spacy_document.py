"""What spaCy is told of an annotation set; that it reads it so is tested with the files."""

from annotator.core.annotations import Entity
from annotator.core.ids import RecordId
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocuments
from annotator.formats.spacy_document import SpacySpan, spacy_document
from tests.formats.specimens import bundle, context


def test_a_document_is_words_flat_entities_groups_and_gold():
    notation = "[[هەولێر]GPE=E1 [شار]TITLE]LOC\n [هات]Movement.Visit[ ]PER"
    item = bundle("d1", notation, Entity(RecordId("E1"), "GPE", "ناو", (("wikidata", "Q9"),)))
    losses = []
    [each] = SetDocuments([item], losses.append)
    made = spacy_document(each, context())
    assert made.words == ["هەولێر", "شار", "\n ", "هات"]
    assert made.spaces == [True, False, False, True]
    assert made.sentence_starts == [0, 3]
    place, city = SpacySpan(0, 2, 0, 10, "LOC", "T1"), SpacySpan(1, 2, 7, 10, "TITLE", "T3")
    assert made.ents == [place]
    assert made.groups == {
        "mentions": [place, SpacySpan(0, 1, 0, 6, "GPE", "T2", "Q9"), city],
        "triggers": [SpacySpan(3, 4, 12, 15, "Movement.Visit", "EV1")],
        "quotes": [],
    }
    gold = made.user_data["gold"]
    assert list(gold) == ["doc_id", "doc", "set", "mentions", "entities", "events", "quotes"]
    assert [one["token_start"] for one in gold["mentions"]] == [0, 0, 1, 4]
    assert gold["events"][0]["trigger"]["token_end"] == 4
    assert [(loss.record, loss.kind) for loss in losses] == [("T4", LossKind.NO_TOKEN)]
