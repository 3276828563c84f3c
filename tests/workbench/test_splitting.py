"""Documents of a project divided: by label, near duplicates together, given splits respected."""

import random
from collections import Counter

import orjson
import pytest

from annotator.core.document import Document, Metadata, Source
from annotator.core.ids import DocumentId
from annotator.core.splits import DataSplit, Shares
from annotator.kurdish.near_duplicates import LIKENESS, likeness_of, shingles_of
from annotator.store.project_file import ProjectFile
from annotator.workbench.export_scope import ChosenDocuments, ExportChoices, Scope, SplitChoices
from annotator.workbench.exporting import Exporter
from annotator.workbench.splitting import plan_splits
from tests.kurdish.test_near_duplicates import article, changed
from tests.workbench.projects import clock, mark, new_project, opened

USUAL = Shares(train=80, dev=10, test=10)
TRAIN, DEV, TEST = DataSplit


def add(project, identifier, text, split=None):
    """A document that says its split."""
    source = Source(f"{identifier}.txt", "0" * 64)
    document = Document(DocumentId(identifier), text, source, Metadata(split=split))
    with project.transaction() as transaction:
        project.documents.add(transaction, document, at="2026-11-21T09:00:00Z")


def texts(count=60):
    """Articles of which every sixth is printed three times, with small changes."""
    made = {}
    for number in range(count):
        words = article(number, 80)
        made[f"d{number:03}"] = words
        if number % 6 == 0:
            made[f"d{number:03}-b"] = changed(words, 0.05, seed=1)
            made[f"x{number:03}"] = ["هەواڵ", *words]
    return {name: " ".join(words) for name, words in made.items()}


@pytest.fixture
def project(tmp_path):
    with new_project(tmp_path) as project:
        yield project


def plan(project, on_document=lambda: None, **choices):
    chosen = ChosenDocuments(project, ExportChoices(Scope.ALL), clock)
    return plan_splits(project, chosen, SplitChoices(**{"shares": USUAL, **choices}), on_document)


def test_no_two_near_duplicates_are_in_different_splits(project):
    made = texts()
    for name, text in made.items():
        add(project, name, text)
    looked = []
    found = plan(project, lambda: looked.append(1))
    assert len(looked) == len(made) == len(found.splits)
    assert [len(family) for family in found.families] == [3] * 10
    assert found.torn == ()
    shingles = {name: shingles_of(text) for name, text in made.items()}
    pairs = [
        (one, other)
        for one in made
        for other in made
        if one < other and likeness_of(shingles[one], shingles[other]) >= LIKENESS
    ]
    assert len(pairs) >= 20
    assert [pair for pair in pairs if len({found.splits[name] for name in pair}) > 1] == []
    counted = Counter(found.splits.values())
    assert (counted[TRAIN], counted[DEV], counted[TEST]) == (64, 8, 8)


def test_the_order_of_import_says_nothing(tmp_path):
    made = list(texts(20).items())
    plans = []
    for name in ("one", "two"):
        with new_project(tmp_path, name=f"{name}.nishan") as project:
            for identifier, text in made:
                add(project, identifier, text)
            plans.append(dict(plan(project, seed=5).splits))
            assert plan(project, seed=6).splits != plans[-1]
        random.Random(2).shuffle(made)
    assert plans[0] == plans[1]


def test_a_split_that_a_document_says_holds_for_its_near_duplicates_too(project):
    first = article(1)
    add(project, "a", " ".join(first))
    add(project, "b", " ".join(changed(first, 0.05)), split="test")
    for number in range(2, 20):
        add(project, f"d{number}", " ".join(article(number)))
    found = plan(project)
    assert (found.splits["a"], found.splits["b"]) == (TEST, TEST)
    assert (found.families, found.torn) == ((("a", "b"),), ())
    assert Counter(found.splits.values()) == {TRAIN: 16, DEV: 2, TEST: 2}


def test_near_duplicates_that_say_different_splits_are_told(project):
    first = article(1)
    for name, split in (("a", "train"), ("b", "dev"), ("c", "dev"), ("d", None)):
        add(project, name, " ".join(changed(first, 0.03, seed=ord(name))), split=split)
    found = plan(project)
    assert found.splits == {"a": TRAIN, "b": DEV, "c": DEV, "d": DEV}
    assert (found.families, found.torn) == ((("a", "b", "c", "d"),), (("a", "b", "c", "d"),))
    anew = plan(project, ignores_given=True)
    assert len(set(anew.splits.values())) == 1
    assert anew.torn == ()


def test_given_splits_can_be_ignored(project):
    for number in range(10):
        add(project, f"d{number}", " ".join(article(number)), split="test")
    assert Counter(plan(project).splits.values()) == {TEST: 10}
    anew = Counter(plan(project, ignores_given=True).splits.values())
    assert anew == {TRAIN: 8, DEV: 1, TEST: 1}


def test_labels_of_the_chosen_sets_are_spread(project, tmp_path):
    """Ten documents of sixty have a law; each split gets its part of them."""
    for number in range(60):
        add(project, f"d{number:02}", " ".join(article(number, 40)))
    path = project.path
    project.close()
    workspace = opened(path)
    for number in range(60):
        workspace.open(DocumentId(f"d{number:02}"))
        words = workspace.open_document.document.text.split()
        mark(workspace, words[0], "PER")
        if number % 6 == 0:
            mark(workspace, words[-1], "LAW")
    workspace.close()
    with ProjectFile.open(path) as again:
        choices = ExportChoices(Scope.ALL, split=SplitChoices(USUAL, seed=3))
        Exporter(again, clock).export(tmp_path / "out", choices)
    laws = {}
    for split in ("train", "dev", "test"):
        lines = (tmp_path / "out" / f"{split}.jsonl").read_bytes().splitlines()
        labels = [one["label"] for line in lines for one in orjson.loads(line)["mentions"]]
        laws[split] = (len(lines), labels.count("LAW"))
    assert laws == {"train": (48, 8), "dev": (6, 1), "test": (6, 1)}
