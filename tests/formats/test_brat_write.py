"""brat files, as brat's own readers see them."""

import re

import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from pybrat.parser import BratParser

from annotator.core.annotations import (
    Argument,
    Entity,
    Event,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteType,
    SpanTarget,
    Speaker,
)
from annotator.core.ids import RecordId
from annotator.core.scheme import FillerKind
from annotator.core.span import Fragments, Span
from annotator.formats.base import Bundle, SegmentedBundle, SetContent
from annotator.formats.brat_write import BRAT
from annotator.formats.losses import LossKind
from annotator.formats.set_builder import without_circles
from annotator.kurdish.segmentation import segment
from tests.builders import annotation_set
from tests.formats.gold_samples import document as gold_document
from tests.formats.sameness import told
from tests.formats.specimens import SCHEME, article_of, bundle, context, header, specimens
from tests.formats.test_gold_read import sets
from tests.formats.whole import TEXT, at, whole
from tests.formats.written import MemoryFolder, read, write


def files_of(*items):
    return write(BRAT, items)[1]


def in_folder(tmp_path, files):
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_every_set_comes_back_whole():
    items = [*specimens(), whole()]
    _, files, losses = write(BRAT, items)
    assert losses == []
    bundles, problems = read(BRAT, files)
    assert problems == []
    back = {one.document.id: told(one.sets[0].annotations) for one in bundles}
    for item in items:
        for content in item.bundle.sets:
            name = item.bundle.document.id
            name = name if len(item.bundle.sets) == 1 else f"{name}_{content.header.id}"
            assert back[name] == told(content.annotations)


def test_pybrat_reads_entities_events_and_references(tmp_path):
    # Strictly it takes no event that refers to a later one, and no two pieces of the same text.
    parser = BratParser(error="ignore")
    [example] = parser.parse(in_folder(tmp_path, files_of(whole())))
    assert example.text == TEXT
    spans = {one.id: [(span.start, span.end) for span in one.spans] for one in example.entities}
    first, second = at("شیلان", "سەعید").spans
    assert spans["T2"] == [(first.start, first.end), (second.start, second.end)]
    for one in example.entities:
        assert one.mention == " ".join(TEXT[span.start : span.end] for span in one.spans)
    meet = next(one for one in example.events if one.id == "E3")
    assert (meet.type, meet.trigger.type) == ("Contact_Meet", "Contact_Meet")
    # It drops the roles; they are read from the line itself below.
    assert [getattr(one, "id", None) for one in meet.arguments[:2]] == ["T2", "T5"]
    person = next(one for one in example.entities if one.id == "T2")
    assert [(one.rid, one.eid, one.entry) for one in person.references] == [
        ("wikidata", "Q1", "شیلان سەعید")
    ]
    equal = {(one.arg1.id, one.arg2.id) for one in example.relations if one.type == "Equiv"}
    assert equal == {("T2", "T5")}


def test_pybrat_finds_no_fault(tmp_path):
    examples = BratParser(error="raise").parse(in_folder(tmp_path, files_of(*specimens())))
    assert [(len(one.entities), len(one.events)) for one in examples] == [
        (0, 0), (2, 0), (16, 2), (2, 0), (2, 0),
    ]  # fmt: skip


def test_nothing_but_an_event_refers_to_a_trigger():
    """The server of brat refuses the whole file for it; so its event bears the note."""
    text = "ئازاد چووە\nناو شار"
    whole_trigger = Fragments((Span(6, 14),), Span(6, 10))
    halves = Fragments((Span(6, 10), Span(11, 14)))  # which would be joined
    records = (
        Event(RecordId("EV1"), "Movement.Visit", whole_trigger),
        Event(RecordId("EV2"), "Movement.Visit", halves),
    )
    item = article_of("d", text, records)
    files = files_of(item)
    lines = [line.split("\t") for line in files["d.ann"].decode().splitlines()]
    triggers = {line[1].split()[0].split(":")[1] for line in lines if line[0].startswith("E")}
    assert [line[1] for line in lines if line[0].startswith("#")] == ["Nishan E1", "Nishan E2"]
    assert len(triggers) == 2
    (back,), problems = read(BRAT, files)
    assert (told(back.sets[0].annotations), problems) == (told(annotation_set(*records)), [])


def test_notes_on_triggers_of_older_files_are_read():
    files = {
        "d.txt": "ئازاد چووە ناو شار".encode(),
        "d.ann": (
            'T1\tVisit 6 14\tچووە ناو\nE1\tVisit:T1\n#1\tNishan T1\t{"head":[6,10]}\n'
        ).encode(),
    }
    (back,), problems = read(BRAT, files)
    (event,) = back.sets[0].annotations.events()
    assert (event.trigger, problems) == (Fragments((Span(6, 14),), Span(6, 10)), [])


