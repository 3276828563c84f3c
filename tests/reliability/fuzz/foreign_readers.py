"""A harness for each reader of other programs' files, over the registry of formats.

What a reader accepts is a bundle that a project can keep: every span lies in the text, every
reference finds its record, and gold can be written of it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache, partial

from annotator.core.annotations import spans_of
from annotator.formats.base import Bundle, Format, ImportProblem, ReadOptions, SegmentedBundle
from annotator.formats.gold_write import write_gold
from annotator.formats.registry import FORMATS
from annotator.foundation.errors import UserError
from annotator.kurdish.segmentation import segment
from tests.formats.specimens import bundle, context
from tests.formats.written import write

_OWN = ("plain-text", "news-json", "gold", "gold-readable")
_SMALL = (
    "😀 [سەرۆک]PER=E1 لە [هەولێر]GPE=E2 [کۆبووەوە]Contact.Meet(Participant=T1,Place=T2) و "
    "[گوتی]Q1.cue: «[کار دەکەین]direct(speaker=T1)»."
)
_TSV = (
    "#FORMAT=WebAnno TSV 3.3\n"
    "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n\n\n"
    "#Text=ئازاد لە هەولێر\n"
    "1-1\t0-5\tئازاد\tPER\t\n1-2\t6-8\tلە\t_\t\n1-3\t9-15\tهەولێر\tGPE\t\n"
)

FOREIGN: dict[str, Format] = {
    known.id.replace("-", "_"): known
    for known in FORMATS
    if known.can_read and known.id not in _OWN
}


@cache
def _written(name: str) -> tuple[tuple[str, bytes], ...]:
    known = FOREIGN[name]
    if not known.can_write:
        return (("small.tsv", _TSV.encode()),)
    _, files, _ = write(known, [bundle("small", _SMALL)])
    return tuple(sorted(files.items()))


def foreign_files(name: str) -> dict[str, bytes]:
    """The files of a small annotated article, as the program that reads them would have them."""
    return dict(_written(name))


def foreign_seeds(name: str) -> tuple[bytes, ...]:
    """The files of a small annotated article that the reader itself takes."""
    suffixes = FOREIGN[name].suffixes
    return tuple(data for file, data in _written(name) if file.endswith(suffixes))


def foreign_items(name: str, data: bytes) -> Iterator[Bundle | ImportProblem]:
    """What a reader makes of these bytes in place of its own file, others lying beside it."""
    known, files = FOREIGN[name], dict(_written(name))
    file = next(file for file in files if file.endswith(known.suffixes))
    options = ReadOptions(file, max_bytes=1_000_000, beside={**files, file: data}.get)
    assert known.read is not None
    yield from known.read(io.BytesIO(data), options)


def _read(name: str, tell: Callable[..., None], data: bytes) -> None:
    try:
        for item in foreign_items(name, data):
            if isinstance(item, ImportProblem):
                tell(item.key, item.values)
            else:
                _check(item)
    except UserError as error:
        tell(error.key, error.values)


def _check(item: Bundle) -> None:
    text = item.document.text
    assert text.strip()
    assert not {"\r", "\0"} & set(text)
    for content in item.sets:
        for record in content.annotations.records.values():
            assert all(span.end <= len(text) for span in spans_of(record))
    try:
        write_gold([SegmentedBundle(item, segment(text))], io.BytesIO(), context())
    except UserError as error:
        if error.key != "formats.gold_not_writable":  # a label that only a mapping can settle
            raise


def foreign_harnesses(tell: Callable[..., None]) -> dict[str, Callable[[bytes], None]]:
    """The harnesses by name; `tell` renders a sentence in all languages."""
    return {name: partial(_read, name, tell) for name in FOREIGN}
