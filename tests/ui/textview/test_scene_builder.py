"""Annotations in, scene out."""

from types import MappingProxyType

import pytest

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Argument,
    Event,
    ImplicitTarget,
    MentionTarget,
    Quote,
    QuoteTarget,
    QuoteType,
    SpanTarget,
    Speaker,
    anchor_of,
)
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span
from annotator.ui.textview.scene import (
    ArcEnd,
    Arcs,
    Bracket,
    Fill,
    Hint,
    MarginBar,
    Scene,
    Wave,
)
from annotator.ui.textview.scene_builder import (
    EVENT_FILL,
    MENTION_FILL,
    NEARBY,
    OVERLAY_FILL,
    PART_FILL,
    QUOTE_FILL,
    SELECTED_FILL,
    SELECTED_QUOTE_FILL,
    SUGGESTION_FILL,
    UNKNOWN_COLOR,
    ViewState,
    build_scene,
    nearby,
)
from tests.ui.textview.page_samples import (
    MEET_COLOR,
    PER_COLOR,
    QUOTE_COLOR,
    SCHEME,
    TITLE_COLOR,
    mention,
)

AT_REST = ViewState(0, 0)
MEETING = Event(
    RecordId("EV1"),
    "Contact.Meet",
    Fragments.at(20, 26),
    (
        Argument("Participant", MentionTarget(RecordId("T1"))),
        Argument("Topic", SpanTarget(Fragments.at(40, 45))),
        Argument("Participant", ImplicitTarget(RecordId("E1"))),
    ),
)
SAYING = Quote(
    RecordId("Q1"),
    QuoteType.DIRECT,
    Fragments.at(60, 90),
    cue=Fragments((Span(50, 53), Span(55, 58))),
    speaker=Speaker(MentionTarget(RecordId("T1"))),
    addressees=(SpanTarget(Fragments.at(30, 33)),),
)


def _scene(*records, view=AT_REST, language="ckb", **more):
    return build_scene(records, SCHEME, language=language, view=view, **more)


def test_a_mention_is_a_bracket_with_its_label_and_a_soft_fill():
    assert _scene(mention(1, 3, 8)) == Scene(
        brackets=(
            Bracket(RecordId("T1"), (Span(3, 8),), PER_COLOR, "PER", tooltip="ناوی PER (PER)"),
        ),
        fills=(Fill(Span(3, 8), PER_COLOR, MENTION_FILL),),
        caret=0,
    )


def test_an_event_says_its_type_in_the_language_of_the_interface():
    trigger = (Span(20, 26),)
    chips = {language: _scene(MEETING, language=language).brackets for language in ("ckb", "en")}
    assert chips["ckb"] == (
        Bracket(
            RecordId("EV1"),
            trigger,
            MEET_COLOR,
            "کۆبوونەوە",
            is_event=True,
            tooltip="کۆبوونەوە (Contact.Meet)",
        ),
    )
    assert _scene(MEETING).fills == (Fill(trigger[0], MEET_COLOR, EVENT_FILL),)


def test_a_quote_is_a_bar_and_a_light_fill_without_a_bracket():
    scene = _scene(SAYING)
    assert scene.brackets == ()
    assert scene.fills == (Fill(Span(60, 90), QUOTE_COLOR, QUOTE_FILL),)
    assert scene.bars == (MarginBar(RecordId("Q1"), Span(60, 90), QUOTE_COLOR, tooltip="ڕاستەوخۆ"),)
    assert (scene.ties, scene.tags) == ((), ())


def test_nested_quotes_lie_deeper():
    inner = Quote(RecordId("Q2"), QuoteType.DIRECT, Fragments.at(70, 80))
    innermost = Quote(RecordId("Q3"), QuoteType.MIXED, Fragments.at(71, 74))
    beside = Quote(RecordId("Q4"), QuoteType.DIRECT, Fragments.at(90, 99))
    child = Quote(RecordId("Q5"), QuoteType.DIRECT, Fragments.at(95, 120), parent=beside.id)
    depths = {bar.id: bar.depth for bar in _scene(innermost, SAYING, inner, beside, child).bars}
    assert depths == {"Q1": 0, "Q2": 1, "Q3": 2, "Q4": 0, "Q5": 1}


def test_the_parts_of_the_selected_event_are_named_and_tied():
    view = ViewState(20, 26, selected=MEETING.id)
    scene = _scene(mention(1, 3, 8), MEETING, view=view)
    ends = (ArcEnd(Span(3, 8), "بەشداربوو"), ArcEnd(Span(40, 45), "Topic"))
    assert scene.arcs == Arcs(Span(20, 26), ends, MEET_COLOR)
    assert (scene.tags, scene.ties) == ((), ())
    assert Fill(Span(20, 26), MEET_COLOR, SELECTED_FILL) in scene.fills
    assert Fill(Span(40, 45), MEET_COLOR, PART_FILL) in scene.fills
    assert [bracket.is_selected for bracket in scene.brackets] == [False, True]
    assert (scene.current, scene.selection) == (MEETING.id, Span(20, 26))


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ["cue", "speaker", "addressee"]), ("ckb", ["وشەی ئاماژە", "قسەکەر", "بەرامبەر"])],
)
def test_the_parts_of_the_selected_quote_are_named_and_tied(language, names):
    view = ViewState(60, 60, selected=SAYING.id)
    scene = _scene(mention(1, 3, 8), SAYING, view=view, language=language)
    spans = [Span(50, 53), Span(3, 8), Span(30, 33)]
    assert [(tag.span, tag.text) for tag in scene.tags] == list(zip(spans, names, strict=True))
    ties = [(tie.start, tie.end) for tie in scene.ties]
    assert ties == [
        (Span(60, 90), Span(50, 53)),
        (Span(50, 53), Span(55, 58)),
        (Span(60, 90), Span(3, 8)),
        (Span(60, 90), Span(30, 33)),
    ]
    assert Fill(Span(60, 90), QUOTE_COLOR, SELECTED_QUOTE_FILL) in scene.fills
    assert scene.bars[0].is_selected


