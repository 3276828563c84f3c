"""Files of spaCy made the slow way: every document a `Doc` with `Span`s, packed by `DocBin.add`.

What `spacy_bin` fills by itself must come to the same bytes.
"""

from itertools import pairwise

from spacy.lang.xx import MultiLanguage
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import create_vocab

from annotator.core.span import Fragments
from annotator.formats.event_instances import trigger_span
from annotator.formats.gold_order import ordered_events, ordered_mentions, ordered_quotes
from annotator.formats.gold_record import build_record
from annotator.formats.losses import unheard
from annotator.formats.set_documents import SetDocuments
from annotator.formats.token_view import Runs, sentence_runs
from tests.formats.specimens import context


def docbin_of_docs(items, *, nesting="outermost", levels="names"):
    """One file of all annotation sets."""
    vocab = create_vocab("xx", MultiLanguage.Defaults)
    made = DocBin(store_user_data=True)
    for each in SetDocuments(items, unheard):
        made.add(doc_of(vocab, each, nesting, levels))
    return made.to_bytes()


def doc_of(vocab, each, nesting, levels):
    """An annotation set as a document of spaCy."""
    segmentation, content = each.segmentation, each.content
    words, spaces, places = spelled(each.document.text, segmentation)
    starts = {places[run.first] for run in sentence_runs(segmentation)}
    if places:
        starts = starts - {places[0]} | {0}
    doc = Doc(vocab, words, spaces, sent_starts=[n in starts for n in range(len(words))])
    names = {entity.id: dict(entity.kb) for entity in content.annotations.entities()}
    runs = Runs(each)

    def span(place, label, record, entity=None, run=None):
        run = run or runs.of(place, record)
        kb_id = next(iter(names.get(entity, {}).values()), "")
        first, last = places[run.first], places[run.last - 1] + 1
        return Span(doc, first, last, label=label, span_id=record, kb_id=kb_id)

    def spans(*told):
        return [span(*one) for one in told if runs.of(one[0], one[2])]

    flat = runs.flat(
        context().scheme, innermost=nesting == "innermost", names_only=levels == "names"
    )
    entity_of = {one.id: one.entity for one in content.annotations.mentions()}
    doc.set_ents(
        [span(None, one.label, one.record, entity_of[one.record], one.run) for one in flat]
    )
    doc.spans["mentions"] = spans(
        *((m.fragments, m.label, m.id, m.entity) for m in ordered_mentions(content.annotations))
    )
    doc.spans["triggers"] = spans(
        *(
            (Fragments((trigger_span(event.trigger),)), event.type, event.id)
            for event in ordered_events(content.annotations)
        )
    )
    doc.spans["quotes"] = spans(
        *(
            (Fragments((piece,)), quote.type.value, quote.id)
            for quote in ordered_quotes(content.annotations)
            for piece in quote.content.spans
        )
    )
    record = build_record(each.document, content, segmentation, context())
    layers = ("doc_id", "doc", "set", "mentions", "entities", "events", "quotes")
    said = {name: record[name] for name in layers}
    doc.user_data["gold"] = renumbered(said, words, places)
    return doc


def spelled(text, segmentation):
    """The words of a text, whether a space follows each, and which of them our tokens are."""
    words, spaces, places = [], [], []
    edges = [0, *(edge for t in segmentation.tokens for edge in (t.start, t.end)), len(text)]
    for number, (start, end) in enumerate(pairwise(edges)):
        piece = text[start:end]
        if number % 2:
            places.append(len(words))
        elif words and piece.startswith(" "):
            spaces[-1], piece = True, piece[1:]
        if piece:
            words.append(piece)
            spaces.append(False)
    return words, spaces, places


def renumbered(value, words, places):
    """Part of a gold record whose numbers of tokens are those of words."""
    if isinstance(value, list):
        return [renumbered(one, words, places) for one in value]
    if not isinstance(value, dict):
        return value
    made = {name: renumbered(one, words, places) for name, one in value.items()}
    if "token_start" in made:
        first, last = made["token_start"], made["token_end"]
        behind = [*places, len(words)]
        made["token_start"] = behind[first]
        made["token_end"] = places[last - 1] + 1 if first < last else behind[last]
    return made
