"""A scheme that was checked before it was stored, read in one go.

`scheme_json` reads part by part, which is what it takes to say what is wrong where, and takes
fifteen times as long. Here the same values come out, or nothing, and then it is to be asked.
"""

from __future__ import annotations

from types import MappingProxyType

from msgspec import MsgspecError, json
from msgspec.structs import asdict, replace

from annotator.core.scheme import Scheme
from annotator.core.scheme_checks import check_scheme
from annotator.core.scheme_normal import FORMAT, scheme_sha256


class _Stored(Scheme, frozen=True, kw_only=True):
    """The scheme as it lies in a file: it says its format, and no hash."""

    format: str
    sha256: str = ""


def stored_scheme(text: str) -> Scheme | None:
    """The scheme of a JSON text that was accepted once; None where it is not read so.

    Raises `UserError` (topic ``scheme``) where its parts do not fit.
    """
    try:
        stored = json.decode(text, type=_Stored)
    except (MsgspecError, UnicodeError, RecursionError):
        return None
    if stored.format != FORMAT or not _is_lower(stored):
        return None
    fields = asdict(stored)
    del fields["format"]
    fields["nesting"] = MappingProxyType(fields["nesting"])
    scheme = Scheme(**fields)
    check_scheme(scheme)
    return replace(scheme, sha256=scheme_sha256(scheme))


def _is_lower(scheme: Scheme) -> bool:
    """Whether the colours are written as they are kept; in a file they may be in capitals."""
    colors = (*(label.color for label in scheme.labels), *(e.color for e in scheme.event_types))
    return all(color == color.lower() for color in (scheme.quote_color, *colors))
