"""Which names stand behind a preposition."""

import pytest

from annotator.kurdish.prepositions import follows_preposition


@pytest.mark.parametrize(
    ("text", "name", "answer"),
    [
        ("بە وەزیرەکەی ڕاگەیاند", "وەزیرەکەی", True),
        ("دوێنێ لە  هەولێر", "هەولێر", True),
        ("له‌گه‌ڵ کاوە دوا", "کاوە", True),
        ("لەلایەن کاوە نووسرا", "کاوە", False),
        ("سەرۆک ئازاد گوتی", "ئازاد", False),
        ("ئازاد گوتی", "ئازاد", False),
        ("  ئازاد گوتی", "ئازاد", False),
        ("نووسراوەکەی لەگەڵکاوە", "کاوە", False),
    ],
)
def test_a_name_after_a_preposition(text, name, answer):
    assert follows_preposition(text, text.index(name)) is answer
