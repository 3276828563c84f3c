"""spaCy: files of documents that ``spacy train`` reads, a folder of them or one.

``doc.ents`` are flat, as spaCy's entity tagger wants them. The span groups ``mentions``,
``triggers`` and ``quotes`` hold all there is, nested, with the ids of the records and of knowledge
bases. All that spaCy has no place for is in ``doc.user_data["gold"]`` by its names in gold.
Texts come back as they were: spaces beyond the one behind a word are tokens, as spaCy has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Folder,
    Format,
    Holds,
    SegmentedBundle,
)
from annotator.formats.optional_packages import package_missing
from annotator.formats.set_documents import SetDocuments
from annotator.formats.spacy_document import SpacyDocument, spacy_document
from annotator.formats.token_view import LEVELS, NESTING

if TYPE_CHECKING:
    from annotator.formats.spacy_bin import SpacyBin

PACKAGE = "spacy"

BATCH = 500
"""How many documents are in one file: spaCy holds all of a file in memory, and so do we."""

BATCH_WORDS = 200_000
"""How many words are in one file, and one document more."""

SUFFIX = ".spacy"


def write_docbin(
    items: Iterable[SegmentedBundle], folder: Folder, context: ExportContext
) -> ExportReport:
    """Write files of `BATCH` annotation sets each. Raises `UserError` where spaCy is missing."""
    new_bin = _bin_maker()
    sets = SetDocuments(items, context.lose)
    documents = (spacy_document(each, context) for each in sets)
    for number, data in enumerate(_packed(_batches(documents, new_bin)), 1):
        sets.write_file(folder, f"part-{number:05}{SUFFIX}", data)
    return sets.report()


def _bin_maker() -> Callable[[], SpacyBin]:
    try:
        import spacy  # noqa: F401  # may be missing

        from annotator.formats.spacy_bin import SpacyBin
    except ImportError as error:
        raise package_missing(PACKAGE) from error
    return SpacyBin


def _batches(
    documents: Iterable[SpacyDocument], new_bin: Callable[[], SpacyBin]
) -> Iterator[SpacyBin]:
    batch = new_bin()
    for document in documents:
        batch.add(document)
        if len(batch) >= BATCH or batch.words >= BATCH_WORDS:
            yield batch
            batch = new_bin()
    if len(batch):
        yield batch


def _packed(batches: Iterable[SpacyBin]) -> Iterator[bytes]:
    """The files of batches; each is packed while the next batch is made."""
    packing: Future[bytes] | None = None
    with ThreadPoolExecutor(max_workers=1) as pool:
        for batch in batches:
            before, packing = packing, pool.submit(batch.to_bytes)
            if before is not None:
                yield before.result()
        if packing is not None:
            yield packing.result()


SPACY_DOCBIN = Format(
    id="spacy-docbin",
    title="formats.title_spacy_docbin",
    suffixes=(SUFFIX,),
    write_files=write_docbin,
    holds=frozenset(Holds) - {Holds.SUBTOKEN, Holds.DISCONTINUOUS},
    options=(NESTING, LEVELS),
    needs=PACKAGE,
)
