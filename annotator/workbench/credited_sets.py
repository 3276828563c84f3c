"""Whose a set is that its own file does not tell, where the manifest of our export beside it does.

Some formats have a file for each annotation set and no place for whose it is. Their exports tell it
in the manifest of the folder, by the names of the files.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from annotator.core.ids import AnnotatorId, SetId
from annotator.core.set_header import SetKind
from annotator.formats.base import MAX_BYTES, Bundle
from annotator.formats.gold_manifest import FORMAT
from annotator.formats.safe_names import safe_id
from annotator.workbench.import_preview import is_nobodys
from annotator.workbench.reading import MANIFEST_FILE


class _Whose(Struct, frozen=True):
    id: str
    kind: SetKind
    annotators: tuple[str, ...] = ()
    adjudicator: str | None = None
    derived_from: tuple[str, ...] = ()


class _File(Struct, frozen=True):
    name: str
    doc_id: str | None = None
    set: _Whose | None = None


class _Manifest(Struct, frozen=True):
    """The part of a manifest that matters here; whatever else it says is passed over."""

    format: str
    project: str | None = None
    files: tuple[_File, ...] = ()


_Files = Mapping[str, _File]
_NONE: _Files = MappingProxyType({})


class SetCredits:
    """Gives sets to those whose they are; the manifest of a folder is read once.

    `home` is the id of the project into which they go, and `people` are the ids of those whom it
    knows: in another project the same ids are other people, so there nothing is told.
    """

    def __init__(self, home: str | None = None, people: Collection[str] = ()) -> None:
        self._files: dict[Path, _Files] = {}
        self._home = home
        self._people = frozenset(people)

    def credited(self, bundle: Bundle, path: Path) -> Bundle:
        """The document of the file `path`, as the manifest tells of it; else as it is."""
        if len(bundle.sets) != 1 or not is_nobodys(bundle.sets[0].header):
            return bundle
        told = self._told(path)
        if told is None or told.doc_id is None or told.set is None:
            return bundle
        (content,) = bundle.sets
        document = replace(bundle.document, id=safe_id(told.doc_id))
        header = replace(
            content.header,
            id=SetId(safe_id(told.set.id)),
            document=document.id,
            kind=told.set.kind,
            annotators=tuple(AnnotatorId(safe_id(one)) for one in told.set.annotators),
            adjudicator=_person(told.set.adjudicator),
            derived_from=tuple(SetId(safe_id(one)) for one in told.set.derived_from),
        )
        return Bundle(document, (replace(content, header=header),))

    def _told(self, path: Path) -> _File | None:
        """What a manifest says of a file; those of a split lie one folder deeper."""
        for folder in (path.parent, path.parent.parent):
            if folder not in self._files:
                self._files[folder] = self._listed(folder / MANIFEST_FILE)
            found = self._files[folder].get(path.relative_to(folder).as_posix())
            if found is not None:
                return found
        return None

    def _listed(self, manifest: Path) -> _Files:
        """The files of a manifest by their names; nothing where there is none of ours."""
        try:
            with manifest.open("rb") as stream:
                told = msgspec.json.decode(stream.read(MAX_BYTES), type=_Manifest)
        except (OSError, ValueError, RecursionError, msgspec.MsgspecError):
            return _NONE
        if told.format != FORMAT:
            return _NONE
        is_of_home = told.project is not None and told.project == self._home
        return {
            one.name: one
            for one in told.files
            if one.set is not None and (is_of_home or self._people.isdisjoint(_named_in(one.set)))
        }


def _named_in(told: _Whose) -> set[str]:
    return {*told.annotators, *(() if told.adjudicator is None else (told.adjudicator,))}


def _person(told: str | None) -> AnnotatorId | None:
    return None if told is None else AnnotatorId(safe_id(told))
