"""Documents into a project: all in one step, and nothing in silence."""

import json

import orjson
import pytest

from annotator.core.ids import DocumentId
from annotator.core.project_edits import Presence
from annotator.core.set_header import SetKind
from annotator.formats.base import FieldMapping
from annotator.foundation.errors import Defect, Refused, UserError
from annotator.foundation.paths import resource
from annotator.store.project_file import ProjectFile
from annotator.workbench.exporting import ExportChoices, Exporter, Scope
from annotator.workbench.importing import Duplicate, Importer, ImportReport, find_files
from annotator.workbench.merging import plain_door
from annotator.workbench.project_changes import ProjectChanges
from annotator.workbench.trash import Trash
from tests.workbench.projects import (
    ARAM,
    FIRST,
    SECOND,
    SHILAN,
    THIRD,
    clock,
    import_into,
    new_project,
    opened,
    rows_of,
    write,
)

SAMPLE = resource("samples", "01-water.gold.jsonl")
WATER = DocumentId("01-water")


@pytest.fixture
def project(tmp_path):
    with new_project(tmp_path) as made:
        yield made


def ids(project):
    return [entry.id for entry in project.documents.entries()]


def text_of(project, name):
    return project.documents.get(DocumentId(name)).text


def gold_record(**changes):
    """The record of the sample, changed."""
    record = orjson.loads(SAMPLE.read_bytes())
    for path, value in changes.items():
        *parents, last = path.split("__")
        place = record
        for name in parents:
            place = place[name]
        place[last] = value
    return record


def gold_file(folder, *records, name="gold.jsonl"):
    return write(folder, name, b"".join(orjson.dumps(record) + b"\n" for record in records))


def test_files_become_documents_in_their_order(project, tmp_path):
    files = [write(tmp_path, name, text) for name, text in (("z.txt", FIRST), ("a.txt", SECOND))]
    report = import_into(project, *files)
    assert report == ImportReport(("z", "a"), 0, (), ())
    assert ids(project) == ["z", "a"]
    assert (text_of(project, "z"), text_of(project, "a")) == (FIRST, SECOND)


def test_two_files_of_one_name_get_different_ids(project, tmp_path):
    files = [
        write(tmp_path, f"{folder}/a.txt", text) for folder, text in (("1", FIRST), ("2", SECOND))
    ]
    assert import_into(project, *files).imported == ("a", "a-2")


def test_duplicates_are_skipped_and_named_also_inside_one_import(project, tmp_path):
    first = write(tmp_path, "first.txt", FIRST)
    import_into(project, first)
    again, twin = write(tmp_path, "again.txt", FIRST), write(tmp_path, "twin.txt", SECOND)
    new = write(tmp_path, "new.txt", SECOND)
    report = import_into(project, again, new, twin)
    assert report.imported == ("new",)
    assert report.duplicates == (
        Duplicate(f"{again}: again", DocumentId("first")),
        Duplicate(f"{twin}: twin", DocumentId("new")),
    )
    assert report.refused == 0


def test_line_ends_do_not_make_another_document(project, tmp_path):
    unix, windows = (
        write(tmp_path, "u.txt", "یەک\nدوو\n"),
        write(tmp_path, "w.txt", "یەک\r\nدوو\r\n"),
    )
    report = import_into(project, unix, windows)
    assert [double.existing for double in report.duplicates] == ["u"]


def test_what_cannot_be_read_is_listed_and_stops_nothing(project, tmp_path):
    bad, empty = write(tmp_path, "bad.txt", b"\xff\xff\xff"), write(tmp_path, "empty.txt", "")
    unknown, good = write(tmp_path, "x.docx", "PK"), write(tmp_path, "good.txt", FIRST)
    report = import_into(project, bad, empty, unknown, good)
    assert report.imported == ("good",)
    assert [(problem.source, problem.key) for problem in report.problems] == [
        (str(bad), "formats.bytes_invalid"),
        (str(empty), "formats.text_empty"),
        (str(unknown), "formats.suffix_unknown"),
    ]
    assert report.refused == 3


