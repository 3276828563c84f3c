"""What the palette finds: in both languages, folded, in any order, recent first."""

import pytest

from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.ui.keyboard.keymap import default_keymap
from annotator.ui.palette_entries import (
    DOCUMENT_LIMIT,
    action_entries,
    document_entries,
    found_entries,
    scheme_entries,
)
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_from_text

CKB, EN = load_catalogue("ckb"), load_catalogue("en")
ACTIONS = ("project.new", "project.open", "edit.undo", "edit.redo", "document.next", "event.new")
ENTRIES = action_entries(ACTIONS, (CKB, EN), default_keymap(), frozenset(ACTIONS[:-1]))
SCHEME = scheme_from_text(read_scheme_text(DEFAULT_SCHEME))
DOCUMENTS = list(document_entries([("a1", "کۆبوونەوەی\nهەولێر"), ("a2", "Undo News")], EN))


def found(typed, recent=(), entries=ENTRIES, documents=()):
    return [entry.id for entry in found_entries(entries, documents, typed, recent)]


def test_nothing_typed_lists_all_acts_with_the_recent_ones_first():
    assert found("") == list(ACTIONS)
    assert found(" ", ["edit.redo", "gone", "project.open"]) == [
        "edit.redo",
        "project.open",
        "project.new",
        "edit.undo",
        "document.next",
        "event.new",
    ]
    assert found("", documents=DOCUMENTS) == list(ACTIONS)


@pytest.mark.parametrize(
    "typed",
    [CKB.text("action.edit.undo"), "گەرانەوە", "گهرانهوه", "undo", "UND", "do un"],
)
def test_an_act_is_found_by_either_title_however_it_is_spelled(typed):
    assert "edit.undo" in found(typed)


def test_words_stand_in_any_order_and_all_of_them_count():
    assert found("project open") == found("open project") == ["project.open"]
    assert found("open xyzzy") == []


def test_words_that_begin_as_typed_come_before_others_and_recent_ones_before_old():
    assert found("do")[0] == "document.next"
    assert found("project") == ["project.new", "project.open"]
    assert found("project", ["project.open"]) == ["project.open", "project.new"]


def test_rows_tell_title_group_caps_and_whether_they_can_run():
    entry = ENTRIES[-1]
    assert (entry.title, entry.group) == (CKB.text("action.event.new"), CKB.text("group.marking"))
    assert without_isolates(entry.caps) == "E / ە"
    assert [each.is_enabled for each in ENTRIES] == [True] * 5 + [False]


def test_every_label_and_type_of_the_scheme_is_offered():
    entries = scheme_entries(SCHEME, (CKB, EN), default_keymap())
    person = next(entry for entry in entries if entry.id == "label.PER")
    assert SCHEME.label("PER").name.ckb in without_isolates(person.title)
    assert "1" in person.caps
    for typed in ("کەس", "person", "PER", "entity person"):
        assert "label.PER" in found(typed, entries=entries)
    enabled = [label for label in SCHEME.labels if label.is_enabled]
    assert len(entries) == len(enabled) + len(SCHEME.event_types)
    meet = next(entry for entry in entries if entry.id == "event.type.Contact.Meet")
    assert "E / ە" in without_isolates(meet.caps)


def test_documents_are_found_by_name_and_come_after_acts():
    assert found("هه‌ولیر كوبونه‌وه", documents=DOCUMENTS) == ["document:a1"]
    assert found("undo", documents=DOCUMENTS) == ["edit.undo", "document:a2"]
    assert "\n" not in DOCUMENTS[0].title


def test_many_documents_do_not_fill_the_list():
    many = list(document_entries([(f"d{n}", f"news {n}") for n in range(200)], EN))
    assert len(found("news", documents=many)) == DOCUMENT_LIMIT
