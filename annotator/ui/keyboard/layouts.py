"""What each key types under the keyboard layouts our annotators use, and its two printed caps.

Keys are named by their US-QWERTY position (`physical.KEYS`); a layout says which characters the key
at that position types. Sources: ``us``, ``iq(ku_ara)`` and ``ara`` are xkb-data 2.35.1;
``KBDKURD`` is the Windows driver KBDKURD.DLL (00000492) as imported by Keyman; ``arkbd`` is the
Arabic-typewriter layout of Wikimedia's jquery.ime, ``ckb-transliteration-arkbd``. Windows
Arabic 101 (KBDA1.DLL) types the letters of ``ara``, but for B, which types two letters there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

LATIN = "us"
KURDISH = "iq(ku_ara)"

# Each cell is "key plain shift", cells are two spaces apart. An editor that reorders right-to-left
# text may *show* plain and shift exchanged; in the file plain always comes first.
_TABLES: Final = {
    "us": r"""
        1 1 !  2 2 @  3 3 #  4 4 $  5 5 %  6 6 ^  7 7 &  8 8 *  9 9 (  0 0 )
        Minus - _  Equal = +  Grave ` ~  Backslash \ |
        Q q Q  W w W  E e E  R r R  T t T  Y y Y  U u U  I i I  O o O  P p P
        BracketLeft [ {  BracketRight ] }
        A a A  S s S  D d D  F f F  G g G  H h H  J j J  K k K  L l L
        Semicolon ; :  Apostrophe ' "
        Z z Z  X x X  C c C  V v V  B b B  N n N  M m M
        Comma , <  Period . >  Slash / ?
    """,
    "iq(ku_ara)": """
        1 ١ !  2 ٢ @  3 ٣ #  4 ٤ $  5 ٥ %  6 ٦ ^  7 ٧ &  8 ٨ *  9 ٩ )  0 ٠ (
        Minus - ـ  Equal = +  Grave \u200d ÷  Backslash \\ |
        Q ق X  W و X  E ە ه  R ر ڕ  T ت ط  Y ی ێ  U ئ ء  I ح ع  O ۆ ؤ  P پ ث
        BracketLeft ] }  BracketRight [ {
        A ا آ  S س ش  D د ذ  F ف إ  G گ غ  H ه \u200c  J ژ أ  K ک ك  L ل ڵ
        Semicolon ؛ :  Apostrophe ' "
        Z ز ض  X خ ص  C ج چ  V ڤ ظ  B ب ى  N ن ة  M م ـ
        Comma ، >  Period . <  Slash / ؟
    """,
    "KBDKURD": """
        1 ١ !  2 ٢ @  3 ٣ #  4 ٤ $  5 ٥ ٪  6 ٦ ^  7 ٧ &  8 ٨ *  9 ٩ )  0 ٠ (
        Minus - _  Equal = +  Grave ` ~  Backslash \\ |
        Q ق `  W و وو  E ە ي  R ر ڕ  T ت ط  Y ی ێ  U ئ ء  I ح ع  O ۆ ؤ  P پ ث
        BracketLeft ] }  BracketRight [ {
        A ا آ  S س ش  D د ذ  F ف إ  G گ غ  H ه \u200c  J ژ أ  K ک ك  L ل ڵ
        Semicolon ؛ :  Apostrophe ' "
        Z ز ض  X خ ص  C ج چ  V ڤ ظ  B ب ى  N ن ة  M م ـ
        Comma ، >  Period . <  Slash / ؟
    """,
    "arkbd": """
        1 ١ !  2 ٢ @  3 ٣ #  4 ٤ $  5 ٥ ٪  6 ٦ ^  7 ٧ &  8 ٨ *  9 ٩ )  0 ٠ (
        Minus - _  Equal = +  Grave ژ ~  Backslash \\ |
        Q چ ض  W ص }  E پ ث  R ق {  T ف ڤ  Y غ إ  U ع ۊ  I ھ '  O خ "  P ح ؛
        BracketLeft ج >  BracketRight د <
        A ش [  S س ]  D ی ێ  F ب  G ل ڵ  H ا أ  J ت ـ  K ن ،  L م \\
        Semicolon ک :  Apostrophe گ ط
        Z ئ ڎ  X ء وو  C ۆ ؤ  V ر ڕ  B لا ڵا  N ى آ  M ە ة
        Comma و ٫  Period ز .  Slash / ؟
    """,
    "ara": """
        1 1 !  2 2 @  3 3 #  4 4 $  5 5 %  6 6 ^  7 7 &  8 8 *  9 9 )  0 0 (
        Minus - _  Equal = +  Grave ذ \u0651  Backslash \\ …
        Q ض \u064e  W ص \u064b  E ث \u064f  R ق \u064c  T ف \ufef9  Y غ إ  U ع `  I ه ÷
        O خ ×  P ح ؛  BracketLeft ج <  BracketRight د >
        A ش \u0650  S س \u064d  D ي ]  F ب [  G ل \ufef7  H ا أ  J ت ـ  K ن ،  L م /
        Semicolon ك :  Apostrophe ط "
        Z ئ ~  X ء \u0652  C ؤ }  V ر {  B \ufefb \ufef5  N ى آ  M ة '
        Comma و ,  Period ز .  Slash ظ ؟
    """,
}

LAYOUTS: Final = tuple(_TABLES)
_INVISIBLE = frozenset("\u200c\u200d")


class Caps(Struct, frozen=True, kw_only=True):
    """What is printed on one key: its Latin cap and its Kurdish one.

    `kurdish` is empty where the key types the Latin character too, or nothing one can see.
    """

    latin: str
    kurdish: str


def characters(layout: str, key: str) -> tuple[str, str]:
    """What `key` types under one of `LAYOUTS`: (plain, with Shift).

    More than one character where one key types two letters (وو), empty where it types none.
    Raises `KeyError` for an unknown layout and for a key that types no character.
    """
    return _CHARACTERS[layout][key]


def typing_keys() -> tuple[str, ...]:
    """The keys that type a visible character, digits first."""
    return tuple(_CHARACTERS[LATIN])


def caps(key: str) -> Caps:
    """The caps of a key that types a character: ``caps("E")`` has ``E`` and ``ە``."""
    latin = characters(LATIN, key)[0].upper()
    kurdish = characters(KURDISH, key)[0]
    is_telling = kurdish != latin and kurdish not in _INVISIBLE
    return Caps(latin=latin, kurdish=kurdish if is_telling else "")


def shown(key: str) -> str:
    """The caps of a typing key in one string, ``E / ە``; just ``/`` where both are the same."""
    both = caps(key)
    return f"{both.latin} / {both.kurdish}" if both.kurdish else both.latin


def _parsed(table: str) -> Mapping[str, tuple[str, str]]:
    cells = [cell.split(" ") for cell in re.split(r"\s{2,}", table.strip())]
    return MappingProxyType({key: (typed[0], "".join(typed[1:])) for key, *typed in cells})


_CHARACTERS: Final = MappingProxyType({name: _parsed(table) for name, table in _TABLES.items()})
