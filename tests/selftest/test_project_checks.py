"""The checks without a window pass here, and fail where what they are for is broken."""

import pytest

from annotator.foundation.errors import UserError
from annotator.selftest import killing, project_checks
from annotator.selftest.project_checks import check_database, check_export, check_keeping
from annotator.store.connection import Connection
from annotator.workbench.open_document import OpenDocument


def test_the_database_is_safe(tmp_path):
    facts = check_database(tmp_path)
    assert facts["settings"] == (
        "journal truncate, synchronous 3, locking exclusive, foreign_keys 1"
    )
    assert facts["sqlite"].startswith("3.")


def test_a_database_that_does_not_wait_for_the_disk_is_noticed(tmp_path, monkeypatch):
    settle_in = Connection.settle_in

    def hasty(connection):
        settle_in(connection)
        connection.rows("PRAGMA synchronous=OFF")

    monkeypatch.setattr(Connection, "settle_in", hasty)
    with pytest.raises(UserError) as caught:
        check_database(tmp_path)
    assert caught.value.key == "selftest.unsafe"
    assert caught.value.values == {"settings": "synchronous 0"}


def test_nothing_acknowledged_is_lost_by_a_kill(tmp_path):
    facts = check_keeping(tmp_path)
    assert project_checks.ACTS_BEFORE_KILL <= facts["told"] <= facts["found"] <= facts["told"] + 1


def test_an_act_that_is_missing_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(project_checks, "acknowledged_before_kill", lambda *_, acts: acts)
    with pytest.raises(UserError) as caught:
        check_keeping(tmp_path)
    assert caught.value.key == "selftest.lost"
    assert caught.value.values == {"told": project_checks.ACTS_BEFORE_KILL, "found": 0}


def test_a_program_that_cannot_be_started_again_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(killing, "WRITER_FLAG", "--no-such-flag")
    with pytest.raises(UserError) as caught:
        check_keeping(tmp_path)
    assert (caught.value.key, caught.value.values) == ("selftest.no_writer", {"code": 2})


def test_the_writer_acknowledges_each_act(tmp_path, monkeypatch):
    """Run in this process, to its end: every byte stands for an act in the file."""
    text = tmp_path / "rain.txt"
    text.write_text("باران باری و خەڵک چوونە ناو بازاڕ. " * 3, encoding="utf-8")
    monkeypatch.setattr(project_checks, "sample_texts", lambda: (text,))
    acts = []
    perform = OpenDocument.perform
    monkeypatch.setattr(
        OpenDocument, "perform", lambda opened, edit: acts.append(perform(opened, edit))
    )

    def run_to_the_end(project, progress, *, acts):
        assert killing.write_until_killed(project, progress) == 0
        return progress.stat().st_size

    monkeypatch.setattr(project_checks, "acknowledged_before_kill", run_to_the_end)
    facts = check_keeping(tmp_path)
    assert facts["told"] == facts["found"] == len(acts) > project_checks.ACTS_BEFORE_KILL


def test_an_export_without_errors_passes(tmp_path):
    assert check_export(tmp_path) == {"sets": 1}


def test_an_export_with_an_error_is_noticed(tmp_path, monkeypatch):
    check = project_checks.check_gold_file

    def broken(path, scheme):
        path.write_bytes(path.read_bytes().replace(b'"start":0', b'"start":1', 1))
        return check(path, scheme)

    monkeypatch.setattr(project_checks, "check_gold_file", broken)
    with pytest.raises(UserError) as caught:
        check_export(tmp_path)
    assert caught.value.key == "selftest.export"
    assert caught.value.values["rules"] != "–"
