"""The language of the tests for pressing keys: events as Qt delivers them under each layout.

``press(widget, "Shift+Left E", layout="iq(ku_ara)")`` presses physical keys. The xcb values were
compared with Qt 6.11 on X11 under ``setxkbmap`` us, iq(ku_ara) and ara; the Windows values follow
qwindowskeymapper.cpp of Qt 6.
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui.keyboard.layouts import characters, typing_keys
from annotator.ui.keyboard.physical import KeyPress, parse_chord

XKB_ROWS = (
    (10, "1234567890"),
    (20, ("Minus", "Equal")),
    (24, (*"QWERTYUIOP", "BracketLeft", "BracketRight")),
    (38, (*"ASDFGHJKL", "Semicolon", "Apostrophe", "Grave")),
    (51, ("Backslash", *"ZXCVBNM", "Comma", "Period", "Slash")),
)
XKB = {key: first + step for first, row in XKB_ROWS for step, key in enumerate(row)}
WINDOWS_VK = {key: ord(key) for key in (*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *"0123456789")} | {
    "Semicolon": 0xBA,
    "Equal": 0xBB,
    "Comma": 0xBC,
    "Minus": 0xBD,
    "Period": 0xBE,
    "Slash": 0xBF,
    "Grave": 0xC0,
    "BracketLeft": 0xDB,
    "Backslash": 0xDC,
    "BracketRight": 0xDD,
    "Apostrophe": 0xDE,
}
MAC_VK = dict(zip("ASDFHGZXCV", range(10), strict=True)) | dict(
    zip("BQWERYT123465", range(11, 24), strict=True)
)
MAC_VK |= {"9": 25, "7": 26, "8": 28, "0": 29, "O": 31, "U": 32, "I": 34, "P": 35, "L": 37}
MAC_VK |= {"J": 38, "K": 40, "N": 45, "M": 46, "Equal": 24, "Minus": 27, "BracketRight": 30}
MAC_VK |= {"BracketLeft": 33, "Apostrophe": 39, "Semicolon": 41, "Backslash": 42, "Comma": 43}
MAC_VK |= {"Slash": 44, "Period": 47, "Grave": 50}

# key: (Qt key, text, X11 keycode, X11 keysym, Windows scan code, Windows and Mac virtual key)
NAMED = {
    "Escape": (Qt.Key.Key_Escape, "\x1b", 9, 0xFF1B, 0x01, 0x1B, 0x35),
    "Backspace": (Qt.Key.Key_Backspace, "\b", 22, 0xFF08, 0x0E, 0x08, 0x33),
    "Tab": (Qt.Key.Key_Tab, "\t", 23, 0xFF09, 0x0F, 0x09, 0x30),
    "Enter": (Qt.Key.Key_Return, "\r", 36, 0xFF0D, 0x1C, 0x0D, 0x24),
    "Space": (Qt.Key.Key_Space, " ", 65, 0x20, 0x39, 0x20, 0x31),
    "Home": (Qt.Key.Key_Home, "", 110, 0xFF50, 0x147, 0x24, 0x73),
    "Up": (Qt.Key.Key_Up, "", 111, 0xFF52, 0x148, 0x26, 0x7E),
    "PageUp": (Qt.Key.Key_PageUp, "", 112, 0xFF55, 0x149, 0x21, 0x74),
    "Left": (Qt.Key.Key_Left, "", 113, 0xFF51, 0x14B, 0x25, 0x7B),
    "Right": (Qt.Key.Key_Right, "", 114, 0xFF53, 0x14D, 0x27, 0x7C),
    "End": (Qt.Key.Key_End, "", 115, 0xFF57, 0x14F, 0x23, 0x77),
    "Down": (Qt.Key.Key_Down, "", 116, 0xFF54, 0x150, 0x28, 0x7D),
    "PageDown": (Qt.Key.Key_PageDown, "", 117, 0xFF56, 0x151, 0x22, 0x79),
    "Delete": (Qt.Key.Key_Delete, "\x7f", 119, 0xFFFF, 0x153, 0x2E, 0x75),
}
MAC_F = (0x7A, 0x78, 0x63, 0x76, 0x60, 0x61, 0x62, 0x64, 0x65, 0x6D, 0x67, 0x6F)
for number, mac in enumerate(MAC_F, 1):
    xkb, scan = (66 + number, 0x3A + number) if number <= 10 else (84 + number, 0x4C + number)
    qt_key = Qt.Key(Qt.Key.Key_F1.value + number - 1)
    NAMED[f"F{number}"] = (qt_key, "", xkb, 0xFFBD + number, scan, 0x6F + number, mac)

MODIFIERS = {
    "shift": (Qt.KeyboardModifier.ShiftModifier, 0x01, 0x01),
    "ctrl": (Qt.KeyboardModifier.ControlModifier, 0x04, 0x02),
    "alt": (Qt.KeyboardModifier.AltModifier, 0x08, 0x04),
}


def key_event(chord, layout="us", platform="xcb", type=QEvent.Type.KeyPress, *, is_repeat=False):
    """The event Qt makes when the chord of *physical* keys is pressed under the layout."""
    wanted = parse_chord(chord)
    named = wanted.key in NAMED
    qt_key, text = _named(wanted) if named else _typed(wanted, layout, platform)
    scan, virtual = _native(wanted, layout, platform)
    held, native = Qt.KeyboardModifier.NoModifier, 0
    for name, (modifier, on_x11, on_windows) in MODIFIERS.items():
        if getattr(wanted, name):
            held |= modifier
            native |= on_windows if platform == "windows" else on_x11
    return QKeyEvent(type, int(qt_key), held, scan, virtual, native, text, is_repeat)


def press(widget: QWidget, chords: str, *, layout="us", platform="xcb"):
    """Press chords one after another (separated by spaces) with `widget` in focus."""
    for chord in chords.split():
        for type in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, key_event(chord, layout, platform, type))
        for event in further_letters(chord, layout, platform):
            QApplication.sendEvent(widget, event)


def further_letters(chord, layout, platform):
    """What Windows sends after a key that types several letters: press and release of each."""
    wanted = parse_chord(chord)
    if platform != "windows" or wanted.key in NAMED or wanted.ctrl:
        return []
    first = key_event(chord, layout, platform)
    return [
        QKeyEvent(type, 0, first.modifiers(), first.nativeScanCode(), ord(letter), 0, letter, False)
        for letter in characters(layout, wanted.key)[wanted.shift][1:]
        for type in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
    ]


def typed_by(layout, key, *, shift=False):
    """What the key types under the layout, for what a text field should receive."""
    return characters(layout, key)[shift]


def typing_events(layout, platform="xcb"):
    """(key, event) for every key that types under the layout, with and without Shift."""
    for key in typing_keys():
        for chord in (key, f"Shift+{key}"):
            yield chord, key_event(chord, layout, platform)


def _named(wanted: KeyPress):
    if wanted.key == "Tab" and wanted.shift:
        return Qt.Key.Key_Backtab, ""
    return NAMED[wanted.key][:2]


def _typed(wanted: KeyPress, layout, platform):
    """(Qt key, text) of a key that types."""
    text = characters(layout, wanted.key)[wanted.shift]
    if platform == "windows":
        if wanted.ctrl and wanted.key.isalpha() and len(wanted.key) == 1:
            return ord(wanted.key), chr(ord(wanted.key) & 0x1F)
        return (ord(text[0].upper()), text[0]) if text else (0, "")
    qt_key = ord(text[0].upper()) if text else 0
    if text.isdecimal():
        qt_key = ord(str(int(text)))  # QXkbCommon takes every digit for its Latin one
    return qt_key, _with_control(text) if wanted.ctrl and platform != "cocoa" else text


def _with_control(text):
    """X11's control characters; letters other than Latin stay what they are."""
    if "@" <= text <= "\x7f":
        return chr(ord(text) & 0x1F)
    return {"2": "\0", "8": "\x7f", "/": "\x1f"}.get(
        text, chr(ord(text) - 0x18) if "3" <= text <= "7" else text
    )


def _native(wanted: KeyPress, layout, platform):
    """(scan code, virtual key)."""
    key = wanted.key
    if key in NAMED:
        _, _, xkb, keysym, scan, windows_vk, mac_vk = NAMED[key]
        keysym = 0xFE20 if (key, wanted.shift) == ("Tab", True) else keysym
    else:
        xkb, scan, windows_vk, mac_vk = XKB[key], XKB[key] - 8, WINDOWS_VK[key], MAC_VK[key]
        keysym = _keysym(characters(layout, key)[wanted.shift], layout)
    on_platform = {"windows": (scan, windows_vk), "cocoa": (1, mac_vk)}
    return on_platform.get(platform, (xkb, keysym))


def _keysym(text, layout):
    """X11's name of a character: old codes for Arabic, Unicode for the Kurdish letters."""
    code = ord(text[0]) if text else 0
    is_old_arabic = code in (0x60C, 0x61B, 0x61F, *range(0x621, 0x63B), *range(0x640, 0x653))
    if is_old_arabic and (code, layout) != (0x649, "iq(ku_ara)"):
        return code - 0x60
    return {0x2026: 0xAAE}.get(code, code if code < 0x100 else code | 0x0100_0000)
