"""Which field of a crawled news record holds what, told from the names crawlers give them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import mean

from annotator.formats.base import FieldMapping, JsonObject, JsonValue

Path = tuple[str, ...]

_DEPTH = 3
"""So deep in a field places are looked for."""

NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "maintext", "fulltext", "articletext", "articlebody", "bodytext", "content",
        "articlecontent", "contenttext", "body", "article", "news", "story", "paragraphs",
        "دەق", "دەقی هەواڵ", "ناوەڕۆک", "ناوەرۆک", "هەواڵ", "وتار", "تێکست",
    ),
    "id": (
        "id", "docid", "documentid", "articleid", "newsid", "uuid", "guid", "slug",
        "ژمارە", "ناسنامە", "کۆد",
    ),
    "title": (
        "title", "headline", "articletitle", "head", "heading", "subject",
        "سەردێڕ", "سەردێر", "ناونیشان", "مانشێت",
    ),
    "outlet": (
        "outlet", "publisher", "sitename", "site", "website", "source", "sourcename",
        "sourcedomain", "domain", "newspaper", "channel", "agency", "media",
        "سەرچاوە", "ماڵپەڕ", "کەناڵ", "ئاژانس", "ڕۆژنامە", "دەزگا",
    ),
    "url": (
        "url", "link", "href", "permalink", "canonicalurl", "weburl", "articleurl", "uri",
        "بەستەر", "لینک",
    ),
    "published": (
        "published", "publishedat", "publishdate", "publisheddate", "datepublished",
        "publicationdate", "datepublish", "pubdate", "date", "datetime", "time", "timestamp",
        "created", "createdat", "بەروار", "ڕێکەوت", "ڕێکەوتی بڵاوکردنەوە", "کات",
    ),
    "author": (
        "author", "authors", "byline", "writer", "creator", "reporter", "journalist",
        "نووسەر", "نوسەر", "ئامادەکردنی", "ڕۆژنامەنووس",
    ),
}  # fmt: skip
"""Names of each part, in order of preference, as `_folded` writes them."""

LONG_TEXT = 100
"""Code points from which a field of unknown name may be the text of a news item."""

_OWN_NAMES = frozenset({"name", "title", "value"})
_VARIANTS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ھ": "ه", "ڕ": "ر", "\u200c": None})


def propose_mapping(sample: Sequence[JsonObject]) -> FieldMapping | None:
    """The mapping that fits a sample of records, or None where nothing looks like their text.

    A part is found by the name of its field, at the top of a record or one level inside; the names
    in `NAMES` are tried in order. A text whose field has another name is the longest string.
    """
    values: dict[Path, list[JsonValue]] = {}
    for record in sample:
        for path, value in _fields(record):
            values.setdefault(path, []).append(value)
    text = _named("text", values) or _longest(values)
    if text is None:
        return None
    others = {part: _named(part, values, besides=text) for part in NAMES if part != "text"}
    return FieldMapping(text=text, **others)


def value_at(record: JsonObject, path: Path | None) -> JsonValue:
    """The value at a path of a record, or None."""
    value: JsonValue = record if path else None
    for name in path or ():
        value = value.get(name) if isinstance(value, dict) else None
    return value


def span_field(record: JsonValue) -> str | None:
    """The first field of a record that looks like marked text: places with their labels."""
    if not isinstance(record, dict):
        return None
    return next((str(name) for name, value in record.items() if _lists_places(value)), None)


def _lists_places(value: JsonValue, depth: int = _DEPTH) -> bool:
    """Whether a value is a list of places, or has one somewhere: some keep a label with its own."""
    if depth == 0:
        return False
    if isinstance(value, list) and value and _is_place(value[0]):
        return True
    inner = value[:1] if isinstance(value, list) else []
    if isinstance(value, dict):
        inner = list(value.values())
    return any(_lists_places(one, depth - 1) for one in inner)


def _is_place(value: JsonValue) -> bool:
    """Whether a value is a start and an end, by position or by name."""
    if isinstance(value, dict):
        return any({f"start{end}", f"end{end}"} <= value.keys() for end in ("", "_offset"))
    return isinstance(value, list) and len(value) == 3 and list(map(type, value)) == [int, int, str]


def line_of(value: JsonValue) -> str | None:
    """A value of a record's metadata as one line of text, or None where it says nothing.

    Lists are joined, an object speaks by its name, numbers are written as they are; anything else
    is not understood.
    """
    if isinstance(value, dict):
        return line_of(value.get("name"))
    if isinstance(value, list):
        names = [line for item in value if (line := line_of(item)) is not None]
        return "، ".join(names) or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        printable = "".join(c if c.isprintable() or c == "\u200c" else " " for c in value)
        return " ".join(printable.split()) or None
    return None


def _fields(record: JsonObject) -> Iterator[tuple[Path, JsonValue]]:
    """The fields at the top and, after them, those one level inside."""
    for name, value in record.items():
        if not isinstance(value, dict):
            yield (name,), value
    for name, value in record.items():
        if isinstance(value, dict):
            for inner, inside in value.items():
                yield (name, inner), inside


def _named(
    part: str, values: dict[Path, list[JsonValue]], besides: Path | None = None
) -> Path | None:
    """The path whose last name is the most preferred one for a part."""
    ranks = _ranks(part)
    fits = [
        (ranks[name], len(path), position, path)
        for position, (path, found) in enumerate(values.items())
        if path != besides and (name := _telling_name(path)) in ranks and _can_be(part, found)
    ]
    return min(fits)[-1] if fits else None


def _telling_name(path: Path) -> str:
    """The name that tells what a field holds: its own, or that of the person or outlet it names.

    In ``{"author": {"name": …, "url": …}}`` the name is the author, the address is not the item's.
    """
    if len(path) == 1:
        return _folded(path[0])
    outer, inner = map(_folded, path)
    if any(outer in _ranks(part) for part in NAMES if part != "text"):
        return outer if inner in _OWN_NAMES else ""
    return inner


def _ranks(part: str) -> dict[str, int]:
    return {_folded(name): rank for rank, name in enumerate(NAMES[part])}


def _can_be(part: str, found: list[JsonValue]) -> bool:
    if part == "text":
        return any(isinstance(value, str) and value.strip() for value in found)
    return any(line_of(value) is not None for value in found)


def _longest(values: dict[Path, list[JsonValue]]) -> Path | None:
    lengths = {
        path: mean(len(value) if isinstance(value, str) else 0 for value in found)
        for path, found in values.items()
    }
    longest = max(lengths, key=lambda path: lengths[path], default=None)
    return longest if longest is not None and lengths[longest] >= LONG_TEXT else None


def _folded(name: str) -> str:
    """A field name without case, separators and variant letters."""
    folded = name.casefold().translate(_VARIANTS)
    return "".join(character for character in folded if character not in "_-. :")
