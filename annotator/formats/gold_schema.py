"""The JSON Schemas of gold records: what the format says, and what this program can hold."""

from __future__ import annotations

import json
from collections.abc import Iterator

import jsonschema_rs
from msgspec import Struct

from annotator.formats.base import JsonObject, JsonValue
from annotator.foundation.paths import resource

Path = tuple[str | int, ...]

MAX_MESSAGE = 200


class Violation(Struct, frozen=True):
    """Where a record breaks a schema, and how (in English, from the validator)."""

    path: Path
    message: str


class GoldSchema(Struct, frozen=True):
    """Both schemas, compiled once.

    `definitions` are the schemas as JSON and `validators` the same compiled, in the same order:
    first ``gold.schema.json``, the format that others rely on; then ``gold.shape.schema.json``,
    which closes what the format leaves open and the values of this program cannot hold.
    """

    definitions: tuple[JsonObject, ...]
    validators: tuple[jsonschema_rs.Validator, ...]

    def is_valid(self, record: object) -> bool:
        """Whether the record breaks neither schema."""
        return all(validator.is_valid(record) for validator in self.validators)

    def violations(self, record: object) -> Iterator[Violation]:
        """Every place at which the record breaks a schema."""
        if self.is_valid(record):
            return
        for validator in self.validators:
            for error in validator.iter_errors(record):
                message = error.message
                if len(message) > MAX_MESSAGE:
                    message = f"{message[:MAX_MESSAGE]}…"
                yield Violation(tuple(error.instance_path), message)

    def prune(self, record: JsonObject) -> list[Path]:
        """Remove the keys that the schemas do not know, in place, and say which they were.

        That is how a reader takes a record of a later minor version, which may add keys.
        """
        return [
            path
            for definition in self.definitions
            for path in _prune(record, definition, definition, ())
        ]


def load_gold_schema() -> GoldSchema:
    """Read and compile the schemas of the gold format."""
    published = _read("gold.schema.json")
    shape = _read("gold.shape.schema.json")
    shape["$defs"] = {**published["$defs"], **shape["$defs"]}
    definitions = (published, shape)
    return GoldSchema(definitions, tuple(map(jsonschema_rs.validator_for, definitions)))


def path_text(path: Path) -> str:
    """A path as people write it: ``events[0].trigger.start``."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(parts).removeprefix(".")


def _read(name: str) -> JsonObject:
    schema: JsonObject = json.loads(resource("schemas", name).read_text(encoding="utf-8"))
    return schema


def _prune(value: JsonValue, schema: JsonValue, root: JsonObject, path: Path) -> Iterator[Path]:
    if not isinstance(schema, dict):
        return
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    for option in schema.get("oneOf", ()):
        yield from _prune(value, option, root, path)
    if isinstance(value, dict):
        yield from _prune_object(value, schema, root, path)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _prune(item, schema.get("items"), root, (*path, index))


def _prune_object(
    value: JsonObject, schema: JsonObject, root: JsonObject, path: Path
) -> Iterator[Path]:
    known = schema.get("properties", {})
    if False in (schema.get("additionalProperties"), schema.get("unevaluatedProperties")):
        for name in sorted(value.keys() - known.keys()):
            del value[name]
            yield (*path, name)
    for name, part in known.items():
        if name in value:
            yield from _prune(value[name], part, root, (*path, name))
