"""The head of a dataset card: `load_dataset` finds each table and each split by it."""

from dataclasses import replace

from annotator.formats.citron import CITRON
from annotator.formats.dataset_card import Card, card_text
from annotator.formats.gold_manifest import ManifestFile
from annotator.formats.set_tally import SetTally
from annotator.formats.tables_csv import TABLES_CSV
from tests.formats.hugging_face import datasets as datasets
from tests.formats.specimens import PLAIN, RICH, bundle, context
from tests.formats.written import write


def in_split(item, split):
    """The item with a document that says its split."""
    document = item.bundle.document
    about = replace(document.metadata, split=split)
    document = replace(document, metadata=about)
    return replace(item, bundle=replace(item.bundle, document=document))


def export(folder, known, splits):
    """The folder of an export: what is in each split, and the card over all of it."""
    tally, listed = SetTally(), []
    for split, items in splits.items():
        told = [in_split(item, split) for item in items]
        for item in told:
            tally.add(item)
        _, files, _ = write(known, told)
        for name, data in files.items():
            path = folder / (split or ".") / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            listed.append(ManifestFile(str(path.relative_to(folder)), None, len(data), "ab"))
    card = Card(
        name="x", format=known, context=context(), tally=tally, files=tuple(listed), losses={}
    )
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


def test_files_of_one_document_each_are_one_split(datasets, tmp_path):
    splits = {"train": [bundle("a", RICH), bundle("b", RICH)], "test": [bundle("c", RICH)]}
    folder = export(tmp_path / "x", CITRON, splits)
    assert loaded(datasets, folder) == {"default": {"train": 2, "test": 1}}
