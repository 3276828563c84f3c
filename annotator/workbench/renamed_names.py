"""Names of files that are added to the scheme under another id, since they cannot be one.

An id of the scheme begins with a Latin letter. The name in the file stays as the title
of the entry.
"""

from __future__ import annotations

from typing import TypeAlias

from annotator.foundation.catalogue import Catalogue
from annotator.workbench.foreign_names import FileNames
from annotator.workbench.label_mapping import Decision, Fate, LabelMapping, Name
from annotator.workbench.mapping_wording import kind_text
from annotator.workbench.merge_scheme import Part

Renamed: TypeAlias = tuple[tuple[Name, str], ...]
"""Names as the files write them, each with the id that it gets."""


def renamed(names: FileNames, mapping: LabelMapping) -> Renamed:
    """What a mapping adds of these names under another id, labels and types first."""
    used = {name for name, _ in names}
    found = (
        (name, decision.id)
        for name, decision in mapping.decisions.items()
        if name in used and decision.fate is Fate.NEW and decision.id != name.id
    )
    order = list(Part)
    return tuple(sorted(found, key=lambda each: (order.index(each[0].part), each[0].shown)))


def renamed_lines(catalogue: Catalogue, names: Renamed) -> list[str]:
    """Each of them as a line: what the file writes, and what it is from now on."""
    return [
        catalogue.text("import.renamed", kind=kind_text(catalogue, name), name=name.shown, id=new)
        for name, new in names
    ]


def new_text(catalogue: Catalogue, name: Name, new: Decision) -> str:
    """The offer to add a name to the scheme; it says so where the id is another."""
    if new.id == name.id:
        return catalogue.text("importing.labels.new", id=new.id)
    return catalogue.text("importing.labels.new_renamed", name=name.id, id=new.id)