def test_a_file_that_has_gone_is_listed(project, tmp_path):
    gone, good = tmp_path / "gone.txt", write(tmp_path, "good.txt", FIRST)
    write(tmp_path, "gone.txt", SECOND)
    seen = []

    def remove(done, total):
        seen.append((done, total))
        gone.unlink(missing_ok=True)
        return True

    report = import_into(project, gone, good, progress=remove)
    assert report.imported == ("good",)
    assert [problem.key for problem in report.problems] == ["import.no_such_file"]
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_what_a_folder_held_that_is_no_file_is_in_the_report(project, tmp_path):
    write(tmp_path / "in", "a.txt", FIRST)
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "in" / "a.txt")
    report = import_into(project, tmp_path / "in")
    assert (report.imported, report.refused) == (("a",), 1)


def test_warnings_do_not_count_as_refused(project, tmp_path):
    file = write(tmp_path, "u.txt", b"\xff\xfe" + FIRST.encode("utf-16-le"))
    report = import_into(project, file)
    assert [(p.key, p.is_refusal) for p in report.problems] == [("formats.warning_utf_16", False)]
    assert (report.refused, text_of(project, "u")) == (0, FIRST)


@pytest.mark.parametrize("last", [2, 3], ids=["before a file", "at the end"])
@pytest.mark.parametrize("owner", [None, ARAM])
def test_stopping_leaves_the_project_as_it_was(project, tmp_path, owner, last):
    files = [write(tmp_path, f"{n}.txt", f"{FIRST} {n}") for n in range(3)]
    path = project.path
    project.close()
    before = rows_of(path)
    with ProjectFile.open(path) as again, pytest.raises(Refused) as refused:
        import_into(again, *files, progress=lambda done, total: done < last, annotator=owner)
    assert refused.value.key == "import.cancelled"
    assert rows_of(path) == before


@pytest.mark.parametrize("act", ["run", "preview"])
def test_one_file_of_many_items_can_be_stopped_between_them(project, tmp_path, act):
    lines = "".join(f'{{"text": "{FIRST} {number}"}}\n' for number in range(3))
    found = find_files([write(tmp_path, "news.jsonl", lines)])
    heard = []

    def on_item(done):
        heard.append(done)
        return done < 2

    with pytest.raises(Refused) as refused:
        getattr(Importer(project, clock), act)(found, on_item=on_item)
    assert (refused.value.key, heard) == ("import.cancelled", [1, 2])
    assert project.documents.entries() == ()


@pytest.mark.parametrize(
    ("error", "table"),
    [
        (UserError("store.full", name="news.nishan"), "documents"),
        (Defect("store.transaction_over"), "documents"),
        (UserError("store.io", name="news.nishan"), "journal"),
    ],
)
def test_a_project_that_cannot_be_written_is_no_problem_of_a_file(
    project, tmp_path, monkeypatch, error, table
):
    good = write(tmp_path, "a.txt", FIRST)
    broken = getattr(project, table)
    name = "add" if table == "documents" else "append"
    kept, calls = getattr(broken, name), []

    def fail(*given, **named):
        calls.append(given)
        if table == "journal" or len(calls) == 2:
            raise error
        return kept(*given, **named)

    monkeypatch.setattr(broken, name, fail)
    with pytest.raises(type(error)) as raised:
        import_into(project, good, SAMPLE, annotator=ARAM)
    assert raised.value is error
    assert (ids(project), project.annotations.headers()) == ([], ())
    assert [person.name for person in project.people.all()] == [SHILAN]


def test_a_document_that_is_too_big_for_a_project_costs_only_itself(project, tmp_path, monkeypatch):
    kept = project.documents.add

    def add(transaction, document, *, at):
        if document.id == "big":
            raise UserError("store.too_big", name="news.nishan")
        kept(transaction, document, at=at)

    monkeypatch.setattr(project.documents, "add", add)
    report = import_into(
        project, write(tmp_path, "big.txt", FIRST), write(tmp_path, "b.txt", SECOND)
    )
    assert (report.imported, [p.key for p in report.problems]) == (("b",), ["store.too_big"])


def test_a_read_only_project_takes_nothing(project, tmp_path, monkeypatch):
    path = project.path
    project.close()
    monkeypatch.setattr("annotator.store.project_file.can_be_written", lambda _: False)
    with ProjectFile.open(path) as read_only, pytest.raises(UserError) as error:
        import_into(read_only, write(tmp_path, "a.txt", FIRST))
    assert error.value.key == "store.read_only"


