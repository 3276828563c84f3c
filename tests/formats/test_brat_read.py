"""brat files of others: proved against their text, counted anew where that is needed."""

import io

import pytest

from annotator.core.annotations import MentionTarget, Polarity, QuoteTarget, SpanTarget
from annotator.formats.base import Bundle, ReadOptions
from annotator.formats.brat_write import BRAT
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError

TEXT = "😀 ئازاد لە هەولێر  بوو\nدوێنێ گەڕایەوە"


def bound(identifier, kind, *words, text=TEXT, count=len):
    """A line for these words, with offsets that `count` measures in what is before them."""
    pairs, start = [], 0
    for word in words:
        start = text.index(word, start)
        pairs.append(f"{count(text[:start])} {count(text[: start + len(word)])}")
        start += len(word)
    return f"{identifier}\t{kind} {';'.join(pairs)}\t{' '.join(words)}"


def read(*lines, text=TEXT, name="a.ann", **files):
    """The document and what was told of a file with these lines."""
    stored = text if isinstance(text, bytes) else text.encode()
    beside = {"a.txt": stored, **{key.replace("_", "."): value for key, value in files.items()}}
    data = "\n".join((*lines, "")).encode()
    found = list(BRAT.read(io.BytesIO(data), ReadOptions(name, beside=beside.get)))
    [bundle] = [one for one in found if isinstance(one, Bundle)]
    told = [one for one in found if not isinstance(one, Bundle)]
    for one in told:
        assert load_catalogue("ckb").text(one.key, **one.values)
    return bundle, told


def mentions(bundle):
    text = bundle.document.text
    return [(one.label, one.fragments.of(text)) for one in bundle.sets[0].annotations.mentions()]


def test_a_file_of_others():
    bundle, told = read(
        bound("T1", "Person", "ئازاد"),
        bound("T2", "Being", "بوو", "گەڕایەوە"),
        bound("T3", "Place", "هەولێر"),
        bound("T4", "Person", "گەڕایەوە"),
        "E1\tBeing:T2 Theme:T1 Theme2:T4 Where3:T3 Cause:E2",
        "E2\tBeing:T2 ",
        "",
        "A1\tNegation E1",
        "M1\tPolarity E2 negative",
        "A2\tPolarity E1 maybe",
        "A3\tSize T3 very  big ",
        "*\tEquiv T1 T4",
        "N1\tReference T3 Wikidata:Q1 Q2\tHewlêr",
        "N2\tReference T3 Wikidata:Q9\tHewlêr",
        "N3\tReference T1 GeoNames:7",
        "#1\tAnnotatorNotes T3\tone",
        "#2\tAnnotatorNotes T3\ttwo",
        "#3\tAnnotatorNotes T3",
        "#4\tNishan T3\t[]",
        "#5\tNishan T3\t{",
    )
    assert told == []
    annotations = bundle.sets[0].annotations
    person, place, again = annotations.mentions()
    assert mentions(bundle)[:2] == [("Person", "ئازاد"), ("Place", "هەولێر")]
    assert person.entity == again.entity
    assert [(one.label, one.name, one.kb) for one in annotations.entities()] == [
        ("Person", "ئازاد", (("GeoNames", "7"),)),
        ("Place", "هەولێر", (("Wikidata", "Q1 Q2"),)),
    ]
    assert place.attrs == (
        ("AnnotatorNotes", "one\ntwo"), ("Nishan", "[]\n{"), ("Size", "very  big"),
    )  # fmt: skip
    first, second = annotations.events()
    assert [(one.role, type(one.target).__name__) for one in first.arguments] == [
        ("Theme", "MentionTarget"), ("Theme", "MentionTarget"), ("Where3", "MentionTarget"),
        ("Cause", "EventTarget"),
    ]  # fmt: skip
    assert (first.attrs, first.polarity) == ((("Polarity", "maybe"),), Polarity.NEGATIVE)
    assert (first.trigger, second.polarity) == (second.trigger, Polarity.NEGATIVE)


def utf_16(text):
    return len(text.encode("utf-16-le")) // 2


def in_bytes(text):
    return len(text.encode())


