"""Sums of packages, and what is taken for a passed self-test."""

import hashlib
import json

import pytest
from release.checks import SUMS, require_passed, write_sums
from release.work import Stopped

from annotator.cli.self_test import CHECKS


def report(version="1.0", **failed):
    checks = [
        {"id": name, "outcome": failed.get(name, "passed"), "facts": {"qt": "6.11"}}
        for name in CHECKS
    ]
    return json.dumps({"versions": {"annotator": version, "python": "3.11"}, "checks": checks})


def test_the_sums_name_every_package_in_order(tmp_path):
    for name in ("b.deb", "a.tar.xz"):
        (tmp_path / name).write_bytes(name.encode())
    lines = write_sums(tmp_path).read_text().splitlines()
    assert lines == [
        f"{hashlib.sha256(n.encode()).hexdigest()}  {n}" for n in ("a.tar.xz", "b.deb")
    ]
    assert write_sums(tmp_path).read_text().splitlines() == lines
    assert (tmp_path / SUMS).is_file()


def test_a_passed_self_test_tells_versions_with_that_of_qt():
    told = f"a word before\n{report()}\n"
    assert require_passed(told, "1.0", "here") == {
        "annotator": "1.0", "python": "3.11", "qt": "6.11",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (report(fonts="failed"), r"The self-test here failed: fonts\."),
        (report(version="0.9"), r"of another version than 1\.0"),
        ("Segmentation fault", "did not answer: Segmentation fault"),
        (json.dumps({"versions": {"annotator": "1.0"}, "checks": []}), "did not answer"),
    ],
)
def test_anything_else_stops_the_build(told, sentence):
    with pytest.raises(Stopped, match=sentence):
        require_passed(told, "1.0", "here")
