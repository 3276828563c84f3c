"""Reading gold: records become values, one bad record costs no other, and nothing is lost."""

import codecs
import io
import json

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from annotator.core.annotations import (
    Argument,
    Coverage,
    Entity,
    Event,
    EventTarget,
    Evidence,
    ImplicitTarget,
    Mention,
    MentionLevel,
    MentionTarget,
    Polarity,
    Quote,
    QuoteTarget,
    QuoteType,
    Realis,
    SetStatus,
    SpanTarget,
    Speaker,
    SpeakerForm,
    StatusRecord,
)
from annotator.core.ids import PREFIXES, Layer, RecordId
from annotator.core.provenance import Origin, Provenance
from annotator.core.span import Fragments, Span
from annotator.formats.base import Bundle, ImportProblem, ReadOptions, SetContent
from annotator.formats.gold_read import is_plain, read_gold, read_gold_file
from annotator.formats.gold_record import build_record, canonical_bytes
from annotator.formats.gold_schema import load_gold_schema
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError
from tests.builders import annotation_set
from tests.formats.gold_samples import (
    CONTEXT,
    STATUS,
    TEXT,
    document,
    full_bundle,
    header,
    split,
)

SCHEMA = load_gold_schema()
SEGMENTATION = split(TEXT)


def record_of(bundle, context=CONTEXT):
    return build_record(bundle.document, bundle.sets[0], split(bundle.document.text), context)


RECORD = record_of(full_bundle())
LINE = canonical_bytes(RECORD)


def read(*records, source="x.jsonl"):
    lines = [r if isinstance(r, bytes) else canonical_bytes(r) for r in records]
    return list(read_gold(lines, source=source, schema=SCHEMA))


def unordered(bundle):
    """The bundle with arguments in the order of the record; their order is not part of a set."""
    records = [
        replace(record, arguments=tuple(sorted(record.arguments, key=repr)))
        if isinstance(record, Event)
        else record
        for record in bundle.sets[0].annotations.records.values()
    ]
    return replace(bundle, sets=(SetContent(bundle.sets[0].header, annotation_set(*records)),))


def test_a_record_with_every_kind_of_target_comes_back_as_the_same_values():
    bundle = full_bundle(title="سەردێڕ", author="نووسەر", split="dev")
    [again] = read(record_of(bundle))
    assert unordered(again) == unordered(bundle)
    assert record_of(again) == record_of(bundle)


def test_the_source_of_an_import_is_its_file_name():
    [bundle] = read(LINE, source="C:\\data\\gold.jsonl")
    records = bundle.sets[0].annotations.records
    assert records["T10"].provenance == Provenance(Origin.IMPORT, "gold.jsonl")


def test_new_annotations_get_numbers_after_those_read():
    [bundle] = read(LINE)
    numbers = bundle.sets[0].annotations.last_numbers
    told = {layer: numbers[layer] for layer in PREFIXES if layer is not Layer.DECISION}
    assert told == {Layer.ENTITY: 10, Layer.MENTION: 10, Layer.EVENT: 2, Layer.QUOTE: 3}


def test_missing_times_and_optional_keys_are_read_as_unknown():
    told = json.loads(LINE)
    told["provenance"] = {}
    for key in ("source_file", "source_encoding", "source_newline", "source_bom", "title"):
        del told["doc"][key]
    for key in ("adjudicator", "derived_from"):
        del told["set"][key]
    told["set"]["layers"] = {"events": "complete"}
    for item in (*told["mentions"], *told["entities"]):
        for key in ("attrs", "head", "kb"):
            item.pop(key, None)
    [bundle] = read(told)
    [content] = bundle.sets
    assert (content.header.created, content.header.modified) == ("", "")
    assert (content.header.adjudicator, content.header.derived_from) == (None, ())
    assert (bundle.document.source.file, bundle.document.source.encoding) == (None, "utf-8")
    assert content.annotations.status == StatusRecord(
        SetStatus.APPROVED, Coverage.PARTIAL, Coverage.COMPLETE, Coverage.PARTIAL
    )
    assert record_of(bundle)["provenance"]["created"] is None


