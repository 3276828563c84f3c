"""Which entry of ours a foreign name means."""

import pytest

from annotator.workbench.merge_scheme import Part
from annotator.workbench.name_suggestions import folded, new_id, suggest
from annotator.workbench.scheme_additions import free_color
from annotator.workbench.schemes import read_scheme_text, scheme_from_text

SCHEME = scheme_from_text(read_scheme_text("ckb-news"))
ENTRIES = {
    Part.LABEL: [(each.id, each.name) for each in SCHEME.labels],
    Part.EVENT_TYPE: [(each.id, each.name) for each in SCHEME.event_types],
    Part.ROLE: [(each.id, each.name) for each in SCHEME.event_type("Contact.Meet").roles],
    Part.ATTRIBUTE: [(each.id, each.name) for each in SCHEME.attributes],
}


@pytest.mark.parametrize(
    ("part", "name", "ours"),
    [
        (Part.LABEL, "PERSON", "PER"),
        (Part.LABEL, "Per", "PER"),
        (Part.LABEL, "LOCATION", "LOC"),
        (Part.LABEL, "Organisation", "ORG"),
        (Part.LABEL, "WORK_OF_ART", "WORK"),
        (Part.LABEL, "Geo-political entity", "GPE"),
        (Part.LABEL, "کەس", "PER"),
        (Part.LABEL, "رێکخراو", "ORG"),
        (Part.LABEL, "CARDINAL", None),
        (Part.LABEL, "", None),
        (Part.EVENT_TYPE, "Contact:Meet", "Contact.Meet"),
        (Part.EVENT_TYPE, "contact_meet", "Contact.Meet"),
        (Part.EVENT_TYPE, "Justice:Arrest-Jail", "Justice.Arrest"),
        (Part.EVENT_TYPE, "Sanction", "Cooperation.Sanction"),
        (Part.EVENT_TYPE, "Agree", "Diplomacy.Agree"),
        (Part.EVENT_TYPE, "کۆبوونەوە", "Contact.Meet"),
        (Part.ROLE, "Participant2", "Participant"),
        (Part.ROLE, "ENTITY", "Participant"),
        (Part.ROLE, "Time-Within", "Time"),
        (Part.ATTRIBUTE, "Realis", "realis"),
        (Part.ATTRIBUTE, "Confidence", None),
    ],
)
def test_names_in_common_use_are_known(part, name, ours):
    assert suggest(part, name, ENTRIES[part]) == ours


def test_what_could_be_two_is_none():
    per = SCHEME.label("PER").name
    assert suggest(Part.LABEL, "Person", [("A", per), ("B", per)]) is None


def test_case_separators_and_spelling_are_folded():
    assert folded("Work_of-Art ") == folded("workOfArt")
    assert folded("ڕێکخراو") == folded("رێکخراو")


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("VESSEL", (), "VESSEL"),
        ("VESSEL", ("VESSEL", "VESSEL-2"), "VESSEL-3"),
        ("کەشتی", (), "keshty"),
        ("1st place", (), "st-place"),
        ("123", (), "Name-123"),
        ("١٢", (), "Name-12"),
        ("🙂", ("Name",), "Name-2"),
        ("x" * 100, (), "x" * 58),
    ],
)
def test_new_ids_can_be_ids_and_are_free(name, taken, expected):
    assert new_id(name, taken) == expected


def test_a_free_color_is_like_none_that_is_taken():
    taken = [label.color for label in SCHEME.labels]
    first = free_color(taken)
    second = free_color([*taken, first])
    assert first not in taken
    assert second not in (*taken, first)
