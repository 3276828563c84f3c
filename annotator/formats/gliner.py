"""GLiNER: examples of tokens with spans, whose last token is *included*, and labels as people say.

Mentions inside of others are kept. An example is a sentence, or several that a mention lies across.
At inference the text must be split into the same tokens.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from annotator.core.annotations import MentionLevel
from annotator.core.scheme import Label, LabelGroup, Scheme
from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Format,
    FormatOption,
    Holds,
    JsonObject,
    SegmentedBundle,
)
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.token_losses import lose_all_but_tags
from annotator.formats.token_view import LEVELS, Runs, TaggedRun, joined_runs, sentence_runs

LABEL_WORDS = FormatOption("label_words", ("english_names", "sorani_names", "label_ids"))
"""What a label is called: the model reads it, so a word tells it more than an abbreviation."""

NEGATIVES = FormatOption("negatives", ("of_batch", "of_scheme"))
"""Which labels an example teaches the absence of: those that training finds beside it, or all of
the scheme (``ner_labels``), which is right only where every mention was marked."""


def write_gliner(
    items: Iterable[SegmentedBundle], target: BinaryIO, context: ExportContext
) -> ExportReport:
    """Write every annotation set as examples, in one array with an example a line."""
    words = label_words(context.scheme, context.chosen(LABEL_WORDS))
    asked: list[str] = []
    if context.chosen(NEGATIVES) == "of_scheme":
        asked = [words[label.id] for label in context.scheme.labels if label.is_enabled]
    sets = SetDocuments(items, context.lose)
    sets.write_array(_with_negatives(sets, words, asked, context), target)
    return sets.report()


def _with_negatives(
    sets: SetDocuments, words: Mapping[str, str], asked: Sequence[str], context: ExportContext
) -> Iterator[JsonObject]:
    """The examples; where labels are `asked` for, each says them and those that it has."""
    for one in sets:
        for example in _examples(one, words, context):
            if asked:
                found = dict.fromkeys(label for _, _, label in example["ner"])
                example["ner_labels"] = list(dict.fromkeys([*asked, *found]))
            yield example


def label_words(scheme: Scheme, chosen: str) -> dict[str, str]:
    """What each label of a scheme is called. Two that have one name keep their ids behind it."""
    if chosen == "label_ids":
        return {label.id: label.id for label in scheme.labels}
    language = "ckb" if chosen == "sorani_names" else "en"
    count = Counter(label.name.in_language(language) for label in scheme.labels)

    def word(label: Label) -> str:
        name = label.name.in_language(language)
        return name if count[name] == 1 else f"{name} ({label.id})"

    return {label.id: word(label) for label in scheme.labels}


def _examples(
    one: SetDocument, words: Mapping[str, str], context: ExportContext
) -> Iterator[JsonObject]:
    runs = Runs(one)
    found = list(_mentions(one, runs, context))
    lose_all_but_tags(runs, one.content.annotations, found)
    found.sort(key=lambda tagged: (tagged.run.first, -tagged.run.last, tagged.label))
    sentences = joined_runs(sentence_runs(one.segmentation), (tagged.run for tagged in found))
    starts = [sentence.first for sentence in sentences]
    spans: list[list[list[int | str]]] = [[] for _ in sentences]
    for tagged in found:
        number = bisect_right(starts, tagged.run.first) - 1
        first, last = tagged.run.first - starts[number], tagged.run.last - starts[number]
        spans[number].append([first, last - 1, words.get(tagged.label, tagged.label)])
    tokens = one.words
    for number, sentence in enumerate(sentences):
        yield {
            "id": f"{one.name}:{number + 1}",
            "tokenized_text": tokens[sentence.first : sentence.last],
            "ner": spans[number],
        }


def _mentions(one: SetDocument, runs: Runs, context: ExportContext) -> Iterator[TaggedRun]:
    """The mentions that were chosen, with the tokens of each.

    Only names, unless all were asked for; labels over others, as of offices, are no names anyhow.
    """
    names_only = context.chosen(LEVELS) == "names"
    overlays = {label.id for label in context.scheme.labels if label.group is LabelGroup.OVERLAY}
    for mention in one.content.annotations.mentions():
        is_name = mention.level is MentionLevel.NAM or mention.label in overlays
        if names_only and not is_name:
            runs.lose(mention.id, LossKind.LEVEL)
            continue
        run = runs.of(mention.fragments, mention.id)
        if run is not None:
            yield TaggedRun(run, mention.label, mention.id)


GLINER = Format(
    id="gliner",
    title="formats.title_gliner",
    suffixes=(".json",),
    write=write_gliner,
    holds=frozenset({Holds.NESTED, Holds.OVERLAYS}),
    options=(LABEL_WORDS, NEGATIVES, LEVELS),
)
