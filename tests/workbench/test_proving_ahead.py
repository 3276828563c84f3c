"""Large gold files proved on two processors: the same import, whatever becomes of the second."""

import codecs
import json

import pytest
from msgspec.msgpack import decode, encode

from annotator.formats.gold_read import is_plain
from annotator.formats.gold_schema import load_gold_schema
from annotator.formats.json_chunks import numbered_chunks
from annotator.foundation import own_copy
from annotator.foundation.companion import Companion
from annotator.foundation.errors import Refused, UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench import proving_ahead, working_ahead
from annotator.workbench.exporting import ExportChoices, Exporter, Scope
from annotator.workbench.importing import Importer, find_files
from annotator.workbench.proving_ahead import ProvingAhead, answers_proofs
from tests.workbench.companions import ask_at_once
from tests.workbench.projects import (
    clock,
    complete,
    import_into,
    mark,
    new_project,
    opened,
    project_with,
)

COUNT = 24


@pytest.fixture
def lines(tmp_path):
    """Gold of many documents; one is damaged, one has news of a later version, one a warning."""
    texts = {f"d{n:02}": f"🙂 ئازاد لە هەولێر بوو. ژمارە {n} بوو." for n in range(COUNT)}
    texts["d20"] += "\ufffd."
    path = project_with(tmp_path / "from", texts)
    workspace = opened(path, document="d03")
    mark(workspace, "ئازاد", "PER")
    complete(workspace)
    workspace.close()
    target = tmp_path / "gold.jsonl"
    with ProjectFile.open(path) as project:
        Exporter(project, clock).export_gold(target, ExportChoices(Scope.ALL))
    lines = target.read_bytes().splitlines(keepends=True)
    wrong, later = json.loads(lines[7]), json.loads(lines[11])
    wrong["tokens"][0]["end"] += 1
    later.update(version="1.9.0", invented=1)
    lines[7], lines[11] = (json.dumps(each).encode() + b"\n" for each in (wrong, later))
    target.write_bytes(b"".join(lines))
    return lines


@pytest.fixture
def two(monkeypatch):
    """A companion for every file, whatever this machine has."""
    monkeypatch.setattr(proving_ahead, "LEAST_BYTES", 1)
    monkeypatch.setattr(working_ahead, "processors", lambda: 2)
    monkeypatch.setattr(proving_ahead, "_TOGETHER", 6_000)
    return ask_at_once(monkeypatch)


def imported(folder, name):
    """The report of an import and all that the project holds after it."""
    with new_project(folder, name=name) as project:
        report = import_into(project, folder / "gold.jsonl")
        headers = project.annotations.headers()
        sets = [(header, project.annotations.read(header)) for header in headers]
        documents = [project.documents.get(one.id) for one in project.documents.entries()]
    return report, documents, sets


def test_it_is_as_if_one_had_read_alone(lines, tmp_path, two, monkeypatch):
    together = imported(tmp_path, "together.nishan")
    greeting, *answers = (answer.result(0) for answer in two)
    assert greeting is None
    told = [is_so for answer in answers for is_so in decode(answer)]
    assert len(told) > 3
    assert told.count(False) <= 3
    monkeypatch.setattr(working_ahead, "processors", lambda: 1)
    assert imported(tmp_path, "alone.nishan") == together
    report, documents, _ = together
    assert len(documents) == COUNT - 1
    assert [problem.line for problem in report.problems] == [8, 12, 21]


def test_without_a_copy_it_is_done_here(lines, tmp_path, two, monkeypatch):
    together = imported(tmp_path, "together.nishan")
    monkeypatch.setattr(own_copy.sys, "executable", "/no/such/program")
    assert imported(tmp_path, "alone.nishan") == together


def test_files_that_were_put_one_behind_the_other_are_read(lines, tmp_path, two):
    """Each of them began with a byte order mark, which is now in the middle."""
    (tmp_path / "gold.jsonl").write_bytes(b"".join(codecs.BOM_UTF8 + line for line in lines))
    report, documents, _ = imported(tmp_path, "marks.nishan")
    assert len(documents) == COUNT - 1
    assert [problem.line for problem in report.problems] == [8, 12, 21]


def test_what_was_read_before_a_file_broke_is_told(lines, two):
    def chunks():
        yield from numbered_chunks(lines)
        raise UserError("formats.too_large", size=2, limit=1)

    told = []
    with ProvingAhead(1) as ahead, pytest.raises(UserError) as caught:
        told.extend(ahead.proved(chunks()))
    assert caught.value.key == "formats.too_large"
    assert [chunk for chunk, _ in told] == list(numbered_chunks(lines))


def test_an_import_that_is_stopped_ends_its_companion(lines, tmp_path, two, monkeypatch):
    closed, close = [], Companion.close
    monkeypatch.setattr(Companion, "close", lambda self: closed.append(self) or close(self))
    with new_project(tmp_path, name="stopped.nishan") as project:
        importer = Importer(project, clock)
        found = find_files([tmp_path / "gold.jsonl"])
        for count, work in enumerate((importer.run, importer.preview), 1):
            with pytest.raises(Refused) as caught:
                work(found, on_item=lambda number: number < 10)
            # While the error is still there, which holds everything that it passed.
            assert caught.value.__traceback__ is not None
            assert len(closed) == count
        assert project.documents.count() == 0


def test_the_companion_tells_which_are_plain(lines):
    schema = load_gold_schema()
    answers = decode(answers_proofs(b"")(encode(lines)))
    assert answers == [is_plain(line, schema) for line in lines]
    assert [number for number, plain in enumerate(answers) if not plain] == [7, 11, 20]


def test_a_small_file_needs_no_companion(lines, tmp_path, monkeypatch):
    monkeypatch.setattr(working_ahead, "Companion", None)
    assert len(imported(tmp_path, "alone.nishan")[1]) == COUNT - 1
