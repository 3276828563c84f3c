"""``annotator import`` of annotations whose names the scheme does not have."""

import json

import pytest

from tests.test_cli import _here as _here, project as project
from tests.workbench.foreign import MEETING, spans_file, spans_format
from tests.workbench.projects import ARAM, opened, write

__all__ = ["spans_format"]
pytestmark = pytest.mark.usefixtures("spans_format")

WAYS = ("--map", "PERSON=PER", "--map", "کەشتی=GPE", "--map", "Meet=Contact.Meet",
        "--map", "Meet.Entity=Participant", "--map", "Meet.Where=Place")  # fmt: skip


@pytest.fixture
def file(tmp_path):
    return spans_file(tmp_path, MEETING)


def test_unknown_names_are_refused_with_the_ways_out(say, project, file):
    before = project.read_bytes()
    code, out, err = say("import", "P", file, "--annotator", ARAM)
    assert (code, out) == (3, "")
    assert "PERSON (2), کەشتی (1), Meet (1)" in err
    assert "--map OLD=NEW" in err
    assert "--add-labels" in err
    code, out, _ = say("import", "P", file, "--annotator", ARAM, "--json")
    told = json.loads(out)
    assert (code, told["error"]) == (3, "import.unknown_names")
    assert told["unknown"][0] | {"options": ["PER"]} == {
        "kind": "label", "name": "PERSON", "owner": None, "map": "PERSON", "count": 2,
        "suggestion": "PER", "options": ["PER"], "decision": None, "becomes": None,
    }  # fmt: skip
    assert project.read_bytes() == before


def test_a_dry_run_tells_and_writes_nothing(say, project, file):
    before = project.read_bytes()
    code, out, err = say("import", "P", file, "--dry-run", "--map", "NO=PER")
    assert code == 1
    assert "New documents: 1, already there: 0. Annotation sets: 1" in out
    assert "  label PERSON (2): not decided; alike: --map PERSON=PER" in out
    assert "  label کەشتی (1): not decided, and nothing is alike" in out
    assert "  role Meet.Entity (2): not decided; alike: --map Meet.Entity=Participant" in out
    assert "--annotator NAME" in out
    assert err == "--map: the files do not use the name NO.\n"
    code, out, _ = say("import", "P", file, "--dry-run", *WAYS, "--map", "sure=", "--json",
                       "--annotator", ARAM)  # fmt: skip
    told = json.loads(out)
    assert (code, told["documents"], told["mentions"], told["wants_annotator"]) == (0, 1, 3, False)
    assert [(each["map"], each["decision"], each["becomes"]) for each in told["unknown"]] == [
        ("PERSON", "ours", "PER"),
        ("کەشتی", "ours", "GPE"),
        ("Meet", "ours", "Contact.Meet"),
        ("Meet.Entity", "ours", "Participant"),
        ("Meet.Where", "ours", "Place"),
        ("sure", "left_out", None),
    ]
    assert project.read_bytes() == before


def test_a_dry_run_shows_what_decisions_come_to(say, project, file):
    code, out, _ = say("import", "P", file, "--dry-run", "--annotator", ARAM, "--map",
                       "PERSON=PER", "--map", "sure=", "--map", "Meet=Contact.Meet", "--map",
                       "Meet.Entity=Participant", "--add-labels")  # fmt: skip
    assert code == 0
    assert "  label PERSON (2): becomes Person (PER)" in out
    assert "  role Meet.Entity (2): becomes Participant" in out
    assert "  label کەشتی (1): is added as keshty" in out
    assert "ids begin with a Latin letter" in out
    assert "\n  label کەشتی → keshty\n" in out
    assert "  attribute of mentions sure (1): is left out" in out


def test_names_are_mapped_and_what_is_left_out_is_told(say, project, file):
    code, out, _ = say("import", "P", file, "--annotator", ARAM, *WAYS, "--map", "sure=")
    assert code == 0
    assert "annotation sets: 1" in out
    assert "Left out: attribute of mentions sure (1)" in out
    workspace = opened(project, annotator=ARAM, document="meeting")
    labels = [mention.label for mention in workspace.open_document.annotations.mentions()]
    workspace.close()
    assert labels == ["PER", "PER", "GPE"]


def test_the_rest_is_added_and_json_tells_all(say, project, file):
    code, out, _ = say("import", "P", file, "--annotator", ARAM, "--map", "PERSON=",
                       "--add-labels", "--json")  # fmt: skip
    told = json.loads(out)
    assert (code, told["sets"], told["left_out_links"]) == (0, 1, 2)
    assert told["left_out"] == [{"kind": "label", "name": "PERSON", "owner": None, "count": 2}]
    ship = {"kind": "label", "name": "کەشتی", "owner": None, "becomes": "keshty"}
    assert told["renamed"] == [ship]
    workspace = opened(project)
    assert workspace.scheme.has_label("keshty")
    assert workspace.scheme.has_event_type("Meet")
    workspace.close()


