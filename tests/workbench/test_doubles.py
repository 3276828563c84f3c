"""A set of a file beside the one that is there: the same under other names and ids, or not."""

import pytest

from annotator.core.annotations import Argument, MentionTarget
from annotator.core.renaming import renamed
from annotator.workbench.doubles import differs
from annotator.workbench.label_mapping import NO_MAPPING, Decision, Fate, LabelMapping, Name
from annotator.workbench.merge_scheme import Part
from tests.builders import annotated, annotation_set, changed
from tests.small_scheme import scheme

THERE = "[ئارام]PER و [شیلان]PER لە [هەولێر]GPE [کۆبوونەوە]Contact.Meet(Participant=T1,Place=T3)"
PERSON = Name(Part.LABEL, "PERSON")


def there():
    return changed(annotated(THERE)[1], "T1", attrs=(("sure", "yes"),))


def as_told(annotations, names):
    """The set under the names that another program has for ours; None is what it lacks."""
    told = []
    for record in annotations.records.values():
        for field in ("label", "type"):
            name = names.get(getattr(record, field, None), "")
            if name:
                record = changed(annotation_set(record), record.id, **{field: name}).get(record.id)
        told.append(record)
    return annotation_set(*told)


FOREIGN = {"PER": "PERSON", "GPE": "Stadt", "Contact.Meet": "Meet"}


def test_names_that_nobody_decided_about_may_be_what_they_became():
    told = as_told(there(), FOREIGN)
    roles = tuple(Argument(role, MentionTarget(who)) for role, who in (("Who", "T1"), ("At", "T3")))
    told = changed(told, "EV1", arguments=roles)
    told = changed(told, "T1", attrs=(("Confidence", "yes"),))
    assert not differs(there(), told, NO_MAPPING, scheme())
    assert not differs(annotated(THERE)[1], told, NO_MAPPING, scheme())  # or left out


@pytest.mark.parametrize(
    "change",
    [
        lambda told: changed(told, "T2", label="ORG"),
        lambda told: changed(told, "T2", label="Stadt"),
        lambda told: changed(told, "EV1", arguments=()),
        lambda told: annotation_set(*list(told.records.values())[1:]),
    ],
)
def test_no_name_hides_that_the_file_says_something_else(change):
    told = change(as_told(there(), FOREIGN))
    assert differs(there(), told, NO_MAPPING, scheme())


def test_what_was_decided_is_what_counts():
    told = as_told(there(), {"PER": "PERSON"})
    as_ours = {
        label: LabelMapping({PERSON: Decision(Fate.OURS, label)}) for label in ("PER", "LOC")
    }
    assert not differs(there(), told, as_ours["PER"], scheme())
    assert differs(there(), told, as_ours["LOC"], scheme())


def test_a_program_that_counts_anew_says_the_same():
    ids = {"T1": "T3", "T3": "T1", "EV1": "EV7"}
    records = [renamed(record, ids) for record in there().records.values()]
    assert not differs(there(), annotation_set(*records), NO_MAPPING, scheme())
