"""The running program: projects, languages, themes, quitting, and what is said when it fails."""

import json
import os
import time

import pytest
from PySide6.QtCore import Qt

from annotator.app import make_application, make_desk, make_shell
from annotator.core.annotations import SetStatus
from annotator.core.span import Span
from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.foundation.errors import UserError
from annotator.foundation.paths import settings_folder
from annotator.foundation.settings_file import read_settings
from annotator.store.lock_file import lock_path
from annotator.store.project_file import ProjectFile
from annotator.ui.dialogs.key_sheet import KeySheet
from annotator.ui.recent_projects import RECENT_LIMIT, recent_projects, remember_project
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text
from tests.journeys.stage import stage
from tests.key_events import press
from tests.ui.window_room import TEXT, boxes, make_project

__all__ = ["boxes", "stage"]


@pytest.fixture
def shell(qapp, stage, boxes):
    """A shell in English without a project."""
    made = make_shell(qapp, make_desk(language="en", theme="light"))
    yield made
    made.quit()
    made.close()
    qapp.processEvents()


@pytest.fixture
def desk(stage, tmp_path):
    """An English window on a project of three documents."""
    return stage(make_project(tmp_path), language="en")


def mark(desk, name="هەولێر", key="3"):
    start = desk.editor.text.index(name)
    desk.hand.select(Span(start, start + len(name)))
    desk.typist.press(key)


def state(desk):
    window = desk.window
    return {
        "document": desk.editor.document.document.id,
        "selection": desk.editor.selection,
        "selected": desk.editor.selected,
        "letters": window.view.points,
        "geometry": window.geometry(),
        "panels": window.centralWidget().columns.sizes(),
    }


@pytest.mark.parametrize(("key", "count"), [("language.switch", 1), ("theme.switch", 3)])
def test_a_switch_keeps_what_the_user_sees(desk, qapp, key, count):
    desk.shell.run("document.next")
    mark(desk, "سلێمانی")
    desk.typist.press("Shift+Left")
    desk.shell.run("view.zoom_in")
    desk.window.setGeometry(30, 20, 1100, 700)
    qapp.processEvents()
    before = state(desk)
    first = desk.window
    for _ in range(count):
        desk.shell.run(key)
        qapp.processEvents()
    assert desk.window is not first
    assert before["selected"] is not None
    assert state(desk) == before
    assert desk.window.view.page.hasFocus() or desk.window.focusWidget() is desk.window.view.page


@pytest.mark.parametrize("caret", ["Ctrl+Home", "Ctrl+End"])
@pytest.mark.parametrize("key", ["language.switch", "theme.switch"])
def test_a_switch_leaves_the_page_where_it_was_scrolled_to(stage, tmp_path, qapp, key, caret):
    desk = stage(make_project(tmp_path, documents={"درێژ": TEXT * 40}), language="en")
    desk.typist.press("Left" if caret == "Ctrl+Home" else f"{caret} Left")
    bar = desk.window.view.page.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    qapp.processEvents()
    before = desk.window.view.page.mark()
    assert before.offset > 500
    for _ in range(2):
        desk.shell.run(key)
        qapp.processEvents()
        assert desk.window.view.page.mark() == before
    press(desk.window.view.page, "Left Right")
    assert desk.window.view.page.visible_span().touches(desk.editor.selection.caret)


def test_language_turns_the_window_round_and_is_remembered(desk, qapp):
    desk.shell.run("language.switch")
    assert desk.window.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert read_settings(settings_folder()).language == "ckb"
    assert make_desk().catalogue.language == "ckb"
    desk.shell.run("language.switch")
    assert desk.window.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_what_is_being_typed_is_committed_before_the_language_changes(desk, qapp):
    mark(desk)
    desk.typist.press("L Escape")
    desk.window.inspector.focus_field("entity")
    desk.typist.type_text("پایتەخت")
    desk.shell.run("language.switch")
    names = [entity.name for entity in desk.editor.annotations.entities()]
    assert names == ["پایتەخت"]
    press(desk.window.view.page, "Right Right 2", platform="xcb")
    assert len(list(desk.editor.annotations.mentions())) == 2
    assert next(desk.editor.annotations.entities()).name == "پایتەخت"


