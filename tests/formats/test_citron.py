"""Citron: what its parser reads out of a file stands in the text, and is what was annotated."""

import orjson
import pytest
from hypothesis import given, settings, strategies as st

from annotator.core.annotations import MentionLevel
from annotator.core.span import Span
from annotator.formats.citron import CITRON, MARKS
from annotator.formats.losses import LossKind
from tests.formats.made_articles import articles
from tests.formats.specimens import bundle, with_changed
from tests.formats.written import write


def article(item, **options):
    _, files, losses = write(CITRON, [item], options=options)
    ((name, data),) = files.items()
    assert name == f"{item.bundle.document.id}.json"
    return orjson.loads(data), losses


def texts(spans):
    return [span["text"] for span in spans]


@settings(max_examples=settings.default.max_examples // 3)
@given(item=articles(), marks=st.sampled_from(MARKS.values))
def test_every_span_has_its_text_and_what_is_missing_is_told(item, marks):
    found, losses = article(item, marks=marks)
    assert found["text"] == item.bundle.document.text
    spans = [span for group in found["coreference_groups"] for span in group]
    for quote in found["quotes"]:
        assert quote["contents"]
        spans += [quote["cue"], *quote["sources"], *quote["contents"], *quote["coreferences"]]
    for span in spans:
        assert found["text"][span["start"] : span["end"]] == span["text"] != ""
    assert all(len(group) > 1 for group in found["coreference_groups"])
    annotations = item.bundle.sets[0].annotations
    told = {loss.record for loss in losses}
    assert told.issuperset(record.id for record in annotations.annotations())
    whole = {loss.record for loss in losses if loss.kind is LossKind.QUOTE}
    there = [quote["id"] for quote in found["quotes"]]
    assert sorted(there) == sorted(q.id for q in annotations.quotes() if q.id not in whole)


SAID = (
    "😀 [سەرۆک]PER=E1 [جەختی]Q1.cue لە «[ئاشتی  هەیە]direct(speaker=T1)»  و "
    "«[ژیان]Q1.content» [کردەوە]Q1.cue. «[وشە]mixed»"
)


def test_contents_come_with_their_marks_and_the_cue_in_one_piece():
    found, losses = article(bundle("d1", SAID))
    (quote,) = found["quotes"]
    assert (quote["id"], quote["cue"]["text"]) == ("Q1", "جەختی")
    assert texts(quote["sources"]) == ["سەرۆک"]
    assert texts(quote["contents"]) == ["«ئاشتی  هەیە»", "ژیان"]
    told = [(loss.record, loss.kind, loss.detail) for loss in losses]
    assert told == [
        ("Q1", LossKind.HEAD, "cue"),
        ("Q1", LossKind.DETAIL, "type, marks"),
        ("Q2", LossKind.QUOTE, ""),
        ("T1", LossKind.MENTION, ""),
        ("E1", LossKind.ENTITY, ""),
    ]


def test_marks_that_spaces_divide_from_the_content_join_it_and_others_do_not():
    item = bundle("d1", "«  [ئاشتی]direct و [ژیان]Q1.content » [گوتی]Q1.cue»")
    text = item.bundle.document.text
    places = [place for place, character in enumerate(text) if character in "«»"]
    marks = tuple(Span(place, place + 1) for place in places)
    found, _ = article(with_changed(item, "Q1", marks=marks))
    assert texts(found["quotes"][0]["contents"]) == ["«  ئاشتی", "ژیان »"]


def test_marks_may_stay_outside():
    found, _ = article(bundle("d1", SAID), marks="marks_outside")
    assert texts(found["quotes"][0]["contents"]) == ["ئاشتی  هەیە", "ژیان"]


NAMED = (
    "[نێچیرڤان]PER=E1 هات. [مەسرور]PER=E2 هات. [سەرۆک]PER=E1 [گوتی]Q1.cue "
    "[باشە]indirect(speaker=T3). [بارزانی]PER=E1 ڕۆیشت."
)


@pytest.mark.parametrize(
    ("level", "names"), [(MentionLevel.NAM, []), (MentionLevel.NOM, ["نێچیرڤان"])]
)
def test_a_noun_that_speaks_comes_with_the_last_name_before_it(level, names):
    found, _ = article(with_changed(bundle("d1", NAMED), "T3", level=level))
    (quote,) = found["quotes"]
    assert texts(quote["sources"]) == ["سەرۆک"]
    assert texts(quote["coreferences"]) == names
    assert [texts(group) for group in found["coreference_groups"]] == [
        ["نێچیرڤان", "سەرۆک", "بارزانی"]
    ]


def test_where_no_name_stands_before_the_speaker_it_is_the_first_one():
    notation = "[ئەو]PER=E1 [گوتی]Q1.cue [باشە]indirect(speaker=T1). [بارزانی]PER=E1 ڕۆیشت."
    item = with_changed(bundle("d1", notation), "T1", level=MentionLevel.PRO)
    found, losses = article(item)
    assert texts(found["quotes"][0]["coreferences"]) == ["بارزانی"]
    assert [loss.detail for loss in losses if loss.record == "T1"] == ["level, label"]


def test_who_is_not_in_the_text_is_told():
    notation = "[ئەو]PER=E1 [گوتی]Q1.cue [باشە]indirect(speaker=E1,addressee=E1)."
    found, losses = article(bundle("d1", notation))
    assert found["quotes"][0]["sources"] == found["quotes"][0]["coreferences"] == []
    parts = [loss.detail for loss in losses if loss.kind is LossKind.QUOTE_PART]
    assert parts == ["speaker", "addressees"]


def test_a_free_piece_of_text_can_speak():
    found, _ = article(bundle("d1", "[سەرچاوەیەک]Q1.speaker [گوتی]Q1.cue [باشە]indirect."))
    assert texts(found["quotes"][0]["sources"]) == ["سەرچاوەیەک"]
