"""CoNLL files become documents, and whatever is wrong in them is told with its line."""

import hashlib
import io

import pytest
from hypothesis import given, strategies as st
from seqeval.scheme import IOB1, IOB2, IOBES, Entities

from annotator.core.annotations import Coverage, Mention, SetStatus
from annotator.core.document import Metadata
from annotator.core.provenance import Origin, Provenance
from annotator.core.set_header import SetKind
from annotator.formats.base import Bundle, ReadOptions
from annotator.formats.conll_read import read_conll
from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from annotator.foundation.errors import UserError

CATALOGUES = [load_catalogue(language) for language in LANGUAGES]


def read(data, source="a.conll", **options):
    data = data.encode() if isinstance(data, str) else data
    items = list(read_conll(io.BytesIO(data), ReadOptions(source, **options)))
    problems = [item for item in items if not isinstance(item, Bundle)]
    for problem in problems:
        assert all(each.text(problem.key, **problem.values) for each in CATALOGUES)
    return [item for item in items if isinstance(item, Bundle)], problems


def mentions(bundle):
    [content] = bundle.sets
    return [
        (record.label, record.fragments.of(bundle.document.text))
        for record in content.annotations.mentions()
    ]


def told(problems):
    return [(one.key.removeprefix("formats."), one.line, one.is_refusal) for one in problems]


PLAIN = "ئازاد B-PER\nبارزانی I-PER\nلە O\nهەولێر B-GPE\n. O\n\nڕۆیشت O\n😀 O\nسنە B-GPE\n"


def test_tokens_are_joined_by_one_space_and_sentences_by_a_line_feed():
    [bundle], problems = read(PLAIN, "dir/a.b.conll")
    document = bundle.document
    assert document.text == "ئازاد بارزانی لە هەولێر .\nڕۆیشت 😀 سنە"
    assert (document.id, document.metadata) == ("a.b", Metadata())
    source = document.source
    assert (source.file, source.newline, source.has_bom) == ("a.b.conll", "lf", False)
    assert source.sha256 == hashlib.sha256(PLAIN.encode()).hexdigest()
    assert mentions(bundle) == [("PER", "ئازاد بارزانی"), ("GPE", "هەولێر"), ("GPE", "سنە")]
    assert problems == []


def test_a_document_has_one_set_of_nobody_in_particular():
    [bundle], _ = read(PLAIN)
    [content] = bundle.sets
    assert (content.header.kind, content.header.annotators) == (SetKind.ANNOTATOR, ())
    status = content.annotations.status
    assert (status.status, status.mentions) == (SetStatus.IN_PROGRESS, Coverage.PARTIAL)
    for record in content.annotations.mentions():
        assert isinstance(record, Mention)
        assert record.provenance == Provenance(Origin.IMPORT, "a.conll")


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        "\ufeff" + PLAIN,
        PLAIN.replace(" ", "\t"),
        PLAIN.replace(" ", "   "),
        PLAIN.replace(" ", " _ _ "),
        PLAIN.replace(" ", " -X- O "),
        PLAIN.replace("\n\n", "\n \t \n\n\n"),
        "\n\n" + PLAIN,
        "# sent_id = 3\n# text = x y z\n" + PLAIN,
        "-DOCSTART- O\n\n" + PLAIN,
        "-DOCSTART- -X- -X- O\n" + PLAIN,
    ],
)
def test_all_ways_to_lay_it_out_say_the_same(data):
    [bundle], problems = read(data)
    [wanted], _ = read(PLAIN)
    assert (bundle.document.text, mentions(bundle)) == (wanted.document.text, mentions(wanted))
    assert problems == []


