"""Damage that SQLite's own checks do not see is found and named, and nothing is repaired."""

import os
import random
import sqlite3

import pytest

from annotator.core.edits import Edit
from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from tests.store.projects import HEADER, adding, make_project, mention, perform


@pytest.fixture
def closed(path):
    with make_project(path) as project:
        perform(project, adding(*(mention(n, n, n + 5) for n in range(1, 6))))
    return path


def tamper(path, statement):
    database = sqlite3.connect(path)
    database.execute("PRAGMA ignore_check_constraints=ON")
    assert database.execute(statement).rowcount > 0
    database.commit()
    database.close()


DAMAGES = [
    ("UPDATE documents SET text = replace(text, 'ە', 'ه')", "document_damaged", {}),
    ("UPDATE documents SET sha256 = upper(sha256)", "document_damaged", {}),
    ("UPDATE documents SET title = 'x'", "document_damaged", {}),
    ("UPDATE documents SET length = length - 1", "document_damaged", {}),
    ("UPDATE documents SET body = replace(body, 'crlf', 'none')", "document_damaged", {}),
    (
        "UPDATE annotations SET body = replace(body, 'GPE', 'ORG') WHERE id = 'T2'",
        "record_damaged",
        {"record": "T2"},
    ),
    ("UPDATE annotations SET body = '{' WHERE id = 'T3'", "record_damaged", {"record": "T3"}),
    ("UPDATE annotations SET label = 'ORG' WHERE id = 'T4'", "record_damaged", {"record": "T4"}),
    ("UPDATE annotations SET span_end = 9 WHERE id = 'T1'", "record_damaged", {"record": "T1"}),
    ("UPDATE annotations SET id = 'T9' WHERE id = 'T5'", "record_damaged", {"record": "T9"}),
    ("DELETE FROM annotations WHERE id = 'T5'", "set_damaged", {"set": "a1"}),
    ("UPDATE annotation_sets SET mentions = 4", "set_damaged", {"set": "a1"}),
    ("UPDATE annotation_sets SET last_numbers = '[]'", "set_damaged", {"set": "a1"}),
    ("UPDATE annotation_sets SET annotators = '[1]'", "set_damaged", {"set": "a1"}),
    ("UPDATE annotation_sets SET annotators = 'a1'", "set_damaged", {"set": "a1"}),
    ("UPDATE journal SET body = replace(body, 'T2', 'T8')", "journal_damaged", {"seq": 1}),
    ("UPDATE journal SET made = '2026'", "journal_damaged", {"seq": 1}),
    ("UPDATE journal SET joins = 1", "journal_damaged", {"seq": 1}),
    ("UPDATE schemes SET body = '{}'", "scheme_damaged", {}),
    ("UPDATE journal SET set_key = 77", "damaged", {}),
    ("UPDATE people SET name = CAST(x'd8' AS TEXT)", "damaged", {}),
    ("UPDATE documents SET text = CAST(x'41d8' AS TEXT)", "damaged", {}),
]


@pytest.mark.parametrize(("statement", "key", "values"), DAMAGES)
def test_each_damage_is_found_and_named(closed, statement, key, values):
    tamper(closed, statement)
    before = closed.read_bytes()
    with ProjectFile.open(closed) as project, pytest.raises(UserError) as caught:
        project.check()
    assert caught.value.key == f"store.{key}"
    assert values.items() <= caught.value.values.items()
    assert closed.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    ["UPDATE documents SET position = -1", "UPDATE annotations SET span_end = 1 WHERE id = 'T3'"],
)
def test_a_broken_constraint_is_found_when_opening(closed, statement):
    tamper(closed, statement)
    with pytest.raises(UserError, match=r"store\.damaged"):
        ProjectFile.open(closed)


def test_a_damaged_record_is_named_where_it_is_read(closed):
    tamper(closed, "UPDATE annotations SET body = replace(body, 'GPE', 'ORG') WHERE id = 'T2'")
    with ProjectFile.open(closed) as project, pytest.raises(UserError) as caught:
        project.annotations.read(HEADER)
    assert caught.value.values == {"document": "n-1", "record": "T2"}


def test_after_an_unclean_end_everything_is_checked_before_work_begins(closed):
    tamper(closed, "UPDATE documents SET text = text || 'x'")
    ProjectFile.open(closed).close()
    closed.with_name(closed.name + "-wal").write_bytes(b"x")
    with pytest.raises(UserError, match=r"store\.document_damaged"):
        ProjectFile.open(closed)


def test_a_record_that_refers_to_nothing_is_found(path):
    with make_project(path) as project, project.transaction() as tx:
        lone = mention(1, entity="E1")
        edit = Edit("edit.add", adding(lone).changes)
        project.annotations.write(tx, HEADER, edit, numbers={}, at="x")
    with ProjectFile.open(path) as project, pytest.raises(UserError, match="set_damaged"):
        project.annotations.read(HEADER)


def test_no_random_damage_goes_unnoticed_or_escapes_as_another_error(closed, tmp_path):
    chance, data = random.Random(7), closed.read_bytes()
    with ProjectFile.open(closed) as project:
        healthy = _everything(project)
    hurt, found = tmp_path / "hurt" / "p.nishan", 0
    hurt.parent.mkdir()
    for _ in range(150):
        hurt.write_bytes(_damaged(data, chance))
        try:
            with ProjectFile.open(hurt) as project:
                project.check()
                assert _everything(project) == healthy
        except UserError:
            found += 1
        assert os.listdir(hurt.parent) == [hurt.name]
    assert found > 50


def _everything(project):
    return (
        project.documents.entries(),
        project.annotations.headers(),
        project.annotations.read(HEADER),
        project.journal.entries(HEADER),
        project.people.all(),
        project.schemes.current(),
    )


def _damaged(data, chance):
    hurt = bytearray(data)
    at = chance.randrange(len(hurt))
    match chance.choice(["bit", "sector", "page"]):
        case "bit":
            hurt[at] ^= 1 << chance.randrange(8)
        case "sector":
            at -= at % 512
            hurt[at : at + 512] = bytes(512)
        case "page":
            pages = len(hurt) // 4096
            to, source = chance.randrange(pages) * 4096, chance.randrange(pages) * 4096
            hurt[to : to + 4096] = data[source : source + 4096]
    return bytes(hurt)
