"""Writes bundles in any format into memory, and reads them back."""

import io
from contextlib import contextmanager

from msgspec.structs import replace

from annotator.formats.base import Bundle, ReadOptions
from tests.formats.specimens import context


class MemoryFolder:
    """The files of a format of several files, by their names."""

    def __init__(self):
        self.files = {}

    @contextmanager
    def file(self, name):
        assert name not in self.files, name
        stream = io.BytesIO()
        yield stream
        self.files[name] = stream.getvalue()


def write(known, items, **values):
    """The report, the files by name, and the losses of an export."""
    losses = []
    told = replace(context(**values), lose=losses.append)
    if known.write is not None:
        stream = io.BytesIO()
        report = known.write(items, stream, told)
        return report, {f"all{known.suffixes[0]}": stream.getvalue()}, losses
    folder = MemoryFolder()
    report = known.write_files(items, folder, told)
    return report, folder.files, losses


def read(known, files):
    """The bundles and the problems in files, of those that the format reads."""
    bundles, problems = [], []
    for name, data in sorted(files.items()):
        if name.endswith(known.suffixes):
            options = ReadOptions(name, beside=files.get)
            for item in known.read(io.BytesIO(data), options):
                (bundles if isinstance(item, Bundle) else problems).append(item)
    return bundles, problems
