"""Expressions of time as suggestions."""

from msgspec.structs import replace

from annotator.suggest.dates import DATES
from tests.suggest.readers import ask, knowledge, said, scheme

TEXT = "سبەی دووشەممە لە ١٢ی ئازاری ٢٠٢٤، ئەمساڵ"


def test_times_are_suggested_and_written_dates_with_their_value():
    text, found = ask(DATES, TEXT)
    assert [(o.fragments.of(text), o.reason.key, o.details.attrs) for o in found] == [
        ("سبەی دووشەممە", "reason.time", ()),
        ("١٢ی ئازاری ٢٠٢٤", "reason.date", (("value", "2024-03-12"),)),
        ("ئەمساڵ", "reason.time", ()),
    ]
    assert found[1].score > found[0].score


def test_what_only_a_space_parts_is_one_time_with_its_value():
    text, (one,) = ask(DATES, "دوێنێ ١٢ی ئازاری ٢٠٢٤")
    assert one.fragments.of(text) == text
    assert one.details.attrs == (("value", "2024-03-12"),)


def test_a_scheme_without_the_label_gets_none():
    without = tuple(label for label in scheme().labels if label.id != "DATE")
    assert said(DATES, TEXT, knowledge(scheme=replace(scheme(), labels=without))) == []
