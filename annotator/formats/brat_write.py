"""Writing brat standoff: a text and its annotations in two files, and what brat must know of them.

For the annotation tool brat and for everything that reads its files.
"""

from __future__ import annotations

import re
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
from annotator.formats.set_documents import SetDocuments

_PARTIAL = re.compile(r"\.(ann|a1|a2|co|rel)\Z")
_HIDDEN = re.compile(r"\Ahidden_")


def write_brat(
    items: Iterable[SegmentedBundle], folder: Folder, context: ExportContext
) -> ExportReport:
    """Write ``X.txt`` and ``X.ann`` for every annotation set, and the two files of configuration.

    These come last: labels that only a document has are in them too.
    """
    sets = SetDocuments(items, context.lose)
    names = BratNames()
    name_scheme(context.scheme, names)
    for one in sets:
        stem = sets.file_stem(one, ".ann", _spelled)
        sets.write_file(folder, f"{stem}.txt", one.document.text.encode())
        sets.write_file(folder, f"{stem}.ann", BratLines(one, names).text().encode())
    sets.write_file(folder, "annotation.conf", annotation_conf(context.scheme, names))
    sets.write_file(folder, "visual.conf", visual_conf(context.scheme, names))
    return sets.report()


def _spelled(name: str) -> str:
    """The name of a document as brat shows and opens it.

    It takes ``a.a1`` for a file of annotations, as the sets of the first two annotators are called,
    and does not list what is ``hidden_``.
    """
    return _HIDDEN.sub("hidden-", _PARTIAL.sub(r"_\1", name))


BRAT = Format(
    id="brat",
    title="formats.title_brat",
    suffixes=(".ann",),
    read=read_brat,
    write_files=write_brat,
    is_file_each=True,
    holds=frozenset(Holds) - {Holds.SETS},
)
