"""CAS files of INCEpTION and others, hostile ones among them."""

import io
import json
import zipfile

import cassis
import pytest

from annotator.core.annotations import (
    ImplicitTarget,
    MentionLevel,
    MentionTarget,
    Polarity,
    Realis,
    SpanTarget,
)
from annotator.formats.base import Bundle, ReadOptions
from annotator.formats.cas_write import CAS_JSON, CAS_XMI
from annotator.formats.layer_spans import ENTITY, FRAGMENT, FREE_SPAN, QUOTE
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError
from tests.formats.whole import whole
from tests.formats.written import write

TEXT = "😀 ئازاد لە هەولێر  بوو\nدوێنێ گەڕایەوە"
NER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
GO, LINK = "webanno.custom.Going", "webanno.custom.GoingWhoLink"
DEPENDENCY = "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency"


def new_types():
    """Types as a project of INCEpTION has them."""
    types = cassis.TypeSystem()
    string = "uima.cas.String"

    def layer(name, *features):
        made = types.create_type(name, "uima.tcas.Annotation")
        for feature in features:
            types.create_feature(made, feature, string)
        return made

    layer(NER, "value", "identifier", "level", "entity", "note", "attr_value", "more")
    layer("webanno.custom.Plain")
    layer("webanno.custom.Event", "value", "realis", "polarity", "cluster")
    layer(FRAGMENT)
    layer(FREE_SPAN, "entity")
    layer(ENTITY, "key", "value", "name", "kb")
    going = layer(GO, "category")
    link = types.create_type(LINK, "uima.cas.TOP")
    types.create_feature(link, "role", string)
    types.create_feature(link, "target", "uima.tcas.Annotation")
    types.create_feature(going, "who", "uima.cas.FSArray", elementType=link)
    types.create_feature(going, "where", "uima.tcas.Annotation")
    types.create_feature(going, "certain", "uima.cas.Boolean")
    types.create_feature(going, "far", "uima.cas.Integer")
    dependency = layer(DEPENDENCY, "DependencyType")
    for feature in ("Governor", "Dependent"):
        types.create_feature(dependency, feature, "uima.tcas.Annotation")
    quote = layer(QUOTE, "value", "speakerForm", "evidence", "cluster")
    for feature in ("fragments", "cue", "marks", "speaker", "addressees", "parent"):
        types.create_feature(quote, feature, "uima.cas.FSArray", elementType=link)
    return types


class Made:
    """A CAS in the making."""

    def __init__(self, text=TEXT):
        self.types = new_types()
        self.cas = cassis.Cas(typesystem=self.types)
        if text is not None:
            self.cas.sofa_string = text
        self.text = text

    def add(self, layer, words, **values):
        start = self.text.index(words)
        return self.put(layer, start, start + len(words), **values)

    def put(self, layer, begin, end, **values):
        made = self.types.get_type(layer)(begin=begin, end=end, **values)
        self.cas.add(made)
        return made

    def links(self, *pairs):
        made = [self.types.get_type(LINK)(role=role, target=target) for role, target in pairs]
        return self.types.get_type("uima.cas.FSArray")(elements=made)

    @property
    def files(self):
        return {"a.xmi": self.cas.to_xmi().encode(), "TypeSystem.xml": self.types.to_xml().encode()}

    def read(self):
        return read_xmi(self.files)


def read_xmi(files, name="a.xmi", **options):
    found = list(
        CAS_XMI.read(io.BytesIO(files[name]), ReadOptions(name, beside=files.get, **options))
    )
    return told(found)


def told(found):
    problems = [one for one in found if not isinstance(one, Bundle)]
    for one in problems:
        assert load_catalogue("ckb").text(one.key, **one.values)
    return [one for one in found if isinstance(one, Bundle)], problems


def read_json(data):
    return told(list(CAS_JSON.read(io.BytesIO(data), ReadOptions("a.json"))))


