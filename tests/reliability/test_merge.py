"""P20: a merge done twice is done once, goes both ways alike, and throws nobody's work away."""

import random
import shutil
import signal
import subprocess
import sys
import time
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Event, Mention, Quote
from annotator.core.ids import DocumentId
from annotator.core.merging import NOTHING_SHARED, Clash, Split, copy_provenance, merge
from annotator.foundation.paths import resource
from annotator.store.lock_file import lock_path
from annotator.store.project_file import ProjectFile
from annotator.workbench.demo import sample_texts
from annotator.workbench.export_scope import Scope
from annotator.workbench.exporting import ExportChoices, Exporter
from annotator.workbench.importing import FoundFiles, ImportChoices, Importer
from tests.random_work import ACTS, after, edits_of, is_whole, meaning, works
from tests.set_copies import Working
from tests.workbench.merges import merge as merge_files, working
from tests.workbench.projects import ARAM, SHILAN, clock, new_project, project_with

CHECKOUT = Path(__file__).parents[2]
COPIED = copy_provenance("other.nishan")
CASES, ALL_CASES = 100, 5_000

cases = pytest.mark.parametrize(
    "count", [CASES, pytest.param(ALL_CASES, marks=pytest.mark.heavy)], ids=["sample", "full"]
)


def in_cases(count, *strategies):
    """Run a test of one case on so many."""
    return lambda test: settings(max_examples=count, deadline=None)(given(*strategies)(test))()


def split(base):
    return Split(base.records, {identifier: identifier for identifier in base.records})


@cases
def test_two_copies_of_one_set(count):
    @in_cases(count, works, works, works)
    def run(before, left, right):
        base = after(AnnotationSet(), before)
        ours, theirs = after(base, left), after(base, right)
        there, back = (
            merge(split(base), a, b, COPIED) for a, b in ((ours, theirs), (theirs, ours))
        )
        merged, other = ours.apply(there.edit), theirs.apply(back.edit)
        assert is_whole(merged)
        assert merge(split(base), merged, theirs, COPIED).edit.is_empty
        assert bool(there.conflicts) == bool(back.conflicts)
        if not there.conflicts:
            assert meaning(merged) == meaning(other)
        for conflict in there.conflicts:
            assert_both_sides_are_there(conflict, merged)


def assert_both_sides_are_there(conflict, merged):
    """Nobody's version of an annotation is gone; of two statuses there can be only one."""
    if not isinstance(conflict.ours or conflict.theirs, Mention | Event | Quote):
        return
    if conflict.ours is not None:
        assert merged.get(conflict.ours.id) == conflict.ours
    if conflict.clash is Clash.DELETED_HERE:
        assert merged.get(conflict.theirs.id) == conflict.theirs
    if conflict.copy is not None:
        copy = merged.get(conflict.copy)
        assert type(copy) is type(conflict.theirs)


@cases
def test_two_sets_without_a_common_past(count):
    @in_cases(count, works, works)
    def run(left, right):
        ours, theirs = after(AnnotationSet(), left), after(AnnotationSet(), right)
        merged = ours.apply(merge(NOTHING_SHARED, ours, theirs, COPIED).edit)
        assert is_whole(merged)
        assert merge(NOTHING_SHARED, merged, theirs, COPIED).edit.is_empty
        other = theirs.apply(merge(NOTHING_SHARED, theirs, ours, COPIED).edit)
        assert meaning(merged) == meaning(other)


def brings_nothing(merged):
    return merged is None or merged.edit.is_empty


def work_on(copy, work):
    for edit, _ in edits_of(copy.annotations, work):
        copy.perform(edit)


@cases
def test_copies_that_go_to_and_fro_say_the_same(count):
    """Rounds of work on 2–4 computers, each followed by a merge into the first and back."""

    rounds = st.lists(st.lists(works, min_size=2, max_size=4), min_size=1, max_size=3)

    @in_cases(count, works, rounds)
    def run(before, all_work):
        first = Working()
        work_on(first, before)
        copies = [first, *(Working(first) for _ in range(3))]
        for work in all_work:
            for copy, done in zip(copies, work, strict=False):
                work_on(copy, done)
            for copy in copies[1:]:
                first.merge(copy)
                assert is_whole(first.annotations)
                assert brings_nothing(first.merge(copy))
            for copy in copies[1:]:
                copy.merge(first)
                assert meaning(copy.annotations) == meaning(first.annotations)


@cases
def test_annotators_with_sets_of_their_own_come_in_any_order(count):
    """2–4 people, two deliveries each: whatever the order, everybody's set is as they left it."""

    people = st.lists(st.tuples(works, works), min_size=2, max_size=4)

    @in_cases(count, people)
    def run(deliveries):
        for order in permutations(range(len(deliveries))):
            coordinator = [Working() for _ in deliveries]
            theirs = [Working() for _ in deliveries]
            for part in (0, 1):
                for person in order:
                    work_on(theirs[person], deliveries[person][part])
                    coordinator[person].merge(theirs[person])
                    assert brings_nothing(coordinator[person].merge(theirs[person]))
            for here, there in zip(coordinator, theirs, strict=True):
                assert dict(here.annotations.records) == dict(there.annotations.records)


# --- on project files -----------------------------------------------------------------------


