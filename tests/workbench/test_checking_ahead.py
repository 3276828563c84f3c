"""Sets checked on two processors: the same in the same order, whatever becomes of the second."""

import pytest
from msgspec.msgpack import Decoder, encode

from annotator.core.ids import DocumentId
from annotator.formats.registry import format_by_id
from annotator.foundation import own_copy
from annotator.foundation.errors import Refused, UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench import checking_ahead, working_ahead
from annotator.workbench.checked_sets import Proof, checked, proof, proved
from annotator.workbench.checking_ahead import CheckingAhead, answers_checks
from annotator.workbench.export_run import SetReader
from annotator.workbench.export_scope import ChosenDocuments
from annotator.workbench.exporting import ExportBlocked, ExportChoices, Exporter, Scope
from annotator.workbench.schemes import scheme_of
from tests.workbench.companions import ask_at_once
from tests.workbench.projects import break_mention, clock, complete, mark, opened, project_with

ALL = ExportChoices(Scope.ALL, is_reproducible=True)
COUNT = 24


@pytest.fixture
def path(tmp_path):
    texts = {f"d{n:02}": f"🙂 ئازاد لە هەولێر بوو. ژمارە {n} بوو." for n in range(COUNT)}
    path = project_with(tmp_path, texts)
    workspace = opened(path)
    for name in texts:
        workspace.open(DocumentId(name))
        mark(workspace, "ئازاد", "PER")
        complete(workspace)
    workspace.close()
    return path


@pytest.fixture
def two(monkeypatch):
    """A companion from the first document on, whatever this machine has."""
    monkeypatch.setattr(checking_ahead, "LEAST_DOCUMENTS", 1)
    monkeypatch.setattr(working_ahead, "processors", lambda: 2)
    monkeypatch.setattr(checking_ahead, "_DOCUMENTS", 2)
    return ask_at_once(monkeypatch)


def spoil(path, name="d07"):
    workspace = opened(path, document=name)
    break_mention(workspace)
    workspace.close()


def rows_in(project):
    reader = SetReader(project)
    return list(map(reader.rows, ChosenDocuments(project, ALL, clock)))


def each(project, rows):
    with CheckingAhead(project.schemes.current()) as checking:
        return list(checking.each(iter(rows), len(rows)))


def test_it_is_as_if_one_had_checked_alone(path, two):
    spoil(path)
    with ProjectFile.open(path) as project:
        rows, scheme = rows_in(project), scheme_of(project)
        alone = [checked(one, scheme) for one in rows]
        assert each(project, rows) == alone
        assert [bool(one.blocked) for one in alone].index(True) == 7
        assert len(alone) == COUNT
    greeting, *answers = (answer.result(0) for answer in two)
    assert greeting is None
    proofs = [one for answer in answers for one in Decoder(list[Proof | None]).decode(answer)]
    assert len(proofs) > 3
    assert proofs.count(None) <= 1


def test_what_the_companion_proves_is_what_is_found_here(path):
    with ProjectFile.open(path) as project:
        rows, scheme = rows_in(project), scheme_of(project)
        answer = answers_checks(project.schemes.current().encode())(encode(rows))
        proofs = Decoder(list[Proof | None]).decode(answer)
        assert proofs == [proof(one, scheme) for one in rows]
        for one, known in zip(rows, proofs, strict=True):
            assert proved(one, known) == checked(one, scheme)


def test_of_what_is_wrong_the_companion_says_nothing(path):
    spoil(path, "d00")
    with ProjectFile.open(path) as project:
        [first, second, *_] = rows_in(project)
        row = list(second.sets[0].records[0])
        row[-1] = b"damaged"
        damaged = second.sets[0]._replace(records=[tuple(row)])
        scheme = scheme_of(project)
        assert proof(first, scheme) is None
        assert proof(second._replace(sets=(damaged,)), scheme) is None
        assert proof(second, scheme) is not None


def test_damage_is_told_as_without_a_companion(path, two):
    with ProjectFile.open(path) as project:
        rows = rows_in(project)
        row = list(rows[9].sets[0].records[0])
        row[-1] = b"damaged"
        rows[9] = rows[9]._replace(sets=(rows[9].sets[0]._replace(records=[tuple(row)]),))
        with pytest.raises(UserError) as caught:
            each(project, rows)
        assert caught.value.key == "store.record_damaged"
        assert caught.value.values["document"] == "d09"


def test_of_two_damages_the_first_is_told(path, two):
    """Also where the second is come upon while the first is with the companion."""
    with ProjectFile.open(path) as project:
        rows = rows_in(project)
        for number in (3, 20):
            row = list(rows[number].sets[0].records[0])
            row[-1] = b"damaged"
            damaged = rows[number].sets[0]._replace(records=[tuple(row)])
            rows[number] = rows[number]._replace(sets=(damaged,))

        def until_it_cannot_be_read():
            yield from rows[:8]
            raise UserError("store.damaged")

        with CheckingAhead(project.schemes.current()) as checking:
            with pytest.raises(UserError) as caught:
                list(checking.each(until_it_cannot_be_read(), COUNT))
            assert caught.value.values["document"] == "d03"
        with pytest.raises(UserError) as caught:
            each(project, rows)
        assert caught.value.values["document"] == "d03"


def test_without_another_processor_or_a_copy_it_is_done_here(path, two, monkeypatch):
    with ProjectFile.open(path) as project:
        rows, scheme = rows_in(project), scheme_of(project)
        alone = [checked(one, scheme) for one in rows]
        monkeypatch.setattr(checking_ahead, "CHECK", "no such task")
        assert each(project, rows) == alone
        monkeypatch.setattr(own_copy.sys, "executable", "/no/such/program")
        assert each(project, rows) == alone
        monkeypatch.setattr(working_ahead, "processors", lambda: 1)
        monkeypatch.setattr(working_ahead, "Companion", None)
        assert each(project, rows) == alone


@pytest.mark.parametrize("name", ["gold", "brat", "conll", "tables-xlsx"])
def test_exports_are_the_same_bytes(path, tmp_path, two, monkeypatch, name):
    choices = ExportChoices(Scope.ALL, is_reproducible=True, format=format_by_id(name))
    with ProjectFile.open(path) as project:
        exporter = Exporter(project, clock)
        together = exporter.export(tmp_path / "together", choices)
        monkeypatch.setattr(working_ahead, "processors", lambda: 1)
        alone = exporter.export(tmp_path / "alone", choices)
    assert together.documents == COUNT
    assert (alone.sha256, alone.size) == (together.sha256, together.size)


def test_an_export_is_blocked_and_cancelled_as_without_a_companion(path, two, tmp_path):
    spoil(path)
    before = sorted(tmp_path.iterdir())
    with ProjectFile.open(path) as project:
        exporter = Exporter(project, clock)
        with pytest.raises(ExportBlocked) as caught:
            exporter.export(tmp_path / "out.jsonl", ALL)
        assert [one.header.document for one in caught.value.blocked] == ["d07"]
        assert [one.header.document for one in exporter.blocking(ALL)] == ["d07"]
        with pytest.raises(Refused):
            exporter.export(tmp_path / "out.jsonl", ALL, lambda done, total: done < 5)
    assert sorted(tmp_path.iterdir()) == before
