"""Project files as they are named on the command line."""

from __future__ import annotations

from pathlib import Path

from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.projects import SUFFIX


def opened(path: Path) -> ProjectFile:
    """The project of this name; one made as ``P`` is found as ``P``, too."""
    return ProjectFile.open(named(path))


def named(path: Path) -> Path:
    """The file of this name; one made as ``P`` is found as ``P``, too."""
    _refuse_impossible(path)
    return path if path.exists() else with_suffix(path)


def with_suffix(path: Path) -> Path:
    """The name of a project file, whose suffix need not be typed."""
    _refuse_impossible(path)
    if path.suffix.lower() == SUFFIX or not path.name:
        return path
    return path.with_name(path.name + SUFFIX)


def _refuse_impossible(path: Path) -> None:
    """What can never be a project: the root, links in a circle, names that are not Unicode.

    SQLite takes names in UTF-8 only; Python holds other bytes of a name as lone surrogates.
    """
    try:
        str(path).encode("utf-8")
        is_root = not path.resolve().name
    except UnicodeEncodeError as error:
        raise UserError("cli.name_not_unicode", path=path) from error
    except RuntimeError as error:  # links that lead to each other, before Python 3.13
        raise UserError("import.no_such_file", path=path) from error
    if is_root:
        raise UserError("file.is_folder", path=path)
