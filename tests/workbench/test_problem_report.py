"""The report: what is in it, in which form, and what is not."""

import getpass
import json
from pathlib import Path

import pytest

from annotator import __version__
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError
from annotator.foundation.logs import LogFile, logs_folder
from annotator.foundation.settings import Settings
from annotator.store.project_file import ProjectFile
from annotator.workbench import problem_report
from annotator.workbench.problem_report import (
    LOG_LINES,
    ReportFacts,
    report_name,
    report_text,
    without_user,
)
from tests.workbench.projects import FIRST, SHILAN, clock, mark, opened, project_with


@pytest.fixture(params=["ckb", "en"])
def catalogue(request):
    return load_catalogue(request.param)


@pytest.fixture
def english():
    return load_catalogue("en")


def facts(project=None, **settings):
    return ReportFacts(
        settings=Settings(**settings), moment=clock(), toolkit={"qt": "6.x"}, project=project
    )


def section(text, title):
    """The lines below one heading."""
    return text.split(f"== {title} ==\n")[1].split("\n\n")[0].split("\n")


def test_versions_settings_and_empty_sections(catalogue):
    text = report_text(catalogue, facts(language="ckb", points=20.0))
    said = catalogue.text
    lines = section(text, said("report.section.versions"))
    assert f"annotator: {__version__}" in lines
    assert "qt: 6.x" in lines
    assert {line.partition(":")[0] for line in lines} >= {
        "python",
        "system",
        "sqlite",
        "machine",
        "pyside",
    }
    settings = section(text, said("report.section.settings"))
    assert {"language: ckb", "points: 20.0", "article_font: naskh"} <= set(settings)
    for title in ("project", "crashes", "log"):
        assert section(text, said(f"report.section.{title}")) == [said("report.none")]
    assert text.endswith(f"\n\n{said('report.without_text')}\n")
    assert "\u2068" not in text


def test_the_project_is_told_in_numbers(english, tmp_path):
    workspace = opened(project_with(tmp_path), document="a")
    mark(workspace, "هەولێر", "GPE")
    lines = section(report_text(english, facts(workspace.project)), "Open project")
    workspace.close()
    assert {"documents: 3", "mentions: 1", "annotators: 1", "is_broken: False"} <= set(lines)
    assert all(line.partition(": ")[2] in ("True", "False") or line[-1].isdigit() for line in lines)
    assert SHILAN not in "\n".join(lines)


def test_a_project_that_cannot_be_counted_says_why(english, tmp_path, monkeypatch):
    def fail(_):
        raise UserError("store.damaged", name="news.nishan")

    monkeypatch.setattr(problem_report, "facts_of", fail)
    with ProjectFile.open(project_with(tmp_path)) as project:
        lines = section(report_text(english, facts(project)), "Open project")
    assert lines == ["UserError store.damaged(name=news.nishan)"]


def test_the_text_is_there_only_when_it_is_wanted(catalogue, tmp_path):
    workspace = opened(project_with(tmp_path), document="a")
    mark(workspace, "هەولێر", "GPE")
    without = report_text(catalogue, facts(workspace.project))
    whole = report_text(catalogue, facts(workspace.project), document=workspace.open_document)
    workspace.close()
    assert "هەولێر" not in without
    (line,) = section(whole, catalogue.text("report.section.text"))[:1]
    record = json.loads(line)
    assert record["text"] == FIRST
    assert [mention["text"] for mention in record["mentions"]] == ["هەولێر"]
    assert catalogue.text("report.without_text") not in whole


def test_the_newest_lines_of_the_log_and_the_crashes_are_there(english):
    log = LogFile(logs_folder())
    for number in range(LOG_LINES + 5):
        log.append(f"line {number}\n")
    sessions = logs_folder() / "sessions"
    sessions.mkdir()
    (sessions / "a.crash").write_text("began\nFatal\n  place\n")
    text = report_text(english, facts())
    lines = section(text, "Log")
    assert (lines[0], lines[-1], len(lines)) == ("line 5", f"line {LOG_LINES + 4}", LOG_LINES)
    assert section(text, "Crashes") == ["began", "    Fatal", "      place"]


@pytest.mark.parametrize("user", ["shilan", "ab", ""])
def test_the_user_and_their_folders_are_not_named(monkeypatch, user):
    monkeypatch.setattr(Path, "home", lambda: Path("/data/people/xyz"))
    monkeypatch.setattr(getpass, "getuser", lambda: user)
    text = f"a /data/people/xyz/b.nishan /media/{user}/c \\Users\\{user}\\d"
    shown = without_user(text)
    assert shown.startswith("a ~/b.nishan ")
    assert ("shilan" in shown) is False


def test_without_a_home_or_a_name_the_text_stays(monkeypatch):
    def fail():
        raise KeyError

    monkeypatch.setattr(Path, "home", lambda: Path("/"))
    monkeypatch.setattr(getpass, "getuser", fail)
    assert without_user("a /b/c") == "a /b/c"


def test_the_name_tells_the_day():
    assert report_name(clock()) == "nishan-report-2026-11-21.txt"
