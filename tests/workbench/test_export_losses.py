"""The log of an export counts what is gone of each layer, each record once."""

from annotator.core.ids import Layer
from annotator.core.span import Span
from annotator.formats.losses import Loss, LossKind, LostRecord
from annotator.formats.set_tally import SetTally
from annotator.workbench.export_losses import loss_log
from tests.formats.specimens import PLAIN, bundle

MENTION = LostRecord(Layer.MENTION, "GPE", "سنە", Span(0, 3))


def loss(record, kind, *, document="a", about=MENTION):
    return Loss(document, "a1", record, kind, about=about)


def test_a_record_that_is_lost_for_two_reasons_is_gone_once():
    tally = SetTally()
    for document in "abc":
        tally.add(bundle(document, PLAIN))
    with loss_log() as log:
        for one in (
            loss("T1", LossKind.LEVEL),
            loss("T1", LossKind.OVERLAP),
            loss("T2", LossKind.WIDENED),
            loss("S", LossKind.LEFT_SET, about=None),
            loss("T1", LossKind.LEVEL, document="b"),
        ):
            log(one)
        held = {"mentions": 4, "entities": 0, "events": 0, "quotes": 0}
        assert log.held(tally) == {"sets": 2, **held}
        assert log.sets == {("a", "a1")}
        assert (log.total, log.records) == (5, {Layer.MENTION: 2})


def test_of_a_document_those_sets_are_written_that_were_not_left_out():
    one, two = bundle("a", PLAIN), bundle("b", PLAIN, sets=("a1", "a2"))
    with loss_log() as log:
        log(loss("T1", LossKind.LEVEL))
        assert log.written_of(one) is one
        for document in "ab":
            log(loss("SET", LossKind.LEFT_SET, document=document, about=None))
        assert log.written_of(one) is None
        written = log.written_of(two)
        assert written.segmentation is two.segmentation
        assert written.bundle.document is two.bundle.document
        assert written.bundle.sets == two.bundle.sets[1:]
        nobody = bundle("c", PLAIN, sets=())
        assert log.written_of(nobody) is nobody
