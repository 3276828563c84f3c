"""Chains of coreference: their links are mentions, and each chain is an entity.

A CAS knows a chain by links of which each points to the next one; WebAnno TSV numbers them. Both
become spans that name the key of an entity, which is called as it is first mentioned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from annotator.core.span import Fragments
from annotator.formats.layer_joins import CHAIN, LINK, REFERENCE_TYPE
from annotator.formats.layer_spans import (
    ENTITY,
    ENTITY_KEY,
    KEY,
    NAME,
    VALUE,
    LayerSpan,
    by_id,
)

_NEXT = "next"


def chain_key(number: int | str) -> str:
    """The key of the entity of a chain."""
    return f"{CHAIN}{number}"


def with_chains(spans: Sequence[LayerSpan], text: str) -> list[LayerSpan]:
    """The spans, with links of chains as mentions of entities that have the names they need."""
    known = by_id(spans)
    chains = list(_chains(known))
    linked: dict[str, LayerSpan] = {}
    entities = []
    for number, chain in enumerate(chains, 1):
        key = chain_key(number)
        linked.update((link.id, _as_mention(link, key)) for link in chain)
        label = linked[chain[0].id].values[VALUE]
        entities.append(LayerSpan(key, ENTITY, (), {KEY: key, VALUE: label}))
    made = [*entities, *(linked.get(one.id, one) for one in known.values())]
    in_order = [linked[link.id] for chain in chains for link in chain]
    return list(_named(made, [*in_order, *made], text))


def _chains(spans: Mapping[str, LayerSpan]) -> Iterator[list[LayerSpan]]:
    """The links of each chain in their order; one that goes in a circle ends where it began."""
    following = {
        one.id: link.target
        for one in spans.values()
        for link in one.links.get(_NEXT, ())
        if not link.role and link.target in spans and spans[link.target].layer == one.layer
    }
    layers = {spans[identifier].layer for identifier in following}
    links = [
        one for one in spans.values()
        if one.layer in layers or (one.layer.endswith(LINK) and ENTITY_KEY not in one.values)
    ]  # fmt: skip
    later = set(following.values())
    seen: set[str] = set()
    for first in sorted(links, key=lambda one: one.id in later):
        chain = []
        at: str | None = first.id
        while at is not None and at not in seen:
            seen.add(at)
            chain.append(spans[at])
            at = following.get(at)
        if chain:
            yield chain


def _as_mention(link: LayerSpan, key: str) -> LayerSpan:
    kept = {name: value for name, value in link.values.items() if name != REFERENCE_TYPE}
    label = link.values.get(REFERENCE_TYPE) or link.values.get(VALUE) or link.name
    links = {name: told for name, told in link.links.items() if name != _NEXT}
    return replace(link, values={**kept, VALUE: label, ENTITY_KEY: key}, links=links)


def _named(
    spans: Sequence[LayerSpan], mentions: Sequence[LayerSpan], text: str
) -> Iterator[LayerSpan]:
    """The spans, with the entities of chains called as they are first mentioned."""
    if not any(one.layer == ENTITY and one.values.get(KEY, "").startswith(CHAIN) for one in spans):
        yield from spans
        return
    names: dict[str, str] = {}
    for one in mentions:
        key = one.values.get(ENTITY_KEY)
        if key and one.spans:
            names.setdefault(key, Fragments.merged(one.spans).of(text))
    for one in spans:
        key = one.values.get(KEY, "")
        if one.layer == ENTITY and key.startswith(CHAIN) and key in names:
            yield replace(one, values={**one.values, NAME: names[key]})
        else:
            yield one
