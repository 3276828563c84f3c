"""Bytes to text, strictly: what an encoding does not hold is refused, never guessed or replaced."""

from __future__ import annotations

import codecs
import hashlib

from msgspec import Struct
from msgspec.structs import replace

from annotator.formats.base import MAX_BYTES, Note
from annotator.formats.text_checks import clean_text
from annotator.foundation.errors import UserError

ENCODINGS = ("utf-8", "utf-16", "windows-1256", "iso-8859-6")
"""What a user may choose. Without a choice only UTF-8, or UTF-16 with a BOM, is read: Windows-1256
decodes every byte, so it can be chosen but never detected."""

_UTF_16_SAMPLE = 4096


class Encoded(Struct, frozen=True):
    """The characters of a file exactly as they stand in it, without the BOM."""

    text: str
    encoding: str
    has_bom: bool
    warnings: tuple[Note, ...] = ()


class Decoded(Struct, frozen=True):
    """A text as it is stored, and how the file held it.

    `sha256` is that of the original bytes; `newline` is ``none``, ``lf``, ``crlf``, ``cr`` or
    ``mixed``; `encoding` is ``utf-8``, ``utf-16le``, ``utf-16be``, ``windows-1256`` or
    ``iso-8859-6``.
    """

    text: str
    encoding: str
    has_bom: bool
    newline: str
    sha256: str
    warnings: tuple[Note, ...] = ()


def decode(data: bytes, encoding: str | None = None, *, max_bytes: int = MAX_BYTES) -> Decoded:
    """The text of a file, ready to be stored.

    Raises `UserError` with the byte offset (or line and column) of what cannot be read or stored.
    """
    encoded = decode_characters(data, encoding, max_bytes=max_bytes)
    clean = clean_text(encoded.text)
    return Decoded(
        text=clean.text,
        encoding=encoded.encoding,
        has_bom=encoded.has_bom,
        newline=clean.newline,
        sha256=hashlib.sha256(data).hexdigest(),
        warnings=encoded.warnings + clean.warnings,
    )


def decode_characters(
    data: bytes, encoding: str | None = None, *, max_bytes: int = MAX_BYTES
) -> Encoded:
    """The characters of a file with nothing changed but the BOM dropped, as JSON needs them.

    Raises `UserError` when the bytes are not in the encoding chosen, or, without a choice, neither
    UTF-8 nor UTF-16 with a BOM.
    """
    if len(data) > max_bytes:
        raise UserError("formats.too_large", size=len(data), limit=max_bytes)
    match encoding:
        case None | "utf-8":
            return _unchosen(data)
        case "utf-16":
            return _utf_16(data, has_bom=data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        case "windows-1256":
            return Encoded(_strict(data, "cp1256", encoding), encoding, False)
        case "iso-8859-6":
            return Encoded(_strict(data, encoding, encoding), encoding, False)
        case _:
            raise _unknown(encoding)


def _unknown(encoding: str) -> UserError:
    return UserError("formats.encoding_unknown", encoding=encoding, known=", ".join(ENCODINGS))


def preview(data: bytes, encoding: str, *, limit: int = 2000) -> str:
    """The beginning of a file as the encoding shows it, for a person who chooses one.

    At most `limit` code points; what the encoding cannot read shows as U+FFFD.
    """
    codec = "cp1256" if encoding == "windows-1256" else encoding
    if encoding not in ENCODINGS:
        raise _unknown(encoding)
    if encoding == "utf-16":
        codec = _utf_16_order(data)
    shown = data[: limit * 4].decode(codec, errors="replace").removeprefix("\ufeff")
    return shown.replace("\r\n", "\n").replace("\r", "\n")[:limit]


def _unchosen(data: bytes) -> Encoded:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise UserError("formats.encoding_utf_32")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoded = _utf_16(data, has_bom=True)
        return replace(encoded, warnings=(Note("formats.warning_utf_16"),))
    if _looks_like_utf_16(data):
        raise UserError("formats.encoding_utf_16_without_bom")
    has_bom = data.startswith(codecs.BOM_UTF8)
    return Encoded(_strict(data, "utf-8", "utf-8").lstrip("\ufeff"), "utf-8", has_bom)


def _utf_16(data: bytes, *, has_bom: bool) -> Encoded:
    codec = _utf_16_order(data)
    text = _strict(data, codec, codec).lstrip("\ufeff")
    return Encoded(text, codec.replace("16-", "16"), has_bom)


def _utf_16_order(data: bytes) -> str:
    """The byte order: by BOM, else by where the high bytes of Arabic and Latin letters lie."""
    if data.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    even, odd = _high_bytes(data)
    return "utf-16-be" if even > odd else "utf-16-le"


def _looks_like_utf_16(data: bytes) -> bool:
    """Whether nearly every second byte is 00 or 06, the high bytes of Latin and Arabic letters."""
    even, odd = _high_bytes(data)
    return len(data) >= 4 and (max(even, odd) > 0.7 and min(even, odd) < 0.2)


def _high_bytes(data: bytes) -> tuple[float, float]:
    """The share of 00 and 06 among the bytes at even and at odd places of the beginning."""
    sample = data[:_UTF_16_SAMPLE]
    halves = (sample[0::2], sample[1::2])
    even, odd = ((half.count(0) + half.count(6)) / max(len(half), 1) for half in halves)
    return even, odd


def _strict(data: bytes, codec: str, shown: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        offset = error.start
        found = data[offset : offset + 2]
        is_surrogate = codec == "utf-8" and found[:1] == b"\xed" and found[1:] >= b"\xa0"
        raise UserError(
            "formats.bytes_surrogate" if is_surrogate else "formats.bytes_invalid",
            encoding=shown,
            offset=offset,
            byte=f"{data[offset]:02X}",
            line=data.count(b"\n", 0, offset) + 1,
        ) from None
