"""Where the text of a mention stands again, and what is marked there."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from annotator.core.annotations import Mention
from annotator.core.ids import Layer, RecordId, record_id
from annotator.core.span import Fragments, Span
from annotator.foundation.errors import Refused
from annotator.kurdish.search import SearchIndex
from annotator.workbench.occurrences import Occurrence, PlaceState, occurrences
from tests.builders import annotated, annotation_set, changed, document, scheme

T1 = "T1"
STEM = scheme(boundary_policy="stem")


def found(notation, identifier=T1, *, the_scheme=STEM, near=None):
    """The places of a mention: their text, their state, the mention that makes it so."""
    the_document, annotations = annotated(notation)
    places = occurrences(
        the_document,
        annotations,
        annotations.mention(identifier),
        scheme=the_scheme,
        index=SearchIndex(the_document.text),
        near=near,
    )
    text = the_document.text
    return [(one.span.of(text), one.state.value, one.other and one.other.id) for one in places]


STATES = {
    "itself and free ones": (
        "[دهۆک]GPE لە دهۆک، دهۆک",
        [("دهۆک", "same", "T1"), ("دهۆک", "free", None), ("دهۆک", "free", None)],
    ),
    "marked already": (
        "[دهۆک]GPE لە [دهۆک]GPE",
        [("دهۆک", "same", "T1"), ("دهۆک", "same", "T2")],
    ),
    "another label": (
        "[دهۆک]GPE لە [دهۆک]PER",
        [("دهۆک", "same", "T1"), ("دهۆک", "labelled", "T2")],
    ),
    "a title over it": (
        "[دهۆک]GPE لە [دهۆک]TITLE",
        [("دهۆک", "same", "T1"), ("دهۆک", "free", None)],
    ),
    "inside what may hold it": (
        "[دهۆک]GPE و [زانکۆی دهۆک]ORG",
        [("دهۆک", "same", "T1"), ("دهۆک", "nested", "T2")],
    ),
    "inside what may not hold it": (
        "[دهۆک]GPE و [ئازاد دهۆک]PER",
        [("دهۆک", "same", "T1"), ("دهۆک", "overlapping", "T2")],
    ),
    "around what it may hold": (
        "[زانکۆی دهۆک]ORG و زانکۆی [دهۆک]GPE",
        [("زانکۆی دهۆک", "same", "T1"), ("زانکۆی دهۆک", "nested", "T2")],
    ),
    "crossing": (
        "[شاری دهۆک]GPE و شاری [دهۆک کۆن]GPE",
        [("شاری دهۆک", "same", "T1"), ("شاری دهۆک", "overlapping", "T2")],
    ),
    "the weightiest of several": (
        "[دهۆک]GPE و [زانکۆی [دهۆک]PER]ORG",
        [("دهۆک", "same", "T1"), ("دهۆک", "labelled", "T3")],
    ),
    "a label the scheme lacks": (
        "[دهۆک]GPE و [دهۆک]WHAT",
        [("دهۆک", "same", "T1"), ("دهۆک", "labelled", "T2")],
    ),
    "one piece of several": (
        "[دهۆک]GPE و [دهۆک]ORG کۆن [نوێ]T2.part",
        [("دهۆک", "same", "T1"), ("دهۆک", "nested", "T2")],
    ),
    "before and after": (
        "[دهۆک]GPE [لە]ORG دهۆک [و]ORG",
        [("دهۆک", "same", "T1"), ("دهۆک", "free", None)],
    ),
    "clitics stay outside": (
        "[کوردستان]GPE و کوردستانیش و كوردستانی",
        [("کوردستان", "same", "T1"), ("کوردستان", "free", None), ("كوردستان", "free", None)],
    ),
    "spelled in another way": (
        "[سووریا]GPE و سوریایە",
        [("سووریا", "same", "T1"), ("سوریا", "free", None)],
    ),
    "the stricter reading wins": (
        "[بارزانی]PER و بارزانیی",
        [("بارزانی", "same", "T1"), ("بارزانی", "free", None)],
    ),
    "cut inside a word": (
        "و[سوریا]GPE و وسوریا و سوریا",
        [("سوریا", "same", "T1"), ("سوریا", "free", None)],
    ),
}


@pytest.mark.parametrize(("notation", "expected"), STATES.values(), ids=STATES)
def test_places_and_their_states(notation, expected):
    assert found(notation) == expected


def test_a_guideline_of_whole_tokens_keeps_clitics_in():
    notation = "[کوردستان]GPE و کوردستانیش و کوردستان"
    assert [one[0] for one in found(notation, the_scheme=scheme())] == ["کوردستان"] * 2


def test_the_nearest_comes_first_when_asked():
    the_document, annotations = annotated("دهۆک [دهۆک]GPE دهۆک دهۆک")
    places = occurrences(
        the_document,
        annotations,
        annotations.mention(T1),
        scheme=STEM,
        index=SearchIndex(the_document.text),
        near=12,
    )
    assert [one.span.start for one in places] == [10, 5, 15, 0]


def test_a_mention_that_is_not_in_the_set_has_places_too():
    the_document = document("دهۆک و دهۆک")
    wish = Mention(RecordId("T1"), "GPE", Fragments.at(0, 4))
    places = occurrences(
        the_document, annotation_set(), wish, scheme=STEM, index=SearchIndex(the_document.text)
    )
    assert places == (
        Occurrence(Span(0, 4), PlaceState.FREE),
        Occurrence(Span(7, 11), PlaceState.FREE),
    )


def test_a_mention_in_pieces_is_refused():
    with pytest.raises(Refused) as refused:
        found("[دهۆک]GPE لە [شار]T1.part")
    assert refused.value.key == "refused.mark_all_in_pieces"


WORDS = ("دهۆک", "دهۆکی", "دهوك", "ههولێر", "هەولێر", "و")


@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=12), st.data())
def test_the_state_follows_from_what_is_marked(words, data):
    text = " ".join(words)
    starts = [sum(len(word) + 1 for word in words[:place]) for place in range(len(words))]
    places = [Span(start, start + len(word)) for start, word in zip(starts, words, strict=True)]
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, unique=True))
    records = [
        Mention(record_id(Layer.MENTION, number), data.draw(label), Fragments((place,)))
        for number, place in enumerate(chosen, 1)
        for label in [st.sampled_from(["GPE", "PER", "ORG"])]
    ]
    annotations = annotation_set(*records)
    template = records[0]
    found_places = occurrences(
        document(text), annotations, template, scheme=STEM, index=SearchIndex(text)
    )
    spans = [one.span for one in found_places]
    assert template.fragments.spans[0] in spans
    assert spans == sorted(spans)
    assert not any(a.overlaps(b) for a in spans for b in spans if a != b)
    for one in found_places:
        there = [m for m in records if m.fragments.overlaps(one.span)]
        alike = [m for m in there if m.fragments.spans == (one.span,)]
        if not there:
            assert one == Occurrence(one.span, PlaceState.FREE)
        elif alike:
            same = alike[0].label == template.label
            assert one.state is (PlaceState.SAME if same else PlaceState.LABELLED)
            assert one.other == alike[0]
        else:
            assert one.state in (PlaceState.NESTED, PlaceState.OVERLAPPING)


def test_a_fragment_of_another_mention_counts_where_the_place_holds_it_only_in_part():
    the_document, annotations = annotated("[شاری دهۆک]GPE و شاری [دهۆک]ORG کۆن [نوێ]T2.part")
    annotations = changed(annotations, "T2", label="PER")
    places = occurrences(
        the_document,
        annotations,
        annotations.mention(T1),
        scheme=STEM,
        index=SearchIndex(the_document.text),
    )
    assert [one.state for one in places] == [PlaceState.SAME, PlaceState.OVERLAPPING]
