"""The copy of the program that writes until it is killed."""

from annotator.selftest.killing import write_until_killed
from annotator.workbench.clock import system_clock
from annotator.workbench.projects import create_project


def test_without_a_document_there_is_nothing_to_write(tmp_path):
    path = tmp_path / "empty.nishan"
    create_project(path, clock=system_clock, annotator="Nîşan").close()
    assert write_until_killed(path, tmp_path / "progress") == 1
