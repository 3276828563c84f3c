"""The library that reads and writes UIMA CAS; it is loaded when such a file is written or read.

What it says of a hostile file may be any exception, so all of them become one refusal. Its XML
never has a document type: nothing is expanded, and nothing is fetched. It makes a class of every
type that it reads a structure of, and puts the names of features into the code that it runs for
that: so types with a feature whose name is none never get as far.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeAlias

import orjson

from annotator.formats.base import JsonValue
from annotator.formats.cas_trim import (
    STRUCTURES,
    TYPES,
    VIEWS,
    Element,
    as_library_reads,
    trim_xmi,
    trimmed_json,
)
from annotator.formats.optional_packages import package_missing
from annotator.foundation.errors import UserError

Cas: TypeAlias = Any
TypeSystem: TypeAlias = Any
Type: TypeAlias = Any
Feature: TypeAlias = Any
"""Values of the library, which is not loaded where types are checked."""

TYPE_SYSTEM = "TypeSystem.xml"
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_UTF_8 = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
"""What encodings are called of which such a file may be."""
_MAX_REASON = 200
_MAX_TREE = 8 * 1024 * 1024
"""Larger XMI is left to the library, which never holds the tree of a whole file."""


class _OddNameError(Exception):
    """A feature has a name that is none."""


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
    if declared is not None and declared[1].lower() not in _UTF_8:
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
    with _guarded(name):
        return _checked(library().load_typesystem(BytesIO(data)))


def _checked(types: TypeSystem) -> TypeSystem:
    for one in types.get_types(built_in=True):
        for feature in one.features:
            if not feature.name.isidentifier():
                raise _OddNameError(feature.name)
    return types


def load_xmi(data: bytes, types: TypeSystem, name: str) -> Cas:
    """A CAS. Raises `UserError`."""
    refuse_xml(data, name)
    with _guarded(name):
        # What is dangerous in XML without limits is refused; a text may have as many letters as
        # here, and the parser allows ten million bytes.
        source = BytesIO(_trimmed(data))
        return library().load_cas_from_xmi(source, typesystem=types, trusted=True)


def xmi_elements(data: bytes) -> Iterator[Mapping[str, str]]:
    """What stands in each element of an XMI that the library has read."""
    from lxml import etree

    for _, one in etree.iterparse(BytesIO(data), huge_tree=True):
        yield dict(one.items())
        one.clear()


def xmi_tree(data: bytes, name: str) -> Element | None:
    """The tree of XMI; None of one that is too large for that. Raises `UserError`."""
    refuse_xml(data, name)
    with _guarded(name):
        return None if len(data) > _MAX_TREE else _tree(data)


def _tree(data: bytes) -> Element:
    """The tree of XML that has no document type, without comments and the like."""
    from lxml import etree  # loaded with the library, and only then

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


def _trimmed(data: bytes) -> bytes:
    """XMI without what is not read of it, or as it is."""
    from lxml import etree

    if len(data) > _MAX_TREE:
        return data
    root = _tree(data)
    trimmed: bytes = etree.tostring(root, encoding="UTF-8") if trim_xmi(root) else data
    return trimmed


def load_json(data: bytes, told: JsonValue, name: str) -> Cas:
    """Like `load_xmi`, with the types that are inside; `told` is the value of the data."""
    with _guarded(name):
        types = _types_of(_types_alone(told))
        whole = as_library_reads(told)
        trimmed = trimmed_json(whole)
        source = _written(data, whole if trimmed is None else trimmed)
        # The types of the data itself are not looked at: these were checked.
        return library().load_cas_from_json(source, typesystem=types, merge_typesystem=False)


def types_inside(told: JsonValue, name: str) -> TypeSystem | None:
    """The types in the value of a CAS in JSON; None where it is not laid out as expected.

    Raises `UserError`.
    """
    try:
        types = _types_alone(told)
    except (KeyError, TypeError):
        return None
    with _guarded(name):
        return _types_of(types)


def _types_alone(told: JsonValue) -> bytes:
    return orjson.dumps({TYPES: told[TYPES], STRUCTURES: [], VIEWS: {}})


def _written(data: bytes, told: JsonValue) -> BytesIO:
    try:
        return BytesIO(orjson.dumps(told))
    except TypeError:  # a number that only Python can hold
        return BytesIO(data)


@lru_cache(maxsize=8)
def _types_of(data: bytes) -> TypeSystem:
    """The types of a CAS in JSON that has nothing else: making them takes longer than reading."""
    return _checked(library().load_cas_from_json(BytesIO(data)).typesystem)


@contextmanager
def _guarded(name: str) -> Iterator[None]:
    """Raises `UserError` for whatever goes wrong in the library, and silences its warnings."""
    library()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except MemoryError:
            raise
        except _OddNameError as error:
            shown = repr(str(error))[1:-1][:_MAX_REASON]
            raise UserError("formats.cas_odd_feature", name=name, feature=shown) from None
        except Exception as error:
            reason = " ".join(f"{type(error).__name__}: {error}".split())[:_MAX_REASON]
            raise UserError("formats.cas_unreadable", name=name, reason=reason) from error
