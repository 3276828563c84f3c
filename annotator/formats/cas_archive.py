"""The archives that INCEpTION gives: of one document, of several, and of a whole project.

A whole project keeps the work of each annotator in a folder of the document, as an archive or as an
XMI: ``annotation/a.txt/anna.zip``. So the folder tells the document, and the file the person. Its
other parts (documents as they came, the states of the editor, settings) are not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
    files = ZipFiles(data, source, limit, inner=_is_work)
    left = limit - files.size
    alone = [name for name in files.names if name.lower().endswith(_XMI)]
    inner = [name for name in files.names if name.lower().endswith(_ZIP)]
    if not alone and not inner:
        raise UserError("formats.zip_without_xmi", name=source)
    for name in sorted((*alone, *inner)):
        document, person = _told_by(name)
        if person == _NOBODY:
            continue
        if name in alone:
            # A single one is named by its annotator: it is the archive's.
            named = document or file_stem(source if len(alone) == 1 and not inner else name)
            yield _archived(files, name, named, person, name)
            continue
        try:
            within = _within(files, name, left)
        except UserError as error:
            yield Unread(name, error)
            continue
        left -= within.size
        for each in within.names:
            if each.lower().endswith(_XMI):
                named = document or file_stem(name)
                yield _archived(within, each, named, person, f"{name}: {each}")


def _within(files: ZipFiles, name: str, limit: int) -> ZipFiles:
    """The archive of this name, which holds an XMI. Raises `UserError`."""
    within = ZipFiles(files.read(name), name, limit)
    if not any(each.lower().endswith(_XMI) for each in within.names):
        raise UserError("formats.zip_without_xmi", name=name)
    return within


def _is_work(name: str) -> bool:
    """Whether an archive in an archive is the work of somebody on a document."""
    return name.lower().endswith(_ZIP) and _told_by(name)[0] is not None


def _told_by(name: str) -> tuple[str | None, str | None]:
    """The document and the annotator as the folders of a project tell them."""
    *folders, file = name.split("/")
    if len(folders) < 2 or folders[-2] not in _WORK:
        return None, None
    return file_stem(folders[-1]), file_stem(file)


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
