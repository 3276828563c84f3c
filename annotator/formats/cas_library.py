"""The library that reads and writes UIMA CAS; it is loaded when such a file is written or read.

What it says of a hostile file may be any exception, so all of them become one refusal. Its XML
never has a document type: nothing is expanded, and nothing is fetched.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeAlias

import orjson

from annotator.formats.base import JsonValue
from annotator.formats.cas_trim import STRUCTURES, TYPES, VIEWS, Element, trim_xmi, trimmed_json
from annotator.formats.optional_packages import package_missing
from annotator.foundation.errors import UserError

Cas: TypeAlias = Any
TypeSystem: TypeAlias = Any
"""Values of the library, which is not loaded where types are checked."""

TYPE_SYSTEM = "TypeSystem.xml"
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_UNMAPPED = re.compile(r"Not mapping external offset \[(-?\d+)\]")
_MAX_REASON = 200
_MAX_TREE = 8 * 1024 * 1024
"""Larger XMI is left to the library, which never holds the tree of a whole file."""


def library() -> Any:  # noqa: ANN401 - a module
    """The library. Raises `UserError` where it is not installed."""
    try:
        import cassis
    except ImportError:
        raise package_missing("dkpro-cassis") from None
    return cassis


def types_as_json(types: TypeSystem) -> str:
    """The types as a CAS in JSON has them inside."""
    written = json.loads(library().Cas(typesystem=types).to_json())
    return json.dumps(written[TYPES], ensure_ascii=False)


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
    return _loaded(
        lambda: library().load_cas_from_xmi(BytesIO(_trimmed(data)), typesystem=types), name
    )


def xmi_tree(data: bytes, name: str) -> Element | None:
    """The tree of XMI; None of one that is too large for that. Raises `UserError`."""
    refuse_xml(data, name)
    with _told(name):
        return None if len(data) > _MAX_TREE else _tree(data)


def _tree(data: bytes) -> Element:
    """The tree of XML that has no document type."""
    from lxml import etree  # loaded with the library, and only then

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _trimmed(data: bytes) -> bytes:
    """XMI without what is not read of it, or as it is."""
    from lxml import etree

    if len(data) > _MAX_TREE:
        return data
    root = _tree(data)
    trimmed: bytes = etree.tostring(root, encoding="UTF-8") if trim_xmi(root) else data
    return trimmed


def load_json(data: bytes, told: JsonValue, name: str) -> tuple[Cas, frozenset[int]]:
    """Like `load_xmi`, with the types that are inside; `told` is the value of the data."""
    return _loaded(lambda: _cas_of(data, told), name)


def types_inside(told: JsonValue, name: str) -> TypeSystem | None:
    """The types in the value of a CAS in JSON; None where it is not laid out as expected.

    Raises `UserError`.
    """
    try:
        types = _types_alone(told)
    except (KeyError, TypeError):
        return None
    with _told(name):
        return _types_of(types)


def _types_alone(told: JsonValue) -> bytes:
    return orjson.dumps({TYPES: told[TYPES], STRUCTURES: [], VIEWS: {}})


def _cas_of(data: bytes, told: JsonValue) -> Cas:
    try:
        types = _types_alone(told)
        trimmed = trimmed_json(told)
        source = BytesIO(data if trimmed is None else orjson.dumps(trimmed))
    except (KeyError, TypeError):  # no CAS, or a number that only Python can hold
        return library().load_cas_from_json(BytesIO(data))
    known = _types_of(types)
    return library().load_cas_from_json(source, typesystem=known, merge_typesystem=False)


@lru_cache(maxsize=8)
def _types_of(data: bytes) -> TypeSystem:
    """The types of a CAS in JSON that has nothing else: making them takes longer than reading."""
    return library().load_cas_from_json(BytesIO(data)).typesystem


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