def test_utf_16_is_read_and_told():
    [bundle], problems = read(PLAIN.encode("utf-16"))
    assert mentions(bundle)[0] == ("PER", "ئازاد بارزانی")
    assert told(problems) == [("warning_utf_16", None, False)]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("B-A I-A B-A O", [("A", "x0 x1"), ("A", "x2")]),
        ("S-A B-A E-A O", [("A", "x0"), ("A", "x1 x2")]),
        ("U-A B-A L-A O", [("A", "x0"), ("A", "x1 x2")]),
    ],
)
def test_schemes_are_recognised(tags, found):
    [bundle], problems = read("".join(f"x{n} {tag}\n" for n, tag in enumerate(tags.split())))
    assert mentions(bundle) == found
    assert problems == []


def test_iob1_is_recognised_by_the_whole_file_and_told_once():
    bundles, problems = read("# id 1\nx I-A\ny B-A\n\n# id 2\nx I-A\ny I-A\nz I-B\n")
    assert [mentions(one) for one in bundles] == [
        [("A", "x"), ("A", "y")],
        [("A", "x y"), ("B", "z")],
    ]
    assert told(problems) == [("conll_iob1", None, False)]


def test_a_document_that_tells_ends_says_nothing_of_the_others():
    bundles, problems = read("# id 1\nx I-A\n\n# id 2\nx B-A\ny E-A\n")
    assert [mentions(one) for one in bundles] == [[("A", "x")], [("A", "x y")]]
    assert told(problems) == [("conll_iob1", None, False)]


def test_of_a_file_that_is_both_only_what_is_iob2_is_read():
    bundles, problems = read("# id 1\nx I-A\n\n# id 2\nx B-A\ny I-A\n\n# id 3\nx S-A\n")
    assert [mentions(one) for one in bundles] == [[("A", "x y")], [("A", "x")]]
    assert told(problems) == [("conll_order", 2, True)]
    assert problems[0].values == {"tag": "I-A", "token": "x", "scheme": "IOB2"}


def test_labels_are_kept_as_they_are_written():
    [bundle], _ = read("x B-miscellaneous-کەس\n")
    assert mentions(bundle) == [("miscellaneous-کەس", "x")]


def test_spaces_inside_of_tokens_stay_where_tabs_part_the_columns():
    [bundle], _ = read("٢٢ ٩\tB-DATE\nx\u00a0y\tO\n")
    assert bundle.document.text == "٢٢ ٩ x\u00a0y"
    assert mentions(bundle) == [("DATE", "٢٢ ٩")]
    [bundle], _ = read("x\u00a0y\u2028z O\n")
    assert bundle.document.text == "x\u00a0y\u2028z"


@pytest.mark.parametrize("sign", ["\u00a0", ";"])
def test_other_signs_part_the_columns_where_there_are_neither_tabs_nor_spaces(sign):
    rows = ("ئازاد B-PER", "; O", "لە O")
    [bundle], problems = read("".join(f"{row.replace(' ', sign)}\n" for row in rows))
    assert (bundle.document.text, mentions(bundle)) == ("ئازاد ; لە", [("PER", "ئازاد")])
    assert problems == []
    [wide], _ = read(f"x{sign}NN{sign}B-PER\n")
    assert mentions(wide) == [("PER", "x")]
    assert told(read(f"x{sign}O\n;\n")[1]) == [("conll_columns", 2, True)]


def ids(bundles):
    return [one.document.id for one in bundles]


def test_documents_are_kept_apart():
    bundles, _ = read("-DOCSTART- O\n\nx O\n\n-DOCSTART- O\n\ny O\n\nz O\n")
    assert ids(bundles) == ["a-1", "a-2"]
    assert [one.document.text for one in bundles] == ["x", "y\nz"]
    bundles, _ = read("x O\n\n-DOCSTART- O\ny O\n")
    assert ids(bundles) == ["a-1", "a-2"]


@pytest.mark.parametrize(
    "mark", ["# id d7", "# id = d7", "# newdoc id = d7", "#  id  d7 domain=ckb", "# id\td7"]
)
def test_a_comment_gives_the_id(mark):
    bundles, problems = read(f"{mark}\nx O\n\n# id = d8\ny O\n")
    assert (ids(bundles), problems) == (["d7", "d8"], [])


