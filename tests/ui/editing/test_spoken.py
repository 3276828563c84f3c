"""Ids in sentences are called by name."""

import pytest

from annotator.core.scheme import FillerKind
from annotator.ui.editing.spoken import spoken


def in_words(d, values):
    return spoken(d.editor.catalogue, d.editor.scheme, values)


@pytest.mark.parametrize("language", ["en", "ckb"])
def test_parts_of_the_scheme_have_their_names(desk, language):
    d = desk("هات", language=language)
    scheme, say = d.editor.scheme, d.editor.say
    spec = scheme.attributes[0]
    values = {
        "label": "PER",
        "inner": "GPE",
        "outer": "ORG",
        "expected": "LOC",
        "other": "GPE",
        "type": "Contact.Meet",
        "role": "Destination",
        "attribute": spec.id,
    }
    assert in_words(d, values) == {
        "label": say(scheme.label("PER").name),
        "inner": say(scheme.label("GPE").name),
        "outer": say(scheme.label("ORG").name),
        "expected": say(scheme.label("LOC").name),
        "other": say(scheme.label("GPE").name),
        "type": say(scheme.event_type("Contact.Meet").name),
        "role": say(scheme.event_type("Movement.Visit").role("Destination").name),
        "attribute": say(spec.name),
    }


def test_lists_and_kinds_too(desk):
    d = desk("هات")
    names = [d.editor.say(d.editor.scheme.label(label).name) for label in ("GPE", "LOC")]
    assert in_words(d, {"admitted": "GPE, LOC"}) == {"admitted": tuple(names)}
    for kind in FillerKind:
        assert in_words(d, {"kind": kind.value})["kind"] == d.editor.sentence(
            f"filler.{kind.value}"
        )


def test_what_nobody_knows_stays_as_it_is(desk):
    d = desk("هات")
    values = {
        "label": "XYZ",
        "other": "T1",
        "kind": "odd",
        "text": "PER",
        "admitted": 3,
        "count": 7,
    }
    values |= {"other": "T1"}
    assert in_words(d, values) == values