def test_another_project_replaces_the_first_and_frees_it(desk, tmp_path):
    first = desk.shell.workspace.path
    mark(desk)
    desk.window.inspector.focus_field("entity")
    desk.typist.type_text("بەردەوام")
    second = make_project(tmp_path, name="دووەم")
    desk.shell.open_project(second)
    assert desk.shell.workspace.path == second
    assert desk.window.windowTitle() == without_isolates(desk.window.windowTitle()) or "دووەم" in (
        desk.window.windowTitle()
    )
    with ProjectFile.open(first) as project:
        counted = sum(sum(c.values()) for c in project.annotations.counts().values())
    assert counted == 1
    assert recent_projects() == [second, first]
    window = desk.window
    desk.shell.open_project(second)
    assert desk.window is window


def test_recent_projects_are_few_and_the_newest_comes_first(stage, tmp_path):
    paths = [tmp_path / f"{number}.nishan" for number in range(RECENT_LIMIT + 2)]
    for path in (*paths, paths[4]):
        remember_project(path)
    newest = [paths[4], *reversed(paths[2:4] + paths[5:])]
    assert recent_projects() == newest[:RECENT_LIMIT]


def test_nothing_to_open_shows_the_start_page(shell, qapp):
    shell.start([])
    start = shell.start_window
    assert start.isVisible()
    assert shell.window is None
    start.setGeometry(40, 40, 700, 500)
    shell.run("language.switch")
    assert shell.start_window is not start
    assert shell.start_window.geometry() == start.geometry()
    assert shell.start_window.layoutDirection() is Qt.LayoutDirection.RightToLeft


def test_the_last_project_opens_again_and_takes_the_place_of_the_start_page(shell, tmp_path):
    path = make_project(tmp_path)
    shell.start([])
    start = shell.start_window
    start.project_chosen.emit(str(path))
    assert shell.start_window is None
    assert not start.isVisible()
    shell.window.close()
    again = make_shell(make_application(), make_desk(language="en"))
    again.start([])
    assert again.workspace.path == path
    again.quit()


def test_articles_named_on_the_command_line_get_a_project(shell, tmp_path):
    article = tmp_path / "هەواڵ.txt"
    article.write_text(TEXT, encoding="utf-8")
    shell.start([article])
    assert shell.workspace.path == tmp_path / "هەواڵ.nishan"
    assert shell.window.editor.text == TEXT


def test_articles_that_cannot_be_read_leave_no_project_behind(shell, tmp_path, boxes):
    article = tmp_path / "broken.txt"
    article.write_bytes(b"\x00\x01\x02\xff")
    shell.start([article])
    assert len(boxes.texts) == 1
    assert shell.start_window.isVisible()
    assert not (tmp_path / "broken.nishan").exists()


def a_missing(folder):
    return folder / "nothing.nishan"


def a_foreign(folder):
    path = folder / "foreign.nishan"
    path.write_bytes(b"this is no project" * 100)
    return path


def an_empty(folder):
    path = folder / "empty.nishan"
    path.touch()
    return path


def a_folder(folder):
    path = folder / "folder.nishan"
    path.mkdir()
    return path


@pytest.mark.parametrize("make", [a_missing, a_foreign, an_empty, a_folder])
def test_a_file_that_is_no_project_is_told_in_one_box(shell, tmp_path, boxes, make):
    path = make(tmp_path)
    shell.start([path])
    assert len(boxes.texts) == 1
    assert path.name in without_isolates(boxes.texts[0])
    assert boxes.formats == {Qt.TextFormat.PlainText}
    assert shell.workspace is None
    assert shell.start_window.isVisible()
    shell.start_window.project_chosen.emit(str(path))
    assert len(boxes.texts) == 2


def test_a_last_project_that_is_broken_does_not_keep_the_program_shut(shell, tmp_path, boxes):
    remember_project(a_foreign(tmp_path))
    shell.start([])
    assert len(boxes.texts) == 1
    assert shell.start_window.isVisible()


def test_a_project_open_elsewhere_is_told_and_the_present_one_stays(desk, tmp_path, boxes):
    other = make_project(tmp_path, name="other")
    before = desk.window
    boxes.answer = "Cancel"
    with ProjectFile.open(other):
        desk.shell.open_project(other)
    assert "is already open by" in boxes.texts[0]
    assert desk.window is before
    mark(desk)
    assert len(list(desk.editor.annotations.mentions())) == 1


