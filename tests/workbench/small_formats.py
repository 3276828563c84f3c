"""Two formats for the tests of exporting: one of a single file, one with a file for each document.

Both hold mentions alone, and say so; what they write is easy to read again.
"""

import hashlib

from annotator.core.annotations import Event, Mention, Quote
from annotator.formats.base import ExportReport, Format, FormatOption, Holds
from annotator.formats.losses import Loss, LossKind, lost_record

STYLE = FormatOption("style", ("plain", "loud"))
_LOST = {Event: LossKind.EVENT, Quote: LossKind.QUOTE}


def lines_of(item, context):
    """A line for each mention; the labels in capitals unless they shall be loud."""
    document = item.bundle.document
    for content in item.bundle.sets:
        for record in content.annotations.annotations():
            if isinstance(record, Mention):
                sign = "!" if context.chosen(STYLE) == "loud" else ""
                text = record.fragments.of(document.text)
                yield f"{document.id}\t{record.label}{sign}\t{text}\n"
            else:
                kind = _LOST[type(record)]
                about = lost_record(record, document.text)
                context.lose(Loss(document.id, content.header.id, record.id, kind, about=about))


def write_lines(items, target, context):
    documents, records, digest, size = 0, 0, hashlib.sha256(), 0
    for item in items:
        documents += 1
        for line in lines_of(item, context):
            data = line.encode()
            records += 1
            size += len(data)
            digest.update(data)
            target.write(data)
    return ExportReport(documents, records, size, digest.hexdigest())


def write_each(items, folder, context):
    documents, records, digest, size = 0, 0, hashlib.sha256(), 0
    for item in items:
        documents += 1
        lines = list(lines_of(item, context))
        data = "".join(lines).encode()
        records += len(lines)
        size += len(data)
        digest.update(data)
        with folder.file(f"{item.bundle.document.id}.lines") as stream:
            stream.write(data)
    return ExportReport(documents, records, size, digest.hexdigest())


LINES = Format(
    id="lines",
    title="formats.title_gold",
    suffixes=(".lines",),
    write=write_lines,
    holds=frozenset({Holds.NESTED}),
    options=(STYLE,),
)
EACH = Format(
    id="each",
    title="formats.title_gold",
    suffixes=(".lines",),
    write_files=write_each,
    holds=frozenset({Holds.NESTED}),
    options=(STYLE,),
)
