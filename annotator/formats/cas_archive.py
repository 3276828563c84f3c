"""The archives that INCEpTION gives: of one document, of several, and of a whole project.

A whole project keeps the work of each annotator in a folder of the document, as an archive or as an
XMI: ``annotation/a.txt/anna.zip``. So the folder tells the document, and the file the person. Its
other parts (documents as they came, the states of the editor, settings) are not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from annotator.formats.cas_library import TYPE_SYSTEM
from annotator.formats.safe_names import file_stem
from annotator.formats.zip_rules import ZipFiles
from annotator.foundation.errors import UserError

_XMI, _ZIP = ".xmi", ".zip"
_WORK = ("annotation", "curation")
"""The folders of a project in which documents have folders of their own."""
_NOBODY = "INITIAL_CAS"
"""What INCEpTION calls a document as it came, before anybody has worked on it."""


class Unread(Struct, frozen=True):
    """An archive in an archive that cannot be read, and why."""

    name: str
    error: UserError


class Archived(Struct, frozen=True):
    """An XMI in an archive: what it is called there, of which document and by whom it is.

    What is in it and its types are read when they are asked for, which raises `UserError`.
    """

    name: str
    document: str
    person: str | None
    xmi: Callable[[], bytes]
    types: Callable[[], bytes]


def archived_files(data: bytes, source: str, limit: int) -> Iterator[Archived | Unread]:
    """The XMIs of an archive by their names; `limit` is for the bytes of all that is in it.

    Raises `UserError` for an archive that breaks a rule (`zip_rules`), or holds none.
    """
    files = ZipFiles(data, source, limit, wanted=_is_wanted)
    left = limit - files.size
    alone = [name for name in files.names if name.lower().endswith(_XMI)]
    inner = [name for name in files.names if name.lower().endswith(_ZIP)]
    works = [name for name in (*alone, *inner) if _person(name) != _NOBODY]
    if not works:
        raise UserError("formats.zip_without_xmi", name=source)
    # A single one is named by its annotator: it is the archive's.
    told = {name: file_stem(name) for name in works} if len(works) > 1 else {}
    documents = {**told, **(_documents(works) if files.is_project else {})}
    for name in sorted(works):
        document = documents.get(name, file_stem(source))
        person = _person(name) if files.is_project else None
        if name in alone:
            yield _archived(files, name, document, person, name)
            continue
        try:
            within = _within(files, name, left)
        except UserError as error:
            yield Unread(name, error)
            continue
        left -= within.size
        for each in within.names:
            if each.lower().endswith(_XMI):
                yield _archived(within, each, document, person, f"{name}: {each}")


def _is_wanted(name: str) -> bool:
    """Whether a file is an XMI, its types, or an archive with the work of somebody."""
    is_work = name.lower().endswith(_ZIP) and _person(name) is not None
    return name.lower().endswith(_XMI) or name.rpartition("/")[2] == TYPE_SYSTEM or is_work


def _person(name: str) -> str | None:
    """The annotator, by the name of a file in the folder of a document."""
    *folders, file = name.split("/")
    is_work = len(folders) > 1 and folders[-2] in _WORK
    return file_stem(file) if is_work else None


def _documents(names: Iterable[str]) -> dict[str, str]:
    """What documents are called by their folders: with their endings where they differ in them."""
    folders = {name: name.split("/")[-2] for name in names if _person(name) is not None}
    stems = Counter(map(file_stem, set(folders.values())))
    return {
        name: folder if stems[file_stem(folder)] > 1 else file_stem(folder)
        for name, folder in folders.items()
    }


def _within(files: ZipFiles, name: str, limit: int) -> ZipFiles:
    """The archive of this name, which holds an XMI. Raises `UserError`."""
    within = ZipFiles(files.read(name), name, limit, wanted=_is_wanted)
    if not any(each.lower().endswith(_XMI) for each in within.names):
        raise UserError("formats.zip_without_xmi", name=name)
    return within


def _archived(
    files: ZipFiles, name: str, document: str, person: str | None, shown: str
) -> Archived:
    def types() -> bytes:
        *folders, _ = name.split("/")
        for count in range(len(folders), -1, -1):
            beside = "/".join((*folders[:count], TYPE_SYSTEM))
            if beside in files.names:
                return files.read(beside)
        raise UserError("formats.no_file_beside", name=TYPE_SYSTEM, source=name)

    return Archived(shown, document, person, lambda: files.read(name), types)
