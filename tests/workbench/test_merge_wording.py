"""Every part of a report in words of both languages."""

import pytest

from annotator.core.ids import DocumentId, Layer, RecordId, SetId
from annotator.core.merging import Clash
from annotator.core.set_drop import SetDrop
from annotator.foundation.catalogue import LANGUAGES, load_catalogue, without_isolates
from annotator.workbench.merge_report import (
    ConflictNews,
    DropNews,
    MergeReport,
    Place,
    SetNews,
    Side,
)
from annotator.workbench.merge_scheme import Lacking, Part
from annotator.workbench.merge_wording import (
    conflict_text,
    headline,
    parts,
    parts_beside,
    report_text,
    side_text,
)

PLACE = Place(DocumentId("a"), "سەردێڕ", SetId("a2"), "ئارام")
STATUS = ConflictNews(PLACE, Clash.BOTH_CHANGED, Side("complete"), Side("approved"), None)
SIDE = Side("PER", "ئازاد")
REPORT = MergeReport(
    documents=("نوێ",),
    people=("ئارام",),
    sets=(SetNews(PLACE, False, mentions=1, events=2, quotes=3, changed=4, removed=5),),
    conflicts=(
        *(ConflictNews(PLACE, clash, None, SIDE, RecordId("T1")) for clash in Clash),
        STATUS,
    ),
    drops=tuple(
        DropNews(PLACE, SetDrop(10, 3, layer))
        for layer in (None, Layer.MENTION, Layer.EVENT, Layer.QUOTE)
    ),
    lacking=tuple(Lacking(part, "SHIP", 7, "PER") for part in Part),
    differing=("دوو",),
    back=("سێ",),
    left=("چوار",),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_told(language):
    catalogue = load_catalogue(language)
    told = list(parts(catalogue, REPORT))
    assert [len(part) - 1 for part in told] == [4, 5, 4, 1, 1, 1, 1, 1, 1]
    whole = report_text(catalogue, REPORT)
    assert whole.startswith(parts_beside(catalogue, REPORT)[:20])
    assert headline(catalogue, REPORT) != headline(catalogue, MergeReport())


def test_a_line_says_where_and_what():
    catalogue = load_catalogue("en")
    whole = without_isolates(report_text(catalogue, REPORT))
    for line in (
        "سەردێڕ, ئارام: 6 new, 4 changed, 5 deleted",
        "سەردێڕ, ئارام: here deleted, there PER “ئازاد”. It is back,",
        "here complete, there approved. The lower of the two holds.",
        "سەردێڕ, ئارام: annotations: 3 of 10",
        "the role SHIP of PER (annotations: 7)",
    ):
        assert line in whole


def test_labels_are_called_by_their_titles_where_our_scheme_has_them():
    catalogue, titles = load_catalogue("ckb"), {"PER": "کەس"}
    theirs = next(each for each in REPORT.conflicts if each.theirs == SIDE)
    assert "کەس «ئازاد»" in without_isolates(conflict_text(catalogue, theirs, titles))
    assert "کەس «ئازاد»" in without_isolates(report_text(catalogue, REPORT, titles))
    assert without_isolates(side_text(catalogue, Side("SHIP", "x"), titles)) == "SHIP «x»"
