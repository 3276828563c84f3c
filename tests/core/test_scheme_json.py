"""The scheme as JSON: the shipped scheme, the round trip, the hash, and every defect told."""

import hashlib
import json
import random
from typing import Any

import jsonschema_rs
import orjson
import pytest

from annotator.core.annotations import MentionLevel
from annotator.core.ids import Layer
from annotator.core.scheme import FillerKind, LabelGroup, Scheme
from annotator.core.scheme_checks import EVENT_MODE_KEYS
from annotator.core.scheme_json import scheme_from_json
from annotator.core.scheme_normal import scheme_sha256, scheme_to_json
from annotator.foundation.paths import resource


def shipped() -> dict[str, Any]:
    return json.loads(resource("schemes", "ckb-news.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return scheme_from_json(shipped())


@pytest.fixture(scope="module")
def validator() -> jsonschema_rs.Draft202012Validator:
    schema = json.loads(resource("schemas", "scheme.schema.json").read_text(encoding="utf-8"))
    return jsonschema_rs.Draft202012Validator(schema)


def test_shipped_scheme_reads_back_what_it_writes(scheme: Scheme) -> None:
    assert scheme_to_json(scheme) == shipped()
    assert scheme_from_json(scheme_to_json(scheme)) == scheme


def test_shipped_scheme_validates(validator: jsonschema_rs.Draft202012Validator) -> None:
    validator.validate(shipped())


def test_labels_have_the_keys_of_the_digit_row(scheme: Scheme) -> None:
    keys = {label.key: label.id for label in scheme.labels if label.key is not None}
    order = ["PER", "ORG", "GPE", "LOC", "FAC", "EVT", "LAW", "NORP", "DATE", "TITLE"]
    assert keys == dict(zip("1234567890", order, strict=True))
    assert [label.id for label in scheme.labels if label.is_enabled] == order
    assert {label.id for label in scheme.labels if not label.is_enabled} == {
        *("MONEY", "PERCENT", "QUANTITY", "PROD", "WORK", "LANG", "WEA", "VEH", "MISC")
    }


def test_label_groups(scheme: Scheme) -> None:
    groups: dict[LabelGroup, set[str]] = {group: set() for group in LabelGroup}
    for label in scheme.labels:
        groups[label.group].add(label.id)
    assert groups[LabelGroup.VALUE] == {"DATE", "MONEY", "PERCENT", "QUANTITY"}
    assert groups[LabelGroup.OVERLAY] == {"TITLE"}
    assert groups[LabelGroup.IMPORT] == {"MISC"}
    assert scheme.label("TITLE").level is MentionLevel.NOM


def test_event_types_use_each_letter_once(scheme: Scheme) -> None:
    assert sorted(kind.key for kind in scheme.event_types) == list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


FRAMES = """
Contact.Meet Participant!+
Contact.Negotiate Participant!+
Contact.Call Participant!+ Medium
Movement.Visit Visitor!+ Host Origin Destination
Gathering.Attend Attendee!+ Event Organizer
Diplomacy.Support Supporter!+ Beneficiary
Diplomacy.Agree Party!+ Document
Diplomacy.Demand Requester! Addressee
Diplomacy.Disapprove Critic! Target
Diplomacy.Threaten Threatener! Target
Cooperation.Cooperate Partner!+
Cooperation.Aid Giver! Recipient Thing
Cooperation.Sanction Imposer! Target
Conflict.Attack Attacker Target Victim Instrument
Conflict.Seize Agent Territory! From
Conflict.Protest Demonstrator Target
Life.Die Victim!+ Agent Instrument
Life.Injure Victim!+ Agent Instrument
Justice.Arrest Person!+ Agent Crime
Justice.Trial Defendant!+ Adjudicator Prosecutor Crime Outcome
Personnel.Start Person!+ Position Entity Agent
Personnel.End Person!+ Position Entity Agent
Government.Elect Person Position Entity
Government.Form Agent! Body
Government.Decide Agent! Document
Movement.Migrate Person!+ Origin Destination
"""


def test_frames_are_those_of_the_design(scheme: Scheme) -> None:
    lines = []
    for kind in scheme.event_types:
        *own, place, time, topic = kind.roles
        assert (place.id, time.id, topic.id) == ("Place", "Time", "Topic")
        marks = [r.id + "!" * r.is_required + "+" * r.is_repeatable for r in own]
        lines.append(" ".join([kind.id, *marks]))
    assert lines == FRAMES.strip().splitlines()


def test_universal_roles_are_the_same_in_every_type(scheme: Scheme) -> None:
    universal = {kind.roles[-3:] for kind in scheme.event_types}
    assert len(universal) == 1
    place, time, topic = universal.pop()
    assert (place.key, time.key, topic.key) == ("L", "T", "O")
    assert place.labels == {"GPE", "LOC", "FAC"}
    assert time.labels == {"DATE"}
    assert topic.fillers == set(FillerKind)
    assert not any(role.is_required for role in (place, time, topic))


def test_no_role_has_a_key_of_the_open_event(scheme: Scheme) -> None:
    keys = {role.key for kind in scheme.event_types for role in kind.roles}
    assert not keys & EVENT_MODE_KEYS
    assert keys <= set("ABCDIJKLMOPRSTUVX")


def test_value_labels_fill_no_role_implicitly_alone(scheme: Scheme) -> None:
    values = {label.id for label in scheme.labels if label.group is LabelGroup.VALUE}
    for kind in scheme.event_types:
        for role in kind.roles:
            if role.labels and role.labels <= values:
                assert FillerKind.IMPLICIT not in role.fillers, (kind.id, role.id)


def test_attributes_of_each_layer(scheme: Scheme) -> None:
    found = {spec.id: (spec.layer, spec.labels, spec.default) for spec in scheme.attributes}
    assert found == {
        "subtype": (Layer.MENTION, {"ORG"}, None),
        "facet": (Layer.MENTION, {"GPE"}, None),
        "value": (Layer.MENTION, {"DATE"}, None),
        "realis": (Layer.EVENT, frozenset(), "actual"),
        "polarity": (Layer.EVENT, frozenset(), "positive"),
        "tense": (Layer.EVENT, frozenset(), None),
        "medium": (Layer.QUOTE, frozenset(), None),
    }


def test_texts_use_the_letters_of_the_project(scheme: Scheme) -> None:
    text = resource("schemes", "ckb-news.json").read_text(encoding="utf-8")
    assert not set(text) & set("\u064a\u0643\u0649\u06be\u200c\u200d\u200e\u200f\u00a0")
    for item in (*scheme.labels, *scheme.event_types, *scheme.quote_types):
        assert item.guide.ckb != item.guide.en
        assert item.guide.ckb.endswith(".")
        assert item.guide.en.endswith(".")


def shuffled(value: Any, order: random.Random) -> Any:
    if isinstance(value, dict):
        names = list(value)
        order.shuffle(names)
        return {name: shuffled(value[name], order) for name in names}
    if isinstance(value, list):
        return [shuffled(item, order) for item in value]
    return value


def test_hash_depends_on_content_and_not_on_layout(scheme: Scheme) -> None:
    data = shuffled(shipped(), random.Random(7))
    data["speaker_labels"].reverse()
    data["event_types"][0]["roles"][0]["fillers"].reverse()
    data["event_types"][0]["roles"][0]["labels"].reverse()
    assert scheme_from_json(data) == scheme
    data["guideline"]["version"] = "0.4"
    changed = scheme_from_json(data)
    assert changed.sha256 != scheme.sha256
    assert changed.sha256 == scheme_sha256(changed)


def test_hash_is_that_of_the_canonical_json(scheme: Scheme) -> None:
    canonical = orjson.dumps(scheme_to_json(scheme), option=orjson.OPT_SORT_KEYS)
    assert scheme.sha256 == hashlib.sha256(canonical).hexdigest()


def test_absent_optional_fields_have_defaults(scheme: Scheme) -> None:
    data = shipped()
    for name in ("level", "key", "enabled"):
        del data["labels"][0][name]
    role = data["event_types"][0]["roles"][0]
    for name in ("labels", "required", "repeatable"):
        del role[name]
    for name in ("values", "labels", "default", "required"):
        del data["attributes"][2][name]
    found = scheme_from_json(data)
    assert (found.labels[0].level, found.labels[0].key) == (MentionLevel.NAM, None)
    assert found.labels[0].is_enabled
    first = found.event_types[0].roles[0]
    assert (first.labels, first.is_required, first.is_repeatable) == (frozenset(), False, False)
    assert found.attributes[2].labels == frozenset()


def test_colors_are_kept_in_lower_case() -> None:
    data = shipped()
    data["quote_color"] = "#ABCDEF"
    assert scheme_from_json(data).quote_color == "#abcdef"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("labels", 0, "extra"), 1),
        (("labels", 0, "id"), "کەس"),
        (("labels", 0, "color"), "blue"),
        (("labels", 0, "group"), "thing"),
        (("event_types", 0, "roles", 0, "key"), "H"),
        (("name", "ckb"), ""),
    ],
)
def test_json_schema_refuses(
    path: tuple[Any, ...], value: Any, validator: jsonschema_rs.Draft202012Validator
) -> None:
    data: Any = shipped()
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    assert not validator.is_valid(data)
