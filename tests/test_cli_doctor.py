"""The verb `doctor`: what it says, its exit codes, its JSON, and the copy it writes."""

import json

import pytest

from annotator.cli.terminal import DONE, FAILED, FOUND, USAGE
from annotator.foundation.logs import last_log_lines
from tests.store.doctor.patients import content, make_patient, tamper


@pytest.fixture(scope="module")
def healthy_bytes(tmp_path_factory):
    return make_patient(tmp_path_factory.mktemp("cli") / "p.nishan").read_bytes()


@pytest.fixture
def patient(tmp_path, healthy_bytes):
    path = tmp_path / "p.nishan"
    path.write_bytes(healthy_bytes)
    return path


def hurt(path):
    tamper(path, "UPDATE annotations SET label = 'ORG' WHERE id = 'T1'")


def test_a_healthy_project(say, patient):
    code, out, _ = say("doctor", patient.with_suffix(""))
    assert code == DONE
    assert out == "p.nishan is as it was stored. Nothing is wrong with it.\n"


def test_ailments_are_told_line_by_line(say, patient):
    hurt(patient)
    before = patient.read_bytes()
    code, out, _ = say("doctor", patient)
    assert code == FOUND
    lines = out.splitlines()
    assert len(lines) == 4
    assert lines[0] == (
        "E D42 n1/a1/T1: The list says of T1 in document n1 something else than the record,"
        " namely about the label or type."
    )
    assert "damages: 3, warnings: 0, hints: 0" in lines[-1]
    assert patient.read_bytes() == before


def test_a_hint_is_no_failure(say, patient):
    patient.with_name(".~p.nishan.12.tmp").touch()
    code, out, _ = say("doctor", patient)
    assert code == DONE
    assert out.startswith("W D08")


def test_the_answer_for_machines(say, patient, tmp_path):
    hurt(patient)
    code, out, _ = say("doctor", patient, "--repair", "--output", tmp_path / "copy", "--json")
    assert code == FOUND
    told = json.loads(out)
    assert [said["id"] for said in told["ailments"]] == ["D42"] * 3
    assert {said["record"] for said in told["ailments"]} == {"T1"}
    assert told["repaired"]["path"] == str(tmp_path / "copy.nishan")
    assert {remedy["way"] for remedy in told["repaired"]["remedies"]} == {"made_anew"}


def test_a_repair_writes_a_copy(say, patient, tmp_path):
    healthy = content(patient)
    hurt(patient)
    before = patient.read_bytes()
    code, out, _ = say("doctor", patient, "--repair", "--output", tmp_path / "copy.nishan")
    assert code == FOUND
    assert "Nothing was lost." in out
    told = "Documents: 2 (in the trash: 0), annotation sets: 3, records: 15."
    assert f"copy.nishan is a repaired copy. {told}" in out
    assert content(tmp_path / "copy.nishan") == healthy
    assert patient.read_bytes() == before


def test_nothing_to_repair_writes_nothing(say, patient, tmp_path):
    code, out, _ = say("doctor", patient, "--repair", "--output", tmp_path / "copy.nishan")
    assert code == DONE
    assert "nothing to repair" in out
    assert not (tmp_path / "copy.nishan").exists()


@pytest.mark.parametrize("words", [("--repair",), ("--output", "x.nishan")])
def test_a_repair_needs_a_name_for_its_copy(say, patient, words):
    code, _, err = say("doctor", patient, *words)
    assert code == USAGE
    assert "--output" in err


def test_the_file_itself_is_never_the_copy(say, patient):
    hurt(patient)
    before = patient.read_bytes()
    code, _, err = say("doctor", patient, "--repair", "--output", patient)
    assert code == FAILED
    assert "already is a file" in err
    assert patient.read_bytes() == before


def test_a_damaged_file_leaves_a_trace_in_the_log(say, patient):
    patient.write_bytes(patient.read_bytes()[:20_000])
    code, _, _ = say("check", patient)
    assert code == FAILED
    (line,) = last_log_lines(10)
    assert line.endswith("INFO told UserError store.damaged(name=p.nishan)")
    assert say("check", patient.with_name("nowhere"))[0] == FAILED
    assert len(last_log_lines(10)) == 1


def test_how_little_is_left_comes_first_and_the_backup_that_has_more(say, patient, tmp_path):
    code, out, _ = say("backup", patient, "--json")
    assert code == DONE
    backup = json.loads(out)["path"]
    tamper(
        patient,
        "DELETE FROM annotations WHERE set_key = 1",
        "DELETE FROM journal WHERE set_key = 1",
    )
    _, out, _ = say("doctor", patient, "--repair", "--output", tmp_path / "copy.nishan")
    lines = out.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("Only a part"))
    assert "has not been changed" in lines[first - 1]
    assert lines[first].endswith("Documents: 2 of 2. Annotations: 4 of 11.")
    assert "Documents: 2. Annotations: 11." in lines[first + 1]
    assert lines[first + 1].endswith(f"annotator restore {backup} --output NEW.nishan")
    assert lines[first + 2].startswith("Not in the copy as it was")
    _, out, _ = say("doctor", patient, "--repair", "--output", tmp_path / "more.nishan", "--json")
    told = json.loads(out)
    assert told["fuller_backup"] == backup
    assert told["repaired"]["held"] == {"documents": 2, "annotations": 11, "is_whole": True}
    assert told["repaired"]["annotations"] == 4
