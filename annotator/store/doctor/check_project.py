"""Checks of what belongs to the whole project: cells, owners, people, scheme, documents, places."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

import orjson

from annotator.core.document import Metadata, Source as DocumentSource, text_sha256
from annotator.core.scheme import Scheme
from annotator.core.scheme_json import scheme_from_json
from annotator.foundation.errors import AnnotatorError, UserError
from annotator.store import meta
from annotator.store.doctor.ailments import Ailment, Checked, Kind, Where, at
from annotator.store.doctor.constraints import Trial
from annotator.store.doctor.sources import Source, is_of_type
from annotator.store.doctor.tables import Row, Table, Value
from annotator.store.rows import digest_of, document_from_row

NEEDED = (meta.UUID, meta.NAME, meta.CREATED, meta.GENERATION)
"""What `meta` always holds."""

PERSON_ID = re.compile(r"a[1-9][0-9]{0,8}", re.ASCII)
DOCUMENT_ID = re.compile(r"[A-Za-z0-9_.-]{1,128}", re.ASCII)
_LATER = 200


def wrong_cells(table: Table, row: Row) -> Iterator[Ailment]:
    """D05, D06: each cell holds what its column may hold, and texts are UTF-8."""
    for column in table.columns:
        value = row[column.name]
        if not is_of_type(column, value):
            is_text = column.type == "TEXT" and isinstance(value, bytes)
            kind = Kind.NOT_UTF8 if is_text else Kind.CELL
            place = at(Where(table.name, column=column.name), row)
            yield Ailment(kind, place)


def check_cells(source: Source) -> Checked:
    """D04 to D06 in every table, also in those of which the doctor knows nothing else."""
    with Trial(source.layout) as trial:
        for table in source.layout.tables.values():
            right: set[tuple[type, ...]] = set()
            rows = source.rows(table.name)
            while some := list(islice(rows, _LATER)):
                yield None
                sound = []
                for row in some:
                    # Most rows hold the same types, which need not be looked at again.
                    types = tuple(map(type, row.values()))
                    wrong = [] if types in right else list(wrong_cells(table, row))
                    yield from wrong
                    if not wrong:
                        right.add(types)
                        sound.append(row)
                yield None
                for row, broken in trial.broken(table.name, sound):
                    yield Ailment(Kind.CONSTRAINT, at(Where(table.name), row), broken)


def owners(source: Source, table: Table) -> Mapping[str, frozenset[Value]]:
    """By column, the rows of other tables that a row of this one may belong to.

    A reference that may be empty is none of belonging; what it says is checked where it is read.
    """
    optional = {column.name for column in table.columns if column.is_nullable}
    return {
        found.column: frozenset(row[0] for row in source.columns(found.table, found.target))
        for found in table.references
        if found.column not in optional
    }


def check_owners(source: Source) -> Checked:
    """D09: every row belongs to something that is there."""
    for table in source.layout.tables.values():
        keys = [table.key] if table.key is not None else []
        for column, known in owners(source, table).items():
            listed = source.columns(table.name, column, *keys)
            for number, (value, *key) in enumerate(listed):
                if number % _LATER == 0:
                    yield None
                if value not in known:
                    row = key[0] if key and isinstance(key[0], int) else None
                    yield Ailment(Kind.ORPHAN, Where(table.name, row, column), str(value))


def check_meta(source: Source) -> Checked:
    """D10: the project knows its name, its number and when it was made."""
    found = {row["key"]: row["value"] for row in source.rows("meta")}
    for name in NEEDED:
        value = found.get(name)
        is_number = isinstance(value, str) and value.isascii() and value.isdigit()
        if not value or (name == meta.GENERATION and not is_number):
            yield Ailment(Kind.META, Where("meta", name, "value"), name)


def check_people(source: Source) -> Checked:
    """D11: every annotator has an id of ours and a name that nobody else has."""
    names = Counter(row["name"] for row in source.rows("people"))
    for row in source.rows("people"):
        identifier, name = row["id"], row["name"]
        has_id = isinstance(identifier, str) and PERSON_ID.fullmatch(identifier)
        has_name = isinstance(name, str) and name.strip() and names[name] == 1
        if not (has_id and has_name) and isinstance(name, str):
            yield Ailment(Kind.PEOPLE, at(Where("people"), row), name)


def check_schemes(source: Source) -> Checked:
    """D12, D13: the schemes are what was stored, and the one in use can be used."""
    row: Row | None = None
    for row in source.rows("schemes"):
        if isinstance(row["body"], str) and digest_of(row["body"]) != row["digest"]:
            yield Ailment(Kind.SCHEME_DIGEST, at(Where("schemes"), row))
    if row is None or (digest_is_right(row) and usable_scheme(row["body"]) is None):
        yield Ailment(
            Kind.SCHEME_UNUSABLE, Where("schemes") if row is None else at(Where("schemes"), row)
        )


def digest_is_right(row: Row) -> bool:
    """Whether a body is what its digest says."""
    return isinstance(row["body"], str) and digest_of(row["body"]) == row["digest"]


def usable_scheme(body: Value) -> Scheme | None:
    """The scheme of a body, or None where it cannot be used."""
    if not isinstance(body, str):
        return None
    try:
        content = json.loads(body)
        return scheme_from_json(content) if isinstance(content, dict) else None
    except (ValueError, TypeError, RecursionError, AnnotatorError):
        return None


def current_scheme(source: Source) -> Scheme | None:
    """The scheme in use, where it is sound."""
    bodies = [row["body"] for row in source.rows("schemes") if digest_is_right(row)]
    return usable_scheme(bodies[-1]) if bodies else None


def check_documents(source: Source) -> Checked:
    """D20 to D24: texts and what is known of them are what was imported."""
    ids: Counter[str] = Counter()
    positions: Counter[Value] = Counter()
    for identifier, position in source.columns("documents", "id", "position"):
        ids[str(identifier).casefold()] += 1
        positions[position] += 1
    for row in source.rows("documents"):
        yield None
        place = at(Where("documents", document=str(row["id"])), row)
        yield from _told_of(row, place)
        if not DOCUMENT_ID.fullmatch(str(row["id"])) or ids[str(row["id"]).casefold()] > 1:
            yield Ailment(Kind.DOCUMENT_ID, place)
        position = row["position"]
        if isinstance(position, int) and (position < 1 or positions[position] > 1):
            yield Ailment(Kind.DOCUMENT_POSITION, place, position)


def _told_of(row: Row, place: Where) -> Iterator[Ailment]:
    text = row["text"]
    if isinstance(text, str) and text_sha256(text) != row["sha256"]:
        yield Ailment(Kind.TEXT, place)
    elif isinstance(text, str) and len(text) != row["length"] and isinstance(row["length"], int):
        yield Ailment(Kind.DOCUMENT_COLUMN, place, "length")
    if not isinstance(row["body"], str):
        return
    if not is_body_sound(row):
        yield Ailment(Kind.DOCUMENT_BODY, place)
    elif orjson.loads(row["body"])["metadata"]["title"] != row["title"] and (
        row["title"] is None or isinstance(row["title"], str)
    ):
        yield Ailment(Kind.DOCUMENT_COLUMN, place, "title")


def is_body_sound(row: Row) -> bool:
    """Whether source and metadata of a document are what was stored, and can be read."""
    body = row["body"]
    return digest_is_right(row) and isinstance(body, str) and is_readable_body(body)


def is_readable_body(body: str) -> bool:
    """Whether a text can be read as the source and metadata of a document."""
    try:
        fields = orjson.loads(body)
        title = Metadata(**fields["metadata"]).title
        DocumentSource(**fields["source"])
        told = ("x", title, 0, text_sha256(""), "", body, digest_of(body))
        document_from_row(told)
    except (KeyError, TypeError, ValueError, AttributeError, UserError):
        return False
    return True


def check_places(source: Source) -> Checked:
    """D70: a caret stood inside the text."""
    lengths = {key: length for key, length in source.columns("documents", "key", "length")}
    for row in source.rows("places"):
        length = lengths.get(row["document_key"])
        offsets = [row["anchor"], row["caret"]]
        if isinstance(length, int) and any(isinstance(o, int) and o > length for o in offsets):
            place = Where("places", str(row["annotator_id"]))
            yield Ailment(Kind.PLACE, place, str(row["document_key"]))


def check_set_names(source: Source) -> Checked:
    """D31, D32, D36: the people and the sets that a set names are there, and no set is twice."""
    people = {row[0] for row in source.columns("people", "id")}
    for document in source.rows("documents"):
        rows = list(source.rows("annotation_sets", document_key=document["key"]))
        ids = Counter(row["id"] for row in rows)
        yield None
        for row in rows:
            place = at(
                Where("annotation_sets", document=str(document["id"]), set=str(row["id"])), row
            )
            if ids[row["id"]] > 1:
                yield Ailment(Kind.SET_TWICE, place)
            for person in (*names_in(row["annotators"]), row["adjudicator"]):
                if isinstance(person, str) and person not in people:
                    yield Ailment(Kind.SET_PERSON, place, person)
            for other in names_in(row["derived_from"]):
                if other not in ids:
                    yield Ailment(Kind.SET_DERIVED, place, other)


def names_in(body: Value) -> list[str]:
    """The names of a JSON list, as far as it is one."""
    try:
        listed = orjson.loads(body) if isinstance(body, str) else []
    except ValueError:
        return []
    return [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []


PROJECT_CHECKS: tuple[Callable[[Source], Checked], ...] = (
    check_cells,
    check_owners,
    check_meta,
    check_people,
    check_schemes,
    check_documents,
    check_set_names,
    check_places,
)
"""What is asked about every project. A new question is one function more."""