def records(bundles):
    annotations = bundles[0].sets[0].annotations
    return [list(each) for each in (
        annotations.mentions(), annotations.entities(), annotations.events(), annotations.quotes(),
    )]  # fmt: skip


def test_layers_of_others():
    made = Made()
    person = made.add(NER, "ئازاد", value="PER", identifier="http://x/1", note="n", attr_value="v")
    made.add(NER, "گەڕایەوە", value="PER", identifier="http://x/1", more='{"b.c":"d","e":1}')
    made.add(NER, "دوێنێ", identifier="http://www.wikidata.org/entity/Q5", more="[", level="x")
    place = made.add(NER, "هەولێر", value="LOC", level="NOM", entity="E7")
    made.add("webanno.custom.Plain", "لە")
    made.add(GO, "بوو", category="Leave", certain=True, far=7, where=place,
             who=made.links(("Agent", person), (None, place)))  # fmt: skip
    made.add("webanno.custom.Event", "بوو", value="Go", realis="generic", polarity="negative")
    made.add("webanno.custom.Event", "لە", realis="x", polarity="y", cluster="c")
    made.add(DEPENDENCY, "لە", Governor=person, Dependent=place)
    bundles, [problem] = made.read()
    assert (problem.key, problem.values) == (
        "formats.kind_not_held", {"kind": "Dependency", "count": 1},
    )  # fmt: skip
    assert (bundles[0].document.text, bundles[0].document.id) == (TEXT, "a")
    mentions, entities, events, _ = records(bundles)
    assert [(one.label, one.fragments.of(TEXT)) for one in mentions] == [
        ("PER", "ئازاد"), ("LOC", "هەولێر"), ("NamedEntity", "دوێنێ"), ("PER", "گەڕایەوە"),
        ("Plain", "لە"),
    ]  # fmt: skip
    assert mentions[0].entity == mentions[3].entity
    assert mentions[0].attrs == (("note", "n"), ("value", "v"))
    assert mentions[1].attrs == (("entity", "E7"),)
    assert mentions[1].level is MentionLevel.NOM
    assert mentions[2].attrs == (("level", "x"),)
    assert mentions[3].attrs == (("b.c", "d"),)
    assert [one.kb for one in entities] == [(("identifier", "http://x/1"),), (("wikidata", "Q5"),)]
    going = next(one for one in events if one.type == "Leave")
    assert [(one.role, one.target) for one in going.arguments] == [
        ("Agent", MentionTarget("T1")),
        ("who", MentionTarget("T2")),
        ("where", MentionTarget("T2")),
    ]  # fmt: skip
    assert going.attrs == (("certain", "true"), ("far", "7"))
    go, odd = (one for one in events if one is not going)
    assert {go.type, odd.type} == {"Go", "Event"}
    go, odd = (go, odd) if go.type == "Go" else (odd, go)
    assert (go.realis, go.polarity, go.attrs) == (Realis.GENERIC, Polarity.NEGATIVE, ())
    assert (odd.attrs, odd.cluster) == ((("polarity", "y"), ("realis", "x")), "c")


def test_links_that_lead_nowhere_are_told():
    made = Made()
    empty = made.put(NER, 3, 3, value="PER")
    outside = made.types.get_type(NER)(begin=0, end=1, sofa=made.cas.get_sofa())
    nowhere = made.put(ENTITY, 0, 0, key="E1")
    free = made.put(FREE_SPAN, 4, 4)
    person = made.add(NER, "ئازاد", value="PER")
    made.add(GO, "بوو", who=made.links(("A", empty), ("B", outside), ("C", nowhere), ("D", free)))
    made.add(
        QUOTE,
        "هەولێر",
        value="mixed",
        speaker=made.links(("", empty)),
        cue=made.links(("", empty)),
        marks=made.links(("", empty), ("", person)),
        parent=made.links(("", person)),
    )
    made.add(QUOTE, "لە", value="odd")
    bundles, problems = made.read()
    assert [one.key for one in problems] == [
        "formats.span_empty", *["formats.link_lost"] * 5, "formats.kind_not_held",
        "formats.quote_types_found",
    ]  # fmt: skip
    assert problems[-2].values == {"kind": "parent", "count": 1}
    _, _, events, [_, quote] = records(bundles)
    assert [(one.type, len(one.arguments)) for one in events] == [("Going", 0)]
    assert (quote.speaker.who, quote.cue, len(quote.marks), quote.parent) == (None, None, 1, None)