@pytest.mark.parametrize("word", ["PERSON", "=PER"])
def test_a_pair_needs_both_sides(say, project, file, word, capsys):
    with pytest.raises(SystemExit) as left:
        say("import", "P", file, "--map", word)
    assert left.value.code == 2
    assert "OLD=NEW" in capsys.readouterr().err


def test_a_set_that_differs_from_the_one_that_is_there_is_a_finding(say, project, file, tmp_path):
    assert say("import", "P", file, "--annotator", ARAM, *WAYS, "--map", "sure=")[0] == 0
    fewer = {**MEETING, "spans": MEETING["spans"][:2], "events": []}
    edited = spans_file(tmp_path, fewer, name="edited.spans")
    code, out, _ = say("import", "P", edited, "--annotator", ARAM, *WAYS[:2], "--map", "sure=")
    assert (code, "which holds other annotations than this file" in out) == (1, True)


@pytest.mark.parametrize("again", [(*WAYS, "--map", "sure="), ()])
def test_the_same_file_once_more_is_there_already(say, project, file, again):
    assert say("import", "P", file, "--annotator", ARAM, *WAYS, "--map", "sure=")[0] == 0
    for look in (("--dry-run",), ()):
        code, out, err = say("import", "P", file, "--annotator", ARAM, *again, *look)
        assert (code, err) == (0, "")
        assert "other annotations" not in out


def test_a_dry_run_names_the_sets_that_differ_under_the_mapping(say, project, file):
    assert say("import", "P", file, "--annotator", ARAM, *WAYS, "--map", "sure=")[0] == 0
    other = ("--map", "PERSON=ORG", *WAYS[2:], "--map", "sure=", "--dry-run")
    code, out, _ = say("import", "P", file, "--annotator", ARAM, *other)
    assert code == 1
    assert "meeting already has the annotation set a2, which holds other annotations" in out


def test_the_unit_of_offsets_can_be_named(say, project, tmp_path):
    record = {"text": "😀 ئازاد گەیشت", "label": [[3, 6, "PER"]]}
    file = tmp_path / "old.jsonl"
    file.write_text(json.dumps(record), encoding="utf-8")
    words = ("import", "P", file, "--annotator", ARAM)
    assert "nothing in the file proves how it counts" in say(*words, "--dry-run")[1]
    code, out, _ = say(*words, "--unit", "utf-16")
    assert (code, "proves" in out) == (0, False)
    workspace = opened(project, annotator=ARAM, document="old-000001")
    (mention,) = workspace.open_document.annotations.mentions()
    assert mention.fragments.of(workspace.open_document.document.text) == "ئاز"
    workspace.close()


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_folder_with_nothing_to_read_is_said(say, project, tmp_path, more):
    folder = tmp_path / "in"
    folder.mkdir()
    for _ in range(2):
        code, out, _ = say("import", "P", folder, *more)
        assert (code, out) == (3, "")
        write(folder, "a.html", "<p>")
    assert "a.html" in say("import", "P", folder, *more)[2]
    write(folder, "b.txt", "ئازاد هات.")
    code, out, _ = say("import", "P", folder, *more)
    assert code == 0
    assert "passed over (1): a.html" in out


def test_a_name_cannot_become_two_things(say, project, file):
    before = project.read_bytes()
    code, _, err = say("import", "P", file, "--annotator", ARAM, *WAYS, "--map", "PERSON=ORG")
    assert (code, project.read_bytes() == before) == (3, True)
    assert "--map says two things of PERSON: PERSON=PER and PERSON=ORG" in err
    same = ("--map", "PERSON=PER", "--map", "sure=")
    assert say("import", "P", file, "--annotator", ARAM, *WAYS, *same)[0] == 0


def test_the_help_names_other_programs(say, capsys):
    with pytest.raises(SystemExit):
        say("import", "--help")
    told = " ".join(capsys.readouterr().out.split())
    assert all(name in told for name in ("brat", "INCEpTION", "doccano", "Label Studio"))


def test_an_unknown_encoding_is_told_those_that_are_known(say, project, tmp_path):
    path = write(tmp_path, "a.txt", "ئازاد")
    _, out, _ = say("import", "P", path, "--encoding", "klingon")
    assert "please choose one of utf-8, utf-16, windows-1256, iso-8859-6" in out
