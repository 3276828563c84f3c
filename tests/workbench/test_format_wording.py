"""A loss is told so that the annotation can be found by its words."""

import pytest

from annotator.core.ids import Layer
from annotator.core.span import Span
from annotator.formats.losses import Loss, LossKind, LostRecord
from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.workbench.export_losses import loss_line
from annotator.workbench.format_wording import loss_sentence

PLACED = LostRecord(Layer.MENTION, "GPE", "سنە", Span(2, 5))
NAMED = LostRecord(Layer.ENTITY, "GPE", "سنە", None)


def loss(about, kind=LossKind.OVERLAP):
    return Loss("d", "a1", "T1", kind, about=about)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        (PLACED, "d, a1, T1 (GPE “سنە”, 2–5) is"),
        (NAMED, "d, a1, T1 (GPE “سنە”) is"),
        (None, "d, a1, T1 is"),
    ],
)
def test_the_sentence_tells_text_label_and_place(about, told):
    sentences = [
        loss_sentence(load_catalogue(each), loss(about, LossKind.EVENT)) for each in ("en", "ckb")
    ]
    assert without_isolates(sentences[0]).startswith(f"{told} ")
    assert ("سنە" in sentences[1]) is (about is not None)


def test_the_line_tells_them_too():
    assert loss_line(loss(NAMED)).decode() == (
        '{"detail":"","doc_id":"d","end":null,"kind":"overlap","label":"GPE","layer":"entity",'
        '"record":"T1","set":"a1","start":null,"text":"سنە"}\n'
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "d, a1, T1 is written without: entity, head of the cue, subtype."),
        ("ckb", "d، a1: T1 بێ ئەمە دەنووسرێت: قەوارە، سەرەی وشەی ئاماژە، subtype."),
    ],
)
def test_parts_of_an_annotation_have_their_names(language, told):
    lost = Loss("d", "a1", "T1", LossKind.DETAIL, "entity, cue head, subtype")
    assert without_isolates(loss_sentence(load_catalogue(language), lost)) == told
    role = Loss("d", "a1", "T1", LossKind.ARGUMENT, "speaker")
    assert "speaker" in loss_sentence(load_catalogue(language), role)
