"""CAS files that are odd or hostile: names that are code, numbers that are there twice."""

import io
import json

import cassis
import pytest
from msgspec.structs import replace

from annotator.core.annotations import QuoteType
from annotator.core.ids import Layer
from annotator.formats.base import Bundle, ReadOptions
from annotator.formats.cas_write import CAS_JSON, CAS_XMI
from annotator.formats.layer_spans import TOKEN
from annotator.formats.offset_units import Offsets, OffsetUnit
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError
from tests.formats.specimens import SCHEME, bundle, context
from tests.formats.test_cas_read import GO, NER, QUOTE, TEXT, Made, read_json, read_xmi, records
from tests.formats.written import MemoryFolder

BOTH = pytest.mark.parametrize("known", [CAS_XMI, CAS_JSON], ids=lambda known: known.id)
ODD = "webanno.custom.Odd"


def in_both(made):
    """What is read of a CAS as XMI and as JSON."""
    return made.read(), read_json(made.cas.to_json().encode())


def spoiled(made, spoil):
    """What is read of a CAS in JSON in which a function has changed something."""
    told = json.loads(made.cas.to_json())
    spoil(told, told["%FEATURE_STRUCTURES"])
    return read_json(json.dumps(told).encode())


def evil_names(path):
    """Names that together are code, where a class is made of them that has them as its fields."""
    act = f'open("{path}","w")'
    three = '"' * 3
    return [
        f"x={act}#{chr(39)}{three}{chr(39) * 3}\n#",
        f"y=z[(#\n):\n    {three},#",
        "m]#\n#",
        f"q#{chr(39) * 3}\n#",
    ]


def with_features(layer, names, **extra):
    """A CAS in JSON with a layer that has features of these names, and one annotation of it."""
    features = {name: {"%NAME": name, "%RANGE": "uima.cas.String"} for name in names}
    above = "uima.cas.AnnotationBase" if layer.startswith("uima.") else "uima.tcas.Annotation"
    types = {layer: {"%NAME": layer, "%SUPER_TYPE": above, **features}}
    text = {"%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": "hello"}
    place = {"%TYPE": layer, "@sofa": 1, "begin": 0, "end": 5}
    told = {
        "%TYPES": types,
        "%FEATURE_STRUCTURES": [{"%ID": 1, **text}, {"%ID": 2, **place, **extra}],
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2]}},
    }
    return json.dumps(told).encode()


@pytest.mark.parametrize("extra", [{}, {"odd": 2**64}, {"%ELEMENTS": {}}], ids=str)
def test_names_of_features_are_never_run(extra, tmp_path):
    path = tmp_path / "run"
    with pytest.raises(UserError) as error:
        read_json(with_features(ODD, evil_names(path.as_posix()), **extra))
    assert not path.exists()
    assert error.value.key == "formats.cas_odd_feature"
    assert "\n" not in load_catalogue("ckb").error(error.value)


def test_features_that_a_file_gives_to_a_type_of_uima_are_not_run_either(tmp_path):
    path = tmp_path / "run"
    bundles, problems = read_json(
        with_features("uima.tcas.Annotation", evil_names(path.as_posix()))
    )
    assert (len(bundles), problems) == (1, [])
    assert not path.exists()


def test_names_of_features_in_xml_are_never_run(tmp_path):
    path = tmp_path / "run"
    made = Made()
    made.types.create_type(ODD, "uima.tcas.Annotation")
    made.put(ODD, 0, 1)
    files = made.files
    features = "".join(
        f"<featureDescription><name>{name}</name><description/>"
        "<rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>"
        for name in evil_names(path.as_posix())
    ).replace("\n", "&#10;")
    types = files["TypeSystem.xml"].decode()
    end = types.index("</typeDescription>", types.index(ODD))
    files["TypeSystem.xml"] = f"{types[:end]}<features>{features}</features>{types[end:]}".encode()
    assert files["TypeSystem.xml"].count(b"<features>") == types.count("<features>") + 1
    with pytest.raises(UserError) as error:
        read_xmi(files)
    assert not path.exists()
    assert error.value.key == "formats.cas_odd_feature"


