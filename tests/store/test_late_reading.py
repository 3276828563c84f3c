"""Sets whose records are read when they are asked for are the sets that `read` gives."""

from contextlib import contextmanager

import pytest
from hypothesis import given, settings, strategies as st

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Entity
from annotator.core.edits import Change, Edit
from annotator.core.ids import Layer
from annotator.core.span import Span
from annotator.foundation.errors import UserError
from annotator.store.connection import Connection
from annotator.store.project_file import ProjectFile
from tests.store.projects import HEADER, adding, decision, make_project, mention, perform
from tests.store.test_integrity import tamper


def many():
    """Ten mentions, of which some share an entity."""
    entity = Entity("E1", "GPE", "هەولێر")
    named = (mention(n, n, n + 5, entity="E1" if n % 3 else None) for n in range(1, 11))
    return adding(entity, *named)


@pytest.fixture
def closed(path):
    with make_project(path) as project:
        perform(project, many())
    return path


@pytest.fixture
def project(closed):
    with ProjectFile.open(closed) as opened:
        yield opened


def test_a_late_set_is_the_set(project):
    late = project.annotations.read_late(HEADER)
    assert late.annotations == project.annotations.read(HEADER)
    assert late.annotations.places.overlapping(mention(1, 0, 7).fragments.envelope) == [
        f"T{n}" for n in range(1, 7)
    ]


def test_numbers_are_at_least_those_in_use(closed):
    tamper(closed, 'UPDATE annotation_sets SET last_numbers = \'{"mention":3,"quote":4}\'')
    with ProjectFile.open(closed) as project:
        late = project.annotations.read_late(HEADER)
        assert late.annotations.last_numbers == project.annotations.read(HEADER).last_numbers
        assert late.annotations.last_numbers[Layer.MENTION] == 10
        assert late.annotations.last_numbers[Layer.QUOTE] == 4


def test_decisions_are_counted_and_stand_nowhere_on_the_page(closed):
    with ProjectFile.open(closed) as project:
        perform(project, adding(decision(7)))
    tamper(closed, "UPDATE annotation_sets SET last_numbers = '{}'")
    with ProjectFile.open(closed) as project:
        late = project.annotations.read_late(HEADER).annotations
        assert late.last_numbers == project.annotations.read(HEADER).last_numbers
        assert late.last_numbers[Layer.DECISION] == 7
        assert {i[0] for i in late.places.overlapping(Span(0, 99))} == {"T"}


@pytest.mark.parametrize("count", [1, 3, 11, 50])
def test_the_rest_is_read_in_pieces(project, count):
    late = project.annotations.read_late(HEADER)
    late.read("T4")
    rounds = 0
    while late.read_more(count):
        rounds += 1
    assert rounds == 10 // count
    assert late.is_over
    assert not late.read_more(count)


@settings(max_examples=20)
@given(st.lists(st.integers(1, 10), max_size=6), st.integers(0, 12))
def test_what_is_read_late_is_what_the_set_held_when_it_was_opened(tmp_path_factory, numbers, read):
    path = tmp_path_factory.mktemp("late") / "p.nishan"
    with make_project(path) as project:
        perform(project, many())
        before = project.annotations.read(HEADER)
        late = project.annotations.read_late(HEADER)
        opened = late.annotations
        late.read_more(read)
        now = opened
        for number in numbers:
            old = now.get(f"T{number}")
            new = mention(number, 20, 30) if old is None else None
            edit = Edit("edit.any", (Change(old, new),))
            now = now.apply(edit)
            with project.transaction() as tx:
                project.annotations.write(tx, HEADER, edit, numbers=now.last_numbers, at="x")
        while late.read_more(4):
            pass
        assert opened == before
        assert now == project.annotations.read(HEADER)


DAMAGES = [
    ("UPDATE annotations SET body = replace(body, 'GPE', 'ORG') WHERE id = 'T2'", "T2"),
    ("UPDATE annotations SET body = '{' WHERE id = 'T3'", "T3"),
    ("UPDATE annotations SET digest = zeroblob(16) WHERE id = 'T3'", "T3"),
    ("UPDATE annotations SET label = 'ORG' WHERE id = 'T4'", "T4"),
    ("UPDATE annotations SET span_end = 30 WHERE id = 'T1'", "T1"),
    ("UPDATE annotations SET id = 'T19' WHERE id = 'T5'", "T19"),
]


