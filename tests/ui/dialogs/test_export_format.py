"""Exports in every format, from the choice to the report, with the keys of a keyboard."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from annotator.core.splits import Shares
from annotator.formats.conll_write import CONLL
from annotator.formats.gold_write import GOLD
from annotator.foundation.catalogue import without_isolates
from annotator.ui.dialogs import export, export_format
from annotator.ui.dialogs.export import ExportDialog
from annotator.ui.dialogs.export_format import FormatBox
from annotator.workbench.exporting import Exporter, SplitChoices
from annotator.workbench.format_offers import FormatOffer, format_offers
from tests.key_events import press
from tests.ui.dialogs.conftest import clock


@pytest.fixture
def make(qtbot, project, tmp_path):
    """Show the dialog, active."""

    def show(catalogue):
        dialog = ExportDialog(
            catalogue,
            Exporter(project, clock),
            annotators=["شیلان"],
            suggested=tmp_path / "out.jsonl",
            parent=None,
        )
        qtbot.addWidget(dialog)
        dialog.show()
        with qtbot.waitActive(dialog):
            dialog.activateWindow()
        return dialog

    return show


@pytest.fixture
def dialog(make, english, annotate):
    """The dialog over one sound mention and one that begins inside of a word."""
    annotate("d1")
    annotate("d2", start=7)
    return make(english)


def choose(dialog, identifier):
    """Go to the formats and down to one of them."""
    box = dialog.form.format.box
    box.setFocus()
    press(box, "Home")
    while dialog.form.format.format.id != identifier:
        present = box.currentIndex()
        press(box, "Down")
        assert box.currentIndex() > present
    return dialog


def test_gold_comes_first_and_is_chosen(dialog):
    form = dialog.form
    assert (form.choices.format, form.format.box.currentIndex()) == (GOLD, 0)
    assert form.format.note.startswith("Everything there is")
    assert form.choices.split is None
    assert not form.split.seed_box.isVisible()


@pytest.mark.parametrize("offer", format_offers(), ids=lambda offer: offer.format.id)
def test_every_format_can_be_chosen_and_written(dialog, tmp_path, offer):
    known = offer.format
    choose(dialog, known.id)
    suffix = "out" + known.suffixes[0] if known.write else f"out-{known.id}"
    assert dialog.form.target == tmp_path / suffix
    assert dialog.form.place.file_button.isEnabled() is (known.write is not None)
    boxes = [box for box in dialog.form.format.findChildren(type(dialog.form.format.box))
             if box.isVisible()]  # fmt: skip
    assert len(boxes) == 1 + len(known.options)
    dialog.start()
    if dialog.losses_page.isVisible():
        press(QApplication.focusWidget(), "Enter")
    assert dialog.written.format == known.id
    assert dialog.form.target.exists()


def test_the_options_are_reached_with_tab_and_say_their_names(dialog):
    choose(dialog, "conll")
    names = []
    for _ in range(3):
        press(QApplication.focusWidget(), "Tab")
        names.append(QApplication.focusWidget().accessibleName())
    assert names == ["Tags", "Columns", "Between the columns"]
    press(QApplication.focusWidget(), "Down")
    assert dialog.form.choices.options == {
        "tagging": "bio", "columns": "two_columns", "between": "tabs",
        "document_marks": "docstart", "nesting": "outermost", "levels": "names",
    }  # fmt: skip


def test_what_is_lost_is_told_before_anything_is_written(dialog, tmp_path, qtbot):
    choose(dialog, "conll")
    press(dialog.form.format.box, "Enter")
    page = dialog.losses_page
    assert page.isVisible()
    assert not (tmp_path / "out.conll").exists()
    word = "begins or ends inside of a word and is widened to it"
    assert page.text == (
        "CoNLL columns (BIO, BIOES) cannot hold everything. Losses: 1.\n\n"
        f"1 × {word}\n\nd2, a1, T1 (GPE “ولێر”, 7–11) {word}.\n"
    )
    qtbot.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == page.text
    press(page.go_on_button, "Enter")
    report = dialog.report_page.text
    assert "Format: CoNLL columns (BIO, BIOES)\n" in report
    losses = tmp_path / "out.conll.losses.jsonl"
    assert report.endswith(
        f"\nWhat the format does not hold: 1\n1 × {word}\nAll of it is listed in: {losses}\n"
    )
    assert json.loads(losses.read_text(encoding="utf-8"))["doc_id"] == "d2"


def test_the_choices_can_be_changed_after_the_losses(dialog, qtbot, tmp_path):
    choose(dialog, "conll").start()
    qtbot.mouseClick(dialog.losses_page.back_button, Qt.MouseButton.LeftButton)
    assert dialog.form.isVisible()
    assert (dialog.written, list(tmp_path.glob("out*"))) == (None, [])


def test_escape_leaves_the_losses_and_writes_nothing(dialog, tmp_path):
    choose(dialog, "conll").start()
    press(dialog.losses_page.go_on_button, "Escape")
    assert (dialog.isVisible(), dialog.written, list(tmp_path.glob("out*"))) == (False, None, [])


def test_a_draft_shows_its_losses_as_well(make, english, annotate):
    annotate("d1", start=7, end=12)
    dialog = choose(make(english), "conll")
    dialog.start()
    assert dialog.findings_page.isVisible()
    dialog.findings_page.draft_button.click()
    assert dialog.losses_page.isVisible()
    dialog.losses_page.go_on_button.click()
    assert dialog.written.errors >= 1


def test_only_so_many_losses_are_listed(dialog, monkeypatch, annotate):
    annotate("d3", start=7)
    monkeypatch.setattr("annotator.ui.dialogs.export_losses.SHOWN_LOSSES", 1)
    choose(dialog, "conll").start()
    assert dialog.losses_page.text.endswith("\nAnd 1 more, which losses.jsonl will list.\n")
    assert "d3" not in dialog.losses_page.text


def test_looking_ahead_can_be_stopped(dialog, monkeypatch, tmp_path):
    choose(dialog, "conll")
    begin = dialog.progress.begin

    def begin_and_stop(what):
        begin(what)
        if what == "Looking for what has no place…":
            dialog.progress.stop()

    monkeypatch.setattr(dialog.progress, "begin", begin_and_stop)
    dialog.start()
    assert dialog.notice == "The export was stopped; nothing was written."
    assert (dialog.losses_page.isVisible(), list(tmp_path.glob("out*"))) == (False, [])


def test_documents_are_divided_into_a_folder(dialog, tmp_path):
    split = dialog.form.split
    split.divide_box.setFocus()
    press(split.divide_box, "Space")
    assert dialog.form.target == tmp_path / "out-gold"
    press(split.divide_box, "Tab")
    assert QApplication.focusWidget().accessibleName() == "Training"
    split.seed_box.setValue(7)
    assert dialog.form.choices.split == SplitChoices(Shares(train=80, dev=10, test=10), 7)
    dialog.start()
    assert (tmp_path / "out-gold" / "train.jsonl").is_file()
    report = dialog.report_page.text
    assert "\nTraining: 2\nDevelopment: 0\nTest: 0\n" in report
    assert "Groups of near duplicates that stayed together: 1" in report


def test_divided_documents_do_not_go_into_a_file(dialog, tmp_path):
    dialog.form.split.divide_box.click()
    dialog.form.place.field.setText("x.jsonl")
    assert dialog.form.place.note.startswith("The parts are files of their own")
    assert not dialog.export_button.isEnabled()
    dialog.form.place.field.setText("x")
    assert dialog.export_button.isEnabled()


def test_a_path_of_the_users_keeps_its_name_and_changes_its_suffix(dialog, tmp_path):
    field = dialog.form.place.field
    field.setText("mine.jsonl")
    choose(dialog, "conll")
    assert dialog.form.target == tmp_path / "mine.conll"
    dialog.form.format.choose("brat", {})
    assert dialog.form.target == tmp_path / "mine"
    dialog.form.format.choose("gold", {})
    assert dialog.form.target == tmp_path / "mine.jsonl"
    field.setText("v1.2")
    choose(dialog, "conll")
    assert dialog.form.target == tmp_path / "v1.2"
    field.setText("mine.bio")
    dialog.form.split.divide_box.click()
    assert dialog.form.target == tmp_path / "mine"


def test_a_file_dialog_gives_the_suffix_of_the_format(dialog, monkeypatch, tmp_path, qtbot):
    asked = []

    def answer(*told):
        asked.append(told[3])
        return str(tmp_path / "v1.2"), told[3]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    choose(dialog, "conllu-plus")
    qtbot.mouseClick(dialog.form.place.file_button, Qt.MouseButton.LeftButton)
    assert dialog.form.target == tmp_path / "v1.2.conllup"
    assert asked == ["CoNLL-U Plus (*.conllup)"]


@pytest.mark.parametrize("is_agreed", [True, False])
def test_a_folder_with_something_in_it_is_asked_about(dialog, monkeypatch, tmp_path, is_agreed):
    asked = []
    monkeypatch.setattr(export, "confirm", lambda *a, **k: asked.append(a[2]) or is_agreed)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "manifest.json").write_text("a")
    dialog.form.place.field.setText("full")
    dialog.start()
    assert len(asked) == 1
    assert str(tmp_path / "full") in asked[0]
    assert (dialog.written is not None) is is_agreed


@pytest.mark.parametrize("is_agreed", [True, False])
def test_work_in_an_exported_folder_is_named_before_it_goes(
    dialog, make, english, monkeypatch, tmp_path, is_agreed
):
    asked = []
    monkeypatch.setattr(export, "confirm", lambda *a, **k: asked.append((a[2], k)) or is_agreed)
    dialog.form.place.field.setText("full")
    dialog.start()
    gold = tmp_path / "full" / "gold.jsonl"
    gold.write_bytes(b"an hour of work")
    again = make(english)
    again.form.place.field.setText("full")
    again.start()
    [(question, values)] = asked
    assert "these files in" in question
    assert "gold.jsonl" in question
    assert values["is_risky"]
    assert (gold.read_bytes() == b"an hour of work") is not is_agreed


def test_the_next_export_begins_with_what_was_written_last(dialog, make, english):
    choose(dialog, "conll")
    dialog.form.format.options_boxes["conll"].boxes["tagging"].setCurrentIndex(1)
    dialog.form.split.divide_box.click()
    dialog.form.split.ignore_box.click()
    chosen = dialog.form.choices
    dialog.start()
    dialog.losses_page.go_on_button.click()
    dialog.close()
    again = make(english)
    assert again.form.choices == chosen
    assert again.form.target.name == "out-conll"


def test_what_was_not_written_is_not_remembered(dialog, make, english):
    choose(dialog, "conll").close()
    assert make(english).form.choices.format is GOLD


@pytest.mark.parametrize(
    ("is_bundled", "told"),
    [
        (False, "(not available: the package spacy is not installed)"),
        (True, "(not part of the installed program: spacy)"),
    ],
)
def test_a_format_without_its_package_cannot_be_chosen(
    english, qtbot, monkeypatch, is_bundled, told
):
    monkeypatch.setattr(export_format, "is_bundled", lambda: is_bundled)
    offers = (FormatOffer(GOLD), FormatOffer(CONLL, "spacy"))
    box = FormatBox(english, offers, None)
    qtbot.addWidget(box)
    box.show()
    assert without_isolates(box.box.itemText(1)).endswith(told)
    press(box.box, "Down")
    box.choose("conll", {})
    assert box.format is GOLD


@pytest.mark.parametrize("offer", format_offers(), ids=lambda offer: offer.format.id)
def test_no_format_makes_the_dialog_higher_than_a_small_screen(dialog, offer):
    dialog.form.format.choose(offer.format.id, {})
    dialog.form.split.divide_box.click()
    QApplication.processEvents()
    smallest = dialog.minimumSizeHint()
    assert (smallest.width() <= 1240, smallest.height() <= 740) == (True, True)