def test_a_feature_may_be_called_by_a_keyword():
    made = Made()
    made.types.create_feature(made.types.get_type("webanno.custom.Plain"), "cls", "uima.cas.String")
    made.add("webanno.custom.Plain", "لە", cls="Ship")
    files = made.files
    files["a.xmi"] = files["a.xmi"].replace(b' cls="', b' class="')
    files["TypeSystem.xml"] = files["TypeSystem.xml"].replace(b">cls<", b">class<")
    data = made.cas.to_json().replace('"cls"', '"class"').encode()
    for bundles, problems in (read_xmi(files), read_json(data)):
        assert [one.label for one in records(bundles)[0]] == ["Ship"]
        assert problems == []


NAMES = ["class", "None", "xmiID", "get", "set", "self_", "type_", "self", "attr_class", "language"]


@BOTH
@pytest.mark.parametrize("name", NAMES)
def test_an_attribute_of_any_name_comes_back_and_the_library_reads_the_file(known, name):
    spec = next(one for one in SCHEME.attributes if one.layer is Layer.MENTION)
    spec = replace(spec, id=name, values=(), labels=frozenset())
    plain = bundle("a", "[ئازاد]PER")
    [mention] = plain.bundle.sets[0].annotations.mentions()
    item = bundle("a", "[ئازاد]PER", replace(mention, attrs=((name, "place"),)))
    folder, losses = MemoryFolder(), []
    scheme = replace(SCHEME, attributes=(spec,))
    known.write_files([item], folder, replace(context(), scheme=scheme, lose=losses.append))
    file = f"a{known.suffixes[0]}"
    options = ReadOptions(file, beside=folder.files.get)
    [back] = known.read(io.BytesIO(folder.files[file]), options)
    assert isinstance(back, Bundle)
    assert [one.attrs for one in back.sets[0].annotations.mentions()] == [((name, "place"),)]
    assert losses == []
    source = io.BytesIO(folder.files[file])
    if known is CAS_JSON:
        read = cassis.load_cas_from_json(source)
    else:
        types = cassis.load_typesystem(io.BytesIO(folder.files["TypeSystem.xml"]))
        read = cassis.load_cas_from_xmi(source, typesystem=types)
    assert [one.get_covered_text() for one in read.select(NER)] == ["ئازاد"]


def test_a_feature_that_looks_like_one_of_ours_stays_what_it_is_in_layers_of_others():
    made = Made()
    for name in ("note", "attr_note"):
        made.types.create_feature(GO, name, "uima.cas.String")
    made.add(GO, "بوو", category="Leave", note="a", attr_note="b")
    for bundles, problems in in_both(made):
        [mention] = records(bundles)[0]
        assert mention.attrs == (("attr_note", "b"), ("note", "a"))
        assert problems == []


def two_names():
    """Two names in a text that begins with a letter of two units."""
    made = Made("😀ab cd")
    made.put(NER, 1, 3, value="GOOD")
    made.put(NER, 4, 6, value="BROKEN")
    return made


def test_a_place_inside_of_a_character_costs_no_other_annotation():
    files = two_names().files
    data = files["a.xmi"]
    files["a.xmi"] = data.replace(b'begin="5" end="7"', b'begin="1" end="7"')
    assert files["a.xmi"] != data

    def spoil(told, structures):
        next(one for one in structures if one.get("value") == "BROKEN")["begin"] = 1

    for bundles, problems in (read_xmi(files), spoiled(two_names(), spoil)):
        assert [one.label for one in records(bundles)[0]] == ["GOOD"]
        assert [one.key for one in problems] == ["formats.span_outside"]