def test_a_comment_may_name_what_a_token_begins():
    bundles, problems = read("-DOCSTART- O\n# id = d1\nx O\n-DOCSTART- O\n# id = d2\ny O\n")
    assert (ids(bundles), problems) == (["d1", "d2"], [])
    bundles, _ = read("# newdoc\nx O\n# newdoc\ny O\n")
    assert ids(bundles) == ["a-1", "a-2"]


def test_marks_are_found_in_files_put_one_behind_the_other():
    bundles, _ = read("-DOCSTART- O\n\nx O\n\n\ufeff-DOCSTART- O\n\ny O\n")
    assert [one.document.text for one in bundles] == ["x", "y"]
    bundles, _ = read("# id 1\n\ufeffx O\n")
    assert [one.document.text for one in bundles] == ["x"]


def test_a_name_that_is_no_id_becomes_one_and_stays_as_title():
    [bundle], _ = read("# id = هەواڵ\nx O\n")
    assert bundle.document.id.startswith("hewall-")
    assert bundle.document.metadata.title == "هەواڵ"


def test_words_that_begin_with_a_number_sign_are_words_where_they_have_a_tag():
    [bundle], problems = read("# O\n#کوردستان B-MISC\n# text = x O y\n# ئاگادار\nx O\n")
    assert bundle.document.text == "# #کوردستان x"
    assert (mentions(bundle), problems) == ([("MISC", "#کوردستان")], [])


def test_a_comment_before_everything_is_none_however_it_ends():
    [bundle], _ = read("# text = a b c d O\nx O\n")
    assert bundle.document.text == "x"


