"""The lines of a card that read the data: for every kind of file, and they do."""

import pytest

from annotator.formats.base import Format
from annotator.formats.card_loading import loading_code
from annotator.formats.gold_manifest import ManifestFile
from annotator.formats.gold_write import GOLD


def read_like(*names, known=GOLD):
    return loading_code(known, [ManifestFile(name, None, 1, "") for name in names])


@pytest.mark.parametrize(
    ("names", "part"),
    [
        (["dev.jsonl", "x.json"], 'open("dev.jsonl"'),
        (["all.spacy"], 'DocBin().from_disk("all.spacy")'),
        (["a.conllup"], "conllu.parse"),
        (["a.xmi", "TypeSystem.xml"], 'open("a.xmi"'),
        (["annotation.conf", "a.ann", "a.txt"], 'rglob("*.ann")'),
        (["mentions.csv", "quotes.csv"], 'open("mentions.csv"'),
        (["a.xlsx"], "{sheet.title: list(sheet.values)"),
        (["a.parquet"], 'read_table("a.parquet")'),
        (["a.bio"], 'Path("a.bio")'),
        ([], 'open("gold.jsonl"'),
    ],
)
def test_data_of_every_kind_is_read_by_a_few_lines_of_python(names, part):
    code = read_like(*names)
    assert part in code
    compile(code, "card", "exec")
    assert len([line for line in code.splitlines() if "import" not in line]) <= 3


def test_the_suffix_of_the_format_says_which_file_is_the_data():
    known = Format(id="x", title="x", suffixes=(".json",))
    assert 'open("x.json"' in read_like("a.jsonl", "x.json", known=known)


def test_the_lines_for_json_lines_read_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold.jsonl").write_text('{"doc_id": "a"}\n{"doc_id": "b"}\n', encoding="utf-8")
    found = {}
    exec(read_like("gold.jsonl"), found)
    assert found["records"] == [{"doc_id": "a"}, {"doc_id": "b"}]
