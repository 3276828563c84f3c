"""Token classification as the `datasets` library loads it, from JSON lines and from parquet."""

import builtins
import io
import json
from contextlib import contextmanager

import pytest
from pyarrow.parquet import ParquetFile

from annotator.formats.base import ExportReport
from annotator.formats.hf_tokens import HF_TOKENS, features, tag_names
from annotator.formats.losses import LossKind
from annotator.formats.token_view import TaggedRun, Tagging
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError
from tests.formats.hugging_face import datasets as datasets
from tests.formats.specimens import SCHEME, bundle, context, specimens, with_changed
from tests.formats.written import MemoryFolder, write

ITEMS = specimens()


def written(*items, **options):
    report, files, losses = write(HF_TOKENS, items, options=options)
    rows = [json.loads(line) for line in files["data.jsonl"].splitlines()]
    return rows, files, losses, report


@pytest.fixture
def load(datasets, tmp_path):
    """Loads one of the files of an export as a user of the library does."""

    def load(files, kind, name):
        for each, data in files.items():
            (tmp_path / each).write_bytes(data)
        given = {}
        if kind == "json":
            told = json.loads((tmp_path / "features.json").read_text("utf-8"))
            given["features"] = datasets.Features.from_dict(told)
        return datasets.load_dataset(
            kind,
            data_files=str(tmp_path / name),
            split="train",
            cache_dir=str(tmp_path / "cache"),
            **given,
        )

    return load


def test_the_files_are_these():
    _, files, losses, report = written(bundle("d1", "[ئازاد بارزانی]PER هات. [سنە]GPE."))
    assert list(files) == ["features.json", "data.jsonl"]
    assert files["data.jsonl"].decode() == (
        '{"id":"d1:1","tokens":["ئازاد","بارزانی","هات","."],"ner_tags":["B-PER","I-PER","O","O"]}\n'
        '{"id":"d1:2","tokens":["سنە","."],"ner_tags":["B-GPE","O"]}\n'
    )
    assert (report.documents, report.records, losses) == (1, 1, [])


def test_features_name_every_tag_of_the_scheme_in_its_order():
    _, files, _, _ = written()
    told = json.loads(files["features.json"])
    names = told["ner_tags"]["feature"]["names"]
    assert names[:5] == ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"]
    assert "B-TITLE" not in names
    assert len(names) == 1 + 2 * (len(SCHEME.labels) - 1)
    assert tag_names(SCHEME, Tagging.BIOES)[:5] == ["O", "B-PER", "I-PER", "E-PER", "S-PER"]
    assert files["data.jsonl"] == b""
    assert told == features(names)


@pytest.mark.parametrize("values", ["tag_names", "tag_numbers"])
@pytest.mark.parametrize("tagging", ["bio", "bioes"])
def test_the_library_makes_class_labels_of_the_tags(load, values, tagging):
    rows, files, _, _ = written(*ITEMS, tag_values=values, tagging=tagging)
    loaded = load(files, "json", "data.jsonl")
    named = loaded.features["ner_tags"].feature
    assert named.names == tag_names(SCHEME, Tagging(tagging))
    wanted, _, _, _ = written(*ITEMS, tagging=tagging)
    assert [
        {**row, "ner_tags": [named.int2str(tag) for tag in row["ner_tags"]]} for row in loaded
    ] == wanted
    assert all(isinstance(tag, int) for row in loaded for tag in row["ner_tags"])
    assert rows[0].keys() == {"id", "tokens", "ner_tags"}


def test_parquet_carries_the_names_of_its_tags(load):
    rows, files, _, report = written(*ITEMS, files="with_parquet")
    assert sorted(files) == ["data.jsonl", "data.parquet", "features.json"]
    loaded = load(files, "parquet", "data.parquet")
    named = loaded.features["ner_tags"].feature
    assert named.names == tag_names(SCHEME, Tagging.BIO)
    assert [
        {**row, "ner_tags": [named.int2str(tag) for tag in row["ner_tags"]]} for row in loaded
    ] == rows
    assert report.size == sum(map(len, files.values()))


