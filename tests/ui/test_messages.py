"""Boxes that nobody would close: at the end of the program, and where nobody is."""

import pytest
from PySide6.QtWidgets import QMessageBox

from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError
from annotator.ui.messages import keep_quiet, require_nothing_unsaid, show_text, unattended


@pytest.fixture(autouse=True)
def shown(monkeypatch):
    """The boxes that would have waited for somebody, and for ever."""
    waiting = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: waiting.append(box.text()))
    return waiting


def test_what_the_end_keeps_quiet_about_stops_no_later_key(qapp, shown):
    keep_quiet(qapp)
    try:
        show_text(None, load_catalogue("ckb"), "کۆتایی")
        require_nothing_unsaid()
    finally:
        keep_quiet(qapp, is_quiet=False)
    assert shown == []


def test_what_nobody_was_there_to_read_stops_the_keys(qapp, shown):
    with unattended(qapp):
        show_text(None, load_catalogue("ckb"), "دیسک پڕە")
        with pytest.raises(UserError) as caught:
            require_nothing_unsaid()
    assert caught.value.values == {"reason": "دیسک پڕە"}
    require_nothing_unsaid()
    assert shown == []


def test_where_somebody_is_the_boxes_wait(qapp, shown):
    with unattended(qapp):
        pass
    keep_quiet(qapp)
    keep_quiet(qapp, is_quiet=False)
    show_text(None, load_catalogue("ckb"), "دیسک پڕە")
    require_nothing_unsaid()
    assert len(shown) == 1
