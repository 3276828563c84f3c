"""CAS files of ours and of INCEpTION's kind, with something changed at random in them."""

import copy
import json

from hypothesis import strategies as st
from lxml import etree

from annotator.formats.cas_write import CAS_JSON, CAS_XMI
from tests.formats.specimens import specimens
from tests.formats.test_cas_read import DEPENDENCY, GO, NER, Made, add_chain
from tests.formats.whole import whole
from tests.formats.written import write

VALUES = (
    "", "0", "1", "2", "3", "20", "25", "31", "007", "-1", "99999", "1.5", "true", "x", "٣",
    "3 25", "25 25", "_InitialView", "a\n", "1e400", " 3",
)  # fmt: skip
JSON_VALUES = (
    *VALUES, None, True, 0, 1, 2, 3, 20, 25, 31, -1, 99999, 1.5, 1.0, 2**60, 10**19, [], [3],
    [25, 25], {}, {"a": 1},
)  # fmt: skip


def foreign():
    """A CAS with slots, a link, a chain, a relation, numbers and flags."""
    made = Made()
    add_chain(made)
    made.types.create_feature(GO, "sure", "uima.cas.Double")
    made.types.create_feature(GO, "tags", "uima.cas.StringArray")
    person = made.add(NER, "ئازاد", value="PER")
    links = made.links(("Agent", person), (None, person))
    made.add(GO, "بوو", certain=True, far=7, sure=0.5, where=person, who=links)
    made.add(DEPENDENCY, "لە", Governor=person, Dependent=person)
    made.cas.document_language = "ckb"
    return made


def files(known):
    """Files as they are, and the types of each."""
    rich = next(item for item in specimens() if item.bundle.document.id == "rich")
    _, ours, _ = write(known, [rich, whole()])
    types, made = ours.get("TypeSystem.xml"), foreign()
    found = [(ours[f"{name}{known.suffixes[0]}"], types) for name in ("rich", "whole")]
    if known is CAS_JSON:
        return [*found, (made.cas.to_json().encode(), None)]
    return [*found, (made.files["a.xmi"], made.files["TypeSystem.xml"])]


XMI, JSON = files(CAS_XMI), [json.loads(data) for data, _ in files(CAS_JSON)]


@st.composite
def damaged_xmi(draw):
    """An XMI and its types."""
    data, types = draw(st.sampled_from(XMI))
    root = etree.fromstring(data)
    for _ in range(draw(st.integers(1, 2))):
        one = root[draw(st.integers(0, len(root) - 1))]
        names = st.sampled_from((*one.attrib, "begin", "value", "who", "odd"))
        match draw(st.sampled_from(("set", "set", "drop", "twice", "tag", "inside", "text"))):
            case "set":
                one.set(draw(names), draw(st.sampled_from(VALUES)))
            case "drop":
                one.attrib.pop(draw(names), None)
            case "twice":
                root.append(copy.deepcopy(one))
            case "tag":
                one.tag = root[draw(st.integers(0, len(root) - 1))].tag
            case "inside":
                etree.SubElement(one, draw(names).rpartition("}")[2]).text = "2"
            case _:
                one.text = draw(st.sampled_from((" ", "2", "x")))
    return etree.tostring(root, encoding="UTF-8"), types


@st.composite
def damaged_json(draw):
    """A CAS in JSON."""
    told = copy.deepcopy(draw(st.sampled_from(JSON)))
    structures = told["%FEATURE_STRUCTURES"]
    places = [*structures, told["%VIEWS"], *told["%VIEWS"].values(), told]
    for _ in range(draw(st.integers(1, 2))):
        one = draw(st.sampled_from(places))
        names = st.sampled_from((*one, "begin", "value", "@who", "#far", "odd"))
        match draw(st.sampled_from(("set", "set", "drop", "twice", "type"))):
            case "set":
                one[draw(names)] = draw(st.sampled_from(JSON_VALUES))
            case "drop":
                one.pop(draw(names), None)
            case "twice":
                structures.append(copy.deepcopy(one))
            case _:
                one["%TYPE"] = draw(st.sampled_from(structures)).get("%TYPE")
    return json.dumps(told, ensure_ascii=False).encode()
