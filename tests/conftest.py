"""Every test: offscreen Qt, isolated settings, English, and any unexpected warning is a failure.

A test that expects a warning in the log looks at it and then calls ``caplog.clear()``.
"""

import logging
import os
import sys
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent

from annotator.cli import main
from tests.reliability.results import pytest_terminal_summary

__all__ = ["pytest_terminal_summary"]

os.environ["QT_QPA_PLATFORM"] = os.environ.get("NISHAN_TEST_PLATFORM", "offscreen")
os.environ["NISHAN_LANGUAGE"] = "en"

settings.register_profile(
    "quick",
    derandomize=True,
    deadline=None,
    max_examples=60,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=2_000)
settings.load_profile("quick")  # `--hypothesis-profile=thorough` overrides it


def pytest_addoption(parser):
    parser.addoption(
        "--update-snapshots", action="store_true", help="keep what the page looks like now"
    )


@pytest.fixture(scope="session")
def _states(tmp_path_factory):
    """Names for a folder of each test.

    In one folder apart, numbered here: pytest looks through all that is there for the next number,
    which thousands of tests make slow for each other.
    """
    folder = tmp_path_factory.mktemp("states")
    return (folder / str(number) for number in count())


@pytest.fixture(scope="session", autouse=True)
def _compiled_once(tmp_path_factory):
    """Let the processes that tests start share what they compile, where none may keep it.

    ``PYTHONDONTWRITEBYTECODE`` keeps a checkout clean; but then each of them compiles the program
    anew, which is most of what a short one does. So they keep it in a folder of this run.
    """
    with pytest.MonkeyPatch.context() as patch:
        if sys.dont_write_bytecode:
            folder = tmp_path_factory.getbasetemp()
            folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
            patch.setenv("PYTHONPYCACHEPREFIX", str(folder / "compiled"))
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield


@pytest.fixture(autouse=True)
def _own_folders(_states, monkeypatch):
    """Keep logs, window state and settings of a test away from the user's and other tests'."""
    state = next(_states)
    state.mkdir()
    monkeypatch.setenv("NISHAN_STATE_DIR", str(state))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(state / "config"))


@pytest.fixture(autouse=True)
def _no_warning_in_the_log(caplog):
    """Fail a test that leaves a warning or worse in the log."""
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    loud = [record.getMessage() for record in records if record.levelno >= logging.WARNING]
    assert not loud, f"unexpected in the log: {loud}"


@pytest.fixture(autouse=True)
def _no_widget_lives_on():
    """Take away the widgets that a test has let go: each later style sheet would polish them again.

    What `deleteLater` was called for, as pytest-qt does for every widget it was given, goes when
    the event loop turns; and tests turn none.
    """
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def say(capsys):
    """Run a command; its exit code, standard output and standard error."""

    def run(*words):
        code = main([str(word) for word in words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run
