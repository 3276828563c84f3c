"""The words of the calendar: days of the week, months, and what points to a time from now.

They are written in standard Sorani letters; whoever compares them folds both sides at level L2,
which also covers ``دوشەممە``, ``ھەینی``, ``تەمموز`` and initial ``ر``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WEEKDAYS = (
    "شەممە",
    "یەکشەممە",
    "دووشەممە",
    "سێشەممە",
    "چوارشەممە",
    "پێنجشەممە",
    "هەینی",
)

WEEKDAY_OR_NAME = "جومعە"
"""Friday, but also a man's name: a weekday only after a word such as ``ڕۆژی``."""

DAY_PREFIXES = ("ئەمڕۆ", "ڕۆژی", "شەوی", "ئێوارەی", "بەیانی")

MONTHS: Mapping[str, int] = MappingProxyType(
    {
        "کانوونی دووەم": 1,
        "کانونی دووەم": 1,
        "شوبات": 2,
        "ئازار": 3,
        "نیسان": 4,
        "ئایار": 5,
        "حوزەیران": 6,
        "تەممووز": 7,
        "تەموز": 7,
        "ئاب": 8,
        "ئەیلوول": 9,
        "تشرینی یەکەم": 10,
        "ئۆکتۆبەر": 10,
        "تشرینی دووەم": 11,
        "نۆڤەمبەر": 11,
        "کانوونی یەکەم": 12,
        "کانونی یەکەم": 12,
    }
)
"""Months of the Gregorian calendar with their numbers."""

SOLAR_MONTHS = (
    "خاکەلێوە",
    "گوڵان",
    "بانەمەڕ",
    "جۆزەردان",
    "پووشپەڕ",
    "گەلاوێژ",
    "خەرمانان",
    "ڕەزبەر",
    "گەڵاڕێزان",
    "خەزەڵوەر",
    "سەرماوەز",
    "بەفرانبار",
    "ڕێبەندان",
    "ڕەشەمە",
)
"""Months of the Kurdish solar calendar; they begin on another day, so they yield no ISO date."""

MONTH_NUMBERS: Mapping[str, int] = MappingProxyType(
    {
        "یەک": 1,
        "دوو": 2,
        "سێ": 3,
        "چوار": 4,
        "پێنج": 5,
        "شەش": 6,
        "حەوت": 7,
        "هەشت": 8,
        "نۆ": 9,
        "دە": 10,
        "یازدە": 11,
        "دوازدە": 12,
    }
)
"""Number words as they follow ``مانگی``."""

RELATIVE_WORDS = ("ئەمڕۆ", "دوێنێ", "سبەی", "ئەمشەو", "ئەمساڵ", "ئەم هەفتەیە")
PERIODS = ("ساڵی", "مانگی", "هەفتەی", "شەوی", "ڕۆژی")
PAST_OR_COMING = ("ڕابردوو", "داهاتوو")
MONTH_OF = "مانگی"
YEAR = "ساڵ"
YEAR_OF = "ساڵی"
CLOCK = "کاتژمێر"
EDGE_CLITICS = ("ی", "ش", "یش", "دا", "ەوە", "وە", "ە", "یە")
"""What may be written to a date word without being part of the date."""


def days_in_month(year: int, month: int) -> int:
    """The days of a Gregorian month; `month` is 1 to 12."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 29 if is_leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
