"""The library that reads and writes UIMA CAS; it is loaded when such a file is written or read.

What it says of a hostile file may be any exception, so all of them become one refusal. Its XML
never has a document type: nothing is expanded, and nothing is fetched.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeAlias

from annotator.formats.optional_packages import package_missing
from annotator.foundation.errors import UserError

Cas: TypeAlias = Any
TypeSystem: TypeAlias = Any
"""Values of the library, which is not loaded where types are checked."""

TYPE_SYSTEM = "TypeSystem.xml"
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_UNMAPPED = re.compile(r"Not mapping external offset \[(-?\d+)\]")
_MAX_REASON = 200


def library() -> Any:  # noqa: ANN401 - a module
    """The library. Raises `UserError` where it is not installed."""
    try:
        import cassis
    except ImportError:
        raise package_missing("dkpro-cassis") from None
    return cassis


def refuse_xml(data: bytes, name: str) -> None:
    """Raise `UserError` for XML that is not UTF-8, or that declares a document type."""
    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    if declared is not None and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        raise UserError("formats.xml_encoding", name=name, encoding=declared[1].decode())
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise UserError("formats.xml_encoding", name=name, encoding="–") from None
    if "\0" in text:  # UTF-16 and UTF-32 without a mark are UTF-8 as well, with NULs
        raise UserError("formats.xml_encoding", name=name, encoding="–")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise UserError("formats.xml_document_type", name=name)


@lru_cache(maxsize=4)
def load_type_system(data: bytes, name: str) -> TypeSystem:
    """The types of CAS files; those of one folder are read once. Raises `UserError`."""
    refuse_xml(data, name)
    with _told(name):
        return library().load_typesystem(BytesIO(data))


def load_xmi(data: bytes, types: TypeSystem, name: str) -> tuple[Cas, frozenset[int]]:
    """A CAS, and the offsets of which the library found no place. Raises `UserError`."""
    refuse_xml(data, name)
    return _loaded(lambda: library().load_cas_from_xmi(BytesIO(data), typesystem=types), name)


def load_json(data: bytes, name: str) -> tuple[Cas, frozenset[int]]:
    """Like `load_xmi`."""
    return _loaded(lambda: library().load_cas_from_json(BytesIO(data)), name)


def _loaded(load: Callable[[], Cas], name: str) -> tuple[Cas, frozenset[int]]:
    with _told(name) as told:
        cas = load()
    offsets = (_UNMAPPED.match(str(one.message)) for one in told)
    return cas, frozenset(int(found[1]) for found in offsets if found is not None)


@contextmanager
def _told(name: str) -> Iterator[list[warnings.WarningMessage]]:
    """What the library warns of; raises `UserError` for whatever goes wrong in it."""
    library()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            yield told
        except MemoryError:
            raise
        except Exception as error:
            reason = " ".join(f"{type(error).__name__}: {error}".split())[:_MAX_REASON]
            raise UserError("formats.cas_unreadable", name=name, reason=reason) from error
