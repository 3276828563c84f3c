"""Counts over an export: of documents once, whatever their sets; what is repeated by the format."""

import pytest

from annotator.formats.citron import CITRON
from annotator.formats.gold_manifest import GoldTally
from annotator.formats.gold_write import GOLD
from annotator.formats.set_tally import SetTally, repeated
from tests.formats.specimens import PLAIN, bundle


@pytest.mark.parametrize("sets", [("a1",), ("a1", "a2")])
def test_a_text_with_several_sets_is_repeated_where_nobody_is_told(sets):
    tally = SetTally()
    for name in ("a", "b"):
        tally.add(bundle(name, PLAIN, sets=sets))
    assert (tally.documents, tally.sets) == (2, 2 * len(sets))
    assert repeated(CITRON, tally) == (2 if len(sets) > 1 else 0)
    assert repeated(GOLD, tally) == 0


def test_a_document_in_two_parts_is_one():
    tally = SetTally()
    for _ in range(2):
        tally.add(bundle("a", PLAIN))
    assert (tally.documents, tally.sets, tally.total("mentions")) == (1, 2, 4)


def test_what_is_no_record_is_listed_without_a_hash():
    listing = GoldTally()
    listing.add_item(bundle("a", PLAIN))
    assert listing.contents == [{"doc_id": "a", "set": "a1"}]
    assert listing.layers()["mentions"] == {"total": 2, "labels": {"GPE": 2}}
