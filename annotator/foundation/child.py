"""A copy of this program as a child process: nothing else is ever started, and only from here."""

from __future__ import annotations

import subprocess
from typing import TypeAlias

from annotator.foundation.own_copy import own_command, own_folder

Child: TypeAlias = subprocess.Popen[bytes]


def start_child(*words: str, talks: bool = False, command: list[str] | None = None) -> Child:
    """Start a copy with these words behind its command; `command` is another one, for tests.

    It has pipes to hear and to answer where it `talks`, else it is silent; errors that it prints
    are for nobody. Raises `OSError` where it cannot be started.
    """
    stream = subprocess.PIPE if talks else subprocess.DEVNULL
    return subprocess.Popen(
        [*(command or own_command()), *words],
        cwd=own_folder(),
        stdin=stream,
        stdout=stream,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
