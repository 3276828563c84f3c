"""All mentions of a label get another one, and their entities go along."""

from annotator.core.annotations import Entity
from annotator.core.commands.mentions import NewEntity
from annotator.core.commands.relabelling import relabel_all
from annotator.core.edits import Edit
from tests.builders import annotated, scheme
from tests.core.commands.refusing import refused


def made(notation):
    return annotated(notation)[1]


def by_name(annotations, mention):
    """An entity of the same label, else a new one."""
    known = next((e for e in annotations.entities() if e.label == "ORG"), None)
    return known.id if known else NewEntity("نوێ")


def relabelled(before, wanted, choose=lambda *_: None, of="GPE"):
    done = relabel_all(before, scheme(), of, wanted, choose=choose)
    return done, before.apply(done.edit)


def labels(annotations):
    return [(m.label, m.entity) for m in annotations.mentions()]


def test_an_entity_with_two_mentions_stays_one():
    before = made("[هەولێر]GPE=E1 و [شار]GPE=E1 و [ئازاد]PER=E2")
    done, after = relabelled(before, "ORG")
    assert labels(after) == [("ORG", "E1"), ("ORG", "E1"), ("PER", "E2")]
    assert after.entity("E1") == Entity("E1", "ORG", "هەولێر")
    assert (done.changed, done.refused, done.edit.name) == (2, 0, "edit.relabel_all")
    assert after.apply(done.edit.inverse).records == before.records


def test_what_is_marked_so_already_stays_with_its_entity():
    before = made("[[هەولێر]ORG=E2]GPE=E1 و [شار]GPE=E1")
    done, after = relabelled(before, "ORG", by_name)
    assert (done.changed, done.refused) == (1, 1)
    assert sorted(labels(after)) == [("GPE", "E1"), ("ORG", "E2"), ("ORG", "E2")]
    assert after.entity("E1").label == "GPE"


def test_values_lose_their_entities_and_get_one_again():
    _, after = relabelled(made("[هەولێر]GPE=E1 و [شار]GPE"), "DATE")
    assert labels(after) == [("DATE", None), ("DATE", None)]
    assert list(after.entities()) == []
    _, again = relabelled(after, "ORG", by_name, of="DATE")
    assert labels(again) == [("ORG", "E2"), ("ORG", "E2")]


def test_nothing_to_do_is_an_empty_edit():
    done, _ = relabelled(made("[[هەولێر]ORG]GPE=E1 [ئازاد]PER"), "ORG")
    assert (done.edit, done.changed, done.refused) == (Edit("edit.relabel_all", ()), 0, 1)


def test_the_same_label_and_an_unknown_one_are_refused():
    before = made("[هەولێر]GPE")
    with refused("refused.same_label"):
        relabelled(before, "GPE")
    with refused("refused.no_such_label"):
        relabelled(before, "NOTHING")
