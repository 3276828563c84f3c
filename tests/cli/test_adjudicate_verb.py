"""Adjudication on the command line: counted, decided, exported and evaluated as gold."""

import json

import pytest

from tests.workbench.adjudications import annotated_twice
from tests.workbench.projects import ARAM, SHILAN, opened


@pytest.fixture
def project(tmp_path):
    return annotated_twice(tmp_path)


def test_gold_is_made_exported_and_evaluated(say, project, tmp_path):
    code, out, err = say("adjudicate", project, "--adjudicator", "Sara", "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert [answer[name] for name in ("units", "agreed", "before", "decided", "open")] == [
        3, 2, 0, 2, 1
    ]  # fmt: skip
    assert [each["open"] for each in answer["documents"]] == [1, 0]
    assert answer["alone"] == ["c"]
    assert say("adjudicate", project, "--first", ARAM, "--document", "a")[0] == 0
    gold = tmp_path / "gold.jsonl"
    assert say("export", project, "--annotator", "gold", "--output", gold)[0] == 0
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    told = [record["set"] for record in records]
    assert [one["kind"] for one in told] == ["adjudicated"] * 2
    assert [one["adjudicator"] for one in told] == ["a3", "a3"]
    assert [one["derived_from"] for one in told] == [["a1", "a2"]] * 2
    assert [m["label"] for m in records[0]["mentions"]] == ["PER", "ORG"]
    assert say("check", gold)[0] == 0
    code, out, _ = say("evaluate", project, project, "--predicted-set", SHILAN, "--json")
    strict = json.loads(out)["layers"]["mentions"]["measures"]["strict"]
    assert (strict["micro"]["gold"], strict["micro"]["tp"]) == (3, 2)


def test_a_look_tells_and_writes_nothing(say, project):
    code, out, err = say("adjudicate", project, "--dry-run", "--majority")
    assert (code, err) == (0, "")
    assert out.startswith("Documents that would be compared: 2. Units: 3, of them agreed: 2")
    code, out, _ = say("adjudicate", project, "--agreed")
    assert "decided now: 2, open: 1." in out
    workspace = opened(project)
    assert workspace.project.annotations.header("a", "gold").adjudicator == "a2"
    workspace.close()


def test_whom_and_what_nobody_knows_is_refused(say, project):
    assert say("adjudicate", project, "--first", "x")[0] == 3
    assert say("adjudicate", project, "--document", "x")[0] == 3
    with pytest.raises(SystemExit):
        say("adjudicate", project, "--agreed", "--majority")
