"""Be the copy of the program that answers questions of the one that started it."""

from __future__ import annotations

import signal
import sys

from annotator.cli.terminal import DONE, FAILED
from annotator.foundation.companion import Tasks, serve
from annotator.foundation.loading import end_loading
from annotator.workbench.checking_ahead import CHECK, answers_checks
from annotator.workbench.proving_ahead import PROVE, answers_proofs

TASKS: Tasks = {CHECK: answers_checks, PROVE: answers_proofs}


def accompany(words: list[str]) -> int:
    """Answer until there are no more questions; `words` name the task.

    Who stops the program by Ctrl+C reaches this copy as well, and the other one ends it.
    """
    if len(words) != 1 or words[0] not in TASKS or sys.stdin is None:
        return FAILED
    end_loading()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(TASKS[words[0]], sys.stdin.buffer, sys.stdout.buffer)
    return DONE
