"""Tokens and sentences go before the library reads a file, unless somebody may link to them."""

import io
import json

import cassis
import pytest

from annotator.formats.base import Bundle, ReadOptions
from annotator.formats.cas_library import load_json, load_type_system, load_xmi
from annotator.formats.cas_trim import trimmed_json
from annotator.formats.cas_write import CAS_JSON, CAS_XMI
from annotator.formats.layer_spans import NAMED_ENTITY, SENTENCE, TOKEN
from tests.formats.sameness import told
from tests.formats.specimens import article_of
from tests.formats.whole import whole
from tests.formats.written import write

GO = "webanno.custom.Going"
TEXT = "😀 نەرمین هات"


@pytest.fixture
def types():
    made = cassis.TypeSystem()
    for layer in (TOKEN, SENTENCE, NAMED_ENTITY, GO):
        made.create_type(layer, "uima.tcas.Annotation")
    made.create_feature(made.get_type(NAMED_ENTITY), "value", "uima.cas.String")
    made.create_feature(made.get_type(GO), "where", "uima.tcas.Annotation")
    made.create_feature(made.get_type(GO), "who", "uima.cas.FSArray")
    made.create_feature(made.get_type(GO), "notes", "uima.cas.StringArray")
    made.create_feature(made.get_type(GO), "far", "uima.cas.Integer")
    return made


@pytest.fixture
def cas(types):
    """A name among tokens, whose ids come before its own."""
    made = cassis.Cas(typesystem=types, sofa_string=TEXT)
    made.add_all(types.get_type(TOKEN)(begin=b, end=e) for b, e in ((0, 1), (2, 8), (9, 12)))
    made.add(types.get_type(SENTENCE)(begin=0, end=12))
    made.add(types.get_type(NAMED_ENTITY)(begin=2, end=8, value="PER"))
    return made


def layers(cas):
    return [one.type.name for one in cas.select_all_annotations()]


def from_xmi(cas):
    types = load_type_system(cas.typesystem.to_xml().encode(), "TypeSystem.xml")
    return load_xmi(cas.to_xmi().encode(), types, "a.xmi")


def from_json(cas):
    text = cas.to_json()
    return load_json(text.encode(), json.loads(text), "a.json")


BOTH = pytest.mark.parametrize("through", [from_xmi, from_json])


@BOTH
def test_the_library_sees_neither_tokens_nor_sentences(through, cas):
    back = through(cas)
    assert layers(back) == [NAMED_ENTITY]
    [name] = back.select(NAMED_ENTITY)
    assert (name.value, name.begin, name.end) == ("PER", 2, 8)
    assert name.get_covered_text() == "نەرمین"
    assert back.sofa_string == TEXT


@BOTH
def test_all_stay_when_one_of_them_is_linked_to(through, cas, types):
    [_, second, _] = cas.select(TOKEN)
    cas.add(types.get_type(GO)(begin=9, end=12, where=second))
    back = through(cas)
    assert sorted(layers(back)) == sorted([GO, NAMED_ENTITY, SENTENCE, TOKEN, TOKEN, TOKEN])
    [going] = back.select(GO)
    assert going.where.get_covered_text() == "نەرمین"


@BOTH
def test_all_stay_when_one_of_them_is_in_a_list_of_links(through, cas, types):
    array = types.get_type("uima.cas.FSArray")
    elements = [cas.select(NAMED_ENTITY)[0], cas.select(SENTENCE)[0]]
    cas.add(types.get_type(GO)(begin=9, end=12, who=array(elements=elements)))
    [going] = through(cas).select(GO)
    assert [one.type.name for one in going.who.elements] == [NAMED_ENTITY, SENTENCE]


@BOTH
def test_links_to_others_keep_none(through, cas, types):
    cas.add(types.get_type(GO)(begin=9, end=12, where=cas.select(NAMED_ENTITY)[0]))
    back = through(cas)
    assert sorted(layers(back)) == sorted([GO, NAMED_ENTITY])
    assert back.select(GO)[0].where.value == "PER"


@BOTH
def test_a_number_may_be_that_of_a_token(through, cas, types):
    token = cas.select(TOKEN)[0].xmiID
    cas.add(types.get_type(GO)(begin=9, end=12, far=token))
    assert through(cas).select(GO)[0].far == token