def test_second_speakers_and_quotes_around_are_told():
    made = Made()
    people = [made.add(NER, word, value="PER") for word in ("ئازاد", "هەولێر")]
    outer = [made.add(QUOTE, word, value="mixed") for word in ("دوێنێ", "گەڕایەوە")]
    made.add(
        QUOTE,
        "بوو",
        value="direct",
        speaker=made.links(*(("", one) for one in people)),
        parent=made.links(*(("", one) for one in outer)),
    )
    bundles, problems = made.read()
    assert [(one.values["kind"], one.values["count"], one.is_refusal) for one in problems] == [
        ("parent", 1, False),
        ("speaker", 1, False),
    ]
    *_, quotes = records(bundles)
    assert [one.speaker.who is None for one in quotes].count(False) == 1


def test_fragments_and_entities_that_nobody_names_are_read_all_the_same():
    made = Made()
    made.add(FRAGMENT, "ئازاد")
    made.add(FREE_SPAN, "لە")
    made.add(ENTITY, "هەولێر", value="GPE")
    free = made.add(FREE_SPAN, "دوێنێ", entity="E1")
    entity = made.put(ENTITY, 0, 0, key="E1", value="GPE", kb='["x"]')
    made.put(ENTITY, 0, 0, key="E1", value="LOC")
    odd = made.add(ENTITY, "بوو", key="E2")
    made.add(GO, "گەڕایەوە", who=made.links(("A", free), ("B", entity), ("C", odd)))
    bundles, problems = made.read()
    mentions, entities, [event], _ = records(bundles)
    assert sorted(one.label for one in mentions) == ["Fragment", "FreeSpan", "GPE"]
    assert [(one.label, one.name, one.kb) for one in entities] == [("GPE", "", ())]
    assert [type(one.target) for one in event.arguments] == [SpanTarget, ImplicitTarget, SpanTarget]
    assert event.arguments[0].target.entity == "E1"
    assert problems == []


def test_heads_outside_of_their_pieces_are_no_heads():
    made = Made()
    one, other = made.add(FRAGMENT, "ئازاد"), made.add(FRAGMENT, "بوو")
    empty = made.put(FRAGMENT, 0, 0)
    for head in (other, empty):
        made.add(QUOTE, "ئازاد", value="mixed", fragments=made.links(("", one), ("head", head)),
                 cue=made.links(("head", head)))  # fmt: skip
    bundles, problems = made.read()
    quotes = records(bundles)[3]
    assert [(one.content.of(TEXT), one.content.head, one.cue) for one in quotes] == [
        ("ئازاد", None, None)
    ] * 2
    assert problems == []


@pytest.mark.parametrize(("begin", "end"), [(1, 4), (5, 4), (3, 1), (3, 999), (-1, 4)])
def test_offsets_outside_of_the_text_or_inside_of_a_character_are_refused(begin, end):
    made = Made()
    made.add(NER, "ئازاد", value="PER")
    made.add(NER, "بوو", value="X")
    files = made.files
    place = TEXT.index("بوو") + 1
    was = f'begin="{place}" end="{place + 3}"'.encode()
    assert was in files["a.xmi"]
    files["a.xmi"] = files["a.xmi"].replace(was, f'begin="{begin}" end="{end}"'.encode())
    bundles, problems = read_xmi(files)
    assert [one.key for one in problems] == ["formats.span_outside"]
    assert [one.label for one in records(bundles)[0]] == ["PER"]


