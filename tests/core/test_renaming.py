"""Records under other ids, and what they say whatever their ids."""

from hypothesis import given, strategies as st

from annotator.core.annotations import (
    Argument,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteTarget,
    QuoteType,
    SpanTarget,
    Speaker,
    references,
)
from annotator.core.ids import RecordId
from annotator.core.provenance import Origin, Provenance
from annotator.core.renaming import content_of, renamed
from annotator.core.span import Fragments
from tests.strategies import records

PLACE = Fragments.at(0, 4)
IDS = {RecordId(old): RecordId(new) for old, new in (("T1", "T7"), ("E1", "E7"), ("Q1", "Q7"))}


def test_an_event_and_all_it_refers_to_get_other_ids():
    def event(own, mention, entity, quote, other):
        targets = (
            MentionTarget(mention),
            EventTarget(other),
            QuoteTarget(quote),
            ImplicitTarget(entity),
            SpanTarget(PLACE, entity),
            SpanTarget(PLACE),
        )
        return Event(own, "Contact.Meet", PLACE, tuple(Argument("Topic", t) for t in targets))

    ids = {**IDS, RecordId("EV1"): RecordId("EV7")}
    before = event("EV1", "T1", "E1", "Q1", "EV2")
    assert renamed(before, ids) == event("EV7", "T7", "E7", "Q7", "EV2")


def test_a_quote_and_its_parties_get_other_ids():
    def quote(own, mention, entity, parent):
        return Quote(
            own,
            QuoteType.DIRECT,
            PLACE,
            speaker=Speaker(MentionTarget(mention)),
            addressees=(ImplicitTarget(entity),),
            parent=parent,
        )

    assert renamed(quote("Q2", "T1", "E1", "Q1"), IDS) == quote("Q2", "T7", "E7", "Q7")
    assert renamed(quote("Q2", "T1", "E1", None), IDS) == quote("Q2", "T7", "E7", None)


@given(records)
def test_renaming_there_and_back_changes_nothing(record):
    names = {record.id, *references(record)}
    there = {name: RecordId(f"{name}000000") for name in names}
    back = {new: old for old, new in there.items()}
    moved = renamed(record, there)
    assert {moved.id, *references(moved)} == set(there.values())
    assert renamed(moved, back) == record


@given(records, st.text(max_size=3))
def test_what_is_said_is_neither_id_nor_origin(record, detail):
    assert content_of(record) == content_of(renamed(record, {record.id: RecordId("T999999999")}))
    assert content_of(content_of(record)) == content_of(record)
    mention = Mention(RecordId("T1"), "PER", PLACE, provenance=Provenance(Origin.IMPORT, detail))
    assert content_of(mention) == content_of(Mention(RecordId("T2"), "PER", PLACE))
