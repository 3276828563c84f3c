"""The configuration files of brat, made from the scheme: what may be annotated and how it looks.

`annotation.conf` takes ASCII names only; the words of the scheme in both languages, and its
colours, stand in `visual.conf`.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.annotations import (
    Evidence,
    MentionLevel,
    Polarity,
    QuoteType,
    Realis,
    SpeakerForm,
)
from annotator.core.commands.records import POLARITY as POLARITY_ID, REALIS as REALIS_ID
from annotator.core.ids import Layer
from annotator.core.scheme import AttributeSpec, FillerKind, Role, Scheme, Wording
from annotator.formats.brat_names import (
    ADDRESSEE,
    CUE,
    EVENT,
    EVIDENCE,
    FREE_SPAN,
    HAS_CUE,
    HAS_MARK,
    LABEL,
    LEVEL,
    POLARITY,
    QUOTE,
    QUOTE_MARK,
    QUOTE_TYPE,
    REALIS,
    SPEAKER,
    SPEAKER_FORM,
    WITHIN,
    BratNames,
)

_RELATIONS = (
    "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
    "Equiv\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive",
    f"{HAS_CUE}\tArg1:{QUOTE}, Arg2:{CUE}",
    f"{HAS_MARK}\tArg1:{QUOTE}, Arg2:{QUOTE_MARK}",
    f"{SPEAKER}\tArg1:{QUOTE}, Arg2:<ENTITY>",
    f"{ADDRESSEE}\tArg1:{QUOTE}, Arg2:<ENTITY>",
    f"{WITHIN}\tArg1:{QUOTE}, Arg2:{QUOTE}",
)
_NATURAL = (
    (LEVEL, "<ENTITY>", MentionLevel),
    (REALIS, "<EVENT>", Realis),
    (POLARITY, "<EVENT>", Polarity),
    (QUOTE_TYPE, QUOTE, QuoteType),
    (SPEAKER_FORM, QUOTE, SpeakerForm),
    (EVIDENCE, QUOTE, Evidence),
)
_BEARER = {Layer.MENTION: "<ENTITY>", Layer.EVENT: "<EVENT>", Layer.QUOTE: QUOTE}


def name_scheme(scheme: Scheme, names: BratNames) -> None:
    """Let everything in the scheme have its name, before the documents bring others."""
    for label in scheme.labels:
        names.label(label.id)
    for event_type in scheme.event_types:
        names.event(event_type.id)
        for role in event_type.roles:
            names.part(role.id)
    for attribute in _further(scheme):
        names.part(attribute.id)
        names.declare(attribute.id, (value.id for value in attribute.values))


def _further(scheme: Scheme) -> Iterator[AttributeSpec]:
    """The attributes of a scheme but for those that events have by nature, under their own names.

    A scheme describes these too, for its words and keys.
    """
    for one in scheme.attributes:
        if one.layer is not Layer.EVENT or one.id not in (REALIS_ID, POLARITY_ID):
            yield one


def annotation_conf(scheme: Scheme, names: BratNames) -> bytes:
    """What may be annotated."""
    return _file(
        (
            *names.renamed(),
            "[entities]",
            *(written for _, written in names.given(LABEL)),
            *(QUOTE, CUE, QUOTE_MARK, FREE_SPAN),
            "[relations]",
            *_RELATIONS,
            "[events]",
            *_events(scheme, names),
            "[attributes]",
            *_attributes(scheme, names),
        )
    )


def visual_conf(scheme: Scheme, names: BratNames) -> bytes:
    """How it is called and looks."""
    types = [(names.label(one.id), one.name, one.color) for one in scheme.labels]
    types += [(names.event(one.id), one.name, one.color) for one in scheme.event_types]
    roles = {names.part(role.id): role.name for kind in scheme.event_types for role in kind.roles}
    attributes = {names.part(one.id): one.name for one in _further(scheme)}
    return _file(
        (
            "[labels]",
            *(_labelled(written, name) for written, name, _ in types),
            *(_labelled(written, name) for written, name in {**roles, **attributes}.items()),
            "[drawing]",
            "SPAN_DEFAULT\tfgColor:black, bgColor:white, borderColor:darken",
            "ARC_DEFAULT\tcolor:black, arrowHead:triangle-5",
            *(f"{written}\tbgColor:{color}" for written, _, color in types),
            f"{QUOTE}\tbgColor:{scheme.quote_color}",
        )
    )


def _file(lines: tuple[str, ...]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def _labelled(written: str, name: Wording) -> str:
    shown = (" ".join(text.replace("|", "/").split()) for text in (name.ckb, name.en))
    return " | ".join((written, *shown))


def _events(scheme: Scheme, names: BratNames) -> Iterator[str]:
    for name, written in names.given(EVENT):
        roles = scheme.event_type(name).roles if scheme.has_event_type(name) else ()
        told = ", ".join(_role(role, names) for role in roles)
        yield f"{written}\t{told}" if told else written


def _role(role: Role, names: BratNames) -> str:
    number = {
        (True, True): "+", (True, False): "", (False, True): "*", (False, False): "?",
    }[role.is_required, role.is_repeatable]  # fmt: skip
    fillers = "<ANY>"
    if role.labels and role.fillers == {FillerKind.MENTION}:
        fillers = "|".join(names.label(label) for label in sorted(role.labels))
    return f"{names.part(role.id)}{number}:{fillers}"


def _attributes(scheme: Scheme, names: BratNames) -> Iterator[str]:
    """One line for each name: an attribute of two layers may have the values of both.

    One of free text is not there: brat knows flags and closed lists only.
    """
    for name, bearer, kind in _NATURAL:
        yield f"{name}\tArg:{bearer}, Value:{'|'.join(one.value for one in kind)}"
    bearers: dict[str, list[str]] = {}
    values: dict[str, list[str]] = {}
    for one in _further(scheme):
        written = names.part(one.id)
        bearers.setdefault(written, []).append(_BEARER[one.layer])
        values.setdefault(written, []).extend(value.id for value in one.values)
    for written, layers in bearers.items():
        if values[written]:
            told = "|".join(dict.fromkeys(values[written]))
            yield f"{written}\tArg:{'|'.join(dict.fromkeys(layers))}, Value:{told}"
