"""Child processes that work on a project, and strace to kill them or to fail their system calls.

The child is a fork of a process that has imported the program already, so starting one takes
milliseconds. It speaks JSON lines over a socket, which leaves every `write` that strace sees to the
program itself. It stands still at `Talk.wait` until it is told to go on, so that strace can come
and go in between.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import traceback
from contextlib import suppress
from dataclasses import dataclass

from annotator.foundation.errors import AnnotatorError, UserError

WRITING = "pwrite64,write,fdatasync,fsync,ftruncate,unlink,unlinkat,rename,openat"
"""The system calls that change what is on the disk."""

HAS_STRACE = shutil.which("strace") is not None


class Talk:
    """The child's end: what is said here has been heard even if the child dies at once."""

    def __init__(self, connection):
        self._connection = connection

    def say(self, *words):
        self._connection.sendall(json.dumps(words).encode() + b"\n")

    def wait(self):
        """Stand still until the parent says `go`."""
        self.say("waiting")
        if not self._connection.recv(1):
            os._exit(3)  # the parent is gone

    def attempt(self, act):
        """Do something that may be refused; whether it was done."""
        try:
            act()
        except UserError as error:
            self.say("refused", error.key)
            return False
        except AnnotatorError as error:
            self.say("defect", error.key, traceback.format_exc())
            return False
        self.say("ok")
        return True


class Child:
    """A forked process that runs ``work(talk, *arguments)``."""

    def __init__(self, work, *arguments):
        self._socket, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            self._socket.close()
            _run(Talk(theirs), work, arguments)
        theirs.close()
        self._stream = self._socket.makefile("r", encoding="utf-8")
        self.said = []
        self.code = None

    def hear(self):
        """The next thing the child says, or None when it has ended."""
        line = self._stream.readline()
        if not line.endswith("\n"):
            return None
        self.said.append(json.loads(line))
        return self.said[-1]

    def hear_until(self, *words):
        """Listen until one of these is said; False where the child ends before."""
        while (heard := self.hear()) is not None:
            if heard[0] in words:
                return True
        return False

    def go(self):
        with suppress(OSError):  # it may have been killed meanwhile, which is what `end` tells
            self._socket.send(b"g")

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)

    def end(self):
        """Listen to the end and wait for the process; its exit code, negative for a signal."""
        while self.hear() is not None:
            pass
        self._stream.close()
        self._socket.close()
        _, status = os.waitpid(self.pid, 0)
        self.code = os.waitstatus_to_exitcode(status)
        return self.code


def _run(talk, work, arguments):
    try:
        work(talk, *arguments)
        code = 0
    except BaseException:
        talk.say("crash", traceback.format_exc())
        code = 1
    os._exit(code)


class NoTracing(Exception):
    """strace is there but may not attach to a process here."""


class Strace:
    """strace attached to a child until `detach`; the child goes on without it after that."""

    def __init__(self, pid, *, calls=WRITING, inject=None, output=os.devnull, extra=()):
        command = ["strace", "-f", "-p", str(pid), "-o", str(output), "-e", f"trace={calls}"]
        command += ["-e", f"inject={inject}"] if inject else []
        self._process = subprocess.Popen(
            [*command, *extra], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        heard = self._process.stderr.readline()
        if "attached" not in heard:
            self.detach()
            raise NoTracing(heard)

    def detach(self):
        """End the tracing and wait until what it wrote is whole."""
        if self._process.poll() is None:
            self._process.terminate()
        self.wait()

    def wait(self):
        """Wait for strace, which ends with the child."""
        self._process.communicate()


@dataclass(frozen=True)
class Fault:
    """What happens at the `number`-th system call of this name, and at all later ones if it lasts.

    `effect` is ``signal=KILL`` or ``error=ENOSPC``.
    """

    effect: str
    call: str
    number: int
    lasts: bool = False

    def __str__(self):
        return f"{self.effect} at {self.call} {self.number}{' and later' if self.lasts else ''}"

    @property
    def injection(self):
        return f"{self.call}:{self.effect}:when={self.number}{'+' if self.lasts else ''}"