def test_a_format_can_be_chosen(project, tmp_path):
    file = write(tmp_path, "list.dat", FIRST)
    assert import_into(project, file).refused == 1
    assert import_into(project, file, format_id="plain-text").imported == ("list",)


@pytest.mark.parametrize(("format_id", "key"), [("docx", "formats.unknown")])
def test_a_format_that_is_not_there_is_told(project, tmp_path, format_id, key):
    report = import_into(project, write(tmp_path, "a.txt", FIRST), format_id=format_id)
    assert [problem.key for problem in report.problems] == [key]


def test_encodings_are_chosen_file_by_file(project, tmp_path):
    arabic = "باران دەبارێت".replace("ە", "ه").replace("ێ", "ي")
    old, new = (
        write(tmp_path, "old.txt", arabic.encode("cp1256")),
        write(tmp_path, "new.txt", FIRST),
    )
    assert import_into(project, old).refused == 1
    report = import_into(project, old, new, encodings={old: "windows-1256"})
    assert report.imported == ("old", "new")
    assert text_of(project, "old") == arabic


def test_fields_are_chosen_file_by_file(project, tmp_path):
    records = [{"a": FIRST, "b": SECOND}, {"a": THIRD, "b": "x"}]
    file = write(tmp_path, "n.json", json.dumps(records))
    mapping = FieldMapping(text=("b",), title=("a",))
    report = import_into(project, file, mappings={file: mapping})
    assert [text_of(project, name) for name in report.imported] == [SECOND, "x"]
    assert [entry.title for entry in project.documents.entries()] == [FIRST, THIRD]


def test_gold_brings_its_annotators_along(tmp_path):
    with new_project(tmp_path, annotator=None) as project:
        report = import_into(project, SAMPLE)
        assert (report.imported, report.sets, report.problems) == ((WATER,), 1, ())
        assert [(person.id, person.name) for person in project.people.all()] == [("a1", "a1")]
        (header,) = project.annotations.headers()
        assert (header.id, header.annotators) == ("a1", ("a1",))


def test_the_same_id_is_the_same_person(project):
    import_into(project, SAMPLE)
    assert [person.name for person in project.people.all()] == [SHILAN]
    workspace_lines = opened_lines(project)
    assert workspace_lines[0].annotations > 0


def opened_lines(project):
    project.close()
    workspace = opened(project.path)
    lines = workspace.lines()
    workspace.close()
    return lines


def test_ids_that_no_project_gives_are_mapped_everywhere(project, tmp_path):
    record = gold_record(
        set__id="gold",
        set__kind="adjudicated",
        set__annotators=["a7", "expert"],
        set__adjudicator="c1",
        set__derived_from=["a7", "expert"],
    )
    import_into(
        project,
        gold_file(tmp_path, record, gold_record(set__id="expert", set__annotators=["expert"])),
    )
    people = {person.name: person.id for person in project.people.all()}
    assert people == {SHILAN: "a1", "a7": "a7", "expert": "a8", "c1": "a9"}
    gold, expert = project.annotations.headers()
    assert (gold.id, gold.annotators, gold.adjudicator) == ("gold", ("a7", "a8"), "a9")
    assert gold.derived_from == ("a7", "a8")
    assert (expert.id, expert.annotators) == ("a8", ("a8",))


def test_imported_annotations_can_be_given_to_somebody(project, tmp_path):
    record = gold_record(
        set__id="gold", set__kind="adjudicated", set__annotators=["x", "y"],
        set__adjudicator="c1", set__derived_from=["x", "y"],
    )  # fmt: skip
    report = import_into(project, gold_file(tmp_path, record), annotator=f" {ARAM} ")
    assert report.sets == 1
    assert [person.name for person in project.people.all()] == [SHILAN, ARAM]
    (header,) = project.annotations.headers()
    assert (header.id, header.kind, header.annotators) == ("a2", SetKind.ANNOTATOR, ("a2",))
    assert (header.adjudicator, header.derived_from) == (None, ())


