"""The head of a dataset card: `load_dataset` finds each table and each split by it."""

import warnings

import pytest
from msgspec.structs import replace

from annotator.core.document import Metadata
from annotator.formats.card_loading import loading_code
from annotator.formats.cas_write import CAS_JSON, CAS_XMI
from annotator.formats.conll_write import CONLL
from annotator.formats.dataset_card import Card, card_text
from annotator.formats.gold_manifest import ManifestFile
from annotator.formats.gold_write import GOLD
from annotator.formats.hf_tokens import HF_TOKENS, tag_names
from annotator.formats.layer_spans import NAMED_ENTITY
from annotator.formats.registry import FORMATS
from annotator.formats.set_tally import SetTally
from annotator.formats.tables_csv import TABLES_CSV
from annotator.formats.token_view import Tagging
from tests.formats.hugging_face import datasets as datasets
from tests.formats.specimens import PLAIN, RICH, SCHEME, bundle, context
from tests.formats.written import write

READ = {
    "gold", "gold-readable", "doccano", "dygie", "gliner", "hf-tokens", "label-studio", "oneie",
    "prodigy", "tables-csv", "textee",
}  # fmt: skip
"""Formats that `load_dataset` reads."""

BY_LIBRARY = "`load_dataset` of Hugging Face reads this folder"
NOT_BY_LIBRARY = "`load_dataset` of Hugging Face cannot read this format"


def head(*licences, **values):
    """The head of a card on documents of these licences."""
    tally = SetTally()
    for number, name in enumerate(licences):
        tally.add(bundle(f"d{number}", PLAIN, metadata=Metadata(license=name)))
    told = {"format": CONLL, "context": context(), "files": (), "losses": {}, **values}
    return card_text(Card(name="x", tally=tally, **told)).split("---\n")[1]


def in_split(item, split):
    """The item with a document that says its split."""
    document = item.bundle.document
    about = replace(document.metadata, split=split)
    document = replace(document, metadata=about)
    return replace(item, bundle=replace(item.bundle, document=document))


def export(folder, known, splits, **options):
    """The folder of an export: what is in each split, and the card over all of it."""
    tally, listed = SetTally(), []
    for split, items in splits.items():
        told = [in_split(item, split) for item in items]
        for item in told:
            tally.add(item)
        _, files, _ = write(known, told, options=options)
        for name, data in files.items():
            path = folder / (split or ".") / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            listed.append(ManifestFile(str(path.relative_to(folder)), None, len(data), "ab"))
    told = context(options=options)
    card = Card(name="x", format=known, context=told, tally=tally, files=tuple(listed), losses={})
    (folder / "README.md").write_text(card_text(card), encoding="utf-8")
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    return folder


def loaded(datasets, folder):
    """How many rows each split of each config has."""
    cache = str(folder.parent / "cache")
    return {
        name: {
            split: rows.num_rows
            for split, rows in datasets.load_dataset(str(folder), name, cache_dir=cache).items()
        }
        for name in datasets.get_dataset_config_names(str(folder))
    }


@pytest.mark.parametrize("known", [one for one in FORMATS if one.can_write], ids=lambda one: one.id)
@pytest.mark.parametrize("first", ["ئەمڕۆ باران باری.", PLAIN], ids=["empty", "plain"])
def test_what_a_card_promises_the_library_does(datasets, tmp_path, known, first):
    items = [bundle("a", first), bundle("b", RICH)]
    folder = export(tmp_path / "x", known, {None: items})
    card = (folder / "README.md").read_text(encoding="utf-8")
    if known.id in READ:
        assert BY_LIBRARY in card
        told = loaded(datasets, folder)
        assert set(told) == ({"mentions", "events", "quotes"} & set(told) or {"default"})
        assert all(rows["train"] for rows in told.values())
    else:
        assert NOT_BY_LIBRARY in card
        assert BY_LIBRARY not in card
        assert "\nviewer: false\n---\n" in card
        assert "configs:" not in card


