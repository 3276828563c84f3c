"""Sets out of foreign files: ids in order, labels as written, everything from an import."""

import pytest
from hypothesis import given, strategies as st

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Argument,
    Coverage,
    Entity,
    Event,
    Mention,
    MentionLevel,
    MentionTarget,
    Polarity,
    Quote,
    QuoteType,
    Realis,
    SetStatus,
    Speaker,
    StatusRecord,
)
from annotator.core.ids import STATUS_ID
from annotator.core.provenance import Origin, Provenance
from annotator.core.set_header import SetHeader, SetKind
from annotator.core.span import Fragments, Span
from annotator.formats.set_builder import IMPORTED, SetBuilder, without_circles
from annotator.foundation.errors import AnnotatorError

AT = Fragments.at
FROM = Provenance(Origin.IMPORT, "a.json")


def test_records_get_ids_in_the_order_of_reading():
    builder = SetBuilder("a.json")
    entity = builder.entity("per", "ئازاد", (("wikidata", "Q1"),))
    person = builder.mention("per", AT(0, 5), entity=entity)
    noun = builder.mention("Org?", AT(6, 9), level=MentionLevel.NOM, attrs=(("facet", "x"),))
    event = builder.event(
        "meet", AT(10, 12), realis=Realis.OTHER, polarity=Polarity.NEGATIVE, cluster="c1",
        attrs=(("tense", "past"),),
    )  # fmt: skip
    outer = builder.quote(QuoteType.MIXED, AT(13, 30))
    inner = builder.quote(
        QuoteType.DIRECT, AT(15, 20), marks=(Span(14, 15),), cue=AT(31, 33), attrs=(("m", "tv"),)
    )
    builder.arguments(event, [Argument("who", MentionTarget(person))])
    builder.said_by(inner, Speaker(MentionTarget(person)), (MentionTarget(noun),), outer)
    content = builder.build("d1")
    assert content.header == SetHeader(
        IMPORTED, "d1", SetKind.ANNOTATOR, (), created="", modified=""
    )
    assert dict(content.annotations.records) == {
        "E1": Entity("E1", "per", "ئازاد", (("wikidata", "Q1"),), FROM),
        "T1": Mention("T1", "per", AT(0, 5), entity="E1", provenance=FROM),
        "T2": Mention("T2", "Org?", AT(6, 9), MentionLevel.NOM, None, (("facet", "x"),), FROM),
        "EV1": Event(
            "EV1", "meet", AT(10, 12), (Argument("who", MentionTarget("T1")),), Realis.OTHER,
            Polarity.NEGATIVE, "c1", (("tense", "past"),), FROM,
        ),
        "Q1": Quote("Q1", QuoteType.MIXED, AT(13, 30), provenance=FROM),
        "Q2": Quote(
            "Q2", QuoteType.DIRECT, AT(15, 20), (Span(14, 15),), AT(31, 33),
            Speaker(MentionTarget("T1")), (MentionTarget("T2"),), "Q1", None, (("m", "tv"),), FROM,
        ),
        STATUS_ID: StatusRecord(
            SetStatus.IN_PROGRESS, Coverage.PARTIAL, Coverage.PARTIAL, Coverage.PARTIAL
        ),
    }  # fmt: skip


def test_layers_that_a_file_does_not_have_are_not_looked_at():
    content = SetBuilder("a.json").build("d1")
    assert isinstance(content.annotations, AnnotationSet)
    none = Coverage.NONE
    assert content.annotations.status == StatusRecord(SetStatus.IN_PROGRESS, none, none, none)


def test_a_reference_to_nothing_is_no_set():
    builder = SetBuilder("a.json")
    event = builder.event("meet", AT(0, 2))
    builder.arguments(event, [Argument("who", MentionTarget("T9"))])
    with pytest.raises(AnnotatorError):
        builder.build("d1")


def reaches(parents, inner, outer):
    """Whether the way up from `outer` comes to `inner`."""
    while outer is not None and outer != inner:
        outer = parents.get(outer)
    return outer == inner


@given(st.dictionaries(st.integers(0, 9).map(str), st.integers(0, 9).map(str)))
def test_of_a_circle_the_last_link_is_left_out(parents):
    kept = {}
    for inner, outer in parents.items():
        if not reaches(kept, inner, outer):
            kept[inner] = outer
    assert without_circles(parents) == kept
