"""Conflicts in words of the text."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import Entity
from annotator.core.ids import DocumentId, Layer, RecordId, SetId
from annotator.core.merging import Clash, Conflict
from annotator.core.proposals import Proposal, SuggestionDecision, Verdict
from annotator.core.span import Fragments
from annotator.workbench.merge_report import Place, Side, conflict_news, worth_telling
from tests.builders import annotated

PLACE = Place(DocumentId("d1"), "سەردێڕ", SetId("a1"), "شیلان")
DOCUMENT, MADE = annotated(f"[ئازاد]PER=E1 [گوتی]Contact.Meet «[{'وشە ' * 30}]direct»")
DECISION = SuggestionDecision(
    RecordId("D1"),
    Verdict.REJECTED,
    Proposal("names", Layer.MENTION, "ORG", Fragments.at(0, 5)),
)


@pytest.mark.parametrize(
    ("record", "side"),
    [
        (MADE.get("T1"), Side("PER", "ئازاد")),
        (MADE.get("EV1"), Side("Contact.Meet", "گوتی")),
        (MADE.get("Q1"), Side("direct", ("وشە " * 15)[:59] + "…")),
        (MADE.get("E1"), Side("PER", "ئازاد")),
        (DECISION, Side("ORG", "ئازاد")),
        (MADE.status, Side("in_progress")),
    ],
)
def test_a_side_is_told_by_its_label_and_words(record, side):
    news = conflict_news(PLACE, Conflict(Clash.DELETED_THERE, record, None), DOCUMENT.text)
    assert (news.ours, news.theirs, news.record) == (side, None, record.id)


def test_an_entity_is_not_told_beside_its_mention():
    mention = Conflict(Clash.BOTH_CHANGED, MADE.get("T1"), MADE.get("T1"), RecordId("T9"))
    entity = Conflict(Clash.BOTH_CHANGED, MADE.get("E1"), MADE.get("E1"), RecordId("E9"))
    other = replace(MADE.get("E1"), id=RecordId("E2"))
    assert isinstance(other, Entity)
    alone = Conflict(Clash.DELETED_HERE, None, other)
    assert list(worth_telling((mention, entity, alone))) == [mention, alone]
    assert conflict_news(PLACE, mention, DOCUMENT.text).record == "T9"
