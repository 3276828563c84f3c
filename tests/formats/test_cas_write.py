"""CAS files, as the library of DKPro reads them and INCEpTION wants them."""

import io
import subprocess
import sys

import cassis
import pytest
from msgspec.structs import replace

from annotator.core.annotations import Mention
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from annotator.formats import cas_library
from annotator.formats.cas_write import CAS_JSON, CAS_XMI
from annotator.formats.layer_spans import feature_of, scheme_features
from annotator.formats.losses import Loss, LossKind
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError
from tests.formats.sameness import told
from tests.formats.specimens import SCHEME, bundle, specimens
from tests.formats.whole import TEXT, at, whole
from tests.formats.written import read, write

BOTH = pytest.mark.parametrize("known", [CAS_XMI, CAS_JSON], ids=lambda known: known.id)
NER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
SEGMENTATION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"


def loaded(known, files, name):
    """What the library itself makes of a file."""
    if known is CAS_JSON:
        return cassis.load_cas_from_json(io.BytesIO(files[f"{name}.json"]))
    types = cassis.load_typesystem(io.BytesIO(files["TypeSystem.xml"]))
    return cassis.load_cas_from_xmi(io.BytesIO(files[f"{name}.xmi"]), typesystem=types)


@BOTH
def test_every_set_comes_back_whole(known):
    items = [*specimens(), whole()]
    _, files, losses = write(known, items)
    assert losses == []
    bundles, problems = read(known, files)
    assert problems == []
    back = {one.document.id: told(one.sets[0].annotations) for one in bundles}
    for item in items:
        for content in item.bundle.sets:
            name = item.bundle.document.id
            name = name if len(item.bundle.sets) == 1 else f"{name}.{content.header.id}"
            assert back[name] == told(content.annotations)


@BOTH
def test_the_library_reads_tokens_sentences_and_every_layer(known):
    item = whole()
    cas = loaded(known, write(known, [item])[1], "whole")
    assert cas.sofa_string == TEXT
    tokens = [(one.begin, one.end) for one in cas.select(f"{SEGMENTATION}.Token")]
    assert tokens == [(one.start, one.end) for one in item.segmentation.tokens]
    assert len(cas.select(f"{SEGMENTATION}.Sentence")) == len(item.segmentation.sentences)
    names = {one.value: one for one in cas.select(NER)}
    person = names["PER"]
    assert person.get_covered_text() == "شیلان\nسەعید"
    assert (person.identifier, person.level) == ("http://www.wikidata.org/entity/Q1", "NAM")
    assert names["FAC"].facet == "place"
    pieces = [(one.role, one.target.get_covered_text()) for one in names["FAC"].fragments.elements]
    assert pieces == [(None, "باران"), (None, "باری"), ("head", "باری")]
    [meet] = [one for one in cas.select("webanno.custom.Event") if one.value == "Contact.Meet"]
    assert (meet.realis, meet.polarity, meet.cluster) == ("other", "negative", "c1")
    links = [(one.role, one.target.type.name) for one in meet.arguments.elements]
    custom = "webanno.custom"
    assert links == [
        ("Place", f"{custom}.Entity"), ("Participant", NER), ("Participant", NER),
        ("Participant", f"{custom}.Entity"), ("Topic", f"{custom}.Quote"),
        ("Topic", f"{custom}.Event"), ("Topic", f"{custom}.FreeSpan"),
        ("Topic2", f"{custom}.FreeSpan"),
    ]  # fmt: skip
    assert meet.arguments.elements[0].type.name == "webanno.custom.EventArgumentsLink"
    [quote] = [one for one in cas.select("webanno.custom.Quote") if one.value == "direct"]
    assert [one.target.get_covered_text() for one in quote.cue.elements] == ["گوتی", "و", "گوتی"]
    assert [one.target.value for one in quote.speaker.elements] == ["PER"]
    assert [one.target.get_covered_text() for one in quote.marks.elements] == ["«", "»"]
    assert [one.target.value for one in quote.parent.elements] == ["indirect"]


def test_an_emoji_before_counts_two_in_the_file_and_one_here():
    files = write(CAS_XMI, [whole()])[1]
    start = TEXT.index("باران")
    kept = next(one for one in whole().bundle.sets[0].annotations.mentions() if one.label == "FAC")
    assert kept.fragments.start == start
    assert f'begin="{start + 1}"'.encode() in files["whole.xmi"]
    cas = loaded(CAS_XMI, files, "whole")
    assert next(one.begin for one in cas.select(NER) if one.value == "FAC") == start