def test_an_owner_without_a_name_is_refused_before_anything(project, tmp_path):
    with pytest.raises(Refused) as refused:
        import_into(project, write(tmp_path, "a.txt", FIRST), annotator=" ")
    assert refused.value.key == "refused.annotator_name_empty"
    assert ids(project) == []


def test_a_set_that_is_there_is_never_overwritten(project, tmp_path):
    import_into(project, SAMPLE)
    before = project.annotations.read(project.annotations.headers()[0])
    record = gold_record(mentions=[], events=[], quotes=[], entities=[])
    file = gold_file(tmp_path, record)
    report = import_into(project, file)
    assert report == ImportReport((), 0, (Duplicate(str(file), WATER, "a1", differs=True),), ())
    assert project.annotations.read(project.annotations.headers()[0]) == before


def test_the_same_annotations_from_another_file_are_no_other_ones(project, tmp_path):
    import_into(project, SAMPLE)
    record = gold_record()
    other = "in_progress" if record["set"]["status"] != "in_progress" else "complete"
    files = [
        gold_file(tmp_path, record, name="renamed.jsonl"),
        gold_file(tmp_path, gold_record(set__status=other), name="status.jsonl"),
    ]
    report = import_into(project, *files)
    assert [(double.set, double.differs) for double in report.duplicates] == [("a1", False)] * 2
    record["mentions"][0]["attrs"] = {"note": "x"}
    report = import_into(project, gold_file(tmp_path, record, name="level.jsonl"))
    assert [double.differs for double in report.duplicates] == [True]


def test_a_set_in_the_trash_comes_back_with_what_had_been_done_in_it(project):
    import_into(project, SAMPLE)
    (header,) = project.annotations.headers()
    before = project.annotations.read(header)
    with project.transaction() as transaction:
        project.annotations.remove(transaction, WATER, header.id, at="2026-11-21T10:00:00Z")
    report = import_into(project, SAMPLE)
    assert project.annotations.headers() == (header,)
    assert project.annotations.read(header) == before
    assert [(one.key, one.values, one.is_refusal) for one in report.problems] == [
        ("import.set_restored", {"document": WATER, "set": "a1"}, False)
    ]
    assert (report.sets, report.is_whole) == (0, True)
    changes = ProjectChanges(project, clock, plain_door(project, clock))
    step = changes.steps()[0]
    assert step.edit.presences == (Presence.of_set(WATER, header.id, is_here=True),)
    changes.undo(step.seq)  # a set that holds annotations stays
    assert project.annotations.headers() == (header,)


def test_the_sets_of_a_person_in_the_trash_come_back_with_the_person(project):
    import_into(project, SAMPLE, annotator=ARAM)
    (header,) = project.annotations.headers()
    changes = ProjectChanges(project, clock, plain_door(project, clock))
    Trash(project, changes).remove_person(project.people.all()[1])
    assert project.annotations.headers() == ()
    report = import_into(project, SAMPLE, annotator=ARAM)
    assert (project.annotations.headers(), report.problems) == ((header,), ())
    changes.undo(changes.steps()[0].seq)
    assert project.annotations.headers() == ()


def test_a_text_with_the_id_of_another_one_is_told_its_own(project, tmp_path):
    report = import_into(project, write(tmp_path, "01-water.txt", FIRST), SAMPLE)
    assert report.imported == (WATER, "01-water-2")
    (problem,) = report.problems
    assert (problem.key, problem.is_refusal) == ("import.other_id", False)
    assert problem.values == {"told": WATER, "document": "01-water-2"}


def test_gold_finds_its_document_by_the_text(project, tmp_path):
    text = write(tmp_path, "other-name.txt", gold_record()["text"])
    import_into(project, text)
    report = import_into(project, SAMPLE)
    assert (report.imported, report.sets, report.duplicates) == ((), 1, ())
    assert project.annotations.headers()[0].document == "other-name"


def test_an_import_of_annotations_can_be_undone(project):
    import_into(project, SAMPLE)
    project.close()
    workspace = opened(project.path)
    assert len(workspace.open_document.annotations) > 0
    workspace.open_document.undo()
    assert dict(workspace.open_document.annotations.records) == {}
    workspace.close()


