"""Proposals and the decisions about them."""

from msgspec.structs import replace

from annotator.core.ids import Layer
from annotator.core.proposals import Proposal
from annotator.core.span import Fragments, Span


def test_a_proposal_is_about_a_place_whoever_makes_it_and_whatever_it_is_called():
    proposal = Proposal("dates", Layer.MENTION, "DATE", Fragments.at(3, 9))
    assert proposal.place == (Layer.MENTION, (Span(3, 9),))
    assert replace(proposal, suggester="gazetteer", label="GPE").place == proposal.place
    with_head = replace(proposal, fragments=Fragments((Span(3, 9),), Span(3, 5)))
    assert with_head.place == proposal.place
    assert replace(proposal, layer=Layer.EVENT).place != proposal.place