def test_a_bad_record_is_told_once_and_does_not_cost_the_others():
    damaged = json.loads(LINE)
    damaged["doc_id"] = "d2"
    for mention in damaged["mentions"]:
        mention["text"] = "x"
    first, problem, last = read(LINE, damaged, b"\n", {**RECORD, "doc_id": "d3"})
    assert (first.document.id, last.document.id) == ("d1", "d3")
    assert problem == ImportProblem(
        "x.jsonl",
        "formats.check_span_text",
        {
            "document": "d2",
            "annotation": "T4",
            "place": "mentions[0]",
            "told": "x",
            "found": "ئازاد نەورۆز",
        },
        line=2,
    )


def test_wrongly_nested_quotes_and_normalisation_are_left_to_people():
    told = json.loads(LINE)
    told["normalization"]["edits"] = [[9, 3, ""]]
    told["quotes"][2]["parent"] = "Q3"
    note, bundle = read(told)
    assert (note.key, note.values["place"], note.is_refusal) == (
        "formats.gold_not_held",
        "normalization.edits",
        False,
    )
    assert bundle.sets[0].annotations.quote("Q2").parent == "Q3"


def test_keys_of_a_later_minor_version_are_left_out_with_a_note():
    told = json.loads(LINE)
    told["version"] = "1.3.0"
    told["later"] = {"x": 1}
    told["mentions"][1]["later"] = 1
    told["events"][0]["trigger"]["later"] = None
    told["quotes"][1]["cue"]["later"] = []
    told["doc"]["later"] = "x"
    *notes, bundle = read(told)
    assert unordered(bundle) == unordered(full_bundle())
    assert [(note.key, note.values["place"]) for note in notes] == [
        ("formats.gold_later_key", place)
        for place in (
            "later",
            "mentions[1].later",
            "events[0].trigger.later",
            "quotes[1].cue.later",
            "doc.later",
        )
    ]
    assert not any(note.is_refusal for note in notes)


def test_what_the_program_cannot_hold_is_noted():
    told = json.loads(LINE)
    told["relations"] = told["flags"] = told["notes"] = [{"x": 1}]
    told["tokens"][0]["norm"] = "x"
    told["text_info"]["unicode"] = "nfc"
    told["doc"]["script"] = "Latn"
    told["doc"]["direction"] = "ltr"
    *notes, bundle = read(told)
    assert isinstance(bundle, Bundle)
    assert [note.values for note in notes] == [
        {"document": "d1", "place": place}
        for place in (
            "relations",
            "flags",
            "notes",
            "tokens.norm",
            "text_info.unicode",
            "doc.script",
            "doc.direction",
        )
    ]
    for language in ("ckb", "en"):
        assert load_catalogue(language).text(notes[0].key, **notes[0].values)


def test_a_whole_number_written_as_a_fraction_is_read_with_a_note():
    note, bundle = read(LINE.replace(b'"start":2,', b'"start":2.0,'))
    assert note.key == "formats.gold_mended"
    assert note.values["count"] == LINE.count(b'"start":2,')
    assert unordered(bundle) == unordered(full_bundle())
    assert load_catalogue("ckb").text(note.key, **note.values)


FILES = {
    "lines": (LINE + canonical_bytes({**RECORD, "doc_id": "d2"}), ["d1", "d2"]),
    "one line": (LINE, ["d1"]),
    "BOM and CRLF": (b"\xef\xbb\xbf" + (LINE + LINE).replace(b"\n", b"\r\n"), ["d1", "d1"]),
    "one object": (json.dumps(RECORD, indent=1).encode(), ["d1"]),
    "array": (json.dumps([RECORD, RECORD]).encode(), ["d1", "d1"]),
    "nothing": (b"[]", []),
    "U+2028 in a string": (
        LINE.replace(b'"source_file":"x.txt"', '"source_file":"x\u2028y\u0085.txt"'.encode()),
        ["d1"],
    ),
}


