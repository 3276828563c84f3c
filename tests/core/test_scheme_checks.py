"""Every defect of a scheme is told in one sentence that names its place."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from annotator.core.scheme import Scheme
from annotator.core.scheme_json import scheme_from_json
from annotator.core.scheme_normal import scheme_to_json
from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from annotator.foundation.errors import UserError
from annotator.foundation.paths import resource


def shipped() -> dict[str, Any]:
    return json.loads(resource("schemes", "ckb-news.json").read_text(encoding="utf-8"))


DELETE = object()
PER = ("labels", 0)
MEET = ("event_types", 0)
HOST = ("event_types", 3, "roles", 1)
DEFECTS = [
    (("format",), "brat", "scheme.wrong_format", {"found": "brat"}),
    (("format",), DELETE, "scheme.field_missing", {"place": "format"}),
    (("labels",), DELETE, "scheme.field_missing", {"place": "labels"}),
    (("version",), "1\ud800", "scheme.broken_text", {"place": "version"}),
    (("version",), "1\0", "scheme.control_character", {"place": "version", "code": "U+0000"}),
    (("version",), "1\x1b", "scheme.control_character", {"place": "version", "code": "U+001B"}),
    (("version",), " ", "scheme.not_text", {"place": "version"}),
    (("colours",), [], "scheme.field_unknown", {"place": "colours"}),
    (("labels",), {}, "scheme.not_list", {"place": "labels"}),
    ((*PER,), "PER", "scheme.not_object", {"place": "labels/1"}),
    (("guideline",), [], "scheme.not_object", {"place": "guideline"}),
    ((*PER, "colour"), "#000000", "scheme.field_unknown", {"place": "labels/PER/colour"}),
    ((*PER, "group"), "thing", "scheme.unknown_value", {"place": "labels/PER/group"}),
    ((*PER, "level"), "nam", "scheme.unknown_value", {"place": "labels/PER/level"}),
    ((*PER, "enabled"), 1, "scheme.not_flag", {"place": "labels/PER/enabled"}),
    ((*PER, "key"), "p", "scheme.bad_key", {"place": "labels/PER/key", "keycap": "p"}),
    ((*PER, "key"), "2", "scheme.key_twice", {"first": "PER", "second": "ORG"}),
    ((*PER, "id"), "ORG", "scheme.id_twice", {"place": "labels", "id": "ORG"}),
    ((*PER, "id"), "کەس", "scheme.bad_id", {"place": "labels/کەس/id"}),
    ((*PER, "id"), "1PER", "scheme.bad_id", {"id": "1PER"}),
    ((*PER, "id"), "P" * 65, "scheme.bad_id", {"id": "P" * 65}),
    ((*PER, "id"), "PERE\u0301", "scheme.bad_id", {}),
    ((*PER, "color"), "#12345", "scheme.bad_color", {"color": "#12345"}),
    ((*PER, "color"), "red", "scheme.bad_color", {"place": "labels/PER/color"}),
    ((*PER, "name", "ckb"), DELETE, "scheme.language_missing", {"language": "ckb"}),
    ((*PER, "guide", "en"), "", "scheme.language_missing", {"language": "en"}),
    ((*PER, "name", "ku"), "Kes", "scheme.field_unknown", {"place": "labels/PER/name/ku"}),
    ((*MEET, "id"), "Contact.Call", "scheme.id_twice", {"place": "event_types"}),
    ((*MEET, "key"), "N", "scheme.key_twice", {"place": "event_types", "keycap": "N"}),
    ((*HOST, "id"), "Visitor", "scheme.id_twice", {"place": "event_types/Movement.Visit/roles"}),
    ((*HOST, "key"), "V", "scheme.key_twice", {"first": "Visitor", "second": "Host"}),
    (
        (*HOST, "key"),
        "H",
        "scheme.key_reserved",
        {"place": "event_types/Movement.Visit/roles/Host", "keycap": "H"},
    ),
    (
        (*HOST, "labels"),
        ["PER", "KING"],
        "scheme.unknown_label",
        {"place": "event_types/Movement.Visit/roles/Host/labels", "label": "KING"},
    ),
    ((*HOST, "labels"), ["PER", "PER"], "scheme.id_twice", {"id": "PER"}),
    ((*HOST, "labels"), [3], "scheme.not_text", {}),
    ((*HOST, "fillers"), [], "scheme.list_empty", {}),
    ((*HOST, "fillers"), ["name"], "scheme.unknown_value", {"value": "name"}),
    (("attributes", 0, "layer"), "entity", "scheme.unknown_value", {"value": "entity"}),
    (("attributes", 0, "labels"), ["Org"], "scheme.unknown_label", {"label": "Org"}),
    (("attributes", 3, "default"), "real", "scheme.unknown_value", {"value": "real"}),
    (("attributes", 3, "key"), "P", "scheme.key_twice", {"place": "attributes"}),
    (("attributes", 3, "id"), "polarity", "scheme.id_twice", {"place": "attributes"}),
    (("attributes", 3, "values", 0, "id"), "other", "scheme.id_twice", {"id": "other"}),
    (("quote_types", 0), DELETE, "scheme.quote_type_missing", {"type": "direct"}),
    (("quote_types", 0, "id"), "free", "scheme.unknown_value", {"value": "free"}),
    (("quote_types", 0, "id"), "mixed", "scheme.id_twice", {"place": "quote_types"}),
    (("speaker_labels",), ["PERS"], "scheme.unknown_label", {"place": "speaker_labels"}),
    (("nesting", "PERS"), [], "scheme.unknown_label", {"place": "nesting"}),
    (("nesting", "PER"), ["ORGS"], "scheme.unknown_label", {"place": "nesting/PER"}),
    (("guideline", "boundary_policy"), "word", "scheme.unknown_value", {"value": "word"}),
]


@pytest.mark.parametrize(("path", "value", "key", "values"), DEFECTS)
def test_each_defect_is_told_with_its_place(
    path: tuple[Any, ...], value: Any, key: str, values: dict[str, str]
) -> None:
    data = copy.deepcopy(shipped())
    holder: Any = data
    for step in path[:-1]:
        holder = holder[step]
    if value is DELETE:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    with pytest.raises(UserError) as caught:
        scheme_from_json(data)
    assert caught.value.key == key
    assert {name: caught.value.values[name] for name in values} == values
    for language in LANGUAGES:
        assert load_catalogue(language).error(caught.value)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside parsed JSON."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in items:
        yield (*path, step)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, step))


def outcome(data: dict[str, Any]) -> Scheme | UserError:
    try:
        return scheme_from_json(data)
    except UserError as error:
        return error


PLACES = list(places(shipped()))
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.sampled_from("PEM1"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(PLACES), JUNK)
def test_any_damage_is_read_or_told(path: tuple[Any, ...], value: Any) -> None:
    data = shipped()
    holder: Any = data
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    found = outcome(data)
    if isinstance(found, UserError):
        assert load_catalogue("en").error(found)
    else:
        assert outcome(scheme_to_json(found)) == found


def test_attributes_of_different_labels_may_share_a_key() -> None:
    data = shipped()
    data["attributes"][1]["key"] = data["attributes"][0]["key"]
    assert scheme_from_json(data).attributes[1].key == "S"
