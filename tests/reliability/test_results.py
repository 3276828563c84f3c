"""Rows and tables that tests tell arrive at the end of the run, from other processes too."""

import shutil
import subprocess
import sys

from tests.architecture.sources import CHECKOUT
from tests.reliability.results import as_markdown

TELLING = """
def test_kept(tell_result, tell_table):
    tell_result(promise="P26", technique="files", ci="5", full="50", result="5 of 5")
    tell_table("endings", ["class", "cases"], [["NUL", 3], ["BOM", 12]])


def test_broken(tell_result):
    tell_result(promise="P3", technique="disk full", ci="7", full="70", result="7 of 7")
    assert False


def test_silent():
    pass
"""

FILES = ["tests/conftest.py", "tests/reliability/conftest.py", "tests/reliability/results.py"]


def test_rows_and_tables_of_several_processes_are_printed_in_order(tmp_path):
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    (tmp_path / "tests" / "reliability").mkdir(parents=True)
    for name in FILES:
        shutil.copy(CHECKOUT / name, tmp_path / name)
    (tmp_path / "tests" / "reliability" / "test_telling.py").write_text(TELLING)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2"]
    # with a folder of its own, for pytest clears away what earlier runs left in the common one
    command += ["--basetemp", str(tmp_path / "folders")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    rows = [line for line in lines if line.startswith("|")]
    assert rows == [
        "| promise | technique | scale in CI | scale in full | result            |",
        "| ------- | --------- | ----------- | ------------- | ----------------- |",
        "| P3      | disk full | 7           | 70            | FAILED, see above |",
        "| P26     | files     | 5           | 50            | 5 of 5            |",
        "| class | cases |",
        "| ----- | ----- |",
        "| NUL   | 3     |",
        "| BOM   | 12    |",
    ], done.stdout + done.stderr
    assert [line.strip("= ") for line in lines if "reliability: " in line] == [
        "reliability: promises",
        "reliability: endings",
    ]


def test_a_table_is_as_wide_as_its_widest_cell():
    assert as_markdown(["a"], [["bcd"]]) == ["| a   |", "| --- |", "| bcd |"]