def test_gold_goes_out_as_it_came_in(project, tmp_path):
    import_into(project, SAMPLE)
    target = tmp_path / "out.jsonl"
    Exporter(project, clock).export_gold(target, ExportChoices(Scope.ALL))
    told, made = orjson.loads(SAMPLE.read_bytes()), orjson.loads(target.read_bytes())
    for record in (told, made):
        del record["provenance"]
        del record["doc"]["source_file"]
    assert made == told


def test_gold_that_says_so_late_is_gold(project, tmp_path):
    entities = [
        {"id": f"E{n}", "kb": {}, "label": "PER", "name": "ناوێکی درێژی کەسێک " * 10}
        for n in range(100, 600)
    ]
    record = gold_record()
    record["entities"] += entities
    data = orjson.dumps(record, option=orjson.OPT_SORT_KEYS)
    assert data.index(b'"ckb-gold"') > 64 * 1024
    report = import_into(project, write(tmp_path, "late.jsonl", data))
    assert (report.sets, report.problems) == (1, ())


def test_an_exported_folder_comes_back_whole(project, tmp_path):
    import_into(project, SAMPLE)
    Exporter(project, clock).export_gold(tmp_path / "gold", ExportChoices(Scope.ALL))
    with new_project(tmp_path, name="second.nishan") as other:
        report = import_into(other, tmp_path / "gold")
        assert (report.imported, report.sets, report.problems) == ((WATER,), 1, ())


def tasks_file(folder, name="tasks.json", **fields):
    region = {"id": "r", "type": "labels", "from_name": "label",
              "value": {"start": 0, "end": 5, "text": FIRST[:5], "labels": ["PER"]}}  # fmt: skip
    made = {key: [{**one, "result": [region]} for one in value] for key, value in fields.items()}
    return write(folder, name, orjson.dumps([{"data": {"text": FIRST}, **made}]))


def test_a_person_is_called_as_the_file_says_and_found_again(project, tmp_path):
    azad = {"completed_by": {"email": "azad@x.org", "first_name": "ئازاد", "last_name": "ع"}}
    file = tasks_file(tmp_path, annotations=[azad, {"completed_by": "sara@x.org"}])
    assert import_into(project, file).sets == 2
    assert [person.name for person in project.people.all()] == [SHILAN, "ئازاد ع", "sara@x.org"]
    preview = Importer(project, clock).preview(find_files([file]))
    assert (preview.sets, preview.duplicates) == (0, 2)
    assert import_into(project, file).is_whole
    assert len(project.people.all()) == 3


def test_predictions_that_are_given_to_a_person_are_told(project, tmp_path):
    file = tasks_file(tmp_path, predictions=[{"model_version": "m1"}])
    report = import_into(project, file, annotator=ARAM)
    assert [(one.key, one.values["name"]) for one in report.problems] == [
        ("import.predictions", "m1")
    ]
    assert report.is_whole
    with new_project(tmp_path, name="other.nishan") as other:
        assert import_into(other, file).problems == ()
        assert other.annotations.headers()[0].kind is SetKind.PREDICTION


def test_two_sets_of_a_new_document_for_one_person_are_one_and_the_other_is_told(project, tmp_path):
    """Label Studio keeps all annotations of a text in one record."""
    texts = ("هەولێر", "سلێمانی")
    regions = [
        {
            "id": f"r{number}",
            "type": "labels",
            "from_name": "label",
            "to_name": "text",
            "value": {"start": 0, "end": len(text), "text": text, "labels": ["GPE"]},
        }
        for number, text in enumerate(texts)
    ]
    regions[1]["value"].update(start=len("هەولێر و "), end=len("هەولێر و سلێمانی"))
    annotations = [{"completed_by": who, "result": [one]} for who, one in enumerate(regions, 1)]
    task = {"id": 1, "data": {"text": "هەولێر و سلێمانی"}, "annotations": annotations}
    path = write(tmp_path, "tasks.json", json.dumps([task]))
    report = import_into(project, path, annotator=ARAM)
    assert (len(report.imported), report.sets) == (1, 1)
    (double,) = report.duplicates
    assert (double.differs, double.is_of_run) == (True, True)
