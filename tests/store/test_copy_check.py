"""Damage that a copy brings along from its project is found in small steps."""

import apsw
import pytest

from annotator.core.history import Act
from annotator.core.project_edits import ProjectEdit
from annotator.foundation.errors import UserError
from annotator.store.connection import Connection
from annotator.store.copy_check import check_at_once, check_in_steps
from tests.store.projects import HEADER, LATER, adding, make_project, mention, perform


@pytest.fixture
def closed(path):
    with make_project(path) as project:
        perform(project, adding(mention(1), mention(2)))
        with project.transaction() as tx:
            edit = ProjectEdit("edit.remove_documents", details=(("count", "1"),))
            seq = project.project_journal.append(tx, Act.DO, edit, at=LATER).seq
            part = adding(mention(3))
            project.annotations.write(tx, HEADER, part, numbers={}, at=LATER)
            project.journal.append(tx, HEADER, act=Act.DO, edit=part, at=LATER, project=seq)
    return path


def looked_at(path, check=check_at_once):
    connection = Connection.to_file(path, flags=apsw.SQLITE_OPEN_READONLY, is_read_only=True)
    try:
        return check(connection)
    finally:
        connection.close()


def test_a_whole_file_passes_in_several_steps(closed):
    looked_at(closed)
    assert looked_at(closed, lambda connection: len(list(check_in_steps(connection)))) >= 10


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE annotations SET body = replace(body, 'GPE', 'PER') WHERE id = 'T2'",
        "UPDATE documents SET text = replace(text, 'ی', 'ێ')",
        "UPDATE documents SET body = body || ' '",
        "UPDATE documents SET length = length + 1",
        "UPDATE schemes SET body = '{}'",
        "UPDATE journal SET made = '2026-01-01T00:00:00Z'",
        "UPDATE journal SET body = replace(body, 'GPE', 'PER')",
        "UPDATE journal SET project = NULL WHERE project = 1",
        "UPDATE project_journal SET made = '2026-01-01T00:00:00Z'",
        "DELETE FROM annotations WHERE id = 'T2'",
        "UPDATE annotation_sets SET mentions = 2",
        "PRAGMA foreign_keys=OFF; UPDATE annotations SET set_key = 99",
    ],
)
def test_what_somebody_changed_is_damage(closed, sql):
    database = apsw.Connection(str(closed))
    database.execute(sql)
    assert database.total_changes() > 0
    database.close()
    with pytest.raises(UserError, match=r"store\.damaged") as caught:
        looked_at(closed)
    assert caught.value.values == {"name": closed.name}


def test_pages_that_do_not_fit_together_are_damage(closed):
    data = closed.read_bytes()
    size = int.from_bytes(data[16:18], "big")
    unused = int.from_bytes(data[36:40], "big")
    passed = 0
    for at in range(size, len(data), size):
        closed.write_bytes(data[:at] + bytes(size) + data[at + size :])
        try:
            looked_at(closed, lambda connection: list(check_in_steps(connection)))
        except UserError:
            continue
        passed += 1
    assert passed == unused < 3
