"""What is read without the library is the same as what the library reads, also of damaged files.

The measure is the library with all of a file. Where that refuses a file for a token or sentence, of
which nothing is read here, it is the library without them.
"""

import io
import json
import re

import cassis
import pytest
from hypothesis import given
from lxml import etree

from annotator.formats import cas_library, cas_read
from annotator.formats.base import Bundle, ReadOptions
from annotator.formats.cas_json_read import json_content
from annotator.formats.cas_kinds import kinds_of, xml_kinds_of
from annotator.formats.cas_library import load_type_system, types_inside, xmi_tree
from annotator.formats.cas_write import CAS_JSON, CAS_XMI
from annotator.formats.cas_xmi_read import xmi_content
from annotator.foundation.errors import UserError
from tests.formats.cas_damage import JSON, XMI, damaged_json, damaged_xmi


def found(known, name, data, beside):
    """Everything that reading a file brings, in a form that can be compared."""
    told = []
    try:
        for one in known.read(io.BytesIO(data), ReadOptions(name, beside=beside)):
            if isinstance(one, Bundle):
                sets = [(each.header, dict(each.annotations.records)) for each in one.sets]
                told.append((one.document, sets))
            else:
                told.append(one)
    except UserError as error:
        told.append((error.key, dict(error.values)))
    return told


def both(known, name, data, beside=lambda name: None):
    """What is found without the library where that is possible, and what the library finds."""
    usual = found(known, name, data, beside)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cas_read, "xmi_content", lambda *_: None)
        patch.setattr(cas_read, "json_content", lambda *_: None)
        without_segments = found(known, name, data, beside)
        patch.setattr(cas_library, "trim_xmi", lambda root: False)
        patch.setattr(cas_library, "trimmed_json", lambda told: None)
        with_all = found(known, name, data, beside)
    is_refused = with_all[-1][0] == "formats.cas_unreadable"
    return usual, without_segments if is_refused else with_all


@given(damaged_xmi())
def test_xmi_is_read_as_the_library_reads_it(file):
    data, types = file
    usual, measure = both(CAS_XMI, "a.xmi", data, {"TypeSystem.xml": types}.get)
    assert usual == measure


@given(damaged_json())
def test_json_is_read_as_the_library_reads_it(data):
    usual, measure = both(CAS_JSON, "a.json", data)
    assert usual == measure


@pytest.mark.parametrize("number", range(len(XMI)))
def test_files_that_are_as_expected_need_no_library(number):
    data, types = XMI[number]
    kinds = xml_kinds_of(load_type_system(types, "TypeSystem.xml"))
    assert xmi_content(etree.fromstring(data), kinds) is not None
    usual, measure = both(CAS_XMI, "a.xmi", data, {"TypeSystem.xml": types}.get)
    assert usual == measure
    told = JSON[number]
    assert json_content(told, kinds_of(types_inside(told, "a.json"))) is not None
    usual, measure = both(CAS_JSON, "a.json", json.dumps(told, ensure_ascii=False).encode())
    assert usual == measure


FOREIGN_XMI, FOREIGN_TYPES = XMI[-1]

XMI_CHANGES = {
    "another root": (b"xmi:XMI", b"xmi:Other"),
    "no text": (b"cas:Sofa ", b"cas:NoSofa "),
    "another view": (b"_InitialView", b"Other"),
    "a view of another text": (b'<cas:View sofa="1"', b'<cas:View sofa="2"'),
    "a member that is there twice": (b' 8"/></xmi:XMI>', b' 8 8"/></xmi:XMI>'),
    "a member that is nowhere": (b' 8"/></xmi:XMI>', b' 99"/></xmi:XMI>'),
    "a number twice": (b'xmi:id="10"', b'xmi:id="9"'),
    "an unknown type": (b"custom:Going ", b"custom:Leaving "),
    "an unknown feature": (b' far="7"', b' near="7"'),
    "a list of texts": (b' far="7"', b' far="7" tags=""'),
    "no whole number": (b'far="7"', b'far="1_0"'),
    "no fraction": (b'sure="0.5"', b'sure="half"'),
    "no flag": (b'certain="true"', b'certain="1"'),
    "no number": (b'begin="3"', b'begin="x"'),
    "a place inside of a character": (b'begin="3"', b'begin="1"'),
    "a link that leads nowhere": (b' where="', b' where="9'),
    "another text": (b'xmi:id="6" sofa="1"', b'xmi:id="6" sofa="2"'),
    "an element inside": (b"</xmi:XMI>", b"<cas:NULL xmi:id='80'><a/></cas:NULL></xmi:XMI>"),
    "text inside": (b"</xmi:XMI>", b"<cas:NULL xmi:id='80'>x</cas:NULL></xmi:XMI>"),
}


@pytest.mark.parametrize("change", XMI_CHANGES)
def test_what_is_unusual_in_xmi_is_left_to_the_library(change):
    was, new = XMI_CHANGES[change]
    assert was in FOREIGN_XMI
    data = FOREIGN_XMI.replace(was, new)
    kinds = xml_kinds_of(load_type_system(FOREIGN_TYPES, "TypeSystem.xml"))
    assert xmi_content(etree.fromstring(data), kinds) is None
    usual, measure = both(CAS_XMI, "a.xmi", data, {"TypeSystem.xml": FOREIGN_TYPES}.get)
    assert usual == measure


