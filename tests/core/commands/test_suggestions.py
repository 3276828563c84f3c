"""Accepting, correcting and rejecting what was suggested."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import (
    Entity,
    Event,
    Mention,
    MentionLevel,
    MentionTarget,
    QuoteType,
    SpeakerForm,
)
from annotator.core.commands.mentions import NewEntity
from annotator.core.commands.suggestions import Offer, accept, accept_as, decisions, reject
from annotator.core.edits import Change
from annotator.core.ids import Layer
from annotator.core.proposals import Details, Proposal, SuggestionDecision, Verdict
from annotator.core.provenance import Origin, Provenance
from annotator.core.span import Fragments, Span
from tests.builders import annotated, scheme
from tests.core.commands.refusing import refused

SCHEME = scheme()
NAMES = Provenance(Origin.SUGGESTION, "names")


def proposal(start, end, label="GPE", layer=Layer.MENTION):
    return Proposal("names", layer, label, Fragments.at(start, end))


def offer(*place, label="GPE", layer=Layer.MENTION, **details):
    return Offer(proposal(*place, label, layer), Details(**details))


def fresh(_annotations, label, proposed):
    """Values get no entity; the first of the others a new one, and then all the same."""
    if label == "DATE":
        return None
    known = [entity for entity in _annotations.entities() if entity.label == label]
    return known[0].id if known else NewEntity(f"{label} {proposed.fragments.start}")


def accepted(annotations, *offers):
    return accept(annotations, SCHEME, offers, entity_for=fresh)


def test_an_accepted_mention_tells_who_suggested_it_and_is_linked_like_a_hand_mark():
    _, annotations = annotated("دهۆک و زاخۆ")
    edit = accepted(annotations, offer(0, 4))
    assert edit.name == "edit.accept_suggestion"
    assert set(edit.changes) == {
        Change(None, Entity("E1", "GPE", "GPE 0", provenance=NAMES)),
        Change(None, Mention("T1", "GPE", Fragments.at(0, 4), entity="E1", provenance=NAMES)),
    }
    assert annotations.apply(edit).apply(edit.inverse).records == annotations.records


def test_all_alike_are_one_step_and_one_entity():
    _, annotations = annotated("دهۆک و دهۆک و دهۆک")
    edit = accepted(annotations, offer(0, 4), offer(7, 11), offer(14, 18))
    after = annotations.apply(edit)
    assert [mention.entity for mention in after.mentions()] == ["E1", "E1", "E1"]
    assert [entity.id for entity in after.entities()] == ["E1"]
    assert annotations.apply(edit).apply(edit.inverse).records == {}


def test_nothing_accepted_is_nothing_done():
    _, annotations = annotated("دهۆک")
    assert accepted(annotations).is_empty


def test_level_and_attributes_come_along_as_far_as_the_scheme_admits_them():
    _, annotations = annotated("دوێنێ لە دهۆک")
    dated = offer(0, 5, label="DATE", attrs=(("facet", "x"), ("value", "2026-01-02")))
    placed = offer(9, 13, level=MentionLevel.NOM, attrs=(("facet", "place"), ("value", "1")))
    date, place = annotations.apply(accepted(annotations, dated, placed)).mentions()
    assert (date.attrs, date.level) == ((("value", "2026-01-02"),), MentionLevel.NAM)
    assert (place.attrs, place.level) == ((("facet", "place"),), MentionLevel.NOM)


def test_what_is_there_already_is_refused():
    _, annotations = annotated("[دهۆک]GPE")
    with refused("refused.duplicate_mention", label="GPE"):
        accepted(annotations, offer(0, 4))


def test_another_label_counts_against_the_suggester():
    _, annotations = annotated("دهۆک")
    given = offer(0, 4, level=MentionLevel.NOM, attrs=(("facet", "place"),))
    edit = accept_as(annotations, SCHEME, given, "LOC", entity_for=fresh)
    after = annotations.apply(edit)
    assert edit.name == "edit.correct_suggestion"
    (mention,) = after.mentions()
    assert (mention.label, mention.level, mention.attrs) == ("LOC", MentionLevel.NAM, ())
    assert (mention.provenance, after.entity(mention.entity).label) == (NAMES, "LOC")
    assert list(decisions(after)) == [
        SuggestionDecision("D1", Verdict.CORRECTED, given.proposal),
    ]
    assert after.apply(edit.inverse).records == {}


def test_the_label_that_was_proposed_is_no_correction():
    _, annotations = annotated("دهۆک")
    edit = accept_as(annotations, SCHEME, offer(0, 4), "GPE", entity_for=fresh)
    assert edit == accepted(annotations, offer(0, 4))


def test_events_are_accepted_with_their_trigger_and_may_get_another_type():
    _, annotations = annotated("سەردانی دهۆکی کرد")
    trigger = Fragments((Span(0, 7), Span(14, 17)), Span(0, 7))
    given = Offer(Proposal("triggers", Layer.EVENT, "Movement.Visit", trigger))
    origin = Provenance(Origin.SUGGESTION, "triggers")
    assert list(accepted(annotations, given).added()) == [
        Event("EV1", "Movement.Visit", trigger, provenance=origin)
    ]
    other = accept_as(annotations, SCHEME, given, "Contact.Meet", entity_for=fresh)
    assert list(other.added()) == [
        Event("EV1", "Contact.Meet", trigger, provenance=origin),
        SuggestionDecision("D1", Verdict.CORRECTED, given.proposal),
    ]
    with refused("refused.no_such_type", type="Contact.Dream"):
        accept_as(annotations, SCHEME, given, "Contact.Dream", entity_for=fresh)


SAID = "[ئازاد]PER گوتی: «باشە» [دوێنێ]DATE"


def quoted(speaker="T1"):
    details = Details(marks=(Span(12, 13), Span(17, 18)), cue=Fragments.at(6, 10), speaker=speaker)
    return Offer(Proposal("quotes", Layer.QUOTE, "direct", Fragments.at(13, 17)), details)


def test_a_quote_takes_marks_cue_and_speaker_along():
    _, annotations = annotated(SAID)
    edit = accepted(annotations, quoted())
    (quote,) = annotations.apply(edit).quotes()
    assert (quote.type, quote.content, quote.cue, quote.marks) == (
        QuoteType.DIRECT,
        Fragments.at(13, 17),
        Fragments.at(6, 10),
        quoted().details.marks,
    )
    assert (quote.speaker.who, quote.speaker.form) == (MentionTarget("T1"), SpeakerForm.NAME)
    assert quote.provenance == Provenance(Origin.SUGGESTION, "quotes")
    assert len(edit.changes) == 1


@pytest.mark.parametrize("speaker", [None, "T9", "T2"])
def test_a_speaker_that_is_gone_or_cannot_speak_stays_out(speaker):
    _, annotations = annotated(SAID)
    (quote,) = annotations.apply(accepted(annotations, quoted(speaker))).quotes()
    assert quote.speaker.who is None
    assert quote.cue == Fragments.at(6, 10)


def test_a_quote_around_others_takes_them_in_as_if_made_by_hand():
    _, annotations = annotated("گوتی: «ئەو گوتی [باشە]indirect»")
    whole = Proposal("quotes", Layer.QUOTE, "direct", Fragments.at(7, 20))
    after = annotations.apply(accepted(annotations, Offer(whole)))
    assert (after.quote("Q1").parent, after.quote("Q1").provenance.origin) == ("Q2", Origin.HAND)


def test_the_type_of_a_quote_is_not_chosen_here():
    _, annotations = annotated(SAID)
    with refused("refused.suggested_quote_type"):
        accept_as(annotations, SCHEME, quoted(), "indirect", entity_for=fresh)


def test_a_rejection_is_a_record_and_each_place_is_settled_once():
    _, annotations = annotated("دهۆک و زاخۆ")
    first, second = proposal(0, 4), proposal(7, 11)
    edit = reject(annotations, [first, replace(first, label="LOC"), second])
    assert edit.name == "edit.reject_suggestion"
    assert list(edit.added()) == [
        SuggestionDecision("D1", Verdict.REJECTED, first),
        SuggestionDecision("D2", Verdict.REJECTED, second),
    ]
    after = annotations.apply(edit)
    assert reject(after, [first, second]).is_empty
    assert [decision.id for decision in decisions(after)] == ["D1", "D2"]
    assert len(after) == 0
    assert list(decisions(after.apply(edit.inverse))) == []
