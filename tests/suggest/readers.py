"""Short ways of asking suggesters: a text in brackets, what is known, and what they say of it."""

from functools import cache

from annotator.core.proposals import Proposal
from annotator.core.span import Span
from annotator.kurdish.lexicon import lexicon_from_json
from annotator.kurdish.segmentation import segment
from annotator.suggest.base import Reason, Suggestion
from annotator.suggest.knowledge import Knowledge, word_lists
from annotator.suggest.memory import Memory, marks_of
from annotator.suggest.passage import Passage
from annotator.suggest.ranking import Marks
from annotator.workbench.lexicons import read_lexicon
from annotator.workbench.schemes import read_scheme_text, scheme_from_text
from tests.builders import annotated


@cache
def lists():
    return word_lists(read_lexicon())


@cache
def scheme():
    return scheme_from_text(read_scheme_text("ckb-news"))


def lexicon_of(**records):
    """Word lists with these entries alone."""
    return word_lists(lexicon_from_json(records))


def passage(text, span=None, lexicon=None):
    return Passage(
        text,
        segment(text),
        span or Span(0, len(text)),
        lexicon=(lexicon or lists()).lexicon,
    )


def memory(*notations):
    """The memory of documents that were annotated so."""
    told = Memory()
    for notation in notations:
        document, annotations = annotated(notation)
        for record in annotations.records.values():
            for marked in marks_of(record, document.text):
                told.learn(marked)
    return told


def knowledge(project=(), document=(), **changes):
    values = {
        "scheme": scheme(),
        "lists": lists(),
        "project": memory(*project),
        "document": memory(*document),
    }
    return Knowledge(**{**values, **changes})


def ask(suggester, notation, known=None, **told):
    """What one suggester says of a text, and the text; brackets are annotations near by."""
    document, annotations = annotated(notation)
    read = passage(document.text, lexicon=told.get("lists"))
    nearby = annotations.in_reading_order()
    return document.text, list(suggester.suggest(read, nearby, known or knowledge(**told)))


def said(suggester, notation, known=None, **told):
    """Each suggestion as (words, label)."""
    text, found = ask(suggester, notation, known, **told)
    return [(one.fragments.of(text), one.proposal.label) for one in found]


def suggestion(layer, label, fragments, score=0.8, suggester="names"):
    return Suggestion(Proposal(suggester, layer, label, fragments), score, Reason("reason.listed"))


def marks(annotations, refused=()):
    return Marks(annotations.in_reading_order(), frozenset(refused))
