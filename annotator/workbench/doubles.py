"""Sets of a file whose document and person have one already: whether it says the same.

The file is compared as it would come in. Of names that the scheme does not have and nobody has
decided about, the ids tell what became of them, for the same file is always counted alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Entity, Event, Mention, Quote, Record, layer_of
from annotator.core.ids import DocumentId, SetId
from annotator.core.sameness import says_the_same
from annotator.core.scheme import Scheme
from annotator.store.project_file import ProjectFile
from annotator.workbench.foreign_names import FileNames, count_names, undecided
from annotator.workbench.label_mapping import LEAVE_OUT, Decision, Fate, LabelMapping, Name
from annotator.workbench.merge_scheme import Part
from annotator.workbench.name_suggestions import folded


def annotations_there(
    project: ProjectFile, document: DocumentId, identifier: SetId
) -> AnnotationSet | None:
    """What a set holds, also in the trash; None where it is not there or what it held is undone."""
    header = project.annotations.header(document, identifier)
    there = None if header is None else project.annotations.read(header)
    return there if there is not None and there.records else None


def differs(
    there: AnnotationSet, told: AnnotationSet, mapping: LabelMapping, scheme: Scheme
) -> bool:
    """Whether a file tells other annotations, under the mapping, than those that are there."""
    if says_the_same(there, mapping.apply(told).annotations):
        return False
    completed = _completed(mapping, there, told, scheme)
    return completed is mapping or not says_the_same(there, completed.apply(told).annotations)


def _completed(
    mapping: LabelMapping, there: AnnotationSet, told: AnnotationSet, scheme: Scheme
) -> LabelMapping:
    """The mapping with what seems to have become of names that nobody has decided about."""
    names: FileNames = Counter()
    count_names(names, told.records.values())
    for _ in range(2):  # which roles and attributes are unknown shows when their carriers are known
        for each in undecided(names, scheme, mapping):
            mapping = mapping.with_decision(each.name, _became(each.name, there, told))
    return mapping


def _became(name: Name, there: AnnotationSet, told: AnnotationSet) -> Decision:
    """What all that have a name in the file have in its place here; left out where they have none.

    Where no one name does for all of them it is any: then the sets differ.
    """
    ways = [here for each in _pairs(there, told) if (here := set(_instead(name, *each)))]
    if not ways:
        return LEAVE_OUT
    return Decision(Fate.OURS, min(set.intersection(*ways) or set.union(*ways)))


def _pairs(there: AnnotationSet, told: AnnotationSet) -> Iterator[tuple[Record, Record]]:
    for identifier, record in told.records.items():
        here = there.get(identifier)
        if here is not None:
            yield record, here


def _instead(name: Name, told: Record, here: Record) -> Iterable[str]:
    """What a record here may have for a name that it has in the file."""
    match told, here:
        case (Mention() | Entity(), Mention() | Entity()) if name.part is Part.LABEL:
            return [here.label] if told.label == name.id else []
        case (Event(), Event()) if name.part is Part.EVENT_TYPE:
            return [here.type] if told.type == name.id else []
        case (Event(), Event()) if name.part is Part.ROLE:
            fillers = {a.target for a in told.arguments if (told.type, a.role) == _role(name)}
            return [a.role for a in here.arguments if a.target in fillers]
        case (Mention() | Event() | Quote(), Mention() | Event() | Quote()):
            if name.part is not Part.ATTRIBUTE or layer_of(told).value != name.owner:
                return []
            said = [folded(value) for attribute, value in told.attrs if attribute == name.id]
            return [attribute for attribute, value in here.attrs if folded(value) in said]
        case _:
            return []


def _role(name: Name) -> tuple[str, str]:
    return name.owner, name.id
