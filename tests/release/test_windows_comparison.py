"""Both programs are used in turn, and may not tell different things of themselves."""

import json

import pytest
from release.windows_comparison import ROUNDS, Told, compare, differences, size_of, tell
from release.work import Stopped

from tests.release.room import VERSION, work_in
from tests.release.stand_in import StandInWine, put

PAGE = {"id": "page", "outcome": "passed", "facts": {"qt": "6.11"}, "message": ""}
REPORT = {"versions": {"annotator": VERSION, "python": "3.13"}, "checks": [PAGE]}


def test_the_same_report_has_no_differences():
    assert differences(REPORT, json.loads(json.dumps(REPORT))) == ()


def test_how_much_was_written_before_the_kill_is_chance():
    kept = {"id": "keeping", "outcome": "passed", "facts": {"told": 13}, "message": ""}
    one, more = REPORT | {"checks": [kept]}, REPORT | {"checks": [kept | {"facts": {"told": 14}}]}
    failed = REPORT | {"checks": [kept | {"outcome": "failed"}]}
    assert differences(one, more) == ()
    assert differences(one, failed) == ("check keeping",)


def test_each_difference_is_named_once():
    other = {
        "versions": {"annotator": VERSION, "python": "3.14", "sqlite": "3"},
        "checks": [PAGE | {"facts": {"qt": "6.12"}}],
    }
    assert differences(REPORT, other) == ("check page", "version python", "version sqlite")


def test_a_folder_is_counted_with_all_below(tmp_path):
    assert size_of(put(tmp_path / "x", "a", "bcd/ef")) == (2, 7)


@pytest.fixture
def bundles(tmp_path):
    return {
        "windows": put(tmp_path / "one", "annotator.exe"),
        "windows-frozen": put(tmp_path / "two", "annotator.exe", "_internal/python313.dll"),
    }


def answering(*reports):
    """A program whose self-tests tell these reports, one after the other."""
    waiting = [*reports]

    def does(*words):
        return 0, json.dumps(waiting.pop(0)) if "--self-test" in words else "annotator 1.2.3"

    return does


def test_they_start_in_turn_so_that_nothing_else_tells_between_them(tmp_path, bundles):
    wine = StandInWine(tmp_path / "wine", answering(REPORT, REPORT))
    found = compare(work_in(tmp_path), wine, bundles)
    assert [*found] == [*bundles]
    assert (found["windows"].files, found["windows-frozen"].files) == (1, 2)
    assert found["windows"].report == REPORT
    starts = [words[0] for words in wine.asked[2:]]
    assert starts == [r"C:\side0\annotator.exe", r"C:\side1\annotator.exe"] * (ROUNDS + 1)
    assert {words[1:] for words in wine.asked} == {("--self-test", "--json"), ("--version",)}
    assert all(told.start_time >= 0 and told.test_time >= 0 for told in found.values())


def test_a_report_that_differs_stops_the_build(tmp_path, bundles):
    other = REPORT | {"versions": {"annotator": VERSION, "python": "3.12"}}
    wine = StandInWine(tmp_path / "wine", answering(REPORT, other))
    with pytest.raises(Stopped, match=r"windows and windows-frozen .*: version python"):
        compare(work_in(tmp_path), wine, bundles)


def test_a_program_that_does_not_start_stops_the_build(tmp_path, bundles):
    answer = answering(REPORT, REPORT)
    wine = StandInWine(
        tmp_path / "wine", lambda *words: answer(*words) if "--json" in words else (3, "no Qt")
    )
    with pytest.raises(Stopped, match=r"--version ended with 3:\nno Qt"):
        compare(work_in(tmp_path), wine, bundles)


def test_what_was_found_is_said_and_kept(tmp_path, capsys):
    work = work_in(tmp_path)
    one = Told(files=2, size=85_000_000, report={}, test_time=9.3, start_time=3.31)
    two = Told(files=1021, size=87_600_000, report={}, test_time=13.24, start_time=4.0)
    tell(work, {"frozen": one, "files": two})
    said = capsys.readouterr().out
    assert said.splitlines() == [
        "  frozen: 2 files, 85.0 MB; under Wine a start 3.3 s, the self-test 9.3 s",
        "  files: 1021 files, 87.6 MB; under Wine a start 4.0 s, the self-test 13.2 s",
    ]
    assert (work.folder("comparison") / "comparison.txt").read_text() == said