@pytest.mark.parametrize(("count", "unit"), [(utf_16, "UTF-16"), (in_bytes, "UTF-8")])
def test_offsets_in_other_units_are_proved_and_counted_anew(count, unit):
    bundle, [told] = read(bound("T1", "GPE", "هەولێر", "دوێنێ", count=count))
    assert mentions(bundle) == [("GPE", "هەولێر دوێنێ")]
    assert (told.key, told.values, told.is_refusal) == ("formats.recounted", {"unit": unit}, False)


def test_a_file_without_annotations_is_an_article():
    bundle, told = read()
    assert (told, len(bundle.sets[0].annotations)) == ([], 0)


CRLF = TEXT.replace("\n", "\r\n")


def test_crlf_counts_two_as_in_brat_itself():
    lines = (
        bound("T1", "A", "گەڕایەوە", text=CRLF),
        bound("T2", "B", "هەولێر  بوو\r\nدوێنێ", text=CRLF),
    )
    bundle, [told] = read(*(line.replace("\r\n", " ") for line in lines), text=CRLF)
    assert mentions(bundle) == [("A", "گەڕایەوە"), ("B", "هەولێر  بوو\nدوێنێ")]
    assert (told.key, told.is_refusal) == ("formats.recounted_lines", False)
    assert bundle.document.source.newline == "crlf"


def test_crlf_counts_one_for_who_reads_it_as_text():
    bundle, told = read(bound("T1", "A", "گەڕایەوە"), text=CRLF)
    assert (mentions(bundle), told) == ([("A", "گەڕایەوە")], [])


def test_a_bom_that_is_counted_and_one_that_is_not():
    with_bom = "\ufeff" + CRLF
    bundle, [told] = read(bound("T1", "A", "گەڕایەوە", text=with_bom), text=with_bom)
    assert (mentions(bundle), told.key) == ([("A", "گەڕایەوە")], "formats.recounted")
    bundle, told = read(bound("T1", "A", "گەڕایەوە"), text="\ufeff" + TEXT)
    assert (mentions(bundle), told) == ([("A", "گەڕایەوە")], [])


def test_a_piece_that_is_only_a_bom_or_half_a_line_end_is_refused():
    with_bom = "\ufeff" + CRLF
    at = with_bom.index("\r")
    bundle, told = read(
        bound("T1", "A", "گەڕایەوە", text=with_bom), "T2\tB 0 1\t\ufeff", f"T3\tC {at} {at + 1}\t",
        f"T4\tD {at + 1} {at + 2}\t ", text=with_bom,
    )  # fmt: skip
    assert mentions(bundle) == [("A", "گەڕایەوە")]
    assert [one.values.get("annotation") for one in told] == [None, "T2", "T3", "T4"]


def test_what_the_text_does_not_prove_is_refused_and_the_rest_comes():
    bundle, told = read(
        bound("T1", "A", "ئازاد"),
        "T2\tB 0 1\tx",
        "T3\tB 90 99\t" + "x" * 99,
        "T4\tB 3 3\t",
        bound("T5", "Quote", "هەولێر"),
        "A1\tQuoteType T5 direct",
        "R1\tSpeaker Arg1:T5 Arg2:T2",
        "R2\tWithin Arg1:T5 Arg2:T1",
        "R3\tLikes Arg1:T1 Arg2:T5",
        "A2\tSure R3",
        "#1\tAnnotatorNotes R3\tnot sure",
        "E1\tGo:T2 Who:T1",
        "E2\tGo:T1 Who:T2 Why:E1 What:T5 Whom:T8",
    )
    problems = [(one.line, one.key.partition(".")[2], one.is_refusal) for one in told]
    assert problems == [
        (2, "span_differs", True), (3, "span_differs", True), (4, "span_differs", True),
        (7, "brat_no_target", True), (12, "brat_no_target", True), (13, "brat_no_target", True),
        (13, "brat_no_target", True), (13, "brat_no_target", True),
        *[(None, "kind_not_held", False)] * 4,
    ]  # fmt: skip
    assert told[1].values["told"] == "x" * 60 + "…"
    assert told[1].values["found"] == "–"
    assert [one.values["kind"] for one in told[-4:]] == [
        "AnnotatorNotes",
        "Likes",
        "Sure",
        "Within",
    ]
    [event] = bundle.sets[0].annotations.events()
    assert [type(one.target) for one in event.arguments] == [QuoteTarget]


