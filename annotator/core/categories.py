"""The closed lists of values that annotations carry, whatever the scheme: level, realis, form …"""

from __future__ import annotations

from enum import Enum


class MentionLevel(Enum):
    """How a mention names its entity (the levels of ACE): by name, by noun, by pronoun."""

    NAM = "NAM"
    NOM = "NOM"
    PRO = "PRO"


class Realis(Enum):
    """Whether the event is told as having happened (Rich ERE)."""

    ACTUAL = "actual"
    GENERIC = "generic"
    OTHER = "other"


class Polarity(Enum):
    """Whether the event is asserted or denied."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class QuoteType(Enum):
    """All of the content inside quotation marks, none of it, or a part."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class SpeakerForm(Enum):
    """The form in which the speaker appears in the text."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"
    CLITIC = "clitic"
    NONE = "none"


class Evidence(Enum):
    """What tells who the speaker is (after PDNC: explicit, anaphoric, implicit)."""

    EXPLICIT = "explicit"
    ANAPHORIC = "anaphoric"
    IMPLICIT = "implicit"
    UNKNOWN = "unknown"


class SetStatus(Enum):
    """How far the work on an annotation set is."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    REVIEWED = "reviewed"
    APPROVED = "approved"


class Coverage(Enum):
    """How much of a layer has been annotated, so that "none found" differs from "not looked"."""

    NONE = "none"
    PARTIAL = "partial"
    COMPLETE = "complete"
