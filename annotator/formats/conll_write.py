"""CoNLL columns: a token and its tag a line, a blank line behind each sentence.

Two columns with a space between them are what CoNLL-2002 and AgaCKNER have, four what CoNLL-2003
has, whose part of speech and chunk are unknown here and stand as ``_``. A mention across the end of
a sentence joins the two sentences, for no reader could put it together again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import BinaryIO

from msgspec import Struct

from annotator.core.annotations import Mention
from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Format,
    FormatOption,
    SegmentedBundle,
)
from annotator.formats.column_names import without_spaces
from annotator.formats.conll_read import DOCSTART, read_conll
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.token_losses import lose_all_but_tags
from annotator.formats.token_view import (
    LEVELS,
    NESTING,
    TAGGING,
    Runs,
    TaggedRun,
    Tagging,
    TokenRun,
    joined_runs,
    sentence_runs,
    tags_of,
)

COLUMNS = FormatOption("columns", ("two_columns", "four_columns"))
"""Token and tag, or what CoNLL-2003 has between them as well."""

BETWEEN = FormatOption("between", ("spaces", "tabs"))
"""What stands between two columns."""

MARKS = FormatOption("document_marks", ("docstart", "doc_id", "blank_line"))
"""How a document begins: as in CoNLL-2003, with a comment that tells its id, or not told at all."""


class _Layout(Struct, frozen=True):
    """What was chosen of the options."""

    between: str
    is_four: bool
    marks: str
    tagging: Tagging

    @property
    def before_tag(self) -> str:
        """What stands behind the token."""
        space = self.between
        return f"{space}_{space}_{space}" if self.is_four else space

    def head(self, name: str) -> list[str]:
        """The lines before the first sentence of a document."""
        match self.marks:
            case "docstart":
                filled = ("-X-", "-X-", "O") if self.is_four else ("O",)
                return [self.between.join((DOCSTART, *filled)), ""]
            case "doc_id":
                return [f"# id = {name}"]
            case _:
                return []


def write_conll(
    items: Iterable[SegmentedBundle], target: BinaryIO, context: ExportContext
) -> ExportReport:
    """Write every annotation set as a document of its own, its mentions as tags."""
    layout = _Layout(
        between="\t" if context.chosen(BETWEEN) == "tabs" else " ",
        is_four=context.chosen(COLUMNS) == "four_columns",
        marks=context.chosen(MARKS),
        tagging=Tagging(context.chosen(TAGGING)),
    )
    sets = SetDocuments(items, context.lose)
    for one in sets:
        sets.write(target, _document(one, layout, context))
    return sets.report()


def _document(one: SetDocument, layout: _Layout, context: ExportContext) -> bytes:
    runs = Runs(one)
    kept = flat_mentions(runs, context)
    lose_all_but_tags(runs, one.content.annotations, kept)
    named = [_named(tagged, runs) for tagged in kept]
    words = one.words
    tags = tags_of(len(words), named, layout.tagging)
    middle = layout.before_tag
    rows = [f"{word}{middle}{tag}" for word, tag in zip(words, tags, strict=True)]
    sentences = joined_runs(sentence_runs(one.segmentation), (tagged.run for tagged in kept))
    lines = chain.from_iterable((*rows[run.first : run.last], "") for run in sentences)
    return "\n".join([*layout.head(one.name), *lines, ""]).encode("utf-8")


def flat_mentions(
    runs: Runs,
    context: ExportContext,
    fits: Callable[[TokenRun, Mention], bool] = lambda run, mention: True,
) -> list[TaggedRun]:
    """The mentions of a flat layer as the options of the format choose them, those that fit."""
    return runs.flat(
        context.scheme,
        innermost=context.chosen(NESTING) == "innermost",
        names_only=context.chosen(LEVELS) == "names",
        fits=fits,
    )


def _named(tagged: TaggedRun, runs: Runs) -> TaggedRun:
    """With a label that fits into a column. Those of a scheme do, those of an import may not."""
    label = without_spaces(tagged.label)
    if label == tagged.label:
        return tagged
    runs.lose(tagged.record, LossKind.RENAMED, label)
    return TaggedRun(tagged.run, label, tagged.record)


CONLL = Format(
    id="conll",
    title="formats.title_conll",
    suffixes=(".conll", ".bio", ".iob", ".bioes", ".txt"),
    read=read_conll,
    write=write_conll,
    options=(TAGGING, COLUMNS, BETWEEN, MARKS, NESTING, LEVELS),
    marks=(b"-DOCSTART-", b" O\n", b"\tO\n", b" O\r\n", b"\tO\r\n"),
)