def test_the_same_in_another_process_gives_the_same_bytes():
    code = (
        "import sys; from tests.formats.written import write;"
        "from tests.formats.whole import whole;"
        "from annotator.formats.cas_write import CAS_JSON, CAS_XMI;"
        "sys.stdout.write(''.join(write(by, [whole()])[0].sha256 for by in (CAS_XMI, CAS_JSON)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "".join(write(by, [whole()])[0].sha256 for by in (CAS_XMI, CAS_JSON))


def test_the_library_is_not_loaded_before_it_is_used():
    code = (
        "import sys, annotator.workbench.importing;"
        "assert not {'cassis', 'lxml', 'attr', 'zipfile'} & set(sys.modules), sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@BOTH
def test_without_the_library_it_says_so(known, monkeypatch):
    monkeypatch.setitem(sys.modules, "cassis", None)
    with pytest.raises(UserError) as error:
        write(known, [])
    assert error.value.key == "formats.package_missing"
    assert load_catalogue("ckb").error(error.value)
    with pytest.raises(UserError):
        cas_library.load_json(b"{}", {}, "a.json")


ODD = ["a\ufffeb", "a\uffffb"]


@pytest.mark.parametrize("text", ODD)
def test_a_set_with_a_character_that_xml_cannot_hold_is_left_out_and_named(text):
    odd, label = bundle("odd", f"x\n{text}"), Mention(RecordId("T99"), text, at("باران"))
    items = [bundle("even", "x"), odd, whole(label)]
    _, files, losses = write(CAS_XMI, items)
    assert sorted(files) == ["TypeSystem.xml", "even.xmi"]
    code = f"U+{ord(text[1]):04X}"
    assert losses[0] == Loss("odd", "a1", "SET", LossKind.LEFT_SET, f"{code} 2:2")
    assert {(loss.document, loss.kind) for loss in losses[1:]} == {("whole", LossKind.LEFT_SET)}
    named = {loss.record for loss in losses[1:]}
    assert named == {"SET", *items[2].bundle.sets[0].annotations.records}
    _, files, losses = write(CAS_JSON, items)
    assert (sorted(files), losses) == (["even.json", "odd.json", "whole.json"], [])
    texts = [each.document.text for each in read(CAS_JSON, files)[0]]
    assert texts[1] == f"x\n{text}"


@BOTH
def test_a_set_with_a_value_that_no_project_can_hold_is_left_out(known):
    label = Mention(RecordId("T99"), "a\x01", at("باران"))
    _, files, losses = write(known, [whole(label)])
    assert not any(name.startswith("whole") for name in files)
    assert {(loss.kind, loss.detail) for loss in losses} == {(LossKind.LEFT_SET, "U+0001 1:2")}


def test_markup_and_white_space_in_a_text_come_back():
    text = "<a href=\"x\">&amp;\t]]> 'x'  \u00a0\u2028\u0085x\n\n<!-- -->"
    item = bundle("markup", "x")
    document = replace(item.bundle.document, text=text)
    label = Mention(RecordId("T1"), "<\"\n'&>", Fragments.at(0, 3))
    item = replace(item, bundle=replace(bundle("markup", "x", label).bundle, document=document))
    for known in (CAS_XMI, CAS_JSON):
        bundles, problems = read(known, write(known, [item])[1])
        assert problems == []
        assert bundles[0].document.text == text
        assert next(bundles[0].sets[0].annotations.mentions()).label == label.label


FEATURES = [
    ("facet", "facet"), ("value", "attr_value"), ("type", "attr_type"), ("attr_x", "attr_attr_x"),
    ("a.b", None), ("a-b", None),
]  # fmt: skip


@pytest.mark.parametrize(("attribute", "feature"), FEATURES)
def test_attributes_have_features_of_their_own_where_their_names_can_be_ones(attribute, feature):
    assert feature_of(NER, attribute) == feature


def test_an_attribute_whose_name_fits_no_feature_stands_with_others_in_one():
    dotted = replace(SCHEME.attributes[0], id="a.b")
    features = scheme_features(replace(SCHEME, attributes=(dotted, SCHEME.attributes[1])))
    assert features[NER] == {SCHEME.attributes[1].id: SCHEME.attributes[1].id}
    item = bundle("a", "[ئازاد]PER")
    mention = next(item.bundle.sets[0].annotations.mentions())
    item = bundle("a", "[ئازاد]PER", replace(mention, attrs=(("a.b", "c"), ("facet", "place"))))
    bundles, _ = read(CAS_XMI, write(CAS_XMI, [item])[1])
    assert told(bundles[0].sets[0].annotations) == told(item.bundle.sets[0].annotations)
