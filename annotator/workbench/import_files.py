"""One file of an import after the other: its format, and what is in it."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TypeAlias

from annotator.formats.base import (
    MAX_BYTES,
    Bundle,
    FieldMapping,
    Format,
    ImportProblem,
    ReadOptions,
)
from annotator.formats.offset_units import OffsetUnit
from annotator.formats.registry import format_by_id, guess_format
from annotator.foundation.errors import UserError
from annotator.workbench.beside import files_beside
from annotator.workbench.import_report import ImportChoices
from annotator.workbench.proving_ahead import ProvingAhead
from annotator.workbench.reading import reading_error

HEAD = 1024 * 1024
"""Bytes of a file that are looked at to tell its format. Canonical gold says what it is only after
its entities and events."""


Items: TypeAlias = Generator[Bundle | ImportProblem, None, None]
"""To be closed by whoever does not want all of them: a file is open, and a companion may be."""


def items_of(path: Path, choices: ImportChoices) -> Items:
    """What is in a file; that it cannot be read, or read on, is the last of its problems.

    What goes wrong while the caller writes does not come in here: it is no problem of the file
    and must end the import.
    """
    try:
        yield from read_items(
            path,
            choices.format_id,
            encoding=choices.encodings.get(path),
            mapping=choices.mappings.get(path),
            unit=choices.unit,
        )
    except UserError as error:
        yield ImportProblem.from_error(error, source=str(path))


def read_items(
    path: Path,
    format_id: str | None,
    *,
    encoding: str | None = None,
    mapping: FieldMapping | None = None,
    unit: OffsetUnit | None = None,
) -> Items:
    """What is in a file. Raises `UserError` when it cannot be read, or read on."""
    try:
        kind = chosen_format(path, format_id)
        assert kind.read is not None  # chosen_format gives readable formats only
        with path.open("rb") as stream, ProvingAhead(path.stat().st_size) as ahead:
            options = ReadOptions(
                source=str(path),
                encoding=encoding,
                mapping=mapping,
                unit=unit,
                beside=files_beside(path, MAX_BYTES, reading_error),
                proved=ahead.proved,
            )
            yield from kind.read(stream, options)
    except OSError as error:
        raise reading_error(error, path) from error
    except MemoryError:
        raise UserError("cli.no_memory") from None


def chosen_format(path: Path, format_id: str | None) -> Format:
    """The format to read a file with: the one asked for, else the one its name and start tell.

    Raises `UserError` when there is none that reads it.
    """
    if format_id is None:
        with path.open("rb") as stream:
            return guess_format(path.name, stream.read(HEAD))
    kind = format_by_id(format_id)
    if not kind.can_read:
        raise UserError("import.not_readable", format=format_id)
    return kind
