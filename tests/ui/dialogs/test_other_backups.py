"""The list of other projects' backups: read one by one, and one is chosen."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.store.backup import Backup
from annotator.store.backup_thinning import BackupReason
from annotator.store.inventory import Inventory
from annotator.ui.dialogs.other_backups import OtherBackupsDialog
from annotator.workbench.backups import OtherBackup

BACKUP = Backup(
    path=Path("b.nishan"),
    made=datetime(2026, 11, 25, 9, tzinfo=UTC),
    reason=BackupReason.WORK,
    generation=1,
    number=1,
    size=1,
)
FIRST = OtherBackup(
    origin=Path("/archive/کار.nishan"),
    backup=BACKUP,
    inventory=Inventory(
        "u",
        1,
        documents=3,
        mentions=40,
        events=1,
        quotes=1,
        digest="d",
        documents_with_trash=3,
        annotations_with_trash=42,
    ),
)
SECOND = replace(FIRST, origin=None)


@pytest.fixture
def make(qtbot, catalogue):
    def show(*found):
        dialog = OtherBackupsDialog(catalogue, Path("/x/کار.nishan"), iter(found), parent=None)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: not dialog.is_reading)
        return dialog

    return show


def test_it_lists_file_folder_and_what_each_holds(make, catalogue):
    dialog = make(FIRST, SECOND)
    rows = dialog.table.texts
    counts = tuple(map(catalogue.number, (3, 42)))
    assert rows[0] == ("کار.nishan", str(Path("/archive")), rows[0][2], *counts)
    assert rows[1] == ("–", "–", rows[0][2], *counts)
    assert "کار.nishan" in dialog.about.text()
    assert dialog.notice == ""


def test_the_present_row_is_chosen(make):
    dialog = make(FIRST, SECOND)
    dialog.table.setCurrentCell(1, 0)
    dialog.restore_button.click()
    assert dialog.chosen is SECOND
    assert not dialog.isVisible()


def test_where_none_is_whole_that_is_told(make, catalogue):
    dialog = make()
    assert dialog.notice == catalogue.text("other.none")
    assert not dialog.restore_button.isEnabled()
    dialog.choose()
    assert dialog.chosen is None
    dialog.close_button.click()
    assert not dialog.isVisible()
