"""A disk as a power cut may leave it, computed from what a process has asked the system to do.

How to think about it: what was written stays in memory until the file is synchronised, and a new
name until its folder is. Until then any 512-byte sector, any change of size and any change of a
name may or may not have reached the disk (the idea of ALICE and BOB, OSDI 2014). That is harsher
than real file systems, which keep some order. A sector is written whole or not at all.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

CALLS = "openat,pwrite64,write,ftruncate,fdatasync,fsync,unlink,unlinkat,rename,sendto"
VERBATIM = ("-xx", "-s", "100000000")
"""What makes strace write every byte, in hexadecimal."""

SECTOR = 512
_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)", re.MULTILINE)
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Call:
    """One system call that succeeded: its name, numbers, texts (as bytes) and result."""

    name: str
    numbers: tuple[int, ...]
    texts: tuple[bytes, ...]
    flags: str
    result: int


def parse(trace):
    """The calls in what strace wrote."""
    for name, arguments, result in _LINE.findall(trace):
        if result.startswith("-"):
            continue
        texts = tuple(bytes.fromhex(t.replace("\\x", "")) for t in _TEXT.findall(arguments))
        rest = _TEXT.sub("", arguments)
        numbers = tuple(int(n) for n in re.findall(r"(?<![\w])\d+(?![\w])", rest))
        yield Call(name, numbers, texts, rest, int(result))


@dataclass
class File:
    """The content on the disk, and what has been asked since it was last synchronised."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list = field(default_factory=list)

    def write(self, offset, data):
        self.pending.append((offset, data))

    def truncate(self, size):
        self.pending.append((size, None))

    def synchronise(self):
        _apply(self.durable, self.pending, keep=lambda: True)
        self.pending.clear()

    def survivor(self, keep):
        """What is left of it; `keep` decides for each sector and size."""
        content = bytearray(self.durable)
        _apply(content, self.pending, keep)
        return bytes(content)


def _apply(content, changes, keep):
    for offset, data in changes:
        if data is None:
            if keep():
                del content[offset:]
                content.extend(bytes(offset - len(content)))
        else:
            for start, piece in _sectors(offset, data):
                if keep():
                    content.extend(bytes(max(start - len(content), 0)))
                    content[start : start + len(piece)] = piece


def _sectors(offset, data):
    at = 0
    while at < len(data):
        end = min(at + SECTOR - (offset + at) % SECTOR, len(data))
        yield offset + at, data[at:end]
        at = end


class Disk:
    """The files of a folder and of those below it, while calls are replayed one by one."""

    def __init__(self, folder):
        self._folder = folder
        self._names = {}
        self._changes = {}
        self._open = {}
        self._now = {}
        for path in folder.rglob("*"):
            if path.is_file():
                self._names[path] = self._now[path] = File(bytearray(path.read_bytes()))
        self.said = []

    def replay(self, call):
        """Take note of a call; whether it changes what a power cut may leave."""
        step = getattr(self, f"_{call.name}", None)
        return step is not None and step(call) is not False

    def survivors(self, chance):
        """The files after a power cut now, by path."""
        share = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        names = dict(self._names)
        for changes in self._changes.values():
            in_order = chance.random() < 0.5
            count = chance.randint(0, len(changes))
            for number, (removed, added, file) in enumerate(changes):
                if number < count if in_order else chance.random() < share:
                    names.pop(removed, None)
                    if added is not None:
                        names[added] = file
        return {
            path: file.survivor(lambda: chance.random() < share) for path, file in names.items()
        }

    def _change(self, removed, added, file):
        folder = (added or removed).parent
        self._changes.setdefault(folder, []).append((removed, added, file))
        self._now.pop(removed, None)
        if added is not None:
            self._now[added] = file

    def _path(self, text):
        path = Path(text.decode())
        return path if path.is_relative_to(self._folder) else None

    def _openat(self, call):
        self._open.pop(call.result, None)
        path = self._path(call.texts[0])
        if path is None:
            return False
        if path in self._now:
            file = self._now[path]
            if "O_TRUNC" in call.flags:
                file.truncate(0)
        elif "O_CREAT" in call.flags:
            file = File()
            self._change(None, path, file)
        else:
            file = path  # a folder
        self._open[call.result] = [file, 0]
        return "O_CREAT" in call.flags

    def _file(self, call):
        return self._open.get(call.numbers[0], (None, 0))[0]

    def _pwrite64(self, call):
        file = self._file(call)
        if file is None:
            return False
        file.write(call.numbers[2], call.texts[0][: call.result])
        return True

    def _write(self, call):
        """Writes where the last one ended; nothing here seeks."""
        opened = self._open.get(call.numbers[0])
        if opened is None:
            return False
        opened[0].write(opened[1], call.texts[0][: call.result])
        opened[1] += call.result
        return True

    def _ftruncate(self, call):
        file = self._file(call)
        if file is not None:
            file.truncate(call.numbers[1])
        return file is not None

    def _fsync(self, call):
        file = self._file(call)
        if isinstance(file, File):
            file.synchronise()
        elif file is not None:
            for removed, added, made in self._changes.pop(file, ()):
                self._names.pop(removed, None)
                if added is not None:
                    self._names[added] = made
        return file is not None

    _fdatasync = _fsync

    def _unlink(self, call):
        path = self._path(call.texts[0])
        if path in self._now:
            self._change(path, None, None)
        return path is not None

    _unlinkat = _unlink

    def _rename(self, call):
        source, target = map(self._path, call.texts)
        if source is None:
            return False
        self._change(source, target, self._now[source])
        return True

    def _sendto(self, call):
        self.said += [json.loads(line) for line in call.texts[0].splitlines()]
        return True