def test_brat_can_open_documents_of_every_name():
    """It takes ``x.a1`` for a file of annotations, and does not show what is ``hidden_``."""
    names = ["hidden_y", "x.a1", "x.a1.z", "x.rel", "x.v2"]
    twice = bundle("z", "وشە", sets=("a1", "a2"))
    files = files_of(*(bundle(name, "وشە") for name in names), twice)
    assert sorted(name[:-4] for name in files if name.endswith(".ann")) == [
        "hidden-y", "x.a1.z", "x.v2", "x_a1", "x_rel", "z_a1", "z_a2",
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85"])
def test_no_line_ends_where_unicode_ends_one(end):
    """The server of brat splits a file there."""
    text = f"شاری{end}هەولێر دوورە"
    records = (
        Mention(RecordId("T1"), "GPE", Fragments.at(0, 11), attrs=(("note", f"ئا{end}"),)),
        Mention(RecordId("T2"), "GPE", Fragments((Span(0, 4), Span(5, 11)))),
    )
    files = files_of(article_of("d", text, records))
    written = files["d.ann"].decode()
    assert written.splitlines() == written.split("\n")[:-1]
    assert written.startswith("T1\tGPE 0 4;5 11\tشاری هەولێر\n")
    (back,), problems = read(BRAT, files)
    assert (told(back.sets[0].annotations), problems) == (told(annotation_set(*records)), [])


def test_lines_are_as_brat_wants_them():
    lines = files_of(whole())["whole.ann"].decode().split("\n")
    assert lines[-1] == ""
    for line in lines[:-1]:
        assert re.match(r"(T\d+\t[A-Za-z0-9_-]+ \d+ \d+(;\d+ \d+)*\t|[ERAN#]\d+\t|\*\t)", line)
    bound = next(line for line in lines if line.startswith("T5\t"))
    assert re.fullmatch(r"T5\tkesy-nwe-[0-9a-f]{8} \d+ \d+\tئەویش", bound)
    assert "A1\tLevel T5 PRO" in lines
    event = next(line for line in lines if line.startswith("E3\t"))
    roles = [argument.split(":")[0] for argument in event.split("\t")[1].split(" ")]
    assert roles == [
        "Contact_Meet", "Participant", "Participant2", "Topic", "Topic2", "Topic3", "Topic2_",
    ]  # fmt: skip
    assert any(line.endswith("\tfacet T9 place") for line in lines)
    assert not any("\tLevel_ " in line or "\tvalue " in line for line in lines)  # free texts
    assert any(line.startswith("R1\tHasMark Arg1:") for line in lines)


def test_the_configuration_has_every_name_in_ascii_and_its_words_beside():
    files = files_of(whole())
    conf = files["annotation.conf"].decode()
    assert [line for line in conf.split("\n") if line.startswith("[")] == [
        "[entities]", "[relations]", "[events]", "[attributes]",
    ]  # fmt: skip
    plain = "\n".join(line for line in conf.split("\n") if not line.startswith("#"))
    assert plain.isascii()
    assert '#: type Contact_Meet = "Contact.Meet"' in conf
    assert '#: type Contact_Meet_ = "Contact_Meet"' in conf
    assert '#: part Topic2_ = "Topic2"' in conf
    assert "\nContact_Meet\tParticipant+:" in conf
    assert "\nContact_Meet_\n" in conf
    assert "\nLevel\tArg:<ENTITY>, Value:NAM|NOM|PRO\n" in conf
    assert "\nfacet\tArg:<ENTITY>, Value:place|government|people\n" in conf
    assert "\nvalue\t" not in conf
    types = plain.split("[entities]\n")[1].split("\n[relations]")[0].split("\n")
    assert len(types) == len(set(types))
    visual = files["visual.conf"].decode()
    label = SCHEME.label("PER")
    assert f"PER | {label.name.ckb} | {label.name.en}\n" in visual
    assert f"PER\tbgColor:{label.color}\n" in visual


def test_attributes_of_two_layers_are_declared_once():
    names = [line.split("\t")[0] for line in files_of()["annotation.conf"].decode().split("\n")]
    attributes = names[names.index("[attributes]") + 1 :]
    assert len(attributes) == len(set(attributes))
    assert {"Realis", "Polarity"} <= set(attributes)  # what events have by nature
    assert {"realis", "polarity"} & set(names) == set()
    assert "realis |" not in files_of()["visual.conf"].decode()


def test_a_role_for_mentions_of_some_labels_says_so():
    [meet] = (one for one in SCHEME.event_types if one.id == "Contact.Meet")
    narrow = replace(
        meet.roles[0], fillers=frozenset({FillerKind.MENTION}), labels=frozenset({"PER", "GPE"})
    )
    scheme = replace(SCHEME, event_types=(replace(meet, roles=(narrow,)),))
    folder = MemoryFolder()
    BRAT.write_files([], folder, replace(context(), scheme=scheme))
    assert "\nContact_Meet\tParticipant+:GPE|PER\n" in folder.files["annotation.conf"].decode()


def test_stems_are_free_of_each_other():
    items = [bundle("a", "x", sets=("b", "c")), bundle("a.b", "y"), bundle("con", "z")]
    names = sorted(files_of(*items))
    assert [name for name in names if name.endswith(".ann")] == [
        "a.b-2.ann", "a.b.ann", "a.c.ann", "con-1143da2b.ann",
    ]  # fmt: skip


NOTHING = Fragments.at(TEXT.index("\n\n"), TEXT.index("\n\n") + 2)


def test_what_stands_on_line_feeds_only_is_told():
    others = (
        Mention(RecordId("T90"), "PER", NOTHING),
        Event(RecordId("EV90"), "Contact.Meet", NOTHING),
        Quote(RecordId("Q90"), QuoteType.DIRECT, NOTHING),
        Event(RecordId("EV91"), "Contact.Meet", at("باری"), (
            Argument("Topic", MentionTarget(RecordId("T90"))),
            Argument("Topic", SpanTarget(NOTHING, RecordId("E1"))),
            Argument("Place", ImplicitTarget(RecordId("E1"))),
        )),
        Quote(RecordId("Q91"), QuoteType.DIRECT, at("باری"), (NOTHING.spans[0],), NOTHING,
              Speaker(MentionTarget(RecordId("T90"))), (SpanTarget(NOTHING),), RecordId("Q90")),
    )  # fmt: skip
    _, files, losses = write(BRAT, [whole(*others)])
    assert [(one.record, one.kind, one.detail) for one in losses] == [
        ("T90", LossKind.MENTION, ""),
        ("EV90", LossKind.EVENT, ""),
        ("EV91", LossKind.ARGUMENT, "Topic"),
        ("Q90", LossKind.QUOTE, ""),
        ("Q91", LossKind.QUOTE_PART, "marks"),
        ("Q91", LossKind.QUOTE_PART, "cue"),
        ("Q91", LossKind.QUOTE_PART, "speaker"),
        ("Q91", LossKind.QUOTE_PART, "addressee"),
        ("Q91", LossKind.QUOTE_PART, "parent"),
    ]
    bundles, problems = read(BRAT, files)
    assert problems == []
    assert len(bundles[0].sets[0].annotations) == len(whole().bundle.sets[0].annotations) + 2


def test_odd_names_of_entities_stand_in_notes():
    odd = (
        Entity(RecordId("E91"), "PER", "a\x01b", (("wikidata", "Q1"),)),
        Mention(RecordId("T91"), "PER", at("باری"), entity=RecordId("E91")),
        Entity(RecordId("E92"), "PER", "می\u200cدیا", (("wikidata", "\x02"), ("x", "می\u200cدیا"))),
        Mention(RecordId("T92"), "PER", at("باری"), entity=RecordId("E92")),
    )
    files = files_of(whole(*odd))
    assert files["whole.ann"].decode().count("Reference T92 x:می\u200cدیا\tمی\u200cدیا\n") == 1
    bundles, problems = read(BRAT, files)
    assert problems == []
    assert told(bundles[0].sets[0].annotations) == told(whole(*odd).bundle.sets[0].annotations)


@settings(max_examples=20, deadline=None)
@given(sets())
def test_any_set_comes_back(records):
    quotes = {one.id: one.parent for one in records if isinstance(one, Quote) and one.parent}
    parents = without_circles(quotes)
    kept = [
        replace(one, cluster=one.cluster or None) if isinstance(one, Event)
        else replace(one, cluster=one.cluster or None, parent=parents.get(one.id))
        if isinstance(one, Quote) else one
        for one in records
    ]  # fmt: skip
    content = SetContent(header("d1"), annotation_set(*kept))
    document = gold_document()
    item = SegmentedBundle(Bundle(document, (content,)), segment(document.text))
    _, files, losses = write(BRAT, [item])
    lost = {one.record for one in losses}
    bundles, problems = read(BRAT, files)
    assert problems == []
    if not lost:  # an entity of a set without annotations has no line to be beside
        assert told(bundles[0].sets[0].annotations) == told(content.annotations)


def test_an_entity_needs_an_annotation_to_be_beside():
    _, _, losses = write(BRAT, [bundle("a", "وشە", Entity(RecordId("E1"), "PER", "کەس"))])
    assert [(one.record, one.kind) for one in losses] == [("E1", LossKind.ENTITY)]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_pieces_that_only_line_feeds_keep_apart_stay_apart(gap):
    text = f"ئەحمەد{gap}هات"
    apart = Fragments((Span(0, 6), Span(6 + len(gap), len(text))))
    item = bundle("a", text, Mention(RecordId("T1"), "PER", apart))
    one, two = (
        bundle("a", text, Mention(RecordId("T1"), "PER", place))
        for place in (apart, Fragments.at(0, len(text)))
    )
    assert item.bundle.document.text == text
    for wanted in (one, two):
        bundles, problems = read(BRAT, files_of(wanted))
        assert problems == []
        assert told(bundles[0].sets[0].annotations) == told(wanted.bundle.sets[0].annotations)
