"""Rules about ids in a gold record: each is given once, and what is referred to is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from annotator.formats.base import JsonObject
from annotator.formats.gold_findings import GoldFinding, RawRecord
from annotator.formats.gold_schema import Path

_LAYERS = ("mentions", "entities", "events", "quotes")
_LAYER_OF = {"mention": "mentions", "entity": "entities", "event": "events", "quote": "quotes"}


def check_links(raw: RawRecord) -> Iterator[GoldFinding]:
    """V11: no id twice, no reference to nothing, and the entity told is that of the mention."""
    yield from _check_unique(raw)
    known = {layer: {item["id"]: item for item in raw.record[layer]} for layer in _LAYERS}
    for annotation, path, holder in _holders(raw.record):
        for kind, layer in _LAYER_OF.items():
            target = holder.get(kind)
            if isinstance(target, str) and target not in known[layer]:
                values = {"missing": target}
                yield raw.finding(
                    "V11",
                    "check_reference",
                    annotation=annotation,
                    path=(*path, kind),
                    values=values,
                )
        yield from _check_entity(raw, annotation, path, holder, known["mentions"])
    yield from _check_parents(raw, known["quotes"])


def _check_unique(raw: RawRecord) -> Iterator[GoldFinding]:
    for layer in (*_LAYERS, "sentences", "paragraphs"):
        counts = Counter(item["id"] for item in raw.record[layer])
        for identifier, count in counts.items():
            if count > 1:
                yield raw.finding(
                    "V11",
                    "check_twice",
                    annotation=identifier,
                    path=(layer,),
                    values={"count": count},
                )


def _holders(record: JsonObject) -> Iterator[tuple[str, Path, JsonObject]]:
    """Every object that names others, with the id of its annotation."""
    for index, mention in enumerate(record["mentions"]):
        # the key "mention" of a mention is its level, not a reference
        yield mention["id"], ("mentions", index), {"entity": mention["entity"]}
    for index, event in enumerate(record["events"]):
        for number, argument in enumerate(event["arguments"]):
            yield event["id"], ("events", index, "arguments", number), argument
    for index, quote in enumerate(record["quotes"]):
        yield quote["id"], ("quotes", index, "speaker"), quote["speaker"]
        for number, party in enumerate(quote["addressees"]):
            yield quote["id"], ("quotes", index, "addressees", number), party


def _check_entity(
    raw: RawRecord,
    annotation: str,
    path: Path,
    holder: JsonObject,
    mentions: Mapping[str, JsonObject],
) -> Iterator[GoldFinding]:
    mention = mentions.get(holder.get("mention") or "")
    if mention is not None and mention["entity"] != holder["entity"]:
        values = {"told": holder["entity"] or "null", "found": mention["entity"] or "null"}
        yield raw.finding(
            "V11", "check_entity", annotation=annotation, path=(*path, "entity"), values=values
        )


def _check_parents(raw: RawRecord, quotes: Mapping[str, JsonObject]) -> Iterator[GoldFinding]:
    """V11 and V48: the parent is there, holds the content of its child, and there is no circle."""
    for index, quote in enumerate(raw.record["quotes"]):
        identifier, path = quote["id"], ("quotes", index, "parent")
        if quote["parent"] is None:
            continue
        parent = quotes.get(quote["parent"])
        if parent is None:
            values = {"missing": quote["parent"]}
            yield raw.finding(
                "V11", "check_reference", annotation=identifier, path=path, values=values
            )
        elif _is_own_ancestor(identifier, quotes):
            yield raw.finding("V48", "check_parent_circle", annotation=identifier, path=path)
        elif not _holds(parent["content"], quote["content"]):
            yield raw.finding("V48", "check_parent_outside", annotation=identifier, path=path)


def _is_own_ancestor(identifier: str, quotes: Mapping[str, JsonObject]) -> bool:
    seen: set[str] = set()
    current = quotes[identifier]["parent"]
    while current in quotes and current not in seen:
        seen.add(current)
        current = quotes[current]["parent"]
    return identifier in seen


def _holds(outer: JsonObject, inner: JsonObject) -> bool:
    is_inside: bool = outer["start"] <= inner["start"] and inner["end"] <= outer["end"]
    return is_inside