def test_parquet_is_written_in_groups_and_the_same_each_time(monkeypatch):
    monkeypatch.setattr("annotator.formats.hf_parquet._GROUP", 3)
    rows, files, _, _ = written(*ITEMS, files="with_parquet")
    _, again, _, _ = written(*specimens(), files="with_parquet")
    assert files == again
    with ParquetFile(io.BytesIO(files["data.parquet"])) as table:
        assert table.metadata.num_rows == len(rows)
        assert table.num_row_groups == -(-len(rows) // 3)


def test_parquet_of_nothing_is_a_table_without_rows():
    _, files, _, _ = written(files="with_parquet")
    with ParquetFile(io.BytesIO(files["data.parquet"])) as table:
        assert table.metadata.num_rows == 0
        assert table.schema_arrow.names == ["id", "tokens", "ner_tags"]
        about = json.loads(table.schema_arrow.metadata[b"huggingface"])
    assert about == {"info": {"features": json.loads(files["features.json"])}}


def test_a_full_group_is_written_once(monkeypatch):
    monkeypatch.setattr("annotator.formats.hf_parquet._GROUP", 1)
    _, files, _, _ = written(bundle("d1", "یەک هات. دوو هات."), files="with_parquet")
    with ParquetFile(io.BytesIO(files["data.parquet"])) as table:
        assert (table.metadata.num_rows, table.num_row_groups) == (2, 2)


def test_without_its_package_parquet_is_refused_in_one_sentence_and_nothing_is_made(monkeypatch):
    original = builtins.__import__

    def missing(name, *rest):
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return original(name, *rest)

    class NoFolder(MemoryFolder):
        @contextmanager
        def file(self, name):
            raise AssertionError(name)
            yield

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UserError) as refused:
        HF_TOKENS.write_files([], NoFolder(), context(options={"files": "with_parquet"}))
    assert refused.value.values == {"package": "pyarrow"}
    for language in ("ckb", "en"):
        assert "pyarrow" in load_catalogue(language).error(refused.value)
    _, files, _, report = written(*ITEMS)
    assert isinstance(report, ExportReport)
    assert "data.parquet" not in files


def test_a_row_may_be_a_document():
    rows, _, _, _ = written(*ITEMS, rows="document_rows")
    assert [row["id"] for row in rows] == ["empty", "plain", "rich", "twice.a1", "twice.a2"]
    assert rows[2]["tokens"] == [
        token.of(ITEMS[2].bundle.document.text) for token in ITEMS[2].segmentation.tokens
    ]
    sentences, _, _, _ = written(*ITEMS)
    assert [tag for row in sentences for tag in row["ner_tags"]] == [
        tag for row in rows for tag in row["ner_tags"]
    ]


def test_a_mention_across_sentences_joins_them():
    rows, _, _, _ = written(bundle("d1", "یەک [هات. دوو]ORG هات. سێ هات."))
    assert [row["ner_tags"] for row in rows] == [
        ["O", "B-ORG", "I-ORG", "I-ORG", "O", "O"],
        ["O", "O", "O"],
    ]
    assert [row["id"] for row in rows] == ["d1:1", "d1:2"]


def test_a_label_that_the_scheme_does_not_have_is_told():
    item = with_changed(bundle("d1", "[ئازاد]PER و [سنە]GPE"), "T1", label="Person")
    rows, _, losses, _ = written(item)
    assert [row["ner_tags"] for row in rows] == [["O", "O", "B-GPE"]]
    assert [(one.record, one.kind) for one in losses] == [("T1", LossKind.MENTION)]


@pytest.mark.parametrize("rows", ["sentence_rows", "document_rows"])
def test_mentions_are_not_compared_with_each_other(rows, monkeypatch):
    compared = []
    monkeypatch.setattr(TaggedRun, "__eq__", lambda one, other: bool(compared.append(other)))
    written(bundle("d1", " ".join(["[سنە]GPE جوانە."] * 50)), rows=rows)
    assert len(compared) < 50