def test_structures_may_be_told_by_their_numbers():
    def spoil(told, structures):
        next(one for one in structures if one.get("value") == "BROKEN")["begin"] = 1
        told["%FEATURE_STRUCTURES"] = {str(one.pop("%ID")): one for one in structures}

    bundles, problems = spoiled(two_names(), spoil)
    assert [one.label for one in records(bundles)[0]] == ["GOOD"]
    assert [one.key for one in problems] == ["formats.span_outside"]


@pytest.mark.parametrize("comment", [b"<!-- 1 2 -->", b"<?made by x?>"])
def test_comments_are_nothing(comment):
    made = Made()
    made.types.create_type(TOKEN, "uima.tcas.Annotation")
    made.add(TOKEN, "ئازاد")
    made.add(NER, "ئازاد", value="PER")
    other = made.cas.create_view("other")
    other.sofa_string = "which only the library reads"
    files = made.files
    for data in (files["a.xmi"], Made().files["a.xmi"]):
        changed = data.replace(b"<cas:View", comment + b"<cas:View", 1)
        assert changed != data
        bundles, problems = read_xmi({**files, "a.xmi": changed})
        [as_before], problems_before = read_xmi({**files, "a.xmi": data})
        assert (bundles[0].sets, problems) == (as_before.sets, problems_before)


def with_token():
    made = Made()
    made.types.create_type(TOKEN, "uima.tcas.Annotation")
    made.add(TOKEN, "ئازاد")
    made.add(NER, "ئازاد", value="PER")
    return made


def test_an_annotation_with_the_number_of_a_token_is_read_as_the_library_reads_it():
    def spoil(told, structures):
        [token] = (one for one in structures if one["%TYPE"] == TOKEN)
        [name] = (one for one in structures if one["%TYPE"] == NER)
        told["%VIEWS"]["_InitialView"]["%MEMBERS"].remove(token["%ID"])
        token["%ID"] = name["%ID"]

    bundles, problems = spoiled(with_token(), spoil)
    assert ([one.label for one in records(bundles)[0]], problems) == (["PER"], [])


@pytest.mark.parametrize("number", ["02", " 2"])
def test_the_number_of_a_token_may_be_written_oddly(number):
    files = with_token().files
    data = files["a.xmi"]
    files["a.xmi"] = data.replace(b'Token xmi:id="2"', f'Token xmi:id="{number}"'.encode())
    assert files["a.xmi"] != data
    bundles, problems = read_xmi(files)
    assert ([one.label for one in records(bundles)[0]], problems) == (["PER"], [])


@pytest.mark.parametrize("layer", ["uima.cas.FSArray", "webanno.custom.GoingWhoLink[]", "x[]"])
@pytest.mark.parametrize("note", ["7", 7], ids=["usual", "for the library"])
def test_lists_are_read_as_others_write_them(layer, note):
    made = Made()
    person = made.add(NER, "ئازاد", value="PER", note=note)
    made.add(GO, "بوو", category="Leave", who=made.links(("Agent", person)))
    made.add(GO, "لە", category="Stay", who=made.links())

    def spoil(told, structures):
        for one in structures:
            if one["%TYPE"] == "uima.cas.FSArray":
                one["%TYPE"] = layer
                assert one.get("%ELEMENTS") != []  # the library writes no empty list
            if one["%TYPE"] == "uima.tcas.DocumentAnnotation":
                one["%FLAGS"] = ["DocumentAnnotation"]

    bundles, problems = spoiled(made, spoil)
    assert {one.type: len(one.arguments) for one in records(bundles)[2]} == {
        "Leave": 1,
        "Stay": 0,
    }
    assert [(one.label, one.attrs) for one in records(bundles)[0]] == [("PER", (("note", "7"),))]
    assert problems == []


def test_a_text_of_more_letters_than_a_parser_allows_is_read():
    text = "a" * 10_000_001
    files = Made(text).files
    bundles, _ = read_xmi(files)
    assert len(bundles[0].document.text) == len(text)


