"""What offsets count is asked for where files may not prove it, and is read so."""

import json

import pytest

from annotator.formats.offset_units import OffsetUnit
from annotator.ui.dialogs.import_documents import ImportDialog
from annotator.workbench.importing import Importer
from tests.ui.dialogs.conftest import clock
from tests.ui.dialogs.sight import cut_off, nameless, rich
from tests.workbench.projects import write

TEXT = "🙂🙂 نەورۆز"


@pytest.fixture
def dialog(qtbot, project, catalogue, tmp_path):
    importer = Importer(project, clock)
    made = ImportDialog(catalogue, importer, folder=tmp_path, parent=None, present="شیلان")
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_unit_can_be_chosen_for_files_that_may_not_prove_it(dialog, project, tmp_path, qtbot):
    choice = dialog.unit_choice
    assert not choice.isVisible()
    line = json.dumps({"text": TEXT, "label": [[5, 7, "PER"]]}) + "\n"
    dialog.add_paths([write(tmp_path, "a.jsonl", line)])
    assert choice.isVisible()
    assert choice.unit is None
    qtbot.waitUntil(lambda: cut_off(dialog) == [])
    assert (nameless(dialog), rich(dialog)) == ([], [])
    choice.box.setCurrentIndex(choice.box.findData(OffsetUnit.UTF_16))
    dialog.start()
    (header,) = project.annotations.headers()
    (mention,) = project.annotations.read(header).mentions()
    assert mention.fragments.of(TEXT) == "نە"
    assert dialog.report.problems == ()


def test_a_unit_that_no_file_asks_for_is_not_taken(dialog, tmp_path):
    path = write(tmp_path, "a.jsonl", json.dumps({"text": TEXT, "label": [[5, 7, "PER"]]}))
    dialog.add_paths([path])
    dialog.unit_choice.box.setCurrentIndex(2)
    assert dialog.unit_choice.unit is OffsetUnit.UTF_16
    dialog.files.remove_current()
    assert not dialog.unit_choice.isVisible()
    assert dialog.unit_choice.unit is None
