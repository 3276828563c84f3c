"""doccano files of both shapes, good and bad."""

import json

import pytest

from annotator.core.annotations import Argument, MentionTarget
from annotator.core.document import Metadata
from annotator.formats.doccano_write import DOCCANO
from annotator.formats.label_studio_write import LABEL_STUDIO
from annotator.formats.prodigy_write import PRODIGY
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError
from tests.formats.foreign_files import lines, read_bytes, said, told

TEXT = "ئازاد گەیشتە هەولێر"


def read(*records, **options):
    return read_bytes(DOCCANO, lines(*records), "in/a.jsonl", **options)


@pytest.mark.parametrize("name", ["label", "labels"])
def test_triples_become_mentions(name):
    record = {"id": 7, "text": TEXT, name: [[0, 5, "PER"], [13, 19, "شوێن"]], "title": "ناو"}
    (bundle,), problems = read(record)
    assert said(bundle) == [("T1", "PER", "ئازاد"), ("T2", "شوێن", "هەولێر")]
    assert (bundle.document.id, bundle.document.metadata) == ("a-000001", Metadata("ناو"))
    assert problems == []


def test_spans_with_relations_become_events_where_their_label_says_so():
    record = {
        "text": TEXT,
        "doc_id": "d-1",
        "entities": [
            {"id": 11, "label": "PER", "start_offset": 0, "end_offset": 5},
            {"id": 12, "label": "event:Visit", "start_offset": 6, "end_offset": 12},
        ],
        "relations": [
            {"id": 1, "from_id": 12, "to_id": 11, "type": "Visitor"},
            {"id": 2, "from_id": 11, "to_id": 12, "type": "takes part"},
        ],
        "Comments": [],
    }
    (bundle,), problems = read(record)
    assert said(bundle) == [("T1", "PER", "ئازاد"), ("EV1", "Visit", "گەیشتە")]
    arguments = bundle.sets[0].annotations.event("EV1").arguments
    assert arguments == (Argument("Visitor", MentionTarget("T1")),)
    assert bundle.document.id == "d-1"
    assert told(problems) == ["(foreign_arrows)"]
    assert problems[0].values == {"count": 1, "labels": "takes part", "document": "d-1"}


def test_records_without_a_place_for_annotations_are_documents_alone():
    (first, second), problems = read({"text": TEXT}, {"data": TEXT, "label": "sport"})
    assert (first.sets, second.sets, problems) == ((), (), [])


@pytest.mark.parametrize(
    "bad", [[0, 5], 3, [0, 5, ""], [0, 5, 3], ["0", 5, "PER"], [0.5, 5, "PER"], [True, 5, "PER"]]
)
def test_a_bad_triple_does_not_cost_the_others(bad):
    (bundle,), problems = read({"text": TEXT, "label": [bad, [0, 5, "PER"]]})
    assert said(bundle) == [("T1", "PER", "ئازاد")]
    assert (told(problems), problems[0].values["annotation"]) == (["foreign_unreadable"], "1")


def test_bad_spans_and_relations_do_not_cost_the_others():
    good = {"id": 1, "label": "PER", "start_offset": 0, "end_offset": 5}
    record = {
        "text": TEXT,
        "entities": [3, good, good, {**good, "id": 2, "end_offset": 99}, {**good, "label": None}],
        "relations": [{"from_id": 1, "to_id": 1}, None, {"from_id": 1, "to_id": 5, "type": "x"}],
    }
    (bundle, other), problems = read(record, {"text": TEXT, "entities": {}, "relations": 3})
    assert (said(bundle), said(other)) == ([("T1", "PER", "ئازاد")], [])
    assert told(problems) == [
        "foreign_unreadable",
        "foreign_unreadable",
        "foreign_unreadable",
        "foreign_unreadable",
        "foreign_twice",
        "foreign_outside",
        "(foreign_arrows)",
    ]


def test_records_without_text_and_texts_that_are_never_stored_are_refused():
    bundles, problems = read(
        {"text": 3}, {"label": []}, {"text": " "}, {"text": "a\0"}, {"text": "a\x01"}, {"text": "a"}
    )
    assert [bundle.document.text for bundle in bundles] == ["a"]
    assert told(problems) == [
        "foreign_no_text",
        "foreign_no_text",
        "foreign_text_empty",
        "foreign_text_nul",
        "foreign_text_control",
    ]
    assert [problem.line for problem in problems] == [1, 2, 3, 4, 5]


def test_offsets_that_nothing_proves_are_told():
    record = {"text": "😀 " + TEXT, "label": [[2, 5, "PER"]]}
    (bundle,), problems = read(record)
    assert said(bundle) == [("T1", "PER", "ئاز")]
    assert told(problems) == ["(foreign_unproved)"]


