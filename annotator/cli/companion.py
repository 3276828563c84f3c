"""Be the copy of the program that answers questions of the one that started it."""

from __future__ import annotations

import signal
import sys

from annotator import __version__
from annotator.cli.terminal import DONE, FAILED
from annotator.foundation.companion import Tasks, serve
from annotator.foundation.loading import end_loading
from annotator.workbench.checking_ahead import CHECK, answers_checks
from annotator.workbench.proving_ahead import PROVE, answers_proofs

TASKS: Tasks = {CHECK: answers_checks, PROVE: answers_proofs}


def accompany(words: list[str]) -> int:
    """Answer until there are no more questions; `words` are the task and the asking version.

    Who stops the program by Ctrl+C reaches this copy as well, and the other one ends it.
    """
    task = TASKS.get(words[0]) if words[1:] == [__version__] else None
    if task is None or sys.stdin is None:
        return FAILED
    end_loading()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(task, sys.stdin.buffer, sys.stdout.buffer)
    return DONE
