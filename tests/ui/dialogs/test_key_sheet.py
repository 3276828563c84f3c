"""The key sheet: groups, both caps, the filter, paper, and the way to the editor."""

import pytest

from annotator.foundation.catalogue import without_isolates
from annotator.ui.dialogs.key_sheet import KeySheet, sheet_document
from annotator.ui.dialogs.key_tree import key_groups
from annotator.ui.keyboard.groups import GROUPS, group_of, grouped
from annotator.ui.keyboard.key_table import KeyTable
from annotator.ui.keyboard.user_keys import UserKeys
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_from_text
from tests.key_events import press

SCHEME = scheme_from_text(read_scheme_text(DEFAULT_SCHEME))
TABLE = KeyTable(UserKeys(), SCHEME)


@pytest.fixture
def sheet(catalogue, qtbot):
    made = KeySheet(catalogue, TABLE, None)
    qtbot.addWidget(made)
    made.show()
    return made


def test_every_slot_stands_in_one_group(catalogue):
    groups = key_groups(TABLE, catalogue)
    slots = [slot for group in groups for slot, _, _ in group.rows]
    assert sorted(slots) == sorted((*TABLE.action_slots(), *TABLE.places()))
    assert [group.title for group in groups[:-1]] == [
        catalogue.text(f"group.{name}") for name in GROUPS
    ]
    assert SCHEME.name.in_language(catalogue.language) in groups[-1].title


def test_an_action_of_an_unknown_kind_is_shown_with_the_others():
    assert group_of("novelty.do") in GROUPS
    assert grouped(["novelty.do"]) == [("annotations", ["novelty.do"])]


def test_both_caps_are_shown_and_can_be_looked_for(sheet, catalogue):
    rows = dict(sheet.shown)
    title = TABLE.title("event.new", catalogue)
    assert without_isolates(rows[title]) == "E / ە"
    sheet.filter.setText("Ctrl+Z")
    assert [row[0] for row in sheet.shown] == [TABLE.title("edit.undo", catalogue)]


def test_arrows_go_through_the_list_from_the_filter(sheet):
    before = sheet.tree.present
    press(sheet.filter, "Down")
    assert sheet.tree.present not in (before, None)


def test_the_keys_pass_over_headings(sheet):
    present = [sheet.tree.present]
    for _ in range(len(sheet.shown) - 1):
        press(sheet.filter, "Down")
        present.append(sheet.tree.present)
    assert None not in present
    assert len(set(present)) == len(sheet.shown)
    press(sheet.filter, "Up")
    assert sheet.tree.present == present[-2]


def test_the_way_to_the_editor(sheet, qtbot):
    with qtbot.wait_signal(sheet.edit_wanted):
        sheet.edit.click()
    assert not sheet.isVisible()


def test_on_paper_stands_what_has_a_key(catalogue):
    text = sheet_document(catalogue, key_groups(TABLE, catalogue)).toPlainText()
    assert TABLE.title("edit.undo", catalogue) in text
    assert "E / ە" in without_isolates(text)
    assert TABLE.title("set.approve", catalogue) not in text
