"""Processes in rooms of their own: with mounts, a host name and rights that only they have.

What happens there is a function of ours in a forked process; what it returns comes back as JSON.
"""

import ctypes
import ctypes.util
import json
import os
import signal
import socket
import stat
import sys
import time
import traceback
from pathlib import Path

import pytest

NOBODY = 65534
_NEW_MOUNTS, _NEW_NAME = 0x00020000, 0x04000000
_READ_ONLY, _REMOUNT, _BIND, _ALL_BELOW, _PRIVATE = 1, 32, 4096, 16384, 1 << 18
_DETACH = 2

needs_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="needs root on Linux for mounts"
)


def _libc():
    return ctypes.CDLL(None, use_errno=True)


def _call(name, *arguments):
    if getattr(_libc(), name)(*arguments) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")


def mount(source, target, kind=None, flags=0, data=None):
    encoded = [None if word is None else os.fsencode(word) for word in (source, target, kind)]
    _call("mount", *encoded, flags, None if data is None else os.fsencode(data))


def bind(source, target, *, is_read_only=False):
    """Let a folder be seen at another place as well."""
    Path(target).mkdir(exist_ok=True)
    mount(source, target, flags=_BIND)
    if is_read_only:
        mount(None, target, flags=_BIND | _REMOUNT | _READ_ONLY)


def pull(target):
    """Take a mount away at once, while files on it are open."""
    _call("umount2", os.fsencode(target), _DETACH)


def become_nobody():
    if not all(folder.stat().st_mode & stat.S_IXOTH for folder in Path(__file__).parents):
        raise _CannotEnter("the checkout lies where nobody else may look")
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


class _CannotEnter(Exception):
    pass


def start(work, *, host=None, limit=120):
    """Begin `work` in a room; the id of its process and the file with its answer.

    It is ended after `limit` seconds.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return child, reader
    os.close(reader)
    try:
        answer = _answer(work, host, limit)
        with open(writer, "wb") as stream:
            stream.write(json.dumps(answer).encode())
    finally:
        os._exit(0)


def _answer(work, host, limit):
    signal.alarm(limit)
    try:
        try:
            _call("unshare", _NEW_MOUNTS | (_NEW_NAME if host else 0))
            mount(None, "/", flags=_ALL_BELOW | _PRIVATE)
            if host:
                socket.sethostname(host)
        except OSError as error:
            raise _CannotEnter(f"no mounts of one's own here: {error}") from error
        return {"is": work()}
    except _CannotEnter as reason:
        return {"skip": str(reason)}
    except BaseException:
        return {"error": traceback.format_exc()}


def answer_of(room):
    """What the work in a room has returned; skips the test where there cannot be such a room."""
    child, reader = room
    with open(reader, "rb") as stream:
        said = stream.read()
    _, code = os.waitpid(child, 0)
    assert said, f"ended by {code}"
    answer = json.loads(said)
    if "skip" in answer:
        pytest.skip(answer["skip"])
    assert "error" not in answer, answer["error"]
    return answer["is"]


def in_room(work, *, host=None):
    """Do `work` in a room and wait for what it returns."""
    return answer_of(start(work, host=host))


def until(seconds):
    """Turns without end until the time is over."""
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        yield number
        number += 1