def test_line_ends_of_windows_become_ours():
    made = Made(TEXT.replace("\n", "\r\n"))
    made.add(NER, "گەڕایەوە", value="X")
    for bundles, problems in (made.read(), read_json(made.cas.to_json().encode())):
        assert (bundles[0].document.text, problems) == (TEXT, [])
        assert records(bundles)[0][0].fragments.of(TEXT) == "گەڕایەوە"
        assert bundles[0].document.source.newline == "crlf"


def packed(**files):
    """An archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return stream.getvalue()


def archive(**files):
    return {"doc.zip": packed(**files)}


def test_the_archive_of_inception_is_read():
    made = Made()
    made.add(NER, "ئازاد", value="PER")
    xmi, types = made.files.values()
    bundles, problems = read_xmi(archive(**{"admin.xmi": xmi, "TypeSystem.xml": types}), "doc.zip")
    assert ([one.document.id for one in bundles], problems) == (["doc"], [])
    several = {"x/a.xmi": xmi, "b.xmi": xmi, "y/z/c.xmi": b"<"}
    several.update({"x/TypeSystem.xml": types, "y/TypeSystem.xml": types})
    bundles, problems = read_xmi(archive(**several), "doc.zip")
    assert [one.document.id for one in bundles] == ["a"]
    assert [one.key for one in problems] == ["formats.no_file_beside", "formats.cas_unreadable"]
    above = {"d/e/a.xmi": xmi, "b.xmi": xmi, "TypeSystem.xml": types}
    bundles, problems = read_xmi(archive(**above), "doc.zip")
    assert ([one.document.id for one in bundles], problems) == (["b", "a"], [])
    with pytest.raises(UserError) as error:
        read_xmi(archive(**{"a.txt": b"x"}), "doc.zip")
    assert error.value.key == "formats.zip_without_xmi"


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
)


UTF_7 = b'<?xml version="1.0" encoding="utf-7"?>'


def with_start(data, start):
    return start + data[data.index(b"<", 5) :]


BAD_XML = [
    (lambda data: with_start(data, BOMB), "formats.xml_document_type"),
    (lambda data: data.decode().encode("utf-16"), "formats.xml_encoding"),
    (lambda data: with_start(data, UTF_7), "formats.xml_encoding"),
    (lambda data: with_start(data, BOMB).decode().replace("😀", "").encode("utf-16-le"),
     "formats.xml_encoding"),
    (lambda data: data[:-20], "formats.cas_unreadable"),
    (lambda data: b"", "formats.cas_unreadable"),
    (lambda data: b"<a>" * 5000, "formats.cas_unreadable"),
    (lambda data: data.replace(b"sofaNum=", b"x="), "formats.cas_unreadable"),
    (lambda data: data.replace(b'members="', b'members="99 '), "formats.cas_unreadable"),
    (lambda data: data.replace(b"sofaString=", b"x="), "formats.cas_unreadable"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "key"), BAD_XML)
def test_bad_xml_is_refused_with_a_reason(spoil, key):
    files = Made().files
    files["a.xmi"] = spoil(files["a.xmi"])
    with pytest.raises(UserError) as error:
        read_xmi(files)
    assert error.value.key == key
    assert load_catalogue("ckb").error(error.value)


def test_a_bad_type_system_is_refused_too():
    files = Made().files
    bad = [(BOMB, "formats.xml_document_type"), (b"<x", "formats.cas_unreadable")]
    hidden = with_start(files["TypeSystem.xml"], BOMB).decode()
    wide = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    bad += [(hidden.encode(encoding), "formats.xml_encoding") for encoding in wide]
    for data, key in bad:
        with pytest.raises(UserError) as error:
            read_xmi({**files, "TypeSystem.xml": data})
        assert error.value.key == key
    with pytest.raises(UserError) as error:
        read_xmi({"a.xmi": files["a.xmi"]})
    assert (error.value.key, error.value.values["name"]) == (
        "formats.no_file_beside",
        "TypeSystem.xml",
    )
    with pytest.raises(UserError) as error:
        read_xmi(files, max_bytes=10)
    assert error.value.key == "formats.too_large"


def test_tabs_that_xml_reads_as_spaces_are_told():
    files = Made(f"a\tb {TEXT}").files
    files["a.xmi"] = files["a.xmi"].replace(b"&#9;", b"\t")
    bundles, problems = read_xmi(files)
    assert bundles[0].document.text == f"a b {TEXT}"
    assert [problem.key for problem in problems] == ["formats.cas_line_end"]


@pytest.mark.parametrize("spaced", [b"=", b" = "])
@pytest.mark.parametrize("quote", [b'"', b"'"])
def test_line_ends_that_xml_reads_as_spaces_are_told(quote, spaced):
    files = Made(TEXT).files
    assert Made(TEXT).read()[1] == []
    text = files["a.xmi"]
    start = text.index(b'sofaString="')
    end = text.index(b'"', start + len(b'sofaString="'))
    raw = text[start:end].replace(b"&#10;", b"\n").replace(b'"', quote) + quote
    raw = raw.replace(b"=", spaced, 1)
    assert b"\n" in raw
    bundles, problems = read_xmi({**files, "a.xmi": text[:start] + raw + text[end + 1 :]})
    assert bundles[0].document.text == TEXT.replace("\n", " ")
    assert [problem.key for problem in problems] == ["formats.cas_line_end"]


def test_line_ends_in_other_attributes_are_not_told():
    made = Made(TEXT)
    made.add(NER, "ئازاد", value="PER", note="sofaString='x")
    files = made.files
    assert b"sofaString='x\"" in files["a.xmi"]
    files["a.xmi"] = files["a.xmi"].replace(b"sofaString='x\"", b"sofaString='x\n\"")
    assert read_xmi(files)[1] == []


def test_a_file_without_a_text_is_refused():
    made = Made(None)
    with pytest.raises(UserError) as error:
        made.read()
    assert error.value.key == "formats.cas_no_text"
    with pytest.raises(UserError):
        Made(" ").read()


def test_what_memory_cannot_hold_is_no_fault_of_the_file(monkeypatch):
    made = Made()
    made.cas.create_view("other").sofa_string = "which only the library reads"
    files = made.files

    def full(*args, **values):
        raise MemoryError

    monkeypatch.setattr(cassis, "load_cas_from_xmi", full)
    with pytest.raises(MemoryError):
        read_xmi(files)


def test_warnings_of_a_text_are_told():
    _, [problem] = Made("a\u202eb").read()
    assert problem.key == "formats.warning_bidi"


SAID = json.loads(write(CAS_JSON, [whole()])[1]["whole.json"])
BAD_JSON = [
    b"", b"[]", b"{}", b"7", b'{"a":NaN}', b'"x"', b'{"%VIEWS":{}}', b"[" * 100_000, b"\xff\xfe",
    json.dumps({**SAID, "%FEATURE_STRUCTURES": [[]]}).encode(),
    json.dumps({**SAID, "%FEATURE_STRUCTURES": [{"%ID": "x", "%TYPE": 5}]}).encode(),
    json.dumps({**SAID, "%VIEWS": {"_InitialView": {"%MEMBERS": [987654]}}}).encode(),
    json.dumps({**SAID, "%TYPES": {"a": {}}}).encode(),
    json.dumps({**SAID, "%TYPES": 5}).encode(),
]  # fmt: skip


@pytest.mark.parametrize("data", BAD_JSON)
def test_bad_json_is_refused(data):
    with pytest.raises(UserError) as error:
        read_json(data)
    assert load_catalogue("ckb").error(error.value)


def changed(**values):
    """A file in which every structure that has one of these features has it with another value."""
    structures = [
        {**one, **{name: told for name, told in values.items() if name in one}}
        for one in SAID["%FEATURE_STRUCTURES"]
    ]
    return json.dumps({**SAID, "%FEATURE_STRUCTURES": structures}).encode()


ODD = [
    {"begin": 1.5}, {"value": "\u0001"}, {"role": "\u0000"}, {"kb": '{"wikidata":"Q\\u0001"}'},
    {"more": '{"note\\u0000":"a"}'},
]  # fmt: skip


@pytest.mark.parametrize("values", ODD)
def test_values_of_the_wrong_kind_cost_their_annotations_only(values):
    bundles, problems = read_json(changed(**values))
    assert problems
    assert {one.key for one in problems} <= {
        "formats.span_outside",
        "formats.value_refused",
        "formats.link_lost",
    }
    assert len(bundles) == 1


def test_links_of_the_wrong_kind_are_left_out():
    for values in ({"@target": None}, {"@target": 987654}, {"%ELEMENTS": [987654]}):
        bundles, _ = read_json(changed(**values))
        assert len(bundles) == 1


def test_of_several_texts_the_first_is_read_and_what_stands_on_others_is_told():
    made = Made()
    made.add(NER, "ئازاد", value="PER")
    other = made.cas.create_view("other")
    other.sofa_string = "other"
    for begin, value in ((0, "PER"), (1, "LOC")):
        other.add(made.types.get_type(NER)(begin=begin, end=5, value=value))
    bundles, [problem] = made.read()
    assert bundles[0].document.text == TEXT
    assert len(records(bundles)[0]) == 1
    held = {"kind": "NamedEntity", "count": 2}
    assert (problem.key, problem.values, problem.is_refusal) == (
        "formats.kind_not_held", held, False,
    )  # fmt: skip


def add_chain(made):
    """A chain of coreference of two links."""
    coref = "de.tudarmstadt.ukp.dkpro.core.api.coref.type."
    link = made.types.create_type(f"{coref}CoreferenceLink", "uima.tcas.Annotation")
    made.types.create_feature(link, "next", link)
    made.types.create_feature(link, "referenceType", "uima.cas.String")
    chain = made.types.create_type(f"{coref}CoreferenceChain", "uima.cas.AnnotationBase")
    made.types.create_feature(chain, "first", link)
    last = made.add(link.name, "گەڕایەوە", referenceType="pro")
    first = made.add(link.name, "ئازاد لە", next=last, referenceType="nam")
    made.cas.add(chain(first=first))


def test_a_name_in_a_chain_of_coreference_is_one_mention_and_that_is_told():
    made = Made()
    add_chain(made)
    made.add(NER, "ئازاد لە", value="PER")
    bundles, problems = made.read()
    mentions, entities, *_ = records(bundles)
    assert {(one.label, one.level, one.entity) for one in mentions} == {
        ("PER", MentionLevel.NAM, entities[0].id),
        ("PER", MentionLevel.PRO, entities[0].id),
    }
    assert len(mentions) == 2
    assert [one.label for one in entities] == ["PER"]
    (problem,) = problems
    assert (problem.key, problem.values["count"]) == ("formats.links_joined", 1)
    assert not problem.is_refusal


def test_a_chain_of_coreference_is_an_entity():
    made = Made()
    add_chain(made)
    bundles, problems = made.read()
    mentions, entities, events, _ = records(bundles)
    assert [(one.label, one.fragments.of(TEXT)) for one in mentions] == [
        ("nam", "ئازاد لە"), ("pro", "گەڕایەوە"),
    ]  # fmt: skip
    assert [(one.label, one.name) for one in entities] == [("nam", "ئازاد لە")]
    assert {one.entity for one in mentions} == {entities[0].id}
    assert (events, problems) == ([], [])