@pytest.mark.parametrize(("data", "documents"), FILES.values(), ids=FILES)
def test_gold_files_come_as_lines_object_or_array(data, documents):
    read = read_gold_file(io.BytesIO(data), ReadOptions("x.json"))
    assert [bundle.document.id for bundle in read] == documents


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_gold_in_utf_16_is_told_once(order):
    line = json.dumps(RECORD, ensure_ascii=False)
    data = f"\ufeff{line}\n{line}\n".encode(order)
    note, *bundles = read_gold_file(io.BytesIO(data), ReadOptions("x.jsonl"))
    assert (note.key, note.is_refusal) == ("formats.warning_utf_16", False)
    assert [unordered(bundle) for bundle in bundles] == [unordered(full_bundle())] * 2


def test_characters_to_know_of_are_told_like_those_of_other_texts():
    text = TEXT.replace(" ", "\u00ad", 1)
    bundle = Bundle(document(text=text))
    content = SetContent(header(), annotation_set())
    note, _ = read(record_of(replace(bundle, sets=(content,))))
    assert (note.key, note.values["code"]) == ("formats.warning_invisible", "U+00AD")


def test_each_bad_record_of_an_array_is_told():
    data = json.dumps([1, RECORD, {"format": "ckb-gold"}, None]).encode()
    problems = list(read_gold_file(io.BytesIO(data), ReadOptions("x.json")))
    assert [getattr(p, "key", None) for p in problems] == [
        "formats.gold_not_gold",
        None,
        "formats.gold_version",
        "formats.gold_not_gold",
    ]


def test_a_line_or_file_past_the_limit_is_refused_before_it_is_held():
    for data in (LINE + LINE, json.dumps(RECORD, indent=1).encode()):
        options = ReadOptions("x.json", max_bytes=1000)
        with pytest.raises(UserError, match="too_large"):
            list(read_gold_file(io.BytesIO(data), options))


# --- any set there can be -------------------------------------------------------------------


names = st.from_regex(r"[A-Za-z][A-Za-z0-9_.-]{0,8}", fullmatch=True)
pairs = st.dictionaries(names, st.text(max_size=5), max_size=2).map(
    lambda d: tuple(sorted(d.items()))
)
clusters = st.none() | st.text(max_size=4)
words = st.sampled_from(SEGMENTATION.tokens)


@st.composite
def places(draw):
    spans = draw(st.lists(words, min_size=1, max_size=3))
    merged = Fragments.merged(spans)
    if draw(st.booleans()):
        return merged
    whole = draw(st.sampled_from(merged.spans))
    return replace(merged, head=Span(whole.start, draw(st.integers(whole.start + 1, whole.end))))


def ids(prefix, numbers):
    return [RecordId(f"{prefix}{number}") for number in numbers]


numbers = st.lists(st.integers(1, 10**9), max_size=3, unique=True)


