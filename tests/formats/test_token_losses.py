"""What taggers cannot hold is told: parts of what is written, and all of what is not."""

from annotator.core.annotations import MentionLevel
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span
from annotator.formats.losses import Loss, LossKind
from annotator.formats.token_losses import lose_all_but_tags, lose_details, mention_details
from annotator.formats.token_view import Runs, TaggedRun, TokenRun
from tests.builders import annotated, changed, segmentation
from tests.formats.specimens import set_document


def runs_of(notation, edit=lambda annotations: annotations):
    document, annotations = annotated(notation)
    annotations = edit(annotations)
    losses = []
    one = set_document(document, annotations, losses.append, segmentation(document.text))
    return Runs(one), annotations, losses


def test_of_a_written_mention_the_rest_is_told_at_once():
    def edit(annotations):
        head = Fragments((Span(0, 7),), head=Span(0, 3))
        attrs = (("facet", "place"), ("subtype", "x"))
        return changed(annotations, "T1", level=MentionLevel.PRO, fragments=head, attrs=attrs)

    runs, annotations, losses = runs_of("[ئاشنا]PER=E1 هات بۆ [سنە]GPE", edit)
    written = [TaggedRun(TokenRun(0, 1), "PER", "T1"), TaggedRun(TokenRun(3, 4), "GPE", "T2")]
    lose_all_but_tags(runs, annotations, written)
    assert losses == [
        Loss("d1", "a1", "T1", LossKind.DETAIL, "entity, level, head, facet, subtype"),
        Loss("d1", "a1", "E1", LossKind.ENTITY),
    ]
    assert list(mention_details(annotations.mention("T2"))) == []


def test_events_and_quotes_are_told_and_mentions_that_are_not_written_are_left_alone():
    runs, annotations, losses = runs_of(
        "[ئاشنا]PER=E1 [گوتی]Contact.Meet(Participant=T1): «[باشە]direct»"
    )
    lose_all_but_tags(runs, annotations, [])
    assert [(loss.record, loss.kind) for loss in losses] == [
        ("E1", LossKind.ENTITY),
        ("EV1", LossKind.EVENT),
        ("Q1", LossKind.QUOTE),
    ]


def test_nothing_missing_is_no_loss():
    runs, _, losses = runs_of("[ئاشنا]PER")
    lose_details(runs, RecordId("T1"), [])
    assert losses == []
