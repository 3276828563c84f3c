"""Bytes that are not what they should be: broken UTF-8, other encodings, what was read wrongly."""

from __future__ import annotations

import json

from tests.reliability.bad_inputs.case import (
    SORANI,
    Case,
    as_gold,
    as_news,
    as_text,
    gold_of,
    news_of,
    refused,
    unchanged,
    warned,
)

INVALID, SURROGATE = "formats.bytes_invalid", "formats.bytes_surrogate"

_BROKEN = {
    "a byte that never occurs": (b"\xff", INVALID, "FF"),
    "a continuation alone": (b"\x80", INVALID, "80"),
    "a cut letter": (b"\xdb", INVALID, "DB"),
    "an overlong slash": (b"\xc0\xaf", INVALID, "C0"),
    "an overlong NUL": (b"\xc0\x80", INVALID, "C0"),
    "CESU-8": (b"\xed\xa0\xbd\xed\xb8\x80", SURROGATE, "ED"),
    "a surrogate": (b"\xed\xb0\x80", SURROGATE, "ED"),
    "beyond Unicode": (b"\xf4\x90\x80\x80", INVALID, "F4"),
    "five bytes": (b"\xf8\x88\x80\x80\x80", INVALID, "F8"),
}


def cases() -> list[Case]:
    """All cases of this module."""
    return [*_broken(), *_marks(), *_utf_16(), *_chosen(), *_misread()]


def _broken() -> list[Case]:
    kind = "invalid UTF-8, cut letter, overlong, CESU-8"
    found = []
    for name, (bad, key, byte) in _BROKEN.items():
        data = "یەکەم\n".encode() + bad
        offset = len(data) - len(bad)
        found.append(as_text(kind, name, data, refused(key, offset, byte, "line 2")))
        news = news_of("یەکەم @").replace(b"@", bad + b" ")
        found.append(as_news(kind, name, news, refused(key, news.index(bad + b" "), byte)))
        gold = gold_of("یەکەم @").replace(b"@", bad + b" ", 1)
        found.append(as_gold(kind, name, gold, refused(key, gold.index(bad + b" "), byte)))
    return found


def _marks() -> list[Case]:
    kind, bom = "UTF-8 BOM", b"\xef\xbb\xbf"
    twice = "\ufeff" + SORANI
    return [
        as_text(kind, "before a text", bom + SORANI.encode(), unchanged(SORANI)),
        as_news(kind, "before news", bom + news_of(SORANI), unchanged(SORANI)),
        as_gold(kind, "before gold", bom + gold_of(SORANI), unchanged(SORANI)),
        as_text(kind, "alone", bom, refused("formats.text_empty")),
        as_text(kind, "twice", bom + twice.encode(), unchanged(SORANI)),
        as_news(kind, "twice", bom + bom + news_of(SORANI), unchanged(SORANI)),
        as_news(kind, "before the text in a record", news_of(twice), unchanged(SORANI)),
        as_text(
            kind,
            "in the middle",
            (SORANI + twice).encode(),
            warned("formats.warning_invisible", SORANI + twice),
        ),
    ]


def _utf_16() -> list[Case]:
    kind, key = "UTF-16, UTF-32", "formats.warning_utf_16"
    texts, news = SORANI, news_of(SORANI).decode()
    both = (SORANI + "1", SORANI + "2")
    lines = "\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in both)
    found = []
    for order, bom in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        gold = gold_of(SORANI).decode().encode(order)
        found += [
            as_text(kind, f"{order} with BOM", bom + texts.encode(order), warned(key, texts)),
            as_news(kind, f"{order} with BOM", bom + news.encode(order), warned(key, texts)),
            as_news(kind, f"{order} lines", bom + lines.encode(order), warned(key, *both)),
            as_gold(kind, f"{order} with BOM", bom + gold, warned(key, texts)),
            as_text(kind, f"{order} cut", bom + texts.encode(order)[:-1], refused(INVALID)),
        ]
        without = refused("formats.encoding_utf_16_without_bom", "UTF-16")
        found += [
            as_text(kind, f"{order} without BOM", texts.encode(order), without),
            as_news(kind, f"{order} without BOM", news.encode(order), without),
            as_gold(kind, f"{order} without BOM", gold, without),
            as_text(
                kind,
                f"{order} chosen",
                texts.encode(order),
                unchanged(texts, options=("--encoding", "utf-16")),
            ),
        ]
    for order, bom in (("utf-32-le", b"\xff\xfe\0\0"), ("utf-32-be", b"\0\0\xfe\xff")):
        key = "formats.encoding_utf_32"
        found.append(as_text(kind, order, bom + texts.encode(order), refused(key, "UTF-32")))
        found.append(as_news(kind, order, bom + news.encode(order), refused(key, "UTF-32")))
    lone = b"\xff\xfea\x00\x00\xd8b\x00"
    found.append(as_text(kind, "UTF-16 with half a character", lone, refused(INVALID, 4)))
    return found


def _chosen() -> list[Case]:
    kind, text = "Windows-1256 and other code pages", "باران لە بازار"
    arabic = text.replace("ە", "ه")
    data = arabic.encode("cp1256")
    return [
        as_text(kind, "Windows-1256", data, refused(INVALID, "another encoding")),
        as_news(kind, "Windows-1256", news_of("@").replace(b"@", data), refused(INVALID)),
        as_text(
            kind,
            "Windows-1256 chosen",
            data,
            unchanged(arabic, options=("--encoding", "windows-1256")),
        ),
        as_text(
            kind,
            "ISO 8859-6 chosen",
            "كتاب".encode("iso-8859-6"),
            unchanged("كتاب", options=("--encoding", "iso-8859-6")),
        ),
        as_text(
            kind,
            "ISO 8859-6 chosen, and it is not",
            b"abc\xa1",
            refused(INVALID, "iso-8859-6", options=("--encoding", "iso-8859-6")),
        ),
        as_text(
            kind,
            "an encoding nobody knows",
            data,
            refused("formats.encoding_unknown", "klingon", options=("--encoding", "klingon")),
        ),
    ]


def _misread() -> list[Case]:
    kind, key = "mojibake", "formats.warning_mojibake"
    found = []
    for codec in ("latin-1", "cp1252", "cp1256"):
        text = "باران باری".encode().decode(codec, errors="replace").replace("\ufffd", "")
        for make in (as_text, as_news, as_gold):
            data = {as_text: text.encode(), as_news: news_of(text), as_gold: gold_of(text)}[make]
            found.append(make(kind, f"UTF-8 read as {codec}", data, warned(key, text)))
    lost = "هەو\ufffdلێر"
    found.append(as_text(kind, "letters lost", lost.encode(), warned("formats.warning_lost", lost)))
    return found
