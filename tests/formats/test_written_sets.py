"""Sets on their way out: named after their document, counted, with their losses."""

from dataclasses import replace

from annotator.core.set_header import SetKind
from annotator.formats.losses import Loss, LossKind
from annotator.formats.written_sets import WrittenSets
from tests.formats.specimens import PLAIN, bundle, specimens


def test_sets_are_named_after_their_document_and_in_order():
    sets = WrittenSets([*specimens(), bundle("zz", PLAIN, sets=("b", "a"))], print)
    assert [item.name for item in sets] == [
        "empty", "plain", "rich", "twice.a1", "twice.a2", "zz.a", "zz.b",
    ]  # fmt: skip
    report = sets.report(3, "00")
    assert (report.documents, report.records, report.size, report.sha256) == (5, 7, 3, "00")


def test_only_a_set_of_a_person_is_known_by_it():
    (item,) = WrittenSets([bundle("d", PLAIN)], print)
    assert item.person == "a1"
    header = replace(item.content.header, kind=SetKind.PREDICTION)
    assert replace(item, content=replace(item.content, header=header)).person is None


def test_losses_are_those_of_the_set():
    losses = []
    (item,) = WrittenSets([bundle("d", PLAIN)], losses.append)
    item.lose("T1", LossKind.DETAIL, "level")
    item.lose("T2", LossKind.MENTION)
    assert losses == [
        Loss("d", "a1", "T1", LossKind.DETAIL, "level"),
        Loss("d", "a1", "T2", LossKind.MENTION),
    ]