@pytest.mark.parametrize(("label", "is_read"), [("UTF8", True), ("utf_8", False)])
def test_an_encoding_may_be_called_as_everybody_calls_it(label, is_read):
    files = Made().files
    files["a.xmi"] = files["a.xmi"].replace(b"encoding='UTF-8'", f"encoding='{label}'".encode())
    if is_read:
        assert read_xmi(files)[0][0].document.text == TEXT
    else:
        with pytest.raises(UserError) as error:
            read_xmi(files)
        assert error.value.key == "formats.xml_encoding"


@pytest.mark.parametrize("array", ["StringArray", "IntegerArray"])
def test_several_values_of_a_feature_become_one(array):
    made = Made()
    plain = made.types.get_type("webanno.custom.Plain")
    for name in ("tags", "none"):
        made.types.create_feature(plain, name, f"uima.cas.{array}")
    values = ["ئا", None, "ب"] if array == "StringArray" else [7, 8]
    several, none = (
        made.types.get_type(f"uima.cas.{array}")(elements=elements) for elements in (values, [])
    )
    made.add("webanno.custom.Plain", "لە", tags=several, none=none)
    shown = "; ".join(str(one) for one in values if one is not None)
    if array == "StringArray":
        several.elements = ["ئا", "ب"]
    for bundles, problems in in_both(made):
        mentions, _, events, _ = records(bundles)
        assert [(one.label, one.attrs) for one in mentions] == [("Plain", (("tags", shown),))]
        assert (events, problems) == ([], [])


def listed(made, *values):
    """A list of texts as UIMA has them."""
    rest = made.types.get_type("uima.cas.EmptyStringList")()
    for value in reversed(values):
        rest = made.types.get_type("uima.cas.NonEmptyStringList")(head=value, tail=rest)
    return rest


def test_so_do_those_of_a_list():
    made = Made()
    plain = made.types.get_type("webanno.custom.Plain")
    for name in ("tags", "none"):
        made.types.create_feature(
            plain, name, "uima.cas.StringList", multipleReferencesAllowed=True
        )
    made.add("webanno.custom.Plain", "لە", tags=listed(made, "ئا", "ب"), none=listed(made))
    bundles, problems = made.read()
    [mention] = records(bundles)[0]
    assert (mention.attrs, problems) == ((("tags", "ئا; ب"),), [])


def test_what_a_file_says_of_all_of_a_text_is_told():
    made = Made()
    meta = made.types.create_type("webanno.custom.Meta", "uima.cas.AnnotationBase")
    made.types.create_feature(meta, "note", "uima.cas.String")
    made.cas.add(meta(note="گومان"))
    person = made.add(NER, "ئازاد", value="PER", note="7")
    made.add(GO, "بوو", category="Leave", who=made.links(("Agent", person)))
    for note in ("7", 7):  # which only the library reads

        def spoil(told, structures, note=note):
            next(one for one in structures if one.get("note") == "7")["note"] = note

        bundles, [problem] = spoiled(made, spoil)
        assert problem.values == {"kind": "Meta", "count": 1}
        assert len(records(bundles)[2]) == 1
    assert [one.values for one in made.read()[1]] == [{"kind": "Meta", "count": 1}]


def test_of_several_texts_in_json_the_first_is_read_and_what_stands_on_others_is_told():
    made = Made()
    made.add(NER, "ئازاد", value="PER")
    other = made.cas.create_view("other")
    other.sofa_string = "other"
    other.add(made.types.get_type(NER)(begin=0, end=5, value="PER"))
    bundles, [problem] = read_json(made.cas.to_json().encode())
    assert [one.label for one in records(bundles)[0]] == ["PER"]
    assert problem.values == {"kind": "NamedEntity", "count": 1}


