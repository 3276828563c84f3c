"""Rows put right by themselves: a byte the digest tells, a text with holes, a body made anew."""

from __future__ import annotations

from collections.abc import Callable

import orjson
from msgspec.structs import asdict

from annotator.core.document import Metadata, Source as DocumentSource, text_sha256
from annotator.store.doctor.ailments import Remedy, Slowly, Way, Where, at
from annotator.store.doctor.check_project import is_body_sound, is_readable_body
from annotator.store.doctor.digests import digest_of_bytes, healed, is_nearly
from annotator.store.doctor.entries import head_of, is_entry_proved
from annotator.store.doctor.tables import Row, Value
from annotator.store.record_json import canonical
from annotator.store.rows import digest_of

HOLE = "\ufffd"
"""Stands for each code point of a text that cannot be read any more."""

_TEXT_DIGEST_BYTES = 32


def healed_body(body: Value, digest: Value) -> Slowly[str | None]:
    """A body that its digest proves, where at most one byte of either has changed."""
    raw = as_bytes(body)
    said = None if raw is None else (yield from _healed(raw, digest))
    return None if said is None else _decoded(said)


def healed_line(row: Row, head_of: Callable[[Row], str]) -> Slowly[tuple[bytes, bytes] | None]:
    """What the digest of a row is of, its head and its body, where it proves both.

    At most one byte of either or of the digest may have changed.
    """
    raw = as_bytes(row["body"])
    try:
        head = head_of(row).encode("utf-8")
    except TypeError:  # a cell that is no text any more
        return None
    said = None if raw is None else (yield from _healed(head + raw, row["digest"]))
    return None if said is None else (said[: len(head)], said[len(head) :])


def _healed(said: bytes, digest: Value) -> Slowly[bytes | None]:
    right = digest_of_bytes(said)
    if digest == right or is_nearly(digest, right):
        return said
    return (yield from healed(said, digest))


def healed_entry(row: Row) -> Slowly[Row | None]:
    """An entry of the journal that its digest proves, where at most one byte has changed."""
    line = yield from healed_line(row, head_of)
    if line is None:
        return None
    try:
        act, target, joins, made, *project = orjson.loads(line[0])
        body = line[1].decode("utf-8")
    except (ValueError, TypeError):
        return None
    mended = {**row, "act": act, "target": target, "joins": joins, "made": made, "body": body}
    mended.update({"project": project[0]} if project else {})
    mended["digest"] = digest_of_bytes(b"".join(line))
    return mended if is_entry_proved(mended) else None


def mended_document(row: Row, remedies: list[Remedy], *, now: str) -> Slowly[Row]:
    """A document whose columns say of its text and of each other what is so."""
    place = at(Where("documents", document=str(row["id"])), row)
    text = yield from _mended_text(row, place, remedies)
    body = yield from _mended_body(row, text, place, remedies)
    mended: Row = {
        **row,
        "text": text,
        "length": len(text),
        "sha256": text_sha256(text),
        "body": body,
        "digest": digest_of(body),
        "title": orjson.loads(body)["metadata"]["title"],
    }
    if not isinstance(row["added"], str):
        mended["added"] = now
    for name in ("length", "title", "added", "sha256"):
        if mended[name] != row[name] and row["text"] == text:
            remedies.append(Remedy(Way.MADE_ANEW, place, name))
    return mended


def as_bytes(value: Value) -> bytes | None:
    """A text as its bytes, readable or not; None for what is no text."""
    if isinstance(value, str):
        return value.encode("utf-8")
    return value if isinstance(value, bytes) else None


def patched(raw: bytes, length: int | None) -> str:
    """What of a text can be read; what cannot are as many `HOLE` as it had code points.

    Everything between the first and the last place that cannot be read counts as one hole, so
    that with the length known all offsets outside it are still right.
    """
    text = raw.decode("utf-8", errors="replace")
    holes = [index for index, letter in enumerate(text) if letter in (HOLE, "\x00")]
    if not holes:
        return text
    before, after = text[: holes[0]], text[holes[-1] + 1 :]
    count = (length or 0) - len(before) - len(after)
    return f"{before}{HOLE * (count if count > 0 else holes[-1] - holes[0] + 1)}{after}"


def _mended_text(row: Row, place: Where, remedies: list[Remedy]) -> Slowly[str]:
    raw = as_bytes(row["text"]) or b""
    right = text_digest(raw)
    told = _from_hex(row["sha256"])
    if told == right:
        return raw.decode("utf-8")
    if not is_nearly(told, right):
        found = yield from healed(raw, told)
        if found is None:
            length = row["length"] if isinstance(row["length"], int) else None
            text = patched(raw, length)
            way = Way.PATCHED if HOLE in text else Way.UNPROVEN
            remedies.append(Remedy(way, place, "text"))
            return text
        raw = found
    readable = _decoded(raw)
    if readable is None:
        remedies.append(Remedy(Way.PATCHED, place, "text"))
        return patched(raw, None)
    remedies.append(Remedy(Way.HEALED, place, "text"))
    return readable


def text_digest(raw: bytes) -> bytes:
    """The whole SHA-256 of a text."""
    return digest_of_bytes(raw, _TEXT_DIGEST_BYTES)


def _from_hex(value: Value) -> bytes | None:
    """The bytes of a fingerprint; a character that is no digit counts as one that has changed."""
    if not isinstance(value, str) or len(value) != 2 * _TEXT_DIGEST_BYTES:
        return None
    digits = "".join(c if c in "0123456789abcdef" else "0" for c in value.lower())
    return bytes.fromhex(digits)


def _mended_body(row: Row, text: str, place: Where, remedies: list[Remedy]) -> Slowly[str]:
    body = row["body"]
    if isinstance(body, str) and is_body_sound(row):
        return body
    found = yield from healed_body(body, row["digest"])
    if found is not None and is_readable_body(found):
        remedies.append(Remedy(Way.HEALED, place, "body"))
        return found
    if isinstance(body, str) and is_readable_body(body):
        remedies.append(Remedy(Way.UNPROVEN, place, "body"))
        return body
    remedies.append(Remedy(Way.LEFT_OUT, place, "body"))
    title = row["title"] if isinstance(row["title"], str) else None
    source = DocumentSource(None, text_sha256(text))
    return canonical({"source": asdict(source), "metadata": asdict(Metadata(title=title))})


def _decoded(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
