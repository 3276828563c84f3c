"""Every step of a project in one sentence of both languages, with its local time."""

import time

import pytest

from annotator.core.history import Act
from annotator.core.project_edits import ProjectEdit, ProjectStep
from annotator.foundation.catalogue import LANGUAGES, load_catalogue, without_isolates
from annotator.workbench.history_wording import (
    result_sentence,
    state_word,
    step_sentence,
    time_told,
)
from annotator.workbench.project_changes import PURGE, ProjectChanged

ENGLISH, KURDISH = load_catalogue("en"), load_catalogue("ckb")
AT = "2026-11-25T09:05:00Z"


def said(name, details, catalogue=ENGLISH):
    return without_isolates(step_sentence(catalogue, ProjectEdit(name, tuple(details.items()))))


@pytest.mark.parametrize(
    ("name", "details", "expected"),
    [
        ("edit.import", {"documents": 3, "sets": 2}, "Imported: documents: 3, annotation sets: 2"),
        ("edit.remove_documents", {"documents": 1, "name": "x"}, "Moved to the trash: x"),
        (
            "edit.remove_documents",
            {"documents": 4, "name": "x"},
            "Moved to the trash: 4 documents, the first of them x",
        ),
        ("edit.remove_label", {"name": "x", "label": "X"}, "Not offered any more: the label x"),
        ("edit.relabel_all", {}, "change a label in the whole project"),
        ("edit.unheard_of", {}, "edit.unheard_of"),
    ],
)
def test_sentences(name, details, expected):
    assert said(name, details) == expected


def test_labels_are_called_by_their_titles():
    titles = {"GPE": "شار و وڵات", "X": "شت"}
    for name, details, expected in (
        ("edit.relabel_all", {"before": "GPE", "after": "LOC", "count": 2}, ["شار و وڵات", "LOC"]),
        ("edit.remove_label", {"name": "Thing", "label": "X"}, ["شت"]),
        ("edit.remove_label", {"name": "Thing", "label": "Y"}, ["Thing"]),
    ):
        edit = ProjectEdit(name, tuple(details.items()))
        sentence = without_isolates(step_sentence(KURDISH, edit, titles))
        assert all(word in sentence for word in expected)
        assert "GPE" not in sentence
        done = ProjectChanged(Act.UNDO, 1, edit)
        assert sentence in without_isolates(result_sentence(KURDISH, done, titles))


def test_numbers_are_those_of_the_language():
    assert "٣" in said("edit.import", {"documents": 3, "sets": 0}, KURDISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_one_has_its_like_for_many(language):
    texts = load_catalogue(language).texts
    ones = {key.removesuffix(".one") for key in texts if key.endswith(".one")}
    assert ones
    assert all(f"{key}.many" in texts for key in ones)


def test_the_result_tells_what_was_left_out():
    edit = ProjectEdit("edit.import", (("documents", 1), ("sets", 0)))
    plain = result_sentence(ENGLISH, ProjectChanged(Act.UNDO, 1, edit))
    assert plain.startswith("Taken back: ")
    assert result_sentence(ENGLISH, ProjectChanged(Act.REDO, 1, edit)).startswith("Done again: ")
    partly = result_sentence(ENGLISH, ProjectChanged(Act.UNDO, 1, edit, left_out=2))
    assert without_isolates(partly).endswith("changed or deleted since: 2.")


def test_states():
    step = ProjectStep(1, ProjectEdit("edit.x"), AT, is_done=True)
    words = [
        state_word(ENGLISH, each)
        for each in (
            step,
            ProjectStep(1, ProjectEdit("edit.x"), AT, is_done=False),
            ProjectStep(1, ProjectEdit("edit.x"), AT, is_done=True, elsewise=2),
            ProjectStep(1, ProjectEdit(PURGE), AT, is_done=True),
        )
    ]
    elsewise = "done, but otherwise in articles: 2"
    assert list(map(without_isolates, words)) == ["done", "taken back", elsewise, "for ever"]


def test_times_are_local_and_in_the_digits_of_the_language(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Baghdad")
    time.tzset()
    try:
        assert time_told(ENGLISH, AT) == "2026-11-25 12:05"
        assert time_told(KURDISH, AT) == "٢٠٢٦-١١-٢٥ ١٢:٠٥"
    finally:
        monkeypatch.undo()
        time.tzset()
    assert time_told(ENGLISH, "soon") == "soon"