BAD = [
    "x", "T1", "T1\tPER 1 2", "T1 PER 1 2\tx", "T1\tPER 1\tx", "T1\tPER 1 -2\tx", "E1\tGo",
    "E1\tGo:", "E1\tGo:T1 x", "R1\tLikes T1 T2", "*\tLikes T1", "A1\tSure", "N1\tReference T1 Q1",
    "#1\tNote",    "T٣\tPER 1 2\tx", "T1\tPER 9999999999 99999999999\tx",
]  # fmt: skip


@pytest.mark.parametrize("line", BAD)
def test_a_line_that_is_none_is_told(line):
    bundle, [told] = read(line, bound("T9", "A", "ئازاد"))
    assert (told.key, told.line, told.values["text"]) == ("formats.brat_line", 1, line)
    assert len(mentions(bundle)) == 1


def test_a_long_line_is_told_by_its_beginning():
    _, [told] = read("x" * 100)
    assert told.values["text"] == "x" * 80 + "…"


def test_what_is_there_twice_comes_once():
    line = bound("T1", "A", "ئازاد")
    bundle, told = read(line, line, "E1\tGo:T1", "E1\tGo:T1")
    assert [one.key for one in told] == ["formats.brat_twice"] * 2
    assert len(bundle.sets[0].annotations) == 1


def test_without_its_text_nothing_can_be_read():
    with pytest.raises(UserError) as error:
        list(BRAT.read(io.BytesIO(b""), ReadOptions("/x/a.ann")))
    assert (error.value.key, error.value.values["name"]) == ("formats.no_file_beside", "a.txt")
    assert load_catalogue("ckb").error(error.value)


def test_files_that_are_too_large_are_refused():
    for data, text in ((b"x" * 11, b"a"), (b"", b"a" * 11)):
        options = ReadOptions("a.ann", max_bytes=10, beside={"a.txt": text}.get)
        with pytest.raises(UserError) as error:
            list(BRAT.read(io.BytesIO(data), options))
        assert error.value.key == "formats.too_large"


def test_control_characters_and_warnings_of_the_text():
    with pytest.raises(UserError):
        read("T1\tA\x01 0 1\t😀")
    _, [told] = read(text="a\u202eb")
    assert told.key == "formats.warning_bidi"


def test_names_are_those_of_the_configuration_beside():
    conf = (
        b'#: type A = "\xd8\xa6"\r\n#: part Who = "Who.Is"\n#: type B = "x\\u0000"\n'
        b'#: type C = "\\q"\n#: type D = ""\n#: type E = "\\ud800"\n[entities]\n'
    )
    names = [bound(f"T{number}", kind, "ئازاد") for number, kind in enumerate("ABCDE", 1)]
    bundle, told = read(*names, "E1\tA:T1 Who:T2", annotation_conf=conf)
    assert told == []
    assert [label for label, _ in mentions(bundle)] == ["B", "C", "D", "E"]
    [event] = bundle.sets[0].annotations.events()
    assert (event.type, event.arguments[0].role) == ("ئ", "Who.Is")


def test_a_configuration_that_is_too_large_is_not_read():
    beside = {"a.txt": b"a", "annotation.conf": b'#: type A = "B"\n'}
    options = ReadOptions("a.ann", max_bytes=10, beside=beside.get)
    bundle = list(BRAT.read(io.BytesIO(b"T1\tA 0 1\ta"), options))[-1]
    assert mentions(bundle) == [("A", "a")]


HOSTILE = [
    '{"spans":[[5,3]],"head":[1,2,3],"attrs":[1],"entity":{"id":1},"entities":7}',
    '{"spans":[[2,5],[4,7]],"head":[0,1],"attrs":{"":"x","a":1},"entity":"x","entities":["x"]}',
    '{"spans":[[0,7]],"head":"x","cluster":5,"entity":{"id":"E1","label":"","name":""}}',
    '{"spans":"x","entity":{"id":"E1","label":"L","name":"","kb":[["a"],"b",7]},"refers":["E1"]}',
    '{"entity":{"id":"E1","label":"L","name":"","kb":5}}',
]


@pytest.mark.parametrize("note", HOSTILE)
def test_notes_of_the_wrong_shape_do_no_harm(note):
    bundle, told = read(bound("T1", "PER", "ئازاد"), f"#1\tNishan T1\t{note}")
    assert (told, mentions(bundle)) == ([], [("PER", "ئازاد")])
    assert next(bundle.sets[0].annotations.mentions()).fragments.head is None