@pytest.mark.parametrize(
    ("rows", "key", "line"),
    [
        ("x O\ny\nz O\n", "conll_columns", 2),
        ("x\ny O\n", "conll_no_tag", 1),
        ("x O\ny _ O\n", "conll_columns", 2),
        ("x O\ny PER\n", "conll_tag", 2),
        ("x O\n\ny I-A\n", "conll_order", 3),
        ("x B-A\ny I-B\n", "conll_order", 2),
        ("x S-A\ny B-A\nz O\n", "conll_order", 3),
        ("x S-A\ny B-A\n", "conll_order", 2),
        ("x O\n\tO\n", "conll_no_token", 2),
        ("x O\ny\u0007 O\n", "conll_character", 2),
        ("x O\ny\x00 O\n", "conll_character", 2),
        ("1 x O\n2 y O\n\n1 z O\n", "conll_numbered", 0),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_costs_its_document_alone(rows, key, line):
    bundles, problems = read(f"# id 1\nx B-A\n\n# id 2\n{rows}\n# id 3\ny B-A\n")
    assert ids(bundles) == ["1", "3"]
    assert told(problems) == [(key, line + 4, True)]


def test_the_first_thing_wrong_is_told():
    _, problems = read("x O\ny Q\nz P\n")
    assert [(one.line, one.values) for one in problems] == [(2, {"tag": "Q"})]


def test_what_would_fill_the_memory_is_told(monkeypatch):
    monkeypatch.setattr("annotator.formats.conll_rows.MOST_TOKENS", 3)
    monkeypatch.setattr("annotator.formats.conll_rows.MOST_IN_LINE", 50)
    bundles, problems = read(
        "# id 1\n" + "x O" * 20 + "\n# id 2\n" + "x O\n" * 4 + "# id 3\n" + "x O\n" * 3
    )
    assert ids(bundles) == ["3"]
    assert told(problems) == [("conll_long_line", 2, True), ("conll_too_long", 7, True)]
    [bundle], problems = read(f"# text = {'x ' * 30}O\nx O\n")
    assert (bundle.document.text, problems) == ("x", [])


def test_documents_without_a_token_are_told_where_they_have_a_name():
    bundles, problems = read("# id 1\n\n# id 2\nx O\n\n# id 3\n")
    assert (ids(bundles), told(problems)) == (
        ["2"],
        [("conll_empty", 1, True), ("conll_empty", 6, True)],
    )
    assert read("-DOCSTART- O\n\n-DOCSTART- O\n\n") == ([], [])
    assert read("") == ([], [])
    assert read("\n# ئاگادار\n\n") == ([], [])


def test_a_document_that_comes_twice_is_told():
    bundles, problems = read("# id 1\nx O\n\n# id 1\ny O\n")
    assert [one.document.text for one in bundles] == ["x"]
    assert told(problems) == [("conll_twice", 4, True)]


def test_columns_that_are_left_out_are_told_once():
    bundles, problems = read("# id 1\nx NOUN B-NP O\n\n# id 2\ny ADV O O\n")
    assert ids(bundles) == ["1", "2"]
    assert told(problems) == [("conll_more_columns", None, False)]
    assert problems[0].values == {"count": 4}


def test_numbers_are_tokens_where_they_do_not_count():
    [bundle], problems = read("1 O\n2 O\n")
    assert (bundle.document.text, problems) == ("1 2", [])
    [bundle], _ = read("1 _ O\n")
    assert bundle.document.text == "1"


def test_warnings_about_a_text_come_before_it():
    [bundle], problems = read("# id 1\nx\u202e O\n")
    assert told(problems) == [("warning_bidi", 1, False)]
    assert bundle.document.text == "x\u202e"


def test_a_file_that_is_no_text_is_refused():
    with pytest.raises(UserError, match="bytes_invalid"):
        read(b"x O\n\xff O\n")
    stream = io.BytesIO(b"x O\n" * 100)
    with pytest.raises(UserError, match="too_large"):
        list(read_conll(stream, ReadOptions("a.conll", max_bytes=10)))
    assert stream.tell() == 11


def test_another_encoding_can_be_chosen():
    [bundle], _ = read("خبر O\n".encode("cp1256"), encoding="windows-1256")
    assert (bundle.document.text, bundle.document.source.encoding) == ("خبر", "windows-1256")


PIECES = st.sampled_from(
    ["x", "هەولێر", "#", "# id", "# id = 1", "-DOCSTART-", "O", "B-A", "I-A", "E-A", "S-B", "I-B",
     " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "_", "\ufeff", "\u2028", "\x00", "😀", "="]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_or_told(text):
    """Nothing but documents and problems, and every mention is words of its text."""
    bundles, problems = read(text)
    assert len(set(ids(bundles))) == len(bundles)
    for bundle in bundles:
        assert bundle.document.text.strip()
        for _, words in mentions(bundle):
            assert words
            assert "\n" not in words
    assert all(problem.line for problem in problems if problem.is_refusal)


ROWS = st.lists(
    st.lists(st.sampled_from(["O", "B-A", "I-A", "B-B", "I-B", "E-A", "S-A"]), max_size=5),
    max_size=3,
)


@given(ROWS)
def test_tags_are_read_as_a_strict_evaluator_reads_them_or_not_at_all(sentences):
    text = "\n".join("".join(f"x {tag}\n" for tag in tags) for tags in sentences)
    bundles, problems = read(text)
    if any(problem.is_refusal for problem in problems):
        assert bundles == []
        return
    is_iob1 = bool(problems)
    is_closed = any(tag[0] in "ES" for tags in sentences for tag in tags)
    scheme = IOB1 if is_iob1 else IOBES if is_closed else IOB2
    wanted = [
        (one.tag, " ".join(["x"] * (one.end - one.start)))
        for entities in Entities([tags for tags in sentences if tags], scheme).entities
        for one in entities
    ]
    assert [one for bundle in bundles for one in mentions(bundle)] == wanted
