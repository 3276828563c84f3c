"""Text at its worst: Sorani, Latin, digits of three scripts, emoji and what cannot be seen, mixed.

Hidden characters for which a font has no glyph at all (soft hyphen, byte order mark) are not among
them: Qt counts the glyphs behind one a place too low, so `ink` could not tell the letters apart.
"""

import random

from annotator.core.span import Span

_WORDS = (
    *("سڵاو", "هەولێر", "کوردستانیش", "لا", "لله", "الله", "ئەڵڵا", "بڵاو", "گوڵ", "کتـــێب"),
    *("خوێندنەوە", "ڕۆژنامەکان", "باوه", "هه\u200cرێم", "ده\u200cکات", "لله\u200c", "ئێوه\u200c"),
    *("ه\u200d", "لَا", "سَّ", "ڵّێَ", "مُحَمَّد", "که\u0301رێ", "١٧ـیەم"),
)
_LATIN = ("Reuters", "Blue", "UN-7", "km²", "e\u0301lan", "O'Brien", "https://a.b/c", "x86")
_DIGITS = (
    *("٢٢", "٩", "٢٠٢٠", "1998", "۱۲۳۴", "٣٫٥", "12:30", "٢٠٢٠/٩/٢٢", "22-9-2020"),
    *("50%", "٪٥٠", "+964"),
)
_EMOJI = ("😀", "🌳🌲", "👩\u200d🌾", "👍🏽", "🇰🇼", "❤️")
_MARKS = (*"()[]«»\"'،؛؟.!…-–/:", " - ", "\u200c", "\u200f", "\u200e", "\u2067", "\u2069")
_SPACES = ("\u00a0", "ـ", "  ")
_KINDS = (_WORDS, _LATIN, _DIGITS, _EMOJI, _MARKS, _SPACES)
_LENGTHS = (1, 2, 3, 5, 12, 40, 90)


def ugly_text(length: int, *, seed: int) -> str:
    """At least `length` code points; the same ones for the same seed."""
    chance = random.Random(seed)
    text = ""
    while len(text) < length:
        (kind,) = chance.choices(_KINDS, weights=(48, 12, 12, 6, 16, 6))
        text += chance.choice(kind) + chance.choice((" ", " ", ""))
    return text.strip()


def random_spans(text: str, count: int, *, seed: int):
    """Spans of all lengths that begin anywhere, also inside a letter with its marks."""
    chance = random.Random(seed)
    for _ in range(count):
        start = chance.randrange(len(text))
        yield Span(start, min(start + chance.choice(_LENGTHS), len(text)))
