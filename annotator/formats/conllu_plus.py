r"""CoNLL-U Plus: the text with all its spaces, a token a line, annotations in columns of their own.

``# global.columns`` names the columns. Texts come back to the last space: ``SpaceAfter=No`` stands
where none follows a token, ``SpacesAfter`` where it is not one plain space, with spaces as ``\s``,
line feeds as ``\n`` and tabs as ``\t``, and ``SpacesBefore`` what a text begins with.
`conllu_columns` tells what the cells of the annotations hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from annotator.core.document import Segmentation
from annotator.formats.base import ExportContext, ExportReport, Format, Holds, SegmentedBundle
from annotator.formats.conllu_columns import AnnotationColumns, cell_of
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.token_view import TokenRun, sentence_runs

COLUMNS = ("ID", "FORM", "MISC", "CKB:NER", "CKB:EVENT", "CKB:QUOTE")

_HEAD = f"# global.columns = {' '.join(COLUMNS)}\n".encode()
_ESCAPES = str.maketrans({" ": r"\s", "\t": r"\t", "\n": r"\n"})


def write_conllu_plus(
    items: Iterable[SegmentedBundle], target: BinaryIO, context: ExportContext
) -> ExportReport:
    """Write every annotation set as a document of its own."""
    sets = SetDocuments(items, context.lose)
    sets.write(target, _HEAD)
    for one in sets:
        columns = AnnotationColumns(one)
        columns.fill()
        sets.write(target, "\n".join(_lines(one, columns)).encode("utf-8"))
    return sets.report()


def _lines(one: SetDocument, columns: AnnotationColumns) -> Iterator[str]:
    """The lines of a document, and "" behind the last one."""
    text, tokens = one.document.text, one.segmentation.tokens
    spaces = _spaces(text, one.segmentation)
    mentions, events, quotes = columns.mentions, columns.events, columns.quotes
    yield f"# newdoc id = {one.name}"
    starts = _paragraph_starts(one.segmentation)
    for sentence, run in enumerate(sentence_runs(one.segmentation), 1):
        if not starts.isdisjoint(range(run.first, run.last)):
            yield "# newpar"
        yield f"# sent_id = {one.name}:{sentence}"
        yield f"# text = {_sentence(text, one.segmentation, run)}"
        for number, token in enumerate(range(run.first, run.last), 1):
            span = tokens[token]
            yield (
                f"{number}\t{text[span.start : span.end]}\t{spaces[token]}\t"
                f"{cell_of(mentions, token)}\t{cell_of(events, token)}\t{cell_of(quotes, token)}"
            )
        yield ""
    yield ""


def _sentence(text: str, segmentation: Segmentation, run: TokenRun) -> str:
    """The text of a sentence on one line."""
    tokens = segmentation.tokens
    return text[tokens[run.first].start : tokens[run.last - 1].end].replace("\n", " ")


def _paragraph_starts(segmentation: Segmentation) -> frozenset[int]:
    """The numbers of the tokens with which a paragraph begins."""
    return frozenset(segmentation.token_range(each)[0] for each in segmentation.paragraphs)


def _spaces(text: str, segmentation: Segmentation) -> list[str]:
    """What MISC says of the spaces around each token, so that the text can be put together."""
    tokens = segmentation.tokens
    ends = [token.start for token in tokens[1:]] + [len(text)]
    told = [_after(text[token.end : end]) for token, end in zip(tokens, ends, strict=True)]
    if tokens and tokens[0].start > 0:
        before = f"SpacesBefore={text[: tokens[0].start].translate(_ESCAPES)}"
        told[0] = before if told[0] == "_" else f"{before}|{told[0]}"
    return told


def _after(gap: str) -> str:
    if gap == " ":
        return "_"
    return f"SpacesAfter={gap.translate(_ESCAPES)}" if gap else "SpaceAfter=No"


CONLLU_PLUS = Format(
    id="conllu-plus",
    title="formats.title_conllu_plus",
    suffixes=(".conllup",),
    write=write_conllu_plus,
    holds=frozenset(
        {
            Holds.TEXT,
            Holds.NESTED,
            Holds.DISCONTINUOUS,
            Holds.OVERLAYS,
            Holds.ENTITIES,
            Holds.EVENTS,
            Holds.ANY_ARGUMENT,
            Holds.QUOTES,
        }
    ),
)