def test_tables_without_rows_are_not_promised(tmp_path):
    folder = export(tmp_path / "x", TABLES_CSV, {None: [bundle("a", "ئەمڕۆ باران باری.")]})
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert NOT_BY_LIBRARY in card
    assert "configs:" not in card


@pytest.mark.parametrize("known", [CAS_JSON, CAS_XMI], ids=lambda one: one.id)
def test_the_lines_for_cas_read_it(tmp_path, monkeypatch, known):
    monkeypatch.chdir(export(tmp_path / "x", known, {None: [bundle("a", PLAIN)]}))
    card = (tmp_path / "x" / "README.md").read_text(encoding="utf-8")
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the lines leave closing to Python
        exec(card.split("```python\n")[1].split("```")[0], found)
    assert len(found["cas"].select(NAMED_ENTITY)) == 2


def test_each_table_is_a_config_of_its_own(datasets, tmp_path):
    splits = {"train": [bundle("a", RICH)], "dev": [bundle("b", PLAIN)]}
    folder = export(tmp_path / "x", TABLES_CSV, splits)
    assert loaded(datasets, folder) == {
        "mentions": {"train": 8, "dev": 2}, "events": {"train": 2}, "quotes": {"train": 1},
    }  # fmt: skip
    assert datasets.load_dataset(str(folder), split="dev")["text"] == ["کەرکووک", "سلێمانی"]


def test_undivided_tables_are_for_training(datasets, tmp_path):
    folder = export(tmp_path / "x", TABLES_CSV, {None: [bundle("b", PLAIN)]})
    assert loaded(datasets, folder) == {"mentions": {"train": 2}}


def test_several_files_may_be_one_split(datasets, tmp_path):
    splits = {"train": [bundle("a", RICH), bundle("b", PLAIN)], "test": [bundle("c", RICH)]}
    folder = export(tmp_path / "x", GOLD, splits)
    whole = folder / "train" / "all.jsonl"
    names = ["test/all.jsonl"]
    for number, line in enumerate(whole.read_bytes().splitlines(keepends=True)):
        names.append(f"train/{number}.jsonl")
        (folder / names[-1]).write_bytes(line)
    whole.unlink()
    files = tuple(ManifestFile(name, None, 9, "ab") for name in names)
    card = Card(
        name="x", format=GOLD, context=context(), tally=SetTally(), files=files, losses={}
    )  # fmt: skip
    (folder / "README.md").write_text(card_text(card), encoding="utf-8")
    assert loaded(datasets, folder) == {"default": {"train": 2, "test": 1}}


@pytest.mark.parametrize("tagging", ["bio", "bioes"])
@pytest.mark.parametrize("values", ["tag_names", "tag_numbers"])
def test_tags_come_as_class_labels(datasets, tmp_path, monkeypatch, tagging, values):
    items = {"train": [bundle("a", RICH)], "dev": [bundle("b", PLAIN)]}
    options = {"tagging": tagging, "tag_values": values}
    folder = export(tmp_path / "x", HF_TOKENS, items, **options)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    found = {}
    exec(loading_code(HF_TOKENS, ()), found)
    assert found["names"] == tag_names(SCHEME, Tagging(tagging))
    [row] = found["data"]["dev"]
    tags = [found["names"][tag] for tag in row["ner_tags"]]
    first = "B" if tagging == "bio" else "S"
    assert tags[:3] == [f"{first}-GPE", "O", f"{first}-GPE"]


def test_licences_that_are_known_are_told():
    assert "license: cc-by-4.0\n" in head("CC BY 4.0", "cc-by-4.0")
    assert "license:\n- cc-by-4.0\n- mit\n" in head("MIT", "CC BY 4.0")
    for licences in ([None, "MIT"], ["MIT", "ask the editors"], [None], []):
        assert "license" not in head(*licences)


def test_the_task_is_told_where_there_are_names():
    told = "task_categories:\n- token-classification\ntask_ids:\n- named-entity-recognition\n"
    assert told in head(None)
    assert "task" not in head(None, held={"mentions": 0})
    assert "task" not in head()