@pytest.mark.parametrize("way", ["link", "dots"])
def test_a_project_that_is_open_here_is_shown_whatever_it_is_called(desk, tmp_path, boxes, way):
    path = desk.shell.workspace.path
    if way == "link":
        other = tmp_path / "link.nishan"
        other.symlink_to(path)
    else:
        (tmp_path / "deep").mkdir()
        other = tmp_path / "deep" / ".." / path.name
    before = desk.window
    desk.window.showMinimized()
    desk.shell.open_project(other)
    assert desk.window is before
    assert not desk.window.isMinimized()
    assert boxes.texts == []


@pytest.fixture
def left_behind(tmp_path, monkeypatch):
    """A project with the lock of another computer that has been silent for an hour."""
    monkeypatch.setattr("annotator.ui.taking_over.WATCH_SECONDS", 0.0)
    path = make_project(tmp_path)
    owner = {"user": "ئازاد", "host": "elsewhere", "pid": 1, "since": "2026-01-01", "token": "x"}
    lock = lock_path(path)
    lock.write_text(json.dumps(owner), encoding="utf-8")
    long_ago = time.time() - 3600
    os.utime(lock, (long_ago, long_ago))
    return path


def test_a_lock_left_behind_is_taken_over_when_the_user_agrees(shell, left_behind, boxes):
    boxes.answer = load_catalogue("en").text("shell.take_over_accept")
    shell.start([left_behind])
    assert shell.workspace.path == left_behind
    assert "ئازاد" in boxes.texts[0]
    assert boxes.defaults == ["Cancel"]


def test_a_lock_left_behind_stays_when_the_user_declines(shell, left_behind, boxes):
    boxes.answer = "Cancel"
    shell.start([left_behind])
    assert shell.workspace is None
    assert shell.start_window.isVisible()
    assert len(boxes.texts) == 1
    assert lock_path(left_behind).exists()


def test_articles_whose_project_was_left_open_ask_too(shell, left_behind, boxes):
    article = left_behind.with_suffix(".txt")
    article.write_text(TEXT, encoding="utf-8")
    shell.start([article])
    assert shell.workspace is None
    boxes.answer = load_catalogue("en").text("shell.take_over_accept")
    shell.start([article])
    assert shell.workspace.path == left_behind


def test_complete_and_next_goes_round_and_says_when_all_is_done(desk):
    seen = []
    for _ in range(3):
        seen.append(desk.editor.document.document.id)
        desk.typist.press("Ctrl+Enter")
    assert seen == ["a1", "a2", "a3"]
    assert "so are all the others" in desk.window.status.notice
    assert {line.status for line in desk.shell.workspace.lines()} == {SetStatus.COMPLETE}


def test_next_and_previous_document_stop_at_the_ends(desk):
    for key, there in (
        ("PageDown", "a2"),
        ("PageDown", "a3"),
        ("PageDown", "a3"),
        ("PageUp", "a2"),
    ):
        desk.typist.press(f"Ctrl+{key}")
        assert desk.editor.document.document.id == there
    desk.typist.press("Ctrl+PageUp Ctrl+PageUp")
    assert desk.editor.document.document.id == "a1"
    assert "no further document" in desk.window.status.notice


def test_zoom_has_limits_and_a_way_back(desk):
    usual = desk.window.view.points
    desk.typist.press("Ctrl+Equal")
    assert desk.window.view.points > usual
    desk.window.view.zoom(1000)
    assert desk.window.view.points == 60.0
    desk.window.view.zoom(-1000)
    assert desk.window.view.points == 8.0
    desk.typist.press("Ctrl+0")
    assert desk.window.view.points == usual


def test_quitting_keeps_the_place_and_the_size(desk, stage):
    path = desk.shell.workspace.path
    desk.typist.press("Ctrl+PageDown Ctrl+End Shift+Right Shift+Right Ctrl+Equal")
    desk.window.resize(780, 700)
    document, selection = desk.editor.document.document.id, desk.editor.selection
    letters = desk.window.view.points
    desk.typist.press("Ctrl+Q")
    assert not desk.window.isVisible()
    assert not lock_path(path).exists()
    shell = make_shell(make_application(), make_desk(language="en"))
    shell.open_project(path)
    editor = shell.window.editor
    assert (editor.document.document.id, editor.selection) == (document, selection)
    assert shell.window.size().toTuple() == (780, 700)
    assert shell.window.view.points == letters
    shell.quit()


