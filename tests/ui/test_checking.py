"""The check in the pauses: one editor at a time, rule by rule, anew after an edit."""

from contextlib import ExitStack

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QSignalSpy

from annotator.ui.checking import Checker
from tests.ui.editing.desk import editor_on

FAULTY = "[هەولێر ]GPE=E1 هات"


@pytest.fixture
def desk(tmp_path):
    with ExitStack() as stack:
        number = iter(range(9))

        def build(notation):
            folder = tmp_path / str(next(number))
            folder.mkdir()
            return stack.enter_context(editor_on(folder, notation))

        yield build


@pytest.fixture
def checker(qapp):
    owner = QObject()
    yield Checker(owner)
    owner.deleteLater()


def rest(checker):
    """Wait until a check is done."""
    assert QSignalSpy(checker.checked).wait(10_000)


def test_a_document_is_checked_in_the_first_pause(desk, checker):
    d = desk(FAULTY)
    checker.watch(d.editor)
    assert d.editor.findings.is_stale
    rest(checker)
    assert not d.editor.findings.is_stale
    assert "V04" in {said.rule for said in d.editor.findings.findings}


def test_the_editor_is_told_when_there_are_other_findings(desk, checker):
    d = desk(FAULTY)
    checker.watch(d.editor)
    told = []
    d.editor.changed.add(told.append)
    rest(checker)
    assert len(told) == 1
    d.at("هات").press("1 Ctrl+Z")
    told.clear()
    rest(checker)
    assert told == []


def test_an_edit_is_checked_in_the_next_pause(desk, checker):
    d = desk(FAULTY)
    checker.watch(d.editor)
    rest(checker)
    d.at("هەولێر").press("Alt+Shift+Right")
    rest(checker)
    assert d.editor.findings.findings == ()


def test_only_the_editor_that_is_watched_is_checked(desk, checker):
    first, second = desk(FAULTY), desk(FAULTY)
    checker.watch(first.editor)
    checker.watch(second.editor)
    rest(checker)
    assert (first.editor.findings.is_stale, second.editor.findings.is_stale) == (True, False)
    first.press("Left")
    spy = QSignalSpy(checker.checked)
    second.at("هات").press("1")
    assert spy.wait(10_000)
    assert first.editor.findings.is_stale