@st.composite
def sets(draw):
    entities, mentions, events, quotes = (
        ids(prefix, draw(numbers)) for prefix in ("E", "T", "EV", "Q")
    )

    def maybe(known):
        return st.none() | st.sampled_from(known) if known else st.none()

    def parties(known):
        kinds = [st.builds(SpanTarget, places(), maybe(entities))]
        kinds += [st.builds(MentionTarget, st.sampled_from(mentions))] if mentions else []
        kinds += [st.builds(ImplicitTarget, st.sampled_from(entities))] if entities else []
        kinds += [st.builds(EventTarget, st.sampled_from(events))] if known and events else []
        kinds += [st.builds(QuoteTarget, st.sampled_from(quotes))] if known and quotes else []
        return st.one_of(kinds)

    records = [
        draw(st.builds(Entity, st.just(i), names, st.text(max_size=5), pairs)) for i in entities
    ]
    records += [
        draw(
            st.builds(
                Mention,
                st.just(i),
                names,
                places(),
                st.sampled_from(MentionLevel),
                maybe(entities),
                pairs,
            )
        )
        for i in mentions
    ]
    roles = st.sampled_from(["Participant", "Topic", "Place", "Other"])
    types = st.sampled_from(["Contact.Meet", "Contact.Negotiate", "Other"])
    arguments = st.lists(st.builds(Argument, roles, parties(True)), max_size=4).map(tuple)
    records += [
        draw(
            st.builds(
                Event,
                st.just(i),
                types,
                places(),
                arguments,
                st.sampled_from(Realis),
                st.sampled_from(Polarity),
                clusters,
                pairs,
            )
        )
        for i in events
    ]
    speakers = st.builds(
        Speaker,
        st.none() | parties(False),
        st.sampled_from(SpeakerForm),
        st.sampled_from(Evidence),
    )
    marks = st.lists(words, max_size=2, unique=True).map(lambda spans: tuple(sorted(spans)))
    records += [
        draw(
            st.builds(
                Quote,
                st.just(i),
                st.sampled_from(QuoteType),
                places(),
                marks,
                st.none() | places(),
                speakers,
                st.lists(parties(False), max_size=2).map(tuple),
                maybe(quotes),
                clusters,
                pairs,
            )
        )
        for i in quotes
    ]
    status = st.builds(
        StatusRecord,
        st.sampled_from(SetStatus),
        *[st.sampled_from(Coverage)] * 3,
    )
    return [*records, draw(status)]


@settings(max_examples=60, deadline=None)
@given(sets())
def test_any_set_is_written_soundly_and_read_back_as_it_was(records):
    imported = Provenance(Origin.IMPORT, "x.jsonl")
    records = [r if isinstance(r, StatusRecord) else replace(r, provenance=imported)
               for r in records]  # fmt: skip
    bundle = Bundle(document(), (SetContent(header(), annotation_set(*records)),))
    record = record_of(bundle)
    assert list(SCHEMA.violations(record)) == []
    line = canonical_bytes(record)
    [again] = read(line)
    assert unordered(again) == unordered(bundle)
    assert canonical_bytes(record_of(again)) == line


def test_the_status_of_the_sample_is_the_one_recorded():
    [bundle] = read(LINE)
    assert bundle.sets[0].annotations.status == STATUS


def line_with(**changes):
    return canonical_bytes({**record_of(full_bundle()), **changes})


PLAIN = line_with()
ODD = "ناو\ufffdی تر"
WARNED = canonical_bytes(
    record_of(Bundle(document(text=ODD), (SetContent(header(), annotation_set()),)))
)


@pytest.mark.parametrize("data", [PLAIN, json.dumps(json.loads(PLAIN), indent=1).encode()])
def test_what_there_is_nothing_to_tell_of_is_plain(data):
    assert is_plain(data, SCHEMA)
    [bundle] = read_gold([PLAIN])
    options = ReadOptions("", proved=lambda chunks: ((chunk, True) for chunk in chunks))
    assert list(read_gold_file(io.BytesIO(data), options)) == [bundle]


@pytest.mark.parametrize(
    "data",
    [
        WARNED,
        line_with(version="2.0.0"),
        line_with(format="other"),
        line_with(doc_id=""),
        line_with(mentions=[]),
        line_with(notes=[{"text": "a", "author": "b"}]),
        b"[" + PLAIN + b"," + PLAIN + b"]",
        b"[]",
        b"{",
        PLAIN.decode().encode("utf-16"),
    ],
)
def test_of_what_is_not_plain_there_is_something_to_tell(data):
    assert not is_plain(data, SCHEMA)
    items = list(read_gold_file(io.BytesIO(data), ReadOptions("")))
    assert len(items) != 1 or isinstance(items[0], ImportProblem)


@pytest.mark.parametrize(
    "data", [b"[" + PLAIN + b"]", b" [" + PLAIN + b"]", codecs.BOM_UTF8 + PLAIN]
)
def test_what_is_a_record_for_this_reader_only_is_not_plain(data):
    assert not is_plain(data, SCHEMA)
    assert list(read_gold_file(io.BytesIO(data), ReadOptions(""))) == list(read_gold([PLAIN]))
