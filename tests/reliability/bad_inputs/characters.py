"""Characters that are refused, warned about or kept: from NUL to astral letters."""

from __future__ import annotations

import json

from tests.reliability.bad_inputs.case import (
    Case,
    as_gold,
    as_news,
    as_text,
    changed_gold,
    gold_of,
    news_of,
    over_all,
    refused,
    unchanged,
    warned,
)


def cases() -> list[Case]:
    """All cases of this module."""
    return [*_refused(), *_warned(), *_kept(), *_surrogates(), *_line_ends(), *_blank()]


def _refused() -> list[Case]:
    found = []
    for name, letter in (("NUL", "\0"), ("backspace", "\b"), ("escape", "\x1b")):
        kind = "NUL" if letter == "\0" else "control, noncharacter, private use, invisible"
        what, code = ("nul" if letter == "\0" else "control"), f"U+{ord(letter):04X}"
        text = f"یەک\nدوو{letter}سێ"
        place = (code, "line 2", "column 4")
        news = json.dumps([{"id": "n", "text": text}]).encode()
        found += [
            as_text(kind, name, text.encode(), refused(f"formats.text_{what}", *place)),
            as_news(kind, name, news, refused(f"formats.news_text_{what}", *place)),
            as_gold(
                kind, name, changed_gold("text", text), refused("formats.check_character", code)
            ),
        ]
    raw = news_of("@").replace(b"@", b"a\x01b")
    found.append(
        as_news(
            "control, noncharacter, private use, invisible",
            "raw in JSON",
            raw,
            refused("formats.json_syntax", "line 1"),
        )
    )
    return found


_WARNED = {
    "C1 control": ("\x90", "control"),
    "DEL": ("\x7f", "control"),
    "noncharacter": ("\ufdd0", "noncharacter"),
    "last code point": ("\U0010ffff", "noncharacter"),
    "private use": ("\ue000", "private"),
    "private plane": ("\U000f0000", "private"),
    "word joiner": ("\u2060", "invisible"),
    "soft hyphen": ("\u00ad", "invisible"),
}
_TURNING = {
    "right-to-left override": "\u202e",
    "left-to-right override": "\u202d",
    "embedding without end": "\u202b",
    "isolate without end": "\u2067",
    "an end without isolate": "\u2069",
}


def _warned() -> list[Case]:
    found = []
    kind = "control, noncharacter, private use, invisible"
    for name, (letter, what) in _WARNED.items():
        text = f"کورد{letter}ستان"
        found += _through_all(kind, name, text, f"formats.warning_{what}", f"U+{ord(letter):04X}")
    for name, letter in _TURNING.items():
        text = f"فایل{letter}gpj.exe"
        kind, key = "bidi overrides/isolates", "formats.warning_bidi"
        found += _through_all(kind, name, text, key, f"U+{ord(letter):04X}")
    return found


def _through_all(kind: str, name: str, text: str, key: str, code: str) -> list[Case]:
    ending = warned(key, text, says=(code,))
    return [
        as_text(kind, name, text.encode(), ending),
        as_news(kind, name, news_of(text), ending),
        as_gold(kind, name, gold_of(text), ending),
    ]


_KEPT = {
    "ZWNJ": "می\u200cخوات",
    "RLM and LRM": "کورد\u200f.\u200e",
    "tatweel": "کــورد",
    "presentation forms": "\ufe91\ufeae\ufef5",
    "marks alone": "\u064b \u0650",
    "Arabic letters for Kurdish": "كوردي ھەولێر",
    "composed and taken apart": "\u0622 \u0627\u0653",
    "digits of three scripts": "12 ١٢ ۱۲",
}
_ASTRAL = {
    "emoji": "x😀ی",
    "family": "👨\u200d👩\u200d👧 خێزان",
    "ancient script": "\U00010331 \U0001e900",
    "emoji at both ends": "😀کورد😀",
}


def _kept() -> list[Case]:
    found = []
    kind = "ZWNJ, RLM, tatweel, presentation forms, marks, Arabic letters"
    for name, text in _KEPT.items():
        found += over_all(kind, name, text, unchanged(text))
    for name, text in _ASTRAL.items():
        found += over_all("astral letters", name, text, unchanged(text))
    pair = b'[{"id": "n", "text": "x\\ud83d\\ude00"}]'
    found.append(as_news("astral letters", "as a pair of escapes", pair, unchanged("x😀")))
    return found


def _surrogates() -> list[Case]:
    kind = "lone surrogates"
    key = "formats.json_surrogate"
    return [
        as_news(kind, "high", rb'[{"text": "a\ud800b"}]', refused(key, "line 1")),
        as_news(kind, "low", rb'[{"text": "a\udc00b"}]', refused(key, "line 1")),
        as_news(kind, "reversed pair", rb'[{"text": "a\ude00\ud83d"}]', refused(key)),
        as_news(kind, "in a key", rb'[{"text": "a", "\ud800": 1}]', refused(key)),
        as_news(kind, "in a title", rb'[{"text": "a", "title": "\ud800"}]', refused(key)),
        as_news(kind, "raw", news_of("a\ud800"), refused("formats.bytes_surrogate", "byte")),
        as_gold(
            kind,
            "escaped",
            gold_of("aZb").replace(b'"aZb"', rb'"a\ud800b"'),
            refused(key, "line 1"),
        ),
        as_gold(kind, "raw", changed_gold("text", "a\ud800"), refused("formats.bytes_surrogate")),
        as_text(
            kind,
            "raw",
            "a\ud800".encode("utf-8", "surrogatepass"),
            refused("formats.bytes_surrogate", 1),
        ),
    ]


def _line_ends() -> list[Case]:
    kind = "CRLF, CR, U+2028/2029/0085, NBSP"
    found = []
    for name, text in {
        "CRLF": "یەک\r\nدوو\r\n",
        "CR": "یەک\rدوو",
        "mixed": "١\r\n٢\n٣\r٤\n\r٥",
    }.items():
        stored = text.replace("\r\n", "\n").replace("\r", "\n")
        found += [
            as_text(kind, name, text.encode(), unchanged(stored)),
            as_news(kind, name, news_of(text), unchanged(stored)),
            as_gold(
                kind,
                name,
                changed_gold("text", text),
                refused("formats.check_character", "U+000D"),
            ),
        ]
    for name, text in {
        "LS, PS and NEL": "١\u2028٢\u2029٣\x85٤",
        "NBSP and narrow NBSP": "a\u00a0b\u202fc",
        "blanks at the edges": "\n\n  کورد \t \n",
    }.items():
        found += over_all(kind, name, text, unchanged(text))
    return found


def _blank() -> list[Case]:
    kind = "nothing to annotate"
    return [
        as_text(kind, "empty file", b"", refused("formats.text_empty")),
        as_text(kind, "blanks", b" \n\t\n", refused("formats.text_empty")),
        as_text(kind, "NBSP only", "\u00a0".encode(), refused("formats.text_empty")),
        as_news(kind, "empty file", b"", refused("formats.json_syntax")),
        as_news(kind, "no records", b"[]", refused("formats.news_no_text_field")),
        as_news(kind, "blank texts", news_of(" "), refused("formats.news_no_text_field")),
    ]
