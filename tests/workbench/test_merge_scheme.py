"""What annotations of another project use and our scheme lacks, and the scheme with it added."""

import json
from collections import Counter

from annotator.core.annotations import Argument, Entity, Event, ImplicitTarget, Mention, Quote
from annotator.core.categories import QuoteType
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from annotator.workbench.merge_scheme import Lacking, Part, count_lacking, lacking, with_lacking
from annotator.workbench.schemes import read_scheme_text, scheme_from_text

TEXT = read_scheme_text("ckb-news")
SCHEME = scheme_from_text(TEXT)
FIRST = SCHEME.event_types[0]
PLACE = Fragments.at(0, 4)


def theirs():
    """Another scheme with more of everything, under keys that are taken here."""
    data = json.loads(TEXT)
    del data["labels"][1:]
    kind = data["event_types"][0]
    data["labels"].append({**data["labels"][0], "id": "SHIP"})
    data["event_types"] = [
        {**kind, "roles": [*kind["roles"], {**kind["roles"][0], "id": "Harbour"}]},
        {**kind, "id": "Sea.Sail"},
    ]
    spec = data["attributes"][0]
    data["attributes"] = [
        {**spec, "id": "flag", "layer": "mention", "labels": ["SHIP"]},
        {**spec, "id": "speed", "layer": "event", "labels": []},
    ]
    return json.dumps(data)


def added(*wanted, text=TEXT):
    found = with_lacking(text, theirs(), wanted)
    return None if found is None else scheme_from_text(found)


def test_everything_that_annotations_name_is_looked_for():
    target = ImplicitTarget(RecordId("E1"))
    records = (
        Mention(RecordId("T1"), "SHIP", PLACE, attrs=(("flag", "red"),)),
        Mention(RecordId("T2"), "PER", PLACE),
        Entity(RecordId("E1"), "SHIP", "کەشتی"),
        Event(RecordId("EV1"), "Sea.Sail", PLACE, (Argument("Anything", target),)),
        Event(
            RecordId("EV2"),
            FIRST.id,
            PLACE,
            (Argument("Harbour", target), Argument(FIRST.roles[0].id, target)),
        ),
        Quote(RecordId("Q1"), QuoteType.DIRECT, PLACE, attrs=(("tone", "loud"),)),
        Event(RecordId("EV3"), "Sea.Sail", PLACE, attrs=(("speed", "slow"),)),
    )
    named = Counter()
    count_lacking(named, SCHEME, records)
    assert lacking(named) == (
        Lacking(Part.LABEL, "SHIP", 2),
        Lacking(Part.EVENT_TYPE, "Sea.Sail", 2),
        Lacking(Part.ROLE, "Harbour", 1, FIRST.id),
        Lacking(Part.ATTRIBUTE, "flag", 1, "SHIP"),
        Lacking(Part.ATTRIBUTE, "speed", 1, "Sea.Sail"),
        Lacking(Part.ATTRIBUTE, "tone", 1, "direct"),
    )


def test_what_is_added_has_keys_that_are_free():
    scheme = added(
        Lacking(Part.LABEL, "SHIP", 1),
        Lacking(Part.EVENT_TYPE, "Sea.Sail", 1),
        Lacking(Part.ROLE, "Harbour", 1, FIRST.id),
        Lacking(Part.ATTRIBUTE, "flag", 1, "SHIP"),
        Lacking(Part.ATTRIBUTE, "speed", 1, "Sea.Sail"),
    )
    assert scheme.label("SHIP").key is None
    assert scheme.event_type("Sea.Sail").key not in {kind.key for kind in SCHEME.event_types}
    assert scheme.event_type(FIRST.id).role("Harbour").key not in {r.key for r in FIRST.roles}
    flag, speed = scheme.attributes[-2:]
    assert (flag.labels, speed.labels) == ({"SHIP"}, frozenset())


def test_an_attribute_that_is_declared_for_others_is_declared_for_one_more():
    ours = with_lacking(
        TEXT,
        theirs(),
        (Lacking(Part.LABEL, "SHIP", 1), Lacking(Part.ATTRIBUTE, "flag", 1, "SHIP")),
    )
    scheme = added(Lacking(Part.ATTRIBUTE, "flag", 1, "PER"), text=ours)
    assert scheme.attributes[-1].labels == {"SHIP", "PER"}


def test_what_theirs_does_not_declare_is_not_added():
    assert (
        added(
            Lacking(Part.LABEL, "ODD", 1),
            Lacking(Part.EVENT_TYPE, "Odd.Odd", 1),
            Lacking(Part.ROLE, "Odd", 1, FIRST.id),
            Lacking(Part.ROLE, "Odd", 1, "Odd.Odd"),
            Lacking(Part.ATTRIBUTE, "odd", 1, "PER"),
        )
        is None
    )
    # a role of a type that theirs has and ours does not comes with the type
    assert added(Lacking(Part.ROLE, "Harbour", 1, "Sea.Sail")) is None


def test_an_attribute_of_another_layer_is_left_alone():
    spec = next(spec for spec in SCHEME.attributes if spec.layer.value == "quote")
    data = json.loads(theirs())
    data["attributes"].append({**data["attributes"][0], "id": spec.id})
    wanted = (Lacking(Part.ATTRIBUTE, spec.id, 1, "PER"),)
    assert with_lacking(TEXT, json.dumps(data), wanted) is None


def test_a_scheme_that_would_not_hold_together_is_not_made():
    wanted = (Lacking(Part.ATTRIBUTE, "flag", 1, "SHIP"),)  # for a label that is nowhere here
    assert with_lacking(TEXT, theirs(), wanted) is None
