"""Links of coreference that stand where a named entity stands: both are one mention.

INCEpTION keeps names and chains in layers of their own. A name that is in a chain is there twice,
once with its label and once with its chain; the other links of the chain have no label at all.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.annotations import MentionLevel
from annotator.formats.layer_places import one_of
from annotator.formats.layer_spans import (
    ENTITY,
    ENTITY_KEY,
    IDENTIFIER,
    KB,
    KEY,
    LEVEL,
    NAMED_ENTITY,
    VALUE,
    LayerSpan,
    Link,
)
from annotator.formats.layer_write import WIKIDATA

LINK = ".CoreferenceLink"
"""How the layer of links of coreference ends, where a project has no layer of its own for them."""

CHAIN = "chain "
"""How the key of the entity of a chain begins; no entity of ours has one like it."""

REFERENCE_TYPE = "referenceType"


class Joined(Struct, frozen=True):
    """The spans, and how many links have become one with a named entity."""

    spans: list[LayerSpan]
    count: int


def with_names(spans: Sequence[LayerSpan]) -> Joined:
    """The spans with each link on a named entity joined to it, and its chain called like it.

    Links without a name there get the label of their chain. A place with several names is left as
    it is, and so is a name whose identifier is another one than that of its chain.
    """
    pairs = _pairs(spans)
    if not pairs:
        return Joined(list(spans), 0)
    named = {link.values[ENTITY_KEY]: name for link, name in reversed(pairs)}
    known_as = {
        link.values[ENTITY_KEY]: told for link, name in pairs
        if (told := name.values.get(IDENTIFIER))
    }  # fmt: skip
    whole = {name.id: _joined(name, link) for link, name in pairs}
    names = {link.id: name.id for link, name in pairs}
    kept = []
    for one in spans:
        key = one.values.get(KEY if one.layer == ENTITY else ENTITY_KEY, "")
        if one.id in names:
            continue
        if one.layer == ENTITY and key in named:
            one = _called(one, named[key], known_as.get(key))
        elif key.startswith(CHAIN) and key in named:
            one = _labelled(one, named[key])
        kept.append(_led(whole.get(one.id, one), names))
    return Joined(kept, len(pairs))


def _pairs(spans: Iterable[LayerSpan]) -> list[tuple[LayerSpan, LayerSpan]]:
    """Links and the named entities on which they stand, in the order of the text."""
    links = sorted(filter(_is_link, spans), key=lambda one: one.spans[0])
    if not links:
        return []
    names = [one for one in spans if _is_name(one)]
    here = Counter(one.spans for one in names)
    at = {one.spans: one for one in names if here[one.spans] == 1}
    identifiers: dict[str, str] = {}
    pairs = []
    for link in links:
        name = at.get(link.spans)
        if name is None:
            continue
        told, key = name.values.get(IDENTIFIER), link.values[ENTITY_KEY]
        if told and identifiers.setdefault(key, told) != told:
            continue
        del at[link.spans]  # of two chains only the first
        pairs.append((link, name))
    return pairs


def _is_name(one: LayerSpan) -> bool:
    is_free = not one.values.get(ENTITY_KEY) and not one.links
    return one.layer == NAMED_ENTITY and is_free and bool(one.spans and one.values.get(VALUE))


def _is_link(one: LayerSpan) -> bool:
    return bool(one.spans) and one.values.get(ENTITY_KEY, "").startswith(CHAIN)


def _joined(name: LayerSpan, link: LayerSpan) -> LayerSpan:
    """The name with what its link says besides; the identifier goes to the entity."""
    values = {**_reference(link), **name.values, ENTITY_KEY: link.values[ENTITY_KEY]}
    values.pop(IDENTIFIER, None)
    return replace(name, values=values, links=link.links)


def _labelled(link: LayerSpan, name: LayerSpan) -> LayerSpan:
    return replace(link, values={**_reference(link), VALUE: name.values[VALUE]})


def _reference(link: LayerSpan) -> dict[str, str]:
    """What a link says: its type of reference as the level of mention, where it is one."""
    values = dict(link.values)
    said = values.pop(VALUE, link.name)
    if one_of(MentionLevel, said.upper()) is not None:
        values.setdefault(LEVEL, said.upper())
    elif said != link.name:
        values[REFERENCE_TYPE] = said
    return values


def _called(entity: LayerSpan, name: LayerSpan, known_as: str | None) -> LayerSpan:
    """The entity of a chain with the label of its first name, and the identifier of any."""
    values = {**entity.values, VALUE: name.values[VALUE]}
    if known_as is not None:
        base, told = identified_by(known_as)
        values[KB] = json.dumps({base: told}, ensure_ascii=False)
    return replace(entity, values=values)


def _led(one: LayerSpan, names: dict[str, str]) -> LayerSpan:
    """The span with its links to what has become one with a name leading to that name."""
    if not any(link.target in names for told in one.links.values() for link in told):
        return one
    links = {
        feature: tuple(Link(link.role, names.get(link.target, link.target)) for link in told)
        for feature, told in one.links.items()
    }
    return replace(one, links=links)


def identified_by(told: str) -> tuple[str, str]:
    """The knowledge base and the id in it that an identifier names."""
    if told.startswith(WIKIDATA) and told != WIKIDATA:
        return "wikidata", told.removeprefix(WIKIDATA)
    return IDENTIFIER, told
