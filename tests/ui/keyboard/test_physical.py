"""Keys by place: scan codes of each platform, the characters where there is none, chords."""

import pytest

from annotator.foundation.errors import Refused
from annotator.ui.keyboard.physical import KEYS, KeyPress, parse_chord, physical_key

# The table of the design: key, X11 keycode, Windows scan code, macOS virtual key.
PLACES = """
1 10 02 12 | 2 11 03 13 | 3 12 04 14 | 4 13 05 15 | 5 14 06 17 | 6 15 07 16 | 7 16 08 1a
8 17 09 1c | 9 18 0a 19 | 0 19 0b 1d | Minus 20 0c 1b | Equal 21 0d 18 | Q 24 10 0c
W 25 11 0d | E 26 12 0e | R 27 13 0f | T 28 14 11 | Y 29 15 10 | U 30 16 20 | I 31 17 22
O 32 18 1f | P 33 19 23 | BracketLeft 34 1a 21 | BracketRight 35 1b 1e | A 38 1e 00
S 39 1f 01 | D 40 20 02 | F 41 21 03 | G 42 22 05 | H 43 23 04 | J 44 24 26 | K 45 25 28
L 46 26 25 | Semicolon 47 27 29 | Apostrophe 48 28 27 | Grave 49 29 32 | Backslash 51 2b 2a
Z 52 2c 06 | X 53 2d 07 | C 54 2e 08 | V 55 2f 09 | B 56 30 0b | N 57 31 2d | M 58 32 2e
Comma 59 33 2b | Period 60 34 2f | Slash 61 35 2c | Space 65 39 31
"""
CELLS = [cell.split() for cell in PLACES.replace("\n", "|").split("|") if cell.strip()]

LEFT, BACKTAB, KEYPAD_ENTER, INSERT, SHIFT = 0x1000012, 0x1000002, 0x1000005, 0x1000006, 0x1000020


def key_of(platform="xcb", *, scan_code=0, virtual_key=0, qt_key=0, text="", shift=False):
    return physical_key(
        platform,
        scan_code=scan_code,
        virtual_key=virtual_key,
        qt_key=qt_key,
        text=text,
        shift=shift,
    )


@pytest.mark.parametrize("platform", ["xcb", "wayland", "wayland-egl", "offscreen", "minimal"])
def test_x11_and_wayland_scan_codes_name_the_place(platform):
    seen = [key_of(platform, scan_code=int(x11), qt_key=0x6D5) for _, x11, *_ in CELLS]
    assert seen == [key for key, *_ in CELLS]


def test_windows_scan_codes_name_the_place():
    seen = [key_of("windows", scan_code=int(scan, 16), qt_key=0x6D5) for _, _, scan, _ in CELLS]
    assert seen == [key for key, *_ in CELLS]


def test_mac_virtual_keys_name_the_place():
    seen = [
        key_of("cocoa", scan_code=1, virtual_key=int(mac, 16), qt_key=0x6D5) for *_, mac in CELLS
    ]
    assert seen == [key for key, *_ in CELLS]


@pytest.mark.parametrize(
    ("platform", "scan_code", "virtual_key", "qt_key", "text", "key"),
    [
        ("xcb", 113, 0xFF51, LEFT, "", "Left"),
        ("windows", 0x14B, 0x25, LEFT, "", "Left"),
        ("cocoa", 1, 0x7B, LEFT, "", "Left"),
        ("xcb", 23, 0xFE20, BACKTAB, "", "Tab"),
        ("xcb", 104, 0xFF8D, KEYPAD_ENTER, "\r", "Enter"),
        ("windows", 0x11C, 0x0D, KEYPAD_ENTER, "\r", "Enter"),
        ("xcb", 87, 0xFFB1, 0x31, "1", "1"),
        ("xcb", 87, 0xFF9C, 0x1000011, "", "End"),
        ("windows", 0x4F, 0x61, 0x31, "1", "1"),
        ("windows", 0x4F, 0x61, 0x661, "١", "1"),
        ("cocoa", 1, 0x53, 0x31, "1", "1"),
        ("xcb", 106, 0xFFAF, 0x2F, "/", "Slash"),
        ("windows", 0x135, 0x6F, 0x2F, "/", "Slash"),
        ("xcb", 86, 0xFFAB, 0x2B, "+", "Equal"),
        ("xcb", 82, 0xFFAD, 0x2D, "-", "Minus"),
        ("xcb", 91, 0xFFAE, 0x2E, ".", "Period"),
        ("xcb", 67, 0xFFBE, 0x1000030, "", "F1"),
        ("windows", 0x58, 0x7B, 0x100003B, "", "F12"),
        ("xcb", 65, 0x100200C, 0x200C, "\u200c", "Space"),
    ],
)
def test_keypad_and_keys_that_type_nothing(platform, scan_code, virtual_key, qt_key, text, key):
    assert (
        key_of(platform, scan_code=scan_code, virtual_key=virtual_key, qt_key=qt_key, text=text)
        == key
    )


