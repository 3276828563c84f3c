"""Which key was pressed, by its place on the keyboard and not by the letter it types.

The same finger must give the same command under every layout, so a key is named by what a US
keyboard prints there: ``"E"`` is the key that types ە under the Kurdish layouts. The window system
reports the place in a different number on each platform:

* X11 and Wayland: scan code = PC set-1 code + 8;
* Windows: scan code = set-1 code, with bit 0x100 for the extended keys (arrows, keypad slash);
* macOS: the scan code is always 1, the place is the virtual key;
* on-screen keyboards, remote desktops and ``QTest``: no scan code, so the typed character decides.

Keys that type nothing (arrows, Enter, F-keys) and the keypad are taken by the code Qt gives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from annotator.foundation.errors import Refused
from annotator.ui.keyboard.layouts import LATIN, LAYOUTS, characters, typing_keys

MODIFIERS: Final = ("Ctrl", "Alt", "Shift")
_XKB_OFFSET = 8


def _runs(*runs: tuple[int, tuple[str, ...]]) -> dict[int, str]:
    """From code to key, written as runs of keys whose codes follow each other."""
    return {first + step: key for first, keys in runs for step, key in enumerate(keys)}


_SET_1: Final = _runs(
    (0x02, (*"1234567890", "Minus", "Equal")),
    (0x10, (*"QWERTYUIOP", "BracketLeft", "BracketRight")),
    (0x1E, (*"ASDFGHJKL", "Semicolon", "Apostrophe", "Grave")),
    (0x2B, ("Backslash", *"ZXCVBNM", "Comma", "Period", "Slash")),
    (0x39, ("Space",)),
)
# Carbon's kVK_ANSI_… codes.
_MAC: Final = _runs(
    (0x00, tuple("ASDFHGZXCV")),
    (0x0B, tuple("BQWERYT123465")),
    (0x18, ("Equal", "9", "7", "Minus", "8", "0", "BracketRight", "O", "U", "BracketLeft")),
    (0x22, ("I", "P")),
    (0x25, ("L", "J", "Apostrophe", "K", "Semicolon", "Backslash", "Comma", "Slash")),
    (0x2D, ("N", "M", "Period")),
    (0x31, ("Space", "Grave")),
)

# The keypad's asterisk and the 102nd key of European keyboards type characters that belong to
# other keys on a US keyboard; they must not be taken for those.
# An extended Windows code (bit 0x100) is in no table, so it is taken by its Qt code.
_SET_1_WITHOUT_NAME = frozenset({0x37, 0x56})
_MAC_WITHOUT_NAME = frozenset({0x43, 0x0A})

# Qt.Key values. Numbers, because this module is used and tested without Qt.
_NAMED: Final = {
    0x01000000: "Escape",
    0x01000001: "Tab",
    0x01000002: "Tab",  # Backtab: Qt's name for Shift+Tab
    0x01000003: "Backspace",
    0x01000004: "Enter",
    0x01000005: "Enter",  # the keypad's
    0x01000007: "Delete",
    0x01000010: "Home",
    0x01000011: "End",
    0x01000012: "Left",
    0x01000013: "Up",
    0x01000014: "Right",
    0x01000015: "Down",
    0x01000016: "PageUp",
    0x01000017: "PageDown",
    0x20: "Space",
    **{0x01000030 + step: f"F{step + 1}" for step in range(12)},
}
_KEYPAD: Final = {"+": "Equal", "-": "Minus", "/": "Slash", ".": "Period"}
_FIRST_QT_NAME = 0x01000000

KEYS: Final = frozenset((*typing_keys(), *_NAMED.values()))


class KeyPress(Struct, frozen=True, kw_only=True):
    """One press of a key with the modifiers that were down; `text` is what it would have typed."""

    key: str
    shift: bool = False
    ctrl: bool = False
    alt: bool = False
    text: str = ""
    is_repeat: bool = False

    @property
    def chord(self) -> str:
        """The press in the one spelling the keymap uses, e.g. ``Ctrl+Alt+Shift+Left``."""
        held = zip(MODIFIERS, (self.ctrl, self.alt, self.shift), strict=True)
        return "+".join((*(name for name, is_down in held if is_down), self.key))


@lru_cache(maxsize=1024)
def parse_chord(chord: str) -> KeyPress:
    """The press a chord such as ``Ctrl+Shift+Left`` stands for; modifiers in any order.

    Raises `Refused` for an unknown key, an unknown or repeated modifier, and modifiers alone.
    """
    *modifiers, key = chord.split("+")
    if key in MODIFIERS:
        raise Refused("keys.only_modifiers", chord=chord)
    is_known = key in KEYS and set(modifiers) <= set(MODIFIERS)
    if not is_known or len(set(modifiers)) < len(modifiers):
        raise Refused("keys.unknown_chord", chord=chord)
    return KeyPress(
        key=key, shift="Shift" in modifiers, ctrl="Ctrl" in modifiers, alt="Alt" in modifiers
    )


def physical_key(
    platform: str,
    *,
    scan_code: int,
    virtual_key: int,
    qt_key: int,
    text: str,
    shift: bool = False,
) -> str | None:
    """The key of `KEYS` that was pressed, or None for a key without a name here.

    `platform` is the name of Qt's platform plug-in. ``offscreen`` and others without a keyboard of
    their own are read as X11 when they bring a scan code. `shift` only helps to choose between
    layouts when nothing but the character is known: ش is Shift+S on a phonetic layout and plain A
    on an Arabic one.
    """
    if scan_code == 0:
        return _by_qt_key(qt_key) or _by_character(qt_key, text, shift=shift)
    if platform == "windows" and qt_key == 0 and text and virtual_key == ord(text[0]):
        # A key that types two letters (وو) comes as its own press and, for every further
        # letter, another without a key code whose virtual key is that letter.
        return None
    if platform == "cocoa":
        key, is_nameless = _MAC.get(virtual_key), virtual_key in _MAC_WITHOUT_NAME
    else:
        code = scan_code if platform == "windows" else scan_code - _XKB_OFFSET
        key, is_nameless = _SET_1.get(code), code in _SET_1_WITHOUT_NAME
    if key is None:
        key = _by_qt_key(qt_key) or _KEYPAD.get(_character(qt_key))
    if key is None and not is_nameless:
        # A key that some program has put on an unused scan code in order to type one character.
        key = _by_character(qt_key, text, shift=shift)
    return key


def _by_qt_key(qt_key: int) -> str | None:
    return _NAMED.get(qt_key) or _digit(_character(qt_key))


def _digit(character: str) -> str | None:
    """The digit key of a digit in any script."""
    return str(int(character)) if len(character) == 1 and character.isdecimal() else None


def _by_character(qt_key: int, text: str, *, shift: bool) -> str | None:
    levels = (_BY_SHIFT, _BY_PLAIN) if shift else (_BY_PLAIN, _BY_SHIFT)
    for typed in (_character(qt_key), text):
        digit = _digit(typed)
        if digit is not None:
            return digit
        for keys in (_BY_LATIN, *levels):
            if typed in keys:
                return keys[typed]
    return None


def _character(qt_key: int) -> str:
    return chr(qt_key).lower() if 0 < qt_key < _FIRST_QT_NAME and qt_key <= 0x10FFFF else ""


def _characters_of(layouts: Iterable[str], level: int) -> Mapping[str, str]:
    """From typed character to key; where layouts differ the earlier one wins."""
    keys: dict[str, str] = {}
    for layout in layouts:
        for key in typing_keys():
            typed = characters(layout, key)[level]
            if typed:
                keys.setdefault(typed, key)
    return MappingProxyType(keys)


_OTHERS: Final = tuple(layout for layout in LAYOUTS if layout != LATIN)
_BY_LATIN: Final = {**_characters_of((LATIN,), 1), **_characters_of((LATIN,), 0)}
_BY_PLAIN: Final = _characters_of(_OTHERS, 0)
_BY_SHIFT: Final = _characters_of(_OTHERS, 1)
