"""Files that others have made: why one cannot be read, and which in a folder can be imported."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from annotator.formats.base import ImportProblem
from annotator.formats.gold_manifest import FORMAT
from annotator.formats.registry import FORMATS
from annotator.foundation.errors import UserError
from annotator.workbench.beside import texts_of_annotations

READABLE = tuple(suffix for kind in FORMATS if kind.can_read for suffix in kind.suffixes)

GOLD_FILE, MANIFEST_FILE = "gold.jsonl", "manifest.json"
"""What a gold export into a folder consists of."""

LOSSES_FILE = "losses.jsonl"
"""What an export could not hold: in its folder, or as ``NAME.losses.jsonl`` beside a file."""

CARD_FILES = ("README.md", "DATASET.md")
"""Where the dataset card is written: the second where the first is somebody else's."""

PASSED_OVER = "import.passed_over"
"""The key of what tells which files of a folder no format reads."""

_BESIDE = frozenset({"TypeSystem.xml", "annotation.conf", "visual.conf", "config.xml"})
"""What belongs to annotations and holds none: nobody misses it."""

_HEAD = 100
_NAMED = 5


class FoundFiles(Struct, frozen=True):
    """The files to import in order, and what a folder held that is none, with the reason's key.

    That no format reads a file is a warning, everything else a refusal.
    """

    files: tuple[Path, ...]
    skipped: tuple[ImportProblem, ...] = ()


def reading_error(error: OSError, path: Path) -> UserError:
    """Why a file cannot be read, as something to tell the user."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return UserError("import.no_such_file", path=str(path))
        case IsADirectoryError():
            return UserError("file.is_folder", path=str(path))
    reason = error.strerror or type(error).__name__
    return UserError("import.unreadable", path=str(path), reason=reason)


def find_files(paths: Iterable[Path]) -> FoundFiles:
    """The importable files among `paths`; folders are walked in order of name.

    A file named directly is always taken. In a folder are taken the regular files whose suffix
    some format reads, hidden ones, the manifest of a gold export and texts that come in with their
    annotations aside; links are not followed and named among the skipped, like folders that cannot
    be listed. Of the others the first ones are named in one warning for the folder.
    Raises `UserError` for a path that does not exist, or is neither a file nor a folder.
    """
    files: list[Path] = []
    skipped: list[ImportProblem] = []
    for path in paths:
        try:
            mode = path.stat().st_mode
        except OSError as error:
            raise reading_error(error, path) from error
        if stat.S_ISDIR(mode):
            found = tuple(_walk(path))
            files.extend(item for item in found if isinstance(item, Path))
            skipped.extend(item for item in found if isinstance(item, ImportProblem))
            skipped.extend(_passed_over(path, [o.path for o in found if isinstance(o, _Other)]))
        elif stat.S_ISREG(mode):
            files.append(path)
        else:
            raise UserError("import.not_a_file", path=str(path))
    return FoundFiles(tuple(dict.fromkeys(files)), tuple(skipped))


def refuse_nothing(found: FoundFiles, paths: Iterable[Path]) -> None:
    """Raise `UserError` where there is no file at all, and nothing that was refused either."""
    if found.files or any(problem.is_refusal for problem in found.skipped):
        return
    there = ", ".join(str(problem.values["names"]) for problem in found.skipped)
    raise UserError(
        "import.nothing_found",
        path=", ".join(map(str, paths)),
        names=there or "–",
        endings=", ".join(dict.fromkeys(READABLE)),
    )


class _Other(Struct, frozen=True):
    """A file that no format reads."""

    path: Path


def _passed_over(folder: Path, paths: Sequence[Path]) -> Iterator[ImportProblem]:
    """One warning for all of them."""
    if paths:
        shown = [path.relative_to(folder).as_posix() for path in paths[:_NAMED]]
        more = ["…"] if len(paths) > _NAMED else []
        values = {"count": len(paths), "names": ", ".join(shown + more)}
        yield ImportProblem(str(folder), PASSED_OVER, values, is_refusal=False)


def _walk(folder: Path) -> Iterator[Path | ImportProblem | _Other]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield ImportProblem.from_error(reading_error(error, folder), source=str(folder))
        return
    data = set(_beside_data(folder, names))
    names = [name for name in names if name not in data]
    folders: list[Path] = []
    beside = texts_of_annotations(name for name in names if _is_regular(folder / name))
    for name in names:
        path = folder / name
        if name.startswith(".") or name in beside:
            continue
        try:
            if path.is_dir() and not path.is_symlink():
                folders.append(path)
            else:
                yield from _taken(path)
        except OSError as error:  # a folder that can be listed but not entered
            yield ImportProblem.from_error(reading_error(error, path), source=str(path))
    for inner in folders:
        yield from _walk(inner)


def _is_regular(path: Path) -> bool:
    """Whether a file of annotations will be taken; only then its text is not taken by itself."""
    return path.suffix.lower() == ".ann" and not path.is_symlink() and path.is_file()


def _beside_data(folder: Path, names: Sequence[str]) -> Iterator[str]:
    """What an export has put beside its data, which holds no documents."""
    if MANIFEST_FILE in names and _is_ours(folder / MANIFEST_FILE):
        yield from (MANIFEST_FILE, LOSSES_FILE, *CARD_FILES)
    ending = f".{LOSSES_FILE}"
    yield from (n for n in names if n.endswith(ending) and n.removesuffix(ending) in names)


def _is_ours(manifest: Path) -> bool:
    with suppress(OSError), manifest.open("rb") as stream:
        return f'"{FORMAT}"'.encode() in stream.read(_HEAD)
    return False


def _taken(path: Path) -> Iterator[Path | ImportProblem | _Other]:
    """A file of a folder, or why it is not taken; nothing where it is of no interest."""
    is_link = path.is_symlink()
    if path.suffix.lower() not in READABLE and not (is_link and path.is_dir()):
        if path.name not in _BESIDE:
            yield _Other(path)
        return
    if is_link:
        yield _skipped(path, "import.is_link")
    elif path.is_file():
        yield path
    else:
        yield _skipped(path, "import.not_a_file")


def _skipped(path: Path, key: str) -> ImportProblem:
    return ImportProblem(str(path), key, {"path": str(path)})