def random_work(dice):
    length = dice.randint(1, 8)
    return [
        (dice.randint(0, len(ACTS)), dice.randint(0, 40), dice.randint(0, 40))
        for _ in range(length)
    ]


TEXTS = {"a": "ئازاد لە هەولێر بوو. دوێنێ گەڕایەوە.", "b": "شیلان لە سلێمانی وتارێکی پێشکەش کرد."}


def work_in_file(path, person, dice):
    with working(path, annotator=person) as workspace:
        for document in TEXTS:
            workspace.open(DocumentId(document))
            opened_here = workspace.open_document
            for edit, _ in edits_of(opened_here.annotations, random_work(dice)):
                opened_here.perform(edit)


def said(path):
    """What every set of a project says, by document and name of the person."""
    with ProjectFile.open(path) as project:
        names = {person.id: person.name for person in project.people.all()}
        sets = {
            (header.document, names[header.annotators[0]]): project.annotations.read(header)
            for header in project.annotations.headers()
        }
        project.check()
    return {key: meaning(found) for key, found in sets.items() if found.records}


@pytest.mark.parametrize(
    "count", [3, pytest.param(60, marks=pytest.mark.heavy)], ids=["sample", "full"]
)
def test_files_of_several_people_come_in_any_order_twice_and_go_again(tmp_path, count):
    for seed in range(count):
        dice = random.Random(seed)
        here = tmp_path / str(seed)
        here.mkdir()
        base = project_with(here, TEXTS)
        people = [SHILAN, ARAM, "هێمن", "ڕێبین"][: dice.randint(2, 4)]
        files = []
        for number, person in enumerate(people):
            file = here / f"{number}.nishan"
            shutil.copyfile(base, file)
            work_in_file(file, person, dice)
            files.append(file)
        before, results = said(base), []
        for number, order in enumerate(dice.sample(list(permutations(files)), 2)):
            target = here / f"all-{number}.nishan"
            shutil.copyfile(base, target)
            with working(target) as workspace:
                steps = [merge_files(workspace, file).step for file in order]
                assert all(merge_files(workspace, file).is_empty for file in order)
            results.append(said(target))
            with working(target) as workspace:
                for step in reversed([step for step in steps if step]):
                    workspace.changes.undo(step)
            assert said(target) == before
        assert results[0] == results[1]


def test_a_real_sample_comes_through_a_merge_as_it_was(tmp_path):
    texts = FoundFiles(sample_texts())
    with new_project(tmp_path) as project:
        Importer(project, clock).run(texts)
        path = project.path
    other = tmp_path / "other.nishan"
    shutil.copyfile(path, other)
    gold = FoundFiles((resource("samples", "01-water.gold.jsonl"),))
    with ProjectFile.open(other) as project:
        Importer(project, clock).run(gold, ImportChoices(annotator=ARAM))
    with working(path) as workspace:
        report = merge_files(workspace, other)
        assert (report.documents, report.people, report.conflicts) == ((), (ARAM,), ())
        assert merge_files(workspace, other).is_empty
    assert exported(path, tmp_path / "here.jsonl") == exported(other, tmp_path / "there.jsonl")


def exported(path, target):
    choices = ExportChoices(scope=Scope.ALL, annotator=ARAM, is_draft=True, is_reproducible=True)
    with ProjectFile.open(path) as project:
        Exporter(project, clock).export_gold(target, choices)
    return target.read_bytes()


# --- killed on the way ----------------------------------------------------------------------


def merge_killed_after(delay, project, other):
    """Begin to merge in a process of its own and kill it `delay` seconds after it begins."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.merging", str(project), str(other)],
        stdout=subprocess.PIPE,
        cwd=CHECKOUT,
        text=True,
    )
    with process:
        assert process.stdout.readline() == "begun\n"
        time.sleep(delay)  # not a wait for something: the moment of the kill is the test's input
        process.send_signal(signal.SIGKILL)
    assert process.returncode in (-signal.SIGKILL, 0)


@pytest.mark.parametrize(
    "count", [12, pytest.param(300, marks=pytest.mark.heavy)], ids=["sample", "full"]
)
def test_killed_while_merging_the_project_is_as_before_or_after(tmp_path, count):
    dice = random.Random(7)
    base = project_with(tmp_path, TEXTS)
    other, target = tmp_path / "other.nishan", tmp_path / "target.nishan"
    shutil.copyfile(base, other)
    work_in_file(other, ARAM, dice)
    with ProjectFile.open(other) as project:
        Importer(project, clock).run(FoundFiles(sample_texts()))
    shutil.copyfile(base, target)
    begun = time.monotonic()
    with working(target) as workspace:
        merge_files(workspace, other)
    length = time.monotonic() - begun
    states = held(base), held(target)
    for _ in range(count):
        shutil.copyfile(base, target)
        merge_killed_after(dice.random() * length, target, other)
        assert held(target) in states
        # A lock that was made and not signed yet is taken for somebody's for a minute.
        lock_path(other).unlink(missing_ok=True)
    assert held(other)  # and the other file is whole and free


def held(path):
    with ProjectFile.open(path) as project:
        project.check()
        documents = [entry.id for entry in project.documents.entries()]
        steps = len(project.project_journal.entries())
    return documents, steps, said(path)
