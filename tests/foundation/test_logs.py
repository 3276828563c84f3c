"""The log of a process: what stands in it, what is heard, and that it can be taken away again."""

import gc
import logging
import re
import sys
import threading
import warnings
from types import SimpleNamespace

import pytest

from annotator.foundation.errors import Defect, UserError
from annotator.foundation.log_file import LogFile
from annotator.foundation.logs import (
    Logging,
    LogWriter,
    last_log_lines,
    line_of,
    log_error,
    logs_folder,
    note,
    note_error,
    note_qt,
)

SECRET = "Xqzsecret"
HEAD = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \d+ (DEBUG|INFO|WARNING|ERROR|CRITICAL) "
)


@pytest.fixture
def heard():
    return []


@pytest.fixture
def running(heard, caplog):
    logs = Logging(heard.append)
    logs.start()
    yield logs
    logs.stop()
    caplog.get_records("call").clear()


def lines():
    return [HEAD.sub(r"\1 ", line) for line in last_log_lines(1000)]


def test_events_and_errors_have_one_form(running):
    note("opened", documents=3, value=SECRET)
    note_error(UserError("store.full", name="a.nishan"), "told", is_expected=True)
    note_error(Defect("store.sql", detail=SECRET), "told", is_expected=False)
    note_error(ValueError(SECRET), "odd", is_expected=True)
    note_qt(f'QFrame: "{SECRET}" is odd', level=logging.WARNING)
    assert lines() == [
        "INFO opened documents=3 value=‹str›",
        "INFO told UserError store.full(name=a.nishan)",
        "ERROR told Defect store.sql(detail=‹str›)",
        "ERROR odd ValueError",
        "WARNING qt QFrame: … is odd",
    ]


def test_every_line_begins_alike_and_stacks_are_indented(running):
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        note_error(error, "odd")
    first, *stack = last_log_lines(10)
    assert HEAD.match(first)
    assert len(stack) == 1
    assert stack[0].startswith("      tests/foundation/test_logs.py:")


def test_of_what_others_log_only_the_place_is_told(running):
    logger = logging.getLogger("somebody.else")
    logger.warning("about %s", SECRET)
    try:
        raise KeyError(SECRET)
    except KeyError:
        logger.exception(SECRET)
    logging.getLogger("annotator").error(SECRET)
    told = lines()
    assert SECRET not in "\n".join(told)
    assert re.fullmatch(r"WARNING somebody.else tests/foundation/test_logs.py:\d+ test_.*", told[0])
    assert "KeyError" in told[2]


def test_what_nobody_catches_is_heard_in_every_thread(running, heard):
    error = ValueError(SECRET)
    sys.excepthook(ValueError, error, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    def fail():
        raise KeyError(SECRET)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()

    class Lazy:
        def __del__(self):
            raise OSError(SECRET)

    Lazy()
    gc.collect()
    assert [type(each) for each in heard] == [ValueError, KeyError, OSError]
    assert heard[0] is error


def test_what_is_unraisable_or_comes_without_an_error_is_passed_over(running, heard):
    sys.unraisablehook(SimpleNamespace(exc_value=None))
    threading.excepthook(threading.ExceptHookArgs([SystemExit, None, None, None]))
    assert heard == []


def test_without_a_listener_it_is_logged(caplog):
    logs = Logging()
    logs.start()
    logs.hear(ValueError(SECRET), "unhandled")
    logs.stop()
    assert lines() == ["ERROR unhandled ValueError"]
    caplog.clear()


def test_a_listener_that_fails_and_a_log_that_cannot_be_written_disturb_nobody(
    tmp_path, caplog, monkeypatch
):
    def fail(_):
        raise RuntimeError

    Logging(fail).hear(ValueError(), "unhandled")
    (tmp_path / "file").write_text("x")
    writer = LogWriter(LogFile(tmp_path / "file"))
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "x", None, None)
    writer.emit(record)
    record.created = "never"
    writer.emit(record)
    monkeypatch.setenv("NISHAN_STATE_DIR", str(tmp_path / "file"))
    log_error(ValueError(SECRET), "unhandled")
    caplog.clear()


def test_warnings_of_python_tell_their_kind_and_place(running):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(SECRET, UserWarning, stacklevel=1)
    (told,) = lines()
    assert re.fullmatch(r"WARNING UserWarning tests/foundation/test_logs.py:\d+", told)


def test_everything_is_as_before_when_it_is_stopped(heard):
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning
    handlers, level = logging.getLogger().handlers[:], logging.getLogger("annotator").level
    logs = Logging(heard.append)
    logs.start()
    assert sys.excepthook is not hooks[0]
    logs.stop()
    logs.stop()
    assert hooks == (
        sys.excepthook,
        threading.excepthook,
        sys.unraisablehook,
        warnings.showwarning,
    )
    assert (logging.getLogger().handlers, logging.getLogger("annotator").level) == (handlers, level)


def test_an_error_of_the_command_line_is_logged_once(caplog):
    log_error(ValueError(SECRET), "unhandled")
    note_error(ValueError(SECRET), "not logged")
    assert lines() == ["ERROR unhandled ValueError"]
    assert (logs_folder() / "nishan.log").exists()
    caplog.clear()


def test_a_record_without_a_process_number_has_one(monkeypatch):
    record = logging.LogRecord("x", logging.INFO, "a/b.py", 1, "x", None, None, "f")
    record.process = None
    assert HEAD.match(line_of(record))
