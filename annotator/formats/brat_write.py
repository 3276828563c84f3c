"""Writing brat standoff: a text and its annotations in two files, and what brat must know of them.

For the annotation tool brat and for everything that reads its files.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Folder,
    Format,
    Holds,
    SegmentedBundle,
)
from annotator.formats.brat_conf import annotation_conf, name_scheme, visual_conf
from annotator.formats.brat_lines import BratLines
from annotator.formats.brat_names import BratNames
from annotator.formats.brat_read import read_brat
from annotator.formats.document_files import DocumentFiles


def write_brat(
    items: Iterable[SegmentedBundle], folder: Folder, context: ExportContext
) -> ExportReport:
    """Write ``X.txt`` and ``X.ann`` for every annotation set, and the two files of configuration.

    These come last: labels that only a document has are in them too.
    """
    files = DocumentFiles(folder)
    names = BratNames()
    name_scheme(context.scheme, names)
    for item, content, stem in files.stems(items, ".ann"):
        text = item.bundle.document.text
        files.write(f"{stem}.txt", text.encode())
        lines = BratLines(text, content, names, context.lose).text()
        files.write(f"{stem}.ann", lines.encode())
    files.write("annotation.conf", annotation_conf(context.scheme, names))
    files.write("visual.conf", visual_conf(context.scheme, names))
    return files.report()


BRAT = Format(
    id="brat",
    title="formats.title_brat",
    suffixes=(".ann",),
    read=read_brat,
    write_files=write_brat,
    holds=frozenset(Holds) - {Holds.SETS},
)