@pytest.fixture
def failing(monkeypatch):
    """Makes every later transaction fail like a full disk."""

    def fail():
        def transaction(project):
            raise UserError("store.full", name=project.path.name)

        monkeypatch.setattr(ProjectFile, "transaction", transaction)

    return fail


def test_a_full_disk_is_told_once_and_nothing_changes(desk, boxes, failing):
    mark(desk)
    before, undo = desk.editor.annotations, desk.editor.document.next_undo
    assert desk.window.status.saved == "✓ saved"
    failing()
    mark(desk, "سلێمانی")
    assert len(boxes.texts) == 1
    assert "no space left" in boxes.texts[0]
    assert desk.window.status.saved == "✗ not saved"
    assert desk.editor.annotations is before
    assert desk.editor.document.next_undo == undo


@pytest.mark.parametrize("chord", ["Ctrl+Enter", "Ctrl+Z", "Backspace", "9"])
def test_no_act_gets_past_a_full_disk(desk, boxes, failing, chord):
    mark(desk)
    before, document = desk.editor.annotations, desk.editor.document
    failing()
    desk.typist.press(chord)
    assert len(boxes.texts) == 1
    assert desk.window.status.saved == "✗ not saved"
    assert desk.editor.annotations is before
    assert desk.editor.document is document


def test_saved_is_said_again_when_it_is_true_again(desk, boxes, failing, monkeypatch):
    failing()
    mark(desk)
    monkeypatch.undo()
    mark(desk)
    assert desk.window.status.saved == "✓ saved"


def test_a_full_disk_keeps_nobody_from_leaving(desk, boxes, failing):
    path = desk.shell.workspace.path
    desk.typist.press("Left Left")
    failing()
    desk.typist.press("Ctrl+PageDown Left")
    assert desk.editor.document.document.id == "a2"
    desk.window.close()
    assert boxes.texts == []
    assert not lock_path(path).exists()


def test_somebody_who_takes_the_project_over_is_told_of(desk, boxes, monkeypatch):
    def lost(project):
        raise UserError("store.lock_lost", name=project.path.name, lock="x")

    monkeypatch.setattr(ProjectFile, "refresh_lock", lost)
    desk.shell.keeping.heartbeat.timeout.emit()
    assert len(boxes.texts) == 1
    assert desk.window.status.saved == "✗ not saved"
    assert not desk.shell.keeping.heartbeat.isActive()


def test_a_read_only_project_can_be_looked_at_and_left(stage, tmp_path, boxes, monkeypatch):
    path = make_project(tmp_path)
    monkeypatch.setattr("annotator.store.project_file.can_be_written", lambda _: False)
    content = path.read_bytes()
    desk = stage(path, language="en")
    assert desk.window.status.saved == "read-only"
    desk.typist.press("Left Left Ctrl+PageDown Left")
    assert desk.editor.document.document.id == "a2"
    desk.typist.press("3")
    assert len(boxes.texts) == 1
    assert "reading only" in boxes.texts[0]
    assert desk.window.status.saved == "read-only"
    assert len(desk.editor.annotations) == 0
    desk.close()
    assert len(boxes.texts) == 1
    assert path.read_bytes() == content


def test_an_empty_project_says_how_to_fill_it(stage, tmp_path):
    path = tmp_path / "empty.nishan"
    ProjectFile.create(
        path, scheme_json=read_scheme_text(DEFAULT_SCHEME), name="empty", now="2026-01-01T00:00:00Z"
    ).close()
    desk = stage(path, language="en")
    assert desk.editor is None
    assert "Ctrl+I" in without_isolates(desk.window.view.heading)


def test_without_a_document_every_key_says_so_or_does_what_it_can(stage, tmp_path, monkeypatch):
    desk = stage(make_project(tmp_path, documents={}), language="en")
    shown = []
    monkeypatch.setattr(KeySheet, "exec", lambda sheet: shown.append(sheet.windowTitle()))
    desk.typist.press("Shift+Slash")
    assert shown == ["Show all keys"]
    for chord in ("E", "1", "Left", "Enter", "N"):
        desk.window.status.clear_notice()
        desk.typist.press(chord)
        assert desk.window.status.notice == "No document is open: import some first."
