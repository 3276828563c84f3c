"""Projects, their people, schemes and lexicon; the demo; articles from the command line."""

import json

import pytest

from annotator.core.ids import AnnotatorId
from annotator.foundation.errors import Defect, Refused, UserError
from annotator.kurdish.lexicon import Lexicon
from annotator.store.project_file import ProjectFile
from annotator.workbench import demo
from annotator.workbench.articles import project_for_articles
from annotator.workbench.clock import monotonic, stamp, system_clock
from annotator.workbench.demo import annotated_sample, create_demo, sample_files, sample_texts
from annotator.workbench.importing import Importer
from annotator.workbench.lexicons import read_lexicon
from annotator.workbench.people import annotator_named, clean_name, ensure_annotator_id
from annotator.workbench.projects import ProjectFacts, create_project, facts_of
from annotator.workbench.schemes import read_scheme_text, scheme_from_text, scheme_of
from tests.workbench.projects import (
    ARAM,
    FIRST,
    SECOND,
    SHILAN,
    TEXTS,
    clock,
    complete,
    mark,
    new_project,
    opened,
    project_with,
    write,
)


def test_the_facts_are_counted(tmp_path):
    path = project_with(tmp_path)
    workspace = opened(path)
    mark(workspace, "ئازاد", "PER")
    complete(workspace)
    workspace.change_annotator(ARAM)
    mark(workspace, "هەولێر", "GPE")
    workspace.close()
    with ProjectFile.open(path) as project:
        facts = facts_of(project)
        version = scheme_of(project).version
    assert facts == ProjectFacts(
        path=str(path),
        name="news",
        scheme="ckb-news",
        scheme_version=version,
        documents=3,
        characters=sum(map(len, TEXTS.values())),
        annotators=(SHILAN, ARAM),
        sets={"new": 0, "in_progress": 1, "complete": 1, "reviewed": 0, "approved": 0},
        mentions=2,
        events=0,
        quotes=0,
    )


def test_a_project_is_never_overwritten(tmp_path):
    new_project(tmp_path).close()
    with pytest.raises(UserError) as error:
        new_project(tmp_path)
    assert error.value.key == "store.exists"


@pytest.mark.parametrize(
    ("choices", "key"),
    [
        ({"annotator": " "}, "refused.annotator_name_empty"),
        ({"scheme": "nothing"}, "scheme.not_found"),
    ],
)
def test_a_project_that_cannot_be_made_leaves_no_file(tmp_path, choices, key):
    with pytest.raises((UserError, Refused)) as error:
        create_project(tmp_path / "p.nishan", clock=clock, **choices)
    assert error.value.key == key
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "clean"),
    [("شیلان", "شیلان"), ("  ئا  رام\n", "ئا رام"), ("a\x00b\x1bc", "a b c"), ("a\udcff", "a")],
)
def test_names_are_stored_as_one_line(tmp_path, name, clean):
    with new_project(tmp_path, annotator=None) as project:
        person = annotator_named(project, name, clock)
        assert (person.name, annotator_named(project, clean, clock)) == (clean, person)
        assert project.people.all() == (person,)


@pytest.mark.parametrize("name", ["", " \t\n", "\x00", "\udcff"])
def test_a_name_says_something(name):
    with pytest.raises(Refused):
        clean_name(name)


@pytest.mark.parametrize(
    ("identifier", "person"),
    [("a1", "a1"), ("a5", "a5"), ("c1", "a2"), ("a0", "a2"), ("a", "a2"), (ARAM, "a2")],
)
def test_ids_of_gold_become_ids_of_the_project(tmp_path, identifier, person):
    with new_project(tmp_path) as project, project.transaction() as transaction:
        for _ in range(2):
            made = ensure_annotator_id(project, transaction, AnnotatorId(identifier), at="")
            assert made == (person, ())
        names = {one.id: one.name for one in project.people.all()}
        assert names == {"a1": SHILAN, person: SHILAN if person == "a1" else identifier}


