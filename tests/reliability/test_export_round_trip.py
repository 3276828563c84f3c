"""Promise 18: gold comes back byte for byte, and an export says in numbers what it left out."""

import json
import tempfile
from pathlib import Path

import apsw
import orjson
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from annotator.core.ids import DocumentId
from annotator.store.project_file import ProjectFile
from annotator.workbench.exporting import ExportChoices, Exporter, Scope
from tests.reliability.annotated_documents import gold_of, written
from tests.workbench.projects import clock, import_into, new_project, write

FULL = 1_000
drawn = st.lists(written(), min_size=1, max_size=3, unique_by=lambda made: made.text)


def project_of(folder, documents, gold):
    """A project in which the texts came first and their sets then."""
    files = [
        write(folder, f"d{number}.txt", made.raw.encode()) for number, made in enumerate(documents)
    ]
    with new_project(folder) as project:
        report = import_into(project, *files)
        assert [len(report.imported), report.refused] == [len(documents), 0]
        if gold:
            report = import_into(project, write(folder, "sets.jsonl", gold))
            assert report.refused == 0, report.problems
        return project.path


def export(path, target, **choices):
    with ProjectFile.open(path) as project:
        made = ExportChoices(is_draft=True, is_reproducible=True, **choices)
        return Exporter(project, clock).export_gold(target, made)


def check_round_trip(folder, documents):
    path = project_of(folder / "one", documents, gold_of(documents))
    first = folder / "first.jsonl"
    result = export(path, first, scope=Scope.ALL)
    check_offsets(first, documents)
    (folder / "two").mkdir()
    with new_project(folder / "two") as other:
        report = import_into(other, first)
        assert report.refused == 0, report.problems
    second = folder / "second.jsonl"
    again = export(folder / "two" / "news.nishan", second, scope=Scope.ALL)
    assert second.read_bytes() == first.read_bytes()
    assert (again.mentions, again.events, again.quotes) == (
        result.mentions,
        result.events,
        result.quotes,
    )
    for scope in Scope:
        check_totals(path, folder / f"{scope.value}.jsonl", scope)


def check_offsets(target, documents):
    """Every span of the file tells the words that stand there in the text as it was written."""
    for line in target.read_bytes().splitlines():
        record = orjson.loads(line)
        text = documents[int(record["doc_id"].removeprefix("d"))].text
        assert record["text"] == text
        for mention in record["mentions"]:
            pieces = mention.get("fragments") or [mention]
            told = " ".join(text[piece["start"] : piece["end"]] for piece in pieces)
            assert mention["text"] == told


FINISHED = {
    Scope.ALL: ("new", "in_progress", "complete", "reviewed", "approved"),
    Scope.COMPLETE: ("complete", "reviewed", "approved"),
    Scope.APPROVED: ("approved",),
}


def check_totals(path, target, scope):
    """What the report says, against what SQL counts in the tables."""
    database = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    rows = database.execute(
        "SELECT s.status, s.document_key, a.layer, count(a.id) FROM annotation_sets s"
        " LEFT JOIN annotations a ON a.set_key = s.key GROUP BY s.key, a.layer"
    ).fetchall()
    statuses = database.execute("SELECT status, document_key FROM annotation_sets").fetchall()
    [(documents,)] = database.execute("SELECT count(*) FROM documents")
    database.close()
    taken = [(status, key) for status, key in statuses if status in FINISHED[scope]]
    if not taken and scope is not Scope.ALL:
        return
    result = export(path, target, scope=scope)
    for layer in ("mentions", "events", "quotes"):
        kept = sum(n for status, _, of, n in rows if of == layer[:-1] and status in FINISHED[scope])
        left = sum(n for status, _, of, n in rows if of == layer[:-1]) - kept
        assert (getattr(result, layer), getattr(result.left, layer)) == (kept, left), layer
    without = documents - len({key for _, key in statuses})
    exported = len({key for _, key in taken}) + (without if scope is Scope.ALL else 0)
    assert (result.documents, result.left.documents) == (exported, documents - exported)
    assert result.left.sets == len(statuses) - len(taken)
    assert result.sets == len(target.read_bytes().splitlines())


@given(drawn)
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
def test_gold_comes_back_byte_for_byte_and_totals_are_those_of_sql(documents):
    with tempfile.TemporaryDirectory() as folder:
        check_round_trip(Path(folder), documents)


@pytest.mark.heavy
@given(drawn)
@settings(max_examples=FULL, suppress_health_check=list(HealthCheck))
def test_in_full(documents):
    with tempfile.TemporaryDirectory() as folder:
        check_round_trip(Path(folder), documents)


def test_the_promise_is_reported(tell_result):
    """The row of the table; the property above has failed where it is not so."""
    tell_result(
        promise="P18",
        technique="any documents × gold: export, import, export; totals against SQL",
        ci="30 projects",
        full=f"{FULL} projects",
        result="byte-identical; documents, annotations per layer and what was left out agree",
    )


def test_the_command_line_says_what_was_left_out(tmp_path, capsys):
    from annotator.cli import main  # noqa: PLC0415
    from tests.workbench.projects import complete, mark, opened, project_with  # noqa: PLC0415

    path = project_with(tmp_path)
    workspace = opened(path)
    mark(workspace, "ئازاد", "PER")
    complete(workspace)
    workspace.open(DocumentId("c"))
    mark(workspace, "دهۆک", "GPE")
    workspace.close()
    words = ["export", str(path), "--output", str(tmp_path / "x.jsonl")]
    assert main(words) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1].startswith(
        "Left out: documents of which nothing qualified: 2; annotation sets that did not qualify:"
        " 1, in them mentions: 1, events: 0, quotes: 0; refused suggestions"
    )
    assert main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["left"] == {
        "documents": 2, "sets": 1, "mentions": 1, "events": 0, "quotes": 0, "decisions": 0,
        "trashed": 0,
    }  # fmt: skip
