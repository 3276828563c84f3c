"""Quotes: what is said and not merely in quotation marks, by whom and with which words."""

import pytest
from msgspec.structs import replace

from annotator.suggest.quotes import QUOTES
from tests.suggest.readers import ask, knowledge, scheme

SAID = "«ڕێگاکە زۆر باشە»"


def parts(notation, **told):
    """Each quote as content, cue and speaker."""
    text, found = ask(QUOTES, notation, **told)
    return [
        (one.fragments.of(text), one.details.cue.of(text), one.details.speaker) for one in found
    ]


@pytest.mark.parametrize(
    "notation",
    [
        "ئەو لە «دیالۆگی نوێی ستراتیجی» بوو.",
        "گوتی: «باشە».",
        "گوتی لە شاری دهۆک لە ڕۆژهەڵاتی زاخۆ لە «کۆنفرانسی ئاوی نوێ» بوو.",
        "ئەو سوپاسی کرد: «ڕێگاکە زۆر باشە».",
        "گوتی: ڕێگاکە زۆر باشە.",
    ],
)
def test_marks_alone_are_no_quote(notation):
    assert parts(notation) == []


def test_a_quote_has_marks_cue_and_reason():
    text, (one,) = ask(QUOTES, f"وەزیر گوتی: {SAID}.")
    assert (one.fragments.of(text), one.proposal.label) == ("ڕێگاکە زۆر باشە", "direct")
    assert [mark.of(text) for mark in one.details.marks] == ["«", "»"]
    assert one.details.cue.head is None
    assert (one.reason.key, dict(one.reason.values)) == ("reason.said", {"cue": "گوتی"})


def test_the_cue_may_follow_and_a_light_verb_has_a_head():
    text, (one,) = ask(QUOTES, f"{SAID}، وەزیر ئاماژەی بەوە دا.")
    assert one.details.cue.of(text) == "ئاماژەی بەوە دا"
    assert one.details.cue.head.of(text) == "ئاماژەی"


def test_a_long_quotation_may_stand_far_from_its_cue_and_is_less_sure():
    words = "ئەو ڕێگا نوێیە بۆ هەموومان زۆر باشە"
    far = f"گوتی لە شاری دهۆک لە ڕۆژهەڵاتی زاخۆ و دەوروبەری: «{words}»"
    _, (less,) = ask(QUOTES, far)
    _, (more,) = ask(QUOTES, f"گوتی: «{words}»")
    assert more.score > less.score


@pytest.mark.parametrize(
    ("notation", "speaker"),
    [
        (f"[ئازاد]PER گوتی: {SAID}", "T1"),
        (f"[ئازاد]PER بە [نەورۆز]PER گوتی: {SAID}", "T1"),
        (f"[ئازاد]PER هات. [نەورۆز]PER گوتی: {SAID}", "T2"),
        (f"[ئازاد]PER هات. ئەو گوتی: {SAID}", "T1"),
        (f"[ئازاد]PER هات. [نەورۆز]PER چوو. ئەو گوتی: {SAID}", "T2"),
        (f"{SAID}، [ئازاد]PER گوتی.", "T1"),
        (f"[ئازاد]PER سوپاسی [نەورۆز]PER و [دەریا]PER دەکات و گوتی: {SAID}", "T1"),
        (f"[ئازاد]PER زانی کە [نەورۆز]PER گوتوویەتی: {SAID}", "T2"),
        (f"[ئازاد]PER زانی کە بە [نەورۆز]PER گوتووە: {SAID}", "T1"),
        (f"[وەزیری [دهۆک]GPE]PER گوتی: {SAID}", "T1"),
        (f"{SAID}، گوتی. [ئازاد]PER هات.", None),
        (f"[ئازاد]PER هات.\nئەو گوتی: {SAID}", None),
        (f"[ئەمڕۆ]DATE گوتی: {SAID}", None),
        ("گوتی: «[ئازاد]PER زۆر باشە»", None),
        (f"بە گوتەی [ئازاد]PER، {SAID}", "T1"),
        (f"[وا]indirect گوتی: {SAID}", None),
    ],
)
def test_the_likeliest_speaker(notation, speaker):
    assert [found[2] for found in parts(notation)] == [speaker]


def test_a_quotation_in_a_quotation():
    notation = "گوتی: «ئەو دواتر گوتی “ڕێگاکە زۆر باشە” و هات»"
    assert [found[0] for found in parts(notation)] == [
        "ئەو دواتر گوتی “ڕێگاکە زۆر باشە” و هات",
        "ڕێگاکە زۆر باشە",
    ]


def test_a_scheme_without_direct_quotes_gets_none():
    kinds = tuple(kind for kind in scheme().quote_types if kind.id != "direct")
    known = knowledge(scheme=replace(scheme(), quote_types=kinds))
    assert ask(QUOTES, f"گوتی: {SAID}", known)[1] == []
