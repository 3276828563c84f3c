"""The segmentation of a text as the core stores it: tokens, sentences, paragraphs."""

from __future__ import annotations

from annotator.core.document import Segmentation
from annotator.kurdish.sentences import split_text
from annotator.kurdish.tokens import tokenize


def segment(text: str) -> Segmentation:
    """Tokens, sentences and paragraphs of `text`."""
    tokens = tokenize(text)
    sentences, paragraphs = split_text(text, tokens)
    return Segmentation(tokens, sentences, paragraphs)