def test_a_quote_can_be_an_argument():
    about = Event(
        RecordId("EV2"),
        "Contact.Meet",
        Fragments.at(1, 2),
        (Argument("Participant", QuoteTarget(SAYING.id)),),
    )
    scene = _scene(SAYING, about, view=ViewState(0, 0, selected=about.id))
    assert [end.span for end in scene.arcs.ends] == [Span(60, 90)]


def test_titles_are_tinted_more_lightly_than_the_names_in_them():
    scene = _scene(mention(2, 3, 20, "TITLE"), mention(1, 5, 9))
    assert scene.fills == (
        Fill(Span(3, 20), TITLE_COLOR, OVERLAY_FILL),
        Fill(Span(5, 9), PER_COLOR, MENTION_FILL),
    )


def test_what_the_scheme_does_not_know_is_still_shown():
    unknown = Event(RecordId("EV9"), "Old.Type", Fragments.at(1, 4))
    brackets = _scene(unknown, mention(1, 5, 9, "OLD")).brackets
    assert [(b.chip, b.color, b.tooltip) for b in brackets] == [
        ("Old.Type", UNKNOWN_COLOR, "Old.Type"),
        ("OLD", UNKNOWN_COLOR, "OLD"),
    ]


def test_only_what_is_near_the_visible_page_is_built():
    visible = Span(5000, 6000)
    far, near, shown = (
        mention(1, 10, 20),
        mention(2, 5000 - NEARBY, 5200 - NEARBY),
        mention(3, 5500, 5510),
    )
    view = ViewState(5500, 5500, hints=(Hint(10, "ا"), Hint(5500, "ب")), visible=visible)
    waves = (Wave(Span(12, 14)), Wave(Span(5501, 5502)))
    scene = _scene(far, near, shown, view=view, waves=waves)
    assert [bracket.id for bracket in scene.brackets] == ["T2", "T3"]
    assert scene.covers == Span(5000 - NEARBY, 6000 + NEARBY)
    assert (scene.hints, scene.waves) == ((Hint(5500, "ب"),), waves[1:])


def test_a_part_far_away_is_tied_all_the_same():
    far = mention(1, 3, 8)
    event = Event(RecordId("EV1"), "Contact.Meet", Fragments.at(5000, 5005), MEETING.arguments[:1])
    view = ViewState(5000, 5000, selected=event.id, visible=Span(4900, 5600))
    assert [end.span for end in _scene(far, event, view=view).arcs.ends] == [Span(3, 8)]


def test_suggestions_are_dashed():
    scene = _scene(mention(1, 0, 2), suggestions=[mention(7, 5, 9)])
    assert [bracket.is_dashed for bracket in scene.brackets] == [False, True]
    assert scene.fills[-1] == Fill(Span(5, 9), PER_COLOR, SUGGESTION_FILL)


def test_chip_and_tooltip_of_a_suggestion_say_that_it_is_one():
    suggestions = [mention(7, 5, 9), MEETING, SAYING]
    scene = _scene(suggestions=suggestions)
    assert [(b.chip, b.tooltip) for b in scene.brackets] == [
        ("PER?", "پێشنیار: ناوی PER (PER)"),
        ("کۆبوونەوە؟", "پێشنیار: کۆبوونەوە (Contact.Meet)"),
    ]
    assert [(bar.is_dashed, bar.tooltip) for bar in scene.bars] == [(True, "پێشنیار: ڕاستەوخۆ")]
    english = _scene(suggestions=suggestions, language="en")
    assert english.brackets[0].tooltip.startswith("Suggestion: ")


def test_an_annotation_set_gives_the_same_scene_as_its_annotations():
    records = (mention(1, 3, 8), MEETING, SAYING)
    whole = AnnotationSet(MappingProxyType({record.id: record for record in records}))
    assert build_scene(whole, SCHEME, language="en", view=AT_REST) == _scene(
        *records, language="en"
    )


def test_a_selection_made_backwards_is_the_same_span():
    assert _scene(view=ViewState(9, 4)) == Scene(selection=Span(4, 9), caret=4)


def test_the_near_annotations_and_a_way_to_find_others_give_the_scene_of_the_whole_set():
    event = Event(RecordId("EV1"), "Contact.Meet", Fragments.at(5000, 5005), MEETING.arguments)
    records = (mention(1, 3, 8), mention(2, 5010, 5014), event, mention(3, 9000, 9004))
    whole = AnnotationSet(MappingProxyType({record.id: record for record in records}))
    view = ViewState(5000, 5000, selected=event.id, visible=Span(4900, 5600))
    near = [r for r in records if anchor_of(r).overlaps(nearby(view.visible))]
    assert _scene(*near, view=view, find=whole.get) == _scene(*records, view=view)
