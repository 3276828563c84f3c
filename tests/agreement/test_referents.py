"""Which entities of two sets are one."""

from fractions import Fraction

from annotator.agreement.referents import EntityPairs, Referent
from annotator.core.annotations import Entity, Mention
from tests.agreement.sets import place
from tests.builders import annotation_set


def entity_set(*entities):
    """Entities, each as its id, its name and the edges of its mentions."""
    records = []
    for identifier, name, *edges in entities:
        records.append(Entity(identifier, "PER", name))
        for start, end in edges:
            number = 1 + sum(isinstance(record, Mention) for record in records)
            records.append(Mention(f"T{number}", "PER", place(start, end), entity=identifier))
    return annotation_set(*records)


def test_those_with_most_mentions_in_common_are_one():
    gold = entity_set(("E1", "a", (0, 4), (10, 14), (20, 24)), ("E2", "b", (30, 34)))
    predicted = entity_set(("E1", "x", (30, 34), (20, 24)), ("E2", "y", (0, 4), (10, 14)))
    pairs = EntityPairs(gold, predicted)
    assert pairs.are_one("E1", "E2")
    assert pairs.are_one("E2", "E1")
    assert not pairs.are_one("E1", "E1")


def test_a_large_entity_does_not_give_way_to_two_small_ones():
    gold = entity_set(("E1", "a", (0, 4), (10, 14), (20, 24)), ("E2", "b", (30, 34)))
    predicted = entity_set(("E1", "x", (0, 4), (10, 14), (30, 34)), ("E2", "y", (20, 24)))
    pairs = EntityPairs(gold, predicted)
    assert pairs.are_one("E1", "E1")
    assert not pairs.are_one("E2", "E2")


def test_where_mentions_do_not_tell_the_name_does():
    gold = entity_set(("E1", "a"), ("E2", "b", (0, 4)), ("E3", "a"), ("E4", "c"))
    predicted = entity_set(("E5", "b"), ("E6", "a"), ("E7", "a"))
    pairs = EntityPairs(gold, predicted)
    assert pairs.are_one("E1", "E6")
    assert pairs.are_one("E3", "E7")
    assert pairs.are_one("E2", "E5")
    assert not pairs.are_one("E4", "E5")


def test_of_two_entities_in_one_place_the_names_tell():
    gold = entity_set(("E1", "a", (0, 4)), ("E2", "b", (0, 4)))
    predicted = entity_set(("E1", "b", (0, 4)), ("E2", "a", (0, 4)))
    pairs = EntityPairs(gold, predicted)
    assert pairs.are_one("E1", "E2")
    assert pairs.are_one("E2", "E1")


def test_an_unknown_entity_is_no_other():
    pairs = EntityPairs(annotation_set(), annotation_set())
    assert not pairs.are_one(None, None)
    assert pairs.likeness(Referent(None), Referent(None)) is None


def test_texts_go_before_entities():
    gold = entity_set(("E1", "a", (0, 4)))
    pairs = EntityPairs(gold, gold)
    here, there = Referent(place(0, 4), "E1"), Referent(place(10, 14), "E1")
    assert pairs.likeness(here, there) is None
    assert pairs.likeness(here, Referent(place(0, 8))) == Fraction(2, 3)
    assert pairs.likeness(here, Referent(None, "E1")) == 1