@pytest.mark.parametrize("note", ["7", 7], ids=["usual", "for the library"])
@pytest.mark.parametrize("unit", [OffsetUnit.CODE_POINT, OffsetUnit.BYTE])
def test_offsets_in_another_unit_are_read_in_it(unit, note):
    made = two_names()

    def spoil(told, structures):
        for one in structures:
            if one.get("value") in ("GOOD", "BROKEN"):
                points = (1, 3) if one["value"] == "GOOD" else (4, 6)
                one["begin"], one["end"] = map(Offsets(made.text, unit).counted, points)
                one["note"] = note

    told = json.loads(made.cas.to_json())
    spoil(told, told["%FEATURE_STRUCTURES"])
    options = ReadOptions("a.json", unit=unit)
    [bundle] = CAS_JSON.read(io.BytesIO(json.dumps(told).encode()), options)
    places = [one.fragments.of(made.text) for one in records([bundle])[0]]
    assert places == ["ab", "cd"]


def less_one(told, structures):
    """Count characters in a text that begins with an emoji."""
    for one in structures:
        if one["%TYPE"] == NER:
            one["begin"], one["end"] = one["begin"] - 1, one["end"] - 1


def named_twice(note="7"):
    made = Made("😀 ab cd")
    for begin in (2, 5):
        made.put(NER, begin, begin + 2, value="X", note=note)
    return made


@pytest.mark.parametrize("note", ["7", 7], ids=["usual", "for the library"])
def test_a_file_that_counts_characters_is_known_by_its_places(note):
    made = named_twice(note)
    bundles, [problem] = spoiled(made, less_one)
    assert [one.fragments.of(made.text) for one in records(bundles)[0]] == ["ab", "cd"]
    assert (problem.key, problem.is_refusal) == ("formats.cas_recounted", False)
    assert made.read()[1] == []
    told = json.loads(made.cas.to_json())
    less_one(told, told["%FEATURE_STRUCTURES"])
    options = ReadOptions("a.json", unit=OffsetUnit.UTF_16)
    [bundle] = CAS_JSON.read(io.BytesIO(json.dumps(told).encode()), options)
    assert [one.fragments.of(made.text) for one in records([bundle])[0]] == [" a", " c"]


QUOTED_TWICE = "😀 ئازاد گوتی «باشە» و نازدار گوتی «نا»"


def test_a_file_that_counts_as_it_should_is_never_counted_otherwise():
    made = Made(QUOTED_TWICE)
    for words in ("«باشە»", "«نا»"):
        made.add(NER, words, value="X")
    bundles, problems = made.read()
    assert [one.fragments.of(made.text) for one in records(bundles)[0]] == ["«باشە»", "«نا»"]
    assert problems == []


def test_a_place_is_told_as_the_file_has_it():
    files = two_names().files
    data = files["a.xmi"]
    files["a.xmi"] = data.replace(b'begin="5" end="7"', b'begin="7" end="5"')
    assert files["a.xmi"] != data
    [problem] = read_xmi(files)[1]
    assert (problem.values["start"], problem.values["end"]) == (7, 5)


def test_a_chain_in_a_layer_of_its_own_is_one_with_the_names_in_it():
    made = Made()
    link = made.types.create_type("webanno.custom.SameLink", "uima.tcas.Annotation")
    made.types.create_feature(link, "next", link)
    made.types.create_feature(link, "referenceType", "uima.cas.String")
    chain = made.types.create_type("webanno.custom.SameChain", "uima.cas.AnnotationBase")
    made.types.create_feature(chain, "first", link)
    last = made.add(link.name, "گەڕایەوە", referenceType="pro")
    first = made.add(link.name, "ئازاد", next=last, referenceType="nam")
    made.cas.add(chain(first=first))
    made.add(NER, "ئازاد", value="PER")
    bundles, [problem] = made.read()
    mentions, [entity], *_ = records(bundles)
    assert [(one.label, one.entity) for one in mentions] == [("PER", entity.id)] * 2
    assert problem.key == "formats.links_joined"


