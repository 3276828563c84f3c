"""The language of these tests: sets in brackets that are finished, and what gold came to."""

from annotator.adjudication.comparison import Comparison
from annotator.adjudication.gold import decide
from annotator.adjudication.grouping import Side
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Coverage, SetStatus, StatusRecord
from annotator.core.commands.records import set_status
from annotator.core.ids import SetId
from tests.builders import annotated

A, B, C = SetId("a1"), SetId("a2"), SetId("a3")
EMPTY = AnnotationSet()
NAME = "edit.x"


def finished(annotations):
    """The set, marked as complete in every layer."""
    return annotations.apply(set_status(annotations, SetStatus.COMPLETE))


def sides(*notations):
    """Finished sets of a1, a2 … from notations of one text."""
    texts = {annotated(notation)[0].text for notation in notations}
    assert len(texts) == 1, texts
    return [
        Side(SetId(f"a{number}"), finished(annotated(notation)[1]))
        for number, notation in enumerate(notations, 1)
    ]


def compared(*notations):
    return Comparison(sides(*notations))


def listed(comparison, gold=EMPTY):
    """Each unit that is listed: its key, its state and in what annotators differ."""
    return [
        (unit.key, unit.state.value, [each.value for each in unit.differences])
        for unit in comparison.against(gold).listed
    ]


def chosen(comparison, *choices, gold=EMPTY):
    """Gold after the choices."""
    return gold.apply(decide(comparison, gold, choices, name=NAME).edit)


def partly(annotations, **layers):
    """The set, complete but for the layers that are given."""
    coverage = {"mentions": Coverage.COMPLETE, "events": Coverage.COMPLETE}
    coverage |= {"quotes": Coverage.COMPLETE, **layers}
    status = StatusRecord(SetStatus.COMPLETE, **coverage)
    return AnnotationSet({**annotations.records, status.id: status}, annotations.last_numbers)
