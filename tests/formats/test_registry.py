"""Every format has a title in both languages, and a file finds its format."""

import json
import string

import pytest

from annotator.formats.base import Format
from annotator.formats.registry import FORMATS, format_by_id, guess_format, readable_formats
from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from annotator.foundation.errors import UserError
from annotator.foundation.paths import resource


def test_every_format_has_its_own_id_and_a_title_in_every_language():
    assert [known.id for known in FORMATS] == [
        "plain-text",
        "news-json",
        "gold",
        "gold-readable",
        "brat",
        "cas-json",
        "cas-xmi",
        "citron",
        "conll",
        "conllu-plus",
        "doccano",
        "dygie",
        "gliner",
        "hf-tokens",
        "label-studio",
        "oneie",
        "prodigy",
        "quote-bio",
        "spacy-docbin",
        "tables-csv",
        "tables-xlsx",
        "textee",
        "web-annotation",
        "webanno-tsv",
    ]
    for language in LANGUAGES:
        titles = {load_catalogue(language).text(known.title) for known in FORMATS}
        assert len(titles) == len(FORMATS)
    assert all(known.can_read or known.can_write for known in FORMATS)
    unwritable = [known.id for known in FORMATS if not known.can_write]
    assert unwritable == ["plain-text", "news-json", "webanno-tsv"]


GUESSES = [
    ("a.TXT", b"x", "plain-text"),
    ("a.txt", b"x O\n", "conll"),
    ("a.conll", b"x\tB-PER", "conll"),
    ("a.json", b'[{"text":"x"}]', "news-json"),
    ("a.jsonl", b'{"text":"x"}', "news-json"),
    ("a.ndjson", b'{"text":"x"}', "news-json"),
    ("a.jsonl", b'{"format":"ckb-gold"}', "gold"),
    ("a.json", b'{"format": "ckb-gold"}', "gold-readable"),
    ("a.ndjson", b'{"format":"ckb-gold"}', "gold"),
    ("a.jsonl", b'{"doc":{"lang":"ckb","source_sha256":"00"}', "gold"),
    ("a.json", '\ufeff{"format": "ckb-gold"}'.encode("utf-16-le"), "gold-readable"),
    ("a.json", b'{"%TYPES": {}}', "cas-json"),
    ("a.ANN", b"", "brat"),
    ("a.zip", b"PK", "cas-xmi"),
    ("a.tsv", b"#FORMAT=WebAnno TSV 3.3", "webanno-tsv"),
    ("a.jsonl", '{"format": "ckb-gold"}'.encode("utf-16-be"), "gold"),
    ("a.jsonl", b'{"text":"x","label":[[0,1,"PER"]]}', "doccano"),
    ("a.jsonl", b'{"id": 1, "text": "x", "label": []}', "doccano"),
    ("a.jsonl", b'{"text": "x", "entities": [], "relations": [], "Comments": []}', "doccano"),
    ("a.jsonl", b'{"text": "x", "entities": [{"id": 1, "start_offset": 0}]}', "doccano"),
    ("a.jsonl", b'{"text": "x", "label": "sport"}', "news-json"),
    ("a.jsonl", b'{"text": "x", "cats": ["sport"]}', "news-json"),
    ("a.jsonl", b'{"text": "x", "entities": [[0, 1, "PER"]], "cats": ["sport"]}', "doccano"),
    ("a.jsonl", b'{"text": "x", "entities": [], "cats": []}', "doccano"),
    ("a.json", b'[{"text": "x", "label": [{"start": 0, "end": 1}]}]', "label-studio"),
    ("a.json", b'[{"text": "x", "annotation_id": 3}]', "label-studio"),
    (
        "a.json",
        b'[{"data": {"text": "x"}, "annotations": [{"was_cancelled": false}]}]',
        "label-studio",
    ),
    ("a.json", b'[{"predictions": [{"result": [{"from_name": "label"}]}]}]', "label-studio"),
    ("a.jsonl", b'{"text": "x", "tokens": [{"text": "x", "ws": false}], "spans": []}', "prodigy"),
    ("a.jsonl", b'{"text": "x", "label": "NEWS", "answer": "accept"}', "prodigy"),
    ("a.jsonl", b'{"text": "x", "_input_hash": 1, "answer": "accept"}', "prodigy"),
]


@pytest.mark.parametrize(("name", "head", "identifier"), GUESSES)
def test_a_file_is_of_the_format_its_name_and_content_tell(name, head, identifier):
    assert guess_format(name, head).id == identifier


def test_names_and_ids_of_no_format_are_told():
    with pytest.raises(UserError) as refused:
        guess_format("a.docx", b"")
    assert load_catalogue("ckb").error(refused.value)
    with pytest.raises(UserError) as unknown:
        format_by_id("x")
    assert unknown.value.values["known"] == ", ".join(known.id for known in FORMATS)
    assert unknown.value.values["known"].startswith("plain-text, news-json, gold, gold-readable")
    assert load_catalogue("en").error(unknown.value)
    assert format_by_id("gold").id == "gold"


def test_a_format_that_only_writes_is_not_offered_for_reading():
    written = Format("x", "x", (".txt",))
    assert not written.can_read
    assert not written.can_write
    assert readable_formats("a.txt", (written,)) == ()


@pytest.mark.parametrize("topic", ["formats", "files"])
def test_both_languages_say_the_same_with_the_same_fields(topic):
    def fields(language):
        path = resource("translations", language, f"{topic}.json")
        texts = json.loads(path.read_text(encoding="utf-8"))
        return {
            key: sorted({name for _, name, _, _ in string.Formatter().parse(text) if name})
            for key, text in texts.items()
        }

    assert fields("ckb") == fields("en")
