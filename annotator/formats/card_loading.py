"""The lines of Python in a dataset card that read the data, in the folder where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from annotator.formats.base import Format
from annotator.formats.gold_manifest import ManifestFile

_LOADING = {
    ".jsonl": """\
import json
with open("{name}", encoding="utf-8") as lines:
    records = [json.loads(line) for line in lines]""",
    ".json": """\
import json
with open("{name}", encoding="utf-8") as file:
    records = json.load(file)""",
    ".spacy": """\
import spacy
from spacy.tokens import DocBin
docs = list(DocBin().from_disk("{name}").get_docs(spacy.blank("xx").vocab))""",
    ".conllup": """\
import conllu
with open("{name}", encoding="utf-8") as file:
    sentences = conllu.parse(file.read())""",
    "cas-json": """\
from cassis import load_cas_from_json
cas = load_cas_from_json(open("{name}", "rb"))""",
    ".xmi": """\
from cassis import load_cas_from_xmi, load_typesystem
types = load_typesystem(open("TypeSystem.xml", "rb"))
cas = load_cas_from_xmi(open("{name}", "rb"), types)""",
    ".ann": """\
from pathlib import Path
files = sorted(Path(".").rglob("*.ann"))
pairs = [(ann.with_suffix(".txt").read_text("utf-8"), ann.read_text("utf-8")) for ann in files]""",
    ".parquet": """\
import pyarrow.parquet
table = pyarrow.parquet.read_table("{name}")
records = table.to_pylist()""",
    ".csv": """\
import csv
with open("{name}", encoding="utf-8-sig", newline="") as file:
    rows = list(csv.DictReader(file))""",
    ".xlsx": """\
import openpyxl
book = openpyxl.load_workbook("{name}", read_only=True)
tables = {{sheet.title: list(sheet.values) for sheet in book}}""",
}
_BY_CARD = """\
from pathlib import Path
from datasets import load_dataset
data = load_dataset(str(Path().resolve()))
names = next(iter(data.values())).features["ner_tags"].feature.names"""
"""By the head of the card, which tells the columns; the library needs a folder with a name."""

_OTHERWISE = """\
from pathlib import Path
text = Path("{name}").read_text(encoding="utf-8")
sentences = [block.splitlines() for block in text.split("\\n\\n") if block]"""
"""Columns and other lines of text, with an empty line after each sentence."""


def loading_code(known: Format, files: Sequence[ManifestFile]) -> str:
    """A few lines of Python that read the data, in the folder where it lies."""
    if known.columns is not None:
        return _BY_CARD
    names = [file.name for file in files] or [f"{known.id}{known.suffixes[0]}"]
    if known.id in _LOADING:
        return _LOADING[known.id].format(name=names[0])
    suffixes = {PurePosixPath(name).suffix.lower(): name for name in reversed(names)}
    for suffix in (*known.suffixes, *_LOADING):
        if suffix in suffixes and suffix in _LOADING:
            return _LOADING[suffix].format(name=suffixes[suffix])
    return _OTHERWISE.format(name=names[0])