@BOTH
def test_a_text_may_be_the_number_of_a_token(through, cas, types):
    token = str(cas.select(TOKEN)[0].xmiID)
    notes = types.get_type("uima.cas.StringArray")(elements=["ئا", token])
    cas.add(types.get_type(GO)(begin=9, end=12, notes=notes))
    assert through(cas).select(GO)[0].notes.elements == ["ئا", token]


@pytest.mark.parametrize("known", [CAS_XMI, CAS_JSON], ids=lambda known: known.id)
def test_a_set_is_the_same_as_the_library_alone_reads_it(known, monkeypatch):
    item = whole()
    _, files, _ = write(known, [item])
    name = f"whole{known.suffixes[0]}"
    options = ReadOptions(source=name, beside=files.get)

    def read():
        found = list(known.read(io.BytesIO(files[name]), options))
        [content] = [one.sets[0] for one in found if isinstance(one, Bundle)]
        assert len(found) == 1
        return told(content.annotations)

    trimmed = read()
    monkeypatch.setattr("annotator.formats.cas_library.trim_xmi", lambda root: False)
    monkeypatch.setattr("annotator.formats.cas_library.trimmed_json", lambda value: None)
    assert read() == trimmed


def test_xmi_without_views_or_members_is_read(cas):
    types = cas.typesystem
    text = cas.to_xmi()
    [start, end] = text.index("<cas:View"), text.index("</xmi:XMI>")
    for view in ("", '<cas:View sofa="1"/>'):
        loaded = load_xmi(f"{text[:start]}{view}{text[end:]}".encode(), types, "a.xmi")
        assert layers(loaded) == []


def test_the_number_of_the_text_is_no_link(cas):
    """As UIMA itself writes it: the text has the number 1, and so may a token have."""
    text = cas.to_xmi().replace('sofa="1"', 'sofa="90"')
    text = text.replace('Sofa xmi:id="1"', 'Sofa xmi:id="90"').replace('xmi:id="2"', 'xmi:id="1"')
    text = text.replace('members="2 ', 'members="1 ')
    loaded = load_xmi(text.encode(), cas.typesystem, "a.xmi")
    assert layers(loaded) == [NAMED_ENTITY]


def test_large_xmi_is_left_to_the_library(cas):
    data = cas.to_xmi().encode()
    large = data.replace(b"</xmi:XMI>", b" " * 8 * 1024 * 1024 + b"</xmi:XMI>")
    loaded = load_xmi(large, cas.typesystem, "a.xmi")
    assert layers(loaded).count(TOKEN) == 3


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"%VIEWS": {}},
        {"%FEATURE_STRUCTURES": {"1": {"%TYPE": TOKEN}}, "%VIEWS": {}},
        {"%FEATURE_STRUCTURES": [{"%ID": "1", "%TYPE": TOKEN}], "%VIEWS": {}},
        {"%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": TOKEN}], "%VIEWS": {"a": {"%MEMBERS": 1}}},
    ],
    ids=["list", "no structures", "by id", "texts as ids", "no members"],
)
def test_json_that_is_laid_out_otherwise_is_left_to_the_library(value):
    assert trimmed_json(value) is None


def test_the_types_of_many_files_are_made_once(cas):
    first, second = from_json(cas), from_json(cas)
    assert first.typesystem is second.typesystem
    cas.typesystem.create_type("webanno.custom.More", "uima.tcas.Annotation")
    assert from_json(cas).typesystem is not first.typesystem


def test_a_number_that_only_python_can_hold_is_left_to_the_library(cas, types):
    cas.add(types.get_type(GO)(begin=9, end=12, far=99999999999999999999))
    back = from_json(cas)
    assert back.select(GO)[0].far == 99999999999999999999
    assert TOKEN in layers(back)


def test_files_of_one_export_have_the_same_types():
    first, second = whole(), article_of("x", "تەنیا دەق.", ())
    _, files, _ = write(CAS_JSON, [first, second])
    types = [json.loads(data)["%TYPES"] for data in files.values()]
    assert len(types) == 2
    assert types[0] == types[1]
