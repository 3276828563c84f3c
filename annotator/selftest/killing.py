"""A copy of the program that writes into a project until it is killed.

Only the self-test starts it: that what was acknowledged outlives a kill cannot be seen without one.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from annotator.core.commands.mentions import add_mention
from annotator.core.span import Fragments
from annotator.foundation.child import Child, start_child
from annotator.foundation.errors import Refused, UserError
from annotator.workbench.workspace import open_workspace

WRITER_FLAG = "--self-test-writer"
PATIENCE_SECONDS = 60.0
_PAUSE_SECONDS = 0.01


def write_until_killed(project: Path, progress: Path) -> int:
    """Mark word after word; `progress` grows by a byte with every act that was acknowledged."""
    workspace = open_workspace(project)
    try:
        workspace.open_last()
        opened = workspace.open_document
        if opened is None:
            return 1
        label = opened.scheme.labels[0].id
        with progress.open("ab", buffering=0) as file:
            for span in opened.segmentation.tokens:
                with suppress(Refused):  # a word that nothing can be marked on
                    place = Fragments.at(span.start, span.end)
                    edit = add_mention(opened.annotations, opened.scheme, place, label, entity=None)
                    opened.perform(edit)
                    file.write(b".")
        return 0
    finally:
        workspace.close()


def acknowledged_before_kill(project: Path, progress: Path, *, acts: int) -> int:
    """Let a copy of the program write, kill it after some acts; how many it had acknowledged.

    Raises `UserError` where it cannot be started, or does not write.
    """
    progress.touch()
    child = start_child(WRITER_FLAG, str(project), str(progress))
    try:
        _wait(child, progress, acts)
    finally:
        child.kill()
        child.wait()
    told = progress.stat().st_size
    if told < acts:
        raise UserError("selftest.no_writer", code=child.returncode)
    return told


def _wait(child: Child, progress: Path, acts: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while progress.stat().st_size < acts and child.poll() is None and time.monotonic() < until:
        time.sleep(_PAUSE_SECONDS)