@pytest.mark.parametrize(
    ("platform", "scan_code", "virtual_key", "qt_key", "text"),
    [
        ("xcb", 63, 0xFFAA, 0x2A, "*"),  # the keypad's asterisk is not the 8 key
        ("windows", 0x37, 0x6A, 0x2A, "*"),
        ("cocoa", 1, 0x43, 0x2A, "*"),
        ("xcb", 94, 0x3C, 0x3C, "<"),  # nor the European 102nd key the comma
        ("xcb", 118, 0xFF63, INSERT, ""),
        ("xcb", 50, 0xFFE1, SHIFT, ""),
        ("windows", 0x11, 0x648, 0, "و"),  # the second letter of KBDKURD's Shift+W
        ("xcb", 0, 0, 0, ""),
        ("xcb", 0, 0, 0x1FFFFFF, "\x05"),
        ("xcb", 0, 0, 0xDF, "ß"),
    ],
)
def test_keys_without_a_name(platform, scan_code, virtual_key, qt_key, text):
    found = key_of(platform, scan_code=scan_code, virtual_key=virtual_key, qt_key=qt_key, text=text)
    assert found is None


@pytest.mark.parametrize("platform", ["xcb", "windows", "cocoa", "offscreen", "minimal"])
@pytest.mark.parametrize(
    ("text", "shift", "key"),
    [
        ("e", False, "E"),
        ("E", True, "E"),
        ("[", False, "BracketLeft"),
        ("?", True, "Slash"),
        ("/", True, "Slash"),  # QTest.keyClick(Key_Slash, ShiftModifier)
        (",", False, "Comma"),
        ("ە", False, "E"),
        ("ق", False, "Q"),
        ("ڕ", True, "R"),
        ("ێ", True, "Y"),
        ("ه", False, "H"),
        ("ه", True, "E"),
        ("ش", True, "S"),  # phonetic layouts
        ("ش", False, "A"),  # Arabic-typewriter layouts
        ("چ", False, "Q"),
        ("ض", False, "Q"),
        ("ئ", False, "U"),
        ("لا", False, "B"),
        ("١", False, "1"),
        ("۱", False, "1"),
        ("٠", False, "0"),
        ("،", False, "Comma"),
        ("؟", True, "Slash"),
    ],
)
def test_without_a_scan_code_the_character_decides(platform, text, shift, key):
    assert key_of(platform, text=text, shift=shift) == key
    if len(text) == 1:
        assert key_of(platform, qt_key=ord(text.upper()), shift=shift) == key


def test_a_character_put_on_an_unused_scan_code_is_found_by_itself():
    assert key_of(scan_code=247, virtual_key=0x10006D5, qt_key=0x6D5, text="ە") == "E"


@pytest.mark.parametrize(
    ("spelling", "chord"),
    [
        ("E", "E"),
        ("Shift+Alt+Ctrl+Left", "Ctrl+Alt+Shift+Left"),
        ("Shift+Ctrl+Z", "Ctrl+Shift+Z"),
        ("Ctrl+0", "Ctrl+0"),
        ("F12", "F12"),
    ],
)
def test_chords_have_one_spelling(spelling, chord):
    assert parse_chord(spelling).chord == chord
    assert parse_chord(chord) == parse_chord(spelling)


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_key_can_be_written_as_a_chord(key):
    press = KeyPress(key=key, ctrl=True, shift=True)
    assert parse_chord(press.chord) == press


@pytest.mark.parametrize(
    ("chord", "reason"),
    [
        ("Shift", "keys.only_modifiers"),
        ("Ctrl+Alt", "keys.only_modifiers"),
        ("", "keys.unknown_chord"),
        ("Ctrl+", "keys.unknown_chord"),
        ("ctrl+E", "keys.unknown_chord"),
        ("ە", "keys.unknown_chord"),
        ("Meta+E", "keys.unknown_chord"),
        ("Ctrl+Ctrl+E", "keys.unknown_chord"),
    ],
)
def test_what_is_no_chord_is_refused(chord, reason):
    with pytest.raises(Refused) as refusal:
        parse_chord(chord)
    assert (refusal.value.key, refusal.value.values) == (reason, {"chord": chord})
