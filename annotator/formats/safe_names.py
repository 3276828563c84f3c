"""Document ids from names that people, crawlers and file systems give, and file names from ids."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from annotator.core.ids import DocumentId

MAX_LENGTH = 128
MAX_FILE_NAME = 100
"""Bytes: what every file system, archive and path in Windows has room for."""

_SAFE = re.compile(r"[A-Za-z0-9_.-]{1,128}", re.ASCII)
_UNSAFE = re.compile(r"[^A-Za-z0-9_.]+", re.ASCII)
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]|conin\$|conout\$", re.ASCII | re.IGNORECASE)
_LETTERS = str.maketrans(
    {
        "ا": "a", "ب": "b", "پ": "p", "ت": "t", "ج": "c", "چ": "ch", "ح": "h", "خ": "x",
        "د": "d", "ر": "r", "ڕ": "rr", "ز": "z", "ژ": "j", "س": "s", "ش": "sh", "ص": "s",
        "ع": "e", "غ": "gh", "ف": "f", "ڤ": "v", "ق": "q", "ک": "k", "ك": "k", "گ": "g",
        "ل": "l", "ڵ": "ll", "م": "m", "ن": "n", "و": "w", "ۆ": "o", "ه": "h", "ھ": "h",
        "ە": "e", "ی": "y", "ي": "y", "ێ": "e", "ئ": "", "ط": "t", "ظ": "z", "ض": "z",
        "ث": "s", "ذ": "z", "ة": "e", "ى": "y", "ء": "", "آ": "a", "أ": "a", "إ": "i",
    }
)  # fmt: skip
_HASH_LENGTH = 8


def safe_id(name: str) -> DocumentId:
    """A document id for `name`: the name itself where it can be one.

    Otherwise Kurdish letters become Latin, anything else a hyphen, and eight digits of a hash of
    the name keep different names apart. The same name gives the same id on every machine: names
    are composed (NFC) first, because macOS takes them apart.
    """
    if _SAFE.fullmatch(name) and name.strip("."):
        return DocumentId(name)
    composed = unicodedata.normalize("NFC", name)
    digest = _digest(composed)
    latin = "".join(map(_ascii, composed.translate(_LETTERS)))
    slug = _UNSAFE.sub("-", latin).strip("-.")[: MAX_LENGTH - _HASH_LENGTH - 1].rstrip("-.")
    return DocumentId(f"{slug}-{digest}" if slug else digest)


def safe_file_name(identifier: str, suffix: str) -> str:
    """A file name for a document: its id where every file system can have it.

    Otherwise with eight digits of a hash: names that Windows keeps for devices, that begin with a
    dot or a hyphen or end with a dot, or that are longer than `MAX_FILE_NAME` bytes with their
    `suffix`. Ids that differ in case only, which a project does not have, would give one name.
    """
    room = MAX_FILE_NAME - len(suffix.encode())
    is_fit = _SAFE.fullmatch(identifier) and len(identifier) <= room
    if is_fit and identifier.strip("-.") == identifier and not _is_device(identifier):
        return f"{identifier}{suffix}"
    digest = _digest(identifier)
    slug = _UNSAFE.sub("-", identifier).strip("-.")[: room - _HASH_LENGTH - 1].rstrip("-.")
    # A device keeps its name with any ending, so the hash stands before the first dot.
    stem, dot, rest = slug.partition(".")
    spelled = f"{stem}-{digest}{dot}{rest}" if _is_device(stem) else f"{slug}-{digest}"
    return f"{spelled if slug else digest}{suffix}"


def file_name(path: str) -> str:
    r"""The file name in a path, whichever slash it is written with.

    Bytes of a name that are not UTF-8 (Python keeps them as lone surrogates) show as ``\udcff``.
    """
    name = re.split(r"[/\\]", path)[-1]
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def file_stem(path: str) -> str:
    """The file name in a path without its last suffix."""
    name = file_name(path)
    stem, dot, _ = name.rpartition(".")
    return stem if dot and stem else name


def _is_device(name: str) -> bool:
    return _DEVICE.fullmatch(name.partition(".")[0]) is not None


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]


def _ascii(character: str) -> str:
    """An ASCII form of one character: decimal digits of any script become 0-9."""
    if character.isascii():
        return character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii")
    return plain or "-"
