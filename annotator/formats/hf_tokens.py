"""Token classification as the ``datasets`` library of Hugging Face reads it, in a folder.

``data.jsonl`` has a row a sentence or a document, always with all three keys; ``features.json`` is
what ``Features.from_dict`` takes. The names of the tags are those of the scheme, in its order and
all of them, so that the files of every split agree; ``data.parquet`` carries them itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from typing import BinaryIO

import orjson
from msgspec import Struct

from annotator.core.scheme import LabelGroup, Scheme
from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Folder,
    Format,
    FormatOption,
    JsonObject,
    SegmentedBundle,
)
from annotator.formats.conll_write import flat_mentions
from annotator.formats.counted_output import CountedOutput
from annotator.formats.gold_write import readable_bytes
from annotator.formats.hf_parquet import Row, table_opener
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.token_losses import lose_all_but_tags
from annotator.formats.token_view import (
    LEVELS,
    NESTING,
    TAGGING,
    Runs,
    Tagging,
    joined_runs,
    sentence_runs,
    tags_of,
)

ROWS = FormatOption("rows", ("sentence_rows", "document_rows"))
"""What a row is. A document may be longer than what a model takes."""

TAG_VALUES = FormatOption("tag_values", ("tag_names", "tag_numbers"))
"""How the JSON has its tags. ``datasets`` makes numbers of names where it is told the features."""

FILES = FormatOption("files", ("jsonl_only", "with_parquet"))
"""Whether the rows are written as parquet as well."""


def tag_names(scheme: Scheme, tagging: Tagging) -> list[str]:
    """All tags that the labels of a scheme can have, ``O`` first, in the order of the labels."""
    prefixes = "BIES" if tagging is Tagging.BIOES else "BI"
    labels = (label.id for label in scheme.labels if label.group is not LabelGroup.OVERLAY)
    return ["O", *(f"{prefix}-{label}" for label in labels for prefix in prefixes)]


def features(names: list[str]) -> JsonObject:
    """The columns as ``datasets.Features.from_dict`` takes them, in every version of it."""
    text = {"dtype": "string", "_type": "Value"}
    return {
        "id": text,
        "tokens": {"feature": text, "_type": "Sequence"},
        "ner_tags": {"feature": {"names": names, "_type": "ClassLabel"}, "_type": "Sequence"},
    }


def columns(context: ExportContext) -> JsonObject:
    """The columns of an export."""
    return features(tag_names(context.scheme, Tagging(context.chosen(TAGGING))))


def write_hf_tokens(
    items: Iterable[SegmentedBundle], folder: Folder, context: ExportContext
) -> ExportReport:
    """Write every annotation set as rows of tokens and tags.

    Raises `UserError` when parquet was chosen and the package for it is missing.
    """
    tagging = Tagging(context.chosen(TAGGING))
    about = columns(context)
    names = about["ner_tags"]["feature"]["names"]
    sets = SetDocuments(items, context.lose)
    # Asked for before any file is made: without its package nothing is.
    open_table = table_opener() if context.chosen(FILES) == "with_parquet" else None
    sets.write_file(folder, "features.json", readable_bytes(about))
    with ExitStack() as stack:
        numbers = {name: number for number, name in enumerate(names)}
        lines = _Lines(sets.output, stack.enter_context(folder.file("data.jsonl")))
        if context.chosen(TAG_VALUES) == "tag_numbers":
            lines.numbers = numbers
        writers = [lines.add]
        if open_table is not None:
            stream = stack.enter_context(folder.file("data.parquet"))
            table = stack.enter_context(open_table(sets.output, stream, about, numbers))
            writers.append(table.add)
        for one in sets:
            for row in _rows(one, context, tagging):
                for write in writers:
                    write(row)
    return sets.report()


class _Lines(Struct):
    """Rows as JSON, one a line; tags as names, or as `numbers` where these are given."""

    output: CountedOutput
    target: BinaryIO
    numbers: Mapping[str, int] | None = None

    def add(self, row: Row) -> None:
        """Write one row."""
        tags = row.tags if self.numbers is None else [self.numbers[tag] for tag in row.tags]
        value = {"id": row.id, "tokens": row.tokens, "ner_tags": tags}
        self.output.write(self.target, orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))


def _rows(one: SetDocument, context: ExportContext, tagging: Tagging) -> Iterator[Row]:
    runs = Runs(one)
    known = flat_mentions(runs, context, lambda _, it: context.scheme.has_label(it.label))
    lose_all_but_tags(runs, one.content.annotations, known)
    words = one.words
    tags = tags_of(len(words), known, tagging)
    if context.chosen(ROWS) == "document_rows":
        yield Row(one.name, words, tags)
        return
    sentences = joined_runs(sentence_runs(one.segmentation), (tagged.run for tagged in known))
    for number, run in enumerate(sentences, 1):
        part = slice(run.first, run.last)
        yield Row(f"{one.name}:{number}", words[part], tags[part])


HF_TOKENS = Format(
    id="hf-tokens",
    title="formats.title_hf_tokens",
    suffixes=(".jsonl",),
    write_files=write_hf_tokens,
    columns=columns,
    options=(TAGGING, ROWS, TAG_VALUES, FILES, NESTING, LEVELS),
)
