"""How often suggesters were right."""

from annotator.core.annotations import Event, Mention, Quote, QuoteType, SuggestionDecision
from annotator.core.ids import Layer
from annotator.core.proposals import Proposal, Verdict
from annotator.core.provenance import Origin, Provenance
from annotator.core.span import Fragments
from annotator.workbench.precision import Outcomes, Precision

NAMES = Provenance(Origin.SUGGESTION, "names")
PLACE = Fragments.at(0, 4)


def decision(verdict, suggester="names"):
    return SuggestionDecision("D1", verdict, Proposal(suggester, Layer.MENTION, "PER", PLACE))


def test_every_layer_and_verdict_counts_and_hand_work_does_not():
    records = [
        Mention("T1", "PER", PLACE, provenance=NAMES),
        Event("EV1", "Contact.Meet", PLACE, provenance=NAMES),
        Quote("Q1", QuoteType.DIRECT, PLACE, provenance=NAMES),
        Mention("T2", "PER", PLACE),
        decision(Verdict.CORRECTED),
        decision(Verdict.REJECTED),
        decision(Verdict.REJECTED, "dates"),
    ]
    outcomes = Outcomes({("names", None): 4}, records)
    assert outcomes.of("names") == Precision(accepted=6, corrected=1, rejected=1)
    assert outcomes.of("names").decided == 8
    assert outcomes.of("dates") == Precision(rejected=1)


def test_what_is_undone_is_forgotten():
    outcomes = Outcomes({}, [decision(Verdict.REJECTED)])
    outcomes.learn(decision(Verdict.REJECTED), -1)
    assert outcomes.of("names") == Precision()
