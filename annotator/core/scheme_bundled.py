"""A scheme that comes with the program, read in one go.

`scheme_json` reads part by part and checks everything, which takes fifteen times as long. What we
ship is known to be right: tests hold that the same values come out. Nothing else is read this way.
"""

from __future__ import annotations

from types import MappingProxyType

from msgspec import json
from msgspec.structs import asdict, replace

from annotator.core.scheme import Scheme
from annotator.core.scheme_normal import scheme_sha256


class _File(Scheme, frozen=True, kw_only=True):
    """The scheme as it lies in a file: it says its format, and no hash."""

    format: str
    sha256: str = ""


def bundled_scheme(text: str) -> Scheme:
    """The scheme of a text that comes with the program."""
    fields = asdict(json.decode(text, type=_File))
    del fields["format"]
    fields["nesting"] = MappingProxyType(fields["nesting"])
    scheme = Scheme(**fields)
    return replace(scheme, sha256=scheme_sha256(scheme))
