"""What INCEpTION and its kin know: spans of named layers, with features and links to other spans.

CAS files and WebAnno TSV are read into these, and one reader makes annotation sets of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from keyword import kwlist
from types import MappingProxyType

from msgspec import Struct, field

from annotator.core.annotations import Attributes
from annotator.core.ids import Layer
from annotator.core.scheme import Scheme
from annotator.core.span import Span
from annotator.formats.base import JsonValue
from annotator.formats.strict_json import parse_json
from annotator.foundation.errors import UserError

_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
_GRAMMAR = tuple(f"{_DKPRO}{name}." for name in ("segmentation", "lexmorph", "syntax"))
NAMED_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
EVENT, QUOTE, ENTITY, FREE_SPAN, FRAGMENT = (
    f"webanno.custom.{name}" for name in ("Event", "Quote", "Entity", "FreeSpan", "Fragment")
)

FRAGMENTS, HEAD = "fragments", "head"
"""The links of a span in pieces, and the role of the piece that is its head."""

VALUE, IDENTIFIER, LEVEL, ENTITY_KEY = "value", "identifier", "level", "entity"
REALIS, POLARITY, CLUSTER = "realis", "polarity", "cluster"
FORM, EVIDENCE = "speakerForm", "evidence"
NAME, KEY, KB = "name", "key", "kb"
ARGUMENTS, CUE, MARKS, SPEAKER, ADDRESSEES, PARENT = (
    "arguments", "cue", "marks", "speaker", "addressees", "parent",
)  # fmt: skip
MORE = "more"
"""A JSON object of the attributes that have no feature of their own."""

STRINGS: Mapping[str, tuple[str, ...]] = {
    NAMED_ENTITY: (VALUE, IDENTIFIER, LEVEL, ENTITY_KEY, MORE),
    EVENT: (VALUE, REALIS, POLARITY, CLUSTER, MORE),
    QUOTE: (VALUE, FORM, EVIDENCE, CLUSTER, MORE),
    ENTITY: (VALUE, NAME, KEY, KB),
    FREE_SPAN: (ENTITY_KEY,),
    FRAGMENT: (),
}
LINKS: Mapping[str, tuple[str, ...]] = {
    NAMED_ENTITY: (FRAGMENTS,),
    EVENT: (FRAGMENTS, ARGUMENTS),
    QUOTE: (FRAGMENTS, CUE, MARKS, SPEAKER, ADDRESSEES, PARENT),
    ENTITY: (),
    FREE_SPAN: (FRAGMENTS,),
    FRAGMENT: (),
}
"""The features of our layers, besides those of the attributes of a scheme."""

_LAYERS = {Layer.MENTION: NAMED_ENTITY, Layer.EVENT: EVENT, Layer.QUOTE: QUOTE}
_FIT = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_PREFIX = "attr_"
STUMBLES = frozenset({"xmiID", "get", "set", "self_", "type_"})
"""Features that the library of CAS takes for parts of its own."""

_RESERVED = frozenset(
    {
        *("type", "self", "sofa", "begin", "end", "id", "address", "role", "target"),
        *("Governor", "Dependent", *STUMBLES, *kwlist),
    }
)
"""Names of something else there; for a keyword of Python the library can make no class."""


class Link(Struct, frozen=True):
    """A role and the id of the span that has it."""

    role: str
    target: str


class LayerSpan(Struct, frozen=True):
    """A span of a layer; `spans` are several where a file has it in pieces, and none if empty.

    `shown` is how a message names it.
    """

    id: str
    layer: str
    spans: tuple[Span, ...]
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def shown(self) -> str:
        """The layer without its package, and the id."""
        return f"{self.name} {self.id}"

    @property
    def name(self) -> str:
        """The layer without its package."""
        return self.layer.rpartition(".")[2]


def is_read(layer: str) -> bool:
    """Whether a layer is one of annotations as this program has them, and none of grammar."""
    return not layer.startswith(_GRAMMAR)


def feature_of(layer: str, attribute: str) -> str | None:
    """The feature of an attribute of the scheme; None where its name cannot be one."""
    if not _FIT.fullmatch(attribute):
        return None
    return f"{_PREFIX}{attribute}" if _is_taken(layer, attribute) else attribute


def attribute_of(layer: str, feature: str) -> str:
    """The attribute of a feature that is none of ours: the inverse of `feature_of`."""
    plain = feature.removeprefix(_PREFIX)
    return plain if _is_taken(layer, plain) else feature


def _is_taken(layer: str, attribute: str) -> bool:
    taken = attribute in _RESERVED or attribute.startswith(_PREFIX)
    return taken or attribute in STRINGS.get(layer, ()) or attribute in LINKS.get(layer, ())


def scheme_features(scheme: Scheme) -> dict[str, dict[str, str]]:
    """For each of our layers the feature of every attribute that has one."""
    found: dict[str, dict[str, str]] = {layer: {} for layer in STRINGS}
    for attribute in scheme.attributes:
        layer = _LAYERS[attribute.layer]
        feature = feature_of(layer, attribute.id)
        if feature is not None:
            found[layer][attribute.id] = feature
    return found


def attribute_values(attrs: Attributes, features: Mapping[str, str]) -> dict[str, str]:
    """The attributes as features; those without one together as JSON."""
    values = {features[name]: value for name, value in attrs if name in features}
    rest = {name: value for name, value in attrs if name not in features}
    if rest:
        values[MORE] = json.dumps(rest, ensure_ascii=False)
    return values


def pairs_of(told: str | None) -> Attributes:
    """The texts in a JSON object, as `MORE` and `KB` have it; nothing where it is none."""
    if not told:
        return ()
    try:
        value: JsonValue = parse_json(told)
    except UserError:
        return ()
    pairs: Mapping[str, JsonValue] = value if isinstance(value, dict) else {}
    return tuple(
        sorted((name, one) for name, one in pairs.items() if isinstance(one, str) and name)
    )


def linked(*targets: str, role: str = "") -> tuple[Link, ...]:
    """Links in one role."""
    return tuple(Link(role, target) for target in targets)


def by_id(spans: Iterable[LayerSpan]) -> dict[str, LayerSpan]:
    """Spans by their ids."""
    return {span.id: span for span in spans}