HUGE = "99999999999999999999"
WRONG = [
    f'{{"implicit":[[{HUGE},"R","E1"]],"addressees":[[{HUGE},"E1"]]}}',
    '{"implicit":5,"speaker":"E9","addressees":5,"cluster":""}',
    '{"implicit":[[0,"","E1"],[-1,"R","E1"],["R"],[0,"R","E9"],7],"speaker":5,"addressees":[7,[1,"E9"]]}',
]


@pytest.mark.parametrize("note", WRONG)
def test_implicit_ones_of_the_wrong_shape_are_left_out(note):
    bundle, told = read(
        bound("T1", "Quote", "ئازاد"), "A1\tQuoteType T1 mixed", bound("T2", "Go", "بوو"),
        "E1\tGo:T2", f"#1\tNishan T1\t{note}", f"#2\tNishan E1\t{note}",
        '#3\tNishan T2\t{"entity":{"id":"E1","label":"PER","name":"x"}}',
    )  # fmt: skip
    [event], [quote] = bundle.sets[0].annotations.events(), bundle.sets[0].annotations.quotes()
    assert (told, event.arguments, quote.speaker.who, quote.addressees) == ([], (), None, ())


def test_what_comes_twice_where_one_has_a_place_is_told():
    bundle, told = read(
        bound("T1", "Quote", "ئازاد"), "A1\tQuoteType T1 direct", bound("T2", "Cue", "لە"),
        bound("T3", "Cue", "بوو"), bound("T4", "PER", "هەولێر"), bound("T5", "PER", "دوێنێ"),
        bound("T6", "Quote", "ئازاد"), "A2\tQuoteType T6 direct", "A3\tQuoteType T6 mixed",
        bound("T7", "Quote", "😀 ئازاد"), "A4\tQuoteType T7 mixed",
        "R1\tHasCue Arg1:T1 Arg2:T2", "R2\tHasCue Arg1:T1 Arg2:T3",
        "R3\tSpeaker Arg1:T1 Arg2:T4", "R4\tSpeaker Arg1:T1 Arg2:T5",
        "R5\tWithin Arg1:T1 Arg2:T6", "R6\tWithin Arg1:T1 Arg2:T7",
        "A5\tcolour T4 red", "A6\tcolour T4 blue", "A7\tcolour T4 blue", "A8\tcolour T5 red",
    )  # fmt: skip
    quote = next(bundle.sets[0].annotations.quotes())
    assert (quote.cue.of(TEXT), quote.speaker.who, quote.parent) == (
        "لە", MentionTarget("T1"), "Q2",
    )  # fmt: skip
    assert [(one.key, one.values["kind"], one.values["count"]) for one in told] == [
        ("formats.kind_not_held", kind, 1)
        for kind in ("HasCue", "QuoteType", "Speaker", "Within", "colour")
    ]


def test_quotes_never_stand_in_themselves():
    quotes = [bound(f"T{number}", "Quote", "ئازاد") for number in (1, 2, 3)]
    kinds = [f"A{number}\tQuoteType T{number} mixed" for number in (1, 2, 3)]
    within = [f"R{one}\tWithin Arg1:T{one} Arg2:T{one % 3 + 1}" for one in (1, 2, 3)]
    bundle, [told] = read(*quotes, *kinds, *within)
    parents = [one.parent for one in bundle.sets[0].annotations.quotes()]
    assert parents == ["Q2", "Q3", None]
    assert (told.key, told.values["kind"]) == ("formats.kind_not_held", "Within")


def test_types_of_ours_without_their_part_are_mentions():
    bundle, told = read(
        bound("T1", "Quote", "ئازاد"), bound("T2", "Cue", "بوو"), bound("T3", "FreeSpan", "لە"),
        bound("T4", "Cue", "هەولێر"), bound("T5", "Go", "دوێنێ"), "E1\tGo:T5 A:T2 B:T3",
    )  # fmt: skip
    assert [label for label, _ in mentions(bundle)] == ["Quote", "Cue", "Cue"]
    [event] = bundle.sets[0].annotations.events()
    assert [type(one.target) for one in event.arguments] == [MentionTarget, SpanTarget]
    assert told == []