def test_older_exports_count_utf_16_units_which_the_edges_of_words_show():
    record = {"text": "😀 " + TEXT, "label": [[3, 8, "PER"]]}
    (bundle, later), problems = read(record, {**record, "label": [[3, 7, "PER"]]})
    assert (said(bundle), said(later)) == ([("T1", "PER", "ئازاد")], [("T1", "PER", "ئازا")])
    assert told(problems) == ["(foreign_by_words)"] * 2


def test_line_ends_are_counted_anew():
    record = {"text": "یەک\r\nدوو", "label": [[5, 8, "X"]]}
    (bundle,), problems = read(record)
    assert said(bundle) == [("T1", "X", "دوو")]
    assert bundle.document.source.newline == "crlf"
    assert told(problems) == ["(foreign_line_ends)"]


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(UserError):
        read({"text": TEXT}, max_bytes=8)
    bundles, problems = read_bytes(DOCCANO, b'{"text":}\n' + json.dumps({"text": "a"}).encode())
    assert (len(bundles), told(problems)) == (1, ["json_syntax"])


def test_what_is_said_of_the_whole_text_is_told():
    triple = {"text": TEXT, "entities": [[0, 5, "PER"], [0, 5]], "cats": ["news", "sport"]}
    bundles, problems = read(
        triple,
        {"text": TEXT, "label": ["news"], "Comments": ["بڕوانە\nئەمە " * 9]},
        {"text": TEXT, "label": [[0, 5, "PER"], "news"], "Comments": []},
    )
    assert [said(bundle) for bundle in bundles if bundle.sets] == [[("T1", "PER", "ئازاد")]] * 2
    assert told(problems) == [
        "(foreign_fields)", "foreign_unreadable", "(foreign_fields)", "(foreign_fields)",
    ]  # fmt: skip
    fields = [each.values["fields"] for each in problems if "fields" in each.values]
    assert fields[0] == "cats: news, sport"
    assert fields[1].startswith("label: news; Comments: بڕوانە ئەمە بڕوانە")
    assert (fields[1][-1], fields[2]) == ("…", "label: news")


def test_comments_beside_relations_are_told():
    """There doccano writes them as objects."""
    comments = [{"id": 1, "comment": "سەیری ئەمە بکە"}, {"id": 2}, 3]
    _, problems = read({"text": TEXT, "entities": [], "relations": [], "Comments": comments})
    assert told(problems) == ["(foreign_fields)"]
    assert problems[0].values["fields"] == "Comments: سەیری ئەمە بکە"


@pytest.mark.parametrize(
    ("known", "record"),
    [
        (DOCCANO, {"text": TEXT, "label": []}),
        (LABEL_STUDIO, {"data": {"text": TEXT}}),
        (PRODIGY, {"text": TEXT, "spans": [], "answer": "accept"}),
        (PRODIGY, {"text": TEXT, "answer": "reject"}),
    ],
)
def test_a_split_by_another_name_can_be_written_as_gold(known, record):
    """Whoever tells a split that nobody knows is told that it was left out."""
    place = {LABEL_STUDIO.id: record.get("data"), PRODIGY.id: record.setdefault("meta", {})}
    fields = place.get(known.id, record)
    fields["split"] = "validation"
    [bundle], problems = read_bytes(known, lines(record))
    assert bundle.document.metadata.split == "dev"
    assert [one for one in problems if one.key == "formats.foreign_fields"] == []
    fields["split"] = "fold 3"
    [bundle], problems = read_bytes(known, lines(record))
    assert bundle.document.metadata.split is None
    [problem] = [one for one in problems if one.key == "formats.foreign_fields"]
    assert (problem.values["fields"], problem.is_refusal) == ("split: fold 3", False)


def test_bytes_are_recognised_also_where_a_record_alone_would_not_show_them():
    texts = ("لە شار گەڕایەوە بۆ ماڵەوە", "ئازاد گەیشتە هەولێر")
    words = (("شار",), ("ئازاد", "هەولێر"))
    records = [
        {"text": text, "label": [[*byte_edges(text, word), "X"] for word in found]}
        for text, found in zip(texts, words, strict=True)
    ]
    bundles, problems = read(*records)
    assert told(problems) == ["(foreign_by_bytes)"] * 2
    assert [[text for _, _, text in said(one)] for one in bundles] == [list(one) for one in words]


def byte_edges(text, word):
    start = len(text[: text.index(word)].encode())
    return start, start + len(word.encode())


def test_the_sentence_on_links_is_true_of_one_from_quote_to_quote():
    spans = ((0, 5, "quote:direct"), (13, 19, "quote:direct"))
    entities = [
        {"id": number, "start_offset": start, "end_offset": end, "label": label}
        for number, (start, end, label) in enumerate(spans)
    ]
    relations = [{"id": 1, "from_id": 0, "to_id": 1, "type": "parent"}]
    _, [problem] = read({"text": TEXT, "entities": entities, "relations": relations})
    sentence = load_catalogue("en").text(problem.key, **problem.values)
    assert "a quote around it" in sentence
    assert "from no event or quote" not in sentence