def test_links_come_in_the_order_of_their_features_however_they_are_written():
    data = FOREIGN_XMI.replace(b'who="9 10" where="5"', b'where="5" who="9 10"')
    assert data != FOREIGN_XMI
    kinds = xml_kinds_of(load_type_system(FOREIGN_TYPES, "TypeSystem.xml"))
    assert xmi_content(etree.fromstring(data), kinds) is not None
    usual, measure = both(CAS_XMI, "a.xmi", data, {"TypeSystem.xml": FOREIGN_TYPES}.get)
    assert usual == measure


def test_a_value_that_may_be_the_number_of_a_token_is_left_to_the_library():
    data, types = XMI[0]
    kinds = xml_kinds_of(load_type_system(types, "TypeSystem.xml"))
    changed = data.replace(b'facet="place"', b'facet="x 5"')
    assert data != changed
    assert xmi_content(etree.fromstring(changed), kinds) is None


def structure(told, number):
    return next(one for one in told["%FEATURE_STRUCTURES"] if one["%ID"] == number)


def put(number, **values):
    """A change of a structure."""
    return lambda told: structure(told, number).update(values)


JSON_CHANGES = {
    "no structures": lambda told: told.update({"%FEATURE_STRUCTURES": {}}),
    "another view": lambda told: told["%VIEWS"].update(other=told["%VIEWS"]["_InitialView"]),
    "no members": lambda told: told["%VIEWS"]["_InitialView"].pop("%MEMBERS"),
    "a view of the text": put(1, sofaID="Other"),
    "another text": lambda told: told["%FEATURE_STRUCTURES"].append(
        {**structure(told, 1), "%ID": 80}
    ),
    "a number twice": put(10, **{"%ID": 11}),
    "an unknown type": put(10, **{"%TYPE": "uima.cas.StringArray"}),
    "more in an array": put(9, more=1),
    "more in a text": put(1, more=1),
    "an unknown feature": put(6, near=7),
    "a text of another number": put(6, **{"@sofa": 2}),
    "text for a number": put(6, far="7"),
    "a number for text": put(5, value=7),
    "a number for a role": put(10, role=7),
    "a whole number for a fraction": put(6, sure=1),
    "a large number": put(6, far=2**60),
    "a link that leads nowhere": put(6, **{"@where": 80}),
    "an element that is nowhere": put(9, **{"%ELEMENTS": [80]}),
    "no place": put(5, begin=None),
    "a place inside of a character": put(5, begin=1),
}


@pytest.mark.parametrize("change", JSON_CHANGES)
def test_what_is_unusual_in_json_is_left_to_the_library(change):
    told = json.loads(json.dumps(JSON[-1]))
    kinds = kinds_of(types_inside(told, "a.json"))
    assert json_content(told, kinds) is not None
    JSON_CHANGES[change](told)
    assert json_content(told, kinds) is None
    usual, measure = both(CAS_JSON, "a.json", json.dumps(told).encode())
    assert usual == measure


ODD_ROLES = [("role", "uima.cas.Integer"), ("target", "uima.cas.String")]


@pytest.mark.parametrize(("feature", "kind"), ODD_ROLES)
def test_links_of_another_kind_are_left_to_the_library(feature, kind):
    types = cassis.TypeSystem()
    go = types.create_type("webanno.custom.Going", "uima.tcas.Annotation")
    link = types.create_type("webanno.custom.Link", "uima.cas.TOP")
    types.create_feature(link, feature, kind)
    types.create_feature(link, "target" if feature == "role" else "role", "uima.tcas.Annotation")
    types.create_feature(go, "who", "uima.cas.FSArray", elementType=link)
    cas = cassis.Cas(typesystem=types, sofa_string="x")
    cas.add(go(begin=0, end=1, who=types.get_type("uima.cas.FSArray")(elements=[link()])))
    assert xmi_content(etree.fromstring(cas.to_xmi().encode()), xml_kinds_of(types)) is None


def test_the_number_of_a_token_that_another_has_too_is_left_to_the_library():
    data, types = XMI[0]
    kinds = xml_kinds_of(load_type_system(types, "TypeSystem.xml"))
    [other] = re.findall(rb':NamedEntity xmi:id="([0-9]+)"', data)[:1]
    for number in (b"05", b"5 6", b"", other):
        changed = data.replace(b':Token xmi:id="5"', b':Token xmi:id="%s"' % number)
        assert data != changed
        assert xmi_content(etree.fromstring(changed), kinds) is None


NAMES = ["get", "xmiID", "_x", "ناو", "a-b"]


@pytest.mark.parametrize("name", NAMES)
def test_types_with_names_that_the_library_stumbles_over_are_its_own(name):
    types = cassis.TypeSystem()
    kind = types.create_type("webanno.custom.Odd", "uima.tcas.Annotation")
    assert kinds_of(types)["webanno.custom.Odd"].ranges == {}
    types = cassis.TypeSystem()
    kind = types.create_type("webanno.custom.Odd", "uima.tcas.Annotation")
    types.create_feature(kind, name, "uima.cas.String")
    assert "webanno.custom.Odd" not in kinds_of(types)


def test_a_large_xmi_is_the_librarys(monkeypatch):
    monkeypatch.setattr("annotator.formats.cas_library._MAX_TREE", 10)
    data, types = XMI[-1]
    assert xmi_tree(data, "a.xmi") is None
    usual, measure = both(CAS_XMI, "a.xmi", data, {"TypeSystem.xml": types}.get)
    assert usual == measure
