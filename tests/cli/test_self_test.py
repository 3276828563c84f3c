"""``annotator --self-test``: what it says, in which language, and its exit codes."""

import json
import os

import pytest

from annotator.cli.self_test import CHECKS, self_test, writer
from annotator.cli.terminal import Terminal
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError

FACTS = {
    "database": {"sqlite": "3.54", "settings": "journal truncate"},
    "keeping": {"told": 12, "found": 13},
    "export": {"sets": 1},
    "fonts": {"families": "Vazirmatn"},
    "page": {"qt": "6", "width": 1, "height": 2},
    "formats": {"formats": 20},
    "parts": {},
    "companion": {"processors": 2},
}


@pytest.fixture(params=["ckb", "en"])
def catalogue(request):
    return load_catalogue(request.param)


def passing(name):
    return lambda folder: FACTS[name]


def failing(folder):
    raise UserError("selftest.lost", told=12, found=3)


def test_every_check_is_told_in_both_languages(catalogue, capsys):
    assert self_test(Terminal(catalogue), {name: passing(name) for name in CHECKS}) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(CHECKS) + 2
    assert lines[-1] == catalogue.text("selftest.all_passed")


def test_a_failure_is_told_with_its_reason_and_the_rest_goes_on(catalogue, capsys):
    checks = {"keeping": failing, "export": passing("export")}
    assert self_test(Terminal(catalogue), checks) == 1
    lines = capsys.readouterr().out.splitlines()
    assert catalogue.text("selftest.title.keeping") in lines[1]
    assert catalogue.number(3) in lines[1]
    assert "annotator report" in lines[-1]


def test_json_names_checks_facts_and_versions(capsys):
    terminal = Terminal(load_catalogue("en"), is_json=True)
    assert self_test(terminal, {"keeping": failing, "export": passing("export")}) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["versions"]["form"] == "source"
    lost, export = answer["checks"]
    assert (lost["id"], lost["outcome"]) == ("keeping", "failed")
    assert "12" in lost["message"]
    assert export == {"id": "export", "outcome": "passed", "facts": {"sets": 1}, "message": ""}


def test_the_users_state_is_left_alone_and_named_again(monkeypatch, capsys):
    seen = []

    def look(folder):
        seen.append(os.environ["NISHAN_STATE_DIR"])
        return FACTS["export"]

    terminal = Terminal(load_catalogue("en"))
    mine = os.environ["NISHAN_STATE_DIR"]
    self_test(terminal, {"export": look})
    assert (os.environ["NISHAN_STATE_DIR"], seen[0] != mine) == (mine, True)
    monkeypatch.delenv("NISHAN_STATE_DIR")
    self_test(terminal, {"export": look})
    assert "NISHAN_STATE_DIR" not in os.environ


def test_only_the_self_test_makes_the_program_a_writer(tmp_path):
    assert writer(["export", "a", "b"]) is None
    assert writer(["--self-test-writer"]) is None