@pytest.mark.parametrize(("statement", "record"), DAMAGES)
def test_damage_is_named_where_it_is_met(closed, statement, record):
    tamper(closed, statement)
    with ProjectFile.open(closed) as project:
        late = project.annotations.read_late(HEADER)
        with pytest.raises(UserError) as asked:
            late.annotations.get(record)
        assert asked.value.key == "store.record_damaged"
        assert asked.value.values == {"document": "n-1", "record": record}
        with pytest.raises(UserError, match="record_damaged"):
            late.read_more(50)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM annotations WHERE id = 'E1'",
        "UPDATE documents SET length = 9",
    ],
)
def test_what_refers_to_nothing_or_lies_outside_is_found(closed, statement):
    tamper(closed, statement)
    with ProjectFile.open(closed) as project:
        late = project.annotations.read_late(HEADER)
        with pytest.raises(UserError, match="set_damaged"):
            late.read_more(50)


def test_an_unknown_layer_is_found_with_the_list_of_all(project):
    with project.transaction() as tx:
        tx.execute("PRAGMA ignore_check_constraints=ON")
        tx.execute("UPDATE annotations SET layer = 'place' WHERE id = 'T2'")
    late = project.annotations.read_late(HEADER)
    for ask in (lambda: late.read_more(1), lambda: len(late.annotations)):
        with pytest.raises(UserError, match="set_damaged"):
            ask()


def test_a_record_that_went_meanwhile_is_damage(project):
    late = project.annotations.read_late(HEADER)
    assert late.read_more(1)
    with project.transaction() as tx:
        tx.execute("DELETE FROM annotations WHERE id = 'T2'")
    with pytest.raises(UserError, match="set_damaged"):
        late.read("T2")


def test_what_is_near_is_read_before_the_list_of_all(project):
    late = project.annotations.read_late(HEADER).annotations
    whole = project.annotations.read(HEADER)
    with no_list_of_all(project):
        for span in (Span(3, 5), Span(0, 99), Span(14, 20), Span(40, 50)):
            assert sorted(late.overlapping(span)) == sorted(whole.overlapping(span))
        assert late.covering(6) == whole.covering(6)
        assert late.get("T3") == whole.get("T3")
        assert late.get("T99") is None
        assert "T99" not in late
        assert "E1" in late
        with pytest.raises(AssertionError):
            len(late)
    assert late == whole


@contextmanager
def no_list_of_all(project):
    """Fails where all records are listed."""
    rows = Connection.rows

    def watched(self, sql, bindings=()):
        assert "json_group_array" not in sql
        return rows(self, sql, bindings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Connection, "rows", watched)
        yield


def test_an_entity_that_is_missing_is_told_of_what_is_near(closed):
    tamper(closed, "DELETE FROM annotations WHERE id = 'E1'")
    with ProjectFile.open(closed) as project:
        late = project.annotations.read_late(HEADER)
        assert late.read("T3").entity is None
        with pytest.raises(UserError, match="set_damaged"):
            late.read_all(["T1", "T2"])
        with pytest.raises(UserError, match="set_damaged"):
            late.read("T1")


def test_a_set_without_records(path):
    with make_project(path) as project:
        late = project.annotations.read_late(HEADER)
        assert late.annotations == AnnotationSet()
        assert not late.read_more(5)


def test_the_journal_is_read_backwards_as_it_was(project):
    for number in range(11, 31):
        perform(project, adding(mention(number, number, number + 1)))
    backwards = project.journal.backwards(HEADER)
    entries = project.journal.entries(HEADER)
    perform(project, adding(mention(40)))
    assert tuple(backwards) == entries[::-1]


def test_damage_in_the_journal_is_named_where_it_is_met(closed):
    with ProjectFile.open(closed) as project:
        perform(project, adding(mention(11)))
    tamper(closed, "UPDATE journal SET made = '2026' WHERE seq = 1")
    with ProjectFile.open(closed) as project:
        backwards = project.journal.backwards(HEADER)
        assert next(backwards).seq == 2
        with pytest.raises(UserError) as caught:
            next(backwards)
    assert caught.value.key == "store.journal_damaged"
    assert caught.value.values == {"document": "n-1", "seq": 1}
