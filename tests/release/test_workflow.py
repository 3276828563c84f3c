"""The workflow asks for what the entry offers, and trusts nothing that can change under it."""

import re
import shlex

import pytest
import yaml

import build as entry
import run
from tests.architecture.sources import CHECKOUT

PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40}")


@pytest.fixture(scope="module")
def workflow():
    path = CHECKOUT / ".github" / "workflows" / "release.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps_of(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_it_runs_for_tags_and_may_only_read(workflow):
    assert workflow[True] == {"push": {"tags": ["v*"]}}  # YAML reads the word on as yes
    assert workflow["permissions"] == {"contents": "read"}
    writing = {name for name, job in workflow["jobs"].items() if "permissions" in job}
    assert writing == {"draft"}


def test_actions_are_pinned_by_commit(workflow):
    used = [step["uses"] for step in steps_of(workflow) if "uses" in step]
    assert used
    assert [action for action in used if not PINNED.fullmatch(action)] == []


def test_every_command_is_one_that_the_entry_takes(workflow, monkeypatch):
    asked = []
    monkeypatch.setattr(entry, "release", lambda system, *, checks: asked.append((system, checks)))
    commands = [
        shlex.split(step["run"])
        for step in steps_of(workflow)
        if step.get("run", "").startswith("python3 run.py")
    ]
    for words in commands:
        planned = run.plan(words[2:], display=None)
        if planned.command[0] == "build":
            assert entry.main(planned.command[1:]) == 0
        else:
            assert planned.command[0] == "pytest"
    assert sorted(asked) == [("linux", True), ("macos", True), ("windows", True)]
    assert len(commands) == 4


def test_what_is_kept_lies_where_the_entry_puts_it(workflow):
    kept = [step["with"]["path"] for step in steps_of(workflow) if "upload" in step.get("uses", "")]
    assert sorted(kept) == [f".out/packages/{name}" for name in ("linux", "macos", "windows")]
    uploads = [step["with"] for step in steps_of(workflow) if "upload" in step.get("uses", "")]
    # Else what lies below a folder like .out may be left behind, and the job is green.
    assert all(one["include-hidden-files"] is True for one in uploads)
    assert all(one["if-no-files-found"] == "error" for one in uploads)


def test_the_draft_waits_for_everything(workflow):
    jobs = workflow["jobs"]
    waited = set(jobs["draft"]["needs"])
    waited |= {name for job in waited for name in [jobs[job].get("needs")] if name}
    assert waited == jobs.keys() - {"draft"}
    assert "--draft" in jobs["draft"]["steps"][-1]["run"]
