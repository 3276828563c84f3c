"""How far people agree on the documents that several of them have finished."""

from msgspec.structs import replace

from annotator.core.annotations import Coverage, SetStatus
from annotator.core.set_header import SetKind
from annotator.formats.dataset_card import Agreement
from annotator.workbench.set_agreement import SetAgreement
from tests.builders import changed
from tests.formats.specimens import PLAIN, bundle

WRONG = PLAIN.replace("[سلێمانی]GPE", "[سلێمانی]LOC")


def sets_of(document="d", **notations):
    """A document with a finished set of each person."""
    made = [bundle(document, text, sets=(who,)).bundle for who, text in notations.items()]
    return replace(made[0], sets=tuple(one.sets[0] for one in made))


def with_first(item, header=None, **status):
    """The document, its first set with another header or status."""
    first = item.sets[0]
    annotations = changed(first.annotations, "SET", **status) if status else first.annotations
    told = replace(first, header=replace(first.header, **(header or {})), annotations=annotations)
    return replace(item, sets=(told, *item.sets[1:]))


def measured(*items):
    agreement = SetAgreement()
    for item in items:
        agreement.add(item)
    return list(agreement.measured())


def test_every_pair_of_people_has_a_value_over_all_their_documents():
    found = measured(
        sets_of("d1", b=PLAIN, a=PLAIN, c=WRONG), sets_of("d2", a=PLAIN, b=WRONG)
    )  # fmt: skip
    assert found == [
        Agreement("mentions", "strict", (0.75, 0.5, 0.5), 8),
        Agreement("mentions", "boundary", (1.0, 1.0, 1.0), 8),
        Agreement("mentions", "overlap", (0.75, 0.5, 0.5), 8),
    ]


def test_a_document_of_one_person_says_nothing():
    assert measured(sets_of(a=PLAIN), replace(sets_of(a=PLAIN), sets=())) == []


def test_what_is_unfinished_or_of_no_person_is_not_compared():
    both = sets_of(a=PLAIN, b=PLAIN)
    assert measured(with_first(both, status=SetStatus.IN_PROGRESS)) == []
    for kind in (SetKind.ADJUDICATED, SetKind.PREDICTION):
        assert measured(with_first(both, {"kind": kind})) == []


def test_a_layer_that_one_of_two_has_not_wholly_looked_at_is_not_compared():
    events = "[کۆبووەوە]Contact.Meet لە [هەولێر]GPE"
    both = sets_of(a=events, b=events)
    assert {one.layer for one in measured(both)} == {"mentions", "events"}
    partly = measured(with_first(both, mentions=Coverage.PARTIAL))
    assert {one.layer for one in partly} == {"events"}
