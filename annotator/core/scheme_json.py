"""Reading the annotation scheme from JSON, with every check.

How to think about it: JSON comes in as plain values, a `Scheme` comes out, or one `UserError` that
names the place (``event_types/Contact.Meet/roles/Host``) and what is wrong there. The shape for
other programs is ``resources/schemas/scheme.schema.json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec.structs import replace

from annotator.core.annotations import MentionLevel, QuoteType
from annotator.core.ids import Layer
from annotator.core.scheme import (
    AttributeSpec,
    AttributeValue,
    EventType,
    FillerKind,
    Guideline,
    Label,
    LabelGroup,
    QuoteTypeSpec,
    Role,
    Scheme,
)
from annotator.core.scheme_checks import check_scheme
from annotator.core.scheme_normal import FORMAT, scheme_sha256
from annotator.core.scheme_part import Part
from annotator.foundation.errors import UserError

BOUNDARY_POLICIES = ("stem", "token")
_LAYERS = (Layer.MENTION, Layer.EVENT, Layer.QUOTE)


def scheme_from_json(data: Mapping[str, object]) -> Scheme:
    """The scheme that parsed JSON describes, with its hash.

    Raises `UserError` (topic ``scheme``) for the first defect found.
    """
    part = Part(data)
    if part.text("format") != FORMAT:
        raise UserError("scheme.wrong_format", expected=FORMAT, found=data["format"])
    part.expect_only(
        ("format", "id", "version", "name", "guideline", "labels", "event_types", "attributes"),
        ("quote_types", "quote_color", "speaker_labels", "nesting"),
    )
    scheme = Scheme(
        id=part.identifier("id"),
        version=part.text("version"),
        name=part.wording("name"),
        guideline=_guideline(part.part("guideline")),
        labels=tuple(map(_label, part.parts("labels"))),
        event_types=tuple(map(_event_type, part.parts("event_types"))),
        attributes=tuple(map(_attribute, part.parts("attributes"))),
        quote_types=tuple(map(_quote_type, part.parts("quote_types"))),
        quote_color=part.color("quote_color"),
        speaker_labels=frozenset(part.texts("speaker_labels")),
        nesting=_nesting(part.part("nesting")),
        sha256="",
    )
    check_scheme(scheme)
    return replace(scheme, sha256=scheme_sha256(scheme))


def _guideline(part: Part) -> Guideline:
    part.expect_only(("id", "version", "boundary_policy", "note"))
    return Guideline(
        id=part.identifier("id"),
        version=part.text("version"),
        boundary_policy=part.one_of("boundary_policy", BOUNDARY_POLICIES),
        note=part.wording("note"),
    )


def _label(part: Part) -> Label:
    part.expect_only(("id", "name", "guide", "color", "group"), ("level", "key", "enabled"))
    return Label(
        id=part.identifier("id"),
        name=part.wording("name"),
        guide=part.wording("guide"),
        color=part.color("color"),
        group=part.member("group", LabelGroup),
        level=part.member("level", MentionLevel, MentionLevel.NAM),
        key=part.optional_key("key"),
        is_enabled=part.flag("enabled", absent=True),
    )


def _event_type(part: Part) -> EventType:
    part.expect_only(("id", "name", "guide", "key", "color", "roles"))
    return EventType(
        id=part.identifier("id"),
        name=part.wording("name"),
        guide=part.wording("guide"),
        key=part.key("key"),
        color=part.color("color"),
        roles=tuple(map(_role, part.parts("roles"))),
    )


def _role(part: Part) -> Role:
    part.expect_only(("id", "name", "key", "fillers"), ("labels", "required", "repeatable"))
    return Role(
        id=part.identifier("id"),
        name=part.wording("name"),
        key=part.key("key"),
        fillers=frozenset(part.members("fillers", FillerKind)),
        labels=frozenset(part.texts("labels")),
        is_required=part.flag("required", absent=False),
        is_repeatable=part.flag("repeatable", absent=False),
    )


def _attribute(part: Part) -> AttributeSpec:
    part.expect_only(("id", "name", "layer", "key"), ("values", "labels", "default", "required"))
    layer = part.one_of("layer", tuple(layer.value for layer in _LAYERS))
    return AttributeSpec(
        id=part.identifier("id"),
        name=part.wording("name"),
        layer=Layer(layer),
        key=part.key("key"),
        values=tuple(map(_attribute_value, part.parts("values", absent=()))),
        labels=frozenset(part.texts("labels")),
        default=part.optional_text("default"),
        is_required=part.flag("required", absent=False),
    )


def _attribute_value(part: Part) -> AttributeValue:
    part.expect_only(("id", "name"))
    return AttributeValue(part.identifier("id"), part.wording("name"))


def _quote_type(part: Part) -> QuoteTypeSpec:
    part.expect_only(("id", "name", "guide"))
    identifier = part.member("id", QuoteType).value
    return QuoteTypeSpec(identifier, part.wording("name"), part.wording("guide"))


def _nesting(part: Part) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({outer: frozenset(part.texts(outer)) for outer in part.fields})
