"""What the layouts type, and the caps the legend shows."""

import pytest

from annotator.ui.keyboard.layouts import LAYOUTS, Caps, caps, characters, shown, typing_keys

ROW = "QWERTYUIOP"


def test_every_layout_describes_every_typing_key():
    assert len(typing_keys()) == 47
    for layout in LAYOUTS:
        assert all(characters(layout, key)[0] for key in typing_keys()), layout


@pytest.mark.parametrize(
    ("layout", "plain", "shift"),
    [
        ("us", "qwertyuiop", "QWERTYUIOP"),
        ("iq(ku_ara)", "قوەرتیئحۆپ", "XXهڕطێءعؤث"),
        ("KBDKURD", "قوەرتیئحۆپ", "`وويڕطێءعؤث"),
        ("arkbd", "چصپقفغعھخح", "ض}ث{ڤإۊ'\"؛"),
        ("ara", "ضصثقفغعهخح", "\u064e\u064b\u064f\u064c\ufef9إ`÷×؛"),
    ],
)
def test_the_top_row_of_letters(layout, plain, shift):
    assert "".join(characters(layout, key)[0] for key in ROW) == plain
    assert "".join(characters(layout, key)[1] for key in ROW) == shift


@pytest.mark.parametrize(
    ("layout", "key", "typed"),
    [
        ("KBDKURD", "W", ("و", "وو")),
        ("KBDKURD", "BracketLeft", ("]", "}")),
        ("iq(ku_ara)", "H", ("ه", "\u200c")),
        ("iq(ku_ara)", "9", ("٩", ")")),
        ("arkbd", "F", ("ب", "")),
        ("arkbd", "B", ("لا", "ڵا")),
        ("ara", "B", ("\ufefb", "\ufef5")),
        ("us", "Backslash", ("\\", "|")),
    ],
)
def test_peculiar_keys(layout, key, typed):
    assert characters(layout, key) == typed


def test_phonetic_layouts_agree_on_plain_letters():
    letters = [key for key in typing_keys() if len(key) == 1]
    plain = [[characters(name, key)[0] for key in letters] for name in ("iq(ku_ara)", "KBDKURD")]
    assert plain[0] == plain[1]


def test_both_caps():
    assert caps("E") == Caps(latin="E", kurdish="ە")
    assert [shown(key) for key in ("E", "1", "BracketLeft", "Comma", "Slash", "Grave")] == [
        "E / ە",
        "1 / ١",
        "[ / ]",
        ", / ،",
        "/",
        "`",
    ]


def test_keys_that_type_nothing_have_no_caps_here():
    with pytest.raises(KeyError):
        caps("Left")
