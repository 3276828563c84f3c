"""Commands of the mention layer, and the entities that follow."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import Entity, Mention, MentionLevel
from annotator.core.commands.mentions import (
    NewEntity,
    add_mention,
    link_entity,
    relabel_mention,
    rename_entity,
    set_knowledge_base_id,
    set_mention_level,
)
from annotator.core.scheme import LabelGroup
from annotator.core.span import Fragments
from tests.builders import annotated, changed, label, scheme
from tests.core.commands.refusing import refused

PLAIN = label("TITLE", LabelGroup.OVERLAY, key="0")
TITLE_NOM = scheme(labels=(*scheme().labels[:6], replace(PLAIN, level=MentionLevel.NOM)))


def made(notation):
    return annotated(notation)[1]


def relabelled(before, identifier, wanted, entity=None, of=None):
    return before.apply(relabel_mention(before, of or scheme(), identifier, wanted, entity=entity))


def test_a_new_mention_with_a_new_entity():
    before = made("ئەحمەد هات")
    edit = add_mention(before, scheme(), Fragments.at(0, 5), "PER", entity=NewEntity("ئەحمەد"))
    assert edit.name == "edit.add_mention"
    assert dict(before.apply(edit).records) == {
        "E1": Entity("E1", "PER", "ئەحمەد"),
        "T1": Mention("T1", "PER", Fragments.at(0, 5), entity="E1"),
    }


def test_a_new_mention_of_a_known_entity_and_of_none():
    before = made("[ئەحمەد]PER=E1 و ئەو")
    known = before.apply(add_mention(before, scheme(), Fragments.at(8, 10), "PER", entity="E1"))
    assert known.mention("T2").entity == "E1"
    free = before.apply(add_mention(before, scheme(), Fragments.at(8, 10), "DATE", entity=None))
    assert free.mention("T2").entity is None
    assert len(list(free.entities())) == 1


def test_a_mention_gets_the_level_of_its_label():
    edit = add_mention(made("سەرۆک"), TITLE_NOM, Fragments.at(0, 5), "TITLE", entity=None)
    assert next(edit.added()).level is MentionLevel.NOM


@pytest.mark.parametrize(
    ("wanted", "entity", "key"),
    [
        ("NOPE", None, "refused.no_such_label"),
        ("PER", None, "refused.duplicate_mention"),
        ("ORG", "E7", "refused.no_such_record"),
        ("ORG", "T1", "refused.no_such_record"),
    ],
)
def test_a_mention_is_refused(wanted, entity, key):
    before = made("[ئەحمەد]PER هات")
    with refused(key):
        add_mention(before, scheme(), Fragments.at(0, 6), wanted, entity=entity)


def test_the_same_words_may_have_two_labels():
    before = made("[ئەحمەد]PER هات")
    edit = add_mention(before, scheme(), Fragments.at(0, 6), "TITLE", entity=None)
    assert len(before.apply(edit)) == 2


def test_an_entity_of_its_own_takes_the_new_label_on():
    after = relabelled(made("[هەولێر]PER=E1 هات"), "T1", "GPE", NewEntity("هەولێر"))
    assert after.mention("T1").label == "GPE"
    assert dict(after.records)["E1"] == Entity("E1", "GPE", "هەولێر")


def test_a_shared_entity_is_left_to_the_others():
    after = relabelled(made("[هەولێر]PER=E1 و [هەولێر]PER=E1"), "T2", "GPE", NewEntity("هەولێر"))
    assert after.mention("T1").entity == "E1"
    assert after.mention("T2").entity == "E2"
    assert [(e.id, e.label) for e in after.entities()] == [("E1", "PER"), ("E2", "GPE")]


def test_a_known_entity_of_that_name_is_joined_and_the_old_one_goes():
    after = relabelled(made("[هەولێر]GPE=E1 و [هەولێر]ORG=E2"), "T2", "GPE", "E1")
    assert [m.entity for m in after.mentions()] == ["E1", "E1"]
    assert [e.id for e in after.entities()] == ["E1"]


def test_an_entity_somebody_looked_up_is_not_given_away():
    before = changed(made("[هەولێر]GPE=E1 و [هەولێر]ORG=E2"), "E2", kb=(("wikidata", "Q1"),))
    after = relabelled(before, "T2", "GPE", "E1")
    assert after.mention("T2").entity == "E2"
    assert after.entity("E2").label == "GPE"


def test_a_title_that_names_a_person_keeps_that_person_as_a_person():
    before = made("[ئەحمەد]PER=E1 [سەرۆک]TITLE=E1")
    after = relabelled(before, "T2", "PER", NewEntity("سەرۆک"))
    assert after.mention("T2").entity == "E1"
    assert len(list(after.entities())) == 1


def test_titles_keep_their_entity_and_values_lose_it():
    before = made("[ئەحمەد]PER=E1 هات")
    titled = relabelled(before, "T1", "TITLE")
    assert (titled.mention("T1").entity, titled.entity("E1").label) == ("E1", "PER")
    dated = relabelled(before, "T1", "DATE")
    assert dated.mention("T1").entity is None
    assert list(dated.entities()) == []


def test_a_mention_without_entity_gets_one():
    after = relabelled(made("[٢٠٢٠]DATE هات"), "T1", "ORG", NewEntity("٢٠٢٠"))
    assert after.entity(after.mention("T1").entity).name == "٢٠٢٠"


def test_attributes_the_new_label_does_not_admit_go():
    before = changed(made("[هەولێر]GPE هات"), "T1", attrs=(("facet", "people"),))
    assert relabelled(before, "T1", "ORG").mention("T1").attrs == ()
    kept = scheme(attributes=(replace(scheme().attributes[0], labels=frozenset()),))
    assert relabelled(before, "T1", "ORG", of=kept).mention("T1").attrs == (("facet", "people"),)


@pytest.mark.parametrize(
    ("label_before", "level", "wanted", "expected"),
    [
        ("PER", MentionLevel.PRO, "ORG", MentionLevel.PRO),
        ("PER", MentionLevel.PRO, "TITLE", MentionLevel.NOM),
        ("TITLE", MentionLevel.NOM, "PER", MentionLevel.NAM),
        ("GONE", MentionLevel.NOM, "PER", MentionLevel.NAM),
    ],
)
def test_the_level_follows_where_the_labels_differ_in_it(label_before, level, wanted, expected):
    before = changed(made("[ئەو]PER هات"), "T1", label=label_before, level=level)
    assert relabelled(before, "T1", wanted, of=TITLE_NOM).mention("T1").level is expected


def test_relabelling_is_refused():
    before = made("[[ئەحمەد]PER]ORG هات")
    with refused("refused.same_label", label="ORG"):
        relabelled(before, "T1", "ORG")
    with refused("refused.duplicate_mention", label="PER"):
        relabelled(before, "T1", "PER")
    with refused("refused.no_such_label"):
        relabelled(before, "T1", "NOPE")
    with refused("refused.no_such_record"):
        relabelled(before, "T9", "PER")


def test_the_level():
    before = made("[ئەو]PER هات")
    edit = set_mention_level(before, "T1", MentionLevel.PRO)
    assert before.apply(edit).mention("T1").level is MentionLevel.PRO


def test_linking_frees_the_entity_that_is_left():
    before = made("[ئەحمەد]PER=E1 و [ئەو]PER=E2")
    after = before.apply(link_entity(before, "T2", "E1", label="PER"))
    assert [e.id for e in after.entities()] == ["E1"]
    alone = after.apply(link_entity(after, "T2", NewEntity("ئەو"), label="PER"))
    assert alone.entity(alone.mention("T2").entity).name == "ئەو"
    free = after.apply(link_entity(after, "T1", None, label="PER"))
    assert free.mention("T1").entity is None
    assert [e.id for e in free.entities()] == ["E1"]


def test_linking_again_to_the_same_changes_nothing():
    before = made("[ئەحمەد]PER=E1")
    assert link_entity(before, "T1", "E1", label="PER").is_empty


def test_linking_to_nothing_that_is_there_is_refused():
    with refused("refused.no_such_record", identifier="E5"):
        link_entity(made("[ئەحمەد]PER=E1"), "T1", "E5", label="PER")


def test_names_and_knowledge_base_ids():
    before = made("[ئەحمەد]PER=E1")
    assert before.apply(rename_entity(before, "E1", " کاوە ")).entity("E1").name == "کاوە"
    with refused("refused.entity_name_empty"):
        rename_entity(before, "E1", "  ")
    known = before.apply(set_knowledge_base_id(before, "E1", "wikidata", "Q5"))
    assert known.entity("E1").kb == (("wikidata", "Q5"),)
    forgotten = known.apply(set_knowledge_base_id(known, "E1", "wikidata", None))
    assert forgotten.entity("E1").kb == ()