def test_a_scheme_can_be_a_file(tmp_path):
    text = read_scheme_text("ckb-news")
    data = {**json.loads(text), "id": "own"}
    file = write(tmp_path, "own.json", b"\xef\xbb\xbf" + json.dumps(data).encode())
    with create_project(tmp_path / "p.nishan", clock=clock, scheme=str(file)) as project:
        assert scheme_of(project).id == "own"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"\xff\xfe", "scheme.unreadable"),
        (b"{", "formats.json_syntax"),
        (b"[1]", "scheme.not_json"),
        (b"[" * 100_000, "formats.json_depth"),
        (b'{"id": 1, "id": 2}', "formats.json_duplicate_key"),
    ],
)
def test_a_file_that_is_no_scheme_is_an_error(tmp_path, content, key):
    with pytest.raises(UserError) as error:
        read_scheme_text(str(write(tmp_path, "bad.json", content)))
    assert error.value.key == key


def test_an_object_that_is_no_scheme_is_an_error():
    with pytest.raises(UserError) as error:
        scheme_from_text("{}")
    assert error.value.key.startswith("scheme.")


def test_the_lexicon_is_read_from_its_files():
    lexicon = read_lexicon()
    assert isinstance(lexicon, Lexicon)
    assert lexicon.cues


def test_the_clock_tells_utc():
    assert stamp(clock()) == "2026-11-21T09:00:00Z"
    assert stamp(system_clock()).endswith("Z")
    assert monotonic() <= monotonic()


def test_the_demo_holds_every_sample(tmp_path):
    project, report = create_demo(tmp_path / "demo.nishan", clock)
    with project:
        assert (report.refused, report.duplicates, report.sets) == (0, (), 1)
        entries = [entry.id for entry in project.documents.entries()]
        assert entries[0] == demo.ANNOTATED_DOCUMENT
        assert len(entries) >= len(sample_texts())
        (header,) = project.annotations.headers()
        read = project.annotations.read(header)
        assert len(read) == len(annotated_sample()) > 0
        assert facts_of(project).sets["complete"] == 1
    assert len(set(sample_files())) == len(sample_files())
    assert {path.suffix for path in sample_texts()} == {".txt"}


def test_a_demo_that_cannot_be_made_leaves_no_file(tmp_path, monkeypatch):
    def fail(*_):
        raise UserError("store.full", name="demo.nishan")

    monkeypatch.setattr(Importer, "run", fail)
    with pytest.raises(UserError):
        create_demo(tmp_path / "demo.nishan", clock)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_sample_is_our_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "resource", lambda *parts: write(tmp_path, "x.jsonl", "{}\n"))
    with pytest.raises(Defect) as defect:
        annotated_sample()
    assert defect.value.key == "defect.sample"


def documents_of(path):
    with ProjectFile.open(path) as project:
        return [entry.id for entry in project.documents.entries()]


def test_articles_get_a_project_beside_the_first(tmp_path):
    first, second = write(tmp_path, "a.b.txt", FIRST), write(tmp_path, "c.txt", SECOND)
    path = project_for_articles([first, second], clock)
    assert path == tmp_path / "a.b.nishan"
    assert documents_of(path) == ["a.b", "c"]
    assert project_for_articles([first], clock) == path
    assert documents_of(path) == ["a.b", "c"]


def test_a_folder_of_articles_gets_one_as_well(tmp_path, monkeypatch):
    write(tmp_path / "news.2026", "a.txt", FIRST)
    monkeypatch.chdir(tmp_path / "news.2026")
    assert project_for_articles([type(tmp_path)(".")], clock) == tmp_path / "news.2026.nishan"


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("in/a.txt", b"\xff\xff", "formats.bytes_invalid"),
        ("in/a.pdf", b"", "import.nothing_found"),
    ],
)
def test_articles_that_cannot_be_read_leave_no_project(tmp_path, name, content, key):
    write(tmp_path, name, content)
    with pytest.raises(UserError) as error:
        project_for_articles([tmp_path / "in"], clock)
    assert error.value.key == key
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_articles_that_cannot_be_read_do_not_cost_an_old_project(tmp_path):
    good = write(tmp_path, "a.txt", FIRST)
    path = project_for_articles([good], clock)
    bad = write(tmp_path, "a.text", b"\xff")
    with pytest.raises(UserError):
        project_for_articles([bad], clock)
    assert documents_of(path) == ["a"]
