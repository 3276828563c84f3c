"""The draft keeps the pairs of an edit and takes away what nothing needs any more."""

import pytest
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Entity, Mention
from annotator.core.commands.draft import Draft
from annotator.core.edits import Change
from annotator.core.ids import Layer
from annotator.core.span import Fragments
from annotator.foundation.errors import Refused
from tests.builders import annotated, changed


def made(notation):
    return annotated(notation)[1]


def test_ids_are_minted_one_after_another():
    draft = Draft(made("[ئەحمەد]PER=E1 هات"))
    assert [draft.mint(Layer.MENTION), draft.mint(Layer.MENTION)] == ["T2", "T3"]
    assert draft.mint(Layer.ENTITY) == "E2"


def test_what_is_put_and_put_back_is_no_change():
    before = made("[ئەحمەد]PER هات")
    draft = Draft(before)
    draft.put(before.mention("T1"))
    assert draft.edit("edit.any").is_empty


def test_removals_come_last():
    before = made("[ئەحمەد]PER=E1 [گەیشت]Movement.Visit(Visitor=T1)")
    draft = Draft(before)
    draft.remove("T1")
    edit = draft.edit("edit.any")
    assert [(c.id, c.after is None) for c in edit.changes] == [
        ("EV1", False),
        ("T1", True),
        ("E1", True),
    ]
    assert set(before.apply(edit).records) == {"EV1"}
    assert before.apply(edit).apply(edit.inverse).records == before.records


def test_an_entity_with_another_use_stays():
    draft = Draft(made("[ئەحمەد]PER=E1 و [ئەحمەد]PER=E1"))
    draft.remove("T1")
    assert isinstance(draft.entity("E1"), Entity)
    draft.remove("T2")
    assert draft.get("E1") is None


def test_an_entity_somebody_looked_up_stays():
    before = changed(made("[ئەحمەد]PER=E1 هات"), "E1", kb=(("wikidata", "Q1"),))
    draft = Draft(before)
    draft.remove("T1")
    assert [change.id for change in draft.edit("edit.any").changes] == ["T1"]


def test_superseding_frees_the_entity_that_is_left():
    before = made("[ئەحمەد]PER=E1 هات")
    draft = Draft(before)
    draft.supersede(changed(before, "T1", entity=None).mention("T1"))
    assert draft.get("E1") is None


def test_superseding_adds_what_is_new():
    before = made("[ئەحمەد]PER هات")
    draft = Draft(before)
    fresh = replace(before.mention("T1"), id="T2")
    draft.supersede(fresh)
    assert draft.edit("edit.any").changes == (Change(None, fresh),)


def test_the_quotes_inside_a_quote_that_goes_come_to_the_one_around_it():
    before = made("«[یەک «[دوو «[سێ]direct(parent=Q2)» چوار]direct(parent=Q1)» پێنج]direct»")
    draft = Draft(before)
    draft.remove("Q2")
    after = before.apply(draft.edit("edit.any"))
    assert after.quote("Q3").parent == "Q1"
    assert after.quote("Q1") == before.quote("Q1")


def test_removing_a_quote_leaves_strangers_alone():
    before = made("«[یەک «[دوو]direct(parent=Q1)» سێ]direct» [گوتی]Contact.Meet(Topic=Q2)")
    draft = Draft(before)
    draft.remove("Q2")
    after = before.apply(draft.edit("edit.any"))
    assert after.event("EV1").arguments == ()
    draft.remove("Q1")
    assert set(before.apply(draft.edit("edit.any")).records) == {"EV1"}


@pytest.mark.parametrize("ask", ["annotation", "remove", "entity"])
def test_what_is_not_there_is_refused(ask):
    with pytest.raises(Refused) as refusal:
        getattr(Draft(made("[ئەحمەد]PER هات")), ask)("T9")
    assert refusal.value.key == "refused.no_such_record"


def test_what_a_record_no_longer_refers_to_is_used_by_nobody():
    draft = Draft(AnnotationSet())
    entity = Entity(draft.mint(Layer.ENTITY), "PER", "ئازاد")
    other = Entity(draft.mint(Layer.ENTITY), "PER", "نەورۆز")
    mention = Mention(draft.mint(Layer.MENTION), "PER", Fragments.at(0, 2), entity=entity.id)
    for record in (entity, other, mention):
        draft.put(record)
    assert (draft.uses_of(entity.id), draft.uses_of(other.id)) == (1, 0)
    draft.supersede(replace(mention, entity=other.id))
    assert (draft.uses_of(entity.id), draft.uses_of(other.id)) == (0, 1)
    assert draft.get(entity.id) is None
    draft.remove(mention.id)
    assert draft.edit("edit.x").changes == ()
