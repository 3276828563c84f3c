"""From Qt's key event to the press of a physical key."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from annotator.ui.keyboard.physical import KeyPress, physical_key

_BARE_MODIFIERS: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R,
        Qt.Key.Key_Hyper_L,
        Qt.Key.Key_Hyper_R,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_ScrollLock,
        Qt.Key.Key_Mode_switch,
        Qt.Key.Key_Multi_key,
        Qt.Key.Key_Direction_L,
        Qt.Key.Key_Direction_R,
    }
)

# QKeyEvent.nativeModifiers() of the Windows plug-in (qwindowskeymapper.cpp).
_WINDOWS_LEFT_CTRL = 0x02
_WINDOWS_RIGHT_ALT = 0x40
_WINDOWS_ALT_GR = _WINDOWS_LEFT_CTRL | _WINDOWS_RIGHT_ALT


def key_press_from(event: QKeyEvent, platform: str) -> KeyPress | None:
    """The press an event tells of; `platform` is ``QGuiApplication.platformName()``.

    None for a modifier pressed alone, for a key without a name in `physical.KEYS`, and while the
    Windows key (Control on a Mac) is down, whose chords belong to the system. AltGr is for typing
    and is no part of a chord: AltGr+E is E, on Windows too, where it arrives as Ctrl+Alt.
    """
    held = event.modifiers()
    if event.key() in _BARE_MODIFIERS or held & Qt.KeyboardModifier.MetaModifier:
        return None
    shift = bool(held & Qt.KeyboardModifier.ShiftModifier) or event.key() == Qt.Key.Key_Backtab
    key = physical_key(
        platform,
        scan_code=event.nativeScanCode(),
        virtual_key=event.nativeVirtualKey(),
        qt_key=event.key(),
        text=event.text(),
        shift=shift,
    )
    if key is None:
        return None
    is_alt_gr = _is_alt_gr(event, platform)
    return KeyPress(
        key=key,
        shift=shift,
        ctrl=bool(held & Qt.KeyboardModifier.ControlModifier) and not is_alt_gr,
        alt=bool(held & Qt.KeyboardModifier.AltModifier) and not is_alt_gr,
        text=event.text(),
        is_repeat=event.isAutoRepeat(),
    )


def _is_alt_gr(event: QKeyEvent, platform: str) -> bool:
    """Whether Ctrl and Alt are in truth the one AltGr key of a Windows keyboard.

    Windows reports AltGr as left Ctrl and right Alt held together, and Qt passes on which side is
    down. Elsewhere AltGr is Qt's GroupSwitchModifier, apart from Ctrl and Alt.
    """
    pair = event.nativeModifiers() & _WINDOWS_ALT_GR
    return platform == "windows" and pair == _WINDOWS_ALT_GR
