"""Rules of entities."""

import pytest

from annotator.core.annotations import Entity
from annotator.core.ids import RecordId
from tests.builders import changed, edited_facts, facts, with_records
from tests.core.rules.told import told


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[بەغدا]GPE=E1 و [بەغدا]ORG=E1", ["W T2 بەغدا"]),
        ("[ئازاد]PER=E1 و [سەرۆک]TITLE=E1", []),
        ("[ئازاد]PER=E1 و [بەغدا]GPE=E2 و [کەس]PER", []),
        ("[سەرۆک]TITLE=E1 و [ئازاد]PER=E1 و [ڕێکخراو]ORG=E1", ["W T3 ڕێکخراو"]),
    ],
)
def test_mentions_of_an_entity_have_its_label(notation, expected):
    assert told(facts(notation), "V20") == expected


def test_the_label_of_the_entity_is_the_measure():
    renamed = edited_facts("[بەغدا]GPE=E1", lambda a: changed(a, "E1", label="ORG"))
    assert told(renamed, "V20") == ["W T1 بەغدا"]


def test_an_entity_is_used_by_a_mention_an_implicit_argument_or_a_free_piece():
    spare = Entity(RecordId("E7"), "GPE", "بەغدا")
    alone = edited_facts("[ئازاد]PER=E1", lambda a: with_records(a, spare))
    assert told(alone, "V21") == ["W E7"]
    implicit = edited_facts(
        "[گفتوگۆ]Contact.Meet(Participant=E7)", lambda a: with_records(a, spare)
    )
    assert told(implicit, "V21") == []