QUOTED = "ئازاد گوتی: «باشە» و ڕۆیشت"
QUOTES = [
    ("باشە", "Direct", QuoteType.DIRECT, 0),
    ("باشە", None, QuoteType.DIRECT, 1),
    ("«باشە»", "", QuoteType.DIRECT, 1),
    ("ڕۆیشت", None, QuoteType.INDIRECT, 1),
    ("باشە» و", None, QuoteType.INDIRECT, 1),
    ("ئازاد", "odd", QuoteType.INDIRECT, 1),
    ("ڕۆیشت", " mixed ", QuoteType.MIXED, 0),
]


@pytest.mark.parametrize(("content", "told", "kind", "count"), QUOTES)
def test_a_quote_that_somebody_else_has_drawn_has_a_type(content, told, kind, count):
    made = Made(QUOTED)
    made.add(QUOTE, content, value=told)
    bundles, problems = made.read()
    [quote] = records(bundles)[3]
    assert quote.type is kind
    assert [one.values["count"] for one in problems] == [1] * count
    assert quote.attrs == ((("value", "odd"),) if told == "odd" else ())


def test_lists_that_lead_into_themselves_end():
    made = Made()
    plain = made.types.get_type("webanno.custom.Plain")
    kind = "uima.cas.StringList"
    made.types.create_feature(plain, "tags", kind, multipleReferencesAllowed=True)
    for head in ("ئا", None):
        endless = made.types.get_type("uima.cas.NonEmptyStringList")(head=head)
        endless.tail = endless
        made.add("webanno.custom.Plain", "لە", tags=endless)
    bundles, problems = made.read()
    assert [len(one.attrs) for one in records(bundles)[0]] in ([0, 1], [1, 0])
    assert problems == []


def test_links_in_a_list_are_links():
    made = Made()
    made.types.create_feature(GO, "whom", "uima.cas.FSList", multipleReferencesAllowed=True)
    person = made.add(NER, "ئازاد", value="PER")
    rest = made.types.get_type("uima.cas.EmptyFSList")()
    listed_person = made.types.get_type("uima.cas.NonEmptyFSList")(head=person, tail=rest)
    made.add(GO, "بوو", category="Leave", whom=listed_person)
    bundles, problems = made.read()
    [event] = records(bundles)[2]
    assert ([one.role for one in event.arguments], problems) == (["whom"], [])


def test_what_inception_says_of_its_layers_is_nothing_to_tell():
    made = Made()
    layer = "de.tudarmstadt.ukp.clarin.webanno.api.type.LayerDefinition"
    definition = made.types.create_type(layer, "uima.cas.TOP")
    made.types.create_feature(definition, "name", "uima.cas.String")
    made.cas.add(definition(name="x"))
    for _, problems in in_both(made):
        assert problems == []


ODD_JSON = [
    lambda told, one: one.update({"@type": 3}),
    lambda told, one: told["%VIEWS"].update(other={}),
    lambda told, one: told["%VIEWS"].update(other={"%MEMBERS": [[1]]}),
]


@pytest.mark.parametrize("spoil", ODD_JSON)
def test_json_that_the_library_cannot_make_sense_of_is_refused_as_a_file(spoil):
    made = Made()
    made.add(NER, "ئازاد", value="PER")

    def spoil_name(told, structures):
        spoil(told, next(one for one in structures if one["%TYPE"] == NER))

    with pytest.raises(UserError) as error:
        spoiled(made, spoil_name)
    assert error.value.key == "formats.cas_unreadable"


def test_links_that_share_one_list_are_bounded(monkeypatch):
    monkeypatch.setattr("annotator.formats.cas_structures.MOST_LINKS", 5)
    monkeypatch.setattr("annotator.formats.cas_content.MOST_LINKS", 5)
    made = Made()
    person = made.add(NER, "ئازاد", value="PER")
    shared = made.links(*(("A", person) for _ in range(3)))
    made.add(GO, "بوو", who=shared)
    assert made.read()[1] == []
    made.add(GO, "لە", who=shared)
    with pytest.raises(UserError) as error:
        made.read()
    assert error.value.key == "formats.cas_unreadable"
