"""Promise 25: no network, no child process, no file outside the chosen folders; and names are
never taken for markup, which would open the file that they name.

The program is watched from outside, by strace; the network is taken away altogether once.
"""

import subprocess
import sys

import pytest

from annotator.foundation.own_copy import COMPANION_FLAG
from tests.architecture.sources import CHECKOUT
from tests.reliability.tour import PICTURE, nasty
from tests.reliability.tracing import can_leave_the_network, environment, has_strace, trace

needs_strace = pytest.mark.skipif(not has_strace(), reason="needs strace, and leave to use it")
needs_unshare = pytest.mark.skipif(
    not can_leave_the_network(), reason="needs unshare -n, which needs root"
)

DIALOGS = {
    "AboutDialog", "AdjudicationDialog", "CommandPalette", "ExportDialog", "ImportDialog",
    "KeyEditor", "KeySheet", "NewProjectDialog", "PreferencesDialog", "ProjectAdjudicationDialog",
    "QInputDialog",
}  # fmt: skip

SHOW = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication(sys.argv[:1])
label = QLabel(sys.argv[1])
label.show()
label.grab()
"""


def stay_inside(run, folder):
    """The promise itself, for one watched run."""
    assert run.code == 0, run.told[-2000:]
    assert len(run.started) == 1, run.started
    assert [call for call in run.network if is_talk(call)] == []
    assert run.changed_outside(folder) == set()


PRINTING = ('inet_pton(AF_INET6, "::1"', 'inet_addr("127.0.0.1")')


def is_talk(call):
    """Whether a call on a socket reaches beyond the process.

    Not counted are a process's own pair, the question of the C library for the name of the user,
    and that of Qt's print dialog, when somebody prints, for the printers of this computer.
    """
    if call.startswith("socket(") or "/nscd/" in call:
        return False
    return not ("htons(631)" in call and any(own in call for own in PRINTING))


@pytest.fixture(scope="module")
def toured(tmp_path_factory):
    """The tour through the whole window, watched."""
    folder = tmp_path_factory.mktemp("tour").resolve()
    (folder / PICTURE).write_bytes(b"x")
    return folder, trace(["-m", "tests.reliability.tour", str(folder)], folder, environment(folder))


def test_every_act_and_dialog_shows_names_as_they_are(toured):
    _, run = toured
    assert run.code == 0, run.told[-2000:]
    assert set(run.told.rpartition("dialogs:")[2].split()) >= DIALOGS


@pytest.mark.root
@needs_strace
def test_a_whole_session_stays_inside(toured, tell_result):
    folder, run = toured
    stay_inside(run, folder)
    tell_result(
        promise="P25",
        technique="strace of every act and dialog, and of the demo; the demo without network",
        ci="3 runs",
        full="the same",
        result="no child; no connect but to the print service of this computer when printing; "
        f" {len(run.changed)} files written, all in chosen folders",
    )


@pytest.mark.root
@needs_strace
def test_names_are_never_taken_for_markup(toured, tell_result):
    folder, run = toured
    assert folder / PICTURE not in run.opened
    tell_result(
        promise="P26",
        technique="names that are markup in every label, tooltip and dialog, watched by strace",
        ci=f"{len(DIALOGS)} dialogs, every act",
        full="the same",
        result="plain text everywhere; the picture was never opened",
    )


@pytest.mark.root
@needs_strace
def test_a_label_that_guesses_would_be_noticed(tmp_path):
    """Qt opens the picture where nobody says that text is plain: the watch can fail."""
    folder = tmp_path.resolve()
    (folder / PICTURE).write_bytes(b"x")
    run = trace(["-c", SHOW, nasty(folder)], folder, environment(folder))
    assert folder / PICTURE in run.opened


@pytest.mark.root
@needs_strace
def test_the_demo_stays_inside(tmp_path):
    folder = tmp_path.resolve()
    words = ["-m", "annotator", "demo", "--headless", str(folder / "out")]
    stay_inside(trace(words, folder, environment(folder)), folder)
    assert (folder / "out" / "gold" / "gold.jsonl").stat().st_size > 0


EXPORT = """
import sys
from annotator.cli import main
from annotator.foundation.companion import Companion
from annotator.workbench import checking_ahead
checking_ahead.LEAST_DOCUMENTS, checking_ahead.processors = 1, lambda: 2
Companion.is_ready = True
sys.exit(main(["export", *sys.argv[1:], "--only", "all"]))
"""


@pytest.mark.root
@needs_strace
def test_the_companion_of_an_export_is_this_program_and_opens_nothing(tmp_path):
    folder = tmp_path.resolve()
    made = trace(["-m", "annotator", "demo", "--headless", "out"], folder, environment(folder))
    assert made.code == 0, made.told
    [project] = (folder / "out").glob("*.nishan")
    words = ["-c", EXPORT, str(project), "--output", str(folder / "gold.jsonl")]
    run = trace(words, folder, environment(folder))
    assert (run.code, len(run.started)) == (0, 2), run.told
    assert f'"annotator", "{COMPANION_FLAG}"' in run.started[1]
    assert [call for call in run.network if is_talk(call)] == []
    assert run.changed_outside(folder) == set()
    assert run.opened_beside
    assert [path for path in run.opened_beside if path.is_relative_to(folder)] == []


OUTSIDE = "import pathlib; p = pathlib.Path('/var/tmp/nishan-outside'); p.touch(); p.unlink()"
TALK = "import socket; socket.socket(type=socket.SOCK_DGRAM).connect_ex(('192.0.2.1', 9))"
CHILD = "import subprocess; subprocess.run(['true'])"


@pytest.mark.root
@needs_strace
@pytest.mark.parametrize(
    ("act", "what"), [(OUTSIDE, "changed"), (TALK, "network"), (CHILD, "started")]
)
def test_each_breach_would_be_noticed(tmp_path, act, what):
    run = trace(["-c", act], tmp_path.resolve(), environment(tmp_path))
    found = {
        "changed": bool(run.changed_outside(tmp_path)),
        "network": any(map(is_talk, run.network)),
        "started": len(run.started) > 1,
    }
    assert [name for name, is_breach in found.items() if is_breach] == [what]


@pytest.mark.root
@needs_unshare
def test_the_core_journey_needs_no_network(tmp_path):
    words = [sys.executable, "-m", "annotator", "demo", "--headless", str(tmp_path / "out")]
    done = subprocess.run(
        ["unshare", "-n", *words],
        cwd=CHECKOUT, env=environment(tmp_path), capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "gold" / "gold.jsonl").stat().st_size > 0
