"""Which entity a new mention most likely refers to."""

import pytest

from annotator.core.commands.mentions import NewEntity
from annotator.workbench.entities import (
    EntityOffer,
    comparison_form,
    entities_to_offer,
    entity_for,
)
from tests.builders import annotated, scheme

TEXT = "[ئازاد]PER=E1 و [هەولێر]GPE=E2 و [ئازاد کەریم]PER=E3 لە [هەولێر]GPE=E2"


@pytest.fixture
def annotations():
    return annotated(TEXT)[1]


@pytest.mark.parametrize(
    ("label", "surface", "choice"),
    [
        ("PER", "ئازاد", "E1"),
        ("PER", "ئازاد  کەریم", "E3"),
        ("GPE", "هەولێر", "E2"),
        ("GPE", "هه‌ولێر", "E2"),
        ("ORG", "هەولێر", NewEntity("هەولێر")),
        ("PER", "نەورۆز", NewEntity("نەورۆز")),
        ("DATE", "ئازاد", None),
        ("TITLE", "ئازاد", None),
    ],
)
def test_the_same_name_and_label_is_the_same_entity(annotations, label, surface, choice):
    assert entity_for(annotations, scheme(), label=label, surface=surface) == choice


def test_spellings_of_a_name_fold_together():
    assert comparison_form("كوردي") == comparison_form("کوردی")
    assert comparison_form(" هەولێر\n") == comparison_form("هەولێر")
    assert comparison_form("هەولێر") != comparison_form("سلێمانی")


def test_the_likeliest_entity_is_offered_first(annotations):
    offers = entities_to_offer(annotations, surface="کەریم", near=0)
    assert [(offer.entity.id, offer.mentions) for offer in offers] == [
        ("E3", 1),
        ("E1", 1),
        ("E2", 2),
    ]


def test_of_two_unlike_names_the_nearer_is_offered_first(annotations):
    end = 60
    offers = entities_to_offer(annotations, surface="نەورۆز", near=end)
    assert [offer.entity.id for offer in offers] == ["E2", "E3", "E1"]


def test_the_same_name_comes_before_a_nearer_one(annotations):
    offers = entities_to_offer(annotations, surface="ئازاد", near=60)
    assert offers[0].entity.id == "E1"


def test_entities_without_mentions_come_last_as_they_were_made():
    names = "".join(f"[ن{number}]PER=E{number} " for number in range(1, 12))
    annotations = annotated(names)[1]
    far = entities_to_offer(annotations, surface="کەس", near=0)
    assert [offer.entity.id for offer in far] == [f"E{number}" for number in range(1, 12)]
    nobody = type(annotations)(
        {key: record for key, record in annotations.records.items() if key.startswith("E")}
    )
    offers = entities_to_offer(nobody, surface="کەس", near=0)
    assert offers == [EntityOffer(nobody.entity(f"E{number}"), 0) for number in range(1, 12)]
