"""Ids in sentences are called by name."""

import pytest

from annotator.core.scheme import FillerKind
from annotator.ui.editing.spoken import spoken


@pytest.mark.parametrize("language", ["en", "ckb"])
def test_parts_of_the_scheme_have_their_names(desk, language):
    d = desk("هات", language=language)
    scheme, say = d.editor.scheme, d.editor.say
    spec = scheme.attributes[0]
    values = {
        "label": "PER",
        "inner": "GPE",
        "outer": "ORG",
        "type": "Contact.Meet",
        "role": "Destination",
        "attribute": spec.id,
    }
    assert spoken(d.editor, values) == {
        "label": say(scheme.label("PER").name),
        "inner": say(scheme.label("GPE").name),
        "outer": say(scheme.label("ORG").name),
        "type": say(scheme.event_type("Contact.Meet").name),
        "role": say(scheme.event_type("Movement.Visit").role("Destination").name),
        "attribute": say(spec.name),
    }


def test_lists_and_kinds_too(desk):
    d = desk("هات")
    names = [d.editor.say(d.editor.scheme.label(label).name) for label in ("GPE", "LOC")]
    assert spoken(d.editor, {"admitted": "GPE, LOC"}) == {"admitted": "، ".join(names)}
    for kind in FillerKind:
        assert spoken(d.editor, {"kind": kind.value})["kind"] == d.editor.sentence(
            f"filler.{kind.value}"
        )


def test_what_nobody_knows_stays_as_it_is(desk):
    d = desk("هات")
    values = {"label": "XYZ", "kind": "odd", "text": "PER", "admitted": 3, "count": 7}
    assert spoken(d.editor, values) == values
